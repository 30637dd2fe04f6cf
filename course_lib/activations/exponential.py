"""Activations with an exponential on their left side: ELU, SELU, and the exponential itself."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties, kink

_ALPHA = Parameter(default=1.0, low=0.0, high=np.inf, meaning="minus the limit at -inf")

#: The two constants of SELU: layers whose inputs have mean 0 and variance 1 keep both.
_SCALE = 1.0507009873554804934
_SCALE_ALPHA = 1.7580993408473768599


@elementwise
def exponential(x: Array) -> Array:
    """Return exp(x): the activation of a layer whose outputs are rates or counts.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= 0, in the shape and float dtype of `x` (integers give float64); 0 at -inf, inf where the result is
        too large for a float (from x = 709.8), without a warning; nan for nan. At most 1 ULP from the exact value.

    Notes
    -----
    Source: J. Nelder and R. Wedderburn, 'Generalized linear models', 1972.
    """
    with np.errstate(over="ignore"):
        return np.exp(x)


@elementwise
def exponential_derivative(x: Array) -> Array:
    """Return the slope of the exponential at `x`, which is exp(x) again.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        As for `exponential`: values >= 0, in the shape and float dtype of `x` (integers give float64), inf where
        it is too large for a float, nan for nan. At most 1 ULP from the exact value. No kinks.

    Notes
    -----
    Derivation: lesson 01, 'slopes/exp'.
    """
    with np.errstate(over="ignore"):
        return np.exp(x)


@elementwise
def exponential_derivative_from_output(y: Array) -> Array:
    """Return the slope of the exponential where its output is `y`: y itself.

    Parameters
    ----------
    y : array_like
        Output of the exponential, y >= 0, any shape; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        A copy of `y`, in its shape and float dtype (integers give float64).
    """
    return np.array(y)


# --- ELU -----------------------------------------------------------------------------------------------------


@elementwise(alpha=_ALPHA)
def elu(x: Array, alpha: float = 1.0) -> Array:
    """Return x right of 0, and alpha (exp(x) - 1) left of it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 1.0
        Minus the limit at -inf, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -alpha, in the shape and float dtype of `x` (integers give float64); nan for nan. At most
        2 ULP from the exact value.

    Notes
    -----
    Source: D.-A. Clevert, T. Unterthiner and S. Hochreiter, 'Fast and accurate deep network learning by exponential
    linear units (ELUs)', 2015.
    """
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))  # one of the two terms is 0


@elementwise(alpha=_ALPHA)
def elu_derivative(x: Array, alpha: float = 1.0) -> Array:
    """Return the slope of ELU at `x`: 1 right of 0, alpha exp(x) left of it, and alpha at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 1.0
        Minus the limit at -inf, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= 0, in the shape and float dtype of `x` (integers give float64); 0 at -inf, nan for nan. At most
        2 ULP from the exact value. With alpha = 1 both sides have the slope 1 at 0; with another alpha there is
        no derivative: any number between alpha and 1 is a subgradient.

    Notes
    -----
    Derivation: lesson 08, 'elu/left' and 'elu/right'.
    """
    return (x > 0) + (x <= 0) * (alpha * np.exp(np.minimum(x, 0)))  # one of the two terms is 0


@elementwise(alpha=_ALPHA)
def elu_derivative_from_output(y: Array, alpha: float = 1.0) -> Array:
    """Return the slope of ELU where its output is `y`: 1 where y is positive, else y + alpha.

    Parameters
    ----------
    y : array_like
        Output of ELU, y >= -alpha, any shape; dimensionless. Values outside are not refused.
    alpha : float, default 1.0
        Minus the limit at -inf, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. A `y` that was rounded to -alpha
        has lost the slope.
    """
    return (y > 0) + (y <= 0) * (np.minimum(y, 0) + alpha)  # one of the two terms is 0


@elementwise(alpha=_ALPHA)
def elu_alpha_derivative(x: Array, alpha: float = 1.0) -> Array:
    """Return the derivative of ELU with respect to alpha: exp(x) - 1 left of 0, and 0 right of it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 1.0
        Minus the limit at -inf, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values from -1 to 0, in the shape and float dtype of `x` (integers give float64), one entry for each entry of
        `x`, not summed; nan for nan.
    """
    return np.expm1(np.minimum(x, 0))


# --- SELU ----------------------------------------------------------------------------------------------------


@elementwise
def selu(x: Array) -> Array:
    """Return 1.0507... times x right of 0, and 1.7581... times exp(x) - 1 left of it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values > -1.7581, in the shape and float dtype of `x` (integers give float64); nan for nan. At most 2 ULP from
        the exact value.

    Notes
    -----
    It is an ELU with alpha = 1.6733, times 1.0507: with these two numbers a layer of normalised inputs gives
    normalised outputs. Source: G. Klambauer, T. Unterthiner, A. Mayr and S. Hochreiter, 'Self-normalizing neural
    networks', 2017.
    """
    with np.errstate(over="ignore"):  # at the largest floats
        right = _SCALE * np.maximum(x, 0)
    return right + _SCALE_ALPHA * np.expm1(np.minimum(x, 0))  # one of the two terms is 0


@elementwise
def selu_derivative(x: Array) -> Array:
    """Return the slope of SELU at `x`: 1.0507... right of 0, 1.7581... exp(x) left of it and at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= 0, in the shape and float dtype of `x` (integers give float64); 0 at -inf, nan for nan. At
        most 2 ULP from the exact value. At 0 there is no derivative: any number from 1.0507 to 1.7581 is between
        the slopes of the two sides.
    """
    return _SCALE * (x > 0) + (x <= 0) * (_SCALE_ALPHA * np.exp(np.minimum(x, 0)))  # one of the two terms is 0


@elementwise
def selu_derivative_from_output(y: Array) -> Array:
    """Return the slope of SELU where its output is `y`: 1.0507... where y is positive, else y + 1.7581...

    Parameters
    ----------
    y : array_like
        Output of SELU, y > -1.7581, any shape; dimensionless. Values outside are not refused.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. A `y` that was rounded to
        -1.7581 has lost the slope.
    """
    return _SCALE * (y > 0) + (y <= 0) * (np.minimum(y, 0) + _SCALE_ALPHA)  # one of the two terms is 0


ACTIVATIONS = (
    Activation(
        name="exponential",
        f=exponential,
        derivative=exponential_derivative,
        derivative_from_output=exponential_derivative_from_output,
        expression="exp(x)",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=True, zero_centred=False),
        reference="J. Nelder and R. Wedderburn, 'Generalized linear models', 1972.",
    ),
    Activation(
        name="elu",
        f=elu,
        derivative=elu_derivative,
        derivative_from_output=elu_derivative_from_output,
        expression="max(0, x) + alpha*(exp(min(0, x)) - 1)",
        properties=Properties(range=(-1.0, np.inf), monotonic=True, smooth=True, zero_centred=False),
        reference="D.-A. Clevert, T. Unterthiner and S. Hochreiter, 'Fast and accurate deep network learning by "
        "exponential linear units (ELUs)', 2015.",
        parameters={"alpha": _ALPHA},
        parameter_derivatives={"alpha": elu_alpha_derivative},
        kinks_at=lambda alpha: kink(0.0, alpha, 1.0),
    ),
    Activation(
        name="selu",
        f=selu,
        derivative=selu_derivative,
        derivative_from_output=selu_derivative_from_output,
        expression="1.0507009873554804934193349852946"
        "*(max(0, x) + 1.6732632423543772848170429916717*(exp(min(0, x)) - 1))",
        properties=Properties(range=(-_SCALE_ALPHA, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="G. Klambauer, T. Unterthiner, A. Mayr and S. Hochreiter, 'Self-normalizing neural networks', 2017.",
        kinks_at=lambda: {0.0: (_SCALE, _SCALE_ALPHA)},
    ),
)
