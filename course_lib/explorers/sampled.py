"""A function and its derivative on a grid of positions: the numbers that an explorer draws and reads out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations import ACTIVATIONS
from course_lib.explorers.explorer import BadValue, as_number
from course_lib.explorers.figure import decimals_for

Function = Callable[..., Any]
Floats = NDArray[np.float64]
#: A slider has about this many positions: one for each pixel of its length, and then some.
POSITIONS = 800
#: Ends of the axis beyond which, and a length below which, neighbouring positions would be hard to tell apart.
FARTHEST, SHORTEST = 1e6, 1e-6
#: The largest value that can be drawn: an axis for anything larger would have an end beyond all floats.
HIGHEST = 1e305


@dataclass(frozen=True)
class Sampled:
    """A function on a grid.

    Attributes
    ----------
    name : str
        What the function is called.
    f, derivative : callable
        What `values` and `slopes` were computed with; both take arrays.
    x, values, slopes : numpy.ndarray, shape (n,), float64
        The grid, and the function and its derivative on it; dimensionless.
    step : float
        Distance of neighbouring positions: 1, 2 or 5 times a power of ten.
    exact : bool
        Whether `derivative` is a formula; if not, it estimates the slope by finite differences.
    kinks, breaks : tuple of float
        Where the slope is known to jump, and where the function itself does, and its slope with it.
    """

    name: str
    f: Function
    derivative: Function
    x: Floats
    values: Floats
    slopes: Floats
    step: float
    exact: bool
    kinks: tuple[float, ...] = ()
    breaks: tuple[float, ...] = ()

    @property
    def jumps(self) -> list[int]:
        """The positions i before which the slope jumps: its curve has a gap between i - 1 and i."""
        return self._gaps((*self.kinks, *self.breaks), self.slopes)

    @property
    def gaps(self) -> list[int]:
        """The positions i before which the function jumps."""
        return self._gaps(self.breaks, self.values)

    def _gaps(self, places: tuple[float, ...], curve: Floats) -> list[int]:
        found = []
        for place in places:
            right = np.flatnonzero((self.x[:-1] <= place) & (place <= self.x[1:])) + 1
            heights = np.abs(curve[right] - curve[right - 1])
            if heights.size and heights.max() > 0:
                found.append(int(right[np.argmax(heights)]))
        return found

    def slope_curve(self) -> tuple[Floats, Floats]:
        """Return `x` and `slopes` with a nan wherever the slope jumps, so that a line through them has gaps."""
        return np.insert(self.x, self.jumps, np.nan), np.insert(self.slopes, self.jumps, np.nan)

    def value_curve(self) -> tuple[Floats, Floats]:
        """Return `x` and `values` with a nan wherever the function jumps."""
        return np.insert(self.x, self.gaps, np.nan), np.insert(self.values, self.gaps, np.nan)

    @property
    def decimals(self) -> int:
        """How many decimals a position needs."""
        return decimals_for(self.step)

    def position(self, x: float) -> float:
        """Return the grid position nearest to `x`.

        Raises
        ------
        BadValue
            If `x` lies outside the grid.
        """
        if not (isfinite(x) and self.x[0] <= x <= self.x[-1]):
            raise BadValue(f"x must lie between {self.x[0]:g} and {self.x[-1]:g}, but it is {x:g}.")
        return float(self.x[self.index(x)])

    def index(self, x: float) -> int:
        """Return the number of the grid position nearest to `x`."""
        return int(np.argmin(np.abs(self.x - x)))


def sample(function: str | Function, derivative: Function | None, low: float, high: float) -> Sampled:
    """Compute `function` and its derivative at every position of a slider from `low` to `high`.

    Parameters
    ----------
    function : str or callable
        A name in ``ACTIVATIONS``, or an element-wise function of one's own.
    derivative : callable or None
        The derivative of a function of one's own; None computes it by finite differences.
    low, high : float
        The ends of the grid, from -1e6 to 1e6, low < high, at least 1e-6 apart; dimensionless.

    Raises
    ------
    UnknownName
        If the name is not an activation's.
    BadValue
        If the ends are out of range or not in order, or if the function fails, has no finite value there or
        one that is too large to be drawn.
    """
    x, step = _grid(as_number("low", low), as_number("high", high))
    if isinstance(function, str):
        activation = ACTIVATIONS[function]
        name, f, known = activation.name, activation.f, activation.derivative
        exact, kinks, breaks = True, tuple(activation.kinks), tuple(activation.jumps)
    elif callable(function):
        name = getattr(function, "__name__", type(function).__name__)
        name = "f" if name == "<lambda>" else name
        f = _on_arrays(function, name)
        known = _slope_of(f)
        exact, kinks, breaks = derivative is not None, (), ()
    else:
        raise BadValue(f"An explorer needs the name of an activation or a function, not {function!r}.")
    its_derivative = f"the derivative of {name}"
    slope = known if derivative is None else _on_arrays(derivative, its_derivative)
    values, slopes = _floats(f, x, name), _floats(slope, x, its_derivative)
    return Sampled(name, f, slope, x, values, slopes, step, exact, kinks, breaks)


def limits(numbers: Floats) -> tuple[float, float]:
    """Return the ends of a vertical axis: all finite `numbers`, with a little air."""
    finite = numbers[np.isfinite(numbers)]
    low, high = float(finite.min()), float(finite.max())
    air = 0.06 * (high - low or 1.0)
    return low - air, high + air


def _grid(low: float, high: float) -> tuple[Floats, float]:
    they_are = f"but low is {low!r} and high is {high!r}."
    if not (abs(low) <= FARTHEST and abs(high) <= FARTHEST):
        raise BadValue(f"low and high must lie between {-FARTHEST:g} and {FARTHEST:g}, {they_are}")
    if not low < high:
        raise BadValue(f"low must lie below high, {they_are}")
    if high - low < SHORTEST * (1 - 1e-3):  # the difference of two numbers near 1e6 is rounded
        raise BadValue(f"low and high must be at least {SHORTEST:g} apart, {they_are}")
    rough = (high - low) / POSITIONS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    count = floor((high - low) / step + 1e-9)
    return np.round(low + step * np.arange(count + 1), decimals_for(step) + 2), step


def _slope_of(f: Function) -> Function:
    from course_lib.finite_difference import extrapolated

    def slope(x: Floats) -> Floats:
        with np.errstate(all="ignore"):  # near an end of the axis it looks beyond it
            return extrapolated(forgiving(f), x).value

    return slope


def _on_arrays(function: Function, name: str) -> Function:
    """Let a function that may know only single numbers (``math.exp``) take arrays as well."""

    def on_arrays(x: Any) -> Any:
        x = np.asarray(x, dtype=np.float64)
        try:
            y = np.asarray(function(x.copy()))
            if y.shape == x.shape and y.dtype.kind in "biuf":
                return y
        except Exception:  # tried again below, where the error can name the number at which it happened
            pass
        return np.array([_at(function, name, float(entry)) for entry in x.ravel()]).reshape(x.shape)

    return on_arrays


def forgiving(f: Function) -> Function:
    """Let `f` be nan where it fails: beyond the axis a function of one's own need not be defined."""

    def or_nan(x: Floats) -> Floats:
        try:
            return np.asarray(f(x), dtype=np.float64)
        except BadValue:  # it failed at one of the places at least: ask for each alone
            return np.array([_alone(f, place) for place in x.ravel()]).reshape(x.shape)

    return or_nan


def _alone(f: Function, place: float) -> float:
    try:
        return float(f(np.array([place]))[0])
    except BadValue:
        return float("nan")


def _at(function: Function, name: str, x: float) -> float:
    try:
        return float(np.asarray(function(x)).item())  # a complex number is none of Python's floats, but one of numpy's
    except Exception as error:
        raise BadValue(f"{name} stopped at x = {x:g} with {type(error).__name__}: {error}") from error


def _floats(f: Function, x: Floats, name: str) -> Floats:
    try:
        values = np.asarray(f(x), dtype=np.float64)
    except (TypeError, ValueError) as error:
        if isinstance(error, BadValue):
            raise
        raise BadValue(f"{name} does not give real numbers: {error}") from error
    finite = np.abs(values[np.isfinite(values)])
    if not finite.size:
        raise BadValue(f"{name} has no finite value between {x[0]:g} and {x[-1]:g}: nothing can be drawn.")
    if finite.max() > HIGHEST:
        raise BadValue(f"{name} reaches {finite.max():.0e} between {x[0]:g} and {x[-1]:g}: too much to be drawn.")
    return values
