"""Lesson 08: the slopes of functions with a gate: SiLU, GELU in both forms, Mish and GLU."""

from course_lib.derivations.cross_entropy import SOFTPLUS
from course_lib.derivations.derivation import Derivation, Step
from course_lib.derivations.sigmoid import SIGMA
from course_lib.derivations.tanh import HYPERBOLIC

SILU = {"silu": ("t", "t*sigma(t)"), **SIGMA}
SWISH = {"swish": ("t", "t*sigma(beta*t)"), **SIGMA}
GELU = {
    "gelu": ("t", "t*Phi(t)"),
    "Phi": ("t", "(1 + erf(t/sqrt(2)))/2"),
    "phi": ("t", "exp(-(t**2/2))/sqrt(2*pi)"),
}
# The inner function has a name, so that a line with it is no longer than a page is wide.
GELU_TANH = {
    "gelu_tanh": ("t", "t/2*(1 + tanh(q(t)))"),
    "q": ("t", "sqrt(2/pi)*(t + 0.044715*t**3)"),
    **HYPERBOLIC,
}
MISH = {"mish": ("t", "t*tanh(softplus(t))"), **SOFTPLUS, **SIGMA, **HYPERBOLIC}
GLU = {"glu": ("s, t", "s*sigma(t)"), **SIGMA}

_PRODUCT_RULE = "Input times gate: u'v + uv'."
_SLOPE_OF_X = "The slope of x is 1."
_SLOPE_OF_GATE = "The gate is a sigmoid, whose slope is known."

SILU_PRODUCT = Derivation(
    title="By the product rule",
    goal="The slope of SiLU, an input times its own gate.",
    definitions=SILU,
    equals="silu_derivative(x)",
    steps=(
        Step("D(silu(x))", reason="This is what we want: the slope of SiLU."),
        Step("D(x*sigma(x))", "definition", "The input, times a gate that opens as the input grows."),
        Step(
            "D(x)*sigma(x) + x*D(sigma(x))",
            "product rule",
            _PRODUCT_RULE,
            where={"u": "x", "v": "sigma(x)"},
        ),
        Step("sigma(x) + x*D(sigma(x))", "straight line", _SLOPE_OF_X),
        Step("sigma(x) + x*(sigma(x)*(1 - sigma(x)))", "earlier result", _SLOPE_OF_GATE, match={"of": "sigmoid/chain"}),
        Step(
            "sigma(x)*(1 + x*(1 - sigma(x)))",
            "factor out",
            "Both terms hold the gate. The second one can be negative, so SiLU is not monotonic.",
            match={"a": "sigma(x)", "b": "1", "c": "x*(1 - sigma(x))"},
        ),
    ),
)

SILU_WITH_BETA = Derivation(
    title="With a parameter β",
    goal="The gate opens β times as fast: β = 1 is SiLU, and a large β is nearly ReLU.",
    definitions=SWISH,
    variables=("x", "beta"),
    equals="silu_derivative(x, beta)",
    steps=(
        Step("D(swish(x))", reason="This is what we want. SiLU with β is also called Swish."),
        Step("D(x*sigma(beta*x))", "definition", "The input, times its gate."),
        Step(
            "D(x)*sigma(beta*x) + x*D(sigma(beta*x))",
            "product rule",
            "The slope of each factor, times the other one.",
            match={"u": "x", "v": "sigma(beta*x)"},
        ),
        Step("sigma(beta*x) + x*D(sigma(beta*x))", "straight line", _SLOPE_OF_X),
        Step(
            "sigma(beta*x) + x*(D(sigma(u), u)*D(beta*x))",
            "chain rule",
            "Call what the gate is taken of u. From the outside in.",
            where={"u": "beta*x"},
            match={"outer": "sigma(u)"},
        ),
        Step(
            "sigma(beta*x) + x*(sigma(u)*(1 - sigma(u))*D(beta*x))",
            "earlier result",
            _SLOPE_OF_GATE,
            match={"of": "sigmoid/chain", "x": "u"},
        ),
        Step(
            "sigma(beta*x) + x*(sigma(u)*(1 - sigma(u))*beta)",
            "straight line",
            "The slope of βx is β.",
            match={"m": "beta"},
        ),
        Step(
            "sigma(beta*x) + x*(sigma(beta*x)*(1 - sigma(beta*x))*beta)",
            "put u back",
            "Write u as what it stands for.",
        ),
        Step(
            "sigma(beta*x)*(1 + beta*x*(1 - sigma(beta*x)))",
            "factor out",
            "With β = 1 this is the slope of SiLU.",
            match={"a": "sigma(beta*x)", "b": "1", "c": "beta*x*(1 - sigma(beta*x))"},
        ),
    ),
)

