"""The known slips of an exercise, and whether an answer is one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.exercise import Exercise, Slip
from course_lib.checking.returned import flat
from course_lib.checking.trial import Trial

#: Relative agreement at which an answer is taken to be the same formula as a slip.
SAME = 1e-9


@dataclass(frozen=True)
class Diagnosis:
    """A slip's stable name, and the sentence that teaches."""

    slip: str
    sentence: str = ""


def known_slips(exercise: Exercise, trials: Sequence[Trial]) -> list[Diagnosis]:
    """Return the known slips that explain all the trials, those without fitting numbers included."""
    if not any(t.reply.values for t in trials):
        return []
    names = {s.name: s.sentence for s in exercise.slips if all(_same_as(s, t) for t in trials)}
    return [Diagnosis(name, sentence) for name, sentence in names.items()]


def extreme_slip(trial: Trial) -> Diagnosis | None:
    """Return the slip of the exercise that explains what came at extreme inputs, nan included."""
    if trial.probe.part != "extremes":
        return None
    for slip in trial.exercise.extreme_slips:
        with np.errstate(all="ignore"):
            values = flat(trial.exercise.returns.in_float64(slip.formula(*trial.arguments)))
        # Both must fail alike, to the last digits: of an answer that fails otherwise nothing is known.
        if np.allclose(trial.got, values, rtol=SAME, atol=0, equal_nan=True):
            return Diagnosis(slip.name, slip.sentence)
    if not any("overflow encountered in exp" in warning for warning in trial.reply.warned):
        return None
    # An exponential did overflow, in a form that nobody thought of: what there is to ask is the same.
    asked = (Diagnosis(s.name, s.sentence) for s in trial.exercise.extreme_slips if s.name == "overflow")
    return next(asked, None)


def _same_as(slip: Slip, trial: Trial) -> bool:
    """Return whether the slip does what the answer did: the same shapes and numbers, None, or an exception."""
    try:
        returned = slip.formula(*trial.arguments)
    except Exception:  # a slip may fail where the wrong answer does
        return trial.reply.trouble == "raises"
    if returned is None:
        return trial.reply.trouble == "returns_none"
    if trial.reply.values is None:
        return False
    values = trial.exercise.returns.in_float64(returned)
    shapes = tuple(v.shape for v in trial.reply.values)
    return tuple(v.shape for v in values) == shapes and bool(np.all(near(trial, trial.got, flat(values), slip.same)))


def near(trial: Trial, a: NDArray[np.float64], b: NDArray[np.float64], same: float = SAME) -> NDArray[np.bool_]:
    """Return where two numbers are the same up to rounding; where they need only be near, near for their size."""
    blur = np.max(trial.tolerance, initial=1e-13) if trial.fits else 1e-13
    size = np.abs(b) if same <= SAME else np.max(np.abs(b), initial=0)
    return np.asarray(np.abs(a - b) <= same * size + blur)
