"""Lesson 04: tanh from its two halves and from the sigmoid, and three ways to write its slope."""

from course_lib.derivations.derivation import Derivation, Step
from course_lib.derivations.sigmoid import SIGMA

HYPERBOLIC = {
    "sinh": ("t", "(exp(t) - exp(-t))/2"),
    "cosh": ("t", "(exp(t) + exp(-t))/2"),
    "tanh": ("t", "sinh(t)/cosh(t)"),
}
NAMES = {"t": "tanh(x)"}
SLOPE = "tanh_derivative(x)"

SINH = Derivation(
    title="The slope of sinh",
    goal="From the slope of the exponential.",
    definitions=HYPERBOLIC,
    steps=(
        Step("D(sinh(x))", reason="This is what we want: the slope of the numerator of tanh."),
        Step("D((exp(x) - exp(-x))/2)", "definition", "Write out what sinh is."),
        Step(
            "(D(exp(x)) - D(exp(-x)))/2",
            "linearity",
            "The half stays, and a difference goes term by term.",
            match=({"a": "1/2", "u": "exp(x) - exp(-x)"}, {"a": "1", "u": "exp(x)", "b": "-1", "v": "exp(-x)"}),
        ),
        Step(
            "(exp(x) - exp(-x)*D(-x))/2",
            "exponential rule",
            "The exponential is its own slope, times that of its exponent.",
            match={"v": "-x"},
        ),
        Step("(exp(x) - exp(-x)*(-1))/2", "straight line", "The slope of −x is −1.", match={"m": "-1"}),
        Step("(exp(x) + exp(-x))/2", "signs, zeros and ones", "Two minus signs make a plus."),
        Step("cosh(x)", "definition", "This is cosh."),
    ),
)

COSH = Derivation(
    title="The slope of cosh",
    goal="From the slope of the exponential.",
    definitions=HYPERBOLIC,
    steps=(
        Step("D(cosh(x))", reason="This is what we want: the slope of the denominator of tanh."),
        Step("D((exp(x) + exp(-x))/2)", "definition", "Write out what cosh is."),
        Step(
            "(D(exp(x)) + D(exp(-x)))/2",
            "linearity",
            "The half stays, and a sum goes term by term.",
            match=({"a": "1/2", "u": "exp(x) + exp(-x)"}, {"a": "1", "u": "exp(x)", "b": "1", "v": "exp(-x)"}),
        ),
        Step(
            "(exp(x) + exp(-x)*D(-x))/2",
            "exponential rule",
            "The exponential is its own slope, times that of its exponent.",
            match={"v": "-x"},
        ),
        Step(
            "(exp(x) - exp(-x))/2",
            "straight line",
            "The slope of −x is −1, which turns the sign.",
            match={"m": "-1"},
        ),
        Step("sinh(x)", "definition", "This is sinh, with no minus in front."),
    ),
)

QUOTIENT = Derivation(
    title="By the quotient rule",
    goal="The slope of tanh, written with tanh itself.",
    definitions=HYPERBOLIC,
    names=NAMES,
    equals=SLOPE,
    steps=(
        Step("D(tanh(x))", reason="This is what we want: the slope of tanh."),
        Step("D(sinh(x)/cosh(x))", "definition", "Write out what tanh is."),
        Step(
            "(D(sinh(x))*cosh(x) - sinh(x)*D(cosh(x)))/cosh(x)**2",
            "quotient rule",
            "Numerator u and denominator v: (u'v - uv') over v squared.",
            where={"u": "sinh(x)", "v": "cosh(x)"},
        ),
        Step(
            "(cosh(x)*cosh(x) - sinh(x)*sinh(x))/cosh(x)**2",
            "earlier result",
            "Each is the slope of the other: u' is v, and v' is u.",
            match=({"of": "tanh/sinh"}, {"of": "tanh/cosh"}),
        ),
        Step(
            "cosh(x)**2/cosh(x)**2 - sinh(x)**2/cosh(x)**2",
            "split the fraction",
            "One fraction for each part of the numerator.",
            match={"a": "cosh(x)**2", "b": "sinh(x)**2", "c": "cosh(x)**2"},
        ),
        Step(
            "1 - sinh(x)**2/cosh(x)**2",
            "cancel the common factor",
            "The first fraction is 1.",
            match={"a": "cosh(x)**2"},
        ),
        Step(
            "1 - (sinh(x)/cosh(x))**2",
            "power of a fraction",
            "Square over square is the square of the fraction.",
            match={"a": "sinh(x)", "b": "cosh(x)"},
        ),
        Step("1 - tanh(x)**2", "definition", "The fraction is tanh: the slope can be had from the output alone."),
    ),
)

