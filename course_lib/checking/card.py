"""The card that `check` shows in a notebook: plain HTML that reads well without colour, and without us."""

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.checking.calling import Caller
from course_lib.checking.deadline import TimeIsUp, deadline
from course_lib.checking.exercise import Case, Exercise
from course_lib.checking.showing import arguments_shown

if TYPE_CHECKING:
    from course_lib.checking.result import Result

_FRAME = (
    "border:1px solid var(--jp-border-color1,#bdbdbd);border-left-width:5px;border-radius:3px;"
    "padding:.5em 1em;max-width:44em;line-height:1.45"
)
#: Seconds that the plot may take in the learner's code; without it the card is still complete.
_PLOT_SECONDS = 1.0


def html(result: "Result") -> str:
    """Return the card: headline, sentences, a small plot, what was tried, and the hints to open."""
    headline, *sentences = result.message.split("\n")
    mark = "◐" if result.passed and result.needs_hints else "✓" if result.passed else "○"
    body = "".join(f"<p style='margin:.35em 0'>{_with_code(s)}</p>" for s in sentences)
    hints = _hints(result.hints) if result.needs_hints else ""
    return (
        f"<section style='{_FRAME}' aria-label='Result of check'>"
        f"<p style='margin:.2em 0'><strong>{mark} {escape(headline)}</strong></p>"
        f"{body}{result.plot}{_tried(result.cases)}{hints}</section>"
    )


def _with_code(sentence: str) -> str:
    """Escape a sentence; what stands between backticks becomes code."""
    pieces = escape(sentence).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces))


def _tried(cases: list[Case]) -> str:
    if not cases:
        return ""
    rows = "".join(
        f"<tr><td style='text-align:left'>{escape(c.label)}</td>"
        f"<td style='text-align:left'>{'right' if c.ok else escape(_how(c))}</td></tr>"
        for c in cases
    )
    head = (
        "<tr><th scope='col' style='text-align:left'>tried</th><th scope='col' style='text-align:left'>found</th></tr>"
    )
    return f"<details><summary>What was tried</summary><table>{head}{rows}</table></details>"


def _how(case: Case) -> str:
    at = f"at {case.input}: " if case.input != case.label else ""
    return f"{at}{case.got} instead of {case.expected}"


def _hints(hints: tuple[str, ...]) -> str:
    """Nest the hints: the second can be opened only inside the first."""
    nested = ""
    for stage in range(len(hints), 0, -1):
        nested = (
            f"<details style='margin-left:.8em'><summary>Hint {stage} of {len(hints)}</summary>"
            f"<p style='margin:.3em 0'>{escape(hints[stage - 1])}</p>{nested}</details>"
        )
    return nested


@np.errstate(all="ignore")  # for our own arithmetic; the caller has its own state
def error_plot(exercise: Exercise, answer: Any) -> str:
    """Return a small SVG of the answer against what a learner can trust; empty where there is nothing to draw."""
    if not exercise.elementwise:
        return ""
    place = exercise.input_places[0]
    x = np.linspace(*exercise.plotted, 61)
    caller, picture = Caller(answer, exercise.arguments), ""
    for before, after in dict.fromkeys((e[:place], e[place + 1 :]) for e in exercise.examples):
        arguments = (*before, x, *after)
        try:
            with deadline(_PLOT_SECONDS):
                reply = caller(*arguments)
        except TimeIsUp:
            return ""
        if reply.value is None or reply.value.shape != x.shape:
            continue
        yours, trusted = reply.value.astype(np.float64), np.asarray(exercise.shown(*exercise.completed(arguments)))
        if not np.isfinite(yours).all():
            continue
        drawn = _svg(exercise, arguments, yours, trusted)
        if not np.allclose(yours, trusted, rtol=1e-2, atol=1e-3):  # here the difference can be seen
            return drawn
        picture = picture or drawn
    return picture


def _svg(exercise: Exercise, arguments: tuple[Any, ...], yours: Any, trusted: Any) -> str:
    place = exercise.input_places[0]
    name, x = exercise.arguments[place], arguments[place]
    width, height = 360, 130
    reach = trusted.max() - trusted.min()  # a wrong answer may go far beyond; that much room it gets
    low = max(min(yours.min(), trusted.min()), trusted.min() - 2 * reach)
    high = min(max(yours.max(), trusted.max()), trusted.max() + 2 * reach)
    margin = 0.06 * (high - low or 1)
    low, high = low - margin, high + margin

    def line(y: Any, style: str) -> str:
        across = 8 + (x - x[0]) / (x[-1] - x[0]) * (width - 16)
        down = 8 + (high - y) / (high - low) * (height - 30)
        pieces, pen = [], "M"
        for a, b, inside in zip(across, down, (low <= y) & (y <= high), strict=True):
            pieces.append(f"{pen}{a:.1f} {b:.1f}" if inside else "")
            pen = "L" if inside else "M"
        return f"<path d='{''.join(pieces)}' fill='none' {style}/>"

    others = [(n, a) for n, a in zip(exercise.arguments, arguments, strict=False) if n != name]
    fixed = arguments_shown([n for n, _ in others], [a for _, a in others])
    other = "finite difference" if "finite difference" in exercise.shown_as else "as it should be"
    foot = height - 6
    captions = [f"solid: yours, dashed: {other}", *([f"with {fixed}"] if fixed else [])]
    box = f"0 0 {width} {height + 16 * len(captions)}"
    style = f"display:block;width:{width}px;max-width:100%;margin:.3em 0"
    return (
        f"<svg role='img' viewBox='{box}' style='{style}' font-size='12' fill='var(--jp-ui-font-color1,#333)'>"
        f"<title>Solid: yours, dashed: {other}; {name} from {x[0]:g} to {x[-1]:g}{fixed and f', {fixed}'}.</title>"
        + line(trusted, "stroke='var(--jp-ui-font-color2,#555)' stroke-width='1.6' stroke-dasharray='5 3'")
        + line(yours, "stroke='#B84A00' stroke-width='2'")
        + f"<text x='8' y='{foot}'>{name} = {x[0]:g}</text>"
        f"<text x='{width - 8}' y='{foot}' text-anchor='end'>{name} = {x[-1]:g}</text>"
        + "".join(f"<text x='8' y='{foot + 16 * (i + 1)}'>{escape(c)}</text>" for i, c in enumerate(captions))
        + "</svg>"
    )
