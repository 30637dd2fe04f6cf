"""Exact values of an activation and of its derivatives, from the formula in its record alone.

Nothing of the library's own arithmetic is used: the text of the formula is read and computed with as many binary
digits as it takes until the error bound that the numbers carry (``ball``) leaves 30 digits. Derivatives come from
the same formula by automatic differentiation, so no derivative formula is trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
from mpmath import libmp
from numpy.typing import ArrayLike, NDArray

from benchmarks.accuracy.ball import FUNCTIONS, HALF, ONE, ZERO, Ball, Dual, TooFewBits, pi, pieces_met, working
from course_lib.activations import Activation
from course_lib.derivations.expression import Expression, evaluate, parse

BITS = 100  # a little over 30 decimal digits
FIRST_BITS, MOST_BITS = 128, 1 << 14
#: Below 2**NOTHING a value is 0 for every float, and its digits are not looked for.
NOTHING = -1200


def exact(
    activation: Activation, x: ArrayLike, by: str | None = None, **parameters: float | Sequence[float]
) -> list[mpmath.mpf]:
    """Return an activation, or a derivative of it, at every entry of `x`, to 30 digits.

    Parameters
    ----------
    activation : Activation
        Only its ``expression`` is used, and the defaults of its parameters.
    x : array_like
        Finite floats, any shape (the result is flat); float32 is taken as it is, without rounding. Dimensionless.
    by : str, optional
        Nothing for the activation's value, ``"x"`` for its derivative with respect to x, or the name of a letter
        of the expression: ``"alpha"``, ``"c0"``. Where two pieces of the formula meet, the mean of their slopes
        is returned: right where there is no kink after all.
    **parameters
        Floats, taken as they are; the defaults for those that are not given.

    Returns
    -------
    list of mpmath.mpf
        0 where the value is below 2**-1200.

    Raises
    ------
    ValueError
        If an entry of `x` is not finite.
    ArithmeticError
        If 16,384 binary digits do not suffice, as for the slope of a square root at 0.
    """
    given = {name: p.default for name, p in activation.parameters.items()} | parameters
    letters: dict[str, float] = {}
    for name, parameter in activation.parameters.items():
        letters |= parameter.as_symbols(name, given[name])
    points = np.asarray(x).ravel()
    if not np.all(np.isfinite(points)):
        raise ValueError("Exact values are known for finite inputs only.")
    order = np.argsort(points)
    tree = parse(activation.expression)
    in_order = exact_of(tree, ({"x": float(v), **letters} for v in points[order]), by)
    found = [mpmath.mpf(0)] * len(in_order)
    for place, value in zip(order, in_order, strict=True):
        found[place] = value
    return found


def exact_of(tree: Expression, points: Iterable[Mapping[str, float]], by: str | None = None) -> list[mpmath.mpf]:
    """Return what a formula is worth at each of `points`, the values of its letters, or its derivative by one.

    It is quickest when neighbours in `points` are near each other, because they need as many digits.
    """
    found, bits = [], FIRST_BITS
    for point in points:
        value, bits = _certain(tree, point, by, bits)
        found.append(mpmath.mp.make_mpf(value.middle) if value.size >= NOTHING else mpmath.mpf(0))
    return found


def _certain(tree: Expression, point: Mapping[str, float], by: str | None, bits: int) -> tuple[Ball, int]:
    """Return the value, and with how many binary digits to begin next time."""
    while bits <= MOST_BITS:
        try:
            ball = _ball(tree, point, by, bits)
        except TooFewBits:
            bits *= 2
            continue
        missing = ball.error - max(ball.size - BITS, NOTHING)
        if missing <= 0:
            return ball, max(FIRST_BITS, bits + missing + 16)
        # Where not even the size of the value is known, twice as many digits tell more; but never more than it
        # takes to see that it is 0 for every float.
        bits += missing + 8 if ball.error < ball.size else min(bits, missing + 8)
    raise ArithmeticError(f"{MOST_BITS} binary digits do not suffice at {dict(point)}.")


def _ball(tree: Expression, point: Mapping[str, float], by: str | None, bits: int) -> Ball:
    result = _dual(tree, point, by, bits, side=1)
    if by is None:
        return result.value
    right = result.slope or ZERO
    if not pieces_met():
        return right
    left = _dual(tree, point, by, bits, side=-1).slope or ZERO
    with working(bits):
        return HALF * (left + right)


def _dual(tree: Expression, point: Mapping[str, float], by: str | None, bits: int, side: int) -> Dual:
    with working(bits, side):
        values: dict[str, Any] = {"pi": Dual(pi())}
        values |= {name: Dual(Ball.of(float(v)), ONE if name == by else None) for name, v in point.items()}
        result: Dual = evaluate(tree, FUNCTIONS, values, one=Dual(ONE))
        return result


@dataclass(frozen=True)
class Digits:
    """Exact values as arrays, ``(high + low) * 2**exponent``, to 32 digits and with a range beyond any float's.

    Attributes
    ----------
    high, low : numpy.ndarray of float64
        From 1/2 to 1 in size, and what that leaves over; smaller where the value is below every float.
    exponent : numpy.ndarray of C ints
    """

    high: NDArray[np.float64]
    low: NDArray[np.float64]
    exponent: NDArray[np.intc]

    @classmethod
    def of(cls, exactly: Iterable[mpmath.mpf]) -> Digits:
        """Return numbers of any size; one that is too large for every float keeps its sign only."""
        rows = []
        for value in exactly:
            _, mantissa, exponent, count = value._mpf_
            size = min(max(exponent + count, -1074), 1025) if mantissa else -1074
            shifted = libmp.mpf_shift(value._mpf_, -size if exponent + count < 1025 else -exponent - count)
            high = libmp.to_float(shifted, rnd="n")
            rest = libmp.mpf_sub(shifted, libmp.from_float(high), 53, "n")
            rows.append((high, libmp.to_float(rest, rnd="n"), size))
        columns = np.array(rows, dtype=np.float64).reshape(-1, 3).T
        return cls(columns[0], columns[1], columns[2].astype(np.intc))

    def rounded(self, dtype: Any = np.float64) -> NDArray[Any]:
        """Return the nearest floats, infinite where the value is too large."""
        with np.errstate(over="ignore"):
            return np.ldexp(self.high, self.exponent).astype(dtype)


def ulps(got: ArrayLike, exactly: Digits | Iterable[mpmath.mpf]) -> NDArray[np.float64]:
    """Return how far each float is from the exact value, in units in the last place of the exact one.

    Parameters
    ----------
    got : array_like of float64 or float32
        What was computed; its dtype says what a unit in the last place is.
    exactly : iterable of mpmath.mpf, or Digits
        The exact values, finite, one for each entry of `got`.

    Returns
    -------
    numpy.ndarray of float64, flat
        0 for a 0 that should be one, whatever its sign; inf for nan, and for an infinity where the exact value is
        not too large for the dtype (or the reverse). Next to 0 a unit is the smallest subnormal number.
    """
    got = np.asarray(got).ravel()
    exactly = exactly if isinstance(exactly, Digits) else Digits.of(exactly)
    info = np.finfo(got.dtype)
    unit = np.maximum(exactly.exponent - (info.nmant + 1), info.minexp - info.nmant)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.ldexp(got.astype(np.float64), -exactly.exponent)
        away = np.ldexp(np.abs((scaled - exactly.high) - exactly.low), exactly.exponent - unit)
    to_the_next_power = (1 - np.abs(exactly.high)) - np.abs(exactly.low) * np.sign(exactly.high * exactly.low)
    rounds_up = to_the_next_power <= 2.0 ** -(info.nmant + 2)
    too_large = (exactly.exponent > info.maxexp) | ((exactly.exponent == info.maxexp) & rounds_up)
    away[~np.isfinite(got) | too_large] = np.inf
    away[too_large & np.isinf(got) & (np.signbit(got) == np.signbit(exactly.high))] = 0
    return away


# --- where it is measured ---------------------------------------------------------------------------------------

TURNING_POINTS = (0.0, 16.5, 19.06, 20.0, 36.7, 37.0, 38.6, 40.0, 88.0, 89.0, 103.9, 354.9, 355.0, 372.6)
TURNING_POINTS += (700.0, 708.3, 709.8, 710.0, 740.0, 745.1, 746.0, 800.0, 1e4, 1e16)
_GOLDEN = (np.sqrt(5) - 1) / 2


def full_sweep(dtype: Any = np.float64) -> NDArray[Any]:
    """Return 68,536 inputs of both signs: subnormal to the largest, dense on [-40, 40] and on [-1000, 1000]."""
    return _sweep(34_268, dtype)


def short_sweep(dtype: Any = np.float64) -> NDArray[Any]:
    """Return 400 inputs of both signs that are spread like those of the full sweep."""
    return _sweep(200, dtype)


def _sweep(half: int, dtype: Any) -> NDArray[Any]:
    info = np.finfo(dtype)
    ends = (*TURNING_POINTS, float(info.max), float(info.tiny), float(info.smallest_subnormal))
    spread = half - len(ends)
    near, middle = spread // 3, spread // 3
    # Multiples of the golden ratio fill an interval evenly, and are the same on every machine.
    fraction = np.arange(1, spread + 1) * _GOLDEN % 1
    low, high = np.log10(float(info.smallest_subnormal)), np.log10(float(info.max))
    anywhere = 10 ** (low + 0.5 + (high - low - 0.6) * fraction[near + middle :])
    x = np.concatenate([ends, 40 * fraction[:near], 1000 * fraction[near : near + middle], anywhere]).astype(dtype)
    return np.concatenate([x, -x])
