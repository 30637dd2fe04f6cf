"""One telling example of what is wrong, with numbers that a learner can recompute."""

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.checking.answer import Answer
from course_lib.checking.exercise import Exercise, Probe
from course_lib.checking.returned import Values, flat
from course_lib.checking.showing import arguments_shown, result_shown
from course_lib.checking.trial import Asked, Trial, tried


def telling_example(exercise: Exercise, caller: Answer, trials: Sequence[Trial]) -> str:
    """Return a sentence such as 'At x = 2 you return -2; the finite difference of sigmoid there is 0.10499'.

    The first of the exercise's examples that shows the difference; else an entry of `trials`, those of the values.
    """
    for example in tried(caller, *map(functools.partial(_example, exercise), exercise.examples)):
        if not example.fits or example.ok:
            continue
        trusted = exercise.returns.in_float64(exercise.shown(*example.arguments))
        if not _near(example.got, flat(trusted)):
            return _sentence(example, example.reply.values or (), trusted)
    for trial in trials:
        if trial.wrong.any():
            at = trial.telling_entry
            got, wanted = trial.both_shown(at)
            return f"At {trial.entry_shown(at)} you return {got}, not {wanted}."
    return ""


def _example(exercise: Exercise, arguments: tuple[Any, ...]) -> Asked:
    given = tuple(np.asarray(a) if i in exercise.input_places else a for i, a in enumerate(arguments))
    return Asked(exercise, Probe("values", "example", given))


def _near(got: np.ndarray, trusted: np.ndarray) -> bool:
    return np.allclose(got.astype(np.float64), trusted, rtol=0.01, atol=1e-6)


def _sentence(example: Trial, values: Values, trusted: Values) -> str:
    exercise = example.exercise
    at = arguments_shown(exercise.arguments, example.probe.arguments)
    because = f": {exercise.because(*example.arguments)}" if exercise.because else ""
    if exercise.returns.names:
        named = zip(exercise.returns.names, values, trusted, strict=True)
        name, yours, right = next(each for each in named if not _near(*each[1:]))
        return f"At {at} your {name} is {result_shown(yours)}; {exercise.shown_as} is {result_shown(right)}{because}."
    one_number = trusted[0].ndim == 0
    yours_shown = example.got_shown(0) if one_number else result_shown(values[0])
    low, high = example.bounds
    special = one_number and (exercise.returns.what == "truth" or low != high)
    right_shown = example.wanted_shown(0) if special else result_shown(trusted[0])
    return f"At {at} you return {yours_shown}; {exercise.shown_as} is {right_shown}{because}."
