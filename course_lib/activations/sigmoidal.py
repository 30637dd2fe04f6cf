"""S-shaped activations: the logistic sigmoid, tanh, softsign."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.registry import Activation, Properties


@elementwise
def sigmoid(x: Array) -> Array:
    """Return the logistic sigmoid 1 / (1 + exp(-x)) without overflow.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64). The limits 0 and 1 are
        returned at -inf and +inf, nan for nan. At most 3 ULP from the exact value.

    Notes
    -----
    Only exp(-abs(x)) is used, which never overflows. For x < 0 numerator and denominator of the definition
    are multiplied by exp(x). Source: J. Berkson, 'Application of the logistic function to bio-assay', 1944.
    """
    e = np.exp(-np.abs(x))
    return np.maximum(e, x >= 0) / (1 + e)  # the numerator is 1 where x >= 0, else e


@elementwise
def sigmoid_derivative(x: Array) -> Array:
    """Return the slope of the sigmoid at `x`: exp(-abs(x)) / (1 + exp(-abs(x)))**2.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1/4], in the shape and float dtype of `x` (integers give float64). 0 at +-inf, nan for
        nan. At most 4.1 ULP from the exact value, in the far tails as well. No kinks.

    Notes
    -----
    The slope is an even function, so abs(x) may stand for x: then nothing overflows, and nothing cancels as
    it does in s * (1 - s). The derivation is lesson 03, 'sigmoid/chain'.
    """
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


@elementwise
def sigmoid_derivative_from_output(y: Array) -> Array:
    """Return the slope of the sigmoid where its output is `y`: y * (1 - y).

    Parameters
    ----------
    y : array_like
        Output of the sigmoid, 0 <= y <= 1, any shape; dimensionless. Values outside are not refused.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. At most 1.5 ULP from
        y * (1 - y); but a `y` that was rounded to 1 has lost the slope, whatever the formula.
    """
    return y * (1 - y)


# --- tanh ----------------------------------------------------------------------------------------------------


@elementwise
def tanh(x: Array) -> Array:
    """Return the hyperbolic tangent (exp(x) - exp(-x)) / (exp(x) + exp(-x)) without overflow.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-1, 1], in the shape and float dtype of `x` (integers give float64). The limits -1 and 1 are
        returned at -inf and +inf, nan for nan. At most 4 ULP from the exact value.

    Notes
    -----
    numpy's own function does it. As an activation: Y. LeCun, L. Bottou, G. Orr and K.-R. Müller,
    'Efficient BackProp', 1998.
    """
    return np.asarray(np.tanh(x))


@elementwise
def tanh_derivative(x: Array) -> Array:
    """Return the slope of tanh at `x`: 4 E / (1 + E)**2 with E = exp(-2 abs(x)).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64). 0 at +-inf, nan for
        nan. At most 4.1 ULP from the exact value, in the far tails as well. No kinks.

    Notes
    -----
    It is four times the slope of the sigmoid at 2x (lesson 04, 'tanh/chain'). The form 1 - tanh(x)**2 cancels
    once tanh is near 1, and the quotient of exponentials overflows; this one does neither.
    """
    a = np.minimum(np.abs(x), 1000)  # doubling the largest floats would overflow; from 373 on the slope is 0
    e = np.exp(-2 * a)
    return 4 * e / (1 + e) ** 2


@elementwise
def tanh_derivative_from_output(y: Array) -> Array:
    """Return the slope of tanh where its output is `y`: (1 - y) (1 + y).

    Parameters
    ----------
    y : array_like
        Output of tanh, -1 <= y <= 1, any shape; dimensionless. Values outside are not refused.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. At most 2 ULP from
        1 - y**2, which in floating point loses its digits near y = +-1; but a `y` that was rounded to +-1 has
        lost the slope, whatever the formula.
    """
    return (1 - y) * (1 + y)


# --- softsign ------------------------------------------------------------------------------------------------


@elementwise
def softsign(x: Array) -> Array:
    """Return x / (1 + abs(x)): an S-shape that nears its limits slowly.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-1, 1], in the shape and float dtype of `x` (integers give float64). The limits -1 and 1 are
        returned at -inf and +inf, nan for nan. At most 1.5 ULP from the exact value.

    Notes
    -----
    Source: D. L. Elliott, 'A better activation function for artificial neural networks', 1993.
    """
    x = np.maximum(
        np.minimum(x, 1e300), -1e300
    )  # inf / inf would be nan, and beyond 1e300 the result is 1 to all digits
    return x / (1 + np.abs(x))


@elementwise
def softsign_derivative(x: Array) -> Array:
    """Return the slope of softsign at `x`: 1 / (1 + abs(x))**2.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64). 0 at +-inf, nan for nan. At most
        3.5 ULP from the exact value. No kinks: both sides have the slope 1 at 0.

    Notes
    -----
    Derivation: lesson 08, 'softsign/right' and 'softsign/left'. Squared after the division, since the square of
    1 + abs(x) may overflow.
    """
    root = 1 / (1 + np.abs(x))
    return root * root


@elementwise
def softsign_derivative_from_output(y: Array) -> Array:
    """Return the slope of softsign where its output is `y`: (1 - abs(y))**2.

    Parameters
    ----------
    y : array_like
        Output of softsign, -1 <= y <= 1, any shape; dimensionless. Values outside are not refused.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan. A `y` that was rounded to +-1 has
        lost the slope.
    """
    return (1 - np.abs(y)) ** 2


ACTIVATIONS = (
    Activation(
        name="sigmoid",
        f=sigmoid,
        derivative=sigmoid_derivative,
        derivative_from_output=sigmoid_derivative_from_output,
        expression="1/(1 + exp(-x))",
        properties=Properties(range=(0.0, 1.0), monotonic=True, smooth=True, zero_centred=False),
        reference="P.-F. Verhulst, 'Recherches mathématiques sur la loi d'accroissement', 1845.",
    ),
    Activation(
        name="tanh",
        f=tanh,
        derivative=tanh_derivative,
        derivative_from_output=tanh_derivative_from_output,
        expression="(exp(x) - exp(-x))/(exp(x) + exp(-x))",
        properties=Properties(range=(-1.0, 1.0), monotonic=True, smooth=True, zero_centred=True),
        reference="Y. LeCun, L. Bottou, G. Orr and K.-R. Müller, 'Efficient BackProp', 1998.",
    ),
    Activation(
        name="softsign",
        f=softsign,
        derivative=softsign_derivative,
        derivative_from_output=softsign_derivative_from_output,
        expression="x/(1 + abs(x))",
        properties=Properties(range=(-1.0, 1.0), monotonic=True, smooth=True, zero_centred=True),
        reference="D. L. Elliott, 'A better activation function for artificial neural networks', 1993.",
    ),
)
