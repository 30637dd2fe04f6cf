"""The error of a finite difference over its step h: how large it is, and which of its two causes rules where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import finite_difference
from course_lib.activations.registry import Registry
from course_lib.explorers.sampled import Floats, Function, forgiving
from course_lib.explorers.steps import ladder

#: The two differences, by what a learner calls them.
DIFFERENCES: Registry[Callable[[Function, Any, float], Any]] = Registry(
    "difference", {"forward": finite_difference.forward, "central": finite_difference.central}
)
#: From a step that is lost in rounding to one that spans the whole bend of an activation.
STEPS = ladder(1e-16, 2.0)

#: Rounding errors are a matter of luck: at one step they may vanish, and be large at the next. So each step is
#: judged by the worst error within 0.4 decades around it.
_AROUND = 4
#: A side counts as one on which errors grow if they grow by this factor at least.
_GROWTH = 10.0
#: Rounding takes from a value no more than half of its digits; what takes more is a jump.
_MOST_ROUNDED = 1e-8
_EPS = float(np.finfo(np.float64).eps)


def differences(f: Function, x: Floats) -> Floats:
    """Return the slopes of the secants of `f` at all `x`, by both differences and with all steps.

    Parameters
    ----------
    f : callable
        Element-wise function. Where it fails or is not defined, x + h being out of its domain, the slope is nan.
    x : numpy.ndarray, shape (n,)
        Where the slopes are wanted; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (2, n, m), float64
        Forward and central, for each x, for each of the m steps; dimensionless.
    """
    f = forgiving(f)
    with np.errstate(all="ignore"):
        found = [[difference(f, x, float(h)) for h in STEPS] for difference in DIFFERENCES.values()]
    return np.swapaxes(np.array(found), 1, 2)


@dataclass(frozen=True)
class Landmarks:
    """What is worth knowing about one error curve.

    Attributes
    ----------
    best : int
        Number of the step with the least error, -1 if no step is better than the others, or if there is no slope.
    error : float
        What the error stays below at steps around the best one; dimensionless.
    rounding, truncation : bool
        Whether the error grows to the left of the best step, because digits are rounded away, and to its right,
        because the curve bends.
    """

    best: int
    error: float
    rounding: bool
    truncation: bool


def landmarks(errors: Floats, slope: float, size: float = 1.0) -> Landmarks:
    """Find the best step of one error curve, and the sides on which the error grows.

    Parameters
    ----------
    errors : numpy.ndarray, shape (m,)
        The absolute error for each of the steps; nan where there is none.
    slope : float
        The true slope: an error below its own rounding counts as none. Dimensionless.
    size : float
        How large the function's values are near the place; dimensionless.
    """
    padded = np.pad(errors, _AROUND, constant_values=np.nan)
    worst = np.fmax.reduce(np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1), axis=-1)
    seen = np.flatnonzero(np.isfinite(worst))
    if not seen.size:
        return Landmarks(-1, float("nan"), False, False)
    least = float(worst[seen].min())
    best = int(seen[worst[seen] <= least + _EPS * abs(slope)][-1])  # of equally good steps the largest
    small = max(least, _EPS * abs(slope))
    rounding, truncation = (bool(worst[end] > _GROWTH * small) for end in (seen[0], seen[-1]))
    if rounding and worst[seen[0]] * STEPS[seen[0]] > _MOST_ROUNDED * max(1.0, size):
        return Landmarks(-1, float(worst[best]), False, False)  # a jump: there is no slope to come to
    return Landmarks(best if rounding or truncation else -1, float(worst[best]), rounding, truncation)
