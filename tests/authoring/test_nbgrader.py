"""What an instructor sees who uses nbgrader as it is, with its own database."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_lib.checking import EXERCISES

NAME = "03_sigmoid"
FILE = f"{NAME}.ipynb"
POINTS = {e.name: e.max_points for e in EXERCISES.values() if e.lesson == NAME}


def nbgrader(folder: Path, *arguments: str) -> str:
    # nbgrader looks for alembic on the PATH when it makes its database.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def answers(path: Path) -> dict[str, str]:
    cells = nbformat.read(path, as_version=4).cells
    return {c.metadata.nbgrader.grade_id: c.source for c in cells if c.metadata.get("nbgrader", {}).get("solution")}


def submit(course: Path, learner: str, solved: set[str]) -> None:
    """Hand in the learner's notebook with the answers `solved` written in."""
    right = answers(course / "solutions" / NAME / FILE)
    notebook = nbformat.read(course / "exercises" / NAME / FILE, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in solved:
            cell.source = right[cell.metadata.nbgrader.grade_id]
    target = course / "submitted" / learner / NAME / FILE
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)


def test_validate_passes_on_the_solution(course):
    said = nbgrader(course / "solutions" / NAME, "validate", FILE)
    assert "Success! Your notebook passes all the tests." in said


def test_generate_assignment_makes_the_same_exercise(course):
    ours = nbformat.read(course / "exercises" / NAME / FILE, as_version=4)
    nbgrader(course, "generate_assignment", NAME, "--force")
    theirs = nbformat.read(course / "exercises" / NAME / FILE, as_version=4)
    assert theirs.cells == ours.cells


def test_autograde_gives_each_learner_the_points_of_what_they_solved(course):
    half = set(sorted(POINTS)[: len(POINTS) // 2])
    expected = {"complete": set(POINTS), "half": half, "untouched": set()}
    shutil.rmtree(course / "exercises" / NAME)
    nbgrader(course, "generate_assignment", NAME)
    for learner, solved in expected.items():
        submit(course, learner, solved)
    nbgrader(course, "autograde", NAME)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        scores = {
            learner: {g.cell.name: g.score for g in gradebook.find_submission(NAME, learner).notebooks[0].grades}
            for learner in expected
        }
    for learner, solved in expected.items():
        right = {f"{name}-test": POINTS[name] if name in solved else 0 for name in POINTS}
        assert scores[learner] == pytest.approx(right), learner
    untouched = (course / "autograded" / "untouched" / NAME / FILE).read_text(encoding="utf-8")
    assert "not attempted yet" in untouched.lower()
    assert "Traceback" not in untouched
