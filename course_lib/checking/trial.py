"""What is asked, what came back, and how it compares with what is right. Everything is computed once."""

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.answer import Answer
from course_lib.checking.calling import Reply
from course_lib.checking.exercise import Case, Exercise, Probe
from course_lib.checking.returned import Values, flat
from course_lib.checking.showing import arguments_shown, shown

Floats = NDArray[np.float64]

EPS = float(np.finfo(np.float64).eps)
#: Relative error that an accurate formula stays below, whatever its algebraic form (measured: a tenth of it).
RELATIVE = 2.0**-47
#: The same for float32 input, and the absolute error there.
SINGLE_RELATIVE, SINGLE_ABSOLUTE = 1e-4, 2e-6


class Asked:
    """A probe of an exercise, and what is right for it: computed once, however many answers are asked.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    probe : Probe
        What is tried.
    """

    def __init__(self, exercise: Exercise, probe: Probe) -> None:
        self.exercise, self.probe = exercise, probe
        self.arguments = exercise.completed(probe.arguments)

    @cached_property
    def expected(self) -> Values:
        """The right answer, one array for each result."""
        return self.exercise.expected(*self.probe.arguments)

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes that are asked for."""
        return tuple(e.shape for e in self.expected)

    @cached_property
    def wanted(self) -> Floats:
        """The right numbers. Those of several results stand in one row."""
        return flat(self.expected)

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """The smallest and the largest right numbers: they differ where more than one value is right."""
        if self.exercise.accepts is None:
            return self.wanted, self.wanted
        low, high = self.exercise.accepts(*self.arguments)
        return np.ravel(np.asarray(low, dtype=np.float64)), np.ravel(np.asarray(high, dtype=np.float64))

    @cached_property
    def tolerance(self) -> Floats:
        """How far off each number may be."""
        if any(isinstance(a, np.ndarray) and a.dtype == np.float32 for a in self.probe.arguments):
            return SINGLE_RELATIVE * np.abs(self.wanted) + SINGLE_ABSOLUTE
        conditions = self.exercise.condition(*self.arguments)
        if len(self.expected) == 1:
            conditions = (conditions,)
        spread = [np.broadcast_to(c, shape) for c, shape in zip(conditions, self.shapes, strict=True)]
        condition = np.clip(flat(tuple(spread)), 1, self.exercise.largest_condition)
        return np.asarray(RELATIVE * np.abs(self.wanted) + 8 * EPS * condition)

    @cached_property
    def passing(self) -> tuple[Floats, Floats]:
        """Between which numbers one that came back must lie."""
        low, high = self.bounds
        return low - self.tolerance, high + self.tolerance


class Trial:
    """What was asked, with the answer's reply. Numbers of several results stand in one row.

    Parameters
    ----------
    asked : Asked
        The probe, and what is right for it.
    reply : Reply
        What came back.

    Attributes
    ----------
    fits : bool
        Whether numbers came back, and in the right shapes.
    """

    def __init__(self, asked: Asked, reply: Reply) -> None:
        self.asked, self.reply = asked, reply
        self.exercise, self.probe, self.arguments = asked.exercise, asked.probe, asked.arguments
        self.fits = reply.values is not None and tuple(v.shape for v in reply.values) == asked.shapes

    @property
    def expected(self) -> Values:
        """The right answer, one array for each result."""
        return self.asked.expected

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes that are asked for."""
        return self.asked.shapes

    @property
    def wanted(self) -> Floats:
        """The right numbers."""
        return self.asked.wanted

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """The smallest and the largest right numbers."""
        return self.asked.bounds

    @property
    def tolerance(self) -> Floats:
        """How far off each number may be."""
        return self.asked.tolerance

    @cached_property
    def got(self) -> Floats:
        """The numbers that came back."""
        if self.reply.values is None:
            raise ValueError("there was no answer")
        return flat(self.reply.values)

    @cached_property
    def wrong(self) -> NDArray[np.bool_]:
        """Which of the numbers are wrong."""
        low, high = self.asked.passing
        return np.asarray(~((self.got >= low) & (self.got <= high)))

    @cached_property
    def ok(self) -> bool:
        """Whether all is right."""
        return self.fits and not self.wrong.any()

    @cached_property
    def telling_entry(self) -> int:
        """The place of the wrong number to look at: the one whose input is smallest."""
        places = np.flatnonzero(self.wrong)
        if not self.exercise.elementwise:
            return int(places[0])
        sizes = [np.abs(self._input(i)).astype(np.float64)[places] for i in self.exercise.input_places]
        return int(places[np.argmin(np.max(sizes, axis=0))])

    def _input(self, place: int) -> NDArray[Any]:
        """Return the argument at `place`, one number for each number of the result."""
        return np.ravel(np.broadcast_to(self.arguments[place], self.shapes[0]))

    def entry_shown(self, at: int) -> str:
        """Return in words to which input a number belongs."""
        exercise, given = self.exercise, self.probe.arguments
        if exercise.elementwise:
            alone = [self._input(i)[at] if i in exercise.input_places else a for i, a in enumerate(given)]
            pairs = zip(exercise.arguments, alone, strict=False)
            named = ((n, shown(a) if callable(a) else self._number_shown(float(a))) for n, a in pairs)
            return ", ".join(f"{n} = {a}" for n, a in named if a != n)
        if self.wanted.size == 1:
            return arguments_shown(exercise.arguments, given)
        pairs = zip(exercise.arguments, given, strict=False)
        shapes = [f"{n} of shape {a.shape}" for n, a in pairs if isinstance(a, np.ndarray)]
        if len(shapes) == 1:
            article = "an" if shapes[0].startswith("x") else "a"
            return f"{exercise.returns.entry(self.shapes, at)} for {article} {shapes[0]}"
        *first, last = shapes
        return f"{exercise.returns.entry(self.shapes, at)} for {', '.join(first)} and {last}"

    def _number_shown(self, number: float) -> str:
        """Return an input in words; one that is drawn for a grade is rounded, but 0 and 1000 stay what they are."""
        rounded = f"{number:.3g}"
        return f"about {rounded}" if self.probe.secret and float(rounded) != number else f"{number:.6g}"

    def wanted_shown(self, at: int, digits: int = 5) -> str:
        """Return the right number, or between which numbers it must lie."""
        low, high = (bound[at] for bound in self.bounds)
        if self.exercise.returns.what == "truth":
            return str(bool(low))
        return f"{low:.{digits}g}" if low == high else f"a number from {low:.{digits}g} to {high:.{digits}g}"

    def got_shown(self, at: int, digits: int = 5) -> str:
        """Return the number that came back."""
        value = self.got[at]
        if self.exercise.returns.what == "truth" and value in (0, 1):
            return str(bool(value))
        return f"{value:.{digits}g}"

    def both_shown(self, at: int) -> tuple[str, str]:
        """Return what came back and what is right, with as many digits as show the difference, and at least 5."""
        pairs = ((self.got_shown(at, digits), self.wanted_shown(at, digits)) for digits in range(5, 18))
        return next((pair for pair in pairs if pair[0] != pair[1]), (self.got_shown(at), self.wanted_shown(at)))

    def case(self) -> Case:
        """Return what the report says about it."""
        label = self.probe.label
        if self.reply.values is None:
            return Case(label, label, self.reply.sentence, "an array of numbers", ok=False)
        if not self.fits:
            shape_shown = self.exercise.returns.shape_shown
            return Case(label, label, shape_shown(self.reply.values), shape_shown(self.expected), ok=False)
        if self.ok:
            return Case(label, label, "right", "right", ok=True)
        at = self.telling_entry
        return Case(label, self.entry_shown(at), *self.both_shown(at), ok=False)

    @property
    def finite_difference_too_weak(self) -> bool:
        """Whether what a learner can recompute is too far off to judge some of these inputs."""
        exercise = self.exercise
        if exercise.shown is exercise.reference or not exercise.by_formula:
            return False
        trusted = np.ravel(np.asarray(exercise.shown(*self.arguments), dtype=np.float64))
        low, high = self.bounds
        # Where the slope is 0 the difference is 0 up to rounding, and how that falls is the machine's affair.
        below, above = (np.where(bound == 0, 1e-9, 1e-3 * np.abs(bound)) for bound in (low, high))
        return not np.all((trusted >= low - below) & (trusted <= high + above))


def tried(answer: Answer, *asked: Asked) -> list[Trial]:
    """Return the trials of an answer: it is asked all of it, one after the other."""
    replies = answer.each([one.probe for one in asked])
    return [Trial(one, reply) for one, reply in zip(asked, replies, strict=True)]


def draw(exercise: Exercise, rng: np.random.Generator, *, graded: bool) -> list[Asked]:
    """Draw what is asked in one check, or of everybody who is graded.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    rng : numpy.random.Generator
        Where the inputs come from.
    graded : bool
        Whether it counts: then no message shows a drawn input to its last digit, and the probes that a learner's own
        machine might not bear are there too.
    """
    probes = exercise.probes(rng)
    if graded:
        probes = [replace(probe, secret=True) for probe in probes]
    return [Asked(exercise, probe) for probe in probes if graded or not probe.graded_only]
