"""Write a class that has handed in, to try grading with: ``python -m benchmarks.grading.hand_in sample``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.grading.classroom import HandedIn, Rates, class_of

#: When the first of them handed in; the others follow, one every few hours.
FIRST = datetime(2026, 11, 27, 9)
BETWEEN = timedelta(hours=2, minutes=10)
#: Enough of everything that goes wrong to be seen in a small class.
RATES = Rates(broken=0.05, loops=0.01)


def hand_in(handed_in: Sequence[HandedIn], folder: Path) -> None:
    """Write nbgrader's tree into `folder`, with the times at which they were handed in."""
    for number, one in enumerate(handed_in):
        time = FIRST + number * BETWEEN
        notebook = one.write(folder / "submitted")
        notebook.with_name("timestamp.txt").write_text(f"{time:%Y-%m-%d %H:%M:%S}.000000 UTC\n", encoding="utf-8")


def main() -> None:
    """Read where to, and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading.hand_in", description=__doc__)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where submitted/ is made")
    parser.add_argument("--notebooks", metavar="N", type=int, default=40, help="how many (default: 40)")
    options = parser.parse_args()
    if (options.folder / "submitted").exists():
        parser.error(f"{options.folder / 'submitted'} is there already; nothing was written.")
    hand_in(class_of(options.notebooks, rates=RATES), options.folder)
    sys.stdout.write(f"{options.notebooks} notebooks were handed in, in {options.folder / 'submitted'}.\n")


if __name__ == "__main__":
    main()
