"""Lesson 05: the slopes of ReLU and its family, case by case, and both limits at the kink."""

from course_lib.derivations.derivation import Derivation, Step

RELU = {"relu": ("t", "max(0, t)")}
LEAKY_RELU = {"leaky_relu": ("t", "max(0, t) + alpha*min(0, t)")}
PRELU = {"prelu": ("t", "max(0, t) + alpha*min(0, t)")}
RELU6 = {"relu6": ("t", "min(max(0, t), 6)")}

_POSITIVE = "x is positive."
_NEGATIVE = "x is negative."

RIGHT = Derivation(
    title="Right of the kink: x > 0",
    goal="The slope of ReLU where x > 0.",
    definitions=RELU,
    assumption="x > 0",
    equals="relu_derivative(x)",
    steps=(
        Step("D(relu(x))", reason="This is what we want: the slope of ReLU, here for positive x."),
        Step("D(max(0, x))", "definition", "ReLU is the larger of 0 and x."),
        Step("D(x)", "the larger one", _POSITIVE, match={"a": "x", "b": "0"}),
        Step("1", "straight line", "The slope of x is 1: a unit that is on lets the gradient through unchanged."),
    ),
)

LEFT = Derivation(
    title="Left of the kink: x < 0",
    goal="The slope of ReLU where x < 0.",
    definitions=RELU,
    assumption="x < 0",
    equals="relu_derivative(x)",
    steps=(
        Step("D(relu(x))", reason="This is what we want: the slope of ReLU, here for negative x."),
        Step("D(max(0, x))", "definition", "ReLU is the larger of 0 and x."),
        Step("D(0)", "the larger one", _NEGATIVE, match={"a": "0", "b": "x"}),
        Step(
            "0", "constant rule", "A constant has slope 0: a unit that is off lets nothing through.", match={"c": "0"}
        ),
    ),
)

RIGHT_LIMIT = Derivation(
    title="At the kink, from the right",
    goal="The slope of the secant from 0 to h, as h goes to 0 from above.",
    definitions=RELU,
    variables=(),
    steps=(
        Step(
            "lim_right((relu(0 + h) - relu(0))/h, h)",
            reason="The definition of the slope at 0, with steps to the right only.",
        ),
        Step("lim_right((max(0, 0 + h) - max(0, 0))/h, h)", "definition", "ReLU is the larger of 0 and its input."),
        Step(
            "lim_right((h - 0)/h, h)",
            "the larger one",
            "A step to the right is positive.",
            match=({"a": "h", "b": "0"}, {"a": "0", "b": "0"}),
        ),
        Step("lim_right(h/h, h)", "signs, zeros and ones", "Rise and step are equal."),
        Step("lim_right(1, h)", "cancel the common factor", "The step is not 0.", match={"a": "h"}),
        Step("1", "let h go to 0", "The slope on the right is 1."),
    ),
)

LEFT_LIMIT = Derivation(
    title="At the kink, from the left",
    goal="The slope of the secant from 0 to h, as h goes to 0 from below.",
    definitions=RELU,
    variables=(),
    steps=(
        Step(
            "lim_left((relu(0 + h) - relu(0))/h, h)",
            reason="The definition of the slope at 0, with steps to the left only.",
        ),
        Step("lim_left((max(0, 0 + h) - max(0, 0))/h, h)", "definition", "ReLU is the larger of 0 and its input."),
        Step(
            "lim_left((0 - 0)/h, h)",
            "the larger one",
            "A step to the left is negative.",
            match=({"a": "0", "b": "h"}, {"a": "0", "b": "0"}),
        ),
        Step("lim_left(0, h)", "signs, zeros and ones", "Zero divided by what is not 0."),
        Step("0", "let h go to 0", "The slope on the left is 0. On the right it is 1: at 0 itself there is none."),
    ),
)

LEAKY_LEFT = Derivation(
    title="Left of the kink: x < 0",
    goal="The slope of leaky ReLU where x < 0.",
    definitions=LEAKY_RELU,
    variables=("x", "alpha"),
    shares=("alpha",),
    assumption="x < 0",
    equals="leaky_relu_derivative(x, alpha)",
    steps=(
        Step("D(leaky_relu(x))", reason="This is what we want: the slope of leaky ReLU, here for negative x."),
        Step("D(max(0, x) + alpha*min(0, x))", "definition", "One part for each side; the left one is scaled by α."),
        Step("D(0 + alpha*min(0, x))", "the larger one", _NEGATIVE, match={"a": "0", "b": "x"}),
        Step("D(0 + alpha*x)", "the smaller one", "x is negative, so it is the smaller.", match={"a": "x", "b": "0"}),
        Step("alpha", "straight line", "A small slope, but not 0: the gradient leaks through.", match={"m": "alpha"}),
    ),
)

LEAKY_RIGHT = Derivation(
    title="Right of the kink: x > 0",
    goal="The slope of leaky ReLU where x > 0.",
    definitions=LEAKY_RELU,
    variables=("x", "alpha"),
    shares=("alpha",),
    assumption="x > 0",
    equals="leaky_relu_derivative(x, alpha)",
    steps=(
        Step("D(leaky_relu(x))", reason="This is what we want: the slope of leaky ReLU, here for positive x."),
        Step("D(max(0, x) + alpha*min(0, x))", "definition", "One part for each side; the left one is scaled by α."),
        Step("D(x + alpha*min(0, x))", "the larger one", _POSITIVE, match={"a": "x", "b": "0"}),
        Step("D(x + alpha*0)", "the smaller one", "x is positive, so 0 is the smaller.", match={"a": "0", "b": "x"}),
        Step("D(x)", "signs, zeros and ones", "The left part is 0 here."),
        Step("1", "straight line", "As for ReLU."),
    ),
)

