"""Checks a learner's own work: what is right, what is wrong, and what that looks like."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from course_lib.checking import judge, record
from course_lib.checking.calling import described
from course_lib.checking.card import error_plot
from course_lib.checking.exercise import PARTS, Exercise, Part
from course_lib.checking.exercises import EXERCISES
from course_lib.checking.judge import Judgement
from course_lib.checking.result import Result, running_cell

__all__ = ["EXERCISES", "check"]

_record_failed = False


@np.errstate(all="warn", under="ignore")  # whatever the learner has set for numpy in their notebook
def check(exercise: str | Callable[..., Any], function: Any = None, /, *, seed: int | None = None) -> Result:
    """Check an answer, and explain.

    Parameters
    ----------
    exercise : str or callable
        The name of the exercise; or the answer itself, whose name then says which exercise it is.
    function : callable, optional
        The answer, where the exercise was named.
    seed : int, optional
        Draws the same inputs again. By default they are new each time.

    Returns
    -------
    Result
        Never an exception: junk gets a verdict too. In a notebook the card is shown at once.
    """
    named = isinstance(exercise, str)
    answer = function if named else exercise
    name = exercise if isinstance(exercise, str) else str(getattr(exercise, "__name__", "") or "")
    if seed is None:
        seed = secrets.randbelow(2**31)
    if name in EXERCISES:
        result = _checked(EXERCISES[name], answer, seed)
    else:
        result = _not_an_exercise(name, answer, named, seed)
    return _shown(_noted(result))


def _checked(exercise: Exercise, answer: Any, seed: int) -> Result:
    judgement = judge.judge(exercise, answer, np.random.default_rng(seed))
    unfinished = judgement.diagnosis is not None and judgement.diagnosis.slip == "not_attempted"
    return Result(
        exercise=exercise.name,
        passed=judgement.passed,
        points=judgement.points(exercise),
        max_points=exercise.max_points,
        slip=judgement.diagnosis.slip if judgement.diagnosis else None,
        message=_message(exercise, judgement, unfinished),
        cases=judgement.cases,
        seed=seed,
        hints=exercise.hints,
        plot=error_plot(exercise, answer) if judgement.cases and not judgement.passed else "",
    )


def _not_an_exercise(name: str, answer: Any, named: bool, seed: int) -> Result:
    if named or name.isidentifier():
        try:
            EXERCISES[name]
        except KeyError as unknown:
            sentence = str(unknown)
    else:
        sentence = (
            f"check was given {described(answer)}. It needs your function: check(sigmoid_derivative), "
            'or by name: check("sigmoid_derivative", my_function).'
        )
    return Result(name or "?", False, 0.0, 0.0, "unknown_exercise", sentence, [], seed)


def _message(exercise: Exercise, judgement: Judgement, unfinished: bool) -> str:
    """Return what is right, the one thing that is most useful to know, and the notes: a sentence a line."""
    points = f"{judgement.points(exercise):g} of {exercise.max_points:g} points"
    if not exercise.max_points:
        points = "right" if judgement.passed else "not right yet"
    if unfinished:
        return f"{exercise.name}: not attempted yet ({points})."
    lines = [f"{exercise.name}: {points}.", _what_is_right(exercise, judgement), judgement.telling]
    if judgement.diagnosis:
        lines.append(judgement.diagnosis.sentence)
    return "\n".join(line for line in [*lines, *judgement.notes] if line)


def _what_is_right(exercise: Exercise, judgement: Judgement) -> str:
    asked = [p for p in PARTS if p in exercise.parts or not exercise.max_points]
    good = [PARTS[p] for p in asked if judgement.earned.get(p)]
    if judgement.passed:
        return f"Right: {', '.join(good)}."
    others: dict[Part, str] = {"shapes": "keeps shape and dtype", "argument": "leaves its argument alone"}
    kept = [says for part, says in others.items() if judgement.earned.get(part)]
    if not kept:
        return ""
    return f"It {' and '.join(kept)}; its values are not {exercise.wanted} yet."


def _noted(result: Result) -> Result:
    """Append the result to the learner's record; where that fails, say so once."""
    global _record_failed
    try:
        record.append(result)
    except record.RecordUnreadable as error:
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
