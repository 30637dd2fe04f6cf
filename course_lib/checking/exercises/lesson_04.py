"""Lesson 04: the slope of tanh, from the input and from the output."""

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.sigmoidal import (
    sigmoid_derivative,
    tanh_derivative,
    tanh_derivative_from_output,
)
from course_lib.checking import probes
from course_lib.checking.digits_left import digits_left
from course_lib.checking.exercise import Exercise, Slip
from course_lib.checking.exercises.lesson_04_scaled import SCALED_TANH_DERIVATIVE, TANH_FROM_SIGMOID

Floats = NDArray[np.float64]

# --- tanh_derivative -------------------------------------------------------------------------------------------


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
            "plus_for_minus",
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
            "factor",
            lambda x: 2 * sigmoid_derivative(2 * np.asarray(x, dtype=np.float64)),
            "It is half of what it should be everywhere: a 2 got lost, perhaps one that is squared, or an inner slope.",
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
            "tan_for_tanh",
            lambda x: 1 / np.square(np.cos(x)),
            "This is the slope of tan, without the h: cos for cosh.",
        ),
        Slip(
            "tan_for_tanh",
            lambda x: 1 - np.square(np.tan(x)),
            "The rule is right, but this is tan, without the h.",
        ),
        Slip(
            "inner_not_scaled",
            lambda x: 4 * sigmoid_derivative(x),
            "At 0 it is right, but it falls off too slowly: in 2 sigma(2x) - 1 the slope is taken at 2x.",
        ),
        Slip(
            "reciprocal",
            lambda x: np.square(np.cosh(x)),
            "It grows without bound, where tanh becomes flat: it stands upside down.",
        ),
        Slip(
            "sinh_for_cosh",
            lambda x: 1 / np.square(np.sinh(x)),
            "It grows without bound near 0: which of sinh and cosh is the denominator of tanh?",
        ),
        Slip(
            "hard_tanh",
            lambda x: np.where(np.abs(x) < 1, 1.0, 0.0),
            "This is the slope of a straight line that is cut off; the slope of tanh falls off smoothly.",
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
    insight=digits_left(tanh_derivative, at=15, lesson="04"),
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
    undone=np.arctanh,
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
            "plus_for_minus",
            lambda y: 1 + np.square(y),
            "It grows with the size of y; near y = 1 and y = -1 tanh is almost flat.",
        ),
        Slip(
            "sigmoid_applied_again",
            sigmoid_derivative,
            "This is the slope of the sigmoid, with y for its input: two things are different here.",
        ),
        Slip("forward_for_derivative", np.tanh, "Here tanh is applied to y, which is the output of tanh already."),
        Slip(
            "second_derivative",
            lambda y: -2 * y * (1 - np.square(y)),
            "This is the slope of the slope: differentiated once too often.",
        ),
        Slip("output_itself", lambda y: 1.0 * y, "This is the output; near y = 1 tanh is almost flat."),
        Slip(
            "outer_square_only",
            lambda y: np.square(1 - y),
            "What is squared, the output or the whole difference? At y = -1 tanh is flat.",
        ),
        Slip(
            "inverse_slope",
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


EXERCISES: tuple[Exercise, ...] = (
    TANH_DERIVATIVE,
    TANH_DERIVATIVE_FROM_OUTPUT,
    TANH_FROM_SIGMOID,
    SCALED_TANH_DERIVATIVE,
)
