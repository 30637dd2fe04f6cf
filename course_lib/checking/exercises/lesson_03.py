"""Lesson 03: the sigmoid, its slope from the input and from the output, its loss, and a steeper one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative, sigmoid_derivative_from_output
from course_lib.checking import probes
from course_lib.checking.digits_left import digits_left
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.losses import logistic_loss, logistic_loss_gradient

Floats = NDArray[np.float64]


# --- sigmoid -------------------------------------------------------------------------------------------------

SIGMOID = Exercise(
    name="sigmoid",
    lesson="03_sigmoid",
    arguments=("x",),
    wanted="the sigmoid",
    reference=sigmoid,
    shown=sigmoid,
    shown_as="the sigmoid there",
    probes=probes.elementwise,
    examples=((2.0,), (-1.0,), (0.5,), (0.0,)),
    parts={"values": 5, "extremes": 3, "shapes": 1, "argument": 1},
    slips=(
        Slip(
            "missing_minus",
            lambda x: sigmoid(-x),
            "It falls where the sigmoid rises: look at the sign of the exponent.",
        ),
        Slip(
            "tanh_for_sigmoid",
            np.tanh,
            "This is tanh, which runs from -1 to 1; the sigmoid is a probability.",
        ),
        Slip(
            "wrong_range",
            lambda x: 2 * sigmoid(x) - 1,
            "The shape is right, the range is not: it runs from -1 to 1 instead of from 0 to 1.",
        ),
        Slip("missing_one", np.exp, "It grows without bound: something is missing in the denominator."),
        Slip(
            "derivative_for_forward",
            sigmoid_derivative,
            "This is the slope of the sigmoid; the exercise asks for the sigmoid itself.",
        ),
        Slip(
            "hard_step",
            lambda x: (np.asarray(x) > 0).astype(float),
            "This jumps from 0 to 1; the sigmoid does it smoothly.",
        ),
    ),
    hints=(
        "The sigmoid is a probability: small for negative x, a half at 0, near one for positive x.",
        "For x = -1000 some forms compute e to the 1000, which is inf. Is the exponent ever positive in yours?",
        "Use two forms, one for each sign of x, such that the exponential only ever gets numbers below 0.",
    ),
)


# --- sigmoid_derivative --------------------------------------------------------------------------------------


SIGMOID_DERIVATIVE = Exercise(
    name="sigmoid_derivative",
    lesson="03_sigmoid",
    arguments=("x",),
    wanted="the slope",
    reference=sigmoid_derivative,
    shown=lambda x: finite_difference.extrapolated(sigmoid, x).value,
    shown_as="the finite difference of sigmoid there",
    probes=probes.elementwise,
    examples=((2.0,), (-1.0,), (0.5,), (0.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    slips=(
        Slip(
            "input_for_output",
            lambda x: x * (1 - x),
            "This looks like the rule for the output, applied to the input x: which of the two does the exercise "
            "give you?",
        ),
        Slip("forward_for_derivative", sigmoid, "This is the sigmoid itself; the exercise asks for its slope."),
        Slip(
            "squared_output",
            lambda x: sigmoid(x) ** 2,
            "At 0 it is right, but it keeps growing to the right of it. Is the slope the same on both sides of 0?",
        ),
        Slip(
            "squared_complement",
            lambda x: sigmoid(-x) ** 2,
            "At 0 it is right, but it keeps growing to the left of it. Is the slope the same on both sides of 0?",
        ),
        Slip(
            "complement_only",
            lambda x: sigmoid(-x),
            "This is one minus the sigmoid. In the quotient rule, what happens to the denominator?",
        ),
        Slip(
            "tanh_rule",
            lambda x: 1 - sigmoid(x) ** 2,
            "This is the rule of another function, tanh, applied to the sigmoid.",
        ),
        Slip("tanh_derivative", lambda x: 1 - np.tanh(x) ** 2, "This is the slope of tanh, not of the sigmoid."),
        Slip(
            "lost_minus_in_exponent",
            lambda x: np.exp(x) / (1 + np.exp(-x)) ** 2,
            "It grows without bound for positive x: a minus got lost in one of the exponents.",
        ),
        Slip(
            "lost_minus_in_exponent",
            lambda x: np.exp(-x) / (1 + np.exp(x)) ** 2,
            "It grows without bound for negative x: a minus got lost in one of the exponents.",
        ),
        Slip(
            "missing_outer_square",
            lambda x: 1 / (4 * np.cosh(x / 2)),
            "It falls off too slowly on both sides: a square got lost.",
        ),
        Slip(
            "missing_outer_square",
            lambda x: (1 - np.tanh(x / 2)) / 4,
            "It is not the same on both sides of 0: a square got lost.",
        ),
        Slip(
            "second_derivative",
            lambda x: sigmoid_derivative(x) * (1 - 2 * sigmoid(x)),
            "This is the slope of the slope: differentiated once too often.",
        ),
    ),
    hints=(
        "Write the sigmoid as 1/u. Which rule takes you from the slope by u to the slope by x?",
        "The exponent of u is -x. Its own slope brings a minus, and it meets another one.",
        "The slope is the same at x and at -x, and a quarter at 0. Does yours have both properties?",
    ),
    insight=digits_left(sigmoid_derivative, at=30, lesson="03"),
)


# --- sigmoid_derivative_from_output --------------------------------------------------------------------------

_SATURATED_OUTPUTS = np.array([0.0, 5e-324, 1e-300, 1e-20, 1e-9, 1e-4, 1 - 1e-4, 1 - 1e-9, 1 - 2.0**-53, 1.0])


def _sigmoid_inverse(y: Any) -> Any:
    return np.log(y) - np.log1p(-y)


SIGMOID_DERIVATIVE_FROM_OUTPUT = Exercise(
    name="sigmoid_derivative_from_output",
    lesson="03_sigmoid",
    arguments=("y",),
    wanted="the slope for an output y",
    reference=sigmoid_derivative_from_output,
    shown=lambda y: finite_difference.extrapolated(sigmoid, _sigmoid_inverse(y)).value,
    shown_as="the finite difference of sigmoid, where its output is that,",
    probes=lambda rng: probes.elementwise(rng, low=0.0, high=1.0, extremes=_SATURATED_OUTPUTS, limits=False),
    examples=((0.9,), (0.2,), (0.5,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda y: np.ones(np.shape(y)),
    undone=_sigmoid_inverse,
    plotted=(0.02, 0.98),
    slips=(
        Slip(
            "sigmoid_applied_again",
            lambda y: sigmoid(y) * sigmoid(-y),
            "y is the output already; here the sigmoid is applied to it once more.",
        ),
        Slip("tanh_rule", lambda y: 1 - y**2, "This is the rule of another function, tanh."),
        Slip("squared_output", lambda y: y**2, "It grows with y; near y = 1 the sigmoid is almost flat."),
        Slip("complement_only", lambda y: 1 - y, "Near y = 0 the sigmoid is almost flat; this is 1 there."),
        Slip("output_itself", lambda y: y, "This is the output; near y = 1 the sigmoid is almost flat."),
        Slip(
            "tanh_derivative",
            lambda y: 1 - np.tanh(y) ** 2,
            "This is the slope of tanh with y as its input: two things are different here.",
        ),
    ),
    hints=(
        "No exponential is needed: the last line of the derivation has only the sigmoid in it.",
        "Write y wherever that line says sigma of x.",
        "The slope is 0 at y = 0 and at y = 1, and largest in the middle. Which simple curve does that?",
    ),
)


# --- logistic_loss_gradient ----------------------------------------------------------------------------------


def _residual(X: Floats, y: Floats, w: Floats) -> Floats:
    return np.asarray(sigmoid(X @ w) - y)


def _loss_condition(X: Any, y: Any, w: Any) -> Any:
    """Return, for each entry of the gradient, the size of what is added up and rounded there."""
    scores = np.abs(X) @ np.abs(w)
    return np.abs(X).T @ (1 + scores) / len(y)


def _loss_probes(rng: np.random.Generator) -> list[Probe]:
    def problem(m: int, n: int, scale: float = 1.0) -> tuple[Floats, Floats, Floats]:
        X = rng.normal(size=(m, n))
        w = scale * rng.normal(size=n)
        return X, (rng.uniform(size=m) < 0.5).astype(np.float64), w

    X, y, w = problem(6, 3)
    far_X = np.array([[1000.0, 1.0], [-1000.0, 1.0], [800.0, -1.0], [-30.0, 2.0]])
    return [
        Probe("values", "7 samples with 3 features", problem(7, 3)),
        Probe("values", "5 samples with 2 features", problem(5, 2)),
        Probe("values", "4 samples with 4 features", problem(4, 4)),
        Probe(
            "extremes",
            "scores X w of about 1000",
            (far_X, np.array([1.0, 0.0, 0.0, 1.0]), np.array([1.0, 0.5])),
        ),
        Probe("extremes", "weights of 0", (X, y, np.zeros(3))),
        Probe("shapes", "one sample", problem(1, 3)),
        Probe("shapes", "one feature", problem(6, 1)),
        Probe("shapes", "labels as whole numbers", (X, y.astype(int), w)),
        Probe("shapes", "features as whole numbers", (rng.integers(-3, 4, (6, 3)), y, w)),
        Probe("shapes", "every second sample", (problem(6, 3)[0][::2], y[::2], w)),
    ]


_EXAMPLE_X = np.array([[1.0, 2.0], [1.0, -1.0], [1.0, 0.5]])
_EXAMPLE = (_EXAMPLE_X, np.array([1.0, 0.0, 1.0]), np.array([0.5, -1.0]))

LOGISTIC_LOSS_GRADIENT = Exercise(
    name="logistic_loss_gradient",
    lesson="03_sigmoid",
    arguments=("X", "y", "w"),
    wanted="the gradient of the mean loss",
    by="w",
    reference=logistic_loss_gradient,
    shown=lambda X, y, w: finite_difference.gradient(lambda v: float(logistic_loss(X, y, v)), w),
    shown_as="the finite difference of the loss",
    probes=_loss_probes,
    examples=(_EXAMPLE,),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=_loss_condition,
    elementwise=False,
    slips=(
        Slip(
            "not_averaged",
            lambda X, y, w: X.T @ _residual(X, y, w),
            "It is the gradient of the sum over the samples; the loss is their mean.",
        ),
        Slip(
            "averaged_over_features",
            lambda X, y, w: X.T @ _residual(X, y, w) / X.shape[1],
            "It is divided by the number of features; the mean goes over the samples.",
        ),
        Slip(
            "extra_slope",
            lambda X, y, w: X.T @ (_residual(X, y, w) * sigmoid_derivative(X @ w)) / len(y),
            "The slope of the sigmoid is still in it, as for the squared error: for this loss it cancels.",
        ),
        Slip(
            "no_activation",
            lambda X, y, w: X.T @ (X @ w - y) / len(y),
            "This is the gradient of linear regression: the scores X w are not probabilities yet.",
        ),
        Slip(
            "missing_features",
            lambda X, y, w: np.full(len(w), np.mean(_residual(X, y, w))),
            "It has the mean error in each entry: how does a weight act on the score of a sample?",
        ),
        Slip(
            "loss_itself",
            lambda X, y, w: np.full(len(w), logistic_loss(X, y, w)),
            "This is the loss; the exercise asks how it changes with each weight.",
        ),
    ),
    hints=(
        "For one sample the lesson derived the slope of the loss by the score. How does the score depend on w?",
        "The chain rule: each sample contributes its error, times its row of X.",
        "Adding up over the samples is one product of a matrix and a vector. Which matrix has one row a feature?",
    ),
)


# --- steep_sigmoid_derivative (transfer) ---------------------------------------------------------------------


def _steep(x: Any, k: float) -> Any:
    return k * sigmoid_derivative(k * x)


def _steep_probes(rng: np.random.Generator) -> list[Probe]:
    steepness = float(rng.uniform(1.3, 3.0))
    values = ((steepness,), (-float(rng.uniform(1.3, 3.0)),), (float(rng.uniform(0.2, 0.8)),))
    return probes.elementwise(rng, values, ((1.0,), (0.0,), (-1.0,), (5.0,)), low=-4.0, high=4.0)


STEEP_SIGMOID_DERIVATIVE = Exercise(
    name="steep_sigmoid_derivative",
    lesson="03_sigmoid",
    arguments=("x", "k"),
    wanted="the slope of the steeper sigmoid",
    reference=_steep,
    shown=lambda x, k: finite_difference.extrapolated(lambda t: sigmoid(k * t), x).value,
    shown_as="the finite difference of sigma(k x) there",
    probes=_steep_probes,
    examples=((0.5, 2.0), (1.0, -2.0), (0.0, 3.0)),
    parts={"values": 5, "parameters": 2, "extremes": 1, "shapes": 1, "argument": 1},
    condition=lambda x, k: abs(k) * np.maximum(1, np.abs(k * np.asarray(x, dtype=np.float64))),
    slips=(
        Slip(
            "missing_inner_derivative",
            lambda x, k: sigmoid_derivative(k * x),
            "The chain rule has two factors: the slope of the outer function, and that of what is inside.",
        ),
        Slip(
            "inner_not_scaled",
            lambda x, k: k * sigmoid_derivative(x),
            "The outer slope is taken at the wrong place: what does the sigmoid get as its input here?",
        ),
        Slip("ignores_k", lambda x, k: sigmoid_derivative(x), "It does not use k at all."),
        Slip(
            "inner_twice",
            lambda x, k: k**2 * sigmoid_derivative(k * x),
            "The inner slope is counted twice.",
        ),
        Slip(
            "absolute_factor",
            lambda x, k: np.abs(k) * sigmoid_derivative(k * x),
            "It is right for positive k only: for negative k the curve falls.",
        ),
        Slip(
            "divides_by_k",
            lambda x, k: sigmoid_derivative(k * x) / k,
            "The larger k, the steeper the curve; here it gets flatter.",
        ),
    ),
    hints=(
        "There is a function inside a function. Which one is inside?",
        "What is the slope of the inner function, and at which place is the slope of the outer one taken?",
        "Try k = 2 at x = 0: the curve rises twice as fast there as the sigmoid. And for k = -1?",
    ),
)


EXERCISES: tuple[Exercise, ...] = (
    SIGMOID,
    SIGMOID_DERIVATIVE,
    SIGMOID_DERIVATIVE_FROM_OUTPUT,
    LOGISTIC_LOSS_GRADIENT,
    STEEP_SIGMOID_DERIVATIVE,
)
