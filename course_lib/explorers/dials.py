"""The parameters of an activation as numbers that can be slid, each within ends that fit on a slider."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, inf, isfinite, log10
from typing import Any

from course_lib.activations import Activation
from course_lib.activations.parameter import Coefficients, Parameter
from course_lib.explorers.control import Control
from course_lib.explorers.explorer import BadValue

#: About how many positions such a slider has.
_POSITIONS = 200


def dials(activation: Activation) -> dict[str, Control]:
    """Return a slider for each number of the activation's parameters, by its letter in the formula.

    An end that the parameter has not is put where the default leaves room: 4 times as far from 0, or as far as
    -2 to 2 around a parameter that may have both signs. A parameter that must be positive begins at a twentieth.
    """
    return {
        symbol: _dial(activation.name, symbol, parameter, value)
        for name, parameter in activation.parameters.items()
        for symbol, value in parameter.as_symbols(name, parameter.default).items()
    }


def arguments(activation: Activation, numbers: Mapping[str, float]) -> dict[str, Any]:
    """Return the keyword arguments of the activation for the `numbers` by their letters; the others have defaults."""
    given: dict[str, Any] = {}
    for name, parameter in activation.parameters.items():
        values = [numbers.get(symbol, value) for symbol, value in parameter.as_symbols(name, parameter.default).items()]
        given[name] = tuple(values) if isinstance(parameter, Coefficients) else values[0]
    return given


def check(activation: Activation, given: object) -> dict[str, float]:
    """Return all numbers of the activation, with those `given` by their letters.

    Raises
    ------
    BadValue
        If a letter is none of the activation's, a number is out of its slider's range, or low is not below high.
    """
    name, known = activation.name, dials(activation)
    if not isinstance(given, Mapping):
        raise BadValue(f"The parameters of {name} must be given by their names, not as {given!r}.")
    for symbol in given:
        if symbol not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise BadValue(f"{name} has no parameter {symbol!r}; {has}.")
    numbers = {
        symbol: control.check(given.get(symbol, control.value), f"{symbol} of {name}")
        for symbol, control in known.items()
    }
    low, high = numbers.get("low", 0.0), numbers.get("high", 1.0)
    if not low < high:
        raise BadValue(f"low of {name} must lie below high, but low is {low:g} and high is {high:g}.")
    return numbers


def ends(symbol: str, control: Control, numbers: Mapping[str, float]) -> tuple[float, float]:
    """Return the ends between which a slider may move while the other `numbers` stay: low stays below high."""
    low, high = control.low, control.high
    if symbol == "low":
        high = min(high, numbers.get("high", high) - control.step)
    if symbol == "high":
        low = max(low, numbers.get("low", low) + control.step)
    return low, high


def _dial(function: str, symbol: str, parameter: Parameter | Coefficients, value: float) -> Control:
    allowed = (parameter.low, parameter.high) if isinstance(parameter, Parameter) else (-inf, inf)
    low, high = _finite(*allowed, value)
    step = _step(high - low, value)
    return Control(symbol, f"{symbol} of {function}", ceil(low / step - 1e-9) * step, high, float(value), step)


def _finite(low: float, high: float, value: float) -> tuple[float, float]:
    if (low, high) == (-inf, inf):
        far = max(2.0, 2 * abs(value))
        return -far, far
    far = 4 * abs(value) or 4.0
    low, high = max(low, -far), min(high, far) if not isfinite(high) else high
    return max(low, far / 80) if low > 0 else low, high


def _step(width: float, value: float) -> float:
    """Return 1, 2 or 5 times a power of ten that divides `width` finely, and `value` without a rest if one does."""
    power = floor(log10(width / _POSITIONS) + 1e-9)
    steps = [factor * 10.0**exponent for exponent in (power + 1, power, power - 1) for factor in (5, 2, 1)]
    fine = [step for step in steps if step <= 2 * width / _POSITIONS * (1 + 1e-9)]
    return next((step for step in fine[:4] if abs(value / step - round(value / step)) < 1e-9), fine[0])
