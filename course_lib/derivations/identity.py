"""Lesson 02: the slope of the identity, three objects for a vector, and why linear layers fold into one."""

from course_lib.derivations.derivation import Derivation, Step

LIMIT = Derivation(
    title="The slope of the identity",
    goal="From the definition: the slope of the secant, as its step h goes to 0.",
    definitions={},
    equals="identity_derivative(x)",
    steps=(
        Step("D(x)", reason="This is what we want: the slope of the function that returns its input."),
        Step("lim((x + h - x)/h, h)", "definition of the derivative", "Rise over step, for a step that goes to 0."),
        Step("lim(h/h, h)", "opposite terms cancel", "The rise is as long as the step.", match={"a": "x"}),
        Step("lim(1, h)", "cancel the common factor", "The step is not 0.", match={"a": "h"}),
        Step("1", "let h go to 0", "There is no h left: the slope is 1, everywhere."),
    ),
)

GRADIENT = Derivation(
    title="The gradient of the sum of the outputs",
    goal="The outputs are the inputs; add them up, and let one input move.",
    definitions={},
    variables=(),
    steps=(
        Step("P(sum(i, x[i]), x[k])", reason="One entry of the gradient: how the sum changes with the k-th input."),
        Step(
            "sum(i, P(x[i], x[k]))",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "x[i]", "j": "i"},
        ),
        Step(
            "sum(i, delta(i, k))",
            "entries are independent",
            "An entry changes with itself, with slope 1, and with no other: δ is 1 if i = k, else 0.",
        ),
        Step("1", "delta picks one term", "Only one of all terms is not 0. So the gradient is a vector of ones."),
    ),
)

JACOBIAN = Derivation(
    title="The Jacobian of the identity",
    goal="Every output by every input; each output is its input.",
    definitions={"y": ("i", "x[i]")},
    variables=(),
    steps=(
        Step("P(y[i], x[k])", reason="One entry of the Jacobian: row i for the output, column k for the input."),
        Step("P(x[i], x[k])", "definition", "The i-th output is the i-th input."),
        Step(
            "delta(i, k)",
            "entries are independent",
            "1 on the diagonal, 0 elsewhere: the Jacobian is the identity matrix.",
        ),
    ),
)

LAYERS = Derivation(
    title="Two linear layers are one",
    goal="One output of (x W1 + b1) W2 + b2, entry by entry; i counts inputs, k hidden units.",
    definitions={
        "W": ("i, j", "sum(k, W1[i, k]*W2[k, j])"),
        "b": ("j", "sum(k, b1[k]*W2[k, j]) + b2[j]"),
    },
    variables=(),
    terms={"k": "m", "j": "p"},
    steps=(
        Step(
            "sum(k, (sum(i, x[i]*W1[i, k]) + b1[k])*W2[k, j]) + b2[j]",
            reason="In the brackets stands the hidden unit k; the second layer mixes all of them.",
        ),
        Step(
            "sum(k, sum(i, x[i]*W1[i, k])*W2[k, j] + b1[k]*W2[k, j]) + b2[j]",
            "multiply out",
            "The weight goes to both terms.",
            match={"a": "sum(i, x[i]*W1[i, k])", "b": "b1[k]", "t": "W2[k, j]"},
        ),
        Step(
            "sum(k, sum(i, x[i]*W1[i, k])*W2[k, j]) + sum(k, b1[k]*W2[k, j]) + b2[j]",
            "split the sum",
            "One sum with the input in it, and one without.",
            match={"f": "sum(i, x[i]*W1[i, k])*W2[k, j]", "g": "b1[k]*W2[k, j]", "j": "k"},
        ),
        Step(
            "sum(k, sum(i, x[i]*W1[i, k]*W2[k, j])) + sum(k, b1[k]*W2[k, j]) + b2[j]",
            "constant factor",
            "A factor without i may go into the sum over i.",
            match={"a": "W2[k, j]", "f": "x[i]*W1[i, k]", "j": "i"},
        ),
        Step(
            "sum(i, sum(k, x[i]*W1[i, k]*W2[k, j])) + sum(k, b1[k]*W2[k, j]) + b2[j]",
            "swap the sums",
            "The order in which numbers are added does not matter.",
            match={"i": "k", "j": "i", "f": "x[i]*W1[i, k]*W2[k, j]"},
        ),
        Step(
            "sum(i, x[i]*sum(k, W1[i, k]*W2[k, j])) + sum(k, b1[k]*W2[k, j]) + b2[j]",
            "constant factor",
            "A factor without k may leave the sum over k.",
            match={"a": "x[i]", "f": "W1[i, k]*W2[k, j]", "j": "k"},
        ),
        Step(
            "sum(i, x[i]*W[i, j]) + b[j]",
            "definition",
            "One matrix and one bias: W is W1 W2, and b is b1 W2 + b2.",
        ),
    ),
)

DERIVATIONS = {
    "identity/limit": LIMIT,
    "identity/gradient": GRADIENT,
    "identity/jacobian": JACOBIAN,
    "identity/layers": LAYERS,
}
