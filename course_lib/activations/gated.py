"""Gated activations: x times a gate that opens from 0 to 1. SiLU (Swish), Mish and hard swish; GELU is in gelu.py."""

from math import frexp

import numpy as np

from course_lib.activations import carried
from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_BETA = Parameter(default=1.0, low=-np.inf, high=np.inf, meaning="how steeply the gate opens, learnt or 1")

_LARGEST = np.finfo(np.float64).max
_FAR = 1500.0  # exp(-1500) times the largest float is 0, and so is exp(-1500 / 2)


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
        Values >= -0.27846 / beta (for a positive beta), in the shape and float dtype of `x` (integers give float64).
        0 at -inf and inf at +inf (for a positive beta), nan for nan. At most 3.5 ULP from the exact value, in the
        far left tail as well.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `beta` is not one.
    ValueError
        If `beta` is not finite.

    Notes
    -----
    It is ReLU less a bump: x sigma(x) = max(x, 0) - a sigma(-a) with a = abs(x). So only a falling exponential is
    needed, and the infinities come out right. Half of the exponent is taken twice, since exp(-a) has few digits left
    beyond a = 708. Sources: D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016; S. Elfwing,
    E. Uchibe and K. Doya, 'Sigmoid-weighted linear units for neural network function approximation in
    reinforcement learning', 2017; with beta: P. Ramachandran, B. Zoph and Q. Le, 'Searching for activation
    functions', 2017.
    """
    if beta == 0:
        return x / 2
    _, half = _exponential(x, beta)
    bump = np.minimum(np.abs(x), _LARGEST) * half / (1 + half * half) * half
    return np.maximum(x, 0) - bump if beta > 0 else np.minimum(x, 0) + bump


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
        at +inf (the other way round for a negative beta, 1/2 everywhere for beta 0), nan for nan. No kinks. The
        slope is 0 at u = -1.27846, where two terms cancel: the error is at most 4 ULP of the larger one, everywhere.
        Where the slope is at least a sixteenth of it, it is at most 8 ULP from the exact value.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `beta` is not one.
    ValueError
        If `beta` is not finite.

    Notes
    -----
    The slope at -x is 1 minus that at x, so one side is enough: left of 0, with a = abs(u) and e = exp(-a), it is
    e ((1 - a) + e) / (1 + e)**2, in which nothing overflows. Derivation: lesson 08, 'silu/product' and
    'silu/with_beta'.
    """
    a, half = _exponential(x, beta)
    e = half * half
    left = ((1 - a) + e) * half / (1 + e) ** 2 * half
    return np.where(x >= 0 if beta >= 0 else x <= 0, 1 - left, left)


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
        not summed. 0 at +-inf (inf for beta 0, where it is x**2 / 4), nan for nan. At most 7 ULP from the exact value.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `beta` is not one.
    ValueError
        If `beta` is not finite.

    Notes
    -----
    With a = abs(x) and h = exp(-abs(u) / 2) it is the square of a h / (1 + h**2): x**2 by itself would overflow where
    the product does not.
    """
    _, half = _exponential(x, beta)
    root = np.minimum(np.abs(x), _LARGEST) * half / (1 + half * half)
    return root * root


def _exponential(x: Array, beta: float) -> tuple[Array, Array]:
    """Return a = abs(beta x), or something beyond _FAR where it is more, and exp(-a / 2).

    What rounding leaves out of a matters to the exponential, and is carried along; a power of two leaves out nothing.
    """
    mantissa, exponent = frexp(abs(beta))
    # Times a power of two first, which is exact: so neither a huge nor a tiny beta overflows on its way.
    a = np.minimum(np.abs(x) * 2.0 ** (exponent - 1), _FAR)
    if mantissa == 0.5:
        return a, np.exp(-a / 2)
    a, rest = carried.product(a, 2 * mantissa)
    half = np.exp(-a / 2)
    return a, half - half * (rest / 2)


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
        Values >= -0.30884, in the shape and float dtype of `x` (integers give float64). 0 at -inf, inf at +inf, nan
        for nan. At most 4 ULP from the exact value, in the far left tail as well.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    The tanh of a logarithm is a fraction: with E = exp(x) the gate is E (E + 2) / (E (E + 2) + 2). Here E is p / q
    with p = exp(min(x, 0)) and q = exp(-max(x, 0)), neither of which overflows; half of the exponent of p is taken
    twice, since exp(x) has few digits left below x = -708. Source: D. Misra, 'Mish: a self regularized
    non-monotonic activation function', 2019.
    """
    half_p, q = _exponential_as_fraction(x)
    p = half_p * half_p
    total = p + 2 * q
    return np.maximum(x, -_FAR) * half_p * total / (p * total + 2 * q * q) * half_p


@elementwise
def mish_derivative(x: Array) -> Array:
    """Return the slope of Mish at `x`.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless. This is the input, not the output.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [-0.11308, 1.08849], in the shape and float dtype of `x` (integers give float64). 0 at -inf, 1 at
        +inf, nan for nan. No kinks. The slope is 0 at x = -1.19246, where its terms cancel: the error is at most
        6 ULP of the largest one, everywhere. Where the slope is at least a sixteenth of it, it is at most 8 ULP from
        the exact value.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    With E = exp(x) it is E (4 (x + 1) + (4 x + 6) E + 4 E**2 + E**3) / (E**2 + 2 E + 2)**2. As for `mish`, E is p / q,
    and numerator and denominator are multiplied by q**4. Derivation: lesson 08, 'mish/product'.
    """
    x = np.minimum(np.maximum(x, -_FAR), _FAR)  # beyond it the slope is 0 and 1
    half_p, q = _exponential_as_fraction(x)
    p = half_p * half_p
    numerator = p * p * (p + 4 * q) + q * q * ((4 * x + 6) * p + 4 * (x + 1) * q)
    return half_p * numerator / (p * (p + 2 * q) + 2 * q * q) ** 2 * half_p


def _exponential_as_fraction(x: Array) -> tuple[Array, Array]:
    """Return the square root of p, and q: exp(x) is p / q, and the larger of the two is 1."""
    return np.exp(np.minimum(x, 0) / 2), np.exp(-np.maximum(x, 0))


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

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

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

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

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
        expression="x*sigma(beta*x)",
        properties=Properties(range=(-0.2784645427610738, np.inf), monotonic=False, smooth=True, zero_centred=False),
        reference="D. Hendrycks and K. Gimpel, 'Gaussian error linear units (GELUs)', 2016; S. Elfwing, E. Uchibe and "
        "K. Doya, 'Sigmoid-weighted linear units for neural network function approximation in reinforcement learning', "
        "2017; with beta: P. Ramachandran, B. Zoph and Q. Le, 'Searching for activation functions', 2017.",
        parameters={"beta": _BETA},
        parameter_derivatives={"beta": silu_beta_derivative},
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
        expression="x*relu6(x + 3)/6",
        properties=Properties(range=(-0.375, np.inf), monotonic=False, smooth=False, zero_centred=False),
        reference="A. Howard and others, 'Searching for MobileNetV3', 2019.",
        kinks_at=lambda: {-3.0: (-0.5, 0.0), 3.0: (1.0, 1.5)},
    ),
)
