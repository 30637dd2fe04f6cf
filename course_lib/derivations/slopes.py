"""Lesson 01: slopes from the definition, and each rule used once."""

from course_lib.derivations.derivation import Derivation, Step

SQUARE = Derivation(
    title="The slope of x²",
    goal="From the definition: the slope of the secant, as its step h goes to 0.",
    definitions={},
    steps=(
        Step("D(x**2)", reason="This is what we want: the slope of the square."),
        Step(
            "lim(((x + h)**2 - x**2)/h, h)",
            "definition of the derivative",
            "Rise over step, for a step that goes to 0.",
        ),
        Step(
            "lim((x**2 + 2*x*h + h**2 - x**2)/h, h)",
            "square of a sum",
            "The square of x + h has three terms.",
            match={"a": "x", "b": "h"},
        ),
        Step("lim((2*x*h + h**2)/h, h)", "opposite terms cancel", "The two squares of x go.", match={"a": "x**2"}),
        Step(
            "lim(2*x*h/h + h**2/h, h)",
            "split the fraction",
            "One fraction for each term.",
            match={"a": "2*x*h", "b": "h**2", "c": "h"},
        ),
        Step(
            "lim(2*x + h, h)",
            "cancel the common factor",
            "Allowed, since h is on its way to 0 but never there.",
            match={"a": "h"},
        ),
        Step("2*x", "let h go to 0", "Nothing is divided by h any more, so only 2x is left."),
    ),
)

EXP = Derivation(
    title="The slope of eˣ",
    goal="From the definition, and from what makes e special: at 0 its curve has slope 1.",
    definitions={},
    steps=(
        Step("D(exp(x))", reason="This is what we want: the slope of the exponential."),
        Step(
            "lim((exp(x + h) - exp(x))/h, h)",
            "definition of the derivative",
            "Rise over step, for a step that goes to 0.",
        ),
        Step(
            "lim((exp(x)*exp(h) - exp(x))/h, h)",
            "add the exponents",
            "The other way round: a sum in the exponent is a product of powers.",
            match={"a": "x", "b": "h"},
        ),
        Step(
            "lim(exp(x)*((exp(h) - 1)/h), h)",
            "factor out",
            "Both terms hold the same power of e.",
            match={"a": "exp(x)", "b": "exp(h)", "c": "-1"},
        ),
        Step(
            "exp(x)*lim((exp(h) - 1)/h, h)",
            "constant factor",
            "It does not change with h, so it waits outside.",
            match={"a": "exp(x)", "f": "(exp(h) - 1)/h"},
        ),
        Step("exp(x)", "definition of e", "This limit is the slope at 0; e is the number for which it is 1."),
    ),
)

LOG = Derivation(
    title="The slope of ln x",
    goal="For x > 0, from the slope of the exponential, which the logarithm undoes.",
    definitions={},
    assumption="x > 0",
    steps=(
        Step("D(log(x))", reason="This is what we want: the slope of the logarithm."),
        Step(
            "exp(log(x))*D(log(x))/exp(log(x))",
            "expand the fraction",
            "Multiply and divide by the same number. Now the numerator has a form that we know.",
            match={"a": "D(log(x))", "b": "1", "t": "exp(log(x))"},
        ),
        Step(
            "D(exp(log(x)))/exp(log(x))",
            "exponential rule",
            "Read backwards: an exponential times the slope of its exponent is the slope of the exponential.",
            match={"v": "log(x)"},
        ),
        Step("D(x)/x", "exp undoes log", "ln x is the exponent that e needs to become x.", match={"a": "x"}),
        Step("1/x", "straight line", "The slope of x is 1."),
    ),
)

SUM = Derivation(
    title="The sum rule",
    goal="The slope of a sum, term by term.",
    definitions={},
    steps=(
        Step("D(x**3 + 5*x - 2)", reason="Three terms: a power, a straight line and a constant."),
        Step(
            "D(x**3) + D(5*x) + D(-2)",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match=({"u": "x**3", "v": "5*x - 2"}, {"u": "5*x", "v": "-2"}),
        ),
        Step(
            "3*x**2 + D(5*x) + D(-2)",
            "power rule",
            "Bring the exponent down, and lower it by one.",
            match={"n": "3"},
        ),
        Step("3*x**2 + 5 + D(-2)", "straight line", "It climbs by 5 for each unit of x.", match={"m": "5"}),
        Step("3*x**2 + 5", "constant rule", "A constant does not change with x.", match={"c": "-2"}),
    ),
)

