"""Everything that is measured, as numbers; nbgrader and ours in turn, on the same submissions."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.grading import ours
from benchmarks.grading.classroom import HandedIn, class_of, strangers, with_one_loop
from benchmarks.grading.ours import Report
from benchmarks.grading.peer import NbgraderCourse

#: Processes of nbgrader, each with its own learners.
PROCESSES = (1, 2, 3)
WARM, STRICT = (), ("--strict",)
SIZES = (10, 30, 100, 300, 1000)
#: A fresh sandbox costs so much more that fewer will do.
STRICT_SIZE = 200
#: Short runs are disturbed more; from this size on, one run is enough.
ROUNDS, LONG = 3, 200
MEMORY_SIZE = 100


@dataclass(frozen=True)
class Way:
    """One way of grading: how many it graded, in how many seconds, and how many of these it took to start."""

    submissions: int
    seconds: float
    start: float

    def __post_init__(self) -> None:
        if self.seconds <= self.start:
            raise RuntimeError("this machine is too busy to measure on: grading took no longer than starting")

    @property
    def rate(self) -> float:
        """Submissions a second, the start left out: a class is larger than what is measured here."""
        return self.submissions / (self.seconds - self.start)


@dataclass
class Measured:
    """What was found; the keys are numbers of processes, or numbers of submissions.

    `strangers` hand in one notebook each, where in the class of `warm` a learner hands in all four.
    """

    nbgrader: dict[int, Way] = field(default_factory=dict)
    warm: dict[int, Way] = field(default_factory=dict)
    strangers: dict[int, Way] = field(default_factory=dict)
    strict: dict[int, Way] = field(default_factory=dict)
    growth: dict[int, Report] = field(default_factory=dict)
    memory: dict[str, Mapping[str, float]] = field(default_factory=dict)
    loop: dict[str, float] = field(default_factory=dict)
    same_scores: int = 0
    compared: int = 0


def measure(nbgrader_size: int) -> Measured:
    """Measure all; nbgrader grades the first `nbgrader_size` of the same class."""
    everyone = class_of(max(SIZES))
    few, found = everyone[:nbgrader_size], Measured()
    with TemporaryDirectory(prefix="grading-") as folder:
        scores = _nbgrader(found, few, Path(folder))
        _loop_and_memory_of_nbgrader(found, few, Path(folder))
    for size in SIZES:
        _say(f"{size} submissions")
        found.growth[size] = _median(everyone[:size], "--jobs", "2")
    for jobs in (1, 2):
        found.warm[jobs] = _way(everyone, "--jobs", str(jobs))
        found.strangers[jobs] = _way(strangers(everyone), "--jobs", str(jobs))
        found.strict[jobs] = _way(everyone[:STRICT_SIZE], "--strict", "--jobs", str(jobs))
    own = found.growth[max(SIZES)].scores
    found.compared = len(scores)
    found.same_scores = sum(abs(own[who] - points) < 1e-6 for who, points in scores.items())
    _say("memory")
    for name, options in (("warm", WARM), ("strict", STRICT)):
        found.memory[name] = ours.memory(everyone[:MEMORY_SIZE], *options, "--jobs", "1")
    _say("an infinite loop")
    one = few[:1]
    without, looping = (_median(who, "--jobs", "1").seconds for who in (one, with_one_loop(one)))
    found.loop["ours"] = looping - without
    return found


def _nbgrader(found: Measured, handed_in: list[HandedIn], folder: Path) -> dict[tuple[str, str], float]:
    """Measure nbgrader, and return the scores that it gave."""
    scores: dict[tuple[str, str], float] = {}
    for processes in PROCESSES:
        _say(f"nbgrader, {processes} at a time")
        course = NbgraderCourse(folder / f"of-{processes}", handed_in, processes)
        whole = course.autograde()
        start = course.autograde()  # nothing is left to be graded
        found.nbgrader[processes] = Way(len(handed_in), whole, start)
        scores = course.scores()
        if len(scores) != len(handed_in):
            raise RuntimeError(f"nbgrader graded {len(scores)} of {len(handed_in)}, {processes} at a time")
    return scores


def _loop_and_memory_of_nbgrader(found: Measured, handed_in: list[HandedIn], folder: Path) -> None:
    _say("nbgrader, an infinite loop, and memory")
    one = handed_in[:1]
    without, looping, watched = (
        NbgraderCourse(folder / name, who)
        for name, who in (("none", one), ("loop", with_one_loop(one)), ("memory", one))
    )
    seconds = without.autograde()
    found.loop["nbgrader"] = looping.autograde() - seconds
    found.memory["nbgrader"] = watched.peak_memory()


def _way(handed_in: list[HandedIn], *options: str) -> Way:
    _say(" ".join(["course grade", *options]))
    start = _median(handed_in[:1], *options)
    return Way(len(handed_in), _median(handed_in, *options).seconds, start.seconds)


def _median(handed_in: list[HandedIn], *options: str) -> Report:
    rounds = ROUNDS if len(handed_in) < LONG else 1
    reports = sorted((ours.grade(handed_in, *options) for _ in range(rounds)), key=lambda report: report.seconds)
    return reports[rounds // 2]


_BEGAN = perf_counter()


def _say(what: str) -> None:
    sys.stderr.write(f"\r{perf_counter() - _BEGAN:5.0f} s  {what}".ljust(60))
