"""Curves in strokes: what is drawn without lifting the pen lies between two kinks or jumps.

Between two parameter values a curve is found by moving every point of its strokes a part of the way. A jump then
moves along and stays a jump, a kink stays sharp, and the browser needs only a few curves for a whole slider.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.activations import Activation
from course_lib.explorers.sampled import Floats

#: Curves reach from -FARTHEST to FARTHEST.
FARTHEST = 8.0
#: Steps of a whole curve, shared out among its strokes: 0.05 for a curve of one stroke.
STEPS = 320
#: How far a curve found between two others may be from the true one; a pixel of a slope's axis is about as much.
TOLERANCE = 0.005
#: What is higher than this lies beyond every axis.
_SEEN = 12.0
#: A slider is halved so many times at most to find curves that lie close enough.
_HALVINGS = 8


@dataclass(frozen=True)
class Strokes:
    """A function and its derivative from -FARTHEST to FARTHEST.

    Attributes
    ----------
    edges : numpy.ndarray, shape (m + 1,), float64
        Where the strokes begin and end: the ends, and between them every kink and every jump.
    values, slopes : numpy.ndarray, shape (m, STEPS // m + 1), float64
        Numbers at equal distances along each stroke. At a kink or a jump they are the limits from inside.
    at : numpy.ndarray, shape (2, m - 1), float64
        The library's own value and slope at each kink or jump.
    """

    edges: Floats
    values: Floats
    slopes: Floats
    at: Floats

    @property
    def convex(self) -> bool:
        """Whether the slope never falls, here and at the points of the table."""
        jumps = np.abs(self.values[1:, 0] - self.values[:-1, -1]) > 1e-9
        return bool(np.all(np.diff(self.slopes.ravel()) >= -1e-12) and not jumps.any())

    def packed(self) -> tuple[list[float], list[list[float]], bytes]:
        """Return the edges, the numbers at them, and the table in single precision, as the browser reads them."""
        table = np.stack([self.values, self.slopes]).astype(np.float32)
        return self.edges.tolist(), self.at.tolist(), table.tobytes()


def strokes(activation: Activation, arguments: dict[str, Any]) -> Strokes:
    """Compute the curves of an activation whose parameters have the values `arguments`."""
    breaks = {*activation.kinks_at(**arguments), *activation.jumps_at(**arguments)}
    inner = np.array(sorted(place for place in breaks if abs(place) < FARTHEST), dtype=np.float64)
    edges = np.concatenate([[-FARTHEST], inner, [FARTHEST]])
    x = np.linspace(edges[:-1], edges[1:], STEPS // (len(edges) - 1) + 1, axis=1)
    x[1:, 0] = np.nextafter(inner, np.inf)
    x[:-1, -1] = np.nextafter(inner, -np.inf)
    with np.errstate(over="ignore"):  # what is too large to be drawn
        values, slopes = activation.f(x, **arguments), activation.derivative(x, **arguments)
        at = np.stack([activation.f(inner, **arguments), activation.derivative(inner, **arguments)])
    return Strokes(edges, values, slopes, at)


def between(first: Strokes, last: Strokes, share: float) -> Strokes:
    """Return what lies a `share` (0 to 1) of the way from `first` to `last`, as strokes.js does.

    Curves with different numbers of strokes have nothing between them: the nearer one is returned.
    """
    if first.values.shape != last.values.shape:
        return first if share < 0.5 else last
    pairs = ((getattr(first, name), getattr(last, name)) for name in ("edges", "values", "slopes", "at"))
    return Strokes(*((1 - share) * a + share * b for a, b in pairs))


def fan(curve: Callable[[float], Strokes], low: float, high: float) -> list[tuple[float, Strokes]]:
    """Return curves at rising positions of a slider, close enough that those between can be found from them.

    Parameters
    ----------
    curve : callable
        Gives the strokes at a position.
    low, high : float
        Ends of the slider.
    """
    # At a single value, such as a slope of 1 on both sides, a kink may vanish: look a hair beside every position.
    hair = 1e-9 * (high - low)

    def beside(position: float) -> tuple[float, Strokes]:
        return position, curve(position + hair if position < high else position - hair)

    def inside(a: tuple[float, Strokes], b: tuple[float, Strokes], halvings: int) -> Iterator[tuple[float, Strokes]]:
        middle = beside((a[0] + b[0]) / 2)
        if halvings and _apart(middle[1], between(a[1], b[1], 0.5)) > TOLERANCE:
            yield from inside(a, middle, halvings - 1)
            yield middle
            yield from inside(middle, b, halvings - 1)

    first, last = beside(low), beside(high)
    # A curve may by chance be right in the middle and wrong elsewhere: the first halving is always made.
    middle = beside((low + high) / 2)
    return [first, *inside(first, middle, _HALVINGS), middle, *inside(middle, last, _HALVINGS), last]


def _apart(one: Strokes, other: Strokes) -> float:
    if one.values.shape != other.values.shape:
        return np.inf
    pairs = ((getattr(one, name), getattr(other, name)) for name in ("edges", "values", "slopes", "at"))
    distances = [np.abs(np.clip(a, -_SEEN, _SEEN) - np.clip(b, -_SEEN, _SEEN)) for a, b in pairs]
    return max(float(d.max()) for d in distances if d.size)
