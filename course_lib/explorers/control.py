"""What a learner moves: sliders and choices, and the traits that hold their values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from course_lib.explorers.explorer import BadValue, Number, as_number
from course_lib.explorers.figure import decimals_for


@dataclass(frozen=True)
class Control:
    """A slider with a number box.

    Attributes
    ----------
    name, label : str
        The parameter that it sets, and what the learner reads.
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

    def trait(self) -> Number:
        """Return a trait that holds the value and keeps it within the range."""
        return Within(self)

    def check(self, value: object, called: str | None = None) -> float:
        """Return `value` as a float.

        Raises
        ------
        BadValue
            If it is no number or out of range; the sentence calls it by the control's name, or `called`.
        """
        called = called or self.name
        number = as_number(called, value)
        if not self.low <= number <= self.high:
            raise BadValue(f"{called} must lie between {self.low:g} and {self.high:g}, but it is {number:g}.")
        return number

    def as_dict(self) -> dict[str, Any]:
        """Return what the browser needs."""
        return {**asdict(self), "decimals": self.decimals}


@dataclass(frozen=True)
class Choice:
    """A list from which one value is chosen.

    Attributes
    ----------
    name, label : str
        The parameter that it sets, and what the learner reads.
    options : tuple of (str, float)
        What the learner reads for each value, and the value, in the parameter's unit.
    value : float
        The first value, one of the options.
    """

    name: str
    label: str
    options: tuple[tuple[str, float], ...]
    value: float

    def trait(self) -> Number:
        """Return a trait that holds the value and keeps it one of the options."""
        return OneOf(self)

    def as_dict(self) -> dict[str, Any]:
        """Return what the browser needs."""
        return asdict(self)


class Within(Number):
    """A trait that holds a slider's value and keeps it within the slider's range."""

    def __init__(self, control: Control) -> None:
        super().__init__(control.value)
        self._control = control

    def validate(self, obj: Any, value: object) -> float:
        """Return `value` as a float."""
        return self._control.check(value)


class OneOf(Number):
    """A trait that holds the value of a choice."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.value)
        self._choice = choice

    def validate(self, obj: Any, value: object) -> float:
        """Return `value` as a float."""
        number = super().validate(obj, value)
        offered = [option for _, option in self._choice.options]
        if number not in offered:
            listed = ", ".join(f"{option:g}" for option in offered)
            raise BadValue(f"{self._choice.name} must be one of {listed}, but it is {number:g}.")
        return number
