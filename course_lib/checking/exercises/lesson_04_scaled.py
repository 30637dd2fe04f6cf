"""Lesson 04, second half: tanh made of the sigmoid, and the slope of a scaled tanh."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib import finite_difference
from course_lib.activations.sigmoidal import sigmoid_derivative, tanh, tanh_derivative
from course_lib.checking import functions, probes
from course_lib.checking.exercise import Exercise, Probe, Slip

# --- tanh_from_sigmoid -------------------------------------------------------------------------------------------


def _from(x: Any, s: Callable[[Any], Any]) -> Any:
    return 2 * s(2 * np.asarray(x, dtype=np.float64)) - 1


def _from_sigmoid_probes(rng: np.random.Generator) -> list[Probe]:
    return probes.elementwise(rng, ((functions.sigmoid,), (functions.sigmoid_of_triple,)), low=-4.0, high=4.0)


TANH_FROM_SIGMOID = Exercise(
    name="tanh_from_sigmoid",
    lesson="04_tanh",
    arguments=("x", "sigmoid"),
    wanted="tanh, made of the sigmoid that is handed in",
    not_yet="its values are not right yet for the sigmoid that is handed in",
    reference=_from,
    shown=_from,
    shown_as="tanh, made of that function,",
    probes=_from_sigmoid_probes,
    examples=(
        (1.0, functions.sigmoid),
        (-0.5, functions.sigmoid),
        (0.5, functions.sigmoid_of_triple),
        (0.0, functions.sigmoid),
    ),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda x, s: 1e-12 / (8 * np.finfo(np.float64).eps),  # 1e-12 absolute is near enough here
    slips=(
        Slip(
            "ignores_sigmoid",
            lambda x, s: np.tanh(x),
            "It is right for the sigmoid, but it does not use the function that is handed in: with "
            "another one in its place nothing changes.",
        ),
        Slip(
            "inner_not_scaled",
            lambda x, s: 2 * s(1.0 * x) - 1,
            "The range is right, but it rises too slowly: at 0 tanh has the slope 1.",
        ),
        Slip(
            "not_shifted",
            lambda x, s: 2 * s(2.0 * x),
            "It runs from 0 to 2: the height is right, but tanh lies around 0.",
        ),
        Slip(
            "outer_not_scaled",
            lambda x, s: s(2.0 * x) - 1,
            "It runs from -1 to 0: tanh is twice as high.",
        ),
        Slip(
            "factor",
            lambda x, s: s(2.0 * x) - 0.5,
            "It runs from -0.5 to 0.5: tanh is twice as high.",
        ),
        Slip("sigmoid_itself", lambda x, s: s(1.0 * x), "This is the function that is handed in, unchanged."),
        Slip(
            "inner_only",
            lambda x, s: s(2.0 * x),
            "It is steeper than the sigmoid, but it still runs from 0 to 1.",
        ),
        Slip(
            "inner_halved",
            lambda x, s: 2 * s(x / 2) - 1,
            "Half of x is put in, which makes the curve flatter; tanh is steeper than the sigmoid.",
        ),
        Slip(
            "wrong_shift",
            lambda x, s: 2 * s(2.0 * x) + 1,
            "It runs from 1 to 3: it is moved up instead of down.",
        ),
        Slip(
            "brackets",
            lambda x, s: 2 * (s(2.0 * x) - 1),
            "It runs from -2 to 0: the 1 is taken off before the doubling, so that it counts twice.",
        ),
        Slip(
            "doubled_first",
            lambda x, s: 2 * s(2.0 * x - 1),
            "A bracket is misplaced: the 1 belongs outside the function.",
        ),
        Slip(
            "derivative_for_forward",
            lambda x, s: 4 * s(2.0 * x) * (1 - s(2.0 * x)),
            "This is the slope of tanh; the exercise asks for tanh itself.",
        ),
    ),
    hints=(
        "The two curves have the same shape. How much higher is tanh, and where is its middle?",
        "At 0 the sigmoid has the slope 1/4, and tanh the slope 1: stretching the height gives only part of that.",
        "Stretch the sigmoid in height, squeeze it in width, and move it down. Check at x = 0 and far to both sides.",
    ),
)

# --- scaled_tanh_derivative (transfer) ---------------------------------------------------------------------------


def _scaled(x: Any, a: float, b: float) -> Any:
    return a * b * tanh_derivative(b * np.asarray(x, dtype=np.float64))


def _scaled_probes(rng: np.random.Generator) -> list[Probe]:
    def size() -> float:
        return float(rng.uniform(1.3, 3.0))

    values = ((size(), size()), (-size(), float(rng.uniform(0.2, 0.8))), (float(rng.uniform(0.2, 0.8)), -size()))
    others = ((1.0, 1.0), (1.7159, 2 / 3), (0.0, 2.0), (2.0, 0.0), (-1.0, -1.0), (1.0, 5.0))
    return probes.elementwise(rng, values, others, low=-4.0, high=4.0)


SCALED_TANH_DERIVATIVE = Exercise(
    name="scaled_tanh_derivative",
    lesson="04_tanh",
    arguments=("x", "a", "b"),
    wanted="the slope of the scaled tanh",
    reference=_scaled,
    shown=lambda x, a, b: finite_difference.extrapolated(lambda t: a * tanh(b * t), x).value,
    shown_as="the finite difference of a tanh(b x) there",
    probes=_scaled_probes,
    examples=((0.5, 2.0, 3.0), (0.5, 2.0, -1.0), (1.0, -2.0, 1.5), (0.0, 2.0, 3.0)),
    parts={"values": 5, "parameters": 2, "extremes": 1, "shapes": 1, "argument": 1},
    condition=lambda x, a, b: abs(a * b) * np.maximum(1, np.abs(b * np.asarray(x, dtype=np.float64))),
    slips=(
        Slip(
            "missing_inner_derivative",
            lambda x, a, b: a * tanh_derivative(b * x),
            "The chain rule has two factors: the slope of the outer function, and that of what is inside.",
        ),
        Slip(
            "missing_outer_factor",
            lambda x, a, b: b * tanh_derivative(b * x),
            "A curve that is a times as high is a times as steep.",
        ),
        Slip(
            "missing_both_factors",
            lambda x, a, b: tanh_derivative(b * x),
            "It is taken at the right place, but neither the height nor the width of the curve counts.",
        ),
        Slip(
            "inner_not_scaled",
            lambda x, a, b: a * b * tanh_derivative(1.0 * x),
            "The slope of tanh is taken at the wrong place: what does tanh get as its input here?",
        ),
        Slip(
            "scaled_output",
            lambda x, a, b: b * (1 - (a * tanh(b * x)) ** 2),
            "The rule with the output holds for the output of tanh, not for that of a tanh(b x).",
        ),
        Slip(
            "scaled_output",
            lambda x, a, b: a * b * (1 - (a * tanh(b * x)) ** 2),
            "The rule with the output holds for the output of tanh, not for that of a tanh(b x).",
        ),
        Slip(
            "scaled_output",
            lambda x, a, b: 1 - (a * tanh(b * x)) ** 2,
            "The rule with the output holds for the output of tanh, not for that of a tanh(b x).",
        ),
        Slip(
            "ignores_parameters",
            lambda x, a, b: tanh_derivative(1.0 * x),
            "It does not use a and b at all.",
        ),
        Slip(
            "inner_twice",
            lambda x, a, b: a * b**2 * tanh_derivative(b * x),
            "The inner slope is counted twice.",
        ),
        Slip(
            "outer_twice",
            lambda x, a, b: a**2 * b * tanh_derivative(b * x),
            "The height a is counted twice.",
        ),
        Slip(
            "divides_by_b",
            lambda x, a, b: a / b * tanh_derivative(b * x),
            "The larger b, the steeper the curve; here it gets flatter.",
        ),
        Slip(
            "absolute_factor",
            lambda x, a, b: np.abs(a * b) * tanh_derivative(b * x),
            "It is never negative; but where just one of a and b is negative, the curve falls.",
        ),
        Slip(
            "swapped_parameters",
            lambda x, a, b: a * b * tanh_derivative(a * x),
            "The two parameters have changed places inside tanh: which of them multiplies x?",
        ),
        Slip(
            "ignores_b",
            lambda x, a, b: a * tanh_derivative(1.0 * x),
            "It does not use b at all: the curve is narrower, the larger b is.",
        ),
        Slip(
            "absolute_factor",
            lambda x, a, b: a * np.abs(b) * tanh_derivative(b * x),
            "For negative b the curve is mirrored: what becomes of a rise?",
        ),
        Slip(
            "absolute_factor",
            lambda x, a, b: np.abs(a) * b * tanh_derivative(b * x),
            "For negative a the curve is turned over: what becomes of a rise?",
        ),
        Slip(
            "brackets",
            lambda x, a, b: b - a * b * tanh(b * x) ** 2,
            "A bracket got lost: a multiplies one of the two terms only.",
        ),
        Slip(
            "brackets",
            lambda x, a, b: a * b - tanh(b * x) ** 2,
            "A bracket got lost: a and b multiply one of the two terms only.",
        ),
        Slip(
            "missing_square",
            lambda x, a, b: a * b * (1 - tanh(b * x)),
            "At 0 it is right, but to one side it grows: a square got lost.",
        ),
        Slip(
            "sech_not_squared",
            lambda x, a, b: a * b / np.cosh(b * x),
            "It falls off too slowly on both sides: a square got lost.",
        ),
        Slip(
            "input_for_output",
            lambda x, a, b: a * b * (1 - np.square(b * x)),
            "This looks like the rule for the output, applied to the input b x.",
        ),
        Slip(
            "squared_output",
            lambda x, a, b: a * b * tanh(b * x) ** 2,
            "It is 0 at 0, where the curve is steepest.",
        ),
        Slip(
            "lost_one",
            lambda x, a, b: -a * b * tanh(b * x) ** 2,
            "It is 0 at 0, where the curve is steepest: a term got lost.",
        ),
        Slip(
            "plus_for_minus",
            lambda x, a, b: a * b * (1 + tanh(b * x) ** 2),
            "It grows away from 0, where the curve becomes flat: look at the sign between the two terms.",
        ),
        Slip(
            "derivative_by_a",
            lambda x, a, b: tanh(b * x),
            "This is how the curve changes with a; here a stands still, and x changes.",
        ),
        Slip(
            "derivative_by_b",
            lambda x, a, b: a * x * tanh_derivative(b * x),
            "This is how the curve changes with b; here b stands still, and x changes.",
        ),
        Slip(
            "sigmoid_derivative",
            lambda x, a, b: a * b * sigmoid_derivative(b * x),
            "This is the slope of a scaled sigmoid.",
        ),
        Slip(
            "second_derivative",
            lambda x, a, b: -2 * a * b**2 * tanh(b * x) * tanh_derivative(b * x),
            "This is the slope of the slope: differentiated once too often.",
        ),
        Slip(
            "forward_for_derivative",
            lambda x, a, b: a * tanh(b * x),
            "This is the scaled tanh itself; the exercise asks for its slope.",
        ),
    ),
    hints=(
        "There is a function inside a function, and a number in front. Which one is inside?",
        "A number in front stays. What is the slope of the inner function, and where is the outer slope taken?",
        "Try a = 2, b = 3 at x = 0: twice as high and three times as narrow, so how steep? And for b = -1?",
    ),
)