FROM_SIGMOID = Derivation(
    title="Tanh from the sigmoid",
    goal="Tanh is a sigmoid: twice as high, moved down by 1, and half as wide.",
    definitions={**HYPERBOLIC, **SIGMA},
    names=NAMES,
    equals="tanh(x)",
    steps=(
        Step("tanh(x)", reason="No slope yet: we write the function itself in another way."),
        Step("sinh(x)/cosh(x)", "definition", "Write out what tanh is."),
        Step(
            "((exp(x) - exp(-x))/2)/((exp(x) + exp(-x))/2)",
            "definition",
            "And what sinh and cosh are.",
        ),
        Step(
            "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
            "cancel the common factor",
            "The halves go.",
            match={"a": "2", "b": "exp(x) - exp(-x)", "c": "exp(x) + exp(-x)"},
        ),
        Step(
            "(2*exp(x) - (exp(x) + exp(-x)))/(exp(x) + exp(-x))",
            "add and subtract the same",
            "Add the growing exponential, and take it away again: now the numerator holds the denominator.",
            match={"a": "exp(x)", "b": "exp(-x)"},
        ),
        Step(
            "2*exp(x)/(exp(x) + exp(-x)) - (exp(x) + exp(-x))/(exp(x) + exp(-x))",
            "split the fraction",
            "One fraction for each part of the numerator.",
            match={"a": "2*exp(x)", "b": "exp(x) + exp(-x)", "c": "exp(x) + exp(-x)"},
        ),
        Step(
            "2*exp(x)/(exp(x) + exp(-x)) - 1",
            "cancel the common factor",
            "The second fraction is 1.",
            match={"a": "exp(x) + exp(-x)"},
        ),
        Step(
            "2*(exp(x)*exp(-x)/((exp(x) + exp(-x))*exp(-x))) - 1",
            "expand the fraction",
            "Multiply numerator and denominator by the same number, which is never 0.",
            match={"a": "exp(x)", "b": "exp(x) + exp(-x)", "t": "exp(-x)"},
        ),
        Step(
            "2*(exp(x)*exp(-x)/(exp(x)*exp(-x) + exp(-x)*exp(-x))) - 1",
            "multiply out",
            "Each term of the denominator is multiplied.",
            match={"a": "exp(x)", "b": "exp(-x)", "t": "exp(-x)"},
        ),
        Step(
            "2*(1/(1 + exp(-2*x))) - 1",
            "add the exponents",
            "x and −x add up to 0; −x and −x to −2x.",
            match=({"a": "x"}, {"a": "-x"}),
        ),
        Step("2*sigma(2*x) - 1", "definition", "This is the sigmoid, at twice the x."),
    ),
)

