"""What each rule must refuse: proofs that look right and are not."""

from dataclasses import replace
from typing import Any

import pytest

from course_lib.derivations import DERIVATIONS, Derivation, Step
from course_lib.derivations.expression import NotAFormula
from course_lib.derivations.prove import NotProven, prove, prove_equal, prove_rules
from course_lib.derivations.rules import RULES

SOFTMAX = DERIVATIONS["softmax/both"]
U = {"u": "exp(x)"}


def derive(*steps: Step, of: str = "sigmoid/chain", **changes: Any) -> Derivation:
    return replace(DERIVATIONS[of], steps=steps, **changes)


@pytest.mark.parametrize(
    "steps",
    [
        (Step("D(u)", where=U), Step("0", "constant rule", match={"c": "u"})),
        (Step("D(u*x)", where=U), Step("u*D(x)", "linearity", match={"a": "u", "u": "x"})),
        (Step("D(u*x)", where=U), Step("u", "straight line", match={"m": "u"})),
        (Step("u + x - x", where=U), Step("u", "opposite terms cancel", where={"u": "x"}, match={"a": "x"})),
        (Step("D(sigma(x))"), Step("sigma(x)*(1 - sigma(x))", "earlier result", match={"of": "sigmoid/chain"})),
        (Step("1"), Step("(x - x)/(x - x)", "cancel the common factor", match={"a": "x - x"})),
        (Step("D(x**n)"), Step("n*x**(n - 1)", "power rule", match={"n": "n"})),
        (Step("x"), Step("max(0, x)", "the larger one", match={"a": "x", "b": "0"})),
        (Step("lim(x/h, h)"), Step("x/0", "let h go to 0")),
        (Step("lim((exp(h) - 1)/h, h)"), Step("(exp(0) - 1)/0", "let h go to 0")),
        (Step("lim(h*x, h)"), Step("h*lim(x, h)", "constant factor", match={"a": "h", "f": "x"})),
        (Step("x"), Step("2*x/2", "arithmetic")),
        (Step("abs(x)"), Step("2*x", "the absolute value", match={"a": "x", "b": "2*x"})),
        (Step("x**2"), Step("1", "as assumed")),
        (Step("D(Phi(x**2))"), Step("phi(x**2)", "fundamental theorem of calculus")),
        (Step("log(x + 1)"), Step("log(x) + log(1)", "logarithm of a product", match={"a": "x", "b": "1"})),
    ],
    ids=[
        "u is no constant",
        "nor a factor",
        "nor a slope",
        "two meanings",
        "its own result",
        "0/0",
        "no whole exponent",
        "backwards, and only for positive x",
        "the limit divides by 0",
        "0/0 in a limit",
        "h may not leave its limit",
        "fractions are no arithmetic",
        "neither x nor its opposite",
        "nothing is assumed",
        "the inner slope is missing",
        "a sum is no product",
    ],
)
def test_a_rule_refuses_a_false_proof(steps: tuple[Step, ...]) -> None:
    with pytest.raises((NotProven, NotAFormula)):
        prove_rules(derive(*steps))


@pytest.mark.parametrize(
    ("steps", "assumption"),
    [
        ((Step("P(exp(z[i]), z[k])"), Step("0", "constant rule", match={"c": "exp(z[i])"})), ""),
        ((Step("P(S[i], z[k])"), Step("0", "constant rule", match={"c": "S[i]"})), "i != k"),
        ((Step("P(sum(i, z[i]), z[k])"), Step("0", "constant rule", match={"c": "sum(i, z[i])"})), "i != k"),
        ((Step("S[i] - S[k]"), Step("S[k] - S[k]", "here i is k")), ""),
        ((Step("S[i] - S[k]"), Step("S[k] - S[k]", "here i is k")), "i != k"),
        (
            (
                Step("sum(k, z[k]*S[k])"),
                Step("S[k]*sum(k, z[k])", "constant factor", match={"a": "S[k]", "f": "z[k]", "j": "k"}),
            ),
            "",
        ),
        (
            (Step("P(sum(k, z[k]), z[k])"), Step("sum(k, P(z[k], z[k]))", "sum rule", match={"u": "z[k]", "j": "k"})),
            "",
        ),
        (
            (Step("sum(j, P(exp(z[j])*S[i], z[k]))"), Step("P(exp(z[k])*S[i], z[k])", "only one term depends on it")),
            "",
        ),
        ((Step("sum(j, z[j]*delta(j, k))"), Step("z[i]", "delta picks one term", match={"a": "z[j]"})), ""),
        ((Step("sum(j, z[j]*delta(j, j))"), Step("z[j]", "delta picks one term", match={"a": "z[j]"})), ""),
        ((Step("sum(j, z[j])"), Step("z[1] + z[2]", "write out the sum")), ""),
        ((Step("sum(j, z[j])"), Step("z[1]", "write out the sum")), "n = 2"),
        ((Step("sum(j, z[j]*z[k])"), Step("sum(k, z[k]*z[k])", "rename the index")), ""),
        (
            (
                Step("P(S[i], z[k])"),
                Step("sum(k, P(S[i], z[k])*P(z[k], z[k]))", "chain rule", match={"through": "z[k]"}),
            ),
            "",
        ),
    ],
    ids=[
        "i may be k",
        "every output depends on every logit",
        "the i of a sum is every i",
        "nobody said so",
        "the contrary was said",
        "k may not leave its sum",
        "two meanings of k",
        "the other factor depends on it too",
        "the delta picks another one",
        "this delta is always 1",
        "nobody said that n is 2",
        "a term is missing",
        "the new name was taken",
        "k was taken",
    ],
)
def test_a_rule_refuses_a_false_proof_with_indices(steps: tuple[Step, ...], assumption: str) -> None:
    with pytest.raises(NotProven):
        prove_rules(replace(SOFTMAX, steps=steps, assumption=assumption))


