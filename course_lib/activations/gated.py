"""Gated activations: x times a gate that opens from 0 to 1. SiLU (Swish), Mish and hard swish; GELU is in gelu.py."""

from math import frexp

import numpy as np

from course_lib.activations import carried
from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_BETA = Parameter(default=1.0, low=-np.inf, high=np.inf, meaning="how steeply the gate opens, learnt or 1")

_LARGEST = np.finfo(np.float64).max
_FAR = 1500.0  # exp(-1500) times the largest float is 0


@elementwise(beta=_BETA)
def silu(x: Array, beta: float = 1.0) -> Array:
    """Return x sigma(beta x), the sigmoid-weighted linear unit; with a beta it is called Swish.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    beta : float, default 1.0
        How steeply the gate opens, any finite number; dimensionless. With 0 the gate stands half open, and the
        result is x / 2; large ones approach ReLU; a negative one mirrors the graph: it is -silu(-x, -beta).

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -0.27847 / beta for a positive beta, in the shape and float dtype of `x` (integers give float64).
        0 at -inf and inf at +inf for a positive beta, nan for nan. At most 3.5 ULP from the exact value for every
        beta, in the far left tail as well.

    Notes
    -----
    With exp(beta x) as a fraction p / q of numbers up to 1, which cannot overflow, the gate is p / (p + q). In the
    far left tail p would have few digits left; there it is made of two factors, and x is multiplied with one after
    the other.

    Sources: D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016; S. Elfwing, E. Uchibe and
    K. Doya, 'Sigmoid-weighted linear units for neural network function approximation in reinforcement learning',
    2017; with beta: P. Ramachandran, B. Zoph and Q. Le, 'Searching for activation functions', 2017.
    """
    _, first, tail, q = _exponential_as_fraction(x, beta)
    if beta > 0:
        x = np.maximum(x, -_LARGEST)  # -inf times the closed gate would be nan
    elif beta < 0:
        x = np.minimum(x, _LARGEST)
    return x * first / (first * tail + q) * tail


@elementwise(beta=_BETA)
def silu_derivative(x: Array, beta: float = 1.0) -> Array:
    """Return the slope of SiLU at `x`: sigma(u) + u sigma(u) sigma(-u) with u = beta x.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.
    beta : float, default 1.0
        How steeply the gate opens, any finite number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-0.09984, 1.09984], in the shape and float dtype of `x` (integers give float64). 0 at -inf and 1
        at +inf (the other way round for a negative beta, 1/2 everywhere for beta 0), nan for nan. No kinks. At u =
        -1.27846 the slope is 0, because two terms cancel. At most 6 ULP of the larger term from the exact value,
        everywhere and for every beta; outside of -1.5 < u < -1.1 at most 8 ULP of the exact value itself.

    Notes
    -----
    With exp(u) as a fraction p / q of numbers up to 1 it is p (p + (1 + u) q) / (p + q)**2. Derivation: lesson 08,
    'silu/product' and 'silu/with_beta'.
    """
    u, first, tail, q = _exponential_as_fraction(x, beta)
    p = first * tail
    return first * (p + (1 + u) * q) / (p + q) ** 2 * tail


@elementwise(beta=_BETA)
def silu_beta_derivative(x: Array, beta: float = 1.0) -> Array:
    """Return the derivative of SiLU with respect to beta: x**2 sigma(u) sigma(-u) with u = beta x.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    beta : float, default 1.0
        How steeply the gate opens, any finite number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= 0, in the shape and float dtype of `x` (integers give float64), one entry for each entry of `x`,
        not summed. 0 at +-inf (inf for beta 0, where it is x**2 / 4), nan for nan. At most 5 ULP from the exact value.

    Notes
    -----
    It is the same for u and -u, and with e = exp(-abs(u)) it is x**2 e / (1 + e)**2. By itself x**2 would overflow
    where the whole does not.
    """
    _, first, tail, _ = _exponential_as_fraction(-np.abs(x), abs(beta))
    x = np.clip(x, -_LARGEST, _LARGEST) if beta else x  # infinity times 0 would be nan
    return (x * first) / (1 + first * tail) ** 2 * (x * tail)


def _exponential_as_fraction(x: Array, beta: float = 1.0) -> tuple[Array, Array, Array, Array]:
    """Return u = beta x, cut where it is beyond +-_FAR, then p in two factors, and q: exp(u) is p / q.

    The larger of p and q is 1. What rounding leaves out of u matters to the exponential, and is carried along.
    """
    mantissa, exponent = frexp(beta)
    rest: Array | float = 0.0
    if abs(mantissa) == 0.5:  # beta is a power of two, so that nothing is left out
        u = np.clip(beta * x, -_FAR, _FAR)
    else:  # first times a power of two: neither a huge nor a tiny beta may overflow on its way
        u, rest = carried.product(np.clip(x * 2.0 ** (exponent - 1), -_FAR, _FAR), 2 * mantissa)
        rest = rest * (u < 0)
    return u, *carried.exponential(np.minimum(u, 0), rest), np.exp(-np.maximum(u, 0))


# --- Mish ----------------------------------------------------------------------------------------------------