SWISH_BETA = Derivation(
    title="The slope by β",
    goal="Swish can learn its β. How does the output change with it, while x stands still?",
    definitions=SWISH,
    variables=("x", "beta"),
    equals="silu_beta_derivative(x, beta)",
    steps=(
        Step("P(swish(x), beta)", reason="The partial derivative by β: x stands still."),
        Step("P(x*sigma(beta*x), beta)", "definition", "The input, times its gate."),
        Step(
            "x*P(sigma(beta*x), beta)",
            "linearity",
            "x is a constant factor here.",
            match={"a": "x", "u": "sigma(beta*x)"},
        ),
        Step(
            "x*(D(sigma(u), u)*P(beta*x, beta))",
            "chain rule",
            "Call what the gate is taken of u. From the outside in.",
            where={"u": "beta*x"},
            match={"outer": "sigma(u)"},
        ),
        Step(
            "x*(sigma(u)*(1 - sigma(u))*P(beta*x, beta))",
            "earlier result",
            _SLOPE_OF_GATE,
            match={"of": "sigmoid/chain", "x": "u"},
        ),
        Step(
            "x*(sigma(u)*(1 - sigma(u))*x)",
            "straight line",
            "In β this is a straight line. Its slope is x.",
            match={"m": "x"},
        ),
        Step(
            "x**2*sigma(beta*x)*(1 - sigma(beta*x))",
            "put u back",
            "Never negative: a larger β never makes the output smaller.",
        ),
    ),
)

GELU_PRODUCT = Derivation(
    title="By the product rule",
    goal="The slope of GELU. Its gate Φ is the area under the bell curve φ, up to x.",
    definitions=GELU,
    equals="gelu_derivative(x)",
    steps=(
        Step("D(gelu(x))", reason="This is what we want: the slope of GELU."),
        Step("D(x*Phi(x))", "definition", "The input, times the share of a normal distribution that lies below it."),
        Step("D(x)*Phi(x) + x*D(Phi(x))", "product rule", _PRODUCT_RULE, where={"u": "x", "v": "Phi(x)"}),
        Step("Phi(x) + x*D(Phi(x))", "straight line", _SLOPE_OF_X),
        Step(
            "Phi(x) + x*phi(x)",
            "fundamental theorem of calculus",
            "An area grows by the height at its edge: the slope of Φ is the bell curve φ.",
        ),
    ),
)

GELU_TANH_PRODUCT = Derivation(
    title="By the product rule",
    goal="The slope of GELU's tanh form, in which q(x) = √(2/π) (x + 0.044715 x³).",
    definitions=GELU_TANH,
    equals="gelu_tanh_derivative(x)",
    steps=(
        Step("D(gelu_tanh(x))", reason="This is what we want: the slope of the form that needs no area."),
        Step("D(x/2*(1 + tanh(q(x))))", "definition", "Half the input, times a gate from 0 to 2."),
        Step(
            "D(x/2)*(1 + tanh(q(x))) + x/2*D(1 + tanh(q(x)))",
            "product rule",
            "The slope of each factor, times the other one.",
            match={"u": "x/2", "v": "1 + tanh(q(x))"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*D(1 + tanh(q(x)))",
            "straight line",
            "The slope of x/2 is 1/2.",
            match={"m": "1/2"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*(D(1) + D(tanh(q(x))))",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "1", "v": "tanh(q(x))"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*D(tanh(q(x)))",
            "constant rule",
            "The 1 does not change with x.",
            match={"c": "1"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*(D(tanh(u), u)*D(q(x)))",
            "chain rule",
            "Call what tanh is taken of u. From the outside in.",
            where={"u": "q(x)"},
            match={"outer": "tanh(u)"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(u)**2)*D(q(x)))",
            "earlier result",
            "The slope of tanh is known.",
            match={"of": "tanh/quotient", "x": "u"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*D(q(x)))",
            "put u back",
            "Write u as what it stands for.",
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*D(sqrt(2/pi)*(x + 0.044715*x**3)))",
            "definition",
            "Write out what q is, where it is differentiated.",
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*(sqrt(2/pi)*D(x + 0.044715*x**3)))",
            "linearity",
            "The root is a constant factor.",
            match={"a": "sqrt(2/pi)", "u": "x + 0.044715*x**3"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*(sqrt(2/pi)*(D(x) + D(0.044715*x**3))))",
            "sum rule",
            "Once more, term by term.",
            match={"u": "x", "v": "0.044715*x**3"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*(sqrt(2/pi)*(1 + D(0.044715*x**3))))",
            "straight line",
            _SLOPE_OF_X,
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*(sqrt(2/pi)*(1 + 0.044715*3*x**2)))",
            "power rule",
            "Bring the exponent down, and lower it by one.",
            match={"a": "0.044715", "n": "3"},
        ),
        Step(
            "(1 + tanh(q(x)))/2 + x/2*((1 - tanh(q(x))**2)*(sqrt(2/pi)*(1 + 0.134145*x**2)))",
            "arithmetic",
            "Three times 0.044715.",
        ),
    ),
)