ALPHA_LEFT = Derivation(
    title="The slope by α, left of the kink: x < 0",
    goal="PReLU learns its α. How does the output change with it, where x < 0?",
    definitions=PRELU,
    variables=("x", "alpha"),
    shares=("alpha",),
    assumption="x < 0",
    equals="prelu_alpha_derivative(x, alpha)",
    steps=(
        Step("P(prelu(x), alpha)", reason="The partial derivative by α: x stands still."),
        Step("P(max(0, x) + alpha*min(0, x), alpha)", "definition", "Leaky ReLU, with an α that is learned."),
        Step("P(0 + alpha*min(0, x), alpha)", "the larger one", _NEGATIVE, match={"a": "0", "b": "x"}),
        Step(
            "P(0 + alpha*x, alpha)",
            "the smaller one",
            "x is negative, so it is the smaller.",
            match={"a": "x", "b": "0"},
        ),
        Step("x", "straight line", "In α this is a straight line. Its slope is x.", match={"m": "x"}),
    ),
)

ALPHA_RIGHT = Derivation(
    title="The slope by α, right of the kink: x > 0",
    goal="PReLU learns its α. How does the output change with it, where x > 0?",
    definitions=PRELU,
    variables=("x", "alpha"),
    shares=("alpha",),
    assumption="x > 0",
    equals="prelu_alpha_derivative(x, alpha)",
    steps=(
        Step("P(prelu(x), alpha)", reason="The partial derivative by α: x stands still."),
        Step("P(max(0, x) + alpha*min(0, x), alpha)", "definition", "Leaky ReLU, with an α that is learned."),
        Step("P(x + alpha*min(0, x), alpha)", "the larger one", _POSITIVE, match={"a": "x", "b": "0"}),
        Step(
            "P(x + alpha*0, alpha)",
            "the smaller one",
            "x is positive, so 0 is the smaller.",
            match={"a": "0", "b": "x"},
        ),
        Step("P(x, alpha)", "signs, zeros and ones", "The part with α is 0 here."),
        Step("0", "constant rule", "x does not change with α: positive inputs teach α nothing.", match={"c": "x"}),
    ),
)

RELU6_BELOW = Derivation(
    title="Below both kinks: x < 0",
    goal="The slope of ReLU6 where x < 0.",
    definitions=RELU6,
    assumption="x < 0",
    equals="relu6_derivative(x)",
    steps=(
        Step("D(relu6(x))", reason="This is what we want: the slope of ReLU6, here for negative x."),
        Step("D(min(max(0, x), 6))", "definition", "ReLU, but never more than 6."),
        Step("D(min(0, 6))", "the larger one", _NEGATIVE, match={"a": "0", "b": "x"}),
        Step("D(0)", "the smaller one", "0 is less than 6.", match={"a": "0", "b": "6"}),
        Step("0", "constant rule", "A constant has slope 0.", match={"c": "0"}),
    ),
)

RELU6_MIDDLE = Derivation(
    title="Between the kinks: 0 < x < 6",
    goal="The slope of ReLU6 where 0 < x < 6.",
    definitions=RELU6,
    assumption="0 < x < 6",
    equals="relu6_derivative(x)",
    steps=(
        Step("D(relu6(x))", reason="This is what we want: the slope of ReLU6, here between 0 and 6."),
        Step("D(min(max(0, x), 6))", "definition", "ReLU, but never more than 6."),
        Step("D(min(x, 6))", "the larger one", _POSITIVE, match={"a": "x", "b": "0"}),
        Step("D(x)", "the smaller one", "x is less than 6.", match={"a": "x", "b": "6"}),
        Step("1", "straight line", "The slope of x is 1."),
    ),
)

RELU6_ABOVE = Derivation(
    title="Above both kinks: x > 6",
    goal="The slope of ReLU6 where x > 6.",
    definitions=RELU6,
    assumption="x > 6",
    equals="relu6_derivative(x)",
    steps=(
        Step("D(relu6(x))", reason="This is what we want: the slope of ReLU6, here for x above 6."),
        Step("D(min(max(0, x), 6))", "definition", "ReLU, but never more than 6."),
        Step("D(min(x, 6))", "the larger one", _POSITIVE, match={"a": "x", "b": "0"}),
        Step("D(6)", "the smaller one", "6 is less than x.", match={"a": "6", "b": "x"}),
        Step("0", "constant rule", "A constant has slope 0: above 6 the unit saturates.", match={"c": "6"}),
    ),
)

DERIVATIONS = {
    "relu/right": RIGHT,
    "relu/left": LEFT,
    "relu/right_limit": RIGHT_LIMIT,
    "relu/left_limit": LEFT_LIMIT,
    "leaky_relu/left": LEAKY_LEFT,
    "leaky_relu/right": LEAKY_RIGHT,
    "prelu/alpha_left": ALPHA_LEFT,
    "prelu/alpha_right": ALPHA_RIGHT,
    "relu6/below": RELU6_BELOW,
    "relu6/middle": RELU6_MIDDLE,
    "relu6/above": RELU6_ABOVE,
}
