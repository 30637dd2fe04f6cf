"""Measure the accuracy of everything: ``python -m benchmarks.accuracy``, or with the names of some functions.

The results go into course_lib/measurements/accuracy.json, from which lesson 08 makes its table, and into
benchmarks/accuracy.md. With names only those are measured, and the others are kept. A library that is not
installed keeps the results that it had.
"""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks.accuracy import elementwise, ends, report, truth, vectors
from benchmarks.accuracy.exact import full_sweep
from benchmarks.accuracy.goals import missed
from benchmarks.accuracy.peers import installed
from benchmarks.accuracy.results import Results
from course_lib import ACTIVATIONS

PACKAGES = ("numpy", "scipy", "mpmath", "torch", "jax", "jaxlib")


def main() -> None:
    """Measure, write both files, and say on stderr which goals are missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(ACTIVATIONS)}")
    names = parser.parse_args().names
    wanted = [ACTIVATIONS[name].name for name in names] or list(ACTIVATIONS)
    questions = elementwise.questions(wanted)
    truth.prepare(questions)
    peers = installed()  # not before: jax starts threads, which new processes do not get on with
    every_row = vectors.rows()
    rows = [] if names else every_row
    results = Results.read()
    results.about |= {"inputs": len(full_sweep()), "versions": results.about.get("versions", {}) | _versions()}
    results.keep([*ACTIVATIONS, *(row.name for row in every_row)])
    results.forget([*wanted, *(row.name for row in rows)], ["ours", "textbook", *(peer.name for peer in peers)])
    for question in questions:
        results.put(elementwise.measure(question, peers))
        sys.stderr.write(f"\rmeasured: {question.name} {question.of} {question.dtype}".ljust(70))
    results.put(ends.measure(wanted, peers))
    for row in rows:
        results.put(vectors.measure(row, peers))
    results.write()
    report.write(Results.read())
    sys.stderr.write("\n" + "".join(f"missed: {goal}\n" for goal in missed(results)))


def _versions() -> dict[str, Any]:
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":  # the processes that compute exact values load this module too
    main()
