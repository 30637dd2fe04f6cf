"""The steps h that a slider moves through: ten for each decade, as round as they can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from course_lib.explorers.explorer import BadValue
from course_lib.explorers.figure import brief

#: Each is about a quarter larger than the one before.
_ROUND = (1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8)


def ladder(low: float, high: float) -> NDArray[np.float64]:
    """Return the round steps from `low` to `high`, rising; both > 0.

    >>> ladder(1e-8, 1e-7)[:4].tolist()
    [1e-08, 1.25e-08, 1.6e-08, 2e-08]
    """
    first, last = (int(np.floor(np.log10(end) + 1e-9)) for end in (low, high))
    # Read as text, each is the float nearest to what is shown; 1.6 * 10.0**-8 would be its neighbour.
    steps = np.array([float(f"{digits}e{power}") for power in range(first, last + 1) for digits in _ROUND])
    return steps[(steps >= low) & (steps <= high)]


def on_ladder(h: float, steps: NDArray[np.float64]) -> float:
    """Return the one of `steps` that is nearest to `h`, by their ratio.

    Raises
    ------
    BadValue
        If `h` lies beyond their ends.
    """
    if not steps[0] <= h <= steps[-1]:
        raise BadValue(f"h must lie between {brief(steps[0])} and {brief(steps[-1])}, but it is {h:g}.")
    return float(steps[np.argmin(np.abs(np.log(steps / h)))])
