"""The notebook that nbgrader makes feedback from: the released exercise with the learner's answers in it as text.

nbgrader turns texts and outputs of such a notebook into HTML as they are, scripts included. So nothing of a
submission gets into it but the text of its answer cells, which nbgrader escapes; the one output of a test cell, its
number, is made here; and in what may quote a learner, all that could act is taken out.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course_lib.grading.intake.notebook import HandedIn
from course_lib.grading.reports.safe_text import visible
from course_lib.grading.reports.shown import in_markdown
from course_lib.grading.results import Graded

#: Characters of an answer that are shown: colouring a megabyte would take nbgrader half a minute.
SHOWN = 20_000


def paragraphs(text: str) -> str:
    """Return Markdown that shows `text`, a paragraph for each of its lines, and does nothing else."""
    return "\n\n".join(filter(None, map(in_markdown, text.splitlines())))


def read_released(course: Path, assignment: str) -> dict[str, Any] | None:
    """Return the released exercise of the course in that folder; None where there is none that can be read."""
    try:
        return dict(json.loads((course / "exercises" / assignment / f"{assignment}.ipynb").read_bytes()))
    except (OSError, ValueError):
        return None


def autograded(
    released: Mapping[str, Any], graded: Graded, handed_in: HandedIn | None, remark: str = ""
) -> dict[str, Any]:
    """Return the notebook of one submission as nbgrader's own autograding would leave it, without what is unsafe.

    Parameters
    ----------
    released : mapping
        The exercise that learners got.
    graded : Graded
        What grading found out.
    handed_in : HandedIn or None
        What was handed in; None where it could not be read.
    remark : str
        What is to be said of the whole grading.

    Returns
    -------
    dict
        A notebook, to be written as JSON.
    """
    cells = [dict(cell) for cell in released["cells"]]
    answers = {answer.exercise: answer for answer in graded.answers}
    for cell in cells:
        marks = cell["metadata"].get("nbgrader", {})
        name = str(marks.get("grade_id", ""))
        if marks.get("solution"):
            cell["source"] = _shown(handed_in, name)
        elif marks.get("grade") and name.removesuffix("-test") in answers:
            number = repr(float(answers[name.removesuffix("-test")].points))
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "execution_count": None,
                    "data": {"text/plain": number},
                    "metadata": {},
                }
            ]
    if remarks := [*([remark] if remark else []), *graded.notes]:
        notes = "**What the grader noted**\n\n" + paragraphs("\n".join(remarks))
        cells.insert(0, {"cell_type": "markdown", "id": "notes", "metadata": {}, "source": notes})
    return {**released, "cells": cells}


def _shown(handed_in: HandedIn | None, name: str) -> str:
    if handed_in is None:
        return "# The notebook that was handed in could not be read."
    source = handed_in.cells.get(name)
    if source is None:
        # The cell's mark is lost. Here it is looked for by its text, to be shown; grading does that inside the sandbox.
        defines = re.compile(rf"^[ \t]*def[ \t]+{name}\b|^{name}[ \t]*=", re.MULTILINE)
        source = next((other for other in reversed(handed_in.others) if defines.search(other)), None)
    if source is None:
        return "# The notebook that was handed in has no such cell."
    lines = [visible(line.expandtabs(4)) for line in source[:SHOWN].replace("\r\n", "\n").split("\n")]
    return "\n".join([*lines, "# ... and so on; the rest is not shown."] if len(source) > SHOWN else lines)
