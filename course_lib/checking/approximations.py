"""Answers that come near the right values without being the formula: differences, rounding, low precision."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import Caller
from course_lib.checking.exercise import Exercise
from course_lib.checking.known_slips import Diagnosis
from course_lib.checking.trial import Trial
from course_lib.checking.watching import watch

#: In units of the largest value: an answer that is this close everywhere, and no closer, approximates.
NEAR, DIFFERENCE_NEAR = 1e-3, 2e-2
#: Median relative error on small inputs above which values that pass one by one are still approximations.
APPROXIMATE = 1.2e-15

#: The slips of an answer that comes near the right values without being the formula.
APPROXIMATIONS = ("finite_difference", "rounded", "lower_precision", "approximate")

COMPLEX_STEP = Diagnosis(
    "complex_step",
    "This is the complex step: a beautiful way to compute a slope, but the exercise asks for its formula.",
)
FINITE_DIFFERENCE = Diagnosis(
    "finite_difference",
    "This is a finite difference of the function: a fine way to check a slope, but the exercise asks for its "
    "formula, which is right to the last digits.",
)


def approximation(exercise: Exercise, caller: Caller, trials: Sequence[Trial]) -> Diagnosis | None:
    """Tell apart the ways in which an answer can be nearly right; None where it is not."""
    if exercise.returns.what != "numbers":
        return None
    answer = np.concatenate([t.got for t in trials])
    wanted = np.concatenate([t.wanted for t in trials])
    error = np.abs(answer - wanted) / np.max(np.abs(wanted), initial=1e-300)
    rounded = _rounded(answer, wanted)
    if rounded:
        return rounded
    if np.all(error <= DIFFERENCE_NEAR) and watch(caller, exercise, trials[0].probe.arguments).differences:
        return FINITE_DIFFERENCE
    if not np.all(error <= NEAR):
        return None
    for dtype, precision in ((np.float16, "half"), (np.float32, "single")):
        if np.array_equal(answer, answer.astype(dtype)):
            sentence = f"The values have {precision} precision: somewhere the numbers are narrowed."
            return Diagnosis("lower_precision", sentence)
    if not exercise.by_formula:
        return None
    digits = int(-np.log10(max(float(np.median(error)), 1e-16)))
    sentence = (
        f"The values are right to about {digits} digits and no further, where a formula is right to 15. "
        "Is this a finite difference, a rounded constant or a lower precision?"
    )
    return Diagnosis("approximate", sentence)


def _rounded(answer: NDArray[np.float64], wanted: NDArray[np.float64]) -> Diagnosis | None:
    if not np.any(answer != 0):
        return None
    for decimals in range(2, 13):
        if np.all(np.abs(answer - np.round(wanted, decimals)) <= 1e-15 * np.maximum(1, np.abs(wanted))):
            return Diagnosis("rounded", f"The values are rounded to {decimals} decimals; return them as they are.")
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
