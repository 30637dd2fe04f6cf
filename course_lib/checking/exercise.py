"""What an exercise is: the right answer, what is tried, the points, the known slips and the hints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.returned import NUMBERS, Returns

Part = Literal["values", "parameters", "extremes", "memory", "shapes", "argument"]

#: The graded parts in the order in which they are told, and what each is called.
PARTS: Mapping[Part, str] = {
    "values": "the values",
    "parameters": "its parameters",
    "extremes": "extreme inputs",
    "memory": "the memory that it takes",
    "shapes": "shapes and dtype",
    "argument": "its argument left unchanged",
}


@dataclass(frozen=True, eq=False)
class Probe:
    """One call of the answer. Two are never equal, so that what belongs to one can be kept.

    Attributes
    ----------
    part : str
        The part that it counts for.
    label : str
        What it is.
    arguments : tuple
        The arguments; where the last ones are left out, the answer's own defaults are tried.
    bytes_allowed : int or None
        How much memory the call may take at once; None where nobody measures.
    graded_only : bool
        Whether it is tried only where the answer is confined: a learner's own machine might not bear it.
    secret : bool
        Whether messages round the inputs that were drawn.
    """

    part: Part
    label: str
    arguments: tuple[Any, ...]
    bytes_allowed: int | None = None
    graded_only: bool = False
    secret: bool = False


@dataclass(frozen=True)
class Slip:
    """A wrong answer that is often given.

    Attributes
    ----------
    name : str
        A stable identifier such as ``"input_for_output"``.
    formula : callable
        The wrong answer itself, with the exercise's arguments. It may raise where the wrong answer does.
    sentence : str
        What teaches; never the right formula.
    same : float
        Relative agreement at which an answer is taken to be this formula.
    """

    name: str
    formula: Callable[..., Any]
    sentence: str
    same: float = 1e-9


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
    not_yet : str
        What is told first of wrong values; by default that they 'are not' what is wanted 'yet'.
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
    extreme_slips : tuple of Slip
        Answers whose values are right, and that fail at extreme inputs.
    hints : tuple of three str
        Each says more than the one before; none says the answer.
    condition : callable
        ``condition(*arguments)``: by how much a relative rounding of the arguments is amplified.
    largest_condition : float
        Where that is cut off: uncapped, any finite answer would pass at 1e300.
    accepts : callable or None
        ``accepts(*arguments) -> (low, high)`` where more than one value is right, as at a kink.
    insight : callable or None
        ``insight(answer)`` gives one sentence worth knowing about a right answer.
    because : callable or None
        ``because(*arguments)`` says in a few words why an example's value is the right one.
    undone : callable or None
        Where the argument is the output of a function: ``undone(y)`` gives the input that it had.
    elementwise : bool
        Whether each entry of the result belongs to one entry of the inputs.
    inputs : tuple of str
        The arguments that are taken entry by entry; by default the first.
    by : str
        The argument with respect to which a derivative is taken; by default the first.
    defaults : mapping
        The default values of the last arguments.
    returns : Returns
        What comes back: numbers by default.
    by_formula : bool
        Whether a formula is asked for, so that a finite difference is not what is wanted.
    keeps_dtype : bool
        Whether a float dtype must come back as it went in; elsewhere another one is noted.
    given : mapping
        What the exercise hands in by its name, beside numpy and math: a function that the answer may call.
    plotted : tuple of two float
        From where to where the first input runs in the plot.
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
    extreme_slips: tuple[Slip, ...] = ()
    not_yet: str = ""
    condition: Callable[..., Any] = _size_of_first
    largest_condition: float = 1e4
    accepts: Callable[..., tuple[Any, Any]] | None = None
    insight: Callable[[Callable[..., Any]], str | None] | None = None
    because: Callable[..., str] | None = None
    undone: Callable[..., Any] | None = None
    elementwise: bool = True
    inputs: tuple[str, ...] = ()
    by: str = ""
    defaults: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    returns: Returns = NUMBERS
    by_formula: bool = True
    keeps_dtype: bool = False
    given: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: MappingProxyType({}))
    plotted: tuple[float, float] = (-6.0, 6.0)

    @property
    def max_points(self) -> float:
        """The sum of the parts."""
        return float(sum(self.parts.values()))

    @property
    def input_places(self) -> tuple[int, ...]:
        """The places of the inputs among the arguments; none where the result is not element-wise."""
        if not self.elementwise:
            return ()
        return tuple(self.arguments.index(name) for name in self.inputs or self.arguments[:1])

    @property
    def variable(self) -> str:
        """The name of the argument with respect to which a derivative is taken."""
        return self.by or self.arguments[0]

    @cached_property
    def one_number(self) -> bool:
        """Whether one number, or one verdict, comes back whatever the shape of the arguments."""
        return not self.elementwise and self.expected(*self.examples[0])[0].ndim == 0

    def completed(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return all the arguments: those that were left out have their default values."""
        return (*arguments, *(self.defaults[name] for name in self.arguments[len(arguments) :]))

    def expected(self, *arguments: Any) -> tuple[NDArray[Any], ...]:
        """Return the right answer, one array for each result; single precision is widened first."""
        return self.returns.in_float64(self.reference(*map(_widened, self.completed(arguments))))


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
