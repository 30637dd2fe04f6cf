"""Lesson 00: the warm-up, without points."""

import numpy as np

from course_lib import finite_difference
from course_lib.checking import probes
from course_lib.checking.exercise import Exercise, Slip

SQUARE_DERIVATIVE = Exercise(
    name="square_derivative",
    lesson="00_start_here",
    arguments=("x",),
    wanted="the slope of the square",
    reference=lambda x: 2.0 * x,
    shown=lambda x: finite_difference.central(np.square, x),
    shown_as="the finite difference of the square there",
    probes=lambda rng: probes.elementwise(rng, extremes=probes.both_signs(probes.TINY), limits=False),
    examples=((3.0,), (-1.0,), (0.5,)),
    parts={},
    slips=(
        Slip(
            "forward_for_derivative",
            np.square,
            "This is the square itself; the exercise asks how fast it changes.",
        ),
        Slip("input_itself", lambda x: x, "A factor is missing: how much does the square grow from 3 to 3.001?"),
    ),
    hints=(
        "How much larger is the square of 3.001 than the square of 3? Divide that by 0.001.",
        "Do the same at 5. How does the result depend on x?",
        "The power rule: bring the exponent down as a factor, and lower it by one.",
    ),
)


EXERCISES: tuple[Exercise, ...] = (SQUARE_DERIVATIVE,)
