"""The gallery: every element-wise activation of the library, to be filtered, drawn over one another and bent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import traitlets

from course_lib.activations import ACTIVATIONS, VECTOR_ACTIVATIONS, Activation
from course_lib.explorers import dials
from course_lib.explorers.assets import script
from course_lib.explorers.card import breaks, card, vector_row, what_it_does
from course_lib.explorers.explorer import BadValue, Explorer, Number
from course_lib.explorers.figure import brief, decimals_for, fixed, new_figure, png, three_digits
from course_lib.explorers.palette import LIGHT
from course_lib.explorers.strokes import FARTHEST, STEPS, Strokes, fan, strokes

#: As many can be told apart by kinds of line and shapes of points.
MOST = 3
#: Properties by which the list is filtered, as ``Properties`` calls them.
FILTERS = ("bounded", "monotonic", "smooth", "zero_centred")
_MEANINGS = {
    "bounded": "its values stay between two finite numbers, however far out x is.",
    "monotonic": "where x grows, the value never falls.",
    "smooth": "it has one slope everywhere: no kinks and no jumps.",
    "zero_centred": "the value at −x is minus the value at x, so that outputs are centred at 0 when inputs are.",
}
#: How far the horizontal axis may reach on both sides of 0.
REACHES = (2.0, 4.0, FARTHEST)
#: Positions of x: numbers are read out at each of them.
_STEP = 0.02
_X = np.round(np.arange(round(-FARTHEST / _STEP), round(FARTHEST / _STEP) + 1) * _STEP, decimals_for(_STEP))
#: The first of these that the library has all of is the start.
_STARTS = (("silu", "gelu", "relu"), ("tanh", "sigmoid", "relu"))
_LINES = ("-", (0, (4, 2)), (0, (1, 1.4)))
_POINTS = ("o", "s", "D")


class _Given(traitlets.Any):
    """A trait that takes what it is given; the gallery says in one sentence what is wrong with it."""


class Gallery(Explorer):
    """Up to three activations with their derivatives, and what is known about them.

    Attributes
    ----------
    chosen : list of str
        The names of the activations that are drawn, one to three.
    x : float
        The place that is marked, from -reach to reach in steps of 0.02; dimensionless.
    reach : float
        The horizontal axis goes from -reach to reach: 2, 4 or 8; dimensionless.
    parameters : dict
        The parameters that are not at their defaults, by activation and by letter:
        ``{"silu": {"beta": 2.0}, "polynomial": {"c2": 0.5}}``. What is not said has its default.
    filters : dict
        The properties by which the list is filtered: True, False, or None for both.
    """

    _esm = script("gallery.js")
    chosen = _Given().tag(sync=True)
    x = Number().tag(sync=True)
    reach = Number().tag(sync=True)
    parameters = _Given({}).tag(sync=True)
    filters = _Given({}).tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)
    # For each chosen function: its curves at the present parameters, fans of curves for its sliders, exact numbers.
    curves: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, chosen: tuple[str, ...]) -> None:
        kinks = [abs(kink) for name in chosen for kink in ACTIVATIONS[name].kinks]
        reach = next(reach for reach in REACHES[1:] if max(kinks, default=0.0) < reach or reach == FARTHEST)
        super().__init__(chosen=list(chosen), x=0.0, reach=reach, parameters={}, filters={}, setting=_setting())
        self._compute()

    @traitlets.validate("chosen")
    def _one_to_three(self, proposal: dict[str, Any]) -> list[str]:
        given = proposal["value"]
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list | tuple):
            raise BadValue(f"chosen must be names of activations, not {given!r}.")
        return _different([ACTIVATIONS[name].name for name in names])

    @traitlets.validate("x")
    def _on_the_grid(self, proposal: dict[str, Any]) -> float:
        x, reach = proposal["value"], self.reach
        if not -reach <= x <= reach:
            raise BadValue(f"x must lie between {-reach:g} and {reach:g}, but it is {x:g}.")
        return float(_X[np.argmin(np.abs(_X - x))])

    @traitlets.validate("reach")
    def _one_of_the_reaches(self, proposal: dict[str, Any]) -> float:
        reach = proposal["value"]
        if reach not in REACHES:
            raise BadValue(f"reach must be {', '.join(f'{r:g}' for r in REACHES[:-1])} or 8, but it is {reach:g}.")
        return float(reach)

    @traitlets.validate("parameters")
    def _in_their_ranges(self, proposal: dict[str, Any]) -> dict[str, dict[str, float]]:
        given = proposal["value"]
        if not isinstance(given, Mapping):
            raise BadValue(f"parameters must be a dict such as {{'softplus': {{'beta': 2}}}}, not {given!r}.")
        return {name: dials.check(ACTIVATIONS[name], numbers) for name, numbers in given.items()}

    @traitlets.validate("filters")
    def _yes_or_no(self, proposal: dict[str, Any]) -> dict[str, bool | None]:
        given = proposal["value"]
        if not isinstance(given, Mapping):
            raise BadValue(f"filters must be a dict such as {{'bounded': True}}, not {given!r}.")
        for name, wanted in given.items():
            if name not in FILTERS:
                raise BadValue(f"{name!r} is no property to filter by; there are: {', '.join(FILTERS)}.")
            if wanted is not None and not isinstance(wanted, bool):
                raise BadValue(f"The filter {name} must be True, False or None, but it is {wanted!r}.")
        return {name: given.get(name) for name in FILTERS}

    @traitlets.observe("reach")
    def _stay_inside(self, change: object) -> None:
        if abs(self.x) > self.reach:
            self.x = float(np.clip(self.x, -self.reach, self.reach))

    @traitlets.observe("chosen", "parameters")
    def _compute(self, change: object = None) -> None:
        self.curves = [_drawn(ACTIVATIONS[name], self._numbers(name)) for name in self.chosen]

    @property
    def left(self) -> list[str]:
        """The names of all activations that the filters leave."""
        wanted = {name: value for name, value in self.filters.items() if value is not None}
        return [
            activation.name
            for activation in ACTIVATIONS.values()
            if all(getattr(activation.properties, name) == value for name, value in wanted.items())
        ]

    def still(self) -> bytes:
        """Return the picture at the present `x`: the functions left, their derivatives right."""
        figure, (left, right) = new_figure(7.0, 3.4, columns=2)
        for name, line, point in zip(self.chosen, _LINES, _POINTS, strict=False):
            curve = self._strokes(name)
            x = np.linspace(curve.edges[:-1], curve.edges[1:], curve.values.shape[1], axis=1)
            gaps = np.full((len(x), 1), np.nan)  # a gap after each stroke
            value, slope = self._here(name)
            for panel, colour, table, here in (
                (left, LIGHT.function, curve.values, value),
                (right, LIGHT.derivative, curve.slopes, slope),
            ):
                lifted = (np.hstack([rows, gaps]).ravel() for rows in (x, table))
                panel.plot(*lifted, color=colour, linestyle=line, label=name)
                panel.plot(self.x, here, point, color=colour, markeredgecolor=LIGHT.paper)
        left.set(title=self._names(), ylabel="value (dimensionless)", ylim=self._limits("values"))
        right.set(title="slopes", ylabel="slope (dimensionless)", ylim=self._limits("slopes"))
        for panel in (left, right):
            panel.axvline(self.x, color=LIGHT.quiet, linestyle=":", linewidth=1.2)
            panel.set(xlim=(-self.reach, self.reach), xlabel=f"x (dimensionless), marked at {fixed(self.x, 2)}")
        left.legend(facecolor=LIGHT.paper, edgecolor="none", framealpha=0.85, handlelength=2.6)  # for both panels
        return png(figure)

    def description(self) -> str:
        """Return what is drawn, with the numbers at the present `x`, and what the filters leave."""
        numbers = "; ".join(
            f"{name}{self._bent(name)} {three_digits(value)}, slope {three_digits(slope)}"
            for name in self.chosen
            for value, slope in [self._here(name)]
        )
        ends = f"from x = {-self.reach:g} to {self.reach:g}"
        derivatives = "their derivatives" if self.chosen[1:] else "its derivative"
        text = f"{self._names()} with {derivatives} {ends}; at x = {fixed(self.x, 2)}: {numbers}"
        wanted = [_words(name, value) for name, value in self.filters.items() if value is not None]
        return f"{text}. {', '.join(wanted).capitalize()}: {', '.join(self.left) or 'none'}" if wanted else text

    def _numbers(self, name: str) -> dict[str, float]:
        return dict(self.parameters.get(name) or dials.check(ACTIVATIONS[name], {}))

    def _arguments(self, name: str) -> dict[str, Any]:
        return dials.arguments(ACTIVATIONS[name], self._numbers(name))

    def _strokes(self, name: str) -> Strokes:
        return strokes(ACTIVATIONS[name], self._arguments(name))

    def _here(self, name: str) -> tuple[float, float]:
        activation, arguments = ACTIVATIONS[name], self._arguments(name)
        return float(activation.f(self.x, **arguments)), float(activation.derivative(self.x, **arguments))

    def _limits(self, which: str) -> tuple[float, float]:
        """Return the ends of a vertical axis: all that is seen of the curves, though no more than as far as x goes."""
        seen = []
        for name in self.chosen:
            curve = self._strokes(name)
            x = np.linspace(curve.edges[:-1], curve.edges[1:], curve.values.shape[1], axis=1)
            seen.append(getattr(curve, which)[np.abs(x) <= self.reach])
        heights = np.clip(np.concatenate(seen), -self.reach, self.reach)
        low, high = float(heights.min()), float(heights.max())
        air = 0.06 * (high - low or 1.0)
        return low - air, high + air

    def _names(self) -> str:
        *first, last = self.chosen
        return f"{', '.join(first)} and {last}" if first else str(last)

    def _bent(self, name: str) -> str:
        """Return the parameters that are not at their defaults, in brackets."""
        known, numbers = dials.dials(ACTIVATIONS[name]), self._numbers(name)
        moved = [f"{s} = {brief(number)}" for s, number in numbers.items() if number != known[s].value]
        return f" ({', '.join(moved)})" if moved else ""


def gallery(*names: str) -> Gallery:
    """Look at all element-wise activations of the library: filter them, draw up to three, move their parameters.

    Parameters
    ----------
    *names : str
        Up to three different names in ``ACTIVATIONS`` to begin with; without names three that are often used.

    Returns
    -------
    Gallery
        The explorer; ``explorer.chosen``, ``explorer.x``, ``explorer.reach``, ``explorer.parameters`` and
        ``explorer.filters`` can be read, set, observed and linked. ``explorer.left`` lists what the filters leave.

    Raises
    ------
    UnknownName
        If there is no such activation; the nearest names are suggested.
    BadValue
        If there are more than three names, or two are the same.

    Examples
    --------
    >>> gallery("sigmoid", "relu")
    sigmoid and relu with their derivatives from x = -4 to 4; at x = 0.00: sigmoid 0.500, slope 0.250; \
