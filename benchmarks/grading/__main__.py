"""Measure how long it takes to grade a class, and write benchmarks/grading.md."""

import argparse
import sys

from benchmarks.grading.measure import measure
from benchmarks.grading.report import write


def main() -> None:
    """Read how much is asked for, measure and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=__doc__)
    parser.add_argument(
        "--nbgrader", metavar="N", type=int, default=24, help="how many nbgrader grades; it takes seconds for each"
    )
    sys.stdout.write(write(measure(parser.parse_args().nbgrader)))


main()
