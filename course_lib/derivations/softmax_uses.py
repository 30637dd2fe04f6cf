"""Lesson 06: what follows from softmax and its Jacobian."""

from course_lib.derivations.derivation import Derivation, Step
from course_lib.derivations.sigmoid import SIGMA
from course_lib.derivations.softmax import SOFTMAX

_ENTRY = "Every entry of the Jacobian is known."

SHIFT = Derivation(
    title="A shift changes nothing",
    goal="Add the same number c to all logits.",
    definitions=SOFTMAX,
    variables=("c",),
    equals="softmax(z)[i]",
    steps=(
        Step("exp(z[i] + c)/sum(j, exp(z[j] + c))", reason="An output, with c added to every logit."),
        Step(
            "exp(z[i])*exp(c)/sum(j, exp(z[j])*exp(c))",
            "add the exponents",
            "The other way round: a sum in the exponent is a product of powers.",
            match=({"a": "z[i]", "b": "c"}, {"a": "z[j]", "b": "c"}),
        ),
        Step(
            "exp(z[i])*exp(c)/(exp(c)*sum(j, exp(z[j])))",
            "constant factor",
            "e to the c is the same for every j, so it stands outside of the sum.",
            match={"a": "exp(c)", "f": "exp(z[j])"},
        ),
        Step(
            "exp(z[i])/sum(j, exp(z[j]))",
            "cancel the common factor",
            "e to the c is never 0.",
            match={"a": "exp(c)", "b": "exp(z[i])", "c": "sum(j, exp(z[j]))"},
        ),
        Step("S[i]", "definition", "The output without the shift. So we may subtract the largest logit."),
    ),
)

ROWS = Derivation(
    title="Each row sums to 0",
    goal="One row of the Jacobian, summed over its columns.",
    definitions=SOFTMAX,
    variables=(),
    steps=(
        Step("sum(k, P(S[i], z[k]))", reason="What happens to one output when every logit moves by the same."),
        Step("sum(k, S[i]*(delta(i, k) - S[k]))", "earlier result", _ENTRY, match={"of": "softmax/both"}),
        Step(
            "S[i]*sum(k, delta(i, k) - S[k])",
            "constant factor",
            "A factor without k may leave the sum over k.",
            match={"a": "S[i]", "f": "delta(i, k) - S[k]", "j": "k"},
        ),
        Step(
            "S[i]*(sum(k, delta(i, k)) - sum(k, S[k]))",
            "split the sum",
            "Term by term.",
            match={"f": "delta(i, k)", "g": "S[k]", "j": "k"},
        ),
        Step("S[i]*(1 - sum(k, S[k]))", "delta picks one term", "It is 1 once, for k = i."),
        Step("S[i]*(1 - 1)", "earlier result", "The outputs sum to 1.", match={"of": "softmax/ones", "i": "k"}),
        Step("S[i]*0", "opposite terms cancel", "One less one.", match={"a": "1"}),
        Step("0", "signs, zeros and ones", "Each row sums to 0."),
    ),
)

VJP = Derivation(
    title="The vector-Jacobian product",
    goal="A gradient g by the outputs, carried back to the logits.",
    definitions=SOFTMAX,
    variables=(),
    equals="softmax_vjp(z, g)[k]",
    steps=(
        Step("sum(i, g[i]*P(S[i], z[k]))", reason="The logit moves every output, and each of them moves the loss."),
        Step("sum(i, g[i]*(S[i]*(delta(i, k) - S[k])))", "earlier result", _ENTRY, match={"of": "softmax/both"}),
        Step(
            "sum(i, g[i]*S[i]*delta(i, k) - g[i]*S[i]*S[k])",
            "multiply out",
            "Both terms of the brackets are multiplied.",
            match={"a": "delta(i, k)", "b": "-S[k]", "t": "g[i]*S[i]"},
        ),
        Step(
            "sum(i, g[i]*S[i]*delta(i, k)) - sum(i, g[i]*S[i]*S[k])",
            "split the sum",
            "Term by term.",
            match={"f": "g[i]*S[i]*delta(i, k)", "g": "g[i]*S[i]*S[k]", "j": "i"},
        ),
        Step(
            "g[k]*S[k] - sum(i, g[i]*S[i]*S[k])",
            "delta picks one term",
            "All terms but the one with i = k are 0.",
            match={"a": "g[i]*S[i]"},
        ),
        Step(
            "g[k]*S[k] - S[k]*sum(i, g[i]*S[i])",
            "constant factor",
            "A factor without i may leave the sum over i.",
            match={"a": "S[k]", "f": "g[i]*S[i]", "j": "i"},
        ),
        Step(
            "S[k]*(g[k] - sum(i, g[i]*S[i]))",
            "factor out",
            "No matrix is left, only one sum for all k.",
            match={"a": "S[k]", "b": "g[k]", "c": "-sum(i, g[i]*S[i])"},
        ),
    ),
)

