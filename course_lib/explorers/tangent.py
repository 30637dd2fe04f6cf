"""The tangent explorer: a point on a curve, the tangent there, and its slope on the derivative's curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from course_lib.explorers.assets import script
from course_lib.explorers.explorer import Explorer, Number
from course_lib.explorers.figure import fixed, label_end, new_figure, png, three_digits
from course_lib.explorers.palette import LIGHT
from course_lib.explorers.quests import names_of, pose
from course_lib.explorers.sampled import Sampled, limits, sample

_X_LABEL = "x (pre-activation, dimensionless)"


class Tangent(Explorer):
    """A function, its derivative, and the tangent at `x`.

    Attributes
    ----------
    x : float
        Where the tangent touches, dimensionless; set it, observe it, or link it with another widget.
    solved : list of str
        The names of the quests that the learner has solved.
    """

    _esm = script("tangent.js")
    x = Number().tag(sync=True)
    solved = traitlets.List(traitlets.Unicode()).tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)
    quests: traitlets.List[Any] = traitlets.List().tag(sync=True)
    values = traitlets.Bytes().tag(sync=True)
    slopes = traitlets.Bytes().tag(sync=True)

    def __init__(self, function: Sampled, x: float, quests: Sequence[str]) -> None:
        self._function = function
        self._heights = np.concatenate([function.values, function.slopes])
        super().__init__(
            x=x,
            quests=[pose(name, function) for name in quests],
            values=function.values.tobytes(),
            slopes=function.slopes.tobytes(),
            setting={
                "name": function.name,
                "low": float(function.x[0]),
                "high": float(function.x[-1]),
                "step": function.step,
                "decimals": function.decimals,
                "jumps": function.jumps,
                "gaps": function.gaps,
                "limits": limits(self._heights),
                "x_label": _X_LABEL,
            },
        )

    @traitlets.validate("x")
    def _on_the_grid(self, proposal: dict[str, Any]) -> float:
        return self._function.position(proposal["value"])

    def still(self) -> bytes:
        """Return the picture at the present `x`."""
        function, x = self._function, self.x
        value, slope = self._here()
        low, high = function.x[0], function.x[-1]
        figure, (axes,) = new_figure()
        axes.plot(*function.slope_curve(), color=LIGHT.derivative)
        axes.plot(*function.value_curve(), color=LIGHT.function)
        axes.axline((x, value), slope=slope, color=LIGHT.ink, linewidth=1.4)
        axes.vlines(x, min(value, slope), max(value, slope), color=LIGHT.quiet, linestyle=":", linewidth=1.2)
        axes.plot(x, slope, "s", color=LIGHT.derivative, markersize=8, markeredgecolor=LIGHT.paper)
        axes.plot(x, value, "o", color=LIGHT.function, markersize=9, markeredgecolor=LIGHT.paper)
        axes.set(xlim=(low, high), ylim=limits(self._heights), xlabel=_X_LABEL, title=self._title())
        axes.set_ylabel("value and slope (dimensionless)")
        label_end(axes, high, function.values[-1], function.name, LIGHT.function)
        label_end(axes, high, function.slopes[-1], "derivative", LIGHT.derivative)
        return png(figure)

    def description(self) -> str:
        """Return what is drawn, with the numbers at the present `x`."""
        low, high = self._function.x[0], self._function.x[-1]
        return (
            f"{self._function.name} and its derivative from x = {low:g} to {high:g}, "
            f"with the tangent at {self._title()}"
        )

    def _here(self) -> tuple[float, float]:
        i = self._function.index(self.x)
        return float(self._function.values[i]), float(self._function.slopes[i])

    def _title(self) -> str:
        value, slope = self._here()
        x = fixed(self.x, self._function.decimals)
        return f"x = {x}, value {three_digits(value)}, slope {three_digits(slope)}"


def tangent(
    function: str | Callable[..., Any] = "sigmoid",
    *,
    derivative: Callable[..., Any] | None = None,
    x: float = 0.0,
    low: float = -8.0,
    high: float = 8.0,
    quests: str | Sequence[str] = (),
) -> Tangent:
    """Explore the slope of a function: move the point, see the tangent and the slope as a number.

    Parameters
    ----------
    function : str or callable
        A name in ``ACTIVATIONS``, or an element-wise function of your own.
    derivative : callable, optional
        The derivative of your own function. Without it finite differences are used.
    x : float
        Where the tangent touches at first, low <= x <= high; dimensionless. It moves on a grid of about 800
        positions.
    low, high : float
        Ends of the x-axis, from -1e6 to 1e6, low < high, at least 1e-6 apart; dimensionless.
    quests : str or sequence of str
        One or more small tasks beside the slider: ``"steepest"``, ``"half_slope"``, ``"flat"``.

    Returns
    -------
    Tangent
        The explorer; ``explorer.x`` can be read, set, observed and linked.

    Raises
    ------
    UnknownName
        If there is no such activation or quest; the nearest names are suggested.
    BadValue
        If x, low or high are out of range, or if your function fails between them.

    Examples
    --------
    >>> tangent("sigmoid", x=1.2)
    sigmoid and its derivative from x = -8 to 8, with the tangent at x = 1.20, value 0.769, slope 0.178
    """
    return Tangent(sample(function, derivative, low, high), x, names_of(quests))
