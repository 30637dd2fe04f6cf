"""Experiments that compute in Python: controls in the browser, numbers and picture from the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import traitlets

from course_lib.explorers.assets import script
from course_lib.explorers.canvas import Canvas
from course_lib.explorers.control import Choice, Control
from course_lib.explorers.explorer import Explorer
from course_lib.explorers.figure import CSS_PIXELS_PER_INCH
from course_lib.explorers.picture import Table, as_text


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


class Experiment(Explorer):
    """Sliders, choices and a picture that the kernel draws again whenever one of them changes.

    Each control's name is an attribute of the experiment (``experiment.rate``): it can be read, set, observed
    and linked.

    Parameters
    ----------
    drawing : Drawing
        Draws and describes the picture.
    controls : sequence of Control and Choice
        From top to bottom.
    note : str
        What is computed, in a sentence or two below the controls.
    """

    _esm = script("experiment.js")
    frame = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    readout = traitlets.Unicode().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    controls: traitlets.List[Any] = traitlets.List().tag(sync=True)
    width = traitlets.Float().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)

    def __init__(self, drawing: Drawing, controls: Sequence[Control | Choice], note: str = "") -> None:
        self._drawing = drawing
        self._names = [control.name for control in controls]
        # Without the echo that ipywidgets sends back for every movement the picture comes 10 ms sooner.
        self.add_traits(**{c.name: c.trait().tag(sync=True, echo_update=False) for c in controls})
        super().__init__(
            controls=[control.as_dict() for control in controls],
            width=drawing.width * CSS_PIXELS_PER_INCH,
            note=note,
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
        return "\n".join(filter(None, [self.note, self.alt, self.readout]))
