"""Timing in turn, so that all ways meet the same machine at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from time import perf_counter

from benchmarks.speed.ways import Work

#: A timing shorter than that is repeated, and the mean taken: the clock and the call cost too much of it.
SHORTEST = 2e-3


def medians(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way over so many rounds, in each of which every way has its turn."""
    repeats = {name: _repeats(work) for name, work in works.items()}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            began = perf_counter()
            for _ in range(repeats[name]):
                work()
            times[name].append((perf_counter() - began) / repeats[name])
    return {name: median(seconds) for name, seconds in times.items()}


def _repeats(work: Work) -> int:
    work()  # the first call compiles, and asks the system for memory
    began = perf_counter()
    work()
    return max(1, round(SHORTEST / (perf_counter() - began)))
