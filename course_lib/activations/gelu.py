"""GELU, x times the normal distribution function, and its approximation by a tanh."""

from math import pi, sqrt

import numpy as np

from course_lib.activations import carried
from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.registry import Activation, Properties

_FAR = 40.0  # left of -40 every result here is 0, and right of 40 every slope is 1

#: sqrt(2), and what it is more than the float.
_ROOT, _ROOT_REST = 1.4142135623730951, -9.667293313452913e-17


@elementwise
def gelu(x: Array) -> Array:
    """Return x Phi(x), where Phi is the standard normal distribution function: the exact GELU.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -0.16998, in the shape and float dtype of `x` (integers give float64). 0 at -inf, inf at +inf, nan
        for nan. At most 4.5 ULP from the exact value, in the far left tail as well.

    Notes
    -----
    It is ReLU less a bump: x Phi(x) = max(x, 0) - a Phi(-a) with a = abs(x), and Phi(-a) is
    exp(-a**2 / 2) erfcx(a / sqrt(2)) / 2 with the scaled complementary error function erfcx, which is small without
    being a difference. Written as (1 + erf(x / sqrt(2))) / 2, Phi would cancel left of 0.

    Source: D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016.
    """
    a = np.minimum(np.abs(x), _FAR)
    bell, tail = _bell(a)
    return np.maximum(x, 0) - a * _tail_over_bell(a) * bell * tail


@elementwise
def gelu_derivative(x: Array) -> Array:
    """Return the slope of the exact GELU at `x`: Phi(x) + x phi(x), where phi is the normal density.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-0.12891, 1.12891], in the shape and float dtype of `x` (integers give float64). 0 at -inf, 1 at
        +inf, nan for nan. No kinks. At x = -0.75179 the slope is 0, because its two terms cancel. At most 4 ULP of
        the larger term from the exact value, everywhere; outside of -1 < x < -0.5 at most 8 ULP of the exact value
        itself.

    Notes
    -----
    The slope at -x is 1 minus that at x, so one side is enough: left of 0, with a = abs(x), it is
    exp(-a**2 / 2) (erfcx(a / sqrt(2)) / 2 - a / sqrt(2 pi)). In the far left tail, where Phi is a difference in
    most libraries, the bracket still has all its digits. Derivation: lesson 08, 'gelu/product'.
    """
    a = np.minimum(np.abs(x), _FAR)
    bell, tail = _bell(a)
    left = (_tail_over_bell(a) - a / sqrt(2 * pi)) * bell * tail
    return _on_both_sides(x, left)


def _on_both_sides(x: Array, left: Array) -> Array:
    """Return `left`, and right of 0 what it leaves to 1; np.where takes longer than both where signs are mixed."""
    right = x > 0
    return right + (1 - 2 * right) * left


def _bell(a: Array) -> tuple[Array, Array]:
    """Return two factors of exp(-a**2 / 2); what rounding leaves out of the square is carried along."""
    square, rest = carried.product(a, a)
    return carried.exponential(-square / 2, -rest / 2)


def _tail_over_bell(a: Array) -> Array:
    """Return Phi(-a) / exp(-a**2 / 2), which is erfcx(t) / 2 with t = a / sqrt(2), for 0 <= a.

    scipy's erfcx begins with 400 / (4 + t), and is up to 8 ULP off because both are rounded: so it is right for
    another argument nearby. The step from there is taken with the slope 2 t erfcx(t) - 2 / sqrt(pi).
    """
    from scipy.special import erfcx

    t, step_to_a = carried.quotient(a, _ROOT)
    total = 4 + t
    start, start_rest = carried.quotient(400, total)
    step = step_to_a - t * _ROOT_REST / _ROOT + (t - (total - 4)) - start_rest * total / start
    value = erfcx(t)
    return (value + step * (2 * t * value - 2 / sqrt(pi))) / 2


# --- the tanh form -------------------------------------------------------------------------------------------

#: The two constants of the tanh form, and what they are more than the floats: sqrt(2 / pi) and 0.044715.
_FACTOR, _FACTOR_REST = 0.7978845608028654, -4.98465440455546e-17
_CUBIC, _CUBIC_REST = 0.044715, 2.1960211427085595e-18


@elementwise
def gelu_tanh(x: Array) -> Array:
    """Return x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x**3): GELU's approximation by a tanh.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -0.17005, in the shape and float dtype of `x` (integers give float64). 0 at -inf, inf at +inf, nan
        for nan. At most 3.5 ULP from the exact value of this formula, in the far left tail as well; from the exact GELU
        at most 0.0005 away.

    Notes
    -----
    (1 + tanh(u)) / 2 is sigma(2 u), so this is max(x, 0) - a sigma(-2 u) with a = abs(x) and u at a; written with
    the tanh it cancels left of 0.

    Source: D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016.
    """
    a = np.minimum(np.abs(x), _FAR)
    _, first, tail = _exponential_of_cubic(a)
    return np.maximum(x, 0) - a * first / (1 + first * tail) * tail


@elementwise
def gelu_tanh_derivative(x: Array) -> Array:
    """Return the slope of the tanh form of GELU at `x`: s + 2 x u' s (1 - s) with s = sigma(2 u).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-0.12900, 1.12900], in the shape and float dtype of `x` (integers give float64). 0 at -inf, 1 at
        +inf, nan for nan. No kinks. At x = -0.75246 the slope is 0, because its two terms cancel. At most 6 ULP of
        the larger term from the exact value, everywhere; outside of -1.4 < x < -0.5 at most 8 ULP of the exact value
        itself.

    Notes
    -----
    The slope at -x is 1 minus that at x, so one side is enough: left of 0, with a = abs(x), u at a and
    e = exp(-2 u), it is e ((1 - 2 a u') + e) / (1 + e)**2. Derivation: lesson 08, 'gelu_tanh/product'.
    """
    a = np.minimum(np.abs(x), _FAR)
    growth, first, tail = _exponential_of_cubic(a)
    e = first * tail
    left = ((1 - growth) + e) * first / (1 + e) ** 2 * tail
    return _on_both_sides(x, left)


def _exponential_of_cubic(a: Array) -> tuple[Array, Array, Array]:
    """Return 2 a u', and two factors of exp(-2 u), for u = sqrt(2 / pi) a (1 + 0.044715 a**2).

    The exponent is a product of rounded numbers and constants; all that rounding leaves out is carried along.
    """
    square, rest = carried.product(a, a)
    cubic, cubic_rest = carried.product(square, _CUBIC)
    cubic_rest = cubic_rest + _CUBIC * rest + _CUBIC_REST * square
    bracket, bracket_rest = carried.one_plus(cubic)
    linear, linear_rest = carried.product(a, _FACTOR)
    u, u_rest = carried.product(linear, bracket)
    u_rest = u_rest + linear * (bracket_rest + cubic_rest) + (linear_rest + _FACTOR_REST * a) * bracket
    return linear * (2 + 6 * cubic), *carried.exponential(-2 * u, -2 * u_rest)


ACTIVATIONS = (
    Activation(
        name="gelu",
        f=gelu,
        derivative=gelu_derivative,
        expression="x*(1 + erf(x/sqrt(2)))/2",
        properties=Properties(range=(-0.16997120747990366, np.inf), monotonic=False, smooth=True, zero_centred=False),
        reference="D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016.",
    ),
    Activation(
        name="gelu_tanh",
        f=gelu_tanh,
        derivative=gelu_tanh_derivative,
        expression="x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2",
        properties=Properties(range=(-0.17004075057125406, np.inf), monotonic=False, smooth=True, zero_centred=False),
        reference="D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016.",
    ),
)
