"""Write what was measured into benchmarks/grading.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.grading.measure import LONG, MEMORY_SIZE, ROUNDS, SIZES, STRICT_SIZE, Measured, Way
from course_lib.grading.limits import Limits

REPORT = Path(__file__).parents[1] / "grading.md"
PACKAGES = ("nbgrader", "nbconvert", "nbclient", "ipykernel", "numpy")
WARM_GOAL, STRICT_GOAL = 60, 6
#: One call is stopped after its limit; what comes on top is noticing that, and a new process.
LOOP_GOAL = Limits().call + 1
PLANNED = 100_000
MIB, HOUR = 2**20, 3600


def write(found: Measured) -> str:
    """Write the tables, and return them."""
    text = "\n".join(_parts(found))
    REPORT.write_text(text, encoding="utf-8")
    return text


def _parts(found: Measured) -> Iterator[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    best = max(found.nbgrader.values(), key=lambda way: way.rate)
    warm, strict = (max(ways.values(), key=lambda way: way.rate) for ways in (found.warm, found.strict))
    yield "# How long it takes to grade a class\n"
    yield (
        f"Made by `make bench` (python {platform.python_version()}, {packages}; {os.cpu_count()} cores). nbgrader and "
        f"ours grade the same class, made up of right answers in many forms, common slips, exceptions and untouched "
        f"exercises 03 to 06: ours {max(SIZES):,} notebooks ({STRICT_SIZE} with `--strict`), once; "
        f"nbgrader the first {best.submissions} of them, once. A second run changes the numbers a little; ratios less "
        "than times.\n"
    )
    yield (
        "Neither is charged for its start (the same command with nothing left to grade, or with a single notebook), "
        "since a class is larger than what nbgrader grades here. Its best parallel use: several processes, each with "
        "its own learners and its kernels' own sockets, on one gradebook.\n"
    )
    yield "## Goals\n"
    yield from _goals(found, warm.rate / best.rate, strict.rate / best.rate)
    yield "## Beside nbgrader\n"
    yield (
        "In this class everybody hands in all four assignments, as in nbgrader's tree at the end of a term. Harmless "
        "answers of one learner share a process; so the same notebooks take longer where each is somebody else's.\n"
    )
    yield _table(["way", "processes", "submissions a second", "times nbgrader's best", "start, s"])
    for name, ways in (
        ("`nbgrader autograde`", found.nbgrader),
        ("**`course grade`**", found.warm),
        ("**`course grade`**, one notebook a learner", found.strangers),
        ("**`course grade --strict`**", found.strict),
    ):
        for processes, way in ways.items():
            yield _line(_cells(name, processes, way, best))
    yield (
        f"\nThe scores are the same for {found.same_scores} of the {found.compared} notebooks that both graded.\n\n"
        "## Memory\n"
    )
    yield from _memory(found)
    yield "## An infinite loop\n"
    yield (
        f"One answer that never ends costs {found.loop['ours']:.1f} s, and its own points: it is stopped after "
        f"{Limits().call:g} s. In nbgrader it costs {found.loop['nbgrader']:.1f} s.\n"
    )
    yield from _growth(found)
    yield from _planned(found)


def _goals(found: Measured, warm: float, strict: float) -> Iterator[str]:
    goals = (
        (f"warm at least {WARM_GOAL} times nbgrader's best", warm >= WARM_GOAL, f"{warm:.0f} times"),
        (f"`--strict` at least {STRICT_GOAL} times", strict >= STRICT_GOAL, f"{strict:.1f} times"),
        (
            f"an infinite loop costs at most {LOOP_GOAL:g} s",
            found.loop["ours"] <= LOOP_GOAL,
            f"{found.loop['ours']:.1f} s",
        ),
        (
            "the same scores as nbgrader",
            found.same_scores == found.compared,
            f"{found.same_scores} of {found.compared}",
        ),
    )
    for goal, met, measured in goals:
        yield f"- {goal}: {'met' if met else '**missed**'} ({measured})"
    yield ""


def _cells(name: str, processes: int, way: Way, best: Way) -> list[str]:
    return [name, f"{processes}", f"{way.rate:.3g}", f"{way.rate / best.rate:.3g}", f"{way.start:.1f}"]


def _memory(found: Measured) -> Iterator[str]:
    yield (
        f"The most at any time, in MiB, one process at a time; what processes share is counted once. "
        f"Ours while grading {MEMORY_SIZE}.\n"
    )
    yield _table(["way", "what grades", "what runs answers", "both"])
    for name, key in (
        ("`nbgrader autograde`", "nbgrader"),
        ("**`course grade`**", "warm"),
        ("**`course grade --strict`**", "strict"),
    ):
        peaks = found.memory[key]
        yield _line([name, *(f"{peaks[of]:.0f}" for of in ("grades", "answers", "both"))])
    yield ""


def _growth(found: Measured) -> Iterator[str]:
    yield "## From 10 to 1,000 submissions\n"
    yield (
        f"`course grade --jobs 2`, start included, medians of {ROUNDS} runs below {LONG}; 'one more' is what each "
        "costs beyond the row before.\n"
    )
    yield _table(["submissions", "seconds", "ms each", "ms for one more", "journal, KiB", "feedback, MiB"])
    before = None
    for size, report in found.growth.items():
        seconds = report.seconds
        more = "–" if before is None else f"{1000 * (seconds - before[1]) / (size - before[0]):.1f}"
        before = (size, seconds)
        sizes = [f"{report.journal / 1024:.0f}", f"{report.feedback / MIB:.1f}"]
        yield _line([f"{size:,}", f"{seconds:.1f}", f"{1000 * seconds / size:.1f}", more, *sizes])
    yield ""


def _planned(found: Measured) -> Iterator[str]:
    few, many = SIZES[-3], SIZES[-1]
    less, more = found.growth[few], found.growth[many]
    seconds = more.seconds + (PLANNED - many) / (many - few) * (more.seconds - less.seconds)
    best = max(found.nbgrader.values(), key=lambda way: way.rate)
    yield f"## {PLANNED:,} submissions\n"
    yield (
        f"Going on like the step from {few} to {many:,}: {seconds / 60:.0f} minutes on 2 cores, which is "
        f"{2 * seconds / HOUR:.1f} CPU hours; a journal of {PLANNED * more.journal / many / MIB:.0f} MiB and feedback "
        f"of {PLANNED * more.feedback / many / MIB:,.0f} MiB. nbgrader at its best would take "
        f"{PLANNED / best.rate / HOUR:.0f} hours on the same cores.\n"
    )


def _table(headings: Sequence[str]) -> str:
    return f"{_line(headings)}\n{_line(['---'] * len(headings))}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