@elementwise
def mish(x: Array) -> Array:
    """Return x tanh(softplus(x)) = x tanh(ln(1 + exp(x))).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -0.30885, in the shape and float dtype of `x` (integers give float64). 0 at -inf, inf at +inf, nan
        for nan. At most 4 ULP from the exact value, in the far left tail as well.

    Notes
    -----
    The tanh of a logarithm is a fraction: with E = exp(x) the gate is E (E + 2) / (E (E + 2) + 2). Here E is p / q
    with numbers up to 1, which cannot overflow, and numerator and denominator are multiplied by q**2.
    Source: D. Misra, 'Mish: a self regularized non-monotonic activation function', 2019.
    """
    _, first, tail, q = _exponential_as_fraction(x)
    p = first * tail
    return np.maximum(x, -_FAR) * first * (p + 2 * q) / (p * (p + 2 * q) + 2 * q * q) * tail


@elementwise
def mish_derivative(x: Array) -> Array:
    """Return the slope of Mish at `x`: t + x (1 - t**2) sigma(x) with t = tanh(softplus(x)).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-0.11253, 1.08850], in the shape and float dtype of `x` (integers give float64). 0 at -inf, 1 at
        +inf, nan for nan. No kinks. At x = -1.19243 the slope is 0, because its terms cancel. At most 7 ULP of the
        larger term of the product rule from the exact value, everywhere; outside of -1.3 < x < -1.1 at most 8 ULP of
        the exact value itself.

    Notes
    -----
    With E = exp(x) it is E (4 (x + 1) + (4 x + 6) E + 4 E**2 + E**3) / (E**2 + 2 E + 2)**2. As for `mish`, E is p / q,
    and numerator and denominator are multiplied by q**4. Derivation: lesson 08, 'mish/product'.
    """
    x, first, tail, q = _exponential_as_fraction(x)  # beyond +-_FAR the slope is 0 and 1
    p = first * tail
    numerator = p * p * (p + 4 * q) + q * q * ((4 * x + 6) * p + 4 * (x + 1) * q)
    return first * numerator / (p * (p + 2 * q) + 2 * q * q) ** 2 * tail


# --- hard swish ----------------------------------------------------------------------------------------------


@elementwise
def hard_swish(x: Array) -> Array:
    """Return x relu6(x + 3) / 6: SiLU with a gate of straight pieces.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values >= -3/8, in the shape and float dtype of `x` (integers give float64). 0 from -3 to the left and at
        -inf, exactly x from 3 to the right, nan for nan. At most 2 ULP from the exact value.

    Notes
    -----
    The gate is divided by 6 before it is multiplied by x: so it is exactly 1 from x = 3, and 6 x cannot overflow.
    Source: A. Howard and others, 'Searching for MobileNetV3', 2019.
    """
    gate = np.minimum(np.maximum(x + 3, 0), 6) / 6
    return np.maximum(x, -3) * gate  # -inf times the closed gate would be nan


@elementwise
def hard_swish_derivative(x: Array) -> Array:
    """Return the slope of hard swish at `x`: x/3 + 1/2 between -3 and 3, 0 left of them, 1 right of them.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in (-1/2, 3/2), in the shape and float dtype of `x` (integers give float64). 0 at -inf, 1 at +inf, nan
        for nan. At most 1.5 ULP from the exact value, near its zero at -3/2 as well. At -3 and at 3 there is no
        derivative: any number from -1/2 to 0, and from 1 to 3/2, lies between the slopes of the two sides. By
        convention it is 0 at -3 and 1 at 3, as the product rule gives it with the slope 0 of ReLU6 at both ends.

    Notes
    -----
    It is written as (x + 3/2) / 3, in which the sum is exact where it cancels.
    """
    return np.where(np.abs(x) >= 3, x > 0, (x + 1.5) / 3)


ACTIVATIONS = (
    Activation(
        name="silu",
        f=silu,
        derivative=silu_derivative,
        expression="x/(1 + exp(-beta*x))",
        properties=Properties(range=(-0.2784645427610738, np.inf), monotonic=False, smooth=True, zero_centred=False),
        reference="D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016; S. Elfwing, E. Uchibe and "
        "K. Doya, 'Sigmoid-weighted linear units for neural network function approximation in reinforcement learning', "
        "2017; with beta: P. Ramachandran, B. Zoph and Q. Le, 'Searching for activation functions', 2017.",
        parameters={"beta": _BETA},
        parameter_derivatives={"beta": silu_beta_derivative},
        also_called=("swish",),
    ),
    Activation(
        name="mish",
        f=mish,
        derivative=mish_derivative,
        expression="x*tanh(log(1 + exp(x)))",
        properties=Properties(range=(-0.30884341301725043, np.inf), monotonic=False, smooth=True, zero_centred=False),
        reference="D. Misra, 'Mish: a self regularized non-monotonic activation function', 2019.",
    ),
    Activation(
        name="hard_swish",
        f=hard_swish,
        derivative=hard_swish_derivative,
        expression="x*min(max(0, x + 3), 6)/6",
        properties=Properties(range=(-0.375, np.inf), monotonic=False, smooth=False, zero_centred=False),
        reference="A. Howard and others, 'Searching for MobileNetV3', 2019.",
        kinks_at=lambda: {-3.0: (-0.5, 0.0), 3.0: (1.0, 1.5)},
    ),
)
