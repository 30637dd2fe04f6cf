"""A figure with its description and its numbers, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.explorers.assets import script
from course_lib.explorers.explorer import BadValue, Explorer
from course_lib.explorers.figure import CSS_PIXELS_PER_INCH, png, three_digits

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: What 'Numbers as a table' shows: the columns by their headings.
Table = Mapping[str, Sequence[object]]


class Picture(Explorer):
    """A still image that has a text alternative: JupyterLab gives a figure none."""

    _esm = script("picture.js")
    png = traitlets.Bytes().tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)

    def still(self) -> bytes:
        """Return the image itself."""
        return bytes(self.png)

    def description(self) -> str:
        """Return the text alternative."""
        return str(self.setting["alt"])


def picture(figure: Figure, alt: str, table: Table | None = None) -> Picture:
    """Show a matplotlib figure with a text alternative and, one click away, its numbers.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Made without pyplot, for example by ``course_lib.explorers.figure.new_figure``.
    alt : str
        What the figure shows, in words, for those who cannot see it.
    table : mapping of str to sequence, optional
        The figure's numbers: columns of equal length by their headings. Numbers are shown with three
        significant digits, text as it is.

    Returns
    -------
    Picture
        The live image; a saved notebook keeps the PNG and `alt`.

    Raises
    ------
    BadValue
        If `alt` is empty, or if the columns of `table` differ in length.
    """
    if not alt.strip():
        raise BadValue("This picture has no words: say in alt what it shows, for those who cannot see it.")
    width = round(figure.get_figwidth() * CSS_PIXELS_PER_INCH)
    return Picture(png=png(figure), setting={"alt": alt, "width": width, "table": as_text(table or {})})


def as_text(table: Table) -> dict[str, Any]:
    """Return the headings and rows of `table` as text, numbers with three significant digits."""
    lengths = {heading: len(column) for heading, column in table.items()}
    if len(set(lengths.values())) > 1:
        raise BadValue(f"The columns of a picture's table need one length, but they have {lengths}.")
    texts = [[_text(entry) for entry in column] for column in table.values()]
    return {"head": list(table), "rows": [list(row) for row in zip(*texts, strict=True)]}


def _text(entry: object) -> str:
    if isinstance(entry, Real) and not isinstance(entry, (bool, int)):
        return three_digits(float(entry))
    return str(entry).replace("-", "−") if isinstance(entry, int) else str(entry)
