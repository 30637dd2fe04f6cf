"""How the points of a class are spread: the numbers of a table, and the bars of a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.grading.reports.page import number

#: Ten tenths of the points, and a place of their own for those who have them all.
BINS = (*(f"{10 * i} to below {10 * (i + 1)} %" for i in range(10)), "all points")
#: The same, as short as the head of a column must be.
COLUMNS = (*(f"{10 * i}–{10 * (i + 1)}" for i in range(10)), "all")

_WIDTH, _HEIGHT = 480, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 38, 52
_GAP = 12  # before the bar for 'all', which is no tenth


@dataclass(frozen=True)
class Spread:
    """The points of all who were graded in one assignment, as they are written.

    Attributes
    ----------
    assignment, graded, out_of : str
        Which one, how many, and how many points there are.
    lowest, quarter, median, three_quarters, highest, mean : str
        Of the points; the quartiles lie between two learners where no learner is at that place.
    """

    assignment: str
    graded: str
    out_of: str
    lowest: str
    quarter: str
    median: str
    three_quarters: str
    highest: str
    mean: str


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands in the picture, and how many it stands for."""

    left: float
    top: float
    width: float
    height: float
    count: int

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.left + self.width / 2


@dataclass(frozen=True)
class Picture:
    """A bar chart, in the units of its view box.

    Attributes
    ----------
    width, height, left, right, top, bottom : float
        The size, and the frame within it.
    bars : tuple of Bar
        One for each of `BINS`.
    levels : tuple of (float, int)
        Where a line goes across, and which count it stands for.
    edges : tuple of (float, str)
        What is written below the bars.
    says : str
        The same in words, for those who do not see it.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    bars: tuple[Bar, ...]
    levels: tuple[tuple[float, int], ...]
    edges: tuple[tuple[float, str], ...]
    says: str


def spread(assignment: str, points: Sequence[float], out_of: Sequence[float]) -> Spread:
    """Return the row for one assignment, of the points of at least one learner."""
    numbers = [*np.quantile(points, [0, 0.25, 0.5, 0.75, 1]), np.mean(points)]
    least, most = number(min(out_of)), number(max(out_of))
    return Spread(
        assignment or "unknown",
        str(len(points)),
        least if least == most else f"{least} to {most}",
        *(number(round(float(n), 2)) for n in numbers),
    )


def counts(shares: Sequence[float]) -> list[int]:
    """Return how many shares fall into each of `BINS`; a share of nearly all is not all."""
    found = [0] * len(BINS)
    for share in shares:
        # Parts of points add up with a rounding error, and 0.3 of 1 is not 2 tenths.
        found[10 if share >= 1 - 1e-12 else max(0, int(10 * share + 1e-9))] += 1
    return found


def picture(numbers: Sequence[int]) -> Picture:
    """Return the bar chart of what `counts` found; somebody must have been counted."""
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    step = (right - _LEFT - _GAP) / len(BINS)
    highest = max(numbers)
    level = _level(highest)
    levels = range(0, highest + level, level)
    scale = (bottom - _TOP) / levels[-1]

    def left(place: int) -> float:
        return round(_LEFT + place * step + _GAP * (place == len(BINS) - 1), 2)

    bars = (
        Bar(left(i) + 2, round(bottom - n * scale, 2), round(step - 4, 2), round(n * scale, 2), n)
        for i, n in enumerate(numbers)
    )
    edges = [*((left(i) if i < 10 else round(_LEFT + 10 * step, 2), str(10 * i)) for i in range(11))]
    return Picture(
        *(_WIDTH, _HEIGHT, _LEFT, right, _TOP, bottom),
        bars=tuple(bars),
        levels=tuple((round(bottom - n * scale, 2), n) for n in levels),
        edges=(*edges, (round(left(10) + step / 2, 2), "all")),
        says="Bar chart. " + "; ".join(f"{name}: {n}" for name, n in zip(BINS, numbers, strict=True)) + ".",
    )


def _level(highest: int) -> int:
    """Return a round distance of the lines, of which at most five are needed."""
    unit = 1
    while True:
        for step in (unit, 2 * unit, 5 * unit):
            if highest <= 5 * step:
                return step
        unit *= 10