PRODUCT = Derivation(
    title="The product rule",
    goal="The slope of a product: each factor moves in turn, while the other waits.",
    definitions={},
    steps=(
        Step("D(x**2*exp(x))", reason="Two factors, and both change with x."),
        Step(
            "D(x**2)*exp(x) + x**2*D(exp(x))",
            "product rule",
            "u'v + uv': the slope of the first times the second, plus the first times the slope of the second.",
            where={"u": "x**2", "v": "exp(x)"},
        ),
        Step("2*x*exp(x) + x**2*D(exp(x))", "power rule", "The slope of the square is 2x.", match={"n": "2"}),
        Step("2*x*exp(x) + x**2*exp(x)", "exponential rule", "The exponential is its own slope."),
        Step(
            "(2*x + x**2)*exp(x)",
            "factor out",
            "Both terms hold the exponential.",
            match={"a": "exp(x)", "b": "2*x", "c": "x**2"},
        ),
    ),
)

QUOTIENT = Derivation(
    title="The quotient rule",
    goal="The slope of a fraction whose numerator and denominator both change.",
    definitions={},
    steps=(
        Step("D(x/(1 + x**2))", reason="A fraction, with x above and below."),
        Step(
            "(D(x)*(1 + x**2) - x*D(1 + x**2))/(1 + x**2)**2",
            "quotient rule",
            "Numerator u and denominator v: (u'v - uv') over v squared.",
            where={"u": "x", "v": "1 + x**2"},
        ),
        Step(
            "(1*(1 + x**2) - x*(2*x))/(1 + x**2)**2",
            "insert the derivatives",
            "The slope of x is 1, that of 1 + x squared is 2x.",
            where={"u": "x", "du": "1", "v": "1 + x**2", "dv": "2*x"},
        ),
        Step("(1 - x**2)/(1 + x**2)**2", "like terms", "One square, less two squares.", match={"a": "x**2"}),
    ),
)

CHAIN = Derivation(
    title="The chain rule",
    goal="The slope of a function inside a function, from the outside in.",
    definitions={},
    steps=(
        Step("D((1 + x**2)**3)", reason="Inside stands 1 + x squared; outside, a third power."),
        Step(
            "D(u**3, u)*D(1 + x**2)",
            "chain rule",
            "Call the inside u. The slope is that of the outside with respect to u, times that of u.",
            where={"u": "1 + x**2"},
            match={"outer": "u**3"},
        ),
        Step(
            "3*u**2*D(1 + x**2)",
            "power rule",
            "The outside first: bring the exponent down, and lower it by one.",
            match={"n": "3"},
        ),
        Step(
            "3*u**2*(D(1) + D(x**2))",
            "sum rule",
            "Now the inside, term by term.",
            match={"u": "1", "v": "x**2"},
        ),
        Step("3*u**2*D(x**2)", "constant rule", "The 1 does not change with x.", match={"c": "1"}),
        Step("3*u**2*(2*x)", "power rule", "The slope of the square is 2x.", match={"n": "2"}),
        Step("3*(1 + x**2)**2*(2*x)", "put u back", "Write u as what it stands for."),
        Step("6*x*(1 + x**2)**2", "arithmetic", "Three times two is six."),
    ),
)

PARTIAL = Derivation(
    title="A partial derivative",
    goal="A squared error, as one weight w changes; x, b and y stand still.",
    definitions={},
    variables=("w", "x", "b", "y"),
    steps=(
        Step("P((w*x + b - y)**2, w)", reason="Prediction minus target, squared: how does it change with w?"),
        Step(
            "D(u**2, u)*P(w*x + b - y, w)",
            "chain rule",
            "Call the error u: the square is outside.",
            where={"u": "w*x + b - y"},
            match={"outer": "u**2"},
        ),
        Step("2*u*P(w*x + b - y, w)", "power rule", "The slope of a square is twice its base.", match={"n": "2"}),
        Step(
            "2*u*(P(w*x, w) + P(b - y, w))",
            "sum rule",
            "Term by term.",
            match={"u": "w*x", "v": "b - y"},
        ),
        Step(
            "2*u*P(w*x, w)",
            "constant rule",
            "b and y do not change with w.",
            match={"c": "b - y"},
        ),
        Step("2*u*x", "straight line", "In w this is a straight line. Its slope is x.", match={"m": "x"}),
        Step("2*(w*x + b - y)*x", "put u back", "Twice the error, times the input."),
    ),
)

DERIVATIONS = {
    "slopes/square": SQUARE,
    "slopes/exp": EXP,
    "slopes/log": LOG,
    "slopes/sum": SUM,
    "slopes/product": PRODUCT,
    "slopes/quotient": QUOTIENT,
    "slopes/chain": CHAIN,
    "slopes/partial": PARTIAL,
}
