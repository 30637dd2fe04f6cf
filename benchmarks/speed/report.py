"""Measure the speed of every derivative beside its peers, and write benchmarks/speed.md."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.accuracy.peers import Peer, installed
from benchmarks.speed.timing import medians
from benchmarks.speed.ways import inputs, one_thread, ways
from course_lib import ACTIVATIONS

REPORT = Path(__file__).parents[1] / "speed.md"
#: Rounds by size: whatever else the machine does disturbs short timings more.
ROUNDS = {10: 31, 10**4: 15, 10**6: 9, 10**7: 7}
SMALL, *SIZES = ROUNDS
#: Derivatives that must be at least as fast as torch's forward and backward pass.
AS_FAST_AS_TORCH = ("sigmoid", "tanh", "relu", "softplus", "mish")
MOST_FOR_SMALL = 3.0


class Setting(NamedTuple):
    """How many numbers of which dtype."""

    size: int
    dtype: str


#: Median seconds of each way, for each activation and setting.
Times = Mapping[tuple[str, Setting], Mapping[str, float]]


def measure_and_write(names: Sequence[str]) -> None:
    """Measure the activations with these names, or all; write the tables unless only some were asked for."""
    began = perf_counter()
    peers = installed()
    one_thread(peers)
    wanted = [ACTIVATIONS[name].name for name in names] or list(ACTIVATIONS)
    settings = [Setting(size, dtype) for size in (SMALL, *SIZES) for dtype in ("float64", "float32")]
    times: dict[tuple[str, Setting], Mapping[str, float]] = {}
    for setting in settings:
        x = inputs(*setting)
        for name in wanted:
            sys.stderr.write(f"\r{setting.size:>10,} {setting.dtype} {name}".ljust(50))
            times[name, setting] = medians(ways(name, x, () if setting.size == SMALL else peers), ROUNDS[setting.size])
    text = "\n".join(_parts(times, wanted, settings, peers))
    sys.stderr.write(f"\rmeasured in {perf_counter() - began:.0f} s".ljust(50) + "\n")
    if names:
        sys.stdout.write(text)
    else:
        REPORT.write_text(text, encoding="utf-8")


def _parts(times: Times, names: Sequence[str], settings: Sequence[Setting], peers: Sequence[Peer]) -> Iterator[str]:
    packages = ["numpy", *(peer.name for peer in peers)]
    versions = ", ".join([f"python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)])
    yield "# How fast the derivatives are\n"
    yield (
        f"Made by `make speed` ({versions}); one thread, medians of {min(ROUNDS.values())} to "
        f"{max(ROUNDS.values())} rounds in which every way has its turn. A second run changes the numbers a little; "
        "ratios less than times.\n"
    )
    yield (
        "'ours' is in nanoseconds for each number, and so is 'copy': `np.copyto`, the memory's own speed, which no "
        "function can beat. The columns behind them tell how many times as long as ours the others take, so more "
        "than 1 means that ours is faster. 'textbook' is the usual numpy formula, in the dtype of its argument; ours "
        "computes float32 in float64, which is why it has all its digits. 'torch' is one forward and one backward "
        "pass, 'jax' is `jit(grad)`, both without conversions. Inputs from −8 to 8.\n"
    )
    yield "## Goals\n"
    yield from _goals(times, names)
    for setting in settings:
        if setting.size == SMALL:
            continue
        yield f"## {setting.size:,} numbers, {setting.dtype}\n"
        yield _table(["derivative", "copy, ns", "ours, ns", "textbook", "torch", "jax"]) + "".join(
            _row(name, times[name, setting], setting.size) for name in names
        )
    yield f"## {SMALL} numbers\n"
    yield "Here it is the calls that cost, and in ours the checks of the argument. In microseconds for each call.\n"
    yield _table(["derivative", "textbook", "ours", "ours / textbook", "in float32"]) + "".join(
        _small_row(name, *(times[name, Setting(SMALL, dtype)] for dtype in ("float64", "float32"))) for name in names
    )


def _goals(times: Times, names: Sequence[str]) -> Iterator[str]:
    lines = []
    for name in AS_FAST_AS_TORCH:
        found = times.get((name, Setting(10**6, "float64")), {})
        if "torch" in found:
            ratio = found["torch"] / found["ours"]
            goal = f"{name}′ of 1,000,000 float64 at least as fast as torch"
            lines.append(f"- {goal}: {'met' if ratio >= 1 else '**missed**'} ({ratio:.1f} times as fast)\n")
    slow = {name: _slower(times[name, Setting(SMALL, "float64")]) for name in names}
    worst = max(slow, key=lambda name: slow[name])
    over = [f"{name} {ratio:.1f}" for name, ratio in slow.items() if ratio > MOST_FOR_SMALL]
    said = f"**missed** ({', '.join(over)})" if over else f"met (at most {slow[worst]:.1f}, {worst}′)"
    lines.append(f"- {SMALL} float64 in at most {MOST_FOR_SMALL:g} times the textbook's time: {said}\n")
    yield "".join(lines)


def _slower(found: Mapping[str, float]) -> float:
    return found["ours"] / found["textbook"]


def _row(name: str, found: Mapping[str, float], size: int) -> str:
    nanoseconds = [f"{found[way] / size * 1e9:.3g}" for way in ("copy", "ours")]
    ratios = [f"{found[way] / found['ours']:.2g}" if way in found else "–" for way in ("textbook", "torch", "jax")]
    return _line([f"{name}′", *nanoseconds, *ratios])


def _small_row(name: str, double: Mapping[str, float], single: Mapping[str, float]) -> str:
    micro = [f"{double[way] * 1e6:.1f}" for way in ("textbook", "ours")]
    return _line([f"{name}′", *micro, f"{_slower(double):.1f}", f"{_slower(single):.1f}"])


def _table(headings: Sequence[str]) -> str:
    return _line(headings) + _line(["---"] * len(headings))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
