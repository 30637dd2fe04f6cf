"""Step 2 of an exercise: ``:answer: name`` and ``:test: name`` become nbgrader's cell metadata."""

from collections import Counter
from typing import Any

from course_lib.activations.registry import CourseError

_ROLES = {
    "answer": {"grade": False, "locked": False, "solution": True},
    "test": {"grade": True, "locked": True, "solution": False},
}


def expand_marks(notebook: Any, lesson: str) -> Any:
    """Write nbgrader's metadata (schema 3) into the marked cells of `notebook`, in place.

    An answer cell's ``grade_id`` is the exercise's name, its test cell's the name and ``-test``.

    Parameters
    ----------
    notebook : NotebookNode
        As read from ``sources/exercises``.
    lesson : str
        The source's name, '03_sigmoid'. Each exercise of this lesson must be marked.

    Raises
    ------
    CourseError
        If an exercise is unknown, belongs to another lesson, or lacks one of its two cells or has it twice.
    """
    from course_lib.checking import EXERCISES

    seen: Counter[tuple[str, str]] = Counter()
    for cell in notebook["cells"]:
        for role, flags in _ROLES.items():
            if role not in cell["metadata"]:
                continue
            exercise = EXERCISES[cell["metadata"].pop(role)]
            seen[exercise.name, role] += 1
            cell["metadata"]["nbgrader"] = {
                **flags,
                "cell_type": cell["cell_type"],
                "grade_id": exercise.name if role == "answer" else f"{exercise.name}-test",
                "schema_version": 3,
                "task": False,
            }
            if role == "test":
                cell["metadata"]["nbgrader"]["points"] = exercise.max_points

    expected = {(e.name, role) for e in EXERCISES.values() if e.lesson == lesson for role in _ROLES}
    for name, _ in sorted(set(seen) - expected):  # first: a stray cell also explains why another one is missing
        raise CourseError(f"{name!r} is an exercise of {EXERCISES[name].lesson}, not of {lesson}.")
    for name, role in sorted(expected):
        if seen[name, role] != 1:
            raise CourseError(f"{lesson} has {seen[name, role]} cells marked ':{role}: {name}'; it needs exactly one.")
    return notebook
