"""What a command takes: seconds, and the memory of the processes that it starts."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import psutil

MIB = 2**20
#: Between two looks at the memory; a look costs some milliseconds of processor time.
PAUSE = 0.05


def run(command: Sequence[str], folder: Path) -> float:
    """Run a command to its end and return the seconds; what it says is shown only if it fails."""
    return run_side_by_side([command], folder)


def run_side_by_side(commands: Sequence[Sequence[str]], folder: Path) -> float:
    """Run several commands at the same time, each to its end, and return the seconds."""
    began = perf_counter()
    processes = [_start(command, folder) for command in commands]
    for process in processes:
        _finish(process)
    return perf_counter() - began


def peak_memory(command: Sequence[str], folder: Path, runs_answers: str) -> Mapping[str, float]:
    """Return the highest MiB of what grades, of what runs answers, and of both.

    What runs answers are the processes that are called `runs_answers`, with all that they start. Memory that processes
    share is divided among them (PSS), so that the sum is what the machine needs.
    """
    peaks = {"grades": 0.0, "answers": 0.0, "both": 0.0}
    process = _start(command, folder)
    while process.poll() is None:
        grades, answers = _now(process.pid, runs_answers)
        for name, found in (("grades", grades), ("answers", answers), ("both", grades + answers)):
            peaks[name] = max(peaks[name], found)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PAUSE)
    _finish(process)
    return peaks


def _now(pid: int, runs_answers: str) -> tuple[float, float]:
    """Return the MiB of what grades and of what runs answers, at this moment."""
    grades = answers = 0.0
    waiting = [(pid, False)]
    while waiting:
        pid, inside = waiting.pop()
        try:
            process = psutil.Process(pid)
            used = process.memory_full_info().pss / MIB
            waiting += [(child.pid, inside or child.name() == runs_answers) for child in process.children()]
        except psutil.NoSuchProcess:  # it has ended meanwhile
            continue
        grades, answers = (grades, answers + used) if inside else (grades + used, answers)
    return grades, answers


def _start(command: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    # nbgrader looks for alembic on the PATH
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PATH": path, "COURSE_RECORD": str(folder / "record.sqlite")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{process.args!r} ended with {process.returncode}: {said[-3000:]}")
