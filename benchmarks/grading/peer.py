"""Grading with nbgrader as an instructor does: a course, its gradebook, and ``nbgrader autograde``."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.grading.classroom import ASSIGNMENTS, COURSE, HandedIn
from benchmarks.grading.timing import peak_memory, run, run_side_by_side

NBGRADER = ("-m", "nbgrader")


class NbgraderCourse:
    """A course of nbgrader's with this course's assignments, released, and a class that has handed in."""

    def __init__(self, folder: Path, handed_in: Sequence[HandedIn], processes: int = 1) -> None:
        self._folder, self._processes = folder, processes
        folder.mkdir()
        shutil.copy(COURSE / "nbgrader_config.py", folder)
        self._assignments = [name for name in ASSIGNMENTS if any(one.assignment == name for one in handed_in)]
        for assignment in self._assignments:
            shutil.copytree(COURSE / "solutions" / assignment, folder / "solutions" / assignment)
            run([*NBGRADER, "generate_assignment", assignment], folder)
        learners = sorted({one.learner for one in handed_in})
        # each process gets its own learners, whom it knows by the beginning of their names
        for one in handed_in:
            one.write(folder / "submitted", f"{learners.index(one.learner) % processes}_{one.learner}")

    def autograde(self) -> float:
        """Grade what is not graded yet: each process its own learners, one assignment after the other; the seconds."""
        return sum(run_side_by_side(list(self._commands(name)), self._folder) for name in self._assignments)

    def peak_memory(self) -> Mapping[str, float]:
        """Return the memory that grading the first assignment takes."""
        (command,) = self._commands(self._assignments[0])
        return peak_memory(command, self._folder, Path(sys.executable).name)  # its only child is a kernel

    def scores(self) -> dict[tuple[str, str], float]:
        """Return the points that the gradebook holds, by learner and assignment."""
        with closing(sqlite3.connect(self._folder / "gradebook.db")) as gradebook:
            rows = gradebook.execute(_SCORES).fetchall()
        return {(learner.partition("_")[2], assignment): points for learner, assignment, points in rows}

    def _commands(self, assignment: str) -> Iterator[list[str]]:
        for number in range(self._processes):
            command = [*NBGRADER, "autograde", f"--assignment={assignment}", f"--student={number}_*"]
            # kernels of several processes race for the same ports, and some of them die: each process gets its sockets
            yield [*command, "--KernelManager.transport=ipc", f"--KernelManager.ip={self._folder}/sockets-{number}"]


_SCORES = """
SELECT submitted_assignment.student_id, assignment.name, SUM(grade.auto_score)
FROM grade
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
GROUP BY submitted_assignment.id
"""
