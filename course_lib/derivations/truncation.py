"""Lesson 01, going further: by Taylor's formula, how far off finite differences are."""

from course_lib.derivations.derivation import Derivation, Step

# r is the rest that Taylor's formula leaves after the second order, divided by t**3. As t goes to 0 it goes to
# f'''(x)/6, so it stays bounded: an error that holds h**2*r shrinks like h**2.
REST = {"r": ("t", "(f(x + t) - f(x) - t*D(f(x)) - t**2/2*D(D(f(x))))/t**3")}

FORWARD_ERROR = Derivation(
    title="The error of the forward difference",
    goal="Forward difference less derivative. The rest r(h) stays bounded: it goes to f‴(x)/6.",
    definitions=REST,
    variables=("x", "h"),
    steps=(
        Step("(f(x + h) - f(x))/h - D(f(x))", reason="How far the forward difference is off."),
        Step(
            "(f(x) + h*D(f(x)) + h**2/2*D(D(f(x))) + h**3*r(h) - f(x))/h - D(f(x))",
            "Taylor's formula",
            "Value, slope, bend, and a rest: how a smooth curve goes on.",
        ),
        Step(
            "(h*D(f(x)) + h**2/2*D(D(f(x))) + h**3*r(h))/h - D(f(x))",
            "opposite terms cancel",
            "The values at x go.",
            match={"a": "f(x)"},
        ),
        Step(
            "h*(D(f(x)) + h/2*D(D(f(x))) + h**2*r(h))/h - D(f(x))",
            "factor out",
            "All three terms hold h.",
            match={"a": "h", "b": "D(f(x))", "c": "h/2*D(D(f(x)))", "d": "h**2*r(h)"},
        ),
        Step(
            "D(f(x)) + h/2*D(D(f(x))) + h**2*r(h) - D(f(x))",
            "cancel the common factor",
            "The step is not 0.",
            match={"a": "h"},
        ),
        Step(
            "h/2*D(D(f(x))) + h**2*r(h)",
            "opposite terms cancel",
            "The derivative goes. What is left shrinks like h: half the step, half the error.",
            match={"a": "D(f(x))"},
        ),
    ),
)

CENTRAL_ERROR = Derivation(
    title="The error of the central difference",
    goal="Central difference less derivative. The rests stay bounded: both go to f‴(x)/6 as h goes to 0.",
    definitions=REST,
    variables=("x", "h"),
    steps=(
        Step("(f(x + h) - f(x - h))/(2*h) - D(f(x))", reason="How far the central difference is off."),
        Step(
            "(f(x) + h*D(f(x)) + h**2/2*D(D(f(x))) + h**3*r(h)"
            " - (f(x) - h*D(f(x)) + h**2/2*D(D(f(x))) - h**3*r(-h)))/(2*h) - D(f(x))",
            "Taylor's formula",
            "To the right and to the left. Where h stands in an odd power, the sign turns.",
        ),
        Step(
            "(f(x) + h*D(f(x)) + h**2/2*D(D(f(x))) + h**3*r(h)"
            " - f(x) + h*D(f(x)) - h**2/2*D(D(f(x))) + h**3*r(-h))/(2*h) - D(f(x))",
            "multiply out",
            "The minus turns every sign in the brackets.",
            match={"a": "f(x)", "b": "h*D(f(x))", "c": "h**2/2*D(D(f(x)))", "d": "h**3*r(-h)"},
        ),
        Step(
            "(h*D(f(x)) + h**3*r(h) + h*D(f(x)) + h**3*r(-h))/(2*h) - D(f(x))",
            "opposite terms cancel",
            "The values go, and so do the bends: that is the gain over the forward difference.",
            match=({"a": "f(x)"}, {"a": "h**2/2*D(D(f(x)))"}),
        ),
        Step(
            "(2*h*D(f(x)) + h**3*r(h) + h**3*r(-h))/(2*h) - D(f(x))",
            "like terms",
            "The slope stands there twice.",
            match={"a": "h*D(f(x))"},
        ),
        Step(
            "2*h*D(f(x))/(2*h) + (h**3*r(h) + h**3*r(-h))/(2*h) - D(f(x))",
            "split the fraction",
            "The slope in one fraction, the rests in another.",
            match={"a": "2*h*D(f(x))", "b": "h**3*r(h) + h**3*r(-h)", "c": "2*h"},
        ),
        Step(
            "D(f(x)) + (h**3*r(h) + h**3*r(-h))/(2*h) - D(f(x))",
            "cancel the common factor",
            "The step is not 0.",
            match={"a": "2*h"},
        ),
        Step(
            "(h**3*r(h) + h**3*r(-h))/(2*h)",
            "opposite terms cancel",
            "The derivative goes. What is left is the error.",
            match={"a": "D(f(x))"},
        ),
        Step(
            "h**3*(r(h) + r(-h))/(2*h)",
            "factor out",
            "Both rests hold the third power of h.",
            match={"a": "h**3", "b": "r(h)", "c": "r(-h)"},
        ),
        Step(
            "h**2*(r(h) + r(-h))/2",
            "cancel the common factor",
            "The error shrinks like the square of h: half the step, a quarter of the error.",
            match={"a": "h", "b": "h**2*(r(h) + r(-h))", "c": "2"},
        ),
    ),
)

COMPLEX_STEP = Derivation(
    title="The error of the complex step",
    goal="Imaginary part over h, less derivative. The rest r(ih) stays bounded: it goes to f‴(x)/6.",
    definitions=REST,
    variables=("x", "h"),
    steps=(
        Step("Im(f(x + I*h))/h - D(f(x))", reason="How far the complex step is off."),
        Step(
            "Im(f(x) + I*h*D(f(x)) - h**2/2*D(D(f(x))) - I*h**3*r(I*h))/h - D(f(x))",
            "Taylor's formula",
            "With ih for the step. The powers of i are i, then −1, then −i.",
        ),
        Step(
            "(h*D(f(x)) - h**3*Re(r(I*h)))/h - D(f(x))",
            "imaginary part",
            "Only what holds i counts. The value goes without any subtraction, so nothing is rounded away.",
            match={"a": "f(x) - h**2/2*D(D(f(x)))", "b": "h*D(f(x))", "c": "h**3", "d": "r(I*h)"},
        ),
        Step(
            "h*(D(f(x)) - h**2*Re(r(I*h)))/h - D(f(x))",
            "factor out",
            "Both terms hold h.",
            match={"a": "h", "b": "D(f(x))", "c": "-h**2*Re(r(I*h))"},
        ),
        Step(
            "D(f(x)) - h**2*Re(r(I*h)) - D(f(x))",
            "cancel the common factor",
            "The step is not 0.",
            match={"a": "h"},
        ),
        Step(
            "-h**2*Re(r(I*h))",
            "opposite terms cancel",
            "The derivative goes. With h as small as you like, so is the error.",
            match={"a": "D(f(x))"},
        ),
    ),
)

DERIVATIONS = {
    "slopes/forward_error": FORWARD_ERROR,
    "slopes/central_error": CENTRAL_ERROR,
    "slopes/complex_step": COMPLEX_STEP,
}
