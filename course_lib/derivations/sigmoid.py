"""Lesson 03: three ways to the slope of the sigmoid, and the slope of its loss."""

from course_lib.derivations.derivation import Derivation, Step

SIGMA = {"sigma": ("t", "1/(1 + exp(-t))")}
NAMES = {"s": "sigma(x)"}
SLOPE = "sigmoid_derivative(x)"

CHAIN = Derivation(
    title="By the chain rule",
    goal="The slope of the sigmoid, from the outside in.",
    definitions=SIGMA,
    names=NAMES,
    equals=SLOPE,
    steps=(
        Step("D(sigma(x))", reason="This is what we want: the slope of the sigmoid."),
        Step("D(1/(1 + exp(-x)))", "definition", "Write out what the sigmoid is."),
        Step(
            "D(1/u, u)*D(1 + exp(-x))",
            "chain rule",
            "Call the denominator u. The slope is that of 1/u with respect to u, times that of u with respect to x.",
            where={"u": "1 + exp(-x)"},
            match={"outer": "1/u"},
        ),
        Step(
            "-1/u**2*D(1 + exp(-x))",
            "power rule",
            "1/u is u to the power −1: bring the exponent down, and lower it by one.",
            match={"n": "-1"},
        ),
        Step(
            "-1/u**2*(D(1) + D(exp(-x)))",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "1", "v": "exp(-x)"},
        ),
        Step("-1/u**2*D(exp(-x))", "constant rule", "The 1 does not change with x.", match={"c": "1"}),
        Step(
            "-1/u**2*(exp(-x)*D(-x))",
            "exponential rule",
            "The exponential is its own slope; by the chain rule, times the slope of its exponent.",
            match={"v": "-x"},
        ),
        Step(
            "-1/u**2*(-exp(-x))",
            "straight line",
            "The slope of −x is −1. Forgetting it is the most common slip.",
            match={"m": "-1"},
        ),
        Step("exp(-x)/u**2", "signs, zeros and ones", "The two minus signs cancel."),
        Step("exp(-x)/(1 + exp(-x))**2", "put u back", "Write u as what it stands for."),
        Step(
            "1/(1 + exp(-x))*(exp(-x)/(1 + exp(-x)))",
            "split the fraction",
            "The first factor is the sigmoid itself. What is the second?",
            match={"a": "exp(-x)", "c": "1 + exp(-x)"},
        ),
        Step(
            "1/(1 + exp(-x))*((1 + exp(-x) - 1)/(1 + exp(-x)))",
            "add and subtract one",
            "The numerator now holds the denominator, and a rest.",
            match={"a": "exp(-x)"},
        ),
        Step(
            "1/(1 + exp(-x))*((1 + exp(-x))/(1 + exp(-x)) - 1/(1 + exp(-x)))",
            "split the fraction",
            "One fraction for each part of the numerator.",
            match={"a": "1 + exp(-x)", "b": "1", "c": "1 + exp(-x)"},
        ),
        Step(
            "1/(1 + exp(-x))*(1 - 1/(1 + exp(-x)))",
            "cancel the common factor",
            "So the second factor is one minus the sigmoid.",
            match={"a": "1 + exp(-x)"},
        ),
        Step("sigma(x)*(1 - sigma(x))", "definition", "Both fractions are the sigmoid."),
    ),
)

QUOTIENT = Derivation(
    title="By the quotient rule",
    goal="The slope of the sigmoid, as a fraction.",
    definitions=SIGMA,
    names=NAMES,
    equals=SLOPE,
    steps=(
        Step("D(sigma(x))", reason="This is what we want: the slope of the sigmoid."),
        Step("D(1/(1 + exp(-x)))", "definition", "Write out what the sigmoid is."),
        Step(
            "(D(1)*(1 + exp(-x)) - 1*D(1 + exp(-x)))/(1 + exp(-x))**2",
            "quotient rule",
            "Numerator u and denominator v: (u'v - uv') over v squared.",
            where={"u": "1", "v": "1 + exp(-x)"},
        ),
        Step(
            "(0*(1 + exp(-x)) - 1*(-exp(-x)))/(1 + exp(-x))**2",
            "insert the derivatives",
            "A constant has slope 0; the slope of v carries the minus of its exponent.",
            where={"u": "1", "du": "0", "v": "1 + exp(-x)", "dv": "-exp(-x)"},
        ),
        Step(
            "exp(-x)/(1 + exp(-x))**2",
            "signs, zeros and ones",
            "The first product is 0; in the second, two minus signs cancel.",
        ),
        Step(
            "(1 + exp(-x) - 1)/(1 + exp(-x))**2",
            "add and subtract one",
            "Now the numerator holds the denominator.",
            match={"a": "exp(-x)"},
        ),
        Step(
            "(1 + exp(-x))/(1 + exp(-x))**2 - 1/(1 + exp(-x))**2",
            "split the fraction",
            "One fraction for each part of the numerator.",
            match={"a": "1 + exp(-x)", "b": "1", "c": "(1 + exp(-x))**2"},
        ),
        Step(
            "1/(1 + exp(-x)) - (1/(1 + exp(-x)))**2",
            "cancel the common factor",
            "One factor of the first fraction cancels.",
            match={"a": "1 + exp(-x)"},
        ),
        Step("sigma(x) - sigma(x)**2", "definition", "Each fraction is the sigmoid."),
        Step(
            "sigma(x)*(1 - sigma(x))",
            "factor out",
            "The same result as by the chain rule.",
            match={"a": "sigma(x)"},
        ),
    ),
)

