"""How far one way of computing is from the exact values, in a few numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.exact import Digits, ulps

Array = NDArray[Any]

#: Errors up to here are rounding: a 0 for a number of that many units is no wrong 0.
ROUNDING = 8.0


@dataclass(frozen=True)
class Measured:
    """One way of computing one thing in one dtype, over all inputs.

    Attributes
    ----------
    worst, at, mean : float
        The largest error of a finite result, in units in the last place of the exact value, the input where it is,
        and the mean error.
    worst_of_largest_term : float or None
        The largest error in units of the larger of the two terms of a product rule, for slopes that have a zero.
    worst_away_from_zero : float or None
        The largest error in units of the result where such a slope is not near its zero.
    wrong_zeros, wrong_nans, wrong_infinities, warnings : int
        Inputs with such a result where the exact one is another; and kinds of warnings.
    lost_from : list of float
        The inputs nearest to 0, one at most on each side, at which no digit is right (100 % off, or nan).
    nan_from : list of float
        The same for nan alone.
    """

    worst: float
    at: float
    mean: float
    worst_of_largest_term: float | None = None
    worst_away_from_zero: float | None = None
    wrong_zeros: int = 0
    wrong_nans: int = 0
    wrong_infinities: int = 0
    warnings: int = 0
    lost_from: list[float] = field(default_factory=list)
    nan_from: list[float] = field(default_factory=list)

    def as_record(self) -> dict[str, Any]:
        """Return what is not empty, with four digits: the rest is noise."""
        return {name: _short(value) for name, value in asdict(self).items() if value not in (None, 0, [])}


def measured(compute: Callable[[Array], Array], x: Array, exactly: Digits, largest: Array | None = None) -> Measured:
    """Return how far ``compute(x)`` is from the exact values.

    Parameters
    ----------
    compute : callable
        Takes `x`, gives an array of its length (or a multiple of it, for several parameters).
    x : numpy.ndarray
        The inputs, in the dtype that is measured.
    exactly : Digits
        The exact results.
    largest : numpy.ndarray, optional
        The larger term of the product rule, where its unit matters.
    """
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        got = np.asarray(compute(x)).astype(x.dtype).ravel()
    x = np.resize(x, got.shape)
    units = ulps(got, exactly)
    near, truly_infinite = exactly.rounded(), ~np.isfinite(exactly.rounded(x.dtype))
    with np.errstate(over="ignore", invalid="ignore"):
        off = np.abs(got.astype(np.float64) - near) >= np.abs(near)
    is_nan = np.isnan(got)
    lost = ((off & (units > ROUNDING)) | is_nan) & ~truly_infinite
    finite = np.isfinite(units)
    top = int(np.argmax(np.where(finite, units, -1)))
    more: dict[str, float] = {}
    if largest is not None:
        unit = np.ldexp(1.0, np.maximum(exactly.exponent - np.finfo(x.dtype).nmant - 1, _least(x.dtype)))
        ratio = unit / np.spacing(np.abs(largest).astype(x.dtype))
        near_zero = (np.abs(x) < 4) & (np.abs(near) < 1 / 16)
        more = {
            "worst_of_largest_term": float((units * ratio)[finite].max()),
            "worst_away_from_zero": float(units[finite & ~near_zero].max()),
        }
    return Measured(
        worst=float(units[top]),
        at=float(x[top]),
        mean=float(units[finite].mean()),
        wrong_zeros=int(np.sum((got == 0) & (units > ROUNDING))),
        wrong_nans=int(np.sum(is_nan)),
        wrong_infinities=int(np.sum(~finite & ~is_nan)),
        warnings=len({str(w.message) for w in heard}),
        lost_from=_nearest(x[lost]),
        nan_from=_nearest(x[is_nan]),
        **more,
    )


def _least(dtype: Any) -> int:
    info = np.finfo(dtype)
    return int(info.minexp - info.nmant)


def _nearest(x: Array) -> list[float]:
    left, right = x[x < 0], x[x >= 0]
    return [float(side[np.argmin(np.abs(side))]) for side in (left, right) if side.size]


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(v) for v in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
