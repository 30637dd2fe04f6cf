"""What an exercise is: the right answer, what is tried, the points, the known slips and the hints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Part = Literal["values", "parameters", "extremes", "shapes", "argument"]

#: The graded parts in the order in which they are told, and what each is called.
PARTS: Mapping[Part, str] = {
    "values": "the values",
    "parameters": "its parameters",
    "extremes": "saturated and extreme inputs",
    "shapes": "shapes and dtype",
    "argument": "its argument left unchanged",
}


@dataclass(frozen=True)
class Probe:
    """One call of the answer: the part that it counts for, what it is, and the arguments."""

    part: Part
    label: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Slip:
    """A wrong answer that is often given.

    Attributes
    ----------
    name : str
        A stable identifier such as ``"input_for_output"``.
    formula : callable
        The wrong answer itself, with the exercise's arguments.
    sentence : str
        What teaches; never the right formula.
    """

    name: str
    formula: Callable[..., Any]
    sentence: str


def _size_of_first(*arguments: Any) -> Any:
    return np.abs(np.asarray(arguments[0], dtype=np.float64))


@dataclass(frozen=True)
class Exercise:
    """A graded function.

    Attributes
    ----------
    name, lesson : str
        The function's name, and the lesson's file name such as ``"03_sigmoid"``.
    arguments : tuple of str
        The names of its arguments.
    wanted : str
        What the function returns, in a few words: 'the slope of the sigmoid'.
    reference : callable
        The right answer, accurate over the whole range.
    shown : callable
        What a learner can trust and recompute, such as a finite difference; quoted in messages.
    shown_as : str
        How it is called there: 'the finite difference of sigmoid'.
    probes : callable
        ``probes(rng)`` draws what is tried.
    examples : tuple of tuples
        Arguments with round numbers, of which a message quotes the first that is telling.
    parts : mapping
        The points of each part.
    slips : tuple of Slip
        Known wrong answers.
    hints : tuple of three str
        Each says more than the one before; none says the answer.
    condition : callable
        ``condition(*arguments)``: by how much a relative rounding of the arguments is amplified.
    insight : callable or None
        ``insight(answer)`` gives one sentence worth knowing about a right answer.
    elementwise : bool
        Whether the result has the shape of the first argument.
    """

    name: str
    lesson: str
    arguments: tuple[str, ...]
    wanted: str
    reference: Callable[..., Any]
    shown: Callable[..., Any]
    shown_as: str
    probes: Callable[[np.random.Generator], list[Probe]]
    examples: tuple[tuple[Any, ...], ...]
    parts: Mapping[Part, float]
    slips: tuple[Slip, ...]
    hints: tuple[str, str, str]
    condition: Callable[..., Any] = _size_of_first
    insight: Callable[[Callable[..., Any]], str | None] | None = None
    elementwise: bool = True

    @property
    def max_points(self) -> float:
        """The sum of the parts."""
        return float(sum(self.parts.values()))

    def expected(self, *arguments: Any) -> NDArray[Any]:
        """Return the right answer; single precision is widened first."""
        return np.asarray(self.reference(*(_widened(a) for a in arguments)), dtype=np.float64)


def _widened(argument: Any) -> Any:
    return argument.astype(np.float64) if isinstance(argument, np.ndarray) else argument


@dataclass(frozen=True)
class Case:
    """What was tried, and how it went.

    Attributes
    ----------
    label : str
        What was tried: '60 moderate inputs'.
    input : str
        The input that is shown; where all went well, a description without drawn values.
    got, expected : str
        At that input.
    ok : bool
        Whether the answer was right there.
    """

    label: str
    input: str
    got: str
    expected: str
    ok: bool
