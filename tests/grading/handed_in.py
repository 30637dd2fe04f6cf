"""Makes what learners hand in: a released exercise with answers written into its cells."""

import copy
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

COURSE = Path(__file__).parents[2]
ASSIGNMENTS = ("03_sigmoid", "04_tanh", "05_relu", "06_softmax")


@functools.cache
def _read(room: str, assignment: str) -> Any:
    return json.loads((COURSE / room / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8"))


def released(assignment: str) -> dict[str, Any]:
    """Return the notebook that learners get, to be changed at will."""
    return copy.deepcopy(_read("exercises", assignment))


def answer_cells(notebook: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the cells to be answered, by their grade_id."""
    cells = (cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))
    return {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in cells}


@functools.cache
def solutions(assignment: str) -> Mapping[str, str]:
    """Return the right answers, each the text of its cell, by their grade_id."""
    return {name: "".join(cell["source"]) for name, cell in answer_cells(_read("solutions", assignment)).items()}


def handed_in(assignment: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """Return the notebook of a learner who wrote these answers, and left the other cells as they were."""
    notebook = released(assignment)
    cells = answer_cells(notebook)
    for name, source in answers.items():
        cells[name]["source"] = source.splitlines(keepends=True)
    return notebook


def as_bytes(notebook: Any) -> bytes:
    """Return a notebook as the file that is handed in."""
    return (json.dumps(notebook, indent=1) + "\n").encode()
