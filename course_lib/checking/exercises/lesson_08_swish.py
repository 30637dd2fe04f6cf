"""Lesson 08: the slope of SiLU; and, as a transfer, how Swish changes with its parameter beta."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.gated import silu, silu_beta_derivative, silu_derivative
from course_lib.activations.rectified import relu_derivative
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.checking import probes
from course_lib.checking.exercise import Exercise, Probe, Slip

Floats = NDArray[np.float64]

# --- silu_derivative -------------------------------------------------------------------------------------------


def _silu_probes(rng: np.random.Generator) -> list[Probe]:
    """Leave out 1e300: the form with SiLU's own output, which its authors published, is told about that instead."""
    drawn = np.concatenate([rng.uniform(5, 40, 12), 10 ** rng.uniform(2, 4, 4)])
    far = probes.TURNING_POINTS[probes.TURNING_POINTS < 1e150]
    extremes = probes.both_signs(np.concatenate([drawn, far, probes.TINY]))
    return probes.elementwise(rng, extremes=extremes, limits=False)


def _very_far_out(answer: Callable[..., Any]) -> str | None:
    got = float(np.ravel(answer(np.array([1e20])))[0])
    if abs(got - 1) < 1e-9:
        return None
    return (
        f"Worth knowing, though it costs no points: at x = 1e20 your form gives {got:g}, not 1. The output of SiLU is "
        "subtracted from itself there, and the digits of a huge number do not reach down to 1."
    )


