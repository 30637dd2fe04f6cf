"""What is tried: inputs drawn anew each time, since fixed ones can be guessed and one point proves little."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.exercise import Probe

Floats = NDArray[np.float64]

#: Where textbook formulas lose digits, overflow or die (sigmoid, tanh, softplus and their kin).
TURNING_POINTS = np.array([16.5, 36.9, 356.0, 709.0, 710.0, 745.0, 800.0, 1e3, 1e4, 1e300])
TINY = np.array([0.0, 5e-324, 1e-300, 1e-20, 1e-9, 1e-4, 2e-3])


def both_signs(values: Floats) -> Floats:
    """Return the values and their negatives, +0 and -0 included."""
    return np.concatenate([values, -values])


def moderate(rng: np.random.Generator, low: float = -8.0, high: float = 8.0, kinks: Sequence[float] = ()) -> Floats:
    """Draw 60 inputs between `low` and `high`, a quarter of them close to the middle, or to the kinks."""
    middle, half = (low + high) / 2, (high - low) / 2
    centres = np.resize(kinks or (middle,), 15)
    near = centres + half * np.resize((1, 1, -1, -1), 15) * 10.0 ** rng.uniform(-3, -1, 15)
    return np.concatenate([rng.uniform(low, high, 45), near])


def elementwise(
    rng: np.random.Generator,
    parameters: Sequence[tuple[Any, ...]] = ((),),
    other_parameters: Sequence[tuple[Any, ...]] = (),
    low: float = -8.0,
    high: float = 8.0,
    extremes: Floats | None = None,
    limits: bool = True,
    kinks: Sequence[float] = (),
) -> list[Probe]:
    """Draw the probes of an element-wise function of a real argument.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the inputs come from.
    parameters, other_parameters : sequences of tuples
        Further arguments: those under which the values are judged, and those of the part 'parameters'.
    low, high : float
        The moderate inputs lie between them.
    extremes : array, optional
        Extreme inputs; by default saturated, huge and tiny ones of both signs.
    limits : bool
        Whether +-inf is tried too.
    kinks : sequence of float
        Where the slope jumps; many of the moderate inputs lie near these places, on both sides.
    """
    if extremes is None:
        drawn = np.concatenate([rng.uniform(5, 40, 12), 10 ** rng.uniform(2, 4, 4)])
        extremes = both_signs(np.concatenate([drawn, TURNING_POINTS, TINY]))
    first = parameters[0]
    span = f"{low:g} to {high:g}"
    x = moderate(rng, low, high, kinks)
    block = rng.uniform(low, high, (3, 4))
    whole = np.array([n for n in (-3, -1, 1, 2, 5) if low <= n <= high] if low < -1 else np.unique([int(low), 0, 1]))
    single = x[:12].astype(np.float32)
    return [
        *(Probe("values", f"{x.size} inputs from {span}", (moderate(rng, low, high, kinks), *p)) for p in parameters),
        *(Probe("parameters", "other parameters", (x, *p)) for p in other_parameters),
        Probe("extremes", f"{extremes.size} saturated, huge and tiny inputs", (extremes, *first)),
        *([Probe("extremes", "plus and minus infinity", (np.array([-np.inf, np.inf]), *first))] * limits),
        Probe("shapes", "a single number (0-d array)", (np.array(x[0]), *first)),
        Probe("shapes", "an array of one", (x[:1], *first)),
        Probe("shapes", "a table (2-d)", (block, *first)),
        Probe("shapes", "a cube (3-d)", (rng.uniform(low, high, (2, 3, 2)), *first)),
        Probe("shapes", "every second entry of a table", (block[:, ::2], *first)),
        Probe("shapes", "an empty array", (np.empty(0), *first)),
        Probe("shapes", "whole numbers", (whole, *first)),
        Probe("shapes", "single precision", (single, *first)),
    ]
