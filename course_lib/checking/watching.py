"""Watches how an answer works, where its values alone can't tell: a difference, or a complex step."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import Caller, copied
from course_lib.checking.deadline import TimeIsUp

#: A shift of the input up to this size may be a finite difference's step.
LARGEST_STEP = 0.2
#: The steps' sum or the divisor of a difference formula, in units of the step: 1 for forward, 840 for order 8.
LARGEST_DIVISOR = 900


@dataclass
class Seen:
    """The single numbers by which the input itself was shifted, and those by which something was divided.

    Attributes
    ----------
    inputs : tuple of arrays
        What counts as the input: that which is watched, and what gives it as an output.
    shifts, divisors : lists
        Single numbers; a shift of one entry alone counts as well.
    complex_step : bool
        Whether complex numbers came in, where all is real.
    told : bool
        That differences were seen elsewhere, from where only the verdict came.
    """

    inputs: tuple[NDArray[Any], ...] = ()
    shifts: list[float] = field(default_factory=list)
    divisors: list[float] = field(default_factory=list)
    complex_step: bool = False
    told: bool = False

    @property
    def differences(self) -> bool:
        """Whether the input was shifted by a small step, and something divided by that step or a multiple."""
        steps = [abs(s) for s in self.shifts if 0 < abs(s) <= LARGEST_STEP]
        return self.told or any(0.99 <= abs(d) / s <= LARGEST_DIVISOR for s in steps for d in self.divisors)


class _Watched(np.ndarray):
    """An array that notes the single numbers that it meets, and passes the notebook on to what is made of it."""

    seen: Seen | None = None

    def __array_finalize__(self, source: Any) -> None:
        self.seen = getattr(source, "seen", None)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        seen = next((i.seen for i in inputs if isinstance(i, _Watched) and i.seen), None)
        plain = tuple(map(_plain, inputs))
        if seen is not None:
            _note(seen, ufunc, inputs)
        if kwargs.get("out"):
            kwargs["out"] = tuple(map(_plain, kwargs["out"]))
        return _passed_on(getattr(ufunc, method)(*plain, **kwargs), seen)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return _passed_on(super().__array_function__(function, types, args, kwargs), self.seen)


def _passed_on(made: Any, seen: Seen | None) -> Any:
    if not isinstance(made, np.ndarray | np.generic) or made.dtype.kind not in "fciub":
        return made
    watched = np.asarray(made).view(_Watched)
    watched.seen = seen
    return watched


def _note(seen: Seen, ufunc: np.ufunc, inputs: tuple[Any, ...]) -> None:
    if any(np.iscomplexobj(_plain(i)) for i in inputs):
        seen.complex_step = True
        return
    if len(inputs) != 2:
        return
    for watched, other in (inputs, inputs[::-1]):
        number = _single_number(other)
        if number is None or not isinstance(watched, _Watched):
            continue
        if ufunc in (np.add, np.subtract):
            array = _plain(watched)
            if any(array.shape == i.shape and np.allclose(array, i, rtol=1e-9, atol=0) for i in seen.inputs):
                seen.shifts.append(number)
        elif ufunc is np.divide and other is inputs[1] and number != 0:
            seen.divisors.append(number)
        elif ufunc is np.multiply and number != 0:
            seen.divisors.append(1 / number)


def _single_number(value: Any) -> float | None:
    """Return a number; of an array that came from outside, the only entry that is not 0."""
    if isinstance(value, _Watched):
        return None
    if isinstance(value, int | float | np.integer | np.floating):
        return float(value)
    if isinstance(value, np.ndarray) and np.count_nonzero(value) == 1:
        return float(value[value != 0].item()) if value.ndim else float(value)
    return None


def _plain(value: Any) -> Any:
    return np.asarray(value) if isinstance(value, _Watched) else value


def watch(caller: Caller, arguments: tuple[Any, ...], place: int, undone: NDArray[Any] | None = None) -> Seen:
    """Return what is seen while the answer works on the array at `place`; nothing where it can't be watched.

    Parameters
    ----------
    caller : Caller
        The answer.
    arguments : tuple
        What it is called with.
    place : int
        The place of the array that is watched.
    undone : array, optional
        Where that array is the output of a function: the input that it had.
    """
    array = np.array(arguments[place], dtype=np.float64)
    seen = Seen((array.copy(), *([undone] if undone is not None else [])))
    watched = array.view(_Watched)
    watched.seen = seen
    try:
        with caller.quiet():
            caller.function(*map(copied, arguments[:place]), watched, *map(copied, arguments[place + 1 :]))
    except (KeyboardInterrupt, TimeIsUp):
        raise
    except BaseException:  # SystemExit too
        return Seen()  # it refuses such an array; its values were judged already
    return seen
