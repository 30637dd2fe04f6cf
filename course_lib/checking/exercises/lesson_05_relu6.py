"""Lesson 05, transfer: the slope of ReLU6, which has two kinks."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.activations.rectified import relu6, relu6_derivative, relu_derivative
from course_lib.checking import probes
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.recomputed import beside_kinks, between_at

_NEAR_6 = 6 + probes.both_signs(np.array([0.0, 2.0**-50, 1e-9, 1e-4, 2e-3, 0.5]))


def _relu6_probes(rng: np.random.Generator) -> list[Probe]:
    far = probes.both_signs(np.concatenate([probes.TURNING_POINTS, probes.TINY, rng.uniform(7, 40, 8)]))
    found = probes.elementwise(rng, low=-8.0, high=14.0, extremes=np.concatenate([far, _NEAR_6]), kinks=(0.0, 6.0))
    shuffled = rng.permutation(np.array([-2, 1, 5, 7, 9]))
    more_left = Probe("values", "60 inputs from -14 to 2", (probes.moderate(rng, -14.0, 2.0, (0.0,)),))
    return [*found, more_left, Probe("shapes", "whole numbers around 6", (shuffled,))]


def _choice_at_6(answer: Callable[..., Any]) -> str | None:
    at_0, at_6 = (float(v) for v in np.ravel(answer(np.array([0.0, 6.0]))))
    return (
        f"At the kinks yours gives {at_0:g} and {at_6:g}. At 6 the curve bends down, so that no line through its "
        "point stays below it: a number between the two slopes is a convention there, not a subgradient."
    )


RELU6_DERIVATIVE = Exercise(
    name="relu6_derivative",
    lesson="05_relu",
    arguments=("x",),
    wanted="the slope",
    reference=relu6_derivative,
    shown=lambda x: beside_kinks(relu6, x, 0.0, 6.0),
    shown_as="the finite difference of ReLU6 beside its kinks",
    accepts=lambda x: between_at((0.0, 6.0), x, relu6_derivative(x), 0.0, 1.0),
    probes=_relu6_probes,
    examples=((2.0,), (8.0,), (-1.0,), (0.5,), (5.5,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    plotted=(-3.0, 9.0),
    slips=(
        Slip(
            "relu_derivative",
            relu_derivative,
            "This is the slope of plain ReLU: what happens above 6?",
        ),
        Slip("forward_for_derivative", relu6, "This is ReLU6 itself; the exercise asks for its slope."),
        Slip(
            "middle_not_differentiated",
            lambda x: np.where((np.asarray(x) > 0) & (np.asarray(x) < 6), np.asarray(x, dtype=np.float64), 0.0),
            "Between its kinks the function itself stands where its slope belongs.",
        ),
        Slip(
            "symmetric",
            lambda x: np.where(np.abs(x) < 6, 1.0, 0.0),
            "It rises from -6 on; where does ReLU6 begin to rise?",
        ),
        *(
            Slip(
                "wrong_threshold",
                lambda x, low=low, high=high: np.where((np.asarray(x) > low) & (np.asarray(x) < high), 1.0, 0.0),
                f"It is steep from {low} to {high}: between which two kinks does ReLU6 rise?",
            )
            for low, high in ((0, 1), (0, 5), (1, 6))
        ),
        Slip(
            "leaky",
            lambda x: np.where((np.asarray(x) > 0) & (np.asarray(x) < 6), 1.0, 0.01),
            "Outside its kinks it still rises a little; ReLU6 is flat there.",
        ),
        Slip(
            "missing_lower",
            lambda x: np.where(np.asarray(x) < 6, 1.0, 0.0),
            "The upper end is right; but left of 0 the function is flat as well.",
        ),
        Slip(
            "branches_swapped",
            lambda x: np.where((np.asarray(x) > 0) & (np.asarray(x) < 6), 0.0, 1.0),
            "Inside and outside have changed places: where does ReLU6 rise?",
        ),
        Slip(
            "factor",
            lambda x: np.where((np.asarray(x) > 0) & (np.asarray(x) < 6), 6.0, 0.0),
            "6 is how high it gets; how steep is it on the way?",
        ),
        Slip(
            "upper_not_differentiated",
            lambda x: np.where(np.asarray(x) > 6, 6.0, np.heaviside(np.asarray(x, dtype=np.float64), 0.0)),
            "Above 6 the function itself stands where its slope belongs.",
        ),
        Slip(
            "falls_above",
            lambda x: np.where(np.asarray(x) > 6, -1.0, np.heaviside(np.asarray(x, dtype=np.float64), 0.0)),
            "Above 6 it stays at its height; it does not fall.",
        ),
        Slip(
            "factor",
            lambda x: np.where((np.asarray(x) > 0) & (np.asarray(x) < 6), 1 / 6, 0.0),
            "How much does the function grow from x = 2 to x = 3?",
        ),
        Slip(
            "clipped_slope",
            lambda x: np.clip(np.heaviside(np.asarray(x, dtype=np.float64), 0.0) * x, 0.0, 1.0),
            "Between 0 and 1 it grows little by little; a slope that jumps is either the one or the other.",
        ),
        Slip(
            "constant", lambda x: np.ones(np.shape(x)), "This is the slope of the identity; ReLU6 is flat on two sides."
        ),
        Slip("constant", lambda x: np.zeros(np.shape(x)), "It is flat everywhere; but between its kinks ReLU6 rises."),
    ),
    hints=(
        "Draw it: how many straight pieces are there, and where do they meet?",
        "How steep is each piece? Two of them are equally steep.",
        "Two conditions must hold at once for the third one. In numpy: (this) & (that), with brackets.",
    ),
    insight=_choice_at_6,
)
