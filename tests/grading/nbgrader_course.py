"""A course folder as an instructor has it who uses nbgrader, and what nbgrader's own commands do in it."""

import csv
import html.parser
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from handed_in import COURSE, as_bytes, handed_in

from course_lib.checking import EXERCISES
from course_lib.grading.results import GRADED, Graded, GradedAnswer

NAME = "03_sigmoid"
EXERCISES_OF = {
    name: [e.name for e in EXERCISES.values() if e.lesson == name] for name in ("03_sigmoid", "04_tanh", "06_softmax")
}


def run(folder: Path, *command: str, status: int = 0) -> str:
    """Run a program of the course's Python in `folder`, with a PATH that leads to nothing of the course."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def lay_course(folder: Path, *assignments: str) -> Path:
    """Lay a course with the solutions of these assignments, of which nothing is released yet."""
    folder.mkdir()
    shutil.copy(COURSE / "nbgrader_config.py", folder)
    for assignment in assignments:
        shutil.copytree(COURSE / "solutions" / assignment, folder / "solutions" / assignment)
    return folder


def submit(course: Path, learner: str, assignment: str, answers: dict[str, str], *, edit: Any = None) -> Path:
    """Hand in a notebook with these answers; `edit` may change the rest of it."""
    notebook = handed_in(assignment, answers)
    if edit is not None:
        edit(notebook)
    path = course / "submitted" / learner / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(as_bytes(notebook))
    return path


def graded(learner: str, points: dict[str, float], assignment: str = NAME, **changes: Any) -> Graded:
    """Return a record with these points, 0 where none are given."""
    answers = tuple(
        GradedAnswer(name, points.get(name, 0.0), 10.0, points.get(name) == 10.0, None, f"What is said of {name}.")
        for name in EXERCISES_OF[assignment]
    )
    return Graded(
        **{
            "submission": f"{learner}/{assignment}/{assignment}.ipynb",
            "learner": learner,
            "assignment": assignment,
            "status": GRADED,
            "answers": answers,
            **changes,
        }
    )


def exported(course: Path, *options: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return what ``nbgrader export`` writes: a row for each assignment and learner."""
    run(course, "nbgrader", "export", *options)
    with (course / "grades.csv").open(newline="") as file:
        return {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}


def cell_sources(path: Path) -> dict[str, str]:
    """Return the sources of the cells that nbgrader knows, by their grade_id."""
    cells = json.loads(path.read_text())["cells"]
    marked = [cell for cell in cells if "nbgrader" in cell["metadata"]]
    return {cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"]) for cell in marked}


class Page(html.parser.HTMLParser):
    """What a browser would make of a page: the text that is read, and what acts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.acts = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.acts += "".join(f"<{tag} {name}={value!r}>" for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        self.acts += data

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.acts += data
        else:
            self.text += data
