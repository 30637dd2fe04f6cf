"""Step 1: read what the author wrote."""

from pathlib import Path
from typing import Any

from course_lib.activations.registry import CourseError


def read_source(path: Path) -> Any:
    """Return the notebook that the MyST Markdown file at `path` describes, not yet executed.

    Raises
    ------
    CourseError
        If jupytext is not installed, or the file has no code cell that it could read.
    """
    try:
        import jupytext
    except ImportError:
        raise CourseError(
            "To make notebooks, jupytext is needed; install it with: pip install -e '.[instructor]'"
        ) from None
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="md:myst")
    if not any(cell["cell_type"] == "code" for cell in notebook["cells"]):
        raise CourseError(f"{path.name} has no code cell; they begin with ```{{code-cell}} ipython3.")
    return notebook
