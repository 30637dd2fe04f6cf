"""CELU, an ELU that is smooth for every alpha."""

from math import factorial, frexp

import numpy as np

from course_lib.activations.carried import quotient
from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_ALPHA = Parameter(default=1.0, low=5e-324, high=np.inf, meaning="minus the limit at -inf, and the bend's width")


@elementwise(alpha=_ALPHA)
def celu(x: Array, alpha: float = 1.0) -> Array:
    """Return x right of 0, and alpha (exp(x / alpha) - 1) left of it: an ELU that is smooth for every alpha.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 1.0
        Minus the limit at -inf, and the width of the bend, positive and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -alpha, in the shape and float dtype of `x` (integers give float64); nan for nan. At most
        3 ULP from the exact value.

    Notes
    -----
    Source: J. T. Barron, 'Continuously differentiable exponential linear units', 2017.
    """
    q, rest = _divide(np.minimum(x, 0), alpha)
    left = np.expm1(q)
    return np.maximum(x, 0) + alpha * (left + rest * (1 + left))


@elementwise(alpha=_ALPHA)
def celu_derivative(x: Array, alpha: float = 1.0) -> Array:
    """Return the slope of CELU at `x`: 1 right of 0, and exp(x / alpha) left of it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 1.0
        Minus the limit at -inf, and the width of the bend, positive and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64); 0 at -inf, nan for nan. At most
        2 ULP from the exact value. No kinks.

    Notes
    -----
    The quotient x / alpha is rounded, and exp would make of that rounding up to 300 ULP where the quotient is
    large; so what was rounded away is carried along: e^(q + r) is e^q (1 + r) for so small an r.
    """
    q, rest = _divide(np.minimum(x, 0), alpha)
    slope = np.exp(q)
    return slope + rest * slope


@elementwise(alpha=_ALPHA)
def celu_derivative_from_output(y: Array, alpha: float = 1.0) -> Array:
    """Return the slope of CELU where its output is `y`: 1 where y is positive, else 1 + y / alpha.

    Parameters
    ----------
    y : array_like
        Output of CELU, y >= -alpha, any shape; dimensionless. Values outside are not refused.
    alpha : float, default 1.0
        Minus the limit at -inf, and the width of the bend, positive and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. A `y` that was rounded to -alpha
        has lost the slope.
    """
    return 1 + np.minimum(y, 0) / alpha


@elementwise(alpha=_ALPHA)
def celu_alpha_derivative(x: Array, alpha: float = 1.0) -> Array:
    """Return the derivative of CELU with respect to alpha: (1 - q) exp(q) - 1 with q = x / alpha, and 0 right of 0.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 1.0
        Minus the limit at -inf, and the width of the bend, positive and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values from -1 to 0, in the shape and float dtype of `x` (integers give float64), one entry for each entry of
        `x`, not summed; -1 at -inf, nan for nan. At most 3 ULP from the exact value at the default alpha.

    Notes
    -----
    Near 0 the terms cancel: the result is about -q**2 / 2. There the series of the exponential leaves
    -(1/2! q**2 + 2/3! q**3 + 3/4! q**4 + ...).
    """
    q = np.maximum(np.minimum(x, 0) / alpha, -1000)  # beyond it the result is -1
    near = np.maximum(q, -1)
    series = np.zeros(())
    for power in range(20, 1, -1):
        series = series * near + (power - 1) / factorial(power)
    return np.where(q > -1, -near * near * series, np.expm1(q) - q * np.exp(q))


def _divide(x: Array, alpha: float) -> tuple[Array, Array]:
    """Return x / alpha for x <= 0 (at least -2000, where all is over), and what its rounding left out."""
    if alpha == 1:
        return x, np.zeros(())
    mantissa, exponent = frexp(alpha)  # alpha is mantissa times 2**exponent, the mantissa between 1/2 and 1
    return quotient(np.maximum(np.ldexp(x, -exponent), -1000), mantissa)


ACTIVATIONS = (
    Activation(
        name="celu",
        f=celu,
        derivative=celu_derivative,
        derivative_from_output=celu_derivative_from_output,
        expression="max(0, x) + alpha*(exp(min(0, x)/alpha) - 1)",
        properties=Properties(range=(-1.0, np.inf), monotonic=True, smooth=True, zero_centred=False),
        reference="J. T. Barron, 'Continuously differentiable exponential linear units', 2017.",
        parameters={"alpha": _ALPHA},
        parameter_derivatives={"alpha": celu_alpha_derivative},
    ),
)
