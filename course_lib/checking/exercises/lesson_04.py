"""Lesson 04: the slope of tanh from the input and from the output, tanh from the sigmoid, and a scaled one."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.sigmoidal import (
    sigmoid_derivative,
    tanh,
    tanh_derivative,
    tanh_derivative_from_output,
)
from course_lib.checking import functions, probes
from course_lib.checking.exercise import Exercise, Probe, Slip

Floats = NDArray[np.float64]

# --- tanh_derivative -------------------------------------------------------------------------------------------


def _digits_left(answer: Callable[..., Any]) -> str | None:
    """Say how many digits a right answer has left at x = 15, and from where on it returns 0."""
    x = np.round(np.arange(0, 60.05, 0.1), 1)
    got, exact = np.asarray(answer(x), dtype=np.float64), tanh_derivative(x)
    at_15 = (np.abs(got - exact) / exact)[x == 15.0].item()
    dead = x[(got == 0) & (exact > 0)]
    if at_15 < 1e-12:
        return "Your form keeps its digits even at x = 15, where the best-known form has lost most of them."
    digits = max(0, int(-np.log10(at_15)))
    where = f" and is 0 from x = {dead[0]:.1f}" if dead.size else ""
    return (
        f"Worth knowing, though it costs no points: your form has {digits} right digits left at x = 15{where}; "
        "step 5 of lesson 04 shows why."
    )


TANH_DERIVATIVE = Exercise(
    name="tanh_derivative",
    lesson="04_tanh",
    arguments=("x",),
    wanted="the slope",
    reference=tanh_derivative,
    shown=lambda x: finite_difference.extrapolated(np.tanh, x).value,
    shown_as="the finite difference of tanh there",
    probes=probes.elementwise,
    examples=((1.0,), (-1.0,), (0.5,), (0.0,), (3.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    slips=(
        Slip(
            "input_for_output",
            lambda x: 1 - np.square(x),
            "This looks like the rule for the output, applied to the input x: which of the two does the exercise "
            "give you?",
        ),
        Slip(
            "lost_one",
            lambda x: -np.square(np.tanh(x)),
            "It is never positive, but tanh rises everywhere: a term got lost at the end of the quotient rule.",
        ),
        Slip(
            "missing_square",
            lambda x: 1 - np.tanh(x),
            "It is right at 0, but to the left of 0 it grows. Is the slope the same on both sides?",
        ),
        Slip(
            "sum_for_difference",
            lambda x: 1 + np.square(np.tanh(x)),
            "It grows away from 0, where tanh becomes flat: look at the sign between the two terms.",
        ),
        Slip("squared_output", lambda x: np.square(np.tanh(x)), "It is 0 at 0, where tanh is steepest."),
        Slip("forward_for_derivative", np.tanh, "This is tanh itself; the exercise asks for its slope."),
        Slip(
            "sigmoid_rule",
            lambda x: np.tanh(x) * (1 - np.tanh(x)),
            "This is the rule of another function, the sigmoid, applied to tanh.",
        ),
        Slip(
            "sigmoid_derivative",
            sigmoid_derivative,
            "This is the slope of the sigmoid: a quarter of what it should be at 0.",
        ),
        Slip(
            "missing_inner_derivative",
            lambda x: 2 * sigmoid_derivative(2 * np.asarray(x, dtype=np.float64)),
            "It is half of what it should be: tanh is 2 sigma(2x) - 1, and both of the twos count.",
        ),
        Slip(
            "sech_not_squared",
            lambda x: 1 / np.cosh(x),
            "It falls off too slowly on both sides: a square got lost.",
        ),
        Slip(
            "outer_square_only",
            lambda x: np.square(1 - np.tanh(x)),
            "It is right at 0, but to the left of 0 it grows: what is squared, the output or the whole difference?",
        ),
        Slip(
            "trigonometric",
            lambda x: 1 / np.square(np.cos(x)),
            "This is the slope of tan, without the h: cos for cosh.",
        ),
        Slip(
            "numerator_only",
            lambda x: np.square(np.cosh(x)) + np.square(np.sinh(x)),
            "This is a numerator alone, and with a wrong sign: look again at the quotient rule.",
        ),
        Slip(
            "second_derivative",
            lambda x: -2 * np.tanh(x) * tanh_derivative(x),
            "This is the slope of the slope: differentiated once too often.",
        ),
    ),
    hints=(
        "tanh is a quotient: write u for the numerator and v for the denominator. What are the slopes of u and v?",
        "Here the slope of u is v, and the slope of v is u: put that into the quotient rule, and divide term by term.",
        "The slope is the same at x and at -x, and 1 at 0. Does yours have both properties?",
    ),
    insight=_digits_left,
)

# --- tanh_derivative_from_output ---------------------------------------------------------------------------------

_SATURATED = probes.both_signs(
    np.array([0.0, 5e-324, 1e-300, 1e-20, 1e-9, 1e-4, 1 - 1e-4, 1 - 1e-9, 1 - 2.0**-53, 1.0])
)

TANH_DERIVATIVE_FROM_OUTPUT = Exercise(
    name="tanh_derivative_from_output",
    lesson="04_tanh",
    arguments=("y",),
    wanted="the slope for an output y",
    reference=tanh_derivative_from_output,
    shown=lambda y: finite_difference.extrapolated(np.tanh, np.arctanh(y)).value,
    shown_as="the finite difference of tanh, where its output is that,",
    probes=lambda rng: probes.elementwise(rng, low=-1.0, high=1.0, extremes=_SATURATED, limits=False),
    examples=((0.9,), (-0.5,), (0.5,), (0.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda y: np.ones(np.shape(y)),
    plotted=(-0.98, 0.98),
    slips=(
        Slip(
            "tanh_applied_again",
            lambda y: 1 - np.square(np.tanh(y)),
            "y is the output already; here tanh is applied to it once more.",
        ),
        Slip(
            "sigmoid_rule",
            lambda y: y * (1 - y),
            "This is the rule of another function, the sigmoid: at y = 0 tanh is steepest.",
        ),
        Slip("missing_square", lambda y: 1.0 - y, "At y = -1 tanh is as flat as at y = 1; this is 2 there."),
        Slip(
            "lost_one",
            lambda y: -np.square(y),
            "It is never positive, but tanh rises everywhere: a term got lost.",
        ),
        Slip("squared_output", np.square, "It is 0 for y = 0, where tanh is steepest."),
        Slip(
            "sum_for_difference",
            lambda y: 1 + np.square(y),
            "It grows with the size of y; near y = 1 and y = -1 tanh is almost flat.",
        ),
        Slip("output_itself", lambda y: 1.0 * y, "This is the output; near y = 1 tanh is almost flat."),
        Slip(
            "outer_square_only",
            lambda y: np.square(1 - y),
            "What is squared, the output or the whole difference? At y = -1 tanh is flat.",
        ),
        Slip(
            "inverse_derivative",
            lambda y: 1 / (1 - np.square(y)),
            "This is the slope of the inverse function, artanh: it turns over the quotient that is asked for.",
        ),
        Slip(
            "sech_not_squared",
            lambda y: np.sqrt(1 - np.square(y)),
            "It falls off too slowly towards both ends: there is a root too many.",
        ),
    ),
    hints=(
        "No exponential is needed: the last line of the derivation has only tanh in it.",
        "Write y wherever that line says tanh of x.",
        "The slope is 0 at y = -1 and at y = 1, and 1 in the middle. Which simple curve does that?",
    ),
)

# --- tanh_from_sigmoid -------------------------------------------------------------------------------------------


def _from(x: Any, s: Callable[[Any], Any]) -> Any:
    return 2 * s(2 * np.asarray(x, dtype=np.float64)) - 1


def _from_sigmoid_probes(rng: np.random.Generator) -> list[Probe]:
    return probes.elementwise(rng, ((functions.sigmoid,), (functions.sigmoid_of_triple,)), low=-4.0, high=4.0)


TANH_FROM_SIGMOID = Exercise(
    name="tanh_from_sigmoid",
    lesson="04_tanh",
    arguments=("x", "sigmoid"),
    wanted="what follows from the function that is handed in",
    reference=_from,
    shown=_from,
    shown_as="what follows from that function",
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
            "inner_not_doubled",
            lambda x, s: 2 * s(1.0 * x) - 1,
            "The range is right, but it rises too slowly: at 0 tanh has the slope 1.",
        ),
        Slip(
            "not_shifted",
            lambda x, s: 2 * s(2.0 * x),
            "It runs from 0 to 2: the height is right, but tanh lies around 0.",
        ),
        Slip(
            "outer_not_doubled",
            lambda x, s: s(2.0 * x) - 1,
            "It runs from -1 to 0: tanh is twice as high.",
        ),
        Slip(
            "outer_not_doubled",
            lambda x, s: s(2.0 * x) - 0.5,
            "It runs from -0.5 to 0.5: tanh is twice as high.",
        ),
        Slip("sigmoid_itself", lambda x, s: s(1.0 * x), "This is the function that is handed in, unchanged."),
        Slip(
            "only_doubled_inside",
            lambda x, s: s(2.0 * x),
            "It is steeper than the sigmoid, but it still runs from 0 to 1.",
        ),
        Slip(
            "halved_inside",
            lambda x, s: 2 * s(x / 2) - 1,
            "Half of x is put in, which makes the curve flatter; tanh is steeper than the sigmoid.",
        ),
        Slip(
            "doubled_first",
            lambda x, s: 2 * s(2.0 * x - 1),
            "A bracket is misplaced: the 1 belongs outside the function.",
        ),
        Slip(
            "slope_for_tanh",
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
            "output_for_tanh",
            lambda x, a, b: b * (1 - (a * tanh(b * x)) ** 2),
            "The rule with the output holds for the output of tanh, not for that of a tanh(b x).",
        ),
        Slip(
            "output_for_tanh",
            lambda x, a, b: a * b * (1 - (a * tanh(b * x)) ** 2),
            "The rule with the output holds for the output of tanh, not for that of a tanh(b x).",
        ),
        Slip(
            "output_for_tanh",
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
            "parameters_swapped",
            lambda x, a, b: a * b * tanh_derivative(a * x),
            "The two parameters have changed places inside tanh: which of them multiplies x?",
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


EXERCISES: tuple[Exercise, ...] = (
    TANH_DERIVATIVE,
    TANH_DERIVATIVE_FROM_OUTPUT,
    TANH_FROM_SIGMOID,
    SCALED_TANH_DERIVATIVE,
)
