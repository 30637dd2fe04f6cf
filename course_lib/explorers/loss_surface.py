"""The loss surface: the cross-entropy of two classes over their logits, seen from above and in a cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from course_lib.activations.vector import softmax
from course_lib.explorers.assets import script
from course_lib.explorers.control import Control, Within
from course_lib.explorers.explorer import BadValue, Explorer
from course_lib.explorers.figure import fixed, new_figure, png, three_digits
from course_lib.explorers.palette import LIGHT
from course_lib.losses import cross_entropy, cross_entropy_gradient

Floats = NDArray[np.float64]

_Z1 = Control("z1", "z₁", low=-6.0, high=6.0, value=1.0, step=0.1)
_Z2 = Control("z2", "z₂", low=-6.0, high=6.0, value=-1.0, step=0.1)
#: The map goes on beyond the sliders, so that the gradient's arrow fits on it wherever the point stands.
_MAP = Control("map", "", low=-8.0, high=8.0, value=0.0, step=0.1)
_Y = Control("y", "y, label of class 1", low=0.0, high=1.0, value=1.0, step=0.01)
#: Heights of the lines of equal loss, in nats: on the wrong side evenly spaced, on the right side by factors.
_LEVELS = (0.01, 0.1, 0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0)
#: The loss from which on the colour is in full, in nats.
_DEEPEST = 12.0
#: The point is in the valley where its logits differ by what they differ there, as nearly as the sliders' steps allow.
_IN_THE_VALLEY = 0.5 * _Z1.step + 1e-9
#: The lines have their numbers where z1 + z2 is so many steps, beside the middle, where the point often is.
_ASIDE = 20
#: How long the gradient is drawn, in units of the logits for each unit of the gradient.
_ARROW = 2.0


class LossSurface(Explorer):
    """The cross-entropy of softmax with two classes, as a map over the two logits, and its gradient at one point.

    The browser gets the loss of either class at every position of the two sliders, as ``course_lib.losses``
    computes it, and somewhat beyond. A soft label mixes the two, and the probabilities are exp(-loss): no formula is
    repeated there. Where the loss is lowest is shown when the point has come there, or on demand.

    Attributes
    ----------
    z1, z2 : float
        The logits of the point, from -6 to 6 in steps of 0.1; dimensionless.
    y : float
        The label of class 1, from 0 to 1 in steps of 0.01; that of class 2 is 1 - y.
    """

    _esm = script("loss_surface.js")
    z1 = Within(_Z1).tag(sync=True)
    z2 = Within(_Z2).tag(sync=True)
    y = Within(_Y).tag(sync=True)
    losses = traitlets.Bytes().tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)

    def __init__(self, z1: float, z2: float, y: float) -> None:
        self._losses = _losses()
        super().__init__(
            z1=z1,
            z2=z2,
            y=y,
            losses=self._losses.tobytes(),
            setting={
                "controls": {control.name: control.as_dict() for control in (_Z1, _Z2, _Y)},
                "order": [_Z1.name, _Z2.name, _Y.name],
                "map": _MAP.as_dict(),
                "count": len(_positions()),
                "levels": list(_LEVELS),
                "deepest": _DEEPEST,
                "aside": _ASIDE,
                "arrow": _ARROW,
                "near": _IN_THE_VALLEY,
            },
        )

    @traitlets.validate("z1", "z2", "y")
    def _on_the_grid(self, proposal: dict[str, Any]) -> float:
        control = _Y if proposal["trait"].name == "y" else _Z1
        return round(round(proposal["value"] / control.step) * control.step, control.decimals)

    @property
    def label(self) -> Floats:
        """The label as a distribution, (y, 1 - y)."""
        return np.array([self.y, 1 - self.y])

    @property
    def logits(self) -> Floats:
        """The two logits of the point."""
        return np.array([self.z1, self.z2])

    @property
    def p(self) -> Floats:
        """The probabilities of the two classes, softmax of the logits."""
        return np.asarray(softmax(self.logits))

    @property
    def loss(self) -> float:
        """The cross-entropy at the point, in nats."""
        return float(cross_entropy(self.logits, self.label))

    @property
    def gradient(self) -> Floats:
        """The gradient of the loss with respect to the two logits, p - y; in nats for each unit of a logit."""
        return np.asarray(cross_entropy_gradient(self.logits, self.label))

    def still(self) -> bytes:
        """Return the map and the cut with the point in its present place."""
        figure, (left, right) = new_figure(7.0, 3.5, columns=2)
        self._draw_map(left)
        self._draw_cut(right)
        return png(figure)

    def description(self) -> str:
        """Return in words and numbers what is seen at the present point."""
        return (
            "Cross-entropy of softmax with two classes over the logits z1 and z2, each from "
            f"{fixed(_Z1.low, 0)} to {fixed(_Z1.high, 0)}, label y = {_listed(self.label)}. "
            f"At z = ({fixed(self.z1, 1)}, {fixed(self.z2, 1)}): p = {_listed(self.p)}, "
            f"loss {three_digits(self.loss)} nats, gradient {_listed(self.gradient)}.{self._lowest()}"
        )

    def _in_the_valley(self) -> bool:
        """Return whether the point is where the loss is lowest: where that is, is for the learner to find."""
        return 0 < self.y < 1 and abs(self.z1 - self.z2 - self._valley()) <= _IN_THE_VALLEY

    def _lowest(self) -> str:
        if not self._in_the_valley():
            return ""
        least = cross_entropy(np.log(self.label), self.label)
        return (
            f" The loss is lowest on the line z1 − z2 = {fixed(self._valley(), 2)}, where p = y: "
            f"there it is {three_digits(least)} nats."
        )

    def _valley(self) -> float:
        """Return by how much the logits differ where the loss of a soft label is lowest."""
        return float(np.log(self.y / (1 - self.y)))

    def _surface(self) -> Floats:
        """Return the loss at all positions of z1 (rows) and z2 (columns), mixed from those of the two classes."""
        return self.y * self._losses[0] + (1 - self.y) * self._losses[1]

    def _cut(self) -> Floats:
        """Return the loss along the line z2 = -z1, at all positions of z1."""
        return np.diagonal(np.flip(self._surface(), axis=1))

    def _draw_map(self, axes: Any) -> None:
        from matplotlib.colors import LinearSegmentedColormap, PowerNorm
        from matplotlib.patheffects import withStroke

        halo = [withStroke(linewidth=3, foreground=LIGHT.paper)]
        z = _positions()
        surface = self._surface()
        ramp = LinearSegmentedColormap.from_list("loss", [LIGHT.paper, LIGHT.function])
        # Few bands, and lines without soft edges: a picture has 64 colours, and the point and the arrow need theirs.
        bands = _DEEPEST * np.linspace(0, 1, 7) ** 2
        pale = PowerNorm(0.5, vmin=0, vmax=4 * _DEEPEST)  # half of the colour at most, so that numbers are read on it
        axes.contourf(z, z, np.minimum(surface.T, 0.999 * _DEEPEST), bands, cmap=ramp, norm=pale, antialiased=False)
        axes.contour(z, z, surface.T, levels=_LEVELS, colors=LIGHT.quiet, linewidths=0.6, antialiased=False)
        for z1, z2, level in _crossings(surface):
            axes.text(z1, z2, f"{level:g}", ha="center", va="center", size=9, path_effects=halo)
        if self._in_the_valley():
            axes.axline((self._valley(), 0), slope=1, color=LIGHT.ink, linestyle="--", linewidth=1.8)
        tip = self.logits + _ARROW * self.gradient
        if abs(tip[0] - self.z1) > 0.5:  # a shorter one would be all head, or hidden by the point
            look = {"arrowstyle": "-|>", "color": LIGHT.derivative, "lw": 3, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", tip, self.logits, arrowprops=look)
        axes.plot(*self.logits, "o", color=LIGHT.function, markersize=9, markeredgecolor=LIGHT.paper)
        axes.grid(False)
        reach = (_MAP.low, _MAP.high)
        axes.set(xlim=reach, ylim=reach, title="lines of equal loss (nats)")
        axes.set(xlabel="z₁ (logit of class 1)", ylabel="z₂ (logit of class 2)")

    def _draw_cut(self, axes: Any) -> None:
        z = _positions()
        difference = self.z1 - self.z2
        axes.plot(2 * z, self._cut(), color=LIGHT.function)
        axes.axline((difference, self.loss), slope=self.gradient[0], color=LIGHT.ink, linewidth=1.4)
        point = {"markersize": 9, "markeredgecolor": LIGHT.paper, "clip_on": False, "zorder": 3}
        axes.plot(difference, self.loss, "o", color=LIGHT.function, **point)
        axes.set(
            xlim=(2 * _Z1.low, 2 * _Z1.high), ylim=(-0.4, 12.4), xlabel="z₁ − z₂ (dimensionless)", ylabel="loss (nats)"
        )
        axes.set_title(f"a cut: slope {three_digits(self.gradient[0])}")


def loss_surface(logits: Sequence[float] = (1.0, -1.0), *, y: float = 1.0) -> LossSurface:
    """Explore the cross-entropy of two classes as a surface over the two logits.

    Parameters
    ----------
    logits : sequence of float
        Two logits, where the point stands at first; each from -6 to 6, dimensionless. They are rounded to 0.1.
    y : float
        The label of class 1, from 0 to 1: 0 and 1 are hard labels, what lies between is a soft one. It is
        rounded to 0.01.

    Returns
    -------
    LossSurface
        The explorer; ``z1``, ``z2`` and ``y`` can be read, set, observed and linked; ``p``, ``loss`` and
        ``gradient`` can be read.

    Raises
    ------
    BadValue
        If `logits` are not two numbers, or if one of them or `y` is out of range.

    Examples
    --------
    >>> loss_surface((1.0, -1.0), y=0.9)  # doctest: +NORMALIZE_WHITESPACE
    Cross-entropy of softmax with two classes over the logits z1 and z2, each from −6 to 6, label y = (0.900, 0.100).
    At z = (1.0, −1.0): p = (0.881, 0.119), loss 0.327 nats, gradient (−0.0192, 0.0192).
    """
    if isinstance(logits, np.ndarray):
        logits = logits.tolist()
    if not isinstance(logits, (list, tuple)) or len(logits) != 2:
        raise BadValue(f"logits must be two numbers, such as (1.0, -1.0), but it is {logits!r}.")
    z1, z2 = (_Z1.check(logit, f"logits[{i}]") for i, logit in enumerate(logits))
    return LossSurface(z1, z2, y)


def _positions() -> Floats:
    """Return the places of the map in one direction, shape (n,): those of the sliders, and some beyond."""
    return np.linspace(_MAP.low, _MAP.high, round((_MAP.high - _MAP.low) / _MAP.step) + 1)


def _losses() -> Floats:
    """Return the loss of class 1 and of class 2 at all positions, shape (2, n, n): class, z1, z2; in nats."""
    z = np.stack(np.meshgrid(_positions(), _positions(), indexing="ij"), axis=-1)
    return np.stack([cross_entropy(z, np.broadcast_to(label, z.shape)) for label in np.eye(2)])


def _crossings(surface: Floats) -> list[tuple[float, float, float]]:
    """Return a place (z1, z2) for the number of each line of equal loss, and the number; near ones are left out."""
    z, found = _positions(), []
    across = np.diagonal(np.flip(surface, axis=1), -_ASIDE)  # from the upper edge, z1 growing, to the right-hand one
    for level in _LEVELS:
        for k in np.flatnonzero((across[:-1] >= level) != (across[1:] >= level)):
            part = (level - across[k]) / (across[k + 1] - across[k])
            found.append((float(z[k + _ASIDE] + part * _MAP.step), level))
    found.sort()
    apart: list[tuple[float, float]] = []
    for z1, level in found:
        edge = min(_MAP.high - z1, z1 - _ASIDE * _MAP.step - _MAP.low)
        if edge > 0.5 and (not apart or z1 - apart[-1][0] > 0.8):
            apart.append((z1, level))
    return [(z1, _ASIDE * _MAP.step - z1, level) for z1, level in apart]


def _listed(values: Floats) -> str:
    return f"({', '.join(three_digits(float(value)) for value in values)})"
