"""Where the course's folders are."""

from pathlib import Path

import course_lib
from course_lib.activations.registry import CourseError

LESSONS = "notebooks"
SOLUTIONS = "solutions"
EXERCISES = "exercises"
WORKSPACE = "workspace"


def find_course() -> Path:
    """Return the folder that holds the course's notebooks: the clone that this package is installed from.

    Raises
    ------
    CourseError
        If the package was installed without the course around it, from a wheel for instance.
    """
    root = Path(course_lib.__file__).resolve().parents[1]
    if not (root / LESSONS).is_dir() or not (root / EXERCISES).is_dir():
        raise CourseError(
            f"There are no notebooks beside the installed course_lib (in {root}); "
            "clone the course and install it from there with: pip install -e ."
        )
    return root
