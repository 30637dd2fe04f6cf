"""Lesson 07: log-sum-exp, log-softmax and both cross-entropies; their slopes from the logits."""

from course_lib.derivations.derivation import Derivation, Step
from course_lib.derivations.sigmoid import SIGMA
from course_lib.derivations.softmax import SOFTMAX

SOFTPLUS = {"softplus": ("t", "log(1 + exp(t))")}

_ONE_TERM = "All terms but the one with j = k are constants."
_OWN_SLOPE = "The exponential is its own slope."
_TERM_BY_TERM = "The slope of a sum is the sum of the slopes."
_ONE_OVER = "The slope of a logarithm is one over its argument, times the slope of the argument."

LSE_GRADIENT = Derivation(
    title="The gradient of log-sum-exp",
    goal="How the logarithm of the sum of all exponentials changes with one logit.",
    definitions=SOFTMAX,
    variables=(),
    equals="logsumexp_jacobian(z)[1, k]",
    steps=(
        Step("P(log(sum(j, exp(z[j]))), z[k])", reason="This is what we want: one entry of the gradient."),
        Step(
            "1/sum(j, exp(z[j]))*P(sum(j, exp(z[j])), z[k])",
            "logarithm rule",
            _ONE_OVER,
            match={"v": "sum(j, exp(z[j]))"},
        ),
        Step("1/sum(j, exp(z[j]))*sum(j, P(exp(z[j]), z[k]))", "sum rule", _TERM_BY_TERM, match={"u": "exp(z[j])"}),
        Step("1/sum(j, exp(z[j]))*P(exp(z[k]), z[k])", "only one term depends on it", _ONE_TERM),
        Step("exp(z[k])/sum(j, exp(z[j]))", "exponential rule", _OWN_SLOPE),
        Step("S[k]", "definition", "This is softmax: the gradient of log-sum-exp."),
    ),
)

LSE_SHIFT = Derivation(
    title="Take a number out of all logits",
    goal="Log-sum-exp from logits that are smaller by c.",
    definitions={},
    variables=("c",),
    equals="logsumexp(z)",
    steps=(
        Step("log(sum(j, exp(z[j])))", reason="Large logits overflow here. We look for a form in which none does."),
        Step(
            "log(sum(j, exp(c + z[j] - c)))",
            "add and subtract the same",
            "Any number c, for example the largest logit.",
            match={"a": "z[j]", "c": "c"},
        ),
        Step(
            "log(sum(j, exp(c)*exp(z[j] - c)))",
            "add the exponents",
            "The other way round: a sum in the exponent is a product of powers.",
            match={"a": "c", "b": "z[j] - c"},
        ),
        Step(
            "log(exp(c)*sum(j, exp(z[j] - c)))",
            "constant factor",
            "e to the c is the same for every j, so it stands outside of the sum.",
            match={"a": "exp(c)", "f": "exp(z[j] - c)"},
        ),
        Step(
            "log(exp(c)) + log(sum(j, exp(z[j] - c)))",
            "logarithm of a product",
            "It is the sum of the logarithms.",
            match={"a": "exp(c)", "b": "sum(j, exp(z[j] - c))"},
        ),
        Step(
            "c + log(sum(j, exp(z[j] - c)))",
            "log undoes exp",
            "With the largest logit for c, no exponent is above 0: nothing overflows.",
            match={"a": "c"},
        ),
    ),
)

LOG_SOFTMAX_FORM = Derivation(
    title="The logarithm of softmax",
    goal="A logit less log-sum-exp: no fraction, and no logarithm of a number near 0.",
    definitions=SOFTMAX,
    variables=(),
    equals="log_softmax(z)[i]",
    steps=(
        Step("log(S[i])", reason="The logarithm of one output. Where the output is rounded to 0, it is lost."),
        Step("log(exp(z[i])/sum(j, exp(z[j])))", "definition", "Write out what softmax is."),
        Step(
            "log(exp(z[i])) - log(sum(j, exp(z[j])))",
            "logarithm of a fraction",
            "It is the difference of the logarithms.",
            match={"a": "exp(z[i])", "b": "sum(j, exp(z[j]))"},
        ),
        Step(
            "z[i] - log(sum(j, exp(z[j])))",
            "log undoes exp",
            "The logit itself comes back. What is subtracted is log-sum-exp.",
            match={"a": "z[i]"},
        ),
    ),
)

