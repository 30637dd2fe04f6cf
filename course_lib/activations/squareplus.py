"""Squareplus: softplus' shape from a square root."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_B = Parameter(default=4.0, low=5e-324, high=np.inf, meaning="how wide the bend at 0 is")


@elementwise(b=_B)
def squareplus(x: Array, b: float = 4.0) -> Array:
    """Return (x + sqrt(x**2 + b)) / 2: softplus' shape without an exponential.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    b : float, default 4.0
        How wide the bend is, positive and finite; dimensionless. Small ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values > 0, in the shape and float dtype of `x` (integers give float64); 0 at -inf, nan for nan. At most
        4 ULP from the exact value at the default b.

    Notes
    -----
    As it is written the sum cancels left of 0. There it is (b/4) / h with h = (abs(x) + sqrt(x**2 + b)) / 2, and
    right of 0 it is larger by x. Source: J. T. Barron, 'Squareplus: a softplus-like algebraic rectifier', 2021.
    """
    half = np.abs(x) / 2 + _root(x, b) / 2  # halves, since the sum may overflow
    return np.maximum(x, 0) + b**0.5 / 2 / half * (b**0.5 / 2)  # b/4 itself may be too small for a float


@elementwise(b=_B)
def squareplus_derivative(x: Array, b: float = 4.0) -> Array:
    """Return the slope of squareplus at `x`: (1 + x / sqrt(x**2 + b)) / 2.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    b : float, default 4.0
        How wide the bend is, positive and finite; dimensionless. Small ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64). 0 at -inf and 1 at +inf,
        nan for nan. At most 4.1 ULP from the exact value at the default b. No kinks.

    Notes
    -----
    Left of 0 the sum cancels; (1 - a / s) / 2 is b / (2 s (s + a)) there, with a = abs(x) and s the root. Divided
    factor by factor, since s (s + a) may overflow.
    """
    root = _root(x, b)
    half = np.abs(x) / 2 + root / 2
    left = b**0.5 / 2 / half * (b**0.5 / 2 / root)  # the slope at -abs(x)
    return np.abs((x >= 0) - left)  # 1 - left where x >= 0


@elementwise(b=_B)
def squareplus_derivative_from_output(y: Array, b: float = 4.0) -> Array:
    """Return the slope of squareplus where its output is `y`: y**2 / (y**2 + b/4).

    Parameters
    ----------
    y : array_like
        Output of squareplus, y >= 0, any shape; dimensionless. Values outside are not refused.
    b : float, default 4.0
        How wide the bend is, positive and finite; dimensionless. Small ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan.
    """
    with np.errstate(over="ignore", divide="ignore"):
        return 1 / (1 + b / 4 / y / y)


@elementwise(b=_B)
def squareplus_b_derivative(x: Array, b: float = 4.0) -> Array:
    """Return the derivative of squareplus with respect to b: 1 / (4 sqrt(x**2 + b)).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    b : float, default 4.0
        How wide the bend is, positive and finite; dimensionless. Small ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values > 0, in the shape and float dtype of `x` (integers give float64), one entry for each entry of `x`,
        not summed; 0 at +-inf, nan for nan.
    """
    return 0.25 / _root(x, b)


def _root(x: Array, b: float) -> Array:
    """Return sqrt(x**2 + b), eight times as fast as ``numpy.hypot``; far out, where x**2 overflows, it is abs(x)."""
    a = np.abs(x)
    near = np.minimum(a, 1e150)
    return np.sqrt(near * near + b) + (a - near)


ACTIVATIONS = (
    Activation(
        name="squareplus",
        f=squareplus,
        derivative=squareplus_derivative,
        derivative_from_output=squareplus_derivative_from_output,
        expression="(x + sqrt(x**2 + b))/2",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=True, zero_centred=False),
        reference="J. T. Barron, 'Squareplus: a softplus-like algebraic rectifier', 2021.",
        parameters={"b": _B},
        parameter_derivatives={"b": squareplus_b_derivative},
    ),
)