TWO_CLASSES = Derivation(
    title="Two classes: the sigmoid",
    goal="For n = 2 classes only the difference of the two logits counts.",
    definitions={**SOFTMAX, **SIGMA},
    variables=(),
    assumption="n = 2",
    equals="softmax(z)[1]",
    steps=(
        Step("S[1]", reason="The first of two outputs; the other is one minus it."),
        Step("exp(z[1])/sum(j, exp(z[j]))", "definition", "Write out what softmax is."),
        Step("exp(z[1])/(exp(z[1]) + exp(z[2]))", "write out the sum", "It has two terms."),
        Step(
            "exp(z[1])*exp(-z[1])/((exp(z[1]) + exp(z[2]))*exp(-z[1]))",
            "expand the fraction",
            "Multiply numerator and denominator by the same number, which is never 0.",
            match={"a": "exp(z[1])", "b": "exp(z[1]) + exp(z[2])", "t": "exp(-z[1])"},
        ),
        Step(
            "exp(z[1])*exp(-z[1])/(exp(z[1])*exp(-z[1]) + exp(z[2])*exp(-z[1]))",
            "multiply out",
            "Each term of the denominator is multiplied.",
            match={"a": "exp(z[1])", "b": "exp(z[2])", "t": "exp(-z[1])"},
        ),
        Step(
            "1/(1 + exp(z[2] - z[1]))",
            "add the exponents",
            "Opposite exponents add up to 0, and e to the 0 is 1.",
            match=({"a": "z[1]"}, {"a": "z[2]", "b": "-z[1]"}),
        ),
        Step(
            "1/(1 + exp(-(z[1] - z[2])))",
            "minus a minus",
            "Turn the difference round: now it has the form of the definition.",
            match={"a": "z[2]", "b": "z[1]"},
        ),
        Step("sigma(z[1] - z[2])", "definition", "This is the sigmoid of the difference of the logits."),
    ),
)

TEMPERATURE = Derivation(
    title="The slope by the temperature: T > 0",
    goal="All logits are divided by the temperature T > 0: a is z/T, and S the softmax of a.",
    definitions={"S": ("i", "exp(a[i])/sum(j, exp(a[j]))"), "a": ("k", "z[k]/T")},
    variables=("T",),
    assumption="T > 0",
    steps=(
        Step("P(S[i], T)", reason="How an output changes with the temperature, while the logits stand still."),
        Step(
            "sum(k, P(S[i], a[k])*P(a[k], T))",
            "chain rule",
            "The temperature moves every entry of a, and each of them moves the output.",
            match={"through": "a[k]"},
        ),
        Step(
            "sum(k, S[i]*(delta(i, k) - S[k])*P(a[k], T))",
            "earlier result",
            _ENTRY,
            match={"of": "softmax/both", "z": "a"},
        ),
        Step("sum(k, S[i]*(delta(i, k) - S[k])*P(z[k]/T, T))", "definition", "Write out what a is."),
        Step(
            "sum(k, S[i]*(delta(i, k) - S[k])*(-(z[k]/T**2)))",
            "power rule",
            "1/T is T to the power −1: bring the exponent down, and lower it by one.",
            match={"a": "z[k]", "n": "-1"},
        ),
        Step(
            "-(S[i]/T**2)*sum(k, (delta(i, k) - S[k])*z[k])",
            "constant factor",
            "What does not change with k may leave the sum over k.",
            match={"a": "-S[i]/T**2", "f": "(delta(i, k) - S[k])*z[k]", "j": "k"},
        ),
        Step(
            "-(S[i]/T**2)*sum(k, delta(i, k)*z[k] - S[k]*z[k])",
            "multiply out",
            "Both terms of the brackets are multiplied.",
            match={"a": "delta(i, k)", "b": "-S[k]", "t": "z[k]"},
        ),
        Step(
            "-(S[i]/T**2)*(sum(k, delta(i, k)*z[k]) - sum(k, S[k]*z[k]))",
            "split the sum",
            "Term by term.",
            match={"f": "delta(i, k)*z[k]", "g": "S[k]*z[k]", "j": "k"},
        ),
        Step(
            "-(S[i]/T**2)*(z[i] - sum(k, S[k]*z[k]))",
            "delta picks one term",
            "A logit above the average, weighted by the outputs, loses as T grows.",
            match={"a": "z[k]"},
        ),
    ),
)

DERIVATIONS = {
    "softmax/shift": SHIFT,
    "softmax/rows": ROWS,
    "softmax/vjp": VJP,
    "softmax/two_classes": TWO_CLASSES,
    "softmax/temperature": TEMPERATURE,
}