LOG_SOFTMAX_JACOBIAN = Derivation(
    title="The Jacobian of log-softmax",
    goal="How the logarithm of one output changes with one logit: δ is 1 if i = k, else 0.",
    definitions=SOFTMAX,
    variables=(),
    equals="log_softmax_jacobian(z)[i, k]",
    steps=(
        Step("P(log(S[i]), z[k])", reason="This is what we want, for any i and k."),
        Step(
            "P(z[i] - log(sum(j, exp(z[j]))), z[k])",
            "earlier result",
            "A logit less log-sum-exp.",
            match={"of": "log_softmax/form"},
        ),
        Step(
            "P(z[i], z[k]) - P(log(sum(j, exp(z[j]))), z[k])",
            "linearity",
            "A difference goes term by term.",
            match={"a": "1", "u": "z[i]", "b": "-1", "v": "log(sum(j, exp(z[j])))"},
        ),
        Step(
            "P(z[i], z[k]) - S[k]",
            "earlier result",
            "The gradient of log-sum-exp is softmax.",
            match={"of": "logsumexp/gradient"},
        ),
        Step(
            "delta(i, k) - S[k]",
            "entries are independent",
            "A logit changes with itself, with slope 1, and with no other.",
        ),
    ),
)

CROSS_ENTROPY = Derivation(
    title="The gradient of cross-entropy",
    goal="How the loss of one sample changes with one logit. The labels y sum to 1.",
    definitions=SOFTMAX,
    variables=(),
    assumption="sum(k, y[k]) = 1",
    equals="cross_entropy_gradient(z, y)[i]",
    steps=(
        Step(
            "P(-sum(k, y[k]*log(S[k])), z[i])",
            reason="The loss is minus the logarithm of each output, weighted by its label.",
        ),
        Step(
            "-P(sum(k, y[k]*log(S[k])), z[i])",
            "linearity",
            "The minus stays.",
            match={"a": "-1", "u": "sum(k, y[k]*log(S[k]))"},
        ),
        Step(
            "-sum(k, P(y[k]*log(S[k]), z[i]))",
            "sum rule",
            _TERM_BY_TERM,
            match={"u": "y[k]*log(S[k])", "j": "k"},
        ),
        Step(
            "-sum(k, y[k]*P(log(S[k]), z[i]))",
            "linearity",
            "A label does not change with the logits.",
            match={"a": "y[k]", "u": "log(S[k])"},
        ),
        Step(
            "-sum(k, y[k]*(delta(i, k) - S[i]))",
            "earlier result",
            "Every entry of the Jacobian of log-softmax is known; here i and k change places.",
            match={"of": "log_softmax/jacobian", "i": "k", "k": "i"},
        ),
        Step(
            "-sum(k, y[k]*delta(i, k) - y[k]*S[i])",
            "multiply out",
            "Both terms of the brackets are multiplied.",
            match={"a": "delta(i, k)", "b": "-S[i]", "t": "y[k]"},
        ),
        Step(
            "-(sum(k, y[k]*delta(i, k)) - sum(k, y[k]*S[i]))",
            "split the sum",
            "Term by term.",
            match={"f": "y[k]*delta(i, k)", "g": "y[k]*S[i]", "j": "k"},
        ),
        Step(
            "-(y[i] - sum(k, y[k]*S[i]))",
            "delta picks one term",
            "All terms but the one with k = i are 0.",
            match={"a": "y[k]"},
        ),
        Step(
            "-(y[i] - S[i]*sum(k, y[k]))",
            "constant factor",
            "A factor without k may leave the sum over k.",
            match={"a": "S[i]", "f": "y[k]", "j": "k"},
        ),
        Step("-(y[i] - S[i])", "as assumed", "The labels sum to 1: for a one-hot label, and for any shares."),
        Step(
            "-y[i] - (-S[i])",
            "multiply out",
            "The minus goes to both terms.",
            match={"a": "y[i]", "b": "-S[i]", "t": "-1"},
        ),
        Step("S[i] - y[i]", "signs, zeros and ones", "Prediction minus label, as for the sigmoid."),
    ),
)

