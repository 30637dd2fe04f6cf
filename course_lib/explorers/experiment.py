"""Experiments that compute in Python: sliders in the browser, numbers and picture from the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import traitlets

from course_lib.explorers.assets import script
from course_lib.explorers.canvas import Canvas
from course_lib.explorers.explorer import BadValue, Explorer, Number
from course_lib.explorers.figure import CSS_PIXELS_PER_INCH, decimals_for
from course_lib.explorers.picture import Table, as_text


@dataclass(frozen=True)
class Control:
    """A slider of an experiment.

    Attributes
    ----------
    name, label : str
        The parameter of the drawing function that it sets, and what the learner reads.
    low, high, value : float
        Range and first value, in the parameter's unit.
    step : float
        Distance of neighbouring positions; on a logarithmic slider in decades.
    log : bool
        Whether equal steps multiply by equal factors.
    """

    name: str
    label: str
    low: float
    high: float
    value: float
    step: float
    log: bool = False

    @property
    def decimals(self) -> int:
        """How many decimals a value on a linear slider needs."""
        return decimals_for(self.step)


@dataclass(frozen=True)
class Shown:
    """What an experiment says about its picture: a line of numbers, the picture in words, and a table."""

    readout: str
    alt: str
    table: Table


class Drawing(Protocol):
    """A figure that knows how to follow its parameters."""

    canvas: Canvas
    width: float  # inches

    def update(self, **values: float) -> Shown:
        """Move the figure's artists to the parameters `values`, and say what they show."""


class _Within(Number):
    """A trait that holds a control's value and keeps it within the control's range."""

    def __init__(self, control: Control) -> None:
        super().__init__(control.value)
        self._control = control

    def validate(self, obj: Any, value: object) -> float:
        number = super().validate(obj, value)
        if not self._control.low <= number <= self._control.high:
            raise BadValue(
                f"{self._control.name} must lie between {self._control.low:g} and {self._control.high:g}, "
                f"but it is {number:g}."
            )
        return number


class Experiment(Explorer):
    """Sliders and a picture that the kernel draws again whenever one of them moves.

    Each control's name is an attribute of the experiment (``experiment.rate``): it can be read, set, observed
    and linked.

    Parameters
    ----------
    drawing : Drawing
        Draws and describes the picture.
    controls : sequence of Control
        The sliders, from top to bottom.
    """

    _esm = script("experiment.js")
    frame = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    readout = traitlets.Unicode().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    controls: traitlets.List[Any] = traitlets.List().tag(sync=True)
    width = traitlets.Float().tag(sync=True)

    def __init__(self, drawing: Drawing, controls: Sequence[Control]) -> None:
        self._drawing = drawing
        self._names = [control.name for control in controls]
        # Without the echo that ipywidgets sends back for every movement the picture comes 10 ms sooner.
        self.add_traits(**{c.name: _Within(c).tag(sync=True, echo_update=False) for c in controls})
        super().__init__(
            controls=[{**asdict(control), "decimals": control.decimals} for control in controls],
            width=drawing.width * CSS_PIXELS_PER_INCH,
        )
        self._draw()
        self.observe(self._draw, self._names)

    def _draw(self, change: object = None) -> None:
        shown = self._drawing.update(**{name: getattr(self, name) for name in self._names})
        with self.hold_sync():  # one message: picture and words never disagree
            self.frame = self._drawing.canvas.png()
            self.readout, self.alt, self.table = shown.readout, shown.alt, as_text(shown.table)

    def still(self) -> bytes:
        """Return the present picture."""
        return self._drawing.canvas.still()

    def description(self) -> str:
        """Return the present picture in words, with its numbers."""
        return f"{self.alt}\n{self.readout}"
