"""The last step: a notebook's one true form, so that the same source gives the same bytes on every run."""

import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from course_lib.activations.registry import CourseError
from course_lib.authoring.seal import seal

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
# A saved view without its kernel shows 'model not found'; the still and the text beside it remain.
_ONLY_ALIVE = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
_MEMORY_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def canonical(notebook: Any, name: str) -> str:
    """Return the text of the ``.ipynb`` file: sealed, and with nothing that differs from run to run.

    Cell ids are fixed, execution counts are kept (nbval compares nothing where there is none), timings,
    widget views and the versions of Python and Jupyter are left out.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    name : str
        The notebook's name, '03_sigmoid'.

    Raises
    ------
    CourseError
        If an output shows a widget that leaves no still or text, a path of this machine or a memory address.
    """
    import nbformat

    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    notebook["metadata"] = nbformat.from_dict({"kernelspec": _KERNEL, "language_info": _LANGUAGE})
    taken: set[str] = set()
    for number, cell in enumerate(notebook["cells"], start=1):
        cell["id"] = _cell_id(cell, taken)
        cell["metadata"].pop("execution", None)
        for output in cell.get("outputs", ()):
            if problem := _settle(output):
                raise CourseError(f"{name}: the output of cell {number} {problem}.")
    return str(nbformat.writes(seal(notebook, name))).rstrip("\n") + "\n"


def _cell_id(cell: Any, taken: set[str]) -> str:
    """Return an id that depends on this cell alone, so that an edit elsewhere does not change it."""
    base = cell["metadata"].get("nbgrader", {}).get("grade_id") or _hash(cell)
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    taken.add(candidate)
    return candidate


def _hash(cell: Any) -> str:
    return hashlib.sha256(f"{cell['cell_type']}\n{cell['source']}".encode()).hexdigest()[:8]


def _settle(output: Any) -> str | None:
    """Take out of `output` what only lives beside a kernel; say what else stops it from being kept."""
    output.pop("transient", None)
    data = output.get("data", {})
    if any(data.pop(mime, None) is not None for mime in _ONLY_ALIVE) and not data:
        return "is a widget that leaves neither a still nor a text in the saved notebook"
    shown = "\n".join(str(text) for mime, text in data.items() if not mime.startswith("image/"))
    shown += str(output.get("text", ""))
    if any(folder in shown for folder in _folders_of_this_machine()):
        return "shows a path of this machine"
    if _MEMORY_ADDRESS.search(shown):
        return "shows a memory address, which differs on every run"
    return None


def _folders_of_this_machine() -> list[str]:
    folders = (Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix), Path(__file__).resolve().parents[2])
    return [f"{folder}{os.sep}" for folder in folders if folder != folder.parent]  # "/" stands in every address