BINARY_FORM = Derivation(
    title="The loss from the logit",
    goal="The cross-entropy of one label y, without the sigmoid: no logarithm of a number near 0.",
    definitions={**SIGMA, **SOFTPLUS},
    variables=("x", "y"),
    shares=("y",),
    equals="binary_cross_entropy_with_logits(x, y)",
    steps=(
        Step(
            "-y*log(sigma(x)) - (1 - y)*log(1 - sigma(x))",
            reason="The loss as it is defined. Where the sigmoid is rounded to 0 or 1, a logarithm is lost.",
        ),
        Step(
            "-y*log(1/(1 + exp(-x))) - (1 - y)*log(1 - 1/(1 + exp(-x)))", "definition", "Write out what the sigmoid is."
        ),
        Step(
            "-y*log(exp(x)/((1 + exp(-x))*exp(x))) - (1 - y)*log(1 - exp(x)/((1 + exp(-x))*exp(x)))",
            "expand the fraction",
            "Multiply numerator and denominator by the same number, which is never 0.",
            match={"a": "1", "b": "1 + exp(-x)", "t": "exp(x)"},
        ),
        Step(
            "-y*log(exp(x)/(exp(x) + exp(-x)*exp(x))) - (1 - y)*log(1 - exp(x)/(exp(x) + exp(-x)*exp(x)))",
            "multiply out",
            "Each term of the denominator is multiplied.",
            match={"a": "1", "b": "exp(-x)", "t": "exp(x)"},
        ),
        Step(
            "-y*log(exp(x)/(exp(x) + 1)) - (1 - y)*log(1 - exp(x)/(exp(x) + 1))",
            "add the exponents",
            "Opposite exponents add up to 0, and e to the 0 is 1.",
            match={"a": "x"},
        ),
        Step(
            "-y*log(exp(x)/(exp(x) + 1)) - (1 - y)*log((exp(x) + 1)/(exp(x) + 1) - exp(x)/(exp(x) + 1))",
            "one as a fraction",
            "So that both have the same denominator.",
            match={"a": "exp(x) + 1"},
        ),
        Step(
            "-y*log(exp(x)/(exp(x) + 1)) - (1 - y)*log((exp(x) + 1 - exp(x))/(exp(x) + 1))",
            "join the fractions",
            "One numerator, over the denominator that they share.",
            match={"a": "exp(x) + 1", "b": "exp(x)", "c": "exp(x) + 1"},
        ),
        Step(
            "-y*log(exp(x)/(exp(x) + 1)) - (1 - y)*log(1/(exp(x) + 1))",
            "opposite terms cancel",
            "One minus the sigmoid is a simple fraction too.",
            match={"a": "exp(x)"},
        ),
        Step(
            "-y*(log(exp(x)) - log(1 + exp(x))) - (1 - y)*(log(1) - log(1 + exp(x)))",
            "logarithm of a fraction",
            "It is the difference of the logarithms.",
            match=({"a": "exp(x)", "b": "1 + exp(x)"}, {"a": "1", "b": "1 + exp(x)"}),
        ),
        Step(
            "-y*(x - log(1 + exp(x))) - (1 - y)*(-log(1 + exp(x)))",
            "log undoes exp",
            "x itself comes back; and the logarithm of 1 is 0.",
            match={"a": "x"},
        ),
        Step(
            "-y*(x - softplus(x)) - (1 - y)*(-softplus(x))",
            "definition",
            "This logarithm has a name: softplus.",
        ),
        Step("-y*(x - softplus(x)) + (1 - y)*softplus(x)", "signs, zeros and ones", "Two minus signs cancel."),
        Step(
            "-y*x - y*(-softplus(x)) + softplus(x) - y*softplus(x)",
            "multiply out",
            "Every product, term by term.",
            match=({"a": "x", "b": "-softplus(x)", "t": "-y"}, {"a": "1", "b": "-y", "t": "softplus(x)"}),
        ),
        Step("-y*x + y*softplus(x) + softplus(x) - y*softplus(x)", "signs, zeros and ones", "Two minus signs cancel."),
        Step(
            "softplus(x) - y*x",
            "opposite terms cancel",
            "Softplus can be computed for every x, without overflow.",
            match={"a": "y*softplus(x)"},
        ),
    ),
)

