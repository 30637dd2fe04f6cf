"""Lesson 08: the slopes of softplus, softsign, ELU and SELU, and both limits at ELU's kink."""

from course_lib.derivations.cross_entropy import SOFTPLUS
from course_lib.derivations.derivation import Derivation, Step
from course_lib.derivations.sigmoid import SIGMA

SOFTSIGN = {"softsign": ("t", "t/(1 + abs(t))")}
ELU = {"elu": ("t", "max(0, t) + alpha*(exp(min(0, t)) - 1)")}
SELU = {"selu": ("t", "lambd*(max(0, t) + alpha*(exp(min(0, t)) - 1))")}

_QUOTIENT_RULE = "Numerator u and denominator v: (u'v - uv') over v squared."
_TWO_PARTS = "One part for each side: the larger of 0 and x, and an exponential of the smaller."
_OWN_SLOPE = "The exponential is its own slope."

SOFTPLUS_CHAIN = Derivation(
    title="By the chain rule",
    goal="The slope of softplus is the sigmoid.",
    definitions={**SIGMA, **SOFTPLUS},
    equals="softplus_derivative(x)",
    steps=(
        Step("D(softplus(x))", reason="This is what we want: the slope of softplus."),
        Step("D(log(1 + exp(x)))", "definition", "Write out what softplus is."),
        Step(
            "1/(1 + exp(x))*D(1 + exp(x))",
            "logarithm rule",
            "From the outside in: one over what the logarithm is taken of, times the slope of that.",
            match={"v": "1 + exp(x)"},
        ),
        Step(
            "1/(1 + exp(x))*(D(1) + D(exp(x)))",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "1", "v": "exp(x)"},
        ),
        Step("1/(1 + exp(x))*D(exp(x))", "constant rule", "The 1 does not change with x.", match={"c": "1"}),
        Step("exp(x)/(1 + exp(x))", "exponential rule", _OWN_SLOPE),
        Step(
            "exp(x)*exp(-x)/((1 + exp(x))*exp(-x))",
            "expand the fraction",
            "Multiply numerator and denominator by the same number, which is never 0.",
            match={"a": "exp(x)", "b": "1 + exp(x)", "t": "exp(-x)"},
        ),
        Step(
            "exp(x)*exp(-x)/(exp(-x) + exp(x)*exp(-x))",
            "multiply out",
            "Each term of the denominator is multiplied.",
            match={"a": "1", "b": "exp(x)", "t": "exp(-x)"},
        ),
        Step(
            "1/(exp(-x) + 1)",
            "add the exponents",
            "Opposite exponents add up to 0, and e to the 0 is 1.",
            match={"a": "x"},
        ),
        Step("sigma(x)", "definition", "This is the sigmoid."),
    ),
)

SOFTSIGN_RIGHT = Derivation(
    title="Right of 0: x > 0",
    goal="The slope of softsign where x > 0.",
    definitions=SOFTSIGN,
    assumption="x > 0",
    equals="softsign_derivative(x)",
    steps=(
        Step("D(softsign(x))", reason="This is what we want: the slope of softsign, here for positive x."),
        Step("D(x/(1 + abs(x)))", "definition", "Write out what softsign is."),
        Step(
            "D(x/(1 + x))",
            "the absolute value",
            "That of a positive number is the number itself.",
            match={"a": "x", "b": "x"},
        ),
        Step(
            "(D(x)*(1 + x) - x*D(1 + x))/(1 + x)**2",
            "quotient rule",
            _QUOTIENT_RULE,
            where={"u": "x", "v": "1 + x"},
        ),
        Step(
            "(1 + x - x)/(1 + x)**2",
            "insert the derivatives",
            "Both have slope 1.",
            where={"u": "x", "du": "1", "v": "1 + x", "dv": "1"},
        ),
        Step("1/(1 + x)**2", "opposite terms cancel", "Only the 1 is left.", match={"a": "x"}),
        Step(
            "1/(1 + abs(x))**2",
            "the absolute value",
            "The other way round, so that the form is the same on both sides of 0.",
            match={"a": "x", "b": "x"},
        ),
    ),
)