SILU_DERIVATIVE = Exercise(
    name="silu_derivative",
    lesson="08_smooth_and_gated",
    arguments=("x",),
    wanted="the slope",
    reference=silu_derivative,
    shown=lambda x: finite_difference.extrapolated(silu, x).value,
    shown_as="the finite difference of SiLU there",
    probes=_silu_probes,
    examples=((2.0,), (-1.0,), (0.5,), (0.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    slips=(
        Slip("forward_for_derivative", silu, "This is SiLU itself; the exercise asks for its slope."),
        Slip(
            "first_term_only",
            sigmoid,
            "The slope of x is taken, and the gate stands still. The gate depends on x too: what does the product "
            "rule add?",
        ),
        Slip(
            "second_term_only",
            lambda x: x * sigmoid_derivative(x),
            "At 0 it is 0, but SiLU rises there. The product rule has two terms: which one is missing?",
        ),
        Slip(
            "slopes_multiplied",
            sigmoid_derivative,
            "The slopes of the two factors are multiplied. What does the product rule say instead?",
        ),
        Slip(
            "slopes_added",
            lambda x: 1 + sigmoid_derivative(x),
            "The slopes of the two factors are added. What does each of them meet in the product rule?",
        ),
        Slip(
            "missing_x",
            lambda x: sigmoid(x) + sigmoid_derivative(x),
            "The slope of the gate stands alone. What does it meet in the product rule?",
        ),
        Slip(
            "gate_not_differentiated",
            lambda x: sigmoid(x) * (1 + x),
            "In the second term the gate itself stands where its slope belongs: how fast does the gate open?",
        ),
        Slip(
            "complement_only",
            lambda x: sigmoid(x) + x * sigmoid(-np.asarray(x)),
            "In the second term only half of the gate's slope is left: which two factors does the slope of the sigmoid "
            "have?",
        ),
        Slip(
            "sign_between_terms",
            lambda x: sigmoid(x) - x * sigmoid_derivative(x),
            "The second term is subtracted. Does the gate open or close when x grows?",
        ),
        *(
            Slip(
                "brackets",
                formula,
                "A bracket is misplaced: which factors belong to which of the two terms? Try x = 0, where the second "
                "term must vanish, and then x = 2.",
            )
            for formula in (
                lambda x: sigmoid(x) * (1 + x - sigmoid(x)),
                lambda x: sigmoid(x) * (1 + x) * sigmoid(-np.asarray(x)),
            )
        ),
        Slip(
            "sigmoid_rule",
            lambda x: silu(x) * (1 - silu(x)),
            "This is the rule for the output of the sigmoid, applied to the output of SiLU. Is SiLU a sigmoid?",
        ),
        Slip(
            "sigmoid_rule",
            lambda x: sigmoid(x) + silu(x) * (1 - silu(x)),
            "y (1 - y) is the slope of the sigmoid if y is the sigmoid's own output. Whose output is it here, and "
            "where is the factor x?",
        ),
        Slip(
            "square_kept",
            lambda x: sigmoid(x) * (1 + silu(x)),
            "The second term must be x times the slope of the gate: is that the square of its output?",
        ),
        Slip(
            "output_misused",
            lambda x: silu(x) + sigmoid(x) * (1 + silu(x)),
            "The output is counted with a wrong sign: when the gate is open, does it still open further?",
        ),
        Slip(
            "missing_square",
            lambda x: 1 + x * sigmoid(-np.asarray(x)),
            "Far to the left it grows without bound. In the quotient rule, what happens to the denominator?",
        ),
        Slip(
            "tanh_rule",
            lambda x: sigmoid(x) + x * (1 - sigmoid(x) ** 2),
            "The slope of the gate is taken by the rule of another function, tanh. What is the rule of the sigmoid?",
        ),
        Slip(
            "input_for_output",
            lambda x: sigmoid(x) + x * x * (1 - x),
            "The rule for the sigmoid's slope is applied to x; which number does it take, the input or the output?",
        ),
        Slip(
            "relu_derivative",
            relu_derivative,
            "This is the slope of ReLU, which jumps. SiLU is smooth: what happens around 0?",
        ),
        Slip(
            "sigmoid_form",
            lambda x: silu_derivative(x, 1.702),
            "This is the slope of an approximation of GELU, whose gate opens faster: what stands in front of x inside "
            "the gate of SiLU?",
        ),
        Slip(
            "second_derivative",
            lambda x: sigmoid_derivative(x) * (2 + x * (1 - 2 * sigmoid(x))),
            "This is the slope of the slope: differentiated once too often.",
        ),
    ),
    hints=(
        "SiLU is a product: x, and a gate that opens with x. Which rule is for products, and how many terms has it?",
        "In one term x is differentiated and the gate stands still; in the other it is the other way round. Lesson 03 "
        "has the slope of the gate.",
        "Check yours: one half at 0, almost 1 far to the right, and negative for a while on the left. No exponential "
        "may become inf and then be divided by inf.",
    ),
    insight=_very_far_out,
)

# --- swish_beta_gradient (transfer) ----------------------------------------------------------------------------

#: Not so far that x squared would be infinite.
_FAR = np.where(probes.TURNING_POINTS > 1e150, 1e150, probes.TURNING_POINTS)


def _recomputed(x: Any, beta: float) -> Floats:
    h = 1e-5
    return np.asarray((silu(x, beta + h) - silu(x, beta - h)) / (2 * h))


def _swish_probes(rng: np.random.Generator) -> list[Probe]:
    values = tuple((float(b),) for b in rng.uniform([1.3, 0.3, -2.0], [2.5, 0.8, -0.5]))
    far = probes.both_signs(np.concatenate([rng.uniform(5, 40, 12), _FAR, probes.TINY]))
    others = ((0.0,), (1.0,), (-1.0,), (2,), (50.0,))
    return probes.elementwise(rng, values, others, low=-4.0, high=4.0, extremes=far, limits=False)


SWISH_BETA_GRADIENT = Exercise(
    name="swish_beta_gradient",
    lesson="08_smooth_and_gated",
    arguments=("x", "beta"),
    wanted="the derivative with respect to beta",
    by="beta",
    reference=silu_beta_derivative,
    shown=_recomputed,
    shown_as="the finite difference of Swish, with beta a little larger and a little smaller,",
    probes=_swish_probes,
    examples=((2.0, 0.5), (-2.0, 0.5), (1.0, -2.0), (0.5, 0.0)),
    parts={"values": 5, "parameters": 2, "extremes": 1, "shapes": 1, "argument": 1},
    condition=lambda x, beta: np.maximum(1, np.square(np.clip(x, -1e3, 1e3))),
    slips=(
        Slip(
            "derivative_by_x",
            silu_derivative,
            "This is the slope with respect to x. Here x stands still, and beta changes.",
        ),
        Slip(
            "derivative_by_x",
            lambda x, beta: sigmoid(beta * x) + x * sigmoid_derivative(beta * x),
            "This is meant as the slope with respect to x. Here x stands still, and beta changes: how many terms are "
            "left then?",
        ),
        Slip(
            "missing_x",
            lambda x, beta: x * sigmoid_derivative(beta * x),
            "x stands in front, and it stands inside too. Which factor does each of them bring, when beta changes?",
        ),
        Slip(
            "missing_both_x",
            lambda x, beta: sigmoid_derivative(beta * x),
            "Only the slope of the sigmoid is there. What stands in front of the gate, and how fast does beta times x "
            "change with beta?",
        ),
        Slip(
            "inner_by_x",
            lambda x, beta: beta * x * sigmoid_derivative(beta * x),
            "The slope of the inner function is taken with respect to x: how fast does beta times x change with beta?",
        ),
        Slip(
            "beta_kept",
            lambda x, beta: beta * x * x * sigmoid_derivative(beta * x),
            "There is a beta in front: the inner function is beta times x, and what is its slope with respect to beta?",
        ),
        Slip(
            "gate_not_differentiated",
            lambda x, beta: x * x * sigmoid(beta * x),
            "The gate itself stands where its slope belongs: how fast does it open when beta grows?",
        ),
        Slip(
            "complement_only",
            lambda x, beta: x * x * sigmoid(-beta * x),
            "Only half of the gate's slope is left: which two factors does the slope of the sigmoid have?",
        ),
        Slip(
            "plus_for_minus",
            lambda x, beta: x * x * (s := sigmoid(beta * x)) * (1 + s),
            "An open gate hardly opens further, but here it does so faster and faster: look at the sign in the "
            "sigmoid's slope.",
        ),
        Slip(
            "squared_output",
            lambda x, beta: x * x * sigmoid(beta * x) ** 2,
            "An open gate hardly opens further, but here it does: which two factors has the slope of the sigmoid?",
        ),
        Slip(
            "ignores_beta",
            lambda x, beta: x * x * sigmoid_derivative(x),
            "It does not use beta: at which place is the slope of the sigmoid taken?",
        ),
        Slip(
            "product_rule",
            lambda x, beta: sigmoid(beta * x) + x * x * sigmoid_derivative(beta * x),
            "The first term comes from differentiating the x in front. Does that x change, when beta does?",
        ),
        Slip(
            "product_rule",
            lambda x, beta: silu(x, beta) + x * x * sigmoid_derivative(beta * x),
            "There is a term too many: of the two factors, which one changes with beta, and which stands still?",
        ),
        *(
            Slip(
                "brackets",
                formula,
                "A bracket is misplaced: multiplied out, which factors stand before each of the two terms? Where the "
                "gate is wide open, the result must be almost 0.",
            )
            for formula in (
                lambda x, beta: x * x * sigmoid(beta * x) - sigmoid(beta * x) ** 2,
                lambda x, beta: x * sigmoid(beta * x) * (x - sigmoid(beta * x)),
            )
        ),
        Slip(
            "input_for_output",
            lambda x, beta: x * x * (beta * x) * (1 - beta * x),
            "The rule for the sigmoid's slope is applied to beta times x: which number does that rule take, the input "
            "or the output?",
        ),
        Slip(
            "arguments_exchanged",
            lambda x, beta: beta * beta * sigmoid_derivative(beta * x),
            "x and beta have changed places: which of them stands in front of the gate, and which one changes? Look "
            "at the order of the arguments too.",
        ),
        Slip(
            "front_differentiated",
            lambda x, beta: sigmoid(beta * x),
            "This is what is left when the x in front is differentiated. Which letter changes here?",
        ),
        Slip(
            "forward_for_derivative",
            silu,
            "This is Swish itself; the exercise asks how it changes with beta.",
        ),
        *(
            Slip(
                "rule_on_the_output",
                formula,
                "The sigmoid's rule for its output is applied to the output of Swish: which number is the sigmoid's "
                "own?",
            )
            for formula in (
                lambda x, beta: silu(x, beta) * (1 - silu(x, beta)) * x,
                lambda x, beta: silu(x, beta) * (1 - silu(x, beta)),
            )
        ),
        Slip(
            "sign_for_negative_x",
            lambda x, beta: x * np.abs(x) * sigmoid_derivative(beta * x),
            "Left of 0 the sign is wrong: the gate closes there when beta grows, so does a negative result come "
            "nearer to 0, or go further away?",
        ),
        *(
            Slip(
                "summed",
                formula,
                "It is added up over the entries, as training does later; which numbers does each entry of x keep "
                "for itself?",
            )
            for formula in (
                lambda x, beta: np.sum(silu_beta_derivative(x, beta)),
                lambda x, beta: np.full(np.shape(x), np.sum(silu_beta_derivative(x, beta))),
            )
        ),
        Slip(
            "averaged",
            lambda x, beta: np.mean(silu_beta_derivative(x, beta)),
            "It is averaged over the entries; which number does each entry of x keep for itself?",
        ),
    ),
    hints=(
        "Let x stand still at 2, and let beta grow from 0.5 to 0.6. Which part of x times the gate changes?",
        "The x in front is a number that stays. Inside the gate stands beta times x: what is its slope, when beta "
        "is what changes?",
        "Check yours: it is never negative, it is the same at x and at -x, and with beta = 0 it is a parabola.",
    ),
)
