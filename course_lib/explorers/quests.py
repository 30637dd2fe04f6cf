"""Tasks whose answer is a position on the x-axis: found here by bisection, never typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from course_lib.activations.registry import Registry
from course_lib.explorers.explorer import BadValue
from course_lib.explorers.figure import fixed, three_digits
from course_lib.explorers.sampled import Sampled

#: How many grid steps beside the exact place still count as right.
TOLERANCE_IN_STEPS = 2


@dataclass(frozen=True)
class Quest:
    """A task, where its answer lies, and what to say about a position.

    Attributes
    ----------
    name, task : str
        Its key, and what the learner is asked.
    places : tuple of float
        Every position that is right.
    slope : float
        The slope at these places (for two functions: how much steeper the first one is there): a wrong position
        is told on which side of it its own slope lies.
    right, too_large, too_small : str
        The three answers.
    tolerance : float
        Distance from a place that still counts as right, in units of x.
    """

    name: str
    task: str
    places: tuple[float, ...]
    slope: float
    right: str
    too_large: str
    too_small: str
    tolerance: float = 0.0


def names_of(quests: str | Iterable[str]) -> tuple[str, ...]:
    """Return `quests` as names: a bare name is one quest.

    Raises
    ------
    BadValue
        If it is neither a name nor a sequence.
    """
    if isinstance(quests, str):
        return (quests,)
    if not isinstance(quests, Iterable):
        raise BadValue(f"quests must be names, not {quests!r}.")
    return tuple(quests)


def pose(name: str, function: Sampled) -> dict[str, Any]:
    """Return the quest called `name` for `function`, as the browser needs it.

    Raises
    ------
    UnknownName
        If there is no such quest.
    BadValue
        If the question has no answer for this function on its grid.
    """
    return _answered(_QUESTS[name](function), function.name, function)


def pose_for_two(name: str, first: Sampled, second: Sampled) -> dict[str, Any]:
    """Return the quest called `name` about two functions on one grid, as the browser needs it.

    Raises
    ------
    UnknownName
        If there is no such quest.
    BadValue
        If the question has no answer for these functions on their grid.
    """
    return _answered(_QUESTS_FOR_TWO[name](first, second), f"{first.name} and {second.name}", first)


def _answered(quest: Quest, asked_of: str, function: Sampled) -> dict[str, Any]:
    if not quest.places:
        low, high = function.x[0], function.x[-1]
        raise BadValue(f"The quest {quest.name!r} has no answer for {asked_of} between {low:g} and {high:g}.")
    return asdict(replace(quest, tolerance=TOLERANCE_IN_STEPS * function.step + 1e-9))


def _steepest(function: Sampled) -> Quest:
    place, largest = _maximum(function)
    return Quest(
        "steepest",
        "Where is the slope largest?",
        (place,),
        largest,
        f"Right: at x = {_position(place)} the slope is {three_digits(largest)}, the largest there is.",
        "Not yet: look again at the derivative's curve.",
        "Not yet: the slope where you stand is too small. Which way does it grow?",
    )


def _half_slope(function: Sampled) -> Quest:
    half = _maximum(function)[1] / 2
    places = tuple(_crossings(lambda x: function.derivative(x) - half, function))
    return Quest(
        "half_slope",
        "For which x has the slope half its largest value?",
        places,
        half,
        f"Right: exactly half, {three_digits(half)}, at x = {_listed(places)}.",
        "Not yet: the slope where you stand is too large.",
        "Not yet: the slope where you stand is too small.",
    )


def _flat(function: Sampled) -> Quest:
    small = _maximum(function)[1] / 100
    crossings = list(_crossings(lambda x: np.abs(function.derivative(x)) - small, function))
    places = tuple(sorted({crossings[0], crossings[-1]})) if crossings else ()
    return Quest(
        "flat",
        "From where on is the slope below 1 % of its largest value?",
        places,
        small,
        f"Right: it falls to {three_digits(small)} at x = {_listed(places)}, and goes on falling.",
        "Not yet: where you stand the slope is still too large.",
        "Not yet: where you stand the slope is already smaller than that. Where did it fall below?",
    )


def _same_slope(first: Sampled, second: Sampled) -> Quest:
    both = f"{first.name} and {second.name}"
    if np.count_nonzero(first.slopes == second.slopes) > 1:
        raise BadValue(f"The slopes of {both} are equal in more than single places: there is nothing to look for.")
    places = tuple(sorted(_crossings(lambda x: first.derivative(x) - second.derivative(x), first)))
    slopes = {three_digits(float(first.derivative(np.array([place]))[0])) for place in places}
    return Quest(
        "same_slope",
        f"Where are the slopes of {both} equal?",
        places,
        0.0,
        f"Right: at x = {_listed(places)} both slopes are {' and '.join(sorted(slopes))}.",
        f"Not yet: where you stand, {first.name} has the larger slope.",
        f"Not yet: where you stand, {second.name} has the larger slope.",
    )


_QUESTS: Registry[Callable[[Sampled], Quest]] = Registry(
    "quest", {"steepest": _steepest, "half_slope": _half_slope, "flat": _flat}
)
_QUESTS_FOR_TWO: Registry[Callable[[Sampled, Sampled], Quest]] = Registry(
    "quest about two functions", {"same_slope": _same_slope}
)


def _maximum(function: Sampled) -> tuple[float, float]:
    """Return where the derivative is largest, and how large: the grid's best place, made exact."""
    if np.ptp(function.slopes[np.isfinite(function.slopes)]) < 1e-9:
        raise BadValue(f"The slope of {function.name} is the same everywhere: there is nothing to look for.")
    best = int(np.nanargmax(function.slopes))
    left, right = function.x[max(best - 1, 0)], function.x[min(best + 1, function.x.size - 1)]
    for _ in range(60):  # each turn leaves two thirds of the interval
        third = (right - left) / 3
        slopes = function.derivative(np.array([left + third, right - third]))
        if slopes[0] < slopes[1]:
            left += third
        elif slopes[0] > slopes[1]:
            right -= third
        else:
            left, right = left + third, right - third
    place = float(left + right) / 2
    return place, float(function.derivative(np.array([place]))[0])


def _crossings(g: Callable[[Any], Any], function: Sampled) -> Iterator[float]:
    """Yield the places where `g` changes its sign, by bisection between neighbours of the grid."""
    signs = np.sign(g(function.x))
    for i in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        left, right = function.x[i], function.x[i + 1]
        for _ in range(60):
            middle = (left + right) / 2
            same_side = np.sign(g(np.array([middle]))[0]) == signs[i]
            left, right = (middle, right) if same_side else (left, middle)
        yield float(left + right) / 2
    yield from (float(place) for place in function.x[signs == 0])


def _position(x: float) -> str:
    """Return `x` with three decimals: a place is read from an axis, where digits after the point count."""
    return fixed(round(x, 3), 3)


def _listed(places: tuple[float, ...]) -> str:
    texts = [_position(place) for place in places]
    if len(places) == 2 and abs(places[0] + places[1]) < 1e-6:
        return f"±{texts[1]}"
    return " and ".join(texts)
