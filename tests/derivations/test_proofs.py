"""Every line of every derivation is proven; a line or a label that is tampered with is not."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import sympy

from course_lib import ACTIVATIONS
from course_lib.derivations import DERIVATIONS, Derivation, Step
from course_lib.derivations.expression import Apply, Expression, NotAFormula, Number, parse
from course_lib.derivations.prove import NotProven, Proof, prove_equal, to_sympy
from course_lib.derivations.prove import prove as prove_with
from course_lib.derivations.rules import RULES

KEYS = list(DERIVATIONS)


def prove(derivation: Derivation, key: str) -> Proof:
    """Prove `derivation`, which may use the results of those that stand before `key`."""
    return prove_with(derivation, {k: DERIVATIONS[k] for k in KEYS[: KEYS.index(key)]})


@pytest.mark.parametrize("key", KEYS)
def test_every_line_is_proven(key: str) -> None:
    proof = prove(DERIVATIONS[key], key)
    assert len(proof.lines) == len(DERIVATIONS[key].steps) - 1
    assert set(proof.lines) == {"symbolic"}


@pytest.mark.parametrize("key", KEYS)
def test_first_line_is_the_derivative_that_is_wanted(key: str) -> None:
    first = parse(DERIVATIONS[key].first)
    assert isinstance(first, Apply)
    assert first.op == "D"


@pytest.mark.parametrize("key", [k for k in KEYS if DERIVATIONS[k].variables == ("x",)])
def test_result_equals_the_code(key: str) -> None:
    derivation, activation = DERIVATIONS[key], ACTIVATIONS[key.split("/")[0]]
    x = np.linspace(-30, 30, 301)
    result = to_sympy(derivation, derivation.result)
    (symbol,) = result.free_symbols
    exact = np.array([float(result.evalf(40, subs={symbol: sympy.Rational(float(v))})) for v in x])
    np.testing.assert_allclose(activation.derivative(x), exact, rtol=1e-15, atol=0)


@pytest.mark.parametrize("key", KEYS)
def test_every_line_has_a_known_rule_and_a_reason(key: str) -> None:
    first, *others = DERIVATIONS[key].steps
    assert first.rule == ""
    assert all(step.rule in RULES for step in others)
    assert all(step.reason.endswith((".", "?")) for step in DERIVATIONS[key].steps)


# --- tampering ------------------------------------------------------------------------------------------


def mutants(e: Expression) -> Iterator[Expression]:
    """Yield `e` with one thing broken: a sign, a square, a minus, a sum for a product, a number."""
    match e:
        case Number(value):
            yield Number(value + 1)
        case Apply("+", (a, b)):
            yield Apply("-", (a, b))
        case Apply("-", (a, b)):
            yield Apply("+", (a, b))
        case Apply("neg", (a,)):
            yield a
        case Apply("**", (a, Number())):
            yield a
        case Apply("*", (a, b)):
            yield Apply("+", (a, b))
        case Apply("/", (a, b)):
            yield Apply("*", (a, b))
    if isinstance(e, Apply):
        for i, arg in enumerate(e.args):
            if e.op == "D" and i == 1:
                continue
            for changed in mutants(arg):
                yield Apply(e.op, (*e.args[:i], changed, *e.args[i + 1 :]))


def to_text(e: Expression) -> str:
    match e:
        case Apply("neg", (a,)):
            return f"(-{to_text(a)})"
        case Apply(op, (a, b)) if op in "+-**/":
            return f"({to_text(a)}{op}{to_text(b)})"
        case Apply(op, args):
            return f"{op}({', '.join(map(to_text, args))})"
        case Number(value):
            return str(value)
    return e.name


def with_step(derivation: Derivation, line: int, step: Step) -> Derivation:
    return replace(derivation, steps=(*derivation.steps[:line], step, *derivation.steps[line + 1 :]))


LINES = [(key, line) for key in KEYS for line in range(len(DERIVATIONS[key].steps))]


@pytest.mark.parametrize(("key", "line"), LINES)
def test_a_broken_line_is_caught(key: str, line: int) -> None:
    derivation = DERIVATIONS[key]
    step = derivation.steps[line]
    broken = {to_text(m) for m in mutants(parse(step.expression))}
    assert broken or step.expression == "D(sigma(x))"
    for text in broken:
        with pytest.raises(NotProven):
            prove(with_step(derivation, line, replace(step, expression=text)), key)


def test_the_mutants_are_many_and_of_every_kind() -> None:
    line = "-1/u**2*(1 + exp(-x))"
    texts = {to_text(m) for m in mutants(parse(line))}
    assert to_text(parse("-1/u**2*(1 - exp(-x))")) in texts  # a sign
    assert to_text(parse("-1/u*(1 + exp(-x))")) in texts  # a dropped square
    assert to_text(parse("-1/u**2*(1 + exp(x))")) in texts  # a lost minus in an exponent
    total = sum(len(list(mutants(parse(s.expression)))) for d in DERIVATIONS.values() for s in d.steps)
    assert total > 300


SWAPS = [
    (key, i, j)
    for key in KEYS
    for i, j in combinations(range(1, len(DERIVATIONS[key].steps)), 2)
    if DERIVATIONS[key].steps[i].rule != DERIVATIONS[key].steps[j].rule
]


@pytest.mark.parametrize(("key", "i", "j"), SWAPS)
def test_swapped_labels_are_caught(key: str, i: int, j: int) -> None:
    derivation = DERIVATIONS[key]
    first, second = derivation.steps[i], derivation.steps[j]
    swapped = with_step(derivation, i, replace(first, rule=second.rule))
    swapped = with_step(swapped, j, replace(second, rule=first.rule))
    with pytest.raises(NotProven):
        prove(swapped, key)


@pytest.mark.parametrize(("key", "line"), [(k, i) for k, i in LINES if i > 0])
def test_no_other_rule_fits_a_line(key: str, line: int) -> None:
    """So a label can't be wrong by itself either, with the data of its step."""
    derivation = DERIVATIONS[key]
    step = derivation.steps[line]
    for rule in RULES:
        if rule != step.rule:
            with pytest.raises(NotProven):
                prove(with_step(derivation, line, replace(step, rule=rule)), key)


