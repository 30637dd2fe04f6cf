"""Lesson 08: the slopes of softplus and of ELU; the gates stand in files of their own."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.exponential import elu, elu_derivative
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.activations.softplus import softplus, softplus_derivative
from course_lib.checking import probes
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.exercises.lesson_08_gelu import GELU_DERIVATIVE
from course_lib.checking.exercises.lesson_08_glu import GLU_VJP
from course_lib.checking.exercises.lesson_08_swish import SILU_DERIVATIVE, SWISH_BETA_GRADIENT
from course_lib.checking.recomputed import beside_kinks, between_at

Floats = NDArray[np.float64]

# --- softplus_derivative ---------------------------------------------------------------------------------------


def _floats(x: Any) -> Floats:
    return np.asarray(x, dtype=np.float64)


SOFTPLUS_DERIVATIVE = Exercise(
    name="softplus_derivative",
    lesson="08_smooth_and_gated",
    arguments=("x",),
    wanted="the slope",
    reference=softplus_derivative,
    shown=lambda x: finite_difference.extrapolated(softplus, x).value,
    shown_as="the finite difference of softplus there",
    probes=probes.elementwise,
    examples=((2.0,), (-1.0,), (0.5,), (0.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    slips=(
        Slip("forward_for_derivative", softplus, "This is softplus itself; the exercise asks for its slope."),
        Slip(
            "missing_inner_derivative",
            lambda x: sigmoid(-_floats(x)),
            "For large x it is almost 0; but softplus is almost x there, so how steep? The chain rule has two "
            "factors: what does the sum inside the logarithm bring?",
        ),
        Slip(
            "inner_derivative_only",
            np.exp,
            "It grows without bound; but for large x softplus is almost x. This is the slope of what stands inside "
            "the logarithm: where is the slope of the logarithm itself?",
        ),
        Slip(
            "logarithm_kept",
            lambda x: softplus(x) * np.exp(x),
            "The inner slope is there, but the logarithm stands beside it as it was: what is the slope of a logarithm?",
        ),
        Slip(
            "second_derivative",
            sigmoid_derivative,
            "This is a hill, flat on both sides; but for large x softplus is almost x, so how steep? Did you "
            "differentiate once too often?",
        ),
        Slip(
            "one_differentiated",
            lambda x: np.ones(np.shape(x)),
            "It is 1 everywhere: above and below stands the same. What becomes of the 1 inside the logarithm, when "
            "you differentiate, and does it stay below?",
        ),
        Slip(
            "hard_step",
            lambda x: np.heaviside(_floats(x), 0.5),
            "This is the slope of ReLU, which jumps. Softplus is smooth: what happens around 0?",
        ),
        Slip(
            "tanh_for_sigmoid",
            np.tanh,
            "Left of 0 it falls; does softplus ever fall? Its slope runs from 0 to 1.",
        ),
        Slip(
            "gate_for_slope",
            lambda x: _floats(x) * sigmoid(x),
            "There is an x too many: with the exponential inside the logarithm, is the inner slope x times it, or the "
            "exponential itself?",
        ),
        Slip(
            "missing_one",
            lambda x: np.exp(x) / _floats(x),
            "The slope of a logarithm is one over its inside: what stands inside here, x alone?",
        ),
        Slip(
            "missing_one",
            lambda x: np.exp(-_floats(x)),
            "It falls; but the further to the right, the steeper softplus is. The slope of a logarithm is one over its "
            "inside: what stands inside besides the exponential, and what is the slope of the inside?",
        ),
        Slip(
            "logarithm_of_sigmoid",
            lambda x: -softplus(-_floats(x)),
            "It is negative; but does softplus ever fall? The logarithm should be gone after differentiating.",
        ),
    ),
    hints=(
        "There is a function inside a logarithm. What is the slope of a logarithm, and what that of the inside?",
        "Multiply the two. Far to the right the result must be almost 1, far to the left almost 0.",
        "You know the curve that you get, from lesson 03. For x = 1000 the exponential is inf: which form of that "
        "curve stays finite there?",
    ),
)

# --- elu_derivative --------------------------------------------------------------------------------------------


def _elu_probes(rng: np.random.Generator) -> list[Probe]:
    values = tuple((float(a),) for a in rng.uniform([0.3, 1.3, 2.2], [0.8, 2.0, 3.0]))
    return [
        *probes.elementwise(rng, values, ((1.0,), (0.1,), (2,)), kinks=(0.0,)),
        Probe("parameters", "the default alpha", (probes.moderate(rng),)),
    ]


def _between_sides(x: Any, alpha: float) -> tuple[Floats, Floats]:
    return between_at((0.0,), x, elu_derivative(x, alpha), min(alpha, 1.0), max(alpha, 1.0))


def _left(x: Any, left: Any, right: Any = 1.0) -> Floats:
    """Return one thing left of 0, and another right of it."""
    return np.where(_floats(x) > 0, right, left)


def _choice_at_0(answer: Callable[..., Any]) -> str:
    value = float(np.asarray(answer(np.zeros(1), 0.5))[0])
    return (
        f"At x = 0, with alpha = 0.5, yours gives {value:g}: a choice, since there the slope jumps from 0.5 to 1. With "
        "alpha = 1 nothing jumps, and there is nothing to choose."
    )


ELU_DERIVATIVE = Exercise(
    name="elu_derivative",
    lesson="08_smooth_and_gated",
    arguments=("x", "alpha"),
    defaults={"alpha": 1.0},
    wanted="the slope",
    reference=elu_derivative,
    shown=lambda x, alpha: beside_kinks(lambda t: elu(t, alpha), x, 0.0),
    shown_as="the finite difference of ELU on that side of 0",
    accepts=_between_sides,
    probes=_elu_probes,
    examples=((2.0, 0.5), (-1.0, 0.5), (0.5, 0.5), (-1.0, 2.0)),
    parts={"values": 5, "parameters": 2, "extremes": 1, "shapes": 1, "argument": 1},
    condition=lambda x, alpha: np.maximum(1, alpha) * np.maximum(1, np.abs(_floats(x))),
    slips=(
        Slip(
            "ignores_alpha",
            lambda x, alpha: elu_derivative(x),
            "It is right for alpha = 1 only: what becomes of a number that stands in front of a function?",
        ),
        Slip(
            "forward_for_derivative",
            elu,
            "This is ELU itself; the exercise asks for its slope.",
        ),
        Slip(
            "left_not_differentiated",
            lambda x, alpha: _left(x, alpha * np.expm1(x)),
            "Right of 0 it is right; left of 0 the function itself stands where its slope belongs. Can the slope be "
            "negative, where ELU rises?",
        ),
        Slip(
            "left_not_differentiated",
            lambda x, alpha: _left(x, np.expm1(x)),
            "Left of 0 the bracket stands as it was, without alpha. Can the slope be negative, where ELU rises?",
        ),
        Slip(
            "right_not_differentiated",
            lambda x, alpha: _left(x, alpha * np.exp(x), x),
            "Right of 0 the function itself stands where its slope belongs: how steep is x?",
        ),
        Slip(
            "one_for_alpha",
            lambda x, alpha: _left(x, elu(x, alpha) + 1),
            "Left of 0 something is added to the function, and for alpha = 1 it is right: what must be added for "
            "another alpha?",
        ),
        Slip(
            "added_on_both_sides",
            lambda x, alpha: elu(x, alpha) + alpha,
            "Left of 0 it is right; right of 0 the function has no alpha in it, and no exponential: how steep is it "
            "there?",
        ),
        *(
            Slip(
                "branches_swapped",
                formula,
                "The two sides have changed places: on which one is ELU a straight line?",
            )
            for formula in (
                lambda x, alpha: _left(x, 1.0, alpha * np.exp(x)),
                lambda x, alpha: _left(x, 1.0, alpha * np.exp(-np.abs(x))),
            )
        ),
        *(
            Slip(
                "wrong_threshold",
                lambda x, alpha, kink=kink: np.where(_floats(x) > kink, 1.0, alpha * np.exp(x)),
                f"The straight line begins at x = {kink}: where does ELU change from the curve to the line?",
            )
            for kink in (-1, 1)
        ),
        Slip(
            "exponential_everywhere",
            lambda x, alpha: alpha * np.exp(x),
            "Left of 0 it is right; right of 0 ELU is a straight line. How steep?",
        ),
        Slip(
            "leaky",
            lambda x, alpha: _left(x, alpha),
            "Left of 0 it is the same everywhere, as for leaky ReLU. ELU becomes flatter and flatter there: what is "
            "the slope of the exponential?",
        ),
        Slip(
            "relu_derivative",
            lambda x, alpha: _left(x, 0.0),
            "Left of 0 it is flat, as ReLU is. How does ELU go on there?",
        ),
        Slip(
            "exponent_sign",
            lambda x, alpha: _left(x, alpha * np.exp(-_floats(x))),
            "Far to the left it grows without bound, where ELU becomes flat: which sign stands in the exponent?",
        ),
        Slip(
            "falls_on_the_left",
            lambda x, alpha: _left(x, -alpha * np.exp(x)),
            "Left of 0 it is negative; but ELU rises there. Where does the minus come from?",
        ),
        Slip(
            "constant_kept",
            lambda x, alpha: _left(x, alpha * np.exp(x) - 1),
            "Left of 0 something is subtracted that does not depend on x: what is its slope?",
        ),
        Slip(
            "alpha_in_exponent",
            lambda x, alpha: _left(x, np.exp(alpha * _floats(x))),
            "alpha has moved into the exponent: does it stretch ELU in height, or in width?",
        ),
        Slip(
            "alpha_in_exponent",
            lambda x, alpha: _left(x, alpha * np.exp(alpha * _floats(x))),
            "alpha stands in the exponent as well: does it stretch ELU in height, or in width?",
        ),
        Slip(
            "celu",
            lambda x, alpha: _left(x, np.exp(_floats(x) / alpha)),
            "This is the slope of another function, CELU, which is stretched in width too. Where does alpha stand in "
            "ELU?",
        ),
        Slip(
            "alpha_on_both_sides",
            lambda x, alpha: _left(x, alpha * np.exp(x), alpha),
            "Left of 0 it is right. Does alpha play a part on the right?",
        ),
        Slip(
            "power_rule",
            lambda x, alpha: _left(x, alpha * _floats(x) * np.exp(_floats(x) - 1)),
            "This is the rule for a power of x, applied to the exponential: where does x stand, in the base or in the "
            "exponent?",
        ),
        Slip(
            "derivative_by_alpha",
            lambda x, alpha: _left(x, np.expm1(x), 0.0),
            "This is how ELU changes with alpha. Here alpha stands still, and x changes.",
        ),
        Slip(
            "divides_by_alpha",
            lambda x, alpha: _left(x, np.exp(x) / alpha),
            "The larger alpha, the flatter it is on the left: does a larger alpha make ELU deeper or shallower there?",
        ),
    ),
    hints=(
        "Draw it with alpha = 2: a straight line, and a curve that comes from -2. How steep is the line?",
        "On the left: a number in front stays, a number that is added goes. What is the slope of the exponential?",
        "Each entry decides for itself which side it is on: np.where does that. Try yours at x = -1 for two alphas: "
        "when alpha doubles, the slope on the left does too.",
    ),
    insight=_choice_at_0,
)


EXERCISES: tuple[Exercise, ...] = (
    SOFTPLUS_DERIVATIVE,
    ELU_DERIVATIVE,
    SILU_DERIVATIVE,
    GELU_DERIVATIVE,
    GLU_VJP,
    SWISH_BETA_GRADIENT,
)
