"""The softmax explorer: logits become probabilities, with the Jacobian that says how each answers to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from course_lib.activations.vector import softmax as stable_softmax
from course_lib.activations.vector import softmax_jacobian
from course_lib.explorers.assets import script
from course_lib.explorers.control import Control, Within
from course_lib.explorers.explorer import BadValue, Explorer
from course_lib.explorers.figure import brief, fixed, new_figure, png, three_digits
from course_lib.explorers.palette import LIGHT

_LOGIT = Control("logit", "logit", low=-8.0, high=8.0, value=0.0, step=0.05)
_SHIFT = Control("shift", "c, added to each", low=-1000.0, high=1000.0, value=0.0, step=1.0)
_TEMPERATURE = Control("temperature", "temperature T", low=0.1, high=10.0, value=1.0, step=0.02, log=True)
_FEWEST, _MOST = 2, 6


class _Logits(traitlets.List[Any]):
    """A trait that holds the logits, from numpy too, and says in one sentence when it is given something else."""

    def validate(self, obj: Any, value: object) -> list[float]:
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, (list, tuple)) or not _FEWEST <= len(value) <= _MOST:
            raise BadValue(f"logits must be a list of {_FEWEST} to {_MOST} numbers, but it is {value!r}.")
        return [_LOGIT.check(entry, f"logits[{i}]") for i, entry in enumerate(value)]


class Softmax(Explorer):
    """Logits, their probabilities, and the Jacobian.

    The browser computes what it shows: n logits, a shift and a temperature are too many for a table of all
    positions, and asking the kernel for each picture would be slower and stop while it is busy. The formula is
    the stable one of ``course_lib.activations.vector``; a browser test holds the two against each other.

    Attributes
    ----------
    logits : list of float
        From 2 to 6 logits, each from -8 to 8, dimensionless. Their number stays; to change one, set a new list.
    shift : float
        What is added to each logit, from -1000 to 1000.
    temperature : float
        What the logits are divided by, from 0.1 to 10.
    """

    _esm = script("softmax.js")
    logits = _Logits().tag(sync=True)
    shift = Within(_SHIFT).tag(sync=True)
    temperature = Within(_TEMPERATURE).tag(sync=True)
    controls = traitlets.Dict().tag(sync=True)

    def __init__(self, logits: Sequence[float], temperature: float) -> None:
        super().__init__(
            logits=logits,
            temperature=temperature,
            controls={control.name: control.as_dict() for control in (_LOGIT, _SHIFT, _TEMPERATURE)},
        )

    @traitlets.validate("logits")
    def _as_many_as_at_first(self, proposal: dict[str, Any]) -> list[float]:
        before, after = len(self.logits), len(proposal["value"])
        if before and before != after:
            raise BadValue(f"This explorer has {before} logits, not {after}: call explore.softmax for another one.")
        return list(proposal["value"])

    def still(self) -> bytes:
        """Return the bars and the heat map at the present state."""
        s, jacobian = self._numbers()
        figure, (left, right) = new_figure(7.0, 1.5 + 0.35 * len(s), columns=2)
        left.barh(range(len(s)), s, color=LIGHT.function, height=0.6)
        for i, probability in enumerate(s):
            left.annotate(
                three_digits(probability), (probability, i), xytext=(5, 0), textcoords="offset points", va="center"
            )
        left.grid(False)
        left.set(xlim=(0, 1.25), xticks=[0, 0.5, 1], xlabel="probability S", ylim=(len(s) - 0.5, -0.5))
        left.set_yticks(range(len(s)), [f"z{_low(i)} = {fixed(z, 2)}" for i, z in enumerate(self.logits)])
        left.set_title(self._setting())
        _heat_map(right, jacobian)
        return png(figure)

    def description(self) -> str:
        """Return the probabilities and the rows of the Jacobian in words."""
        s, jacobian = self._numbers()
        rows = "; ".join(f"row {i}: {_listed(row)}, sum {_sum(row)}" for i, row in enumerate(jacobian, 1))
        return (
            f"softmax of z = {_listed(self.logits)}, {self._setting()}: S = {_listed(s)}. "
            f"Jacobian, entry k of row i being the slope of S_i with respect to z_k: {rows}."
        )

    def _numbers(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        z = np.array(self.logits) + self.shift
        return stable_softmax(z, temperature=self.temperature), softmax_jacobian(z, temperature=self.temperature)

    def _setting(self) -> str:
        added = f"{self.shift:g} added to each, " if self.shift else ""
        return f"{added}temperature {self.temperature:.3g}".replace("-", "−")


def softmax(logits: Sequence[float] = (2.0, 1.0, 0.0), *, temperature: float = 1.0) -> Softmax:
    """Explore softmax: move the logits, see the probabilities and how each of them answers to each logit.

    Parameters
    ----------
    logits : sequence of float
        From 2 to 6 logits, each from -8 to 8; dimensionless.
    temperature : float
        What the logits are divided by, from 0.1 to 10; dimensionless.

    Returns
    -------
    Softmax
        The explorer; ``logits``, ``shift`` and ``temperature`` can be read, set, observed and linked.

    Raises
    ------
    BadValue
        If the logits are not 2 to 6 numbers, or if one of them or the temperature is out of range.

    Examples
    --------
    >>> softmax((0.0, 0.0))  # doctest: +NORMALIZE_WHITESPACE
    softmax of z = (0.00, 0.00), temperature 1: S = (0.500, 0.500). Jacobian, entry k of row i being the slope of
    S_i with respect to z_k: row 1: (0.250, −0.250), sum 0.000; row 2: (−0.250, 0.250), sum 0.000.
    """
    return Softmax(logits, temperature)


def _heat_map(axes: Any, jacobian: NDArray[np.float64]) -> None:
    """Draw each entry as a cell: its number, a colour for its size, hatched where it is negative."""
    from matplotlib.patches import Rectangle

    n = len(jacobian)
    for i, row in enumerate(jacobian):
        for k, entry in enumerate(row):
            colour = LIGHT.function if entry < 0 else LIGHT.derivative
            axes.add_patch(Rectangle((k, i), 1, 1, facecolor=colour, alpha=_depth(entry), linewidth=0))
            if entry < 0:
                axes.add_patch(Rectangle((k, i), 1, 1, fill=False, hatch="//", edgecolor=LIGHT.grid, linewidth=0))
            axes.text(k + 0.5, i + 0.5, _cell(entry), ha="center", va="center", size=min(10.5, 40 / n))
        axes.text(n + 0.2, i + 0.5, _sum(row), va="center", color=LIGHT.quiet)
    axes.grid(False)
    axes.set(xlim=(0, n + 1), ylim=(n, 0), title="Jacobian", xlabel="∂S (row) / ∂z (column)")
    axes.set_xticks(np.arange(n + 1) + 0.5, [*(f"z{_low(k)}" for k in range(n)), "row sum"])
    axes.set_yticks(np.arange(n) + 0.5, [f"S{_low(i)}" for i in range(n)])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _depth(entry: float) -> float:
    """Return how strongly a cell is coloured: in full from 1/4 on, the largest slope at temperature 1."""
    return 0.5 * float(np.sqrt(min(1.0, 4 * abs(entry))))


def _cell(entry: float) -> str:
    """Return three decimals, so that one sees how a row sums to 0; what they would hide is written with its power."""
    return fixed(entry, 3) if abs(entry) >= 5e-4 else brief(entry, 1)


def _sum(row: NDArray[np.float64]) -> str:
    return f"{abs(row.sum()):.3f}"  # 0 up to rounding, which would write a minus now and then


def _low(index: int) -> str:
    return "₁₂₃₄₅₆"[index]


def _listed(values: Sequence[float] | NDArray[np.float64]) -> str:
    return f"({', '.join(three_digits(float(value)) for value in values)})"
