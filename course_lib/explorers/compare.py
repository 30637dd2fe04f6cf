"""The comparison of functions: two or three of them on common axes, their slopes below, one place marked in both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, log10
from typing import Any

import numpy as np
import traitlets

from course_lib.explorers.assets import script
from course_lib.explorers.explorer import BadValue, Explorer, Number, Switch
from course_lib.explorers.figure import fixed, new_figure, png, three_digits
from course_lib.explorers.palette import LIGHT
from course_lib.explorers.quests import names_of, pose_for_two
from course_lib.explorers.sampled import Floats, Sampled, limits, sample

#: The first function is drawn solid, the second dashed, the third dotted; each has a point of its own shape.
_LINES = ("-", (0, (4, 2)), (0, (1, 1.4)))
_POINTS = ("o", "s", "D")


class Compare(Explorer):
    """Two or three functions and their slopes at `x`.

    Attributes
    ----------
    x : float
        The place that is marked, dimensionless; set it, observe it, or link it with another widget.
    log_slopes : bool
        Whether the slopes are drawn on a logarithmic axis.
    solved : list of str
        The names of the quests that the learner has solved.
    """

    _esm = script("compare.js")
    x = Number().tag(sync=True)
    log_slopes = Switch(False).tag(sync=True)
    solved = traitlets.List(traitlets.Unicode()).tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)
    quests: traitlets.List[Any] = traitlets.List().tag(sync=True)
    values = traitlets.Bytes().tag(sync=True)
    slopes = traitlets.Bytes().tag(sync=True)

    def __init__(self, functions: Sequence[Sampled], x: float, quests: Sequence[str]) -> None:
        self._functions, grid = functions, functions[0]
        if quests and len(functions) != 2:
            raise BadValue("A quest compares two functions, but here are three.")
        self._values = np.array([function.values for function in functions])
        self._slopes = np.array([function.slopes for function in functions])
        super().__init__(
            x=x,
            quests=[pose_for_two(name, *functions) for name in quests],
            values=self._values.tobytes(),
            slopes=self._slopes.tobytes(),
            setting={
                "names": [function.name for function in functions],
                "jumps": [function.jumps for function in functions],
                "gaps": [function.gaps for function in functions],
                "low": float(grid.x[0]),
                "high": float(grid.x[-1]),
                "step": grid.step,
                "decimals": grid.decimals,
                "value_limits": limits(self._values),
                "slope_limits": limits(self._slopes),
                "log_limits": _decades(self._slopes),
            },
        )

    @traitlets.validate("x")
    def _on_the_grid(self, proposal: dict[str, Any]) -> float:
        return self._functions[0].position(proposal["value"])

    def still(self) -> bytes:
        """Return the picture at the present `x`: the functions left, their slopes right."""
        grid, i = self._functions[0].x, self._functions[0].index(self.x)
        figure, (left, right) = new_figure(7.0, 3.4, columns=2)
        for function, line, point in zip(self._functions, _LINES, _POINTS, strict=False):
            left.plot(*function.value_curve(), color=LIGHT.function, linestyle=line, label=function.name)
            left.plot(self.x, function.values[i], point, color=LIGHT.function, markeredgecolor=LIGHT.paper)
            right.plot(*function.slope_curve(), color=LIGHT.derivative, linestyle=line, label=function.name)
            right.plot(self.x, function.slopes[i], point, color=LIGHT.derivative, markeredgecolor=LIGHT.paper)
        left.set(title=self._names(), ylabel="value (dimensionless)", ylim=limits(self._values))
        right.set(title="their slopes", ylabel="slope (dimensionless)", ylim=limits(self._slopes))
        if self.log_slopes:
            right.set(yscale="log", ylim=_decades(self._slopes))
        for panel in (left, right):
            panel.axvline(self.x, color=LIGHT.quiet, linestyle=":", linewidth=1.2)
            panel.set(xlim=(grid[0], grid[-1]), xlabel=f"x (dimensionless), marked at {self._place()}")
            panel.legend(frameon=False, handlelength=2.6)
        return png(figure)

    def description(self) -> str:
        """Return what is drawn, with the numbers at the present `x`."""
        grid, i = self._functions[0].x, self._functions[0].index(self.x)
        numbers = "; ".join(
            f"{function.name} {three_digits(function.values[i])}, slope {three_digits(function.slopes[i])}"
            for function in self._functions
        )
        ends = f"from x = {grid[0]:g} to {grid[-1]:g}"
        return f"{self._names()} with their slopes {ends}; at x = {self._place()}: {numbers}"

    def _names(self) -> str:
        *first, last = (function.name for function in self._functions)
        return f"{', '.join(first)} and {last}"

    def _place(self) -> str:
        return fixed(self.x, self._functions[0].decimals)


def compare(
    *functions: str | Callable[..., Any],
    x: float = 0.0,
    low: float = -8.0,
    high: float = 8.0,
    quests: str | Sequence[str] = (),
) -> Compare:
    """Compare two or three functions: move one place, read the values and slopes of all.

    Parameters
    ----------
    *functions : str or callable
        Two or three different names in ``ACTIVATIONS``, or element-wise functions of your own, whose slopes
        are computed by finite differences.
    x : float
        The place that is marked at first, low <= x <= high; dimensionless. It moves on a grid of about 800
        positions.
    low, high : float
        Ends of the x-axis, from -1e6 to 1e6, low < high, at least 1e-6 apart; dimensionless.
    quests : str or sequence of str
        For two functions: ``"same_slope"``, a small task beside the slider.

    Returns
    -------
    Compare
        The explorer; ``explorer.x`` and ``explorer.log_slopes`` can be read, set, observed and linked.

    Raises
    ------
    UnknownName
        If there is no such activation or quest; the nearest names are suggested.
    BadValue
        If there are not two or three functions with different names, if x, low or high are out of range, or if
        a function of your own fails between them.

    Examples
    --------
    >>> compare("sigmoid", "tanh", x=-5)
    sigmoid and tanh with their slopes from x = -8 to 8; at x = −5.00: sigmoid 0.00669, slope 0.00665; \
tanh −1.00, slope 0.000182
    """
    if not 2 <= len(functions) <= len(_LINES):
        raise BadValue(f"compare needs two or three functions, but it was given {len(functions)}.")
    sampled = [sample(function, None, low, high) for function in functions]
    names = [function.name for function in sampled]
    for name in names:
        if names.count(name) > 1:
            raise BadValue(f"Two of the functions to compare are called {name}: give each a name of its own, with def.")
    return Compare(sampled, x, names_of(quests))


def _decades(slopes: Floats) -> tuple[float, float]:
    """Return the ends of a logarithmic axis: the powers of ten around all slopes above 0, with a little air."""
    positive = slopes[np.isfinite(slopes) & (slopes > 1e-300)]
    if not positive.size:
        return 0.1, 10.0
    low, high = floor(log10(positive.min())), ceil(log10(positive.max()))
    return (10.0**low, 2 * 10.0**high) if low < high else (10.0 ** (low - 1), 10.0 ** (high + 1))