BINARY_GRADIENT = Derivation(
    title="The slope of the loss from the logit",
    goal="How the cross-entropy of one label y changes with the pre-activation x.",
    definitions={**SIGMA, **SOFTPLUS},
    variables=("x", "y"),
    shares=("y",),
    equals="binary_cross_entropy_with_logits_gradient(x, y)",
    steps=(
        Step("D(softplus(x) - y*x)", reason="The slope of the loss, in the form without the sigmoid."),
        Step("D(log(1 + exp(x)) - y*x)", "definition", "Write out what softplus is."),
        Step(
            "D(log(1 + exp(x))) - y*D(x)",
            "linearity",
            "A constant factor stays; a difference goes term by term.",
            match={"a": "1", "u": "log(1 + exp(x))", "b": "-y", "v": "x"},
        ),
        Step("D(log(1 + exp(x))) - y", "straight line", "The slope of x is 1."),
        Step("1/(1 + exp(x))*D(1 + exp(x)) - y", "logarithm rule", _ONE_OVER, match={"v": "1 + exp(x)"}),
        Step("1/(1 + exp(x))*(D(1) + D(exp(x))) - y", "sum rule", _TERM_BY_TERM, match={"u": "1", "v": "exp(x)"}),
        Step("1/(1 + exp(x))*D(exp(x)) - y", "constant rule", "The 1 does not change with x.", match={"c": "1"}),
        Step("exp(x)/(1 + exp(x)) - y", "exponential rule", _OWN_SLOPE),
        Step(
            "exp(x)*exp(-x)/((1 + exp(x))*exp(-x)) - y",
            "expand the fraction",
            "Multiply numerator and denominator by the same number, which is never 0.",
            match={"a": "exp(x)", "b": "1 + exp(x)", "t": "exp(-x)"},
        ),
        Step(
            "exp(x)*exp(-x)/(exp(-x) + exp(x)*exp(-x)) - y",
            "multiply out",
            "Each term of the denominator is multiplied.",
            match={"a": "1", "b": "exp(x)", "t": "exp(-x)"},
        ),
        Step(
            "1/(exp(-x) + 1) - y",
            "add the exponents",
            "Opposite exponents add up to 0, and e to the 0 is 1.",
            match={"a": "x"},
        ),
        Step("sigma(x) - y", "definition", "Prediction minus label: the same as from the sigmoid's loss."),
    ),
)

DERIVATIONS = {
    "logsumexp/gradient": LSE_GRADIENT,
    "logsumexp/shift": LSE_SHIFT,
    "log_softmax/form": LOG_SOFTMAX_FORM,
    "log_softmax/jacobian": LOG_SOFTMAX_JACOBIAN,
    "cross_entropy/softmax": CROSS_ENTROPY,
    "binary_cross_entropy/form": BINARY_FORM,
    "binary_cross_entropy/gradient": BINARY_GRADIENT,
}
