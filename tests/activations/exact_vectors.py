"""Vectors that are hard to get right, and the exact values of softmax and its kin there, in many digits."""

from collections.abc import Sequence
from typing import Any

import mpmath
import numpy as np

DIGITS = 80
EPS = 2.0**-52

Exact = list[mpmath.mpf]


def hard_vectors(count: int = 150, dtype: Any = np.float64, seed: int = 20261122) -> list[np.ndarray]:
    """Return close, equal, spread and saturated vectors, with offsets, and differences that are subnormal."""
    rng = np.random.default_rng(seed)
    tiny, big = float(np.finfo(dtype).smallest_subnormal), 1e8
    chosen = [
        *([0.0], [-7.5], [1000, 0], [-1000, -1000], [0, 0, 0], [40, 0, -40], [900, 0, -900], [37, 0], [0.1] * 17),
        *([big, big - 0.3, big + 0.5], [-big, -big - 16], [0, tiny], [3 * tiny, -tiny, 0], [1, 1 + EPS], [-500, 200]),
        *([0, -745], [0, -708.5, -740.25], [-np.log(2), -np.log(2)], [-1e4, 1e4, 1e4], [-30, *[-31.0] * 99]),
    ]
    drawn = [
        rng.normal(size=rng.integers(1, 12)) * 10.0 ** rng.uniform(-3, 2.6) + rng.choice([0, 1000, -1000, 0.1, 1e8])
        for _ in range(count)
    ]
    long = [rng.normal(size=n) * 10.0 ** rng.uniform(-1, 1) for n in (100, 300)]
    return [np.array(z, dtype=dtype) for z in [*chosen, *drawn, *long]]


def digits(z: Any) -> Exact:
    return [mpmath.mpf(float(v)) for v in np.ravel(z)]


def softmax_of(z: Sequence[mpmath.mpf]) -> tuple[Exact, Exact]:
    """Return the entries of softmax, and one minus each (as a sum, since a difference would cancel)."""
    e = [mpmath.exp(v - max(z)) for v in z]
    total = mpmath.fsum(e)
    below, above = [mpmath.mpf(0)], [mpmath.mpf(0)]
    for first, last in zip(e, reversed(e), strict=True):
        below.append(below[-1] + first)
        above.append(above[-1] + last)
    above.reverse()
    return [v / total for v in e], [(below[i] + above[i + 1]) / total for i in range(len(e))]


def log_softmax_of(z: Sequence[mpmath.mpf]) -> Exact:
    others = mpmath.fsum(mpmath.exp(v - max(z)) for v in z) - 1
    if others < 1:  # then it has to be summed without the largest
        rest = list(z)
        rest.remove(max(z))
        others = mpmath.fsum(mpmath.exp(v - max(z)) for v in rest)
    return [(v - max(z)) - mpmath.log1p(others) for v in z]


def worst_ulp(got: Any, exact: Sequence[mpmath.mpf]) -> float:
    """Return the largest error in units in the last place of the exact value; subnormal values have larger ones."""
    got = np.ravel(got)
    assert got.size == len(exact)
    return max((_ulp(value, e, got.dtype.type) for value, e in zip(got, exact, strict=True)), default=0.0)


def _ulp(got: Any, exact: mpmath.mpf, dtype: Any) -> float:
    if not np.isfinite(got):
        return np.inf
    with np.errstate(under="ignore"):
        spacing = float(np.spacing(np.abs(dtype(float(exact)))))
    return abs(float((mpmath.mpf(float(got)) - exact) / spacing))