MISH_PRODUCT = Derivation(
    title="By the product rule",
    goal="The slope of Mish, an input times the tanh of its softplus.",
    definitions=MISH,
    equals="mish_derivative(x)",
    steps=(
        Step("D(mish(x))", reason="This is what we want: the slope of Mish."),
        Step("D(x*tanh(softplus(x)))", "definition", "The input, times a gate made of softplus and tanh."),
        Step(
            "D(x)*tanh(softplus(x)) + x*D(tanh(softplus(x)))",
            "product rule",
            "The slope of each factor, times the other one.",
            match={"u": "x", "v": "tanh(softplus(x))"},
        ),
        Step("tanh(softplus(x)) + x*D(tanh(softplus(x)))", "straight line", _SLOPE_OF_X),
        Step(
            "tanh(softplus(x)) + x*(D(tanh(u), u)*D(softplus(x)))",
            "chain rule",
            "Call what tanh is taken of u. From the outside in.",
            where={"u": "softplus(x)"},
            match={"outer": "tanh(u)"},
        ),
        Step(
            "tanh(softplus(x)) + x*((1 - tanh(u)**2)*D(softplus(x)))",
            "earlier result",
            "The slope of tanh is known.",
            match={"of": "tanh/quotient", "x": "u"},
        ),
        Step(
            "tanh(softplus(x)) + x*((1 - tanh(softplus(x))**2)*D(softplus(x)))",
            "put u back",
            "Write u as what it stands for.",
        ),
        Step(
            "tanh(softplus(x)) + x*((1 - tanh(softplus(x))**2)*sigma(x))",
            "earlier result",
            "The slope of softplus is the sigmoid.",
            match={"of": "softplus/chain"},
        ),
    ),
)

GLU_VALUE = Derivation(
    title="The slope by the value",
    goal="One half of the input is the value a, the other half opens the gate: b. First the slope by a.",
    definitions=GLU,
    variables=("a", "b"),
    equals="glu_jacobian(z)[1, 1]",
    steps=(
        Step("P(glu(a, b), a)", reason="How the output changes with the value, while the gate stands still."),
        Step("P(a*sigma(b), a)", "definition", "The value, times a gate that something else opens."),
        Step(
            "sigma(b)",
            "straight line",
            "In a this is a straight line. Its slope is the gate: closed, it holds the gradient back.",
            match={"m": "sigma(b)"},
        ),
    ),
)

GLU_GATE = Derivation(
    title="The slope by the gate's input",
    goal="One half of the input is the value a, the other half opens the gate: b. Now the slope by b.",
    definitions=GLU,
    variables=("a", "b"),
    equals="glu_jacobian(z)[1, 2]",
    steps=(
        Step("P(glu(a, b), b)", reason="How the output changes with the gate's input, while the value stands still."),
        Step("P(a*sigma(b), b)", "definition", "The value, times its gate."),
        Step("a*P(sigma(b), b)", "linearity", "a is a constant factor here.", match={"a": "a", "u": "sigma(b)"}),
        Step(
            "a*(sigma(b)*(1 - sigma(b)))",
            "earlier result",
            "The slope of the sigmoid, times the value: a value of 0 teaches the gate nothing.",
            match={"of": "sigmoid/chain", "x": "b"},
        ),
    ),
)

DERIVATIONS = {
    "silu/product": SILU_PRODUCT,
    "silu/with_beta": SILU_WITH_BETA,
    "swish_beta/gradient": SWISH_BETA,
    "gelu/product": GELU_PRODUCT,
    "gelu_tanh/product": GELU_TANH_PRODUCT,
    "mish/product": MISH_PRODUCT,
    "glu/value": GLU_VALUE,
    "glu/gate": GLU_GATE,
}