SYMMETRIC = Derivation(
    title="The symmetric form",
    goal="One minus the sigmoid is the sigmoid at −x; so the slope is the same on both sides of 0.",
    definitions=SIGMA,
    names=NAMES,
    equals=SLOPE,
    steps=(
        Step("D(sigma(x))", reason="This is what we want, in a form that shows its symmetry."),
        Step(
            "sigma(x)*(1 - sigma(x))",
            "earlier result",
            "We have it from the chain rule.",
            match={"of": "sigmoid/chain"},
        ),
        Step("sigma(x)*(1 - 1/(1 + exp(-x)))", "definition", "Write out the second sigmoid only."),
        Step(
            "sigma(x)*((1 + exp(-x))/(1 + exp(-x)) - 1/(1 + exp(-x)))",
            "one as a fraction",
            "Give both terms the same denominator.",
            match={"a": "1 + exp(-x)"},
        ),
        Step(
            "sigma(x)*((1 + exp(-x) - 1)/(1 + exp(-x)))",
            "join the fractions",
            "Same denominator: subtract the numerators.",
            match={"a": "1 + exp(-x)", "b": "1", "c": "1 + exp(-x)"},
        ),
        Step(
            "sigma(x)*(exp(-x)/(1 + exp(-x)))",
            "opposite terms cancel",
            "The one and the minus one go.",
            match={"a": "1"},
        ),
        Step(
            "sigma(x)*((exp(-x)*exp(x))/((1 + exp(-x))*exp(x)))",
            "expand the fraction",
            "Multiply numerator and denominator by the same number, which is never 0.",
            match={"a": "exp(-x)", "b": "1 + exp(-x)", "t": "exp(x)"},
        ),
        Step(
            "sigma(x)*((exp(-x)*exp(x))/(exp(x) + exp(-x)*exp(x)))",
            "multiply out",
            "Each term of the denominator is multiplied.",
            match={"a": "1", "b": "exp(-x)", "t": "exp(x)"},
        ),
        Step(
            "sigma(x)*(1/(1 + exp(x)))",
            "add the exponents",
            "The exponents −x and x add up to 0, and e to the 0 is 1.",
            match={"a": "x"},
        ),
        Step(
            "sigma(x)*(1/(1 + exp(-(-x))))",
            "minus a minus",
            "Now it has the form of the definition, with −x in the place of x.",
            match={"a": "x"},
        ),
        Step("sigma(x)*sigma(-x)", "definition", "Swap x and −x: nothing changes."),
    ),
)

CROSS_ENTROPY = Derivation(
    title="The slope of the loss",
    goal="The cross-entropy of one label y (0 or 1), as the pre-activation x changes.",
    definitions=SIGMA,
    variables=("x", "y"),
    names=NAMES,
    steps=(
        Step(
            "D(-y*log(sigma(x)) - (1 - y)*log(1 - sigma(x)))",
            reason="How the loss changes with the pre-activation. The label y is a constant.",
        ),
        Step(
            "-y*D(log(sigma(x))) - (1 - y)*D(log(1 - sigma(x)))",
            "linearity",
            "Constant factors stay; a sum goes term by term.",
            match={"a": "-y", "u": "log(sigma(x))", "b": "-(1 - y)", "v": "log(1 - sigma(x))"},
        ),
        Step(
            "-y*(1/sigma(x)*D(sigma(x))) - (1 - y)*(1/(1 - sigma(x))*D(1 - sigma(x)))",
            "logarithm rule",
            "The slope of a logarithm is one over its argument, times the slope of the argument.",
            match=({"v": "sigma(x)"}, {"v": "1 - sigma(x)"}),
        ),
        Step(
            "-y*(1/sigma(x)*(sigma(x)*(1 - sigma(x)))) - (1 - y)*(1/(1 - sigma(x))*(-(sigma(x)*(1 - sigma(x)))))",
            "insert the derivatives",
            "The slope of the sigmoid is known; that of one minus the sigmoid is its negative.",
            where={
                "u": "sigma(x)",
                "du": "sigma(x)*(1 - sigma(x))",
                "v": "1 - sigma(x)",
                "dv": "-(sigma(x)*(1 - sigma(x)))",
            },
        ),
        Step(
            "-y*(1 - sigma(x)) - (1 - y)*(-sigma(x))",
            "cancel the common factor",
            "The slope of the sigmoid, which would make a saturated unit slow, cancels.",
            match=({"a": "sigma(x)"}, {"a": "1 - sigma(x)"}),
        ),
        Step("-y*(1 - sigma(x)) + (1 - y)*sigma(x)", "signs, zeros and ones", "Two minus signs cancel."),
        Step(
            "-y - y*(-sigma(x)) + sigma(x) - y*sigma(x)",
            "multiply out",
            "Every product, term by term.",
            match=({"a": "1", "b": "-sigma(x)", "t": "-y"}, {"a": "1", "b": "-y", "t": "sigma(x)"}),
        ),
        Step("-y + y*sigma(x) + sigma(x) - y*sigma(x)", "signs, zeros and ones", "Two minus signs cancel."),
        Step(
            "sigma(x) - y",
            "opposite terms cancel",
            "What is left is prediction minus label.",
            match={"a": "y*sigma(x)"},
        ),
    ),
)

DERIVATIONS = {
    "sigmoid/chain": CHAIN,
    "sigmoid/quotient": QUOTIENT,
    "sigmoid/symmetric": SYMMETRIC,
    "sigmoid/cross_entropy": CROSS_ENTROPY,
}
