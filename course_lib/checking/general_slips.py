"""Slips that an answer to any exercise can have: a constant, a sign, a factor, the transpose, one side only."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import Caller
from course_lib.checking.exercise import Exercise
from course_lib.checking.known_slips import SAME, Diagnosis, near
from course_lib.checking.trial import Trial


def general_slip(exercise: Exercise, caller: Caller, trials: Sequence[Trial]) -> Diagnosis | None:
    """Return the first that fits all of the trials."""
    found = _constant(exercise, caller, trials)
    if found or exercise.returns.what == "place":
        return found
    if exercise.returns.what == "truth":
        return _not_a_truth_value(trials) or _opposite(trials)
    return (
        _sign(trials)
        or _factor(trials)
        or transposed(trials)
        or _diagonal(trials)
        or (_one_sided(trials[0]) if exercise.elementwise else None)
    )


def _constant(exercise: Exercise, caller: Caller, trials: Sequence[Trial]) -> Diagnosis | None:
    first = trials[0].got[0]
    several = len({t.wanted.tobytes() for t in trials}) > 1 if trials[0].wanted.size == 1 else True
    for t in trials:
        same = t.got == (first if t.wanted.size == 1 else t.got[0])
        if not np.all(same):
            return None
    if not several or not _stays(exercise, caller, trials[0]):
        return None
    if trials[0].wanted.size == 1:
        whatever = " and ".join(exercise.arguments) + (" are" if len(exercise.arguments) > 1 else " is")
    else:
        whatever = f"{exercise.arguments[exercise.input_places[0] if exercise.elementwise else 0]} is"
    return Diagnosis("constant", f"It returns {_number(trials[0])} whatever {whatever}.")


def _number(trial: Trial) -> str:
    return trial.got_shown(0, 4)


def _stays(exercise: Exercise, caller: Caller, trial: Trial) -> bool:
    """Return whether half of the inputs give the same as all: a mean, for one, does not."""
    if not exercise.elementwise:
        return True
    halves = (a[::2] if i in exercise.input_places else a for i, a in enumerate(trial.probe.arguments))
    half = caller(*halves).value
    return half is not None and bool(np.all(half == trial.got[0]))


def _not_a_truth_value(trials: Sequence[Trial]) -> Diagnosis | None:
    for trial in trials:
        if trial.got[0] not in (0, 1):
            sentence = f"It returns {_number(trial)}, which is neither True nor False."
            return Diagnosis("not_a_truth_value", sentence)
    return None


def _opposite(trials: Sequence[Trial]) -> Diagnosis | None:
    if all(t.got[0] == 1 - t.wanted[0] for t in trials):
        return Diagnosis("opposite", "Its verdict is the opposite of the right one, each time.")
    return None


def _sign(trials: Sequence[Trial]) -> Diagnosis | None:
    if all(np.all(near(t, t.got, -t.wanted)) for t in trials):
        return Diagnosis("sign", "Everywhere it is exactly minus the right value: a sign got lost.")
    return None


def _factor(trials: Sequence[Trial]) -> Diagnosis | None:
    """Look for one factor that all the numbers are off by, or for one that is the length of an argument."""
    told = [t for t in trials if np.any(t.wanted != 0) or np.any(t.got != 0)]  # 0 for 0 says nothing
    ratios = [_constant_ratio(t) for t in told]
    factors = [r for r in ratios if r is not None]
    if not factors or len(factors) < len(told):
        return None
    first = factors[0]
    if f"{first:.4g}" == "1" and len(set(factors)) == 1:
        return None
    if all(abs(f - first) <= SAME * abs(first) for f in factors):
        return Diagnosis("factor", f"Everywhere it is {first:.4g} times the right value: a factor is off.")
    for name, *arrays in zip(trials[0].exercise.arguments, *(t.arguments for t in told), strict=True):
        for axis in range(min(map(np.ndim, arrays)) if isinstance(arrays[0], np.ndarray) else 0):
            lengths = [a.shape[axis] for a in arrays]
            if all(abs(f - n) <= 1e-6 * n for f, n in zip(factors, lengths, strict=True)):
                shape = arrays[0].shape
                return Diagnosis(
                    "summed",
                    f"It is {first:.4g} times the right value where {name} has shape {shape}: "
                    "a sum stands where a mean belongs.",
                )
    return None


def _constant_ratio(trial: Trial) -> float | None:
    large = np.abs(trial.wanted) > 1e-3 * np.max(np.abs(trial.wanted))
    if not large.any() or np.any(np.abs(trial.got[~large]) > 0.1 * np.max(np.abs(trial.got))):
        return None
    ratio = trial.got[large] / trial.wanted[large]
    first = float(ratio[0])
    if not np.isfinite(first) or first == 0 or not np.all(np.abs(ratio - first) <= 1e-8 * abs(first)):
        return None
    return first


def transposed(trials: Sequence[Trial]) -> Diagnosis | None:
    """Return whether matrices came back as their transposes."""
    seen = set()
    for trial in trials:
        values = trial.reply.values
        if values is None or len(values) != len(trial.expected):
            return None
        for i, (got, wanted) in enumerate(zip(values, trial.expected, strict=True)):
            if _equal(got, wanted):
                continue
            if wanted.ndim < 2 or not _equal(got, np.swapaxes(wanted, -1, -2)):
                return None
            seen.add(i)
    names = trials[0].exercise.returns.names
    if not seen:
        return None
    what = f"{' and '.join(names[i] for i in sorted(seen))} came" if names else "It came"
    return Diagnosis("transposed", f"{what} out transposed: rows and columns have changed places.")


def _equal(got: NDArray[Any], wanted: NDArray[Any]) -> bool:
    return got.shape == wanted.shape and bool(np.allclose(got.astype(np.float64), wanted, rtol=SAME, atol=1e-12))


def _diagonal(trials: Sequence[Trial]) -> Diagnosis | None:
    """Look at square matrices: only the diagonal right, or only the rest."""
    if any(len(t.expected) != 1 or t.expected[0].ndim != 2 or t.shapes[0][0] != t.shapes[0][1] for t in trials):
        return None
    on = [np.eye(t.shapes[0][0], dtype=bool).ravel() for t in trials]
    right = [near(t, t.got, t.wanted) for t in trials]
    if all(np.all(r[d]) and np.all(t.got[~d] == 0) for t, r, d in zip(trials, right, on, strict=True)):
        return Diagnosis("diagonal_only", "Only its diagonal is right: beside it everything is 0.")
    if all(np.all(r[d]) and not np.any(r[~d]) for r, d in zip(right, on, strict=True)):
        return Diagnosis("beside_the_diagonal", "Its diagonal is right, and everything beside it is wrong.")
    if all(np.all(r[~d]) and not np.any(r[d]) for r, d in zip(right, on, strict=True)):
        return Diagnosis("on_the_diagonal", "Beside its diagonal all is right; the diagonal itself is wrong.")
    return None


def _one_sided(trial: Trial) -> Diagnosis | None:
    x = trial.arguments[trial.exercise.input_places[0]]
    if np.shape(x) != trial.shapes[0]:
        return None
    x, right = np.ravel(x), near(trial, trial.got, trial.wanted)
    for side, here, there in (("positive", x > 0, x < 0), ("negative", x < 0, x > 0)):
        if here.sum() > 5 and there.sum() > 5 and np.all(right[here]) and not np.any(right[there]):
            sentence = f"It is right for {side} inputs only: what happens on the other side of 0?"
            return Diagnosis("one_sided", sentence)
    return None
