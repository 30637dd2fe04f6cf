"""How far one way of computing is from the exact values, in a few numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
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
    worst, mean : float
        The largest and the mean error of the finite results, in units in the last place of the exact value. Inputs
        and results that are subnormal, which have fewer digits, are left out.
    at : float or None
        The input at which the error is largest, where an input is one number.
    worst_of_subnormals : float
        The largest error where both results are smaller than the smallest normal number, or the input is: some
        libraries take all of these for 0.
    worst_of_terms : float or None
        The largest error in units of the terms of which the result is a sum, where these cancel.
    worst_away_from_zero : float or None
        The largest error in units of the result where such a sum is not near its zero.
    wrong_zeros, wrong_nans, wrong_infinities, warnings : int
        Results of that kind where the exact one is another; and kinds of warnings.
    lost : int
        Results in which no digit is right: 100 % off, or nan. Subnormal inputs and results are left out.
    half_from, lost_from, nan_from : list of float
        The inputs nearest to 0, one at most on each side, at which at least half of the digits are wrong, at which
        none is right, and at which nan is returned.
    """

    worst: float
    mean: float
    at: float | None = None
    worst_of_subnormals: float = 0.0
    worst_of_terms: float | None = None
    worst_away_from_zero: float | None = None
    wrong_zeros: int = 0
    wrong_nans: int = 0
    wrong_infinities: int = 0
    warnings: int = 0
    lost: int = 0
    half_from: list[float] = field(default_factory=list)
    lost_from: list[float] = field(default_factory=list)
    nan_from: list[float] = field(default_factory=list)

    def as_record(self) -> dict[str, Any]:
        """Return what is not empty, with four digits: the rest is noise."""
        record = {name: _short(value) for name, value in asdict(self).items()}
        return {name: value for name, value in record.items() if name == "worst" or value not in (None, 0, [])}


def measured(
    compute: Callable[..., Array], inputs: Sequence[Array], exactly: Digits, unit_of_terms: Array | None = None
) -> Measured:
    """Return how far ``compute(*inputs)`` is from the exact values.

    Parameters
    ----------
    compute : callable
        Gives an array of as many entries as there are exact values: for a function of one number as many as
        there are inputs, or a multiple of it.
    inputs : sequence of numpy.ndarray
        In the dtype that is measured.
    exactly : Digits
        The exact results.
    unit_of_terms : numpy.ndarray, optional
        One unit of the terms of each result, where the result is a sum of terms that may cancel.
    """
    dtype = inputs[0].dtype
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        got = np.asarray(compute(*inputs)).astype(dtype).ravel()
    units, near, info = ulps(got, exactly), exactly.rounded(), np.finfo(dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        off = np.abs(got.astype(np.float64) - near) >= np.abs(near)
    is_nan, finite = np.isnan(got), np.isfinite(units)
    x = np.resize(inputs[0], got.shape) if inputs[0].ndim == 1 else np.ones(got.shape)
    subnormal = np.fmax(np.abs(near), np.abs(got)) < float(info.tiny)
    subnormal |= (x != 0) & (np.abs(x) < float(info.tiny))
    usual = finite & ~subnormal
    lost = ((off & (units > ROUNDING) & ~subnormal) | is_nan) & np.isfinite(exactly.rounded(dtype))
    found: dict[str, Any] = {}
    if inputs[0].ndim == 1:
        half = lost | (usual & (units > 2.0 ** ((info.nmant + 1) // 2)))
        found = {"half_from": _nearest(x[half]), "lost_from": _nearest(x[lost]), "nan_from": _nearest(x[is_nan])}
        found["at"] = float(x[np.argmax(np.where(usual, units, -1))])
    if unit_of_terms is not None:
        unit = np.ldexp(1.0, np.maximum(exactly.exponent - info.nmant - 1, info.minexp - info.nmant))
        found["worst_of_terms"] = _largest((units * (unit / unit_of_terms.ravel()))[usual])
        if inputs[0].ndim == 1:
            near_zero = (np.abs(x) < 4) & (np.abs(near) < 1 / 16)
            found["worst_away_from_zero"] = _largest(units[usual & ~near_zero])
    return Measured(
        worst=_largest(units[usual]),
        mean=float(units[usual].mean()) if np.any(usual) else 0.0,
        worst_of_subnormals=_largest(units[finite & subnormal]),
        wrong_zeros=int(np.sum((got == 0) & (units > ROUNDING))),
        wrong_nans=int(np.sum(is_nan)),
        wrong_infinities=int(np.sum(~finite & ~is_nan)),
        warnings=len({str(w.message) for w in heard}),
        lost=int(np.sum(lost)),
        **found,
    )


def _largest(errors: Array) -> float:
    return float(errors.max()) if errors.size else 0.0


def _nearest(x: Array) -> list[float]:
    left, right = x[x < 0], x[x >= 0]
    return [float(side[np.argmin(np.abs(side))]) for side in (left, right) if side.size]


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(v) for v in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