relu 0.00, slope 0.00
    """
    start = next(start for start in _STARTS if all(name in ACTIVATIONS for name in start))
    return Gallery(tuple(_different([ACTIVATIONS[name].name for name in names])) if names else start)


def _different(names: list[str]) -> list[str]:
    if not 1 <= len(names) <= MOST:
        raise BadValue(f"The gallery draws one to three functions at a time, but it was given {len(names)}.")
    for name in names:
        if names.count(name) > 1:
            raise BadValue(f"{name} is drawn once: it was given {names.count(name)} times.")
    return names


def _words(name: str, wanted: bool) -> str:
    return f"{'' if wanted else 'not '}{name.replace('_', '-')}"


def _setting() -> dict[str, Any]:
    return {
        "functions": [_listed(activation) for activation in ACTIVATIONS.values()],
        "vectors": [vector_row(activation) for activation in VECTOR_ACTIVATIONS.values()],
        "filters": [[name, name.replace("_", "-"), _MEANINGS[name]] for name in FILTERS],
        "reaches": list(REACHES),
        "farthest": FARTHEST,
        "steps": STEPS,
        "step": _STEP,
        "most": MOST,
    }


def _listed(activation: Activation) -> dict[str, Any]:
    """Return what the browser needs of every function, chosen or not."""
    return {
        "name": activation.name,
        "does": what_it_does(activation.f),
        "card": card(activation),
        "dials": [control.as_dict() for control in dials.dials(activation).values()],
        "curve": strokes(activation, dials.arguments(activation, {})).packed(),
        **{name: getattr(activation.properties, name) for name in FILTERS},
    }


def _drawn(activation: Activation, numbers: dict[str, float]) -> dict[str, Any]:
    """Return what the browser needs of a chosen function at the present parameters."""

    def bent(symbol: str, number: float) -> Strokes:
        return strokes(activation, dials.arguments(activation, {**numbers, symbol: number}))

    known, arguments = dials.dials(activation), dials.arguments(activation, numbers)
    curve = strokes(activation, arguments)
    fans = {symbol: fan(partial(bent, symbol), *dials.ends(symbol, known[symbol], numbers)) for symbol in known}
    values, slopes = (np.asarray(g(_X, **arguments)) for g in (activation.f, activation.derivative))
    return {
        "name": activation.name,
        "numbers": numbers,
        "curve": curve.packed(),
        "fans": {symbol: [[number, *found.packed()] for number, found in curves] for symbol, curves in fans.items()},
        "values": values.tobytes(),
        "slopes": slopes.tobytes(),
        "breaks": breaks(activation, arguments, curve),
    }