CHAIN = Derivation(
    title="By the chain rule, from the sigmoid",
    goal="The slope of tanh, from that of the sigmoid.",
    definitions={**HYPERBOLIC, **SIGMA},
    names=NAMES,
    equals=SLOPE,
    steps=(
        Step("D(tanh(x))", reason="This is what we want: the slope of tanh."),
        Step(
            "D(2*sigma(2*x) - 1)",
            "earlier result",
            "Tanh is a stretched sigmoid.",
            match={"of": "tanh/from_sigmoid"},
        ),
        Step(
            "2*D(sigma(2*x)) + D(-1)",
            "linearity",
            "The factor stays, and a sum goes term by term.",
            match={"a": "2", "u": "sigma(2*x)", "b": "1", "v": "-1"},
        ),
        Step("2*D(sigma(2*x))", "constant rule", "The −1 does not change with x.", match={"c": "-1"}),
        Step(
            "2*(D(sigma(u), u)*D(2*x))",
            "chain rule",
            "Call the inside u: the slope of the sigmoid at u, times the slope of u.",
            where={"u": "2*x"},
            match={"outer": "sigma(u)"},
        ),
        Step(
            "2*(D(sigma(u), u)*2)",
            "straight line",
            "The slope of 2x is 2. Forgetting it is the most common slip.",
            match={"m": "2"},
        ),
        Step("4*D(sigma(u), u)", "arithmetic", "Two for the height, two for the width."),
        Step(
            "4*(sigma(u)*(1 - sigma(u)))",
            "earlier result",
            "The slope of the sigmoid is known.",
            match={"of": "sigmoid/chain", "x": "u"},
        ),
        Step("4*(sigma(2*x)*(1 - sigma(2*x)))", "put u back", "Write u as what it stands for."),
        Step(
            "2*sigma(2*x)*(2*(1 - sigma(2*x)))",
            "arithmetic",
            "Four is two times two: one for each factor.",
        ),
        Step(
            "2*sigma(2*x)*(2 - 2*sigma(2*x))",
            "multiply out",
            "The second two goes to both terms.",
            match={"a": "1", "b": "-sigma(2*x)", "t": "2"},
        ),
        Step(
            "(1 + (2*sigma(2*x) - 1))*(1 - (2*sigma(2*x) - 1))",
            "add and subtract one",
            "Now both factors hold the stretched sigmoid.",
            match={"a": "2*sigma(2*x)"},
        ),
        Step(
            "(1 + tanh(x))*(1 - tanh(x))",
            "earlier result",
            "Which is tanh.",
            match={"of": "tanh/from_sigmoid"},
        ),
        Step(
            "1 - tanh(x)**2",
            "difference of two squares",
            "The same result as by the quotient rule.",
            match={"a": "1", "b": "tanh(x)"},
        ),
    ),
)

SECH = Derivation(
    title="With one over cosh",
    goal="The slope of tanh, in a form that is never above 1 and the same on both sides of 0.",
    definitions=HYPERBOLIC,
    names=NAMES,
    equals=SLOPE,
    steps=(
        Step("D(tanh(x))", reason="This is what we want, in a form that shows its symmetry."),
        Step("1 - tanh(x)**2", "earlier result", "We have it from the quotient rule.", match={"of": "tanh/quotient"}),
        Step("1 - (sinh(x)/cosh(x))**2", "definition", "Write out what tanh is."),
        Step(
            "1 - sinh(x)**2/cosh(x)**2",
            "power of a fraction",
            "Square the numerator and the denominator.",
            match={"a": "sinh(x)", "b": "cosh(x)"},
        ),
        Step(
            "cosh(x)**2/cosh(x)**2 - sinh(x)**2/cosh(x)**2",
            "one as a fraction",
            "Give both terms the same denominator.",
            match={"a": "cosh(x)**2"},
        ),
        Step(
            "(cosh(x)**2 - sinh(x)**2)/cosh(x)**2",
            "join the fractions",
            "Same denominator: subtract the numerators.",
            match={"a": "cosh(x)**2", "b": "sinh(x)**2", "c": "cosh(x)**2"},
        ),
        Step(
            "(cosh(x) - sinh(x))*(cosh(x) + sinh(x))/cosh(x)**2",
            "difference of two squares",
            "Difference times sum.",
            match={"a": "cosh(x)", "b": "sinh(x)"},
        ),
        Step(
            "exp(-x)*exp(x)/cosh(x)**2",
            "cosh plus or minus sinh",
            "In the difference the halves of e to the x cancel, in the sum those of e to the −x.",
            match={"a": "x"},
        ),
        Step(
            "1/cosh(x)**2",
            "add the exponents",
            "The exponents −x and x add up to 0, and e to the 0 is 1.",
            match={"a": "x"},
        ),
    ),
)

DERIVATIONS = {
    "tanh/sinh": SINH,
    "tanh/cosh": COSH,
    "tanh/quotient": QUOTIENT,
    "tanh/from_sigmoid": FROM_SIGMOID,
    "tanh/chain": CHAIN,
    "tanh/sech": SECH,
}
