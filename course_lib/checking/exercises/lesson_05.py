"""Lesson 05: ReLU and its family, whose slopes jump."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.leaky import leaky_relu, leaky_relu_derivative, prelu, prelu_alpha_derivative
from course_lib.activations.rectified import relu, relu6_derivative, relu_derivative
from course_lib.activations.sigmoidal import sigmoid_derivative, tanh_derivative
from course_lib.checking import probes
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.exercises.lesson_05_relu6 import RELU6_DERIVATIVE
from course_lib.checking.exercises.lesson_05_units import DEAD_UNIT_FRACTION
from course_lib.checking.recomputed import beside_kinks, between_at

Floats = NDArray[np.float64]

# --- relu_derivative -------------------------------------------------------------------------------------------


def _relu_probes(rng: np.random.Generator) -> list[Probe]:
    more_left = Probe("values", "60 inputs, most of them negative", (probes.moderate(rng, -9, 2, (0.0,)),))
    more_right = Probe("values", "60 inputs, most of them positive", (probes.moderate(rng, -2, 9, (0.0,)),))
    return [*probes.elementwise(rng, kinks=(0.0,)), more_left, more_right]


def _choice_at_0(answer: Callable[..., Any]) -> str | None:
    value = float(np.asarray(answer(np.zeros(1)))[0])
    return (
        f"At x = 0 yours gives {value:g}: a choice, since there the slope jumps from 0 to 1, and every number from "
        "0 to 1 is a subgradient. Most libraries choose 0."
    )


RELU_DERIVATIVE = Exercise(
    name="relu_derivative",
    lesson="05_relu",
    arguments=("x",),
    wanted="the slope",
    reference=relu_derivative,
    shown=lambda x: beside_kinks(relu, x, 0.0),
    shown_as="the finite difference of ReLU on that side of 0",
    accepts=lambda x: between_at((0.0,), x, relu_derivative(x), 0.0, 1.0),
    probes=_relu_probes,
    examples=((2.0,), (-1.0,), (0.5,), (-3.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    slips=(
        Slip("forward_for_derivative", relu, "This is ReLU itself; the exercise asks for its slope."),
        Slip(
            "sign_function",
            np.sign,
            "It falls on the left; ReLU is flat there.",
        ),
        Slip(
            "branches_swapped",
            lambda x: np.heaviside(-np.asarray(x, dtype=np.float64), 0.0),
            "The two sides have changed places: where does ReLU rise?",
        ),
        Slip("constant", lambda x: np.ones(np.shape(x)), "This is the slope of the identity; ReLU is flat left of 0."),
        Slip("constant", lambda x: np.zeros(np.shape(x)), "It is flat everywhere; but right of 0 ReLU rises."),
        Slip(
            "leaky",
            lambda x: np.where(np.asarray(x) > 0, 1.0, 0.01),
            "On the left it still rises a little: that is leaky ReLU.",
        ),
        Slip(
            "wrong_threshold",
            lambda x: np.where(np.asarray(x) > 1, 1.0, 0.0),
            "It begins to rise at 1; where is ReLU's kink?",
        ),
        Slip(
            "clipped_input",
            lambda x: np.clip(x, 0.0, 1.0),
            "Between 0 and 1 it grows little by little; a slope that jumps is either the one or the other.",
        ),
        Slip(
            "sigmoid_derivative",
            sigmoid_derivative,
            "This is the slope of the sigmoid: a smooth hill, where ReLU's slope jumps from one number to another.",
        ),
        Slip("tanh_derivative", tanh_derivative, "This is the slope of tanh: a smooth hill, where ReLU's slope jumps."),
        Slip("relu6", relu6_derivative, "Above 6 it is flat again: that is ReLU6."),
        Slip("input_itself", lambda x: 1.0 * x, "This is x itself; the exercise asks for the slope."),
        Slip(
            "sigmoid_for_step",
            lambda x: 1 / (1 + np.exp(-np.asarray(x, dtype=np.float64))),
            "This is the sigmoid, the slope of a smooth relative of ReLU; ReLU's own slope jumps.",
        ),
        Slip(
            "second_derivative_of_square",
            lambda x: 2.0 * relu(x),
            "It grows with x; ReLU is a straight line right of 0, equally steep everywhere.",
        ),
    ),
    hints=(
        "Draw ReLU. It is made of two straight pieces: how steep is each?",
        "For an array each entry decides for itself which piece it is on; `if` can't do that.",
        "np.where takes a condition, what holds where it is true, and what holds elsewhere.",
    ),
    insight=_choice_at_0,
)

# --- leaky_relu_derivative -------------------------------------------------------------------------------------


def _leaky_probes(rng: np.random.Generator) -> list[Probe]:
    values = tuple((float(a),) for a in rng.uniform([0.05, 0.3, 0.6], [0.3, 0.6, 0.95]))
    return [
        *probes.elementwise(rng, values, ((0.0,), (1.0,), (0.01,)), kinks=(0.0,)),
        Probe("parameters", "the default alpha", (probes.moderate(rng),)),
    ]


LEAKY_RELU_DERIVATIVE = Exercise(
    name="leaky_relu_derivative",
    lesson="05_relu",
    arguments=("x", "alpha"),
    defaults={"alpha": 0.01},
    wanted="the slope",
    reference=leaky_relu_derivative,
    shown=lambda x, alpha: beside_kinks(lambda t: leaky_relu(t, alpha), x, 0.0),
    shown_as="the finite difference of leaky ReLU on that side of 0",
    accepts=lambda x, alpha: between_at((0.0,), x, leaky_relu_derivative(x, alpha), alpha, 1.0),
    probes=_leaky_probes,
    examples=((2.0, 0.2), (-1.0, 0.2), (0.5, 0.2), (-1.0, 0.5)),
    parts={"values": 5, "parameters": 2, "extremes": 1, "shapes": 1, "argument": 1},
    slips=(
        Slip(
            "relu_derivative",
            lambda x, alpha: relu_derivative(x),
            "This is the slope of plain ReLU: left of 0 it is flat.",
        ),
        Slip(
            "divides_by_alpha",
            lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, 1 / alpha),
            "The smaller alpha, the steeper it is on the left: something is upside down.",
        ),
        Slip(
            "derivative_by_alpha",
            lambda x, alpha: np.minimum(x, 0.0),
            "This is how the result changes with alpha; here alpha stands still, and x changes.",
        ),
        Slip(
            "wrong_threshold",
            lambda x, alpha: np.where(np.asarray(x) > 1, 1.0, alpha),
            "It gets steeper at 1; where is the kink?",
        ),
        Slip(
            "wrong_threshold",
            lambda x, alpha: np.where(np.asarray(x) > alpha, 1.0, alpha),
            "It gets steeper at alpha; where is the kink?",
        ),
        Slip(
            "ignores_alpha",
            lambda x, alpha: leaky_relu_derivative(x),
            "It is right for one alpha only: it must use the alpha that is handed in.",
        ),
        Slip(
            "leak_not_differentiated",
            lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, alpha * np.asarray(x)),
            "Left of 0 the function itself stands where its slope belongs.",
        ),
        Slip(
            "forward_for_derivative",
            lambda x, alpha: leaky_relu(x, alpha),
            "This is leaky ReLU itself; the exercise asks for its slope.",
        ),
        Slip(
            "right_not_differentiated",
            lambda x, alpha: np.where(np.asarray(x) > 0, 1.0 * np.asarray(x), alpha),
            "Right of 0 the function itself stands where its slope belongs.",
        ),
        Slip(
            "negative_leak",
            lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, -alpha),
            "Left of 0 it falls; but leaky ReLU rises on both sides, just less steeply on the left.",
        ),
        Slip(
            "branches_swapped",
            lambda x, alpha: np.where(np.asarray(x) > 0, alpha, 1.0),
            "The two sides have changed places: on which one is the slope small?",
        ),
        Slip("constant", lambda x, alpha: np.full(np.shape(x), alpha), "Right of 0 alpha plays no part."),
        Slip(
            "leak_added",
            lambda x, alpha: np.where(np.asarray(x) > 0, 1.0 + alpha, alpha),
            "Right of 0 alpha is added to the slope; there it plays no part.",
        ),
        Slip(
            "one_minus_alpha",
            lambda x, alpha: np.where(np.asarray(x) > 0, 1.0, 1.0 - alpha),
            "Left of 0 something is subtracted: how steep is alpha times x?",
        ),
        Slip("constant", lambda x, alpha: np.ones(np.shape(x)), "This is the slope of the identity."),
    ),
    hints=(
        "Draw it with alpha = 0.5: two straight pieces. How steep is each?",
        "x is gone from both pieces once you have differentiated them. What is left?",
        "alpha is the second argument; `alpha=0.01` in the first line makes it optional, no more.",
    ),
)

# --- prelu_alpha_gradient --------------------------------------------------------------------------------------


def _alpha_probes(rng: np.random.Generator) -> list[Probe]:
    values = tuple((float(a),) for a in rng.uniform([0.05, 0.4], [0.4, 0.95]))
    return probes.elementwise(rng, values, ((0.0,), (1.0,), (0.25,)), limits=False, kinks=(0.0,))


def _by_alpha(x: Any, alpha: float) -> Floats:
    h = 0.5  # the function is a straight line in alpha, so that any step is exact
    return np.asarray((prelu(x, alpha + h) - prelu(x, alpha - h)) / (2 * h), dtype=np.float64)


PRELU_ALPHA_GRADIENT = Exercise(
    name="prelu_alpha_gradient",
    lesson="05_relu",
    arguments=("x", "alpha"),
    wanted="the derivative with respect to alpha",
    by="alpha",
    reference=prelu_alpha_derivative,
    shown=_by_alpha,
    shown_as="the finite difference of PReLU, with alpha a little larger and a little smaller,",
    probes=_alpha_probes,
    examples=((-2.0, 0.25), (2.0, 0.25), (-0.5, 0.5), (1.0, 0.5)),
    parts={"values": 5, "parameters": 2, "extremes": 1, "shapes": 1, "argument": 1},
    slips=(
        Slip(
            "derivative_by_x",
            lambda x, alpha: leaky_relu_derivative(x, alpha),
            "This is the slope with respect to x. Here x stands still, and alpha changes.",
        ),
        Slip(
            "branches_swapped",
            lambda x, alpha: np.maximum(x, 0.0),
            "The two sides have changed places: on which one does alpha play a part?",
        ),
        Slip(
            "alpha_kept",
            lambda x, alpha: alpha * np.minimum(x, 0.0),
            "This still has alpha in it: the slope of alpha x with respect to alpha is what stands beside it.",
        ),
        Slip(
            "missing_x",
            lambda x, alpha: np.where(np.asarray(x) < 0, 1.0, 0.0),
            "By how much does the result change when alpha grows by 0.1? It depends on how far left x is.",
        ),
        Slip(
            "sign",
            lambda x, alpha: np.maximum(-np.asarray(x, dtype=np.float64), 0.0),
            "A larger alpha makes the result left of 0 smaller, not larger: look at the sign.",
        ),
        Slip(
            "right_side_by_x",
            lambda x, alpha: np.where(np.asarray(x) < 0, np.asarray(x, dtype=np.float64), 1.0),
            "Right of 0 that is the slope with respect to x; does the result change there when alpha does?",
        ),
        Slip(
            "x_itself",
            lambda x, alpha: 1.0 * np.asarray(x),
            "Right of 0 the result is x, whatever alpha is.",
        ),
        Slip(
            "alpha_for_x",
            lambda x, alpha: np.where(np.asarray(x) < 0, alpha, 0.0),
            "Left of 0 that is the slope with respect to x; here alpha is what changes.",
        ),
        Slip(
            "forward_for_derivative",
            lambda x, alpha: prelu(x, alpha),
            "This is PReLU itself; the exercise asks how it changes with alpha.",
        ),
        Slip(
            "divides_by_alpha",
            lambda x, alpha: prelu(x, alpha) / alpha,
            "Dividing by alpha is no derivative: right of 0 the function does not change with alpha.",
        ),
        Slip(
            "wrong_threshold",
            lambda x, alpha: np.where(np.asarray(x) < -1, np.asarray(x, dtype=np.float64), 0.0),
            "It begins left of -1; where is the kink?",
        ),
        Slip(
            "wrong_threshold",
            lambda x, alpha: np.where(np.asarray(x) < 1, np.asarray(x, dtype=np.float64), 0.0),
            "It begins left of 1; where is the kink?",
        ),
        Slip(
            "summed",
            lambda x, alpha: np.full(np.shape(x), np.sum(np.minimum(x, 0.0))),
            "It is added up over the entries, as training does later; here each entry of x keeps its own number.",
        ),
        Slip(
            "summed",
            lambda x, alpha: np.sum(np.minimum(x, 0.0)),
            "It is added up over the entries, as training does later; here each entry of x keeps its own number.",
        ),
        Slip(
            "averaged",
            lambda x, alpha: np.mean(np.minimum(x, 0.0)),
            "It is averaged over the entries; here each entry of x keeps its own number.",
        ),
    ),
    hints=(
        "Let x stand still at -2, and let alpha go from 0.25 to 0.35. By how much does PReLU change? And at x = 2?",
        "With respect to alpha, x is a constant. On which side of 0 does alpha appear in the function at all?",
        "Left of 0 the function is a constant times alpha: what is the slope of that, with respect to alpha?",
    ),
)


EXERCISES: tuple[Exercise, ...] = (
    RELU_DERIVATIVE,
    LEAKY_RELU_DERIVATIVE,
    PRELU_ALPHA_GRADIENT,
    DEAD_UNIT_FRACTION,
    RELU6_DERIVATIVE,
)