SOFTSIGN_LEFT = Derivation(
    title="Left of 0: x < 0",
    goal="The slope of softsign where x < 0.",
    definitions=SOFTSIGN,
    assumption="x < 0",
    equals="softsign_derivative(x)",
    steps=(
        Step("D(softsign(x))", reason="This is what we want: the slope of softsign, here for negative x."),
        Step("D(x/(1 + abs(x)))", "definition", "Write out what softsign is."),
        Step(
            "D(x/(1 - x))",
            "the absolute value",
            "That of a negative number is its opposite.",
            match={"a": "x", "b": "-x"},
        ),
        Step(
            "(D(x)*(1 - x) - x*D(1 - x))/(1 - x)**2",
            "quotient rule",
            _QUOTIENT_RULE,
            where={"u": "x", "v": "1 - x"},
        ),
        Step(
            "(1 - x - x*(-1))/(1 - x)**2",
            "insert the derivatives",
            "The numerator has slope 1, the denominator −1.",
            where={"u": "x", "du": "1", "v": "1 - x", "dv": "-1"},
        ),
        Step("(1 - x + x)/(1 - x)**2", "signs, zeros and ones", "Two minus signs make a plus."),
        Step("1/(1 - x)**2", "opposite terms cancel", "Only the 1 is left.", match={"a": "x"}),
        Step(
            "1/(1 + abs(x))**2",
            "the absolute value",
            "The same form as on the right. At 0 both are 1: softsign has no kink.",
            match={"a": "x", "b": "-x"},
        ),
    ),
)

ELU_RIGHT = Derivation(
    title="Right of 0: x > 0",
    goal="The slope of ELU where x > 0.",
    definitions=ELU,
    variables=("x", "alpha"),
    shares=("alpha",),
    assumption="x > 0",
    equals="elu_derivative(x, alpha)",
    steps=(
        Step("D(elu(x))", reason="This is what we want: the slope of ELU, here for positive x."),
        Step("D(max(0, x) + alpha*(exp(min(0, x)) - 1))", "definition", _TWO_PARTS),
        Step("D(x + alpha*(exp(min(0, x)) - 1))", "the larger one", "x is positive.", match={"a": "x", "b": "0"}),
        Step("D(x + alpha*(exp(0) - 1))", "the smaller one", "So 0 is the smaller.", match={"a": "0", "b": "x"}),
        Step("D(x + alpha*(1 - 1))", "e to the 0", "It is 1."),
        Step("D(x + alpha*0)", "opposite terms cancel", "One less one.", match={"a": "1"}),
        Step("D(x)", "signs, zeros and ones", "The left part is 0 here."),
        Step("1", "straight line", "As for ReLU."),
    ),
)

ELU_LEFT = Derivation(
    title="Left of 0: x < 0",
    goal="The slope of ELU where x < 0.",
    definitions=ELU,
    variables=("x", "alpha"),
    shares=("alpha",),
    assumption="x < 0",
    equals="elu_derivative(x, alpha)",
    steps=(
        Step("D(elu(x))", reason="This is what we want: the slope of ELU, here for negative x."),
        Step("D(max(0, x) + alpha*(exp(min(0, x)) - 1))", "definition", _TWO_PARTS),
        Step("D(0 + alpha*(exp(min(0, x)) - 1))", "the larger one", "x is negative.", match={"a": "0", "b": "x"}),
        Step("D(alpha*(exp(x) - 1))", "the smaller one", "So x is the smaller.", match={"a": "x", "b": "0"}),
        Step("alpha*D(exp(x) - 1)", "linearity", "The factor stays.", match={"a": "alpha", "u": "exp(x) - 1"}),
        Step(
            "alpha*(D(exp(x)) + D(-1))",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "exp(x)", "v": "-1"},
        ),
        Step("alpha*D(exp(x))", "constant rule", "The 1 does not change with x.", match={"c": "-1"}),
        Step("alpha*exp(x)", "exponential rule", f"{_OWN_SLOPE} It falls off smoothly to 0, and never reaches it."),
    ),
)

ELU_RIGHT_LIMIT = Derivation(
    title="At 0, from the right",
    goal="The slope of the secant from 0 to h, as h goes to 0 from above.",
    definitions=ELU,
    variables=("alpha",),
    steps=(
        Step(
            "lim_right((elu(0 + h) - elu(0))/h, h)",
            reason="The definition of the slope at 0, with steps to the right only.",
        ),
        Step(
            "lim_right((max(0, 0 + h) + alpha*(exp(min(0, 0 + h)) - 1)"
            " - (max(0, 0) + alpha*(exp(min(0, 0)) - 1)))/h, h)",
            "definition",
            "Write out what ELU is, twice.",
        ),
        Step(
            "lim_right((h + alpha*(exp(min(0, 0 + h)) - 1) - alpha*(exp(min(0, 0)) - 1))/h, h)",
            "the larger one",
            "A step to the right is positive.",
            match=({"a": "h", "b": "0"}, {"a": "0", "b": "0"}),
        ),
        Step(
            "lim_right((h + alpha*(exp(0) - 1) - alpha*(exp(0) - 1))/h, h)",
            "the smaller one",
            "So 0 is the smaller.",
            match=({"a": "0", "b": "h"}, {"a": "0", "b": "0"}),
        ),
        Step(
            "lim_right(h/h, h)",
            "opposite terms cancel",
            "The left part is the same before and after the step.",
            match={"a": "alpha*(exp(0) - 1)"},
        ),
        Step("lim_right(1, h)", "cancel the common factor", "The step is not 0.", match={"a": "h"}),
        Step("1", "let h go to 0", "The slope on the right is 1."),
    ),
)