def test_a_wrong_inserted_derivative_is_caught() -> None:
    key = "sigmoid/quotient"
    derivation = DERIVATIONS[key]
    step = derivation.steps[3]
    wrong = replace(
        step,
        expression="(0*(1 + exp(-x)) - 1*exp(-x))/(1 + exp(-x))**2",
        where={**step.where, "dv": "exp(-x)"},
    )
    with pytest.raises(NotProven):
        prove(with_step(derivation, 3, wrong), key)


def test_a_missing_line_is_caught() -> None:
    for key in KEYS:
        steps = DERIVATIONS[key].steps
        for line in range(1, len(steps) - 1):
            with pytest.raises(NotProven):
                prove(replace(DERIVATIONS[key], steps=(*steps[:line], *steps[line + 1 :])), key)


def derive(*steps: Step) -> Derivation:
    return replace(DERIVATIONS["sigmoid/chain"], steps=steps)


U = {"u": "exp(x)"}


@pytest.mark.parametrize(
    "steps",
    [
        (Step("D(u)", where=U), Step("0", "constant rule", match={"c": "u"})),
        (Step("D(u*x)", where=U), Step("u*D(x)", "linearity", match={"a": "u", "u": "x"})),
        (Step("D(u*x)", where=U), Step("u", "straight line", match={"m": "u"})),
        (Step("u", where=U), Step("0 + u", "put u back", where={"u": "x"}), Step("x", "put u back")),
        (Step("D(sigma(x))"), Step("sigma(x)*(1 - sigma(x))", "earlier result", match={"of": "sigmoid/chain"})),
        (Step("1"), Step("(x - x)/(x - x)", "cancel the common factor", match={"a": "x - x"})),
        (Step("D(x**y)"), Step("y*x**(y - 1)", "power rule", match={"n": "y"})),
    ],
    ids=[
        "u is no constant",
        "nor a factor",
        "nor a slope",
        "two meanings",
        "its own result",
        "0/0",
        "no whole exponent",
    ],
)
def test_a_false_proof_is_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises((NotProven, NotAFormula)):
        prove_with(derive(*steps))


def test_what_sympy_cannot_simplify_is_proven_to_50_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sympy, "simplify", lambda e: e)
    chain = DERIVATIONS["sigmoid/chain"]
    assert prove_equal(chain, "sigma(x)", "1 - sigma(-x)", {}) == "50 digits"
    with pytest.raises(NotProven, match="differ, for example at"):
        prove_equal(chain, "sigma(x)", "1 - sigma(-x) + exp(-x**2)/10**6", {})
