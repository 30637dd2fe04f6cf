"""Checks a learner's own work: what is right, what is wrong, and what that looks like."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from course_lib.activations.registry import CourseError
from course_lib.checking import judge
from course_lib.checking.answer import OwnAnswer
from course_lib.checking.card import error_plot
from course_lib.checking.exercise import Exercise
from course_lib.checking.exercises import EXERCISES
from course_lib.checking.message import message
from course_lib.checking.record import RecordUnreadable, append
from course_lib.checking.result import Result, running_cell
from course_lib.checking.showing import described, name_of

__all__ = ["EXERCISES", "check"]

_record_failed = False
_running = threading.local()


def check(
    exercise: str | Callable[..., Any], function: Any = None, /, *, seed: int | None = None, record: bool = True
) -> Result:
    """Check an answer, and explain.

    Parameters
    ----------
    exercise : str or callable
        The name of the exercise; or the answer itself, whose name then says which exercise it is.
    function : callable, optional
        The answer, where the exercise was named.
    seed : int, optional
        Draws the same inputs again. By default they are new each time.
    record : bool
        Whether the check is noted in the learner's own record; a lesson that shows an example does not.

    Returns
    -------
    Result
        Junk gets a verdict too. In a notebook the card is shown at once.

    Raises
    ------
    CourseError
        If `seed` is not a whole number from 0 on, or if `check` is called by the function that it checks.
    """
    if isinstance(function, str) and not isinstance(exercise, str):
        exercise, function = function, exercise  # the name came second: what is meant is clear
    named = isinstance(exercise, str)
    answer = function if named else exercise
    name = exercise if isinstance(exercise, str) else name_of(exercise)
    if not named and function is not None:
        name = ""  # two answers: neither is meant as the name
    if seed is None:
        seed = secrets.randbelow(2**31)
    if not (isinstance(seed, int | np.integer) and 0 <= seed < 2**63):
        raise CourseError(f"seed must be a whole number from 0 on, but it is {seed!r}.")
    if getattr(_running, "now", False):
        raise CourseError("check was called inside the function that it checks: move that line out of the function")
    _running.now = True
    try:
        if name not in EXERCISES:
            return _shown(_not_an_exercise(name, answer, named, int(seed)))
        result = _checked(EXERCISES[name], answer, int(seed))
    finally:
        _running.now = False
    return _shown(_noted(result) if record else result)


def _checked(exercise: Exercise, answer: Any, seed: int) -> Result:
    judgement = judge.judge(exercise, OwnAnswer(answer, exercise), np.random.default_rng(seed))
    return Result(
        exercise=exercise.name,
        passed=judgement.passed,
        points=judgement.points(exercise),
        max_points=exercise.max_points,
        slip=judgement.diagnosis.slip if judgement.diagnosis else None,
        message=message(exercise, judgement),
        cases=judgement.cases,
        seed=seed,
        hints=exercise.hints,
        plot=error_plot(exercise, answer) if judgement.cases and not judgement.passed else "",
    )


def _not_an_exercise(name: str, answer: Any, named: bool, seed: int) -> Result:
    how = 'by name: check("sigmoid_derivative", my_function)'
    if named or (name.isidentifier() and callable(answer)):
        try:
            EXERCISES[name]
        except KeyError as unknown:
            sentence = str(unknown)
    elif callable(answer):
        sentence = f"This function does not have the name of an exercise. Check it {how}."
    else:
        sentence = f"check was given {described(answer)}. It needs your function: check(sigmoid_derivative), or {how}."
    return Result(name or "?", False, 0.0, 0.0, "unknown_exercise", sentence, [], seed)


def _noted(result: Result) -> Result:
    """Append the result to the learner's record; where that fails, say so once."""
    global _record_failed
    try:
        append(result)
    except RecordUnreadable as error:
        if not _record_failed:
            _record_failed = True
            return replace(result, message=f"{result.message}\n{error}")
    return result


def _shown(result: Result) -> Result:
    cell = running_cell()
    if cell is None:
        return result
    result = replace(result, shown_in=cell)
    result.show()
    return result
