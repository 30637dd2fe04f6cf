"""Products and sums with what their rounding left out, and an exponential that takes it.

An exponential makes of the rounding of its exponent u an error that is u times as large: 350 units in the last
place where u is 700. What was rounded away is itself a float; so it can be carried along.
"""

from typing import Any

import numpy as np

from course_lib.activations.elementwise import Array

_SPLITTER = 2.0**27 + 1
_DEEP = -708.0  # exp is subnormal, and short of digits, from -708.4


def product(a: Array, b: Array | float) -> tuple[Array, Array]:
    """Return a b rounded, and the rest: together they are a b exactly.

    Parameters
    ----------
    a : numpy.ndarray of float64
        Finite and below 1e300 in size.
    b : numpy.ndarray of float64, or float
        The same, of a shape that goes with that of `a`.

    Returns
    -------
    tuple of numpy.ndarray
        The rounded product and the rest, which is at most half a unit in the last place of it. Below 1e-290 the
        rest is lost.

    Notes
    -----
    Both factors are split into halves of 26 digits, whose products are exact. Source: T. Dekker, 'A floating-point
    technique for extending the available precision', 1971.
    """
    rounded = a * b
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    return rounded, ((a_high * b_high - rounded) + a_high * b_low + a_low * b_high) + a_low * b_low


def quotient(a: Array | float, b: Array | float) -> tuple[Array, Array]:
    """Return a / b rounded, and the rest: together they are a / b to twice the digits.

    Parameters
    ----------
    a, b : numpy.ndarray of float64, or float
        Of shapes that go together, at least one of them an array; b and the quotient below 1e300 in size.

    Returns
    -------
    tuple of numpy.ndarray
        The rounded quotient and the rest, which is at most half a unit in the last place of it.
    """
    rounded = np.divide(a, b)
    back, rest = product(rounded, b)
    return rounded, ((a - back) - rest) / b


def one_plus(a: Array) -> tuple[Array, Array]:
    """Return 1 + a rounded, and the rest: together they are 1 + a exactly.

    Parameters
    ----------
    a : numpy.ndarray of float64
        Any shape, any finite numbers.

    Returns
    -------
    tuple of numpy.ndarray
        The rounded sum and the rest, which is at most half a unit in the last place of it.

    Notes
    -----
    Source: D. Knuth, 'The Art of Computer Programming', volume 2, 1969, section 4.2.2.
    """
    rounded = 1 + a
    from_a = rounded - 1
    return rounded, (1 - (rounded - from_a)) + (a - from_a)


def exponential(u: Array, rest: Array | float = 0.0) -> tuple[Array, Array]:
    """Return two factors of exp(u + rest) for u <= 0, which keep the digits that a subnormal number has lost.

    Parameters
    ----------
    u : numpy.ndarray of float64
        0 or negative, any shape.
    rest : numpy.ndarray of float64, or float
        What is left out of u, at most 1e-12 in size.

    Returns
    -------
    tuple of numpy.ndarray
        The first factor is at least exp(-708); the second is exactly 1 down to u = -708. A product with both, one
        after the other, is right as far as the result itself has the digits.
    """
    first = np.exp(np.clip(u, _DEEP, 0))
    return first + first * rest, np.exp(np.minimum(u - _DEEP, 0))


def _halves(a: Array | float) -> tuple[Any, Any]:
    large = _SPLITTER * a
    high = large - (large - a)
    return high, a - high
