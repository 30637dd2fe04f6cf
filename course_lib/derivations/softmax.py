"""Lesson 06: the outputs of softmax sum to 1; every entry of its Jacobian."""

from course_lib.derivations.derivation import Derivation, Step

SOFTMAX = {"S": ("i", "exp(z[i])/sum(j, exp(z[j]))")}

_QUOTIENT_RULE = "Numerator u and denominator v: (u'v - uv') over v squared."

ONES = Derivation(
    title="The outputs sum to 1",
    goal="All outputs have the same denominator.",
    definitions=SOFTMAX,
    variables=(),
    steps=(
        Step("sum(i, S[i])", reason="All outputs together."),
        Step("sum(i, exp(z[i])/sum(j, exp(z[j])))", "definition", "Write out what softmax is."),
        Step(
            "sum(i, exp(z[i]))/sum(j, exp(z[j]))",
            "constant factor",
            "The denominator is the same for every i, so it stands outside of the sum.",
            match={"a": "1/sum(j, exp(z[j]))", "f": "exp(z[i])", "j": "i"},
        ),
        Step(
            "sum(j, exp(z[j]))/sum(j, exp(z[j]))",
            "rename the index",
            "An index that runs over all values may have any name.",
        ),
        Step("1", "cancel the common factor", "The denominator is never 0.", match={"a": "sum(j, exp(z[j]))"}),
    ),
)

SAME = Derivation(
    title="An output and its own logit: i = k",
    goal="One entry on the diagonal of the Jacobian: i = k.",
    definitions=SOFTMAX,
    variables=(),
    assumption="i = k",
    equals="softmax_jacobian(z)[i, k]",
    steps=(
        Step("P(S[i], z[k])", reason="This is what we want, here for i = k."),
        Step("P(S[k], z[k])", "here i is k", "So write k for both."),
        Step("P(exp(z[k])/sum(j, exp(z[j])), z[k])", "definition", "Write out what softmax is."),
        Step(
            "(P(exp(z[k]), z[k])*sum(j, exp(z[j])) - exp(z[k])*P(sum(j, exp(z[j])), z[k]))/sum(j, exp(z[j]))**2",
            "quotient rule",
            _QUOTIENT_RULE,
            where={"u": "exp(z[k])", "v": "sum(j, exp(z[j]))"},
        ),
        Step(
            "(exp(z[k])*sum(j, exp(z[j])) - exp(z[k])*P(sum(j, exp(z[j])), z[k]))/sum(j, exp(z[j]))**2",
            "exponential rule",
            "The exponential is its own slope.",
        ),
        Step(
            "(exp(z[k])*sum(j, exp(z[j])) - exp(z[k])*sum(j, P(exp(z[j]), z[k])))/sum(j, exp(z[j]))**2",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "exp(z[j])"},
        ),
        Step(
            "(exp(z[k])*sum(j, exp(z[j])) - exp(z[k])*P(exp(z[k]), z[k]))/sum(j, exp(z[j]))**2",
            "only one term depends on it",
            "All terms but the one with j = k are constants.",
        ),
        Step(
            "(exp(z[k])*sum(j, exp(z[j])) - exp(z[k])*exp(z[k]))/sum(j, exp(z[j]))**2",
            "exponential rule",
            "Once more, the exponential is its own slope.",
        ),
        Step(
            "exp(z[k])*(sum(j, exp(z[j])) - exp(z[k]))/sum(j, exp(z[j]))**2",
            "factor out",
            "Both terms hold the numerator of the output.",
            match={"a": "exp(z[k])", "b": "sum(j, exp(z[j]))", "c": "-exp(z[k])"},
        ),
        Step(
            "exp(z[k])/sum(j, exp(z[j]))*((sum(j, exp(z[j])) - exp(z[k]))/sum(j, exp(z[j])))",
            "split the fraction",
            "One denominator for each factor.",
            match={"a": "exp(z[k])*(sum(j, exp(z[j])) - exp(z[k]))", "c": "sum(j, exp(z[j]))"},
        ),
        Step(
            "exp(z[k])/sum(j, exp(z[j]))*(sum(j, exp(z[j]))/sum(j, exp(z[j])) - exp(z[k])/sum(j, exp(z[j])))",
            "split the fraction",
            "One fraction for each part of the second numerator.",
            match={"a": "sum(j, exp(z[j]))", "b": "exp(z[k])", "c": "sum(j, exp(z[j]))"},
        ),
        Step(
            "exp(z[k])/sum(j, exp(z[j]))*(1 - exp(z[k])/sum(j, exp(z[j])))",
            "cancel the common factor",
            "The first of the two fractions is 1.",
            match={"a": "sum(j, exp(z[j]))"},
        ),
        Step("S[k]*(1 - S[k])", "definition", "Both fractions are the output: as for the sigmoid."),
    ),
)

