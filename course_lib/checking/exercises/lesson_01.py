"""Lesson 01: finite differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.checking import functions
from course_lib.checking.exercise import Exercise, Part, Probe, Slip
from course_lib.checking.exercises.lesson_01_gradient_check import GRADIENT_CHECK
from course_lib.checking.exercises.lesson_01_relative_error import RELATIVE_ERROR
from course_lib.checking.exercises.lesson_01_wrong_line import FIRST_WRONG_LINE

Floats = NDArray[np.float64]
Function = Callable[[Any], Any]

# --- forward_difference and central_difference -----------------------------------------------------------------


def _forward(f: Function, x: Any, h: float) -> Any:
    return (f(x + h) - f(x)) / h


def _central(f: Function, x: Any, h: float) -> Any:
    return (f(x + h) - f(x - h)) / (2 * h)


def _rounding(f: Function, x: Any, h: float) -> Any:
    """Return how much a rounding of f or of x is blown up by the division by h."""
    x = np.asarray(x, dtype=np.float64)
    size = np.maximum(np.abs(f(x + h)), np.abs(f(x - h)))
    return (size + np.abs(x * _forward(f, x, h))) / h


def _slope_itself(f: Function, x: Any, h: float) -> Any:
    return finite_difference.extrapolated(f, np.asarray(x, dtype=np.float64)).value


def _difference_probes(rng: np.random.Generator) -> list[Probe]:
    def probe(part: Part, label: str, x: Any, f: Function, h: float) -> Probe:
        return Probe(part, label, (f, x, h))

    x = rng.uniform(-3, 3, 12)
    first, second = rng.permutation(np.array((functions.sine, functions.exponential), dtype=object))
    third, fourth = rng.permutation(np.array((functions.square, functions.cube), dtype=object))
    steps = rng.uniform([0.5, 0.3, 0.2, 0.2], [0.7, 0.5, 0.7, 0.7])
    table = rng.uniform(-3, 3, (3, 4))
    f, h = functions.sine, 0.5
    return [
        probe("values", "a large step", x, first, float(steps[0])),
        probe("values", "another large step", rng.uniform(-3, 3, 7), second, float(steps[1])),
        probe("values", "another function", rng.uniform(-3, 3, 9), third, float(steps[2])),
        probe("values", "a step of about 0.01", rng.uniform(-3, 3, 8), fourth, float(steps[3] / 50)),
        probe("values", "the step 1e-5", rng.uniform(-3, 3, 8), first, 1e-5),
        probe("shapes", "a single number (0-d array)", np.array(x[0]), f, h),
        probe("shapes", "an array of one", x[:1], f, h),
        probe("shapes", "a table (2-d)", table, f, h),
        probe("shapes", "a cube (3-d)", rng.uniform(-3, 3, (2, 3, 2)), f, h),
        probe("shapes", "every second entry of a table", table[:, ::2], f, h),
        probe("shapes", "an empty array", np.empty(0), f, h),
        probe("shapes", "whole numbers", np.array([-3, -1, 0, 1, 2]), f, h),
        probe("shapes", "single precision", x.astype(np.float32), f, h),
    ]


_DIFFERENCE_EXAMPLES = (
    (functions.square, 3.0, 0.5),
    (functions.cube, 1.0, 0.5),
    (functions.square, -1.0, 0.25),
    (functions.exponential, 0.0, 0.5),
)

_OTHER_STEP = "It does not use the h that is handed in: that step must be the one that is taken."
_IGNORES_H = Slip(
    "ignores_h",
    _slope_itself,
    _OTHER_STEP,
    same=1e-5,
)
#: Steps that an answer may have of its own, in the place of the one that is handed in.
_OWN_STEPS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)


def _own_steps(difference: Callable[[Function, Any, float], Any]) -> tuple[Slip, ...]:
    """Make the slips in which a fixed step stands for h in one of its places, or in both."""
    divides = "Where it divides it does not use the h that is handed in, but a number of its own."
    moves = "Where it moves x it does not use the h that is handed in, but a number of its own."
    return tuple(
        slip
        for s in _OWN_STEPS
        for slip in (
            Slip("ignores_h", lambda f, x, h, s=s: difference(f, x, h) * h / s, divides),
            Slip("ignores_h", lambda f, x, h, s=s: difference(f, x, s) * s / h, moves),
            Slip("ignores_h", lambda f, x, h, s=s: difference(f, x, s), _OTHER_STEP),
        )
    )


_FUNCTION_ITSELF = Slip(
    "forward_for_derivative", lambda f, x, h: f(x), "This is f itself; the exercise asks how steeply it rises."
)


def _errors_at_1(answer: Callable[..., Any]) -> str | None:
    """Compare the answer's error with that of the other difference, for one function, place and step."""
    h, x = 1e-5, np.array(1.0)
    yours = float(np.abs(answer(functions.sine, x, h) - np.cos(1.0)))
    forward, central = (float(np.abs(d(np.sin, x, h) - np.cos(1.0))) for d in (_forward, _central))
    other, error = ("central", central) if abs(yours - forward) < 1e-8 else ("forward", forward)
    return (
        f"For the sine at x = 1 and h = 1e-5 yours is off by {yours:.0e}; the {other} difference "
        f"with the same h is off by {error:.0e}."
    )


