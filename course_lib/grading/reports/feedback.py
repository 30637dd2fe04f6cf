"""The feedback on one submission: what `check` would have told, as a page for the learner and as Markdown."""

from dataclasses import dataclass
from typing import Any

from course_lib.checking.exercises import EXERCISES
from course_lib.grading.reports import page
from course_lib.grading.reports.page import number
from course_lib.grading.results import GRADED, Graded, GradedAnswer

_LONGEST_NAME = 120


@dataclass(frozen=True)
class _Told:
    """One answer as a template needs it."""

    exercise: str
    kind: str
    mark: str
    result: str
    points: str
    max_points: str
    headline: str
    sentences: tuple[str, ...]


def feedback(graded: Graded, *, trusted_learners: bool = False) -> tuple[bytes, bytes]:
    """Return the feedback on one submission.

    Parameters
    ----------
    graded : Graded
        Its outcome.
    trusted_learners : bool
        Whether the answers ran without a sandbox, which every report says.

    Returns
    -------
    tuple of bytes
        HTML and Markdown. They hold the same sentences; nothing in them comes from the clock or the machine.
    """
    values: dict[str, Any] = {
        "learner": _clipped(graded.learner or "unknown"),
        "assignment": _clipped(graded.assignment or "an unknown assignment"),
        "submission": _clipped(graded.submission),
        "graded": graded.status == GRADED,
        "points": number(graded.points),
        "max_points": number(graded.max_points),
        "trusted": page.TRUSTED if trusted_learners else "",
        "notes": graded.notes,
        "answers": [_told(answer) for answer in graded.answers],
        "lessons": _lessons(graded),
    }
    return page.html("feedback.html.jinja", **values), page.markdown("feedback.md.jinja", **values)


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _told(answer: GradedAnswer) -> _Told:
    headline, *sentences = answer.message.split("\n")
    if answer.slip == "not_attempted":
        kind, mark, result = "none", "○", "not attempted yet"
    elif answer.passed and answer.points >= answer.max_points:
        kind, mark, result = "all", "✓", "right"
    elif answer.passed:
        kind, mark, result = "some", "◐", "right values, and something left to find"
    else:
        kind, mark, result = "none", "○", "not right yet"
    return _Told(
        exercise=answer.exercise,
        kind=kind,
        mark=mark,
        result=result,
        points=number(answer.points),
        max_points=number(answer.max_points),
        headline=headline or answer.exercise,
        sentences=tuple(sentence for sentence in sentences if sentence.strip()),
    )


def _lessons(graded: Graded) -> dict[str, list[str]]:
    """Return the lessons that explain what is not right yet, each with the exercises that it is for."""
    lessons: dict[str, list[str]] = {}
    for answer in graded.answers:
        if answer.points < answer.max_points or not answer.passed:
            exercise = EXERCISES.get(answer.exercise)
            lessons.setdefault(exercise.lesson if exercise else graded.assignment, []).append(answer.exercise)
    return lessons
