"""Which slip was made? Named only when exactly one explanation fits: a wrong name is worse than none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import Caller
from course_lib.checking.exercise import Exercise, Probe
from course_lib.checking.watching import watch

Floats = NDArray[np.float64]

#: Relative agreement at which an answer is taken to be the same formula as a slip.
SAME = 1e-9
#: In units of the largest value: an answer that is this close everywhere, and no closer, approximates.
NEAR, DIFFERENCE_NEAR = 1e-3, 2e-2


@dataclass(frozen=True)
class Diagnosis:
    """A slip's stable name, and the sentence that teaches."""

    slip: str
    sentence: str = ""


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


def diagnose(exercise: Exercise, caller: Caller, probes: Sequence[Probe], got: Sequence[Floats]) -> Diagnosis | None:
    """Name the slip in an answer whose values are wrong.

    Parameters
    ----------
    exercise : Exercise
        With its known slips.
    caller : Caller
        The answer, which may be called once more to see how it works.
    probes, got : sequences
        The calls that judge the values, and what came back: numeric, in the right shapes.
    """
    arguments = [p.arguments for p in probes]
    wanted = [exercise.expected(*a) for a in arguments]
    known = [
        Diagnosis(slip.name, slip.sentence)
        for slip in exercise.slips
        if _all_near(got, [np.asarray(slip.formula(*a)) for a in arguments])
    ]
    found = known or _approximations(caller, arguments[0], _joined(got), _joined(wanted))
    found = found or _general(exercise, caller, arguments, got, wanted)
    return found[0] if len(found) == 1 else None


def _joined(arrays: Iterable[Any]) -> Floats:
    return np.concatenate([np.ravel(np.asarray(a, dtype=np.float64)) for a in arrays])


def _near(a: Floats, b: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.abs(a - b) <= SAME * np.abs(b) + 1e-13)


def _all_near(a: Iterable[Any], b: Iterable[Any]) -> bool:
    return bool(np.all(_near(_joined(a), _joined(b))))


def _approximations(caller: Caller, arguments: tuple[Any, ...], answer: Floats, wanted: Floats) -> list[Diagnosis]:
    """Tell apart the ways in which an answer can be nearly right."""
    error = np.abs(answer - wanted) / np.max(np.abs(wanted))
    if np.any(answer != 0):
        for decimals in range(2, 13):
            if np.all(np.abs(answer - np.round(wanted, decimals)) <= 1e-15):
                sentence = f"The values are rounded to {decimals} decimals; return them as they are."
                return [Diagnosis("rounded", sentence)]
    if np.all(error <= DIFFERENCE_NEAR) and watch(caller, arguments).differences:
        return [FINITE_DIFFERENCE]
    if not np.all(error <= NEAR):
        return []
    for dtype, precision in ((np.float16, "half"), (np.float32, "single")):
        if np.array_equal(answer, answer.astype(dtype)):
            sentence = f"The values have {precision} precision: somewhere the numbers are narrowed."
            return [Diagnosis("lower_precision", sentence)]
    digits = int(-np.log10(max(float(np.median(error)), 1e-16)))
    sentence = (
        f"The values are right to about {digits} digits and no further, where a formula is right to 15. "
        "Is this a finite difference, a rounded constant or a lower precision?"
    )
    return [Diagnosis("approximate", sentence)]


def _general(
    exercise: Exercise,
    caller: Caller,
    arguments: Sequence[tuple[Any, ...]],
    got: Sequence[Floats],
    wanted: Sequence[Floats],
) -> list[Diagnosis]:
    """Return what fits of the slips that an answer to any exercise can have."""
    if all(g.size > 1 and np.all(g == g.flat[0]) for g in got) and _stays(exercise, caller, arguments[0], got[0]):
        sentence = f"It returns {got[0].flat[0]:.4g} whatever {exercise.arguments[0]} is."
        return [Diagnosis("constant", sentence)]
    if _all_near(got, [-w for w in wanted]):
        return [Diagnosis("sign", "Everywhere it is exactly minus the right value: a sign got lost.")]
    answer, right = _joined(got), _joined(wanted)
    large = np.abs(right) > 1e-3 * np.max(np.abs(right))
    ratio = (answer[large] / right[large])[:, np.newaxis]
    factor = float(ratio[0, 0])
    if np.isfinite(factor) and factor != 0 and np.all(_near(ratio, np.full_like(ratio, factor))):
        return [Diagnosis("factor", f"Everywhere it is {factor:.4g} times the right value: a factor is off.")]
    return _one_sided(arguments[0][0], got[0], wanted[0]) if exercise.elementwise else []


def _stays(exercise: Exercise, caller: Caller, arguments: tuple[Any, ...], got: Floats) -> bool:
    """Return whether half of the inputs give the same as all: a mean, for one, does not."""
    if not exercise.elementwise:
        return True
    half = caller(arguments[0][::2], *arguments[1:]).value
    return half is not None and bool(np.all(half == got.flat[0]))


def _one_sided(x: Floats, answer: Floats, wanted: Floats) -> list[Diagnosis]:
    right = _near(answer, wanted)
    for side, here, there in (("positive", x > 0, x < 0), ("negative", x < 0, x > 0)):
        if here.sum() > 5 and there.sum() > 5 and np.all(right[here]) and not np.any(right[there]):
            sentence = f"It is right for {side} inputs only: what happens on the other side of 0?"
            return [Diagnosis("one_sided", sentence)]
    return []
