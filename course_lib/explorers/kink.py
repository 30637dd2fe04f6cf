"""A function under the microscope: the picture zooms in until a smooth curve is straight, and a kink stays a kink."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

import numpy as np
import traitlets

from course_lib import finite_difference
from course_lib.activations import ACTIVATIONS
from course_lib.activations.registry import Activation, Registry
from course_lib.explorers.assets import script
from course_lib.explorers.explorer import BadValue, Explorer, Key, Number
from course_lib.explorers.figure import brief, new_figure, png
from course_lib.explorers.palette import LIGHT
from course_lib.explorers.sampled import Floats
from course_lib.explorers.steps import ladder, on_ladder

#: What the learner may put under the microscope; tanh has no kink, for contrast. Not relu6: its slopes are an exercise.
OFFERED = ("relu", "leaky_relu", "prelu", "tanh")
#: The picture shows x - 3h to x + 3h.
_REACH = 3
_FARTHEST = 8.0
_STEP = 0.1
_STEPS = ladder(1e-8, 1.0)
#: Between these places the browser interpolates: exactly on straight pieces, to 2e-9 on tanh.
_KNOTS = np.round(np.arange(-11, 11.01, 0.02), 2)
#: Slopes are shown as multiples of this: the interpolation changes one by 2e-7 at most, and hardly at all for small h.
_FINEST = 1e-7


class Kink(Explorer):
    """A function near `x`, so large that x - 3h to x + 3h fills the picture.

    Attributes
    ----------
    function : str
        The name of the activation under the microscope.
    x : float
        Where the microscope stands, from -8 to 8 in steps of 0.1; dimensionless.
    h : float
        The step of the differences, from 1e-8 to 1, ten steps for each decade; dimensionless.
    """

    _esm = script("kink.js")
    function = Key().tag(sync=True)
    x = Number().tag(sync=True)
    h = Number().tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)

    def __init__(self, function: str, x: float, h: float) -> None:
        names = dict.fromkeys([*OFFERED, ACTIVATIONS[function].name])  # a dict keeps each name once, and their order
        self._offered = Registry("function of this explorer", {name: ACTIVATIONS[name] for name in names})
        super().__init__(
            function=function,
            x=x,
            h=h,
            setting={
                "functions": [_described(activation) for activation in self._offered.values()],
                "steps": _STEPS.tolist(),
                "low": -_FARTHEST,
                "high": _FARTHEST,
                "step": _STEP,
                "reach": _REACH,
                "finest": _FINEST,
            },
        )

    @traitlets.validate("function")
    def _is_offered(self, proposal: dict[str, Any]) -> str:
        return self._offered[proposal["value"]].name

    @traitlets.validate("x")
    def _within(self, proposal: dict[str, Any]) -> float:
        x = proposal["value"]
        if not abs(x) <= _FARTHEST:
            raise BadValue(f"x must lie between {-_FARTHEST:g} and {_FARTHEST:g}, but it is {x:g}.")
        return round(x / _STEP) / round(1 / _STEP)

    @traitlets.validate("h")
    def _on_the_ladder(self, proposal: dict[str, Any]) -> float:
        return on_ladder(proposal["value"], _STEPS)

    def still(self) -> bytes:
        """Return the picture at the present `x` and `h`: left the whole function, right the part near `x`."""
        from matplotlib.patches import Rectangle

        f, x, h = self._offered[self.function].f, self.x, self.h
        left, right, central = self._slopes()
        figure, (whole, near) = new_figure(7.0, 3.5, columns=2)
        xs = _KNOTS[np.abs(_KNOTS) <= _FARTHEST]
        whole.plot(xs, f(xs), color=LIGHT.function)
        whole.plot(x, f(x), "o", color=LIGHT.function, markeredgecolor=LIGHT.paper)
        whole.set(xlim=(-_FARTHEST, _FARTHEST), ylim=_limits(xs, f(xs)), xticks=[-8, -4, 0, 4, 8])
        whole.set(xlabel="x (dimensionless)", title=self.function)
        corner = (x - _REACH * h, f(x) - _REACH * h)
        whole.add_patch(Rectangle(corner, 2 * _REACH * h, 2 * _REACH * h, facecolor="none", edgecolor=LIGHT.ink))
        t = np.linspace(-_REACH, _REACH, 241)
        near.plot(t, (f(x + t * h) - f(x)) / h, color=LIGHT.function, linewidth=2.6)
        lines = (("left", (0, 0), left, "--"), ("right", (0, 0), right, ":"), ("central", (1, right), central, "-."))
        for name, point, slope, line in lines:
            label = f"{name} {brief(slope)}"
            near.axline(point, slope=slope, color=LIGHT.reference, linestyle=line, linewidth=1.4, label=label)
        near.plot([-1, 0, 1], [-left, 0, right], "o", color=LIGHT.reference, markeredgecolor=LIGHT.paper)
        near.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), aspect="equal", title="under the microscope")
        near.set_xticks([-1, 0, 1], ["x − h", "x", "x + h"])
        near.set_yticks([-1, 0, 1], ["−h", "0", "h"])
        near.set(xlabel=f"x = {brief(x)}, h = {brief(h)}", ylabel="rise from f(x)")
        near.legend(frameon=False, fontsize="small", loc="lower right", title="slopes")
        return png(figure)

    def description(self) -> str:
        """Return what is drawn, with the three slopes at the present `x` and `h`."""
        left, right, central = (brief(slope) for slope in self._slopes())
        return (
            f"{self.function} under the microscope at x = {brief(self.x)} with h = {brief(self.h)}: "
            f"left slope {left}, right slope {right}, central difference {central}"
        )

    def _slopes(self) -> tuple[float, float, float]:
        f, x, h = self._offered[self.function].f, self.x, self.h
        left, right = float((f(x) - f(x - h)) / h), float(finite_difference.forward(f, x, h))
        central = float(finite_difference.central(f, x, h))
        largest = max(abs(x), abs(f(x)))
        return _known(left, largest / h), _known(right, largest / h), _known(central, largest / (2 * h))


def kink(function: str = "relu", *, x: float = 0.0, h: float = 1.0) -> Kink:
    """Put a function under the microscope: shrink h, and see whether the curve becomes a straight line.

    Parameters
    ----------
    function : str
        A name in ``ACTIVATIONS``; the learner may change it for relu, leaky_relu, prelu or tanh.
        Parameters of the function have their defaults.
    x : float
        Where the microscope stands at first, from -8 to 8; dimensionless. It moves in steps of 0.1.
    h : float
        The step of the differences at first, from 1e-8 to 1; dimensionless. It moves in ten steps for each
        decade.

    Returns
    -------
    Kink
        The explorer; ``explorer.function``, ``explorer.x`` and ``explorer.h`` can be read, set, observed and
        linked.

    Raises
    ------
    UnknownName
        If there is no such activation; the nearest names are suggested.
    BadValue
        If x or h are out of range.

    Examples
    --------
    >>> kink("relu", h=0.01)
    relu under the microscope at x = 0 with h = 0.01: left slope 0, right slope 1, central difference 0.5
    """
    return Kink(function, x, h)


def _known(slope: float, largest: float) -> float:
    """Return `slope` without the digits that are only rounding, as pieces.js does; `largest` number over run."""
    grain = 10.0 ** max(ceil(log10(4e-16 * largest)) if largest > 0 else -16, round(log10(_FINEST)))
    return floor(slope / grain + 0.5) * grain


def _described(activation: Activation) -> dict[str, Any]:
    """Return what the browser needs to evaluate a function anywhere, and to judge its kinks."""
    places = np.array(sorted(activation.kinks), dtype=np.float64)
    x = np.union1d(_KNOTS, places)
    slopes: Floats = activation.derivative(x)
    # The library's slope at a kink is a convention; the sides' own slopes are those of the nearest floats.
    at_kink = np.isin(x, places)
    left, right = slopes.copy(), slopes.copy()
    left[at_kink] = activation.derivative(np.nextafter(places, -np.inf))
    right[at_kink] = activation.derivative(np.nextafter(places, np.inf))
    values: Floats = activation.f(x)
    return {
        "name": activation.name,
        "x": x.tobytes(),
        "values": values.tobytes(),
        "left": left.tobytes(),
        "right": right.tobytes(),
        "limits": _limits(x, values),
        "kinks": [
            {"place": float(x[i]), "left": float(left[i]), "right": float(right[i]), "chosen": float(slopes[i])}
            for i in np.flatnonzero(at_kink)
        ],
        # Only a convex function has subgradients: its slopes never fall.
        "convex": bool(np.all(np.diff(slopes) >= 0)),
    }


def _limits(x: Floats, values: Floats) -> tuple[float, float]:
    """Return the ends of the vertical axis for the whole curve, with room for the widest frame around a point."""
    inside = values[np.abs(x) <= _FARTHEST]
    return float(inside.min()) - _REACH - 0.5, float(inside.max()) + _REACH + 0.5
