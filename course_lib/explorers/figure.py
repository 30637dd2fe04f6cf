"""The house style of every figure: calm axes, labels on the curves, letters as large as the notebook's own.

Figures are made without pyplot, so that nothing is global and nothing is left open.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context
from math import floor, log10
from typing import TYPE_CHECKING, Any

from course_lib.explorers.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: CSS pixels for each inch of a figure: 10.5 point letters are then as large as the notebook's text (14 px).
CSS_PIXELS_PER_INCH = 96
#: Pixels for each CSS pixel in a still, so that it stays sharp on a fine screen.
SHARPNESS = 1.5

_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.edgecolor": LIGHT.quiet,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.labelcolor": LIGHT.ink,
    "axes.labelsize": "medium",
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": CSS_PIXELS_PER_INCH * SHARPNESS,
    "figure.facecolor": LIGHT.paper,
    "grid.color": LIGHT.grid,
    "grid.linewidth": 0.8,
    "hatch.color": LIGHT.quiet,
    "lines.linewidth": 2.0,
    "mathtext.fontset": "dejavusans",
    "text.color": LIGHT.ink,
    "xtick.color": LIGHT.quiet,
    "ytick.color": LIGHT.quiet,
}


def new_figure(width: float = 7.0, height: float = 3.6, *, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Return an empty figure in the course's style, and its axes side by side.

    Parameters
    ----------
    width, height : float
        Size in inches; 7 inches are 672 CSS pixels, about a notebook's column.
    columns : int
        Number of axes side by side, at least 1.

    Returns
    -------
    (matplotlib.figure.Figure, list of matplotlib.axes.Axes)
        On the Agg canvas; it belongs to no pyplot window.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        axes = [figure.add_subplot(1, columns, column + 1) for column in range(columns)]
    return figure, axes


def text_figure(height: float) -> tuple[Figure, Axes]:
    """Return a figure of the usual width for lines of text, with axes that fill it and show nothing.

    Parameters
    ----------
    height : float
        In inches.
    """
    figure, (axes,) = new_figure(height=height)
    figure.set_layout_engine("none")
    axes.set_position((0.01, 0, 0.98, 1))
    axes.set_axis_off()
    return figure, axes


def text_box(text: str, size: float) -> tuple[float, float]:
    """Return how far `text` reaches above its baseline and below it, in inches; it may hold a formula.

    Parameters
    ----------
    text : str
        One line; what stands between dollar signs is a formula.
    size : float
        Of the letters, in points.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    letters = FontProperties(family=_STYLE["font.family"], size=size, math_fontfamily=_STYLE["mathtext.fontset"])
    box = MathTextParser("path").parse(text, dpi=72, prop=letters)
    plain = 0.8 * size, 0.25 * size  # so that lines without a tall letter are not set closer
    return max(box.height - box.depth, plain[0]) / 72, max(box.depth, plain[1]) / 72


def label_end(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write `text` to the right of a curve's last point (`x`, `y`, in data units), in the curve's colour."""
    axes.annotate(
        text, (x, y), xytext=(6, 0), textcoords="offset points",
        color=colour, va="center", annotation_clip=False,
    )  # fmt: skip


def png(figure: Figure) -> bytes:
    """Return `figure` as a PNG whose bytes depend on the figure alone: no date, no program's version.

    A palette of 64 colours is enough for lines and letters, and a third of the size.
    """
    from io import BytesIO

    import numpy as np
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = figure.canvas if isinstance(figure.canvas, FigureCanvasAgg) else FigureCanvasAgg(figure)
    with rc_context(_STYLE):  # some of the style is read only when the figure is drawn
        canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    memory = BytesIO()
    drawn.quantize(64, dither=Image.Dither.NONE).save(memory, "PNG", optimize=True)
    return memory.getvalue()


def decimals_for(step: float) -> int:
    """Return how many decimals tell neighbours apart that lie `step` > 0 from each other.

    >>> decimals_for(0.02), decimals_for(0.5), decimals_for(20)
    (2, 1, 0)
    """
    return max(0, -floor(log10(step) + 1e-9))


def digits(value: float, count: int) -> str:
    """Return `value` with `count` significant digits, as the explorers write it in the browser.

    >>> digits(0.41997434161, 7), digits(3.1e-12, 2)
    ('0.4199743', '3.1e−12')
    """
    if value != value:
        return "not a number"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    number = _half_up(value, count)
    mantissa, exponent = f"{number:.{count - 1}e}".split("e")
    power = int(exponent)
    text = f"{number:.{count - 1 - power}f}" if -7 < power < count else f"{mantissa}e{power}"
    return text.replace("-", "−")


def fixed(value: float, decimals: int) -> str:
    """Return `value` with as many `decimals`, as the explorers write it in the browser.

    >>> fixed(-0.5, 2), fixed(-0.0, 1)
    ('−0.50', '0.0')
    """
    return f"{value + 0.0:.{decimals}f}".replace("-", "−")


def three_digits(value: float) -> str:
    """Return `value` with three significant digits.

    >>> three_digits(0.17789), three_digits(-2.0), three_digits(3.1e-12)
    ('0.178', '−2.00', '3.10e−12')
    """
    return digits(value, 3)


def brief(value: float, count: int = 5) -> str:
    """Return `value` with at most `count` significant digits, and without those that say nothing.

    >>> brief(0.02), brief(1e-5), brief(-0.5), brief(2.0)
    ('0.02', '1e−5', '−0.5', '2')
    """
    if value - value != 0:  # not finite
        return digits(value, count)
    number = _half_up(value, count)
    if number == 0 or 1e-3 <= abs(number) < 1e5:
        text = f"{number:.{count + 3}f}".rstrip("0").rstrip(".")
    else:
        mantissa, exponent = f"{number:.{count - 1}e}".split("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return text.replace("-", "−")


def _half_up(value: float, count: int) -> float:
    """Return `value` rounded to `count` significant digits; a tie goes away from 0, as in JavaScript."""
    rounded = Context(prec=count, rounding=ROUND_HALF_UP).create_decimal_from_float(float(value))
    return float(rounded) + 0.0  # no minus before a zero