ELU_LEFT_LIMIT = Derivation(
    title="At 0, from the left",
    goal="The slope of the secant from 0 to h, as h goes to 0 from below.",
    definitions=ELU,
    variables=("alpha",),
    steps=(
        Step(
            "lim_left((elu(0 + h) - elu(0))/h, h)",
            reason="The definition of the slope at 0, with steps to the left only.",
        ),
        Step(
            "lim_left((max(0, 0 + h) + alpha*(exp(min(0, 0 + h)) - 1)"
            " - (max(0, 0) + alpha*(exp(min(0, 0)) - 1)))/h, h)",
            "definition",
            "Write out what ELU is, twice.",
        ),
        Step(
            "lim_left((0 + alpha*(exp(min(0, 0 + h)) - 1) - alpha*(exp(min(0, 0)) - 1))/h, h)",
            "the larger one",
            "A step to the left is negative.",
            match=({"a": "0", "b": "h"}, {"a": "0", "b": "0"}),
        ),
        Step(
            "lim_left((alpha*(exp(h) - 1) - alpha*(exp(0) - 1))/h, h)",
            "the smaller one",
            "So the step is the smaller.",
            match=({"a": "h", "b": "0"}, {"a": "0", "b": "0"}),
        ),
        Step("lim_left((alpha*(exp(h) - 1) - alpha*(1 - 1))/h, h)", "e to the 0", "It is 1."),
        Step(
            "lim_left((alpha*(exp(h) - 1) - alpha*0)/h, h)", "opposite terms cancel", "One less one.", match={"a": "1"}
        ),
        Step("lim_left(alpha*(exp(h) - 1)/h, h)", "signs, zeros and ones", "ELU is 0 at 0."),
        Step(
            "alpha*lim_left((exp(h) - 1)/h, h)",
            "constant factor",
            "α does not change with the step.",
            match={"a": "alpha", "f": "(exp(h) - 1)/h", "h": "h"},
        ),
        Step(
            "alpha",
            "definition of e",
            "The slope on the left is α. With α = 1 it is that on the right: then ELU has no kink.",
        ),
    ),
)

SELU_LEFT = Derivation(
    title="Left of 0: x < 0",
    goal="The slope of SELU where x < 0: ELU times λ.",
    definitions=SELU,
    variables=("x", "lambd", "alpha"),
    assumption="x < 0",
    equals="selu_derivative(x)",
    steps=(
        Step("D(selu(x))", reason="This is what we want: the slope of SELU, here for negative x."),
        Step("D(lambd*(max(0, x) + alpha*(exp(min(0, x)) - 1)))", "definition", "ELU, times a fixed number λ above 1."),
        Step(
            "D(lambd*(0 + alpha*(exp(min(0, x)) - 1)))", "the larger one", "x is negative.", match={"a": "0", "b": "x"}
        ),
        Step("D(lambd*(alpha*(exp(x) - 1)))", "the smaller one", "So x is the smaller.", match={"a": "x", "b": "0"}),
        Step(
            "lambd*alpha*D(exp(x) - 1)",
            "linearity",
            "Both factors stay.",
            match={"a": "lambd*alpha", "u": "exp(x) - 1"},
        ),
        Step(
            "lambd*alpha*(D(exp(x)) + D(-1))",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "exp(x)", "v": "-1"},
        ),
        Step("lambd*alpha*D(exp(x))", "constant rule", "The 1 does not change with x.", match={"c": "-1"}),
        Step(
            "lambd*alpha*exp(x)",
            "exponential rule",
            f"{_OWN_SLOPE} Towards 0 it goes to λα; on the right the slope is λ. So SELU has a kink.",
        ),
    ),
)

DERIVATIONS = {
    "softplus/chain": SOFTPLUS_CHAIN,
    "softsign/right": SOFTSIGN_RIGHT,
    "softsign/left": SOFTSIGN_LEFT,
    "elu/right": ELU_RIGHT,
    "elu/left": ELU_LEFT,
    "elu/right_limit": ELU_RIGHT_LIMIT,
    "elu/left_limit": ELU_LEFT_LIMIT,
    "selu/left": SELU_LEFT,
}
