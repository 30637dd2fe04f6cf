"""Softplus, ReLU with its kink rounded off, and the log-sigmoid, which is its mirror image."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_BETA = Parameter(default=1.0, low=5e-324, high=np.inf, meaning="how sharp the bend at 0 is")


@elementwise(beta=_BETA)
def softplus(x: Array, beta: float = 1.0) -> Array:
    """Return ln(1 + exp(beta x)) / beta without overflow: ReLU with a round corner.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    beta : float, default 1.0
        How sharp the bend is, positive and finite; dimensionless. Large ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= 0, in the shape and float dtype of `x` (integers give float64); 0 at -inf, nan for nan. At most
        4 ULP from the exact value at the default beta.

    Notes
    -----
    For x > 0 the exponential is taken out of the logarithm: ln(1 + e^u) = u + ln(1 + e^-u). Source: C. Dugas,
    Y. Bengio, F. Bélisle, C. Nadeau and R. Garcia, 'Incorporating second-order functional knowledge for better
    option pricing', 2001.
    """
    u = beta * x
    return (np.maximum(u, 0) + np.log1p(np.exp(-np.abs(u)))) / beta


@elementwise(beta=_BETA)
def softplus_derivative(x: Array, beta: float = 1.0) -> Array:
    """Return the slope of softplus at `x`: the sigmoid of beta x.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    beta : float, default 1.0
        How sharp the bend is, positive and finite; dimensionless. Large ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64). 0 at -inf and 1 at +inf,
        nan for nan. At most 4.1 ULP from the exact value at the default beta. No kinks.

    Notes
    -----
    Derivation: lesson 08, 'softplus/chain'.
    """
    e = np.exp(-np.abs(beta * x))
    return np.maximum(e, x >= 0) / (1 + e)  # the numerator is 1 where x >= 0, else e


@elementwise(beta=_BETA)
def softplus_derivative_from_output(y: Array, beta: float = 1.0) -> Array:
    """Return the slope of softplus where its output is `y`: 1 - exp(-beta y).

    Parameters
    ----------
    y : array_like
        Output of softplus, y >= 0, any shape; dimensionless. Values outside are not refused.
    beta : float, default 1.0
        How sharp the bend is, positive and finite; dimensionless. Large ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. ``expm1`` keeps the digits
        where `y` is small, which the difference as it is written loses.
    """
    return -np.expm1(-beta * y)


@elementwise(beta=_BETA)
def softplus_beta_derivative(x: Array, beta: float = 1.0) -> Array:
    """Return the derivative of softplus with respect to beta, a sum of small numbers.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    beta : float, default 1.0
        How sharp the bend is, positive and finite; dimensionless. Large ones approach ReLU.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `x` (integers give float64), one entry for each entry of `x`, not summed;
        0 at +-inf, nan for nan.

    Notes
    -----
    The quotient rule gives x sigma(u) / beta - ln(1 + e^u) / beta**2 with u = beta x, where two numbers nearly as
    large as x cancel. With a = abs(u) it is -(a sigma(-a) + ln(1 + e^-a)) / beta**2, where nothing does.
    """
    a = np.minimum(np.abs(beta * x), 2000)  # beyond it the result is 0
    root = np.exp(-a / 2)  # far out exp(-a) itself has few digits left
    e = root * root
    return -(a * root / (1 + e) * root + np.log1p(e)) / beta / beta


# --- log-sigmoid ---------------------------------------------------------------------------------------------


@elementwise
def log_sigmoid(x: Array) -> Array:
    """Return ln(sigma(x)) = -ln(1 + exp(-x)) without overflow.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values <= 0, in the shape and float dtype of `x` (integers give float64); 0 at +inf, nan for nan. At most
        4 ULP from the exact value, also where the sigmoid itself is rounded to 1 or to 0.

    Notes
    -----
    It is minus softplus of -x. The logarithm of a probability: D. R. Cox, 'The regression analysis of binary
    sequences', 1958.
    """
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


@elementwise
def log_sigmoid_derivative(x: Array) -> Array:
    """Return the slope of the log-sigmoid at `x`: sigma(-x).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64). 1 at -inf and 0 at +inf,
        nan for nan. At most 4.1 ULP from the exact value. No kinks.
    """
    e = np.exp(-np.abs(x))
    return np.maximum(e, x <= 0) / (1 + e)  # the numerator is 1 where x <= 0, else e


@elementwise
def log_sigmoid_derivative_from_output(y: Array) -> Array:
    """Return the slope of the log-sigmoid where its output is `y`: 1 - exp(y).

    Parameters
    ----------
    y : array_like
        Output of the log-sigmoid, y <= 0, any shape; dimensionless. Values outside are not refused.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan.
    """
    return -np.expm1(y)


ACTIVATIONS = (
    Activation(
        name="log_sigmoid",
        f=log_sigmoid,
        derivative=log_sigmoid_derivative,
        derivative_from_output=log_sigmoid_derivative_from_output,
        expression="-log(1 + exp(-x))",
        properties=Properties(range=(-np.inf, 0.0), monotonic=True, smooth=True, zero_centred=False),
        reference="D. R. Cox, 'The regression analysis of binary sequences', 1958.",
    ),
    Activation(
        name="softplus",
        f=softplus,
        derivative=softplus_derivative,
        derivative_from_output=softplus_derivative_from_output,
        expression="log(1 + exp(beta*x))/beta",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=True, zero_centred=False),
        reference="C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau and R. Garcia, 'Incorporating second-order functional "
        "knowledge for better option pricing', 2001.",
        parameters={"beta": _BETA},
        parameter_derivatives={"beta": softplus_beta_derivative},
    ),
)