def test_which_one_is_the_larger_is_left_to_equality() -> None:
    larger = derive(Step("max(0, x)"), Step("x", "the larger one", match={"a": "x", "b": "0"}))
    prove(replace(larger, assumption="x > 0"))
    for assumption in ("", "x < 0"):
        with pytest.raises(NotProven, match="differ"):
            prove(replace(larger, assumption=assumption))


@pytest.mark.parametrize(
    ("steps", "assumption"),
    [
        ((Step("abs(x)"), Step("x", "the absolute value", match={"a": "x", "b": "x"})), "x > 0"),
        ((Step("abs(x)"), Step("-x", "the absolute value", match={"a": "x", "b": "-x"})), "x < 0"),
        ((Step("log(x**2)"), Step("log(x) + log(x)", "logarithm of a product", match={"a": "x", "b": "x"})), "x > 0"),
    ],
)
def test_what_holds_on_one_side_only_is_refused_on_the_other(steps: tuple[Step, ...], assumption: str) -> None:
    prove(derive(*steps, assumption=assumption))
    for other in {"", "x > 0", "x < 0"} - {assumption}:
        with pytest.raises(NotProven, match="differ"):
            prove(derive(*steps, assumption=other))


def test_a_sum_is_what_was_assumed_and_nothing_else() -> None:
    labels = DERIVATIONS["cross_entropy/softmax"]
    prove(replace(labels, steps=(Step("sum(k, y[k])*x"), Step("x", "as assumed")), variables=("x",)))
    for before, after in (("sum(k, z[k])", "1"), ("sum(k, y[k])", "2"), ("sum(k, y[k]*z[k])", "z[k]")):
        with pytest.raises(NotProven, match="is not what"):
            prove_rules(replace(labels, steps=(Step(before), Step(after, "as assumed"))))


@pytest.mark.parametrize("rule", RULES)
def test_to_turn_terms_round_is_no_step(rule: str) -> None:
    with pytest.raises(NotProven):
        prove_rules(derive(Step("exp(x) - (-1)*x"), Step("-(-x) + exp(x)", rule, match={"a": "x", "t": "x"})))


def test_rules_are_refused_before_any_equality_is_looked_at() -> None:
    """These are right, but for another reason than the one given."""
    for steps in (
        (Step("P(exp(z[i]), z[k])"), Step("exp(z[i])*delta(i, k)", "exponential rule", match={"v": "z[i]"})),
        (Step("sum(j, S[j])"), Step("1", "delta picks one term")),
        (Step("S[i]*sum(j, S[j])"), Step("S[i]", "constant factor", match={"a": "S[i]", "f": "S[j]"})),
    ):
        derivation = replace(SOFTMAX, steps=steps)
        prove_equal(derivation, steps[0].expression, steps[1].expression, {})
        with pytest.raises(NotProven, match="is not what"):
            prove_rules(derivation)


def test_what_holds_under_an_assumption_is_used_under_the_same_only() -> None:
    steps = (Step("P(S[i], z[k])"), Step("-S[i]*S[k]", "earlier result", match={"of": "softmax/other"}))
    earlier = {"softmax/other": DERIVATIONS["softmax/other"]}
    prove(replace(SOFTMAX, steps=steps, assumption="i != k"), earlier)
    with pytest.raises(NotProven, match="is not what"):
        prove(replace(SOFTMAX, steps=steps), earlier)


def test_an_assumption_that_never_holds_proves_nothing() -> None:
    steps = (Step("P(S[i], z[k])"), Step("P(S[k], z[k])", "here i is k"))
    with pytest.raises(NotProven, match="no case"):
        prove(replace(SOFTMAX, steps=steps, assumption="i = k, i != k"))


@pytest.mark.parametrize(
    "line",
    ["D(sigma(x))", "D(1/(1 + exp(-x)))", "D(1/u, u)*D(1 + exp(-x))", "exp(-x)/u**2", "1/(2 + exp(x) + exp(-x))"],
)
def test_equal_lines_that_are_no_rewriting_of_each_other_are_no_proof(line: str) -> None:
    local = {"u": "1 + exp(-x)"}
    assert prove_equal(DERIVATIONS["sigmoid/chain"], line, "sigma(x)*(1 - sigma(x))", local)
    for rule in RULES:
        with pytest.raises(NotProven):
            prove(derive(Step(line, where=local), Step("sigma(x)*(1 - sigma(x))", rule)))
