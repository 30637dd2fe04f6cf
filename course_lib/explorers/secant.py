"""The secant explorer: the secant becomes the tangent as h shrinks, until rounding spoils it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from course_lib.explorers.assets import script
from course_lib.explorers.errors import DIFFERENCES, STEPS, Landmarks, differences, landmarks
from course_lib.explorers.explorer import Explorer, Key, Number, Switch
from course_lib.explorers.figure import brief, decimals_for, digits, fixed, new_figure, png
from course_lib.explorers.palette import LIGHT
from course_lib.explorers.sampled import Sampled, forgiving, limits, sample
from course_lib.explorers.steps import on_ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: At least this many positions for x: each has a whole error curve, which the browser gets at once.
_POSITIONS = 60
#: Under the magnifier the picture shows x - 1.5 h to x + 1.5 h, at this many places.
_MAGNIFIED = np.linspace(-1.5, 1.5, 121)
#: Decades on the axis of the errors, at most.
_DECADES = 18


class Secant(Explorer):
    """A function, a secant and the tangent at `x`, and the secant's error for every `h`.

    Attributes
    ----------
    x, h : float
        The place, and the step to the second point; dimensionless.
    difference : str
        ``"forward"`` (through x and x + h) or ``"central"`` (through x - h and x + h).
    magnified : bool
        Whether the left picture shows only the part between the points.
    """

    _esm = script("secant.js")
    x = Number().tag(sync=True)
    h = Number().tag(sync=True)
    difference = Key("forward").tag(sync=True)
    magnified = Switch(False).tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)
    values = traitlets.Bytes().tag(sync=True)
    places = traitlets.Bytes().tag(sync=True)
    slopes = traitlets.Bytes().tag(sync=True)
    differences = traitlets.Bytes().tag(sync=True)
    magnifier = traitlets.Dict().tag(sync=True)

    def __init__(self, function: Sampled, x: float, h: float) -> None:
        self._function = function
        positions = function.x.size - 1
        self._every = next(n for n in (10, 5, 2, 1) if positions // n >= _POSITIONS)
        self._x, self._slopes = function.x[:: self._every], function.slopes[:: self._every]
        self._differences = differences(function.f, self._x)
        self._errors = np.abs(self._differences - self._slopes[:, None])
        sizes = np.fmax(np.abs(function.values[:: self._every]), np.abs(self._x * self._slopes))
        self._landmarks = [
            [landmarks(*known) for known in zip(curves, self._slopes, sizes, strict=True)] for curves in self._errors
        ]
        super().__init__(
            x=x,
            h=h,
            values=function.values.tobytes(),
            places=self._x.tobytes(),
            slopes=self._slopes.tobytes(),
            differences=self._differences.tobytes(),
            setting={
                "name": function.name,
                "exact": function.exact,
                "low": float(function.x[0]),
                "high": float(function.x[-1]),
                "fine": function.step,
                "every": self._every,
                "decimals": self._decimals,
                "steps": STEPS.tolist(),
                "limits": limits(function.values),
                "error_limits": self._error_limits(),
                "landmarks": [[astuple(one) for one in row] for row in self._landmarks],
            },
        )
        self.observe(self._magnify, ["x", "magnified"])

    @property
    def _decimals(self) -> int:
        return decimals_for(self._function.step * self._every)

    @traitlets.validate("x")
    def _on_the_grid(self, proposal: dict[str, Any]) -> float:
        x = self._function.position(proposal["value"])
        return float(self._x[np.argmin(np.abs(self._x - x))])

    @traitlets.validate("h")
    def _on_the_ladder(self, proposal: dict[str, Any]) -> float:
        return on_ladder(proposal["value"], STEPS)

    @traitlets.validate("difference")
    def _one_of_two(self, proposal: dict[str, Any]) -> str:
        _ = DIFFERENCES[proposal["value"]]
        return str(proposal["value"])

    def _magnify(self, change: object = None) -> None:
        """Send how far f rises from x within 1.5 h, for every h: what the computer makes of it, rounding and all."""
        if not self.magnified or self.magnifier.get("x") == self.x:
            return
        f, x = forgiving(self._function.f), self.x
        with np.errstate(all="ignore"):
            rises = (f(x + np.outer(STEPS, _MAGNIFIED)) - f(np.array([x]))).astype(np.float32)
        self.magnifier = {"x": x, "rises": rises.tobytes()}

    def still(self) -> bytes:
        """Return the picture at the present `x` and `h`: left the secant, right the error for every step."""
        figure, (left, right) = new_figure(7.0, 3.5, columns=2)
        self._draw_lines(left)
        self._draw_errors(right)
        return png(figure)

    def description(self) -> str:
        """Return what is drawn, with the numbers at the present `x` and `h`, and the best step."""
        _, slope, secant, error = self._here()
        points = "x and x + h" if self.difference == "forward" else "x − h and x + h"
        best = self._landmark().best
        advice = f"; the best h is about {brief(STEPS[best])}" if best >= 0 else ""
        return (
            f"{self._function.name} with the secant through {points}, x = {self._place()}, h = {brief(self.h)}: "
            f"secant slope {digits(secant, 7)}, slope {digits(slope, 7)}, error {brief(error, 2)}{advice}"
        )

    def _draw_lines(self, axes: Axes) -> None:
        """Draw the curve with its secant and its tangent; magnified, in units of h to the right and above f(x)."""
        function, x, h = self._function, self.x, self.h
        value, slope, secant, _ = self._here()
        places = np.array([x, x + h] if self.difference == "forward" else [x - h, x + h])
        heights = forgiving(function.f)(places)
        if self.magnified:
            unit, steps, heights = h, np.array([0, 1] if self.difference == "forward" else [-1, 1]), heights - value
            rises = np.frombuffer(self.magnifier["rises"], dtype=np.float32).reshape(STEPS.size, -1)
            axes.plot(_MAGNIFIED, rises[self._step()], color=LIGHT.function)
            axes.set(xlim=_MAGNIFIED[[0, -1]], xlabel=f"h = {brief(h)}", ylabel="rise from f(x)")
            axes.set_xticks([-1, 0, 1], ["x − h", "x", "x + h"])
            here = (0.0, 0.0)
        else:
            unit, steps, here = 1.0, places, (x, value)
            axes.plot(*function.value_curve(), color=LIGHT.function)
            axes.set(xlim=(function.x[0], function.x[-1]), ylim=limits(function.values))
            axes.set(xlabel="x (dimensionless)", ylabel="value (dimensionless)")
        if np.all(np.isfinite(heights)):
            first = (steps[0], heights[0])
            axes.axline(first, slope=secant * unit, color=LIGHT.reference, linestyle="--", label="secant")
            axes.plot(steps, heights, "o", color=LIGHT.reference, markeredgecolor=LIGHT.paper)
        if np.isfinite(value) and np.isfinite(slope):
            axes.axline(here, slope=slope * unit, color=LIGHT.ink, linewidth=1.2, label="tangent")
            axes.plot(*here, "o", color=LIGHT.function, markeredgecolor=LIGHT.paper)
        axes.set_title(f"{function.name} at x = {self._place()}")
        axes.legend(frameon=False, fontsize="small")

    def _draw_errors(self, axes: Axes) -> None:
        """Draw the error over h, the area below it hatched by its cause."""
        low, high = self._error_limits()
        errors, marks = np.maximum(self._errors[self._indices()], low), self._landmark()
        axes.set(xscale="log", yscale="log", ylim=(low, high))  # first, or the margins may be beyond all floats
        axes.plot(STEPS, errors, color=LIGHT.reference, linewidth=1.4)
        sides = (("rounding", marks.rounding, slice(marks.best + 1), "////"),
                 ("truncation", marks.truncation, slice(marks.best, None), "...."))  # fmt: skip
        for name, grows, part, hatch in sides:
            if grows:
                axes.fill_between(STEPS[part], errors[part], low, facecolor="none", edgecolor=LIGHT.quiet,
                                  hatch=hatch, linewidth=0, label=name)  # fmt: skip
        if marks.best >= 0:
            h = STEPS[marks.best]
            name = f"best h ≈ {brief(h)}"
            axes.vlines(h, low, errors[marks.best], LIGHT.ink, linestyles=":", linewidth=1.6, label=name)
            axes.legend(frameon=False, fontsize="small", loc="upper center")
        axes.plot(self.h, errors[self._step()], "o", color=LIGHT.reference, markersize=8, clip_on=False)
        axes.set(xlabel="h (dimensionless)", title="error of the secant's slope")

    def _indices(self) -> tuple[int, int]:
        return list(DIFFERENCES).index(self.difference), int(np.argmin(np.abs(self._x - self.x)))

    def _step(self) -> int:
        return int(np.searchsorted(STEPS, self.h))

    def _landmark(self) -> Landmarks:
        rule, place = self._indices()
        return self._landmarks[rule][place]

    def _here(self) -> tuple[float, float, float, float]:
        """Return the value, the slope, the secant's slope and its error."""
        (rule, place), step = self._indices(), self._step()
        value = self._function.values[self._function.index(self.x)]
        found = (value, self._slopes[place], self._differences[rule, place, step], self._errors[rule, place, step])
        value, slope, secant, error = (float(number) for number in found)
        return value, slope, secant, error

    def _place(self) -> str:
        return fixed(self.x, self._decimals)

    def _error_limits(self) -> tuple[float, float]:
        """Return the ends of the errors' axis, powers of ten; an error of 0 is drawn on the lower one."""
        seen = self._errors[np.isfinite(self._errors) & (self._errors > 1e-300)]
        if not seen.size:
            return 1e-16, 1.0
        top = min(ceil(log10(seen.max()) + 0.1), 300)  # ticks beyond the axis must be floats too
        return 10.0 ** max(floor(log10(seen.min())), top - _DECADES), 10.0**top


