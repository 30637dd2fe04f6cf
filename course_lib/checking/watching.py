"""Watches how an answer works, where its values alone can't tell: a difference, or a complex step."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib.checking.calling import Caller
from course_lib.checking.deadline import TimeIsUp
from course_lib.checking.exercise import Exercise

#: A shift of the input up to this size may be a finite difference's step.
LARGEST_STEP = 0.2
#: The steps' sum or the divisor of a difference formula, in units of the step: 1 for forward, 840 for order 8.
LARGEST_DIVISOR = 900


@dataclass
class Seen:
    """The single numbers by which something was shifted, and by which something was divided."""

    shifts: list[Any] = field(default_factory=list)
    divisors: list[Any] = field(default_factory=list)

    @property
    def differences(self) -> bool:
        """Whether something was shifted by a small step, and later divided by that step or a multiple."""
        steps = [abs(s) for s in self.shifts if 0 < abs(s) <= LARGEST_STEP]
        return any(0.99 <= abs(d) / s <= LARGEST_DIVISOR for s in steps for d in self.divisors)

    @property
    def complex_step(self) -> bool:
        """Whether a step went into the complex plane."""
        return self.differences and any(isinstance(s, complex | np.complexfloating) for s in self.shifts)


class _Watched(np.ndarray):
    """An array that notes the single numbers that it meets, and passes the notebook on to what is made of it."""

    seen: Seen | None = None

    def __array_finalize__(self, source: Any) -> None:
        self.seen = getattr(source, "seen", None)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if self.seen is not None and len(inputs) == 2:
            self._note(ufunc, inputs[1] if isinstance(inputs[0], _Watched) else inputs[0], inputs[1])
        if kwargs.get("out"):
            kwargs["out"] = tuple(map(_plain, kwargs["out"]))
        made = getattr(ufunc, method)(*map(_plain, inputs), **kwargs)
        if not isinstance(made, np.ndarray | np.generic):
            return made
        watched = np.asarray(made).view(_Watched)
        watched.seen = self.seen
        return watched

    def _note(self, ufunc: np.ufunc, other: Any, second: Any) -> None:
        if self.seen is None or not isinstance(other, int | float | complex | np.number):
            return
        if ufunc in (np.add, np.subtract):
            self.seen.shifts.append(other)
        elif ufunc is np.divide and other is second and other != 0:
            self.seen.divisors.append(other)
        elif ufunc is np.multiply and other != 0:
            self.seen.divisors.append(1 / other)


def _plain(value: Any) -> Any:
    return np.asarray(value) if isinstance(value, _Watched) else value


def watch(caller: Caller, exercise: Exercise, arguments: tuple[Any, ...]) -> Seen:
    """Return what is seen while the answer works on `arguments`; nothing where it can't be watched."""
    if not exercise.by_formula or not exercise.elementwise:
        return Seen()
    place = exercise.input_places[0]
    watched = np.array(arguments[place], dtype=np.float64).view(_Watched)
    watched.seen = seen = Seen()
    try:
        with caller.quiet():
            caller.function(*arguments[:place], watched, *arguments[place + 1 :])
    except (KeyboardInterrupt, TimeIsUp):
        raise
    except BaseException:  # SystemExit too
        return Seen()  # it refuses such an array; its values were judged already
    return seen