FORWARD_DIFFERENCE = Exercise(
    name="forward_difference",
    lesson="01_slopes",
    arguments=("f", "x", "h"),
    wanted="the forward difference",
    reference=_forward,
    shown=_forward,
    shown_as="the slope of the line through the two points of the curve",
    probes=_difference_probes,
    examples=_DIFFERENCE_EXAMPLES,
    parts={"values": 7, "shapes": 2, "argument": 1},
    condition=_rounding,
    largest_condition=1e9,
    inputs=("x",),
    by_formula=False,
    slips=(
        Slip(
            "central_for_forward",
            _central,
            "This is the central difference, which steps to both sides; the forward one begins at x itself.",
        ),
        Slip(
            "backward_for_forward",
            lambda f, x, h: (f(x) - f(x - h)) / h,
            "It looks back, from x to the left; forward is to the right.",
        ),
        Slip(
            "missing_division",
            lambda f, x, h: f(x + h) - f(x),
            "This is how far f rises; a slope is how far it rises for each unit of x.",
        ),
        Slip(
            "missing_bracket",
            lambda f, x, h: f(x + h) - f(x) / h,
            "The division is done before the subtraction, so that only one of the two values is divided.",
        ),
        Slip(
            "multiplies_by_h",
            lambda f, x, h: (f(x + h) - f(x)) * h,
            "It is multiplied by the step: the smaller the step, the smaller it gets, whatever the slope.",
        ),
        Slip(
            "step_of_one",
            lambda f, x, h: f(x + 1) - f(x),
            "It takes a step of 1, whatever h is.",
        ),
        Slip(
            "step_of_one",
            lambda f, x, h: (f(x + 1) - f(x)) / h,
            "It takes a step of 1, whatever h is.",
        ),
        _IGNORES_H,
        *_own_steps(_forward),
        _FUNCTION_ITSELF,
    ),
    hints=(
        "Which two points of the curve does the secant go through, if it starts at x and steps to the right?",
        "A slope is rise over run. What is the rise between the two points, and what is the run?",
        "f is a function: call it at each of the two places. Brackets decide what is divided.",
    ),
    insight=_errors_at_1,
)

CENTRAL_DIFFERENCE = Exercise(
    name="central_difference",
    lesson="01_slopes",
    arguments=("f", "x", "h"),
    wanted="the central difference",
    reference=_central,
    shown=_central,
    shown_as="the slope of the line through the two points of the curve",
    probes=_difference_probes,
    examples=_DIFFERENCE_EXAMPLES,
    parts={"values": 7, "shapes": 2, "argument": 1},
    condition=_rounding,
    largest_condition=1e9,
    inputs=("x",),
    by_formula=False,
    slips=(
        Slip(
            "factor",
            lambda f, x, h: (f(x + h) - f(x - h)) / h,
            "It is twice too large everywhere: how far apart are the two places where f is taken?",
        ),
        Slip(
            "forward_for_central",
            _forward,
            "This is the forward difference; the central one takes f on both sides of x.",
        ),
        Slip(
            "backward_for_central",
            lambda f, x, h: (f(x) - f(x - h)) / h,
            "This is the backward difference; the central one takes f on both sides of x.",
        ),
        Slip(
            "missing_bracket",
            lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
            "Python divides and multiplies from left to right, so that here h multiplies: the divisor needs brackets.",
        ),
        Slip(
            "missing_bracket",
            lambda f, x, h: f(x + h) - f(x - h) / (2 * h),
            "The division is done before the subtraction, so that only one of the two values is divided.",
        ),
        Slip(
            "missing_division",
            lambda f, x, h: f(x + h) - f(x - h),
            "This is how far f rises; a slope is how far it rises for each unit of x.",
        ),
        Slip(
            "half_step",
            lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h,
            "This is a central difference, with half of the step: here each side is a whole h away from x.",
        ),
        Slip(
            "plus_for_minus",
            lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),
            "The two values are added; the rise is their difference.",
        ),
        Slip(
            "second_difference",
            lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2,
            "This approximates the slope of the slope: f at x itself is not needed.",
        ),
        _IGNORES_H,
        *_own_steps(_central),
        _FUNCTION_ITSELF,
    ),
    hints=(
        "Which two points of the curve does the secant go through, if it steps equally far to both sides of x?",
        "A slope is rise over run. How long is the run from the left point to the right one?",
        "Try f(x) = x^2 at x = 3 with h = 1: the two values are 16 and 4, and the slope at 3 is 6.",
    ),
    insight=_errors_at_1,
)


EXERCISES: tuple[Exercise, ...] = (
    FORWARD_DIFFERENCE,
    CENTRAL_DIFFERENCE,
    RELATIVE_ERROR,
    GRADIENT_CHECK,
    FIRST_WRONG_LINE,
)
