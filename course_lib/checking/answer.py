"""What a judge can ask of an answer, wherever it runs: in the learner's kernel, or confined in a process of its own."""

from collections.abc import Container, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import DEADLINE, Caller, Reply
from course_lib.checking.course_answers import lets_the_course_answer
from course_lib.checking.deadline import deadline
from course_lib.checking.exercise import Exercise, Probe
from course_lib.checking.foreign_names import foreign_names
from course_lib.checking.unwritten import does_nothing
from course_lib.checking.watching import Seen, watch


class Gone(BaseException):
    """The answer can't be asked any more: the process that it ran in has ended, or talks nonsense.

    Attributes
    ----------
    slip : str
        A stable identifier.
    sentence : str
        What to tell the learner.
    """

    def __init__(self, slip: str, sentence: str) -> None:
        super().__init__(sentence)
        self.slip, self.sentence = slip, sentence


class Answer(Protocol):
    """An answer to an exercise, as a judge sees it.

    Attributes
    ----------
    confined : bool
        Whether it runs where it can do no harm.
    seconds : float
        How long it may take, as messages tell it.
    measured_seconds : float
        The same for the one call whose memory is measured.
    printed : str
        The beginning of what it printed.
    warned : set of str
        What numpy or others warned of.
    """

    confined: bool
    seconds: float
    measured_seconds: float
    printed: str
    warned: set[str]

    def __call__(self, *arguments: Any) -> Reply:
        """Return what it makes of copies of `arguments`."""

    def each(self, probes: Sequence[Probe]) -> list[Reply]:
        """Return what it makes of the arguments of each probe, asked one after the other."""

    def measured(self, *arguments: Any) -> tuple[Reply, int]:
        """Return the reply, and how many bytes the call held at once; raises TimeIsUp early."""

    def watched(self, arguments: tuple[Any, ...], place: int, undone: NDArray[np.float64] | None) -> Seen:
        """Return how it works on the array at `place`, of which `undone` is what gives it as an output."""

    def does_nothing(self) -> bool:
        """Return whether it has no statements."""

    def lets_the_course_answer(self, exercise: Exercise) -> bool:
        """Return whether it is a function of the course, or calls one."""

    def foreign_names(self, given: Container[str]) -> list[str]:
        """Return the names that it uses and a grader does not have."""

    def in_time(self) -> AbstractContextManager[None]:
        """Raise TimeIsUp when the block takes longer than `seconds` in all."""


class OwnAnswer(Caller):
    """A learner's function in this very process.

    Parameters
    ----------
    function : object
        The function, or whatever was handed in.
    exercise : Exercise
        What is asked.
    seconds : float
        How long it may take in all.
    """

    confined = False
    #: A grader allows no more for one call.
    measured_seconds = 2.0

    def __init__(self, function: Any, exercise: Exercise, seconds: float = DEADLINE) -> None:
        super().__init__(function, exercise.arguments, exercise.returns, exercise.defaults)
        self.seconds = seconds

    def each(self, probes: Sequence[Probe]) -> list[Reply]:
        """Return what it makes of the arguments of each probe."""
        return [self(*probe.arguments) for probe in probes]

    def measured(self, *arguments: Any) -> tuple[Reply, int]:
        """Return the reply, and how many bytes the call held at once; stopped sooner than other calls."""
        with deadline(self.measured_seconds):
            return super().measured(*arguments)

    def watched(self, arguments: tuple[Any, ...], place: int, undone: NDArray[np.float64] | None) -> Seen:
        """Return how it works on the array at `place`."""
        return watch(self, arguments, place, undone)

    def does_nothing(self) -> bool:
        """Return whether it has no statements."""
        return does_nothing(self.function)

    def lets_the_course_answer(self, exercise: Exercise) -> bool:
        """Return whether it is a function of the course, or calls one."""
        return lets_the_course_answer(self.function, exercise)

    def foreign_names(self, given: Container[str]) -> list[str]:
        """Return the names that it uses and a grader does not have."""
        return foreign_names(self.function, given)

    def in_time(self) -> AbstractContextManager[None]:
        """Raise TimeIsUp when the block takes longer than `seconds` in all."""
        return deadline(self.seconds)
