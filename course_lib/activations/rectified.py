"""Rectified activations, which are flat on one side: ReLU, ReLU6, threshold."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_THRESHOLD = Parameter(default=1.0, low=-np.inf, high=np.inf, meaning="up to where the output is the value")
_VALUE = Parameter(default=0.0, low=-np.inf, high=np.inf, meaning="the output up to the threshold")

# --- ReLU ----------------------------------------------------------------------------------------------------


@elementwise
def relu(x: Array) -> Array:
    """Return max(0, x), the rectified linear unit.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, in the shape and float dtype of `x` (integers give float64); nan for nan.

    Notes
    -----
    Source: V. Nair and G. Hinton, 'Rectified linear units improve restricted Boltzmann machines', 2010.
    """
    return np.maximum(x, 0)


@elementwise
def relu_derivative(x: Array) -> Array:
    """Return the slope of ReLU at `x`: 1 right of 0, 0 left of it, and 0 at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At 0 ReLU has no
        derivative: any number from 0 to 1 is a subgradient, and 0 is the one that most libraries choose.
    """
    return np.ceil(x).clip(0, 1)  # 1 where x > 0, else 0; nan stays nan


# --- ReLU6 ---------------------------------------------------------------------------------------------------


@elementwise
def relu6(x: Array) -> Array:
    """Return min(max(0, x), 6): ReLU that goes no higher than 6.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, values in [0, 6], in the shape and float dtype of `x` (integers give float64); nan for nan.

    Notes
    -----
    Source: A. Krizhevsky, 'Convolutional deep belief networks on CIFAR-10', 2010.
    """
    return np.minimum(np.maximum(x, 0), 6)


@elementwise
def relu6_derivative(x: Array) -> Array:
    """Return the slope of ReLU6 at `x`: 1 between 0 and 6, 0 outside, and 0 at both ends by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At 0 and at 6 there
        is no derivative; any number from 0 to 1 lies between the slopes of the two sides.
    """
    return np.ceil(np.minimum(x, 6 - x)).clip(0, 1)  # 1 where both are positive, else 0


# --- threshold -----------------------------------------------------------------------------------------------


@elementwise(threshold=_THRESHOLD, value=_VALUE)
def threshold(x: Array, threshold: float = 1.0, value: float = 0.0) -> Array:
    """Return x where it is above `threshold`, else `value`.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    threshold : float, default 1.0
        Up to where the output is `value`, any finite number; dimensionless.
    value : float, default 0.0
        The output there, any finite number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, in the shape and float dtype of `x` (integers give float64); nan for nan. It jumps at the threshold,
        unless `value` is the threshold itself.

    Notes
    -----
    With threshold 0 and value 0 it is ReLU. Source: K. Konda, R. Memisevic and D. Krueger, 'Zero-bias autoencoders
    and the benefits of co-adapting features', 2014.
    """
    return np.where(x <= threshold, value, x)


@elementwise(threshold=_THRESHOLD, value=_VALUE)
def threshold_derivative(x: Array, threshold: float = 1.0, value: float = 0.0) -> Array:
    """Return the slope of `threshold` at `x`: 1 above the threshold, 0 below it, and 0 at it by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    threshold : float, default 1.0
        Up to where the output is `value`, any finite number; dimensionless.
    value : float, default 0.0
        The output there, any finite number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At the threshold there is no
        derivative.
    """
    return np.ceil(x - threshold).clip(0, 1)  # 1 where x > threshold, else 0


def _kink(threshold: float, value: float) -> dict[float, tuple[float, float]]:
    return {threshold: (0.0, 1.0)} if value == threshold else {}


def _jump(threshold: float, value: float) -> dict[float, tuple[float, float]]:
    return {} if value == threshold else {threshold: (value, threshold)}


ACTIVATIONS = (
    Activation(
        name="relu",
        f=relu,
        derivative=relu_derivative,
        derivative_from_output=relu_derivative,  # an output is positive exactly where its input is
        expression="max(0, x)",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="V. Nair and G. Hinton, 'Rectified linear units improve restricted Boltzmann machines', 2010.",
        kinks_at=lambda: {0.0: (0.0, 1.0)},
    ),
    Activation(
        name="relu6",
        f=relu6,
        derivative=relu6_derivative,
        derivative_from_output=relu6_derivative,
        expression="min(max(0, x), 6)",
        properties=Properties(range=(0.0, 6.0), monotonic=True, smooth=False, zero_centred=False),
        reference="A. Krizhevsky, 'Convolutional deep belief networks on CIFAR-10', 2010.",
        kinks_at=lambda: {0.0: (0.0, 1.0), 6.0: (0.0, 1.0)},
    ),
    Activation(
        name="threshold",
        f=threshold,
        derivative=threshold_derivative,
        # Not from the output: `value` may also be the output of an input above the threshold.
        expression="value + (x - value)*step(x - threshold)",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="K. Konda, R. Memisevic and D. Krueger, 'Zero-bias autoencoders and the benefits of co-adapting "
        "features', 2014.",
        parameters={"threshold": _THRESHOLD, "value": _VALUE},
        kinks_at=_kink,
        jumps_at=_jump,
    ),
)
