"""From a solution to what learners get, by nbgrader's own preprocessors."""

from copy import deepcopy
from typing import Any

from course_lib.activations.registry import CourseError


def learner_copy(solution: Any) -> Any:
    """Return `solution` without answers and outputs, as ``nbgrader generate_assignment`` would write it.

    The steps and their order are nbgrader's, read from it; only the one that writes into its database is left
    out.

    Raises
    ------
    CourseError
        If nbgrader is not installed, or refuses the notebook.
    """
    try:
        from nbgrader.converters.generate_assignment import GenerateAssignment
        from nbgrader.preprocessors import SaveCells
    except ImportError:
        raise CourseError(
            "To make exercises, nbgrader is needed; install it with: pip install -e '.[instructor]'"
        ) from None

    notebook = deepcopy(solution)
    resources: dict[str, Any] = {}
    for step in GenerateAssignment.class_traits()["preprocessors"].default():
        if step is not SaveCells:
            notebook, resources = step().preprocess(notebook, resources)
    return notebook
