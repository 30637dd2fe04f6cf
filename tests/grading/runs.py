"""Runs of ``course grade`` as a person starts them: a process of its own, which can be killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psutil
from handed_in import ASSIGNMENTS, as_bytes, handed_in, solutions

COURSE = Path(__file__).parents[2]


def lay(folder: Path, orders: Iterable[Mapping[str, Any]]) -> Path:
    """Write a submission for each order, which `graders.by_order` obeys; return the folder."""
    for number, order in enumerate(orders):
        place = folder / f"learner{number:03}" / "03_sigmoid"
        place.mkdir(parents=True)
        notebook = {"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"order": order, "number": number}}
        (place / "03_sigmoid.ipynb").write_text(json.dumps(notebook))
    return folder


def lay_real(folder: Path, count: int) -> Path:
    """Write real submissions: right, wrong, unanswered, broken, hostile; return the folder."""
    for number in range(count):
        assignment = ASSIGNMENTS[number % len(ASSIGNMENTS)]
        answers = dict(solutions(assignment))
        changed = sorted(answers)[number % len(answers)]
        answers[changed] = (
            answers[changed],
            answers[changed].replace("return ", "return -1 * ", 1),
            f"def {changed}(*arguments):\n    return None\n",
            f"import os\nos.kill(os.getppid(), 9)\n{answers[changed]}",
        )[number // 4 % 4]
        place = folder / f"learner{number:03}" / assignment
        place.mkdir(parents=True)
        content = as_bytes(handed_in(assignment, answers))
        (place / f"{assignment}.ipynb").write_bytes(content if number % 10 != 9 else content[:-100])
    return folder


def command(grader: str, *arguments: str | Path) -> tuple[list[str], dict[str, str]]:
    """Return the command line of ``course grade`` with a function of `graders`, or 'real'; and its environment."""
    start = [sys.executable, "-m", "course_lib"] if grader == "real" else [sys.executable, "-c", _START, grader]
    paths = [str(COURSE), str(COURSE / "tests" / "grading"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return [*start, "grade", *map(str, arguments)], environment


_START = "import graders; graders.main()"


def start(grader: str, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start the command in a group of its own, as a shell does."""
    line, environment = command(grader, *arguments)
    return subprocess.Popen(
        line,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,
    )


def finish(process: subprocess.Popen[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Wait until it ends; return what it said."""
    try:
        out, error = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        kill_and_look(process)
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, error)


def grade(grader: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return finish(start(grader, *arguments))


def report(out: Path) -> dict[str, bytes]:
    """Return all files of a report but its journals, by their names."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    contents = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in contents.items() if not name.startswith(("journal", ".lock"))}


def journalled(out: Path, journal: str = "journal.jsonl") -> list[str]:
    """Return the names of the submissions in the journal, once for each line."""
    if not (out / journal).exists():
        return []
    lines = (json.loads(line) for line in (out / journal).read_bytes().splitlines(keepends=True) if line[-1:] == b"\n")
    return [line["graded"]["submission"] for line in lines if "graded" in line]


def kill_and_look(process: subprocess.Popen[str], *, group: bool = False) -> None:
    """Kill the command as `kill -9` does, or its whole group; everything that it had started must end too."""
    family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    with contextlib.suppress(ProcessLookupError):
        if group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate(timeout=20)
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive, alive
