"""Sparse plus and sparse sigmoid: soft in the middle, exact outside."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.registry import Activation, Properties


@elementwise
def sparse_plus(x: Array) -> Array:
    """Return 0 left of -1, x right of 1, and (x + 1)**2 / 4 between them.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= 0, in the shape and float dtype of `x` (integers give float64); nan for nan. At most 2 ULP from
        the exact value.

    Notes
    -----
    It is exactly 0 and exactly x outside of the bend. Source: M. Blondel, A. Martins and V. Niculae, 'Learning
    with Fenchel-Young losses', 2020.
    """
    return np.maximum(x, (np.clip(x, -1, 1) + 1) ** 2 / 4)  # the parabola lies above x wherever they both count


@elementwise
def sparse_plus_derivative(x: Array) -> Array:
    """Return the slope of sparse plus at `x`, which is the sparse sigmoid: (x + 1) / 2, cut off at 0 and 1.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64); nan for nan. At most 0.5 ULP
        from the exact value. No kinks: the slope is continuous.
    """
    return np.clip(x / 2 + 0.5, 0, 1)


@elementwise
def sparse_plus_derivative_from_output(y: Array) -> Array:
    """Return the slope of sparse plus where its output is `y`: sqrt(y), at most 1.

    Parameters
    ----------
    y : array_like
        Output of sparse plus, y >= 0, any shape; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan.
    """
    return np.minimum(np.sqrt(y), 1)


@elementwise
def sparse_sigmoid(x: Array) -> Array:
    """Return (x + 1) / 2, cut off at 0 and 1: a sigmoid that reaches both.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64); nan for nan. At most 0.5 ULP
        from the exact value.

    Notes
    -----
    It is sparsemax of the two logits x/2 and -x/2. Source: M. Blondel, A. Martins and V. Niculae, 'Learning with
    Fenchel-Young losses', 2020.
    """
    return np.clip(x / 2 + 0.5, 0, 1)


@elementwise
def sparse_sigmoid_derivative(x: Array) -> Array:
    """Return the slope of the sparse sigmoid at `x`: 1/2 between -1 and 1, 0 outside, and 0 at both by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1/2, in the shape and float dtype of `x` (integers give float64); nan for nan. At -1 and at 1 there is
        no derivative: any number from 0 to 1/2 is between the slopes of the two sides.
    """
    return np.ceil(1 - np.abs(x)).clip(0, 1) / 2  # the first factor is 1 where abs(x) < 1, else 0


@elementwise
def sparse_sigmoid_derivative_from_output(y: Array) -> Array:
    """Return the slope of the sparse sigmoid where its output is `y`: 1/2 between 0 and 1, else 0.

    Parameters
    ----------
    y : array_like
        Output of the sparse sigmoid, 0 <= y <= 1, any shape; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan.
    """
    return np.ceil(np.minimum(y, 1 - y)).clip(0, 1) / 2


ACTIVATIONS = (
    Activation(
        name="sparse_plus",
        f=sparse_plus,
        derivative=sparse_plus_derivative,
        derivative_from_output=sparse_plus_derivative_from_output,
        expression="max(x, (min(max(x, -1), 1) + 1)**2/4)",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=True, zero_centred=False),
        reference="M. Blondel, A. Martins and V. Niculae, 'Learning with Fenchel-Young losses', 2020.",
    ),
    Activation(
        name="sparse_sigmoid",
        f=sparse_sigmoid,
        derivative=sparse_sigmoid_derivative,
        derivative_from_output=sparse_sigmoid_derivative_from_output,
        expression="min(max(x + 1, 0), 2)/2",
        properties=Properties(range=(0.0, 1.0), monotonic=True, smooth=False, zero_centred=False),
        reference="M. Blondel, A. Martins and V. Niculae, 'Learning with Fenchel-Young losses', 2020.",
        kinks_at=lambda: {-1.0: (0.0, 0.5), 1.0: (0.0, 0.5)},
    ),
)
