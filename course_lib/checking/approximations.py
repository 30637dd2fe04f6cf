"""Answers that come near the right values without being the formula: differences, rounding, low precision."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.answer import Answer
from course_lib.checking.exercise import Exercise
from course_lib.checking.known_slips import Diagnosis
from course_lib.checking.trial import Trial
from course_lib.checking.watching import Seen

#: In units of the largest value: an answer that is this close everywhere, and no closer, approximates.
NEAR, DIFFERENCE_NEAR = 1e-3, 2e-2
#: In the same units: an answer that is further off anywhere is not the formula in a lower precision.
FAR = 0.1
#: Median relative error on small inputs above which values that pass one by one are still approximations.
APPROXIMATE = 1.2e-15

#: The slips of an answer that comes near the right values without being the formula.
APPROXIMATIONS = ("finite_difference", "rounded", "lower_precision", "approximate", "small_number_added")

COMPLEX_STEP = Diagnosis(
    "complex_step",
    "This is the complex step: a beautiful way to compute a slope, but the exercise asks for its formula.",
)
FINITE_DIFFERENCE = Diagnosis(
    "finite_difference",
    "This is a finite difference of the function: a fine way to check a slope, but the exercise asks for its "
    "formula, which is right to the last digits.",
)


def approximation(exercise: Exercise, caller: Answer, trials: Sequence[Trial]) -> Diagnosis | None:
    """Tell apart the ways in which an answer can be nearly right; None where it is not."""
    if exercise.returns.what != "numbers":
        return None
    answer = np.concatenate([t.got for t in trials])
    wanted = np.concatenate([t.wanted for t in trials])
    error = np.abs(answer - wanted) / np.max(np.abs(wanted), initial=1e-300)
    rounded = _rounded(answer, wanted)
    if rounded:
        return rounded
    if np.median(error) <= DIFFERENCE_NEAR:  # near a kink a difference may be far off
        seen = watched(caller, exercise, trials[0].probe.arguments)
        if seen.complex_step:
            return COMPLEX_STEP
        if seen.differences:
            return FINITE_DIFFERENCE
    narrowed = _narrowed(answer, wanted, error)
    if narrowed or not np.all(error <= NEAR):
        return narrowed
    digits = int(-np.log10(max(float(np.median(error)), 1e-16)))
    sentence = f"The values are right to about {digits} digits and no further, where a formula is right to 15. "
    often = "a finite difference, a rounded constant or" if exercise.by_formula else "something added, rounded, or"
    return Diagnosis("approximate", f"{sentence}Is this {often} a lower precision?")


def _narrowed(answer: NDArray[np.float64], wanted: NDArray[np.float64], error: NDArray[np.float64]) -> Diagnosis | None:
    """Look for numbers that all have few digits, where the right ones have more."""
    off = error[error > 0]
    if np.unique(answer).size <= 2 or np.max(off, initial=0) > FAR:
        return None  # of a step, which jumps from 0 to 1, few digits say nothing
    for dtype, precision, blur in ((np.float16, "half", 2e-3), (np.float32, "single", 1e-5)):
        few = np.array_equal(answer, answer.astype(dtype)) and not np.array_equal(wanted, wanted.astype(dtype))
        if few and off.size and np.median(off) <= blur:
            sentence = f"The values have {precision} precision: somewhere the numbers are narrowed."
            return Diagnosis("lower_precision", sentence)
    return None


def _rounded(answer: NDArray[np.float64], wanted: NDArray[np.float64]) -> Diagnosis | None:
    for decimals in range(13):
        rounded = np.round(wanted, decimals)
        enough = np.unique(rounded).size > 2  # fewer may agree by chance
        if enough and np.all(np.abs(answer - rounded) <= 1e-15 * np.maximum(1, np.abs(wanted))):
            to = f"{decimals} decimals" if decimals else "whole numbers"
            return Diagnosis("rounded", f"The values are rounded to {to}; return them as they are.")
    return None


def is_approximate(trials: Sequence[Trial]) -> bool:
    """Return whether numbers that pass one by one are together too far off for a formula."""
    trial = trials[0]
    exercise = trial.exercise
    if not exercise.by_formula or not exercise.elementwise or len(exercise.arguments) != 1:
        return False  # how much rounding a right form may have depends on the other arguments
    small = (np.abs(np.ravel(trial.arguments[0])) <= 3) & (trial.wanted != 0)
    if not small.any():
        return False
    return bool(np.median(np.abs(trial.got - trial.wanted)[small] / np.abs(trial.wanted)[small]) > APPROXIMATE)


def watched(caller: Answer, exercise: Exercise, arguments: tuple[Any, ...]) -> Seen:
    """Return what is seen while the answer works on `arguments`; nothing where no formula is asked for."""
    if not exercise.by_formula:
        return Seen()
    place = exercise.arguments.index(exercise.variable)
    undone = exercise.undone(np.array(arguments[place], dtype=np.float64)) if exercise.undone else None
    return caller.watched(arguments, place, None if undone is None else np.asarray(undone))
