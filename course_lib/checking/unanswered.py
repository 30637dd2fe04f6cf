"""Explains why there are no values to judge: a stub, an exception, a wrong shape."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib.checking.answer import Answer
from course_lib.checking.diagnosis import diagnose_misfit
from course_lib.checking.exercise import Exercise, Probe
from course_lib.checking.known_slips import Diagnosis
from course_lib.checking.showing import sentence_case
from course_lib.checking.trial import Asked, Trial, tried


def explained(exercise: Exercise, answer: Answer, trials: Sequence[Trial]) -> tuple[str, Diagnosis]:
    """Return what to tell, and the diagnosis; some of `trials`, those of the values, brought no fitting numbers."""
    trial = next(t for t in trials if not t.fits)
    reply = trial.reply
    kind: str = reply.trouble or "wrong_shape"
    if (kind == "returns_none" and answer.does_nothing()) or (
        kind == "unfinished" and _always_unfinished(exercise, answer, trial)
    ):
        return "", Diagnosis("not_attempted")
    telling = reply.sentence
    if reply.values is not None:
        returned, wanted = map(exercise.returns.shape_shown, (reply.values, trial.expected))
        telling = f"For {trial.probe.label} it returns {returned} where {wanted} is asked for."
    elif any(t.fits for t in trials):
        telling = f"For {trial.probe.label}: {sentence_case(telling)}"
    slip = diagnose_misfit(exercise, trials)
    if slip:
        return telling, slip
    if kind == "raises" and exercise.elementwise and _right_for_numbers(exercise, answer, trial):
        return f"It is right for one number at a time, but it can't take an array. {reply.sentence}", Diagnosis(
            "scalar_only"
        )
    return telling, Diagnosis(kind)


def _always_unfinished(exercise: Exercise, answer: Answer, trial: Trial) -> bool:
    """Return whether NotImplementedError comes for every input, not only for a case that is not written yet."""
    if not exercise.elementwise:
        return True
    first = np.ravel(trial.arguments[exercise.input_places[0]])
    ends = (int(np.argmax(first)), int(np.argmin(first)))
    alone = [Probe("values", "one number", _entry(trial, at, np.asarray)) for at in ends]
    return all(reply.trouble == "unfinished" for reply in answer.each(alone))


def _right_for_numbers(exercise: Exercise, answer: Answer, trial: Trial) -> bool:
    first = range(min(10, np.size(trial.arguments[exercise.input_places[0]])))
    alone = (Asked(exercise, Probe("values", "one number", _entry(trial, at, float))) for at in first)
    return all(one.ok for one in tried(answer, *alone))


def _entry(trial: Trial, at: int, as_number: Callable[[Any], Any]) -> tuple[Any, ...]:
    """Return the trial's arguments with one entry in the place of each input: a logit keeps its own label."""
    places = trial.exercise.input_places
    shape = np.shape(trial.arguments[places[0]])
    alone = (
        as_number(np.ravel(np.broadcast_to(a, shape))[at]) if i in places else a
        for i, a in enumerate(trial.probe.arguments)
    )
    return tuple(alone)
