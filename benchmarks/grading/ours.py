"""Grading with ``course grade``."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.grading.classroom import HandedIn
from benchmarks.grading.timing import peak_memory, run


@dataclass(frozen=True)
class Report:
    """What a run has cost and written.

    Attributes
    ----------
    seconds : float
        From the command to its end, start and self-test included.
    scores : mapping
        Points by learner and assignment, of those that could be graded.
    journal, feedback : int
        Bytes of the journal, and of all feedback.
    """

    seconds: float
    scores: Mapping[tuple[str, str], float]
    journal: int
    feedback: int


def grade(handed_in: Sequence[HandedIn], *options: str) -> Report:
    """Grade a class with ``course grade`` and these options."""
    with TemporaryDirectory() as folder:
        command = _command(Path(folder), handed_in, *options)
        seconds = run(command, Path(folder))
        report = Path(folder) / "report"
        with (report / "grades.csv").open(encoding="utf-8", newline="") as table:
            rows = [row for row in csv.DictReader(table) if row["status"] == "graded"]
        scores = {(row["learner"], row["assignment"]): float(row["points"]) for row in rows}
        feedback = sum(file.stat().st_size for file in (report / "feedback").rglob("*") if file.is_file())
        return Report(seconds, scores, (report / "journal.jsonl").stat().st_size, feedback)


def memory(handed_in: Sequence[HandedIn], *options: str) -> Mapping[str, float]:
    """Return the memory that grading a class takes, in MiB."""
    with TemporaryDirectory() as folder:
        return peak_memory(_command(Path(folder), handed_in, *options), Path(folder), "bwrap")


def _command(folder: Path, handed_in: Sequence[HandedIn], *options: str) -> list[str]:
    for one in handed_in:
        one.write(folder / "submitted")
    return ["-m", "course_lib", "grade", "submitted", "--out", "report", "--seed", "0", *options]
