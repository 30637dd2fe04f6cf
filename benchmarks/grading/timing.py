"""What a command takes: seconds, processor time, and the memory of the processes that it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil

MIB = 2**20
#: Between two looks at the memory; a look costs some milliseconds of processor time.
PAUSE = 0.05


@dataclass(frozen=True)
class Cost:
    """Wall clock and processor seconds."""

    seconds: float
    cpu: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end; what it says is shown only if it fails."""
    return run_side_by_side([command], folder)


def run_side_by_side(commands: Sequence[Sequence[str]], folder: Path) -> Cost:
    """Run several commands at the same time, each to its end."""
    cpu, began = _cpu_of_children(), perf_counter()
    processes = [_start(command, folder) for command in commands]
    for process in processes:
        _finish(process)
    return Cost(perf_counter() - began, _cpu_of_children() - cpu)


def peak_memory(command: Sequence[str], folder: Path) -> Mapping[str, float]:
    """Return the highest MiB of the process itself, of all that it starts taken together, and of all.

    Memory that processes share is divided among them (PSS), so that the sum is what the machine needs.
    """
    peaks = {"own": 0.0, "children": 0.0, "all": 0.0}
    process = _start(command, folder)
    while process.poll() is None:
        try:
            children = psutil.Process(process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            break
        own, others = _memory(process.pid), sum(_memory(child.pid) for child in children)
        for name, found in (("own", own), ("children", others), ("all", own + others)):
            peaks[name] = max(peaks[name], found)
        try:
            process.wait(PAUSE)
        except subprocess.TimeoutExpired:
            continue
    _finish(process)
    return peaks


def _memory(pid: int) -> float:
    try:
        return psutil.Process(pid).memory_full_info().pss / MIB
    except (psutil.NoSuchProcess, psutil.AccessDenied):  # it has ended meanwhile
        return 0.0


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


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