def secant(
    function: str | Callable[..., Any] = "tanh",
    *,
    derivative: Callable[..., Any] | None = None,
    x: float = 1.0,
    h: float = 1.0,
    low: float = -4.0,
    high: float = 4.0,
) -> Secant:
    """Let h shrink: see the secant become the tangent, and rounding spoil its slope when h is too small.

    Parameters
    ----------
    function : str or callable
        A name in ``ACTIVATIONS``, or an element-wise function of your own.
    derivative : callable, optional
        The derivative of your own function. Without it the slope is an estimate, good to about 1e-13.
    x : float
        Where the slope is wanted at first, low <= x <= high; dimensionless. It moves on a grid of 60 to 160
        positions.
    h : float
        The step to the second point at first, from 1e-16 to 2; dimensionless. It moves in ten steps for each
        decade.
    low, high : float
        Ends of the x-axis, from -1e6 to 1e6, low < high, at least 1e-6 apart; dimensionless.

    Returns
    -------
    Secant
        The explorer; ``explorer.x``, ``explorer.h``, ``explorer.difference`` (``"forward"`` or ``"central"``)
        and ``explorer.magnified`` can be read, set, observed and linked.

    Raises
    ------
    UnknownName
        If there is no such activation; the nearest names are suggested.
    BadValue
        If x, h, low or high are out of range, or if your function fails between low and high. Beyond them,
        where x + h may lie, it may fail: then there is no secant.

    Examples
    --------
    >>> secant("tanh", h=1e-5)
    tanh with the secant through x and x + h, x = 1.0, h = 1e−5: secant slope 0.4199711, slope 0.4199743, \
error 3.2e−6; the best h is about 1.25e−8
    """
    return Secant(sample(function, derivative, low, high), x, h)