OTHER = Derivation(
    title="An output and another logit: i ≠ k",
    goal="One entry beside the diagonal of the Jacobian: i ≠ k.",
    definitions=SOFTMAX,
    variables=(),
    assumption="i != k",
    equals="softmax_jacobian(z)[i, k]",
    steps=(
        Step("P(S[i], z[k])", reason="This is what we want, here for i ≠ k."),
        Step("P(exp(z[i])/sum(j, exp(z[j])), z[k])", "definition", "Write out what softmax is."),
        Step(
            "(P(exp(z[i]), z[k])*sum(j, exp(z[j])) - exp(z[i])*P(sum(j, exp(z[j])), z[k]))/sum(j, exp(z[j]))**2",
            "quotient rule",
            _QUOTIENT_RULE,
            where={"u": "exp(z[i])", "v": "sum(j, exp(z[j]))"},
        ),
        Step(
            "(0*sum(j, exp(z[j])) - exp(z[i])*P(sum(j, exp(z[j])), z[k]))/sum(j, exp(z[j]))**2",
            "constant rule",
            "The numerator holds another logit, which stands still.",
            match={"c": "exp(z[i])"},
        ),
        Step(
            "-(exp(z[i])*P(sum(j, exp(z[j])), z[k])/sum(j, exp(z[j]))**2)",
            "signs, zeros and ones",
            "The first product is 0.",
        ),
        Step(
            "-(exp(z[i])*sum(j, P(exp(z[j]), z[k]))/sum(j, exp(z[j]))**2)",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "exp(z[j])"},
        ),
        Step(
            "-(exp(z[i])*P(exp(z[k]), z[k])/sum(j, exp(z[j]))**2)",
            "only one term depends on it",
            "All terms but the one with j = k are constants.",
        ),
        Step(
            "-(exp(z[i])*exp(z[k])/sum(j, exp(z[j]))**2)",
            "exponential rule",
            "The exponential is its own slope.",
        ),
        Step(
            "-(exp(z[i])/sum(j, exp(z[j])))*(exp(z[k])/sum(j, exp(z[j])))",
            "split the fraction",
            "One denominator for each factor.",
            match={"a": "exp(z[i])*exp(z[k])", "c": "sum(j, exp(z[j]))"},
        ),
        Step("-S[i]*S[k]", "definition", "Both fractions are outputs. The minus is the competition between them."),
    ),
)

BOTH = Derivation(
    title="Both cases in one formula",
    goal="Every entry of the Jacobian: δ is 1 if i = k, else 0.",
    definitions=SOFTMAX,
    variables=(),
    equals="softmax_jacobian(z)[i, k]",
    steps=(
        Step("P(S[i], z[k])", reason="This is what we want, for any i and k."),
        Step("P(exp(z[i])/sum(j, exp(z[j])), z[k])", "definition", "Write out what softmax is."),
        Step(
            "(P(exp(z[i]), z[k])*sum(j, exp(z[j])) - exp(z[i])*P(sum(j, exp(z[j])), z[k]))/sum(j, exp(z[j]))**2",
            "quotient rule",
            _QUOTIENT_RULE,
            where={"u": "exp(z[i])", "v": "sum(j, exp(z[j]))"},
        ),
        Step(
            "(P(exp(z[i]), z[k])*sum(j, exp(z[j])) - exp(z[i])*sum(j, P(exp(z[j]), z[k])))/sum(j, exp(z[j]))**2",
            "sum rule",
            "The slope of a sum is the sum of the slopes.",
            match={"u": "exp(z[j])"},
        ),
        Step(
            "(P(exp(z[i]), z[k])*sum(j, exp(z[j])) - exp(z[i])*P(exp(z[k]), z[k]))/sum(j, exp(z[j]))**2",
            "only one term depends on it",
            "All terms but the one with j = k are constants.",
        ),
        Step(
            "(exp(z[i])*P(z[i], z[k])*sum(j, exp(z[j])) - exp(z[i])*exp(z[k]))/sum(j, exp(z[j]))**2",
            "exponential rule",
            "The exponential is its own slope, times the slope of its exponent.",
            match={"v": "z[i]"},
        ),
        Step(
            "(exp(z[i])*delta(i, k)*sum(j, exp(z[j])) - exp(z[i])*exp(z[k]))/sum(j, exp(z[j]))**2",
            "entries are independent",
            "A logit changes with itself, with slope 1, and with no other.",
        ),
        Step(
            "exp(z[i])*(delta(i, k)*sum(j, exp(z[j])) - exp(z[k]))/sum(j, exp(z[j]))**2",
            "factor out",
            "Both terms hold the numerator of the output.",
            match={"a": "exp(z[i])", "b": "delta(i, k)*sum(j, exp(z[j]))", "c": "-exp(z[k])"},
        ),
        Step(
            "exp(z[i])/sum(j, exp(z[j]))*((delta(i, k)*sum(j, exp(z[j])) - exp(z[k]))/sum(j, exp(z[j])))",
            "split the fraction",
            "One denominator for each factor.",
            match={"a": "exp(z[i])*(delta(i, k)*sum(j, exp(z[j])) - exp(z[k]))", "c": "sum(j, exp(z[j]))"},
        ),
        Step(
            "exp(z[i])/sum(j, exp(z[j]))*(delta(i, k)*sum(j, exp(z[j]))/sum(j, exp(z[j]))"
            " - exp(z[k])/sum(j, exp(z[j])))",
            "split the fraction",
            "One fraction for each part of the second numerator.",
            match={"a": "delta(i, k)*sum(j, exp(z[j]))", "b": "exp(z[k])", "c": "sum(j, exp(z[j]))"},
        ),
        Step(
            "exp(z[i])/sum(j, exp(z[j]))*(delta(i, k) - exp(z[k])/sum(j, exp(z[j])))",
            "cancel the common factor",
            "What is left of the first of the two fractions is the switch.",
            match={"a": "sum(j, exp(z[j]))"},
        ),
        Step("S[i]*(delta(i, k) - S[k])", "definition", "Both fractions are outputs."),
    ),
)

DERIVATIONS = {
    "softmax/ones": ONES,
    "softmax/same": SAME,
    "softmax/other": OTHER,
    "softmax/both": BOTH,
}
