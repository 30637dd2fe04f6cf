"""What is known about an activation, in words and formulas, from its record and its derivations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from inspect import getdoc
from typing import TYPE_CHECKING, Any

from course_lib.activations import ACTIVATIONS, Activation, VectorActivation
from course_lib.explorers.figure import brief
from course_lib.explorers.strokes import Strokes

if TYPE_CHECKING:
    from course_lib.derivations import Derivation

#: The lessons, and the activations that they derive; those whose derivations are not there are passed over.
_LESSONS = {
    "02_identity": ("identity",),
    "03_sigmoid": ("sigmoid",),
    "04_tanh": ("tanh",),
    "05_relu": ("relu", "leaky_relu", "prelu", "relu6"),
    "08_smooth_and_gated": ("softplus", "softsign", "elu", "selu", "silu", "gelu", "gelu_tanh", "mish"),
}
#: Functions that every reader knows by now.
_KNOWN = ("sigma", "sinh", "cosh", "log", "exp")
#: A constant with more digits than a reader wants.
_LONG = re.compile(r"(\d+\.\d{4})\d{3,}")


def card(activation: Activation) -> dict[str, Any]:
    """Return what does not depend on parameters, as the browser needs it."""
    properties = activation.properties
    return {
        "formula": _formula("f(x)", activation.expression),
        "slopes": _slopes(activation),
        "range": f"from {brief(properties.range[0])} to {brief(properties.range[1])}",
        "atDefaults": _defaults(activation),
        "parameters": {name: parameter.meaning for name, parameter in activation.parameters.items()},
        "learnt": list(activation.parameter_derivatives),
        "output": _from_output(activation),
        "reference": activation.reference,
        "lesson": _lesson(activation.name),
    }


def _defaults(activation: Activation) -> str:
    """Return 'With low = −1 and high = 1: ', for which the properties were measured, or nothing."""
    numbers = [
        f"{symbol} = {brief(number)}"
        for name, parameter in activation.parameters.items()
        for symbol, number in parameter.as_symbols(name, parameter.default).items()
    ]
    *first, last = numbers or [""]
    return f"With {', '.join(first)}{' and ' * bool(first)}{last}: " if numbers else ""


def breaks(activation: Activation, arguments: dict[str, Any], curve: Strokes) -> list[str]:
    """Return a sentence for each kink and each jump, at the present parameters."""
    kind = "is a subgradient" if curve.convex else "lies between the slopes of the two sides"
    kinks = [
        f"Kink at x = {brief(place)}: every number from {brief(low)} to {brief(high)} {kind}. "
        f"The course's choice is {brief(float(activation.derivative(place, **arguments)))}."
        for place, (low, high) in sorted(activation.kinks_at(**arguments).items())
    ]
    jumps = [
        f"Jump at x = {brief(place)}: from the left the limit is {brief(left)}, from the right {brief(right)}. "
        f"There is no slope; the course's choice is {brief(float(activation.derivative(place, **arguments)))}."
        for place, (left, right) in sorted(activation.jumps_at(**arguments).items())
    ]
    return kinks + jumps


def vector_row(activation: VectorActivation) -> list[str]:
    """Return the name of a vector activation, what it does, and who introduced it."""
    return [activation.name, what_it_does(activation.f), activation.reference]


def what_it_does(function: Callable[..., Any]) -> str:
    """Return the first sentence of a function's documentation, as a description."""
    sentence = (getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("`", "")
    return sentence.removeprefix("Return ").removesuffix(".")


def _slopes(activation: Activation) -> list[dict[str, Any]]:
    """Return what was derived of the slope: formulas, each with where it holds and with what its names stand for."""
    letters = {s for name, p in activation.parameters.items() for s in p.as_symbols(name, p.default)}
    slopes = []
    for result, (derivation, places) in _derived(activation, letters).items():
        at_defaults = letters and not letters.intersection(derivation.variables) and not derivation.assumption
        slopes.append(
            {
                **_formula("D(f(x))", result),
                "where": " or ".join(filter(None, [*places, "the parameters have their defaults" * bool(at_defaults)])),
                "names": [_formula(f"{name}(x)", meaning) for name, meaning in _meanings(derivation).items()],
            }
        )
    return slopes


def _derived(activation: Activation, letters: set[str]) -> dict[str, tuple[Derivation, list[str]]]:
    """Return the results of the derivations of the slope with where each holds: one, or one for each piece.

    Of several the one with most of the function's parameters is taken. One with letters that the function has not
    would need more words than a card has.
    """
    from course_lib.derivations import DERIVATIONS

    computed_by = f"{activation.derivative.__name__}("
    found = [d for d in DERIVATIONS.values() if d.equals.startswith(computed_by) and d.first.startswith("D(")]
    found = [d for d in found if letters.issuperset(d.variables[1:])]
    everywhere = [d for d in found if not d.assumption]
    if everywhere:
        found = [max(everywhere, key=lambda d: len(d.variables))]  # the first of equals
    results: dict[str, tuple[Derivation, list[str]]] = {}
    for derivation in found:
        results.setdefault(derivation.result, (derivation, []))[1].append(_inequality(derivation.assumption))
    return results


def _meanings(derivation: Derivation) -> dict[str, str]:
    """Return the definitions of the functions in the result that no reader can know."""
    called = dict.fromkeys(re.findall(r"(\w+)\(", derivation.result))
    own = [name for name in called if name in derivation.definitions and name not in {*ACTIVATIONS, *_KNOWN}]
    return {name: _of_x(*derivation.definitions[name]) for name in own}


def _of_x(letter: str, meaning: str) -> str:
    return re.sub(rf"\b{letter}\b", "x", meaning)


def _lesson(name: str) -> str:
    """Return the lesson in which something of the activation is derived, or nothing."""
    from course_lib.derivations import DERIVATIONS

    derived = any(key.startswith(f"{name}/") for key in DERIVATIONS)
    return next((lesson for lesson, names in _LESSONS.items() if derived and name in names), "")


def _formula(left: str, text: str) -> dict[str, str]:
    from course_lib.derivations.render import mathml, spoken

    short = _LONG.sub(r"\1", text)
    sign, said = ("=", "equals") if short == text else ("≈", "is about")
    sides = [mathml(side).removesuffix("</math>").split(">", 1)[1] for side in (left, short)]
    equation = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{sides[0]}<mo>{sign}</mo>{sides[1]}</math>'
    return {"mathml": equation, "spoken": f"{spoken(left)} {said} {spoken(short)}"}


def _inequality(where: str) -> str:
    return " ".join(_signs(where.split()))


def _signs(words: list[str]) -> Iterator[str]:
    for word in words:
        yield {"<=": "≤", ">=": "≥", "!=": "≠"}.get(word, word.replace("-", "−"))


def _from_output(activation: Activation) -> str:
    if activation.derivative_from_output is not None:
        return "The slope can be computed from the output alone."
    if not activation.properties.monotonic:
        return "Not injective: two inputs share an output but not a slope, so there is no derivative from the output."
    return "The course has no formula for the slope from the output."
