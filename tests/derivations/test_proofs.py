"""Every line of every derivation is proven, and the last one is what the library computes."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import mpmath
import numpy as np
import pytest

from course_lib import ACTIVATIONS, VECTOR_ACTIVATIONS, finite_difference, losses
from course_lib.derivations import DERIVATIONS, Derivation, gated
from course_lib.derivations.assumption import Assumption
from course_lib.derivations.expression import Entry, Scope, evaluate, parse, sums
from course_lib.derivations.points import points as points_of_typed_lines
from course_lib.derivations.prove import NotProven, Proof, prove_equal
from course_lib.derivations.prove import prove as prove_with
from course_lib.derivations.rules import RULES
from course_lib.derivations.symbolic import cases
from course_lib.derivations.tree import free_names, walk

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
def test_every_line_has_a_known_rule_and_a_reason(key: str) -> None:
    first, *others = DERIVATIONS[key].steps
    assert first.rule == ""
    assert all(step.rule in RULES for step in others)
    assert all(step.reason.endswith((".", "?")) for step in DERIVATIONS[key].steps)
    assert 3 <= len(DERIVATIONS[key].steps) <= 15


def test_every_rule_is_used() -> None:
    assert {step.rule for d in DERIVATIONS.values() for step in d.steps[1:]} == set(RULES)


@pytest.mark.parametrize("key", KEYS)
def test_the_reader_is_told_what_is_assumed(key: str) -> None:
    derivation = DERIVATIONS[key]
    shown = derivation.assumption.replace("!=", "≠").replace("sum(k, y[k]) = 1", "labels y sum to 1")
    assert shown in f"{derivation.title} {derivation.goal}"


@pytest.mark.parametrize("key", KEYS)
def test_names_stand_for_something_in_it_and_hide_nothing(key: str) -> None:
    derivation = DERIVATIONS[key]
    used = set().union(*(free_names(parse(step.expression)) for step in derivation.steps))
    for name, meaning in derivation.names.items():
        assert name not in used
        assert free_names(parse(meaning)) <= used


def test_sums_are_proven_for_2_3_and_4_terms_and_all_indices() -> None:
    both = [(c["n"], c["i"], c["k"]) for c in cases(DERIVATIONS["softmax/both"])]
    assert both == [(n, i, k) for n in (2, 3, 4) for i in range(1, n + 1) for k in range(1, n + 1)]
    assert all(c["i"] == c["k"] for c in cases(DERIVATIONS["softmax/same"]))
    assert len(list(cases(DERIVATIONS["softmax/same"]))) == 2 + 3 + 4
    assert all(c["i"] != c["k"] for c in cases(DERIVATIONS["softmax/other"]))
    assert len(list(cases(DERIVATIONS["softmax/other"]))) == 2 + 6 + 12
    assert list(cases(DERIVATIONS["softmax/two_classes"])) == [{"n": 2}]
    assert {(c["n"], c["m"], c["p"]) for c in cases(DERIVATIONS["identity/layers"])} >= {(2, 3, 4), (4, 2, 3)}
    assert list(cases(DERIVATIONS["sigmoid/chain"])) == [{}]


def test_a_wrong_entry_is_found_for_each_size() -> None:
    derivation = DERIVATIONS["softmax/both"]
    prove_equal(derivation, "sum(j, S[j])", "1", {})
    for n in (2, 3, 4):
        with pytest.raises(NotProven, match=f"n = {n}"):
            prove_equal(replace(derivation, assumption=f"n = {n}"), "P(S[i], z[k])", "S[i]*(delta(i, k) - S[i])", {})


def test_what_sympy_cannot_simplify_is_proven_to_50_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    import sympy

    monkeypatch.setattr(sympy, "simplify", lambda e: e)
    monkeypatch.setattr("course_lib.derivations.prove.is_zero", lambda e: False)
    chain = DERIVATIONS["sigmoid/chain"]
    assert prove_equal(chain, "sigma(x)", "1 - sigma(-x)", {}) == "50 digits"
    with pytest.raises(NotProven, match="differ, for example at"):
        prove_equal(chain, "sigma(x)", "1 - sigma(-x) + exp(-x**2)/10**6", {})


# --- the last line and the library's code -----------------------------------------------------------------

FUNCTIONS = {"exp": mpmath.exp, "log": mpmath.log, "max": max, "min": min, "abs": abs}
FUNCTIONS |= {"sqrt": mpmath.sqrt, "erf": mpmath.erf}
#: The two numbers of SELU, which are fixed.
SELU = {"lambd": "1.0507009873554804934193349852946", "alpha": "1.6732632423543772848170429916717"}
LOGITS = [[0.5, -1.25, 2.0, 0.0], [30.0, 0.0, -20.0, 1.0], [-600.0, 5.0, 5.0, 0.0]]
GRADIENT = [0.3, -2.0, 1.0, 0.7]
#: Labels that sum to 1, exactly, by their number.
LABELS = {2: [0.25, 0.75], 3: [0.0, 1.0, 0.0], 4: [0.5, 0.125, 0.125, 0.25]}


def mp_slope(args: tuple[Any, ...], scope: Scope) -> Any:
    at, here = scope.along(args[1])
    return mpmath.diff(lambda t: at(t).value(args[0]), here)


def exact(derivation: Derivation, line: str, values: dict[str, Any]) -> Any:
    handlers = {"D": mp_slope, "P": mp_slope, "sum": sums(derivation.terms)}
    values = {"pi": mpmath.pi, **values}
    return evaluate(parse(line), FUNCTIONS, values, mpmath.mpf(1), handlers, derivation.definitions)


def points(derivation: Derivation) -> Iterator[dict[str, Any]]:
    """Yield values for all names, as floats, where the assumption holds."""
    assumption = Assumption(derivation.assumption)
    entries = {p.name for s in derivation.steps for p in walk(parse(s.expression)) if isinstance(p, Entry)}
    if entries:
        for z in LOGITS:
            for case in cases(derivation):
                n = case["n"]
                yield {**case, "z": z[:n], "g": GRADIENT[:n], "y": LABELS[n], "c": 0.75, "T": 2.5}
        return
    for x in np.linspace(-30, 30, 301):
        for second in (0.01, 0.25) if len(derivation.variables) > 1 else (0.01,):
            point = {"x": float(x), "alpha": second, "beta": 8 * second, "y": second}
            point |= {"a": float(x), "b": 8 * second - 1, "z": [float(x), 8 * second - 1]}
            if "lambd" in derivation.variables:
                point |= {name: mpmath.mpf(value) for name, value in SELU.items()}
            if assumption.holds(point):
                yield point


def precisely(value: Any) -> Any:
    if isinstance(value, list):
        return [precisely(entry) for entry in value]
    return mpmath.mpf(value) if isinstance(value, float) else value


LIBRARY = {g.__name__: g for a in ACTIVATIONS.values() for g in (a.f, a.derivative, *a.parameter_derivatives.values())}
LIBRARY |= {g.__name__: g for v in VECTOR_ACTIVATIONS.values() for g in (v.f, v.jacobian, v.vjp)}
LIBRARY |= {
    g.__name__: g
    for g in (
        losses.cross_entropy_gradient,
        losses.binary_cross_entropy_with_logits,
        losses.binary_cross_entropy_with_logits_gradient,
    )
}


def computed(equals: str, values: dict[str, Any]) -> Any:
    """Compute 'softmax_vjp(z, g)[k]' with the library: a name, arguments and indices, which count from 1."""
    node = ast.parse(equals, mode="eval").body
    places: list[ast.expr] = []
    if isinstance(node, ast.Subscript):
        places = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        node = node.value
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    function = LIBRARY[node.func.id]
    result = function(
        *(np.asarray(values[a.id]) if isinstance(values[a.id], list) else values[a.id] for a in node.args)
    )
    index = tuple((values[p.id] if isinstance(p, ast.Name) else p.value) - 1 for p in places)
    return result[index] if index else result


GATED = gated.DERIVATIONS.keys()


@pytest.mark.parametrize("key", [k for k in KEYS if DERIVATIONS[k].equals])
def test_result_equals_the_code(key: str) -> None:
    derivation = DERIVATIONS[key]
    tried = 0
    # A gate's slope goes through 0 left of it, where two terms cancel.
    close = mpmath.mpf("1e-14" if key in GATED else "1.5e-15")
    with mpmath.workdps(350 if "x" in derivation.variables else 700):
        for values in points(derivation):
            precise = {name: precisely(value) for name, value in values.items()}
            expected = exact(derivation, derivation.result, precise)
            scale = max(map(abs, values["g"])) * 2 if "vjp" in derivation.equals else abs(expected)
            if "binary_cross_entropy" in key:
                scale = max(scale, values["y"])  # prediction less label: near the label nothing is left
            got = computed(derivation.equals, values)
            assert abs(mpmath.mpf(float(got)) - expected) <= scale * close + mpmath.mpf("5e-324"), values
            tried += 1
    assert tried >= 3


#: The activations whose slopes the lessons derive; those of all others are proven as code alone.
TAUGHT = frozenset(
    {"identity", "sigmoid", "tanh", "relu", "leaky_relu", "relu6", "softplus", "softsign", "elu", "selu"}
)
TAUGHT |= {"silu", "gelu", "gelu_tanh", "mish"}


def test_the_derivatives_of_the_registry_are_all_derived() -> None:
    named = {d.equals.split("(")[0] for d in DERIVATIONS.values()}
    for activation in ACTIVATIONS.values():
        if activation.name in TAUGHT:
            assert activation.derivative.__name__ in named
    assert {"prelu_alpha_derivative", "softmax", "softmax_jacobian", "softmax_vjp"} <= named
    assert {"logsumexp_jacobian", "log_softmax", "log_softmax_jacobian", "cross_entropy_gradient"} <= named
    assert {"silu_beta_derivative", "glu_jacobian"} <= named


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("slopes/partial", {"w": 0.5, "x": 1.5, "b": -0.25, "y": 1.0}),
        ("slopes/quotient", {"x": 0.7}),
        ("slopes/chain", {"x": -0.7}),
        ("identity/gradient", {"x": [0.5, 2.0, -1.0], "n": 3, "k": 2}),
        ("identity/jacobian", {"x": [0.5, 2.0, -1.0], "n": 3, "i": 3, "k": 3}),
        ("softmax/ones", {"z": LOGITS[0], "n": 4}),
        ("softmax/rows", {"z": LOGITS[0], "n": 4, "i": 2}),
        ("softmax/both", {"z": LOGITS[0], "n": 4, "i": 2, "k": 3}),
        ("softmax/temperature", {"z": LOGITS[0], "n": 4, "i": 2, "T": 1.5}),
        ("tanh/sinh", {"x": 0.3}),
        ("logsumexp/gradient", {"z": LOGITS[0], "n": 4, "k": 2}),
        ("log_softmax/jacobian", {"z": LOGITS[0], "n": 4, "i": 2, "k": 3}),
        ("cross_entropy/softmax", {"z": LOGITS[0], "y": LABELS[4], "n": 4, "i": 2}),
        ("softplus/chain", {"x": -0.3}),
        ("softsign/left", {"x": -0.3}),
        ("silu/with_beta", {"x": 0.7, "beta": -1.5}),
        ("swish_beta/gradient", {"x": 0.7, "beta": -1.5}),
        ("gelu/product", {"x": -0.7}),
        ("gelu_tanh/product", {"x": -0.7}),
        ("mish/product", {"x": 0.7}),
    ],
)
def test_first_and_last_line_agree_in_numbers_too(key: str, values: dict[str, Any]) -> None:
    """By numerical differentiation, so that a flaw in our use of SymPy would show."""
    derivation = DERIVATIONS[key]
    with mpmath.workdps(30):
        first, last = (exact(derivation, line, values) for line in (derivation.first, derivation.result))
        assert abs(first - last) < mpmath.mpf("1e-12")


def test_the_errors_of_finite_differences_are_those_of_the_code() -> None:
    h = 2.0**-6
    functions = {"f": mpmath.exp, "Im": mpmath.im, "Re": mpmath.re}
    values = {"x": mpmath.mpf(1), "h": mpmath.mpf(h), "I": mpmath.mpc(0, 1)}
    slopes = {
        "slopes/forward_error": finite_difference.forward,
        "slopes/central_error": finite_difference.central,
        "slopes/complex_step": finite_difference.complex_step,
    }
    for key, slope in slopes.items():
        d = DERIVATIONS[key]
        handlers = {"D": lambda args, scope: mpmath.exp(scope.values["x"])}  # exp is its own slope
        error = evaluate(parse(d.result), functions, values, mpmath.mpf(1), handlers, d.definitions)
        assert float(slope(np.exp, 1.0, h)) - np.e == pytest.approx(float(error), abs=1e-13)


def test_layers_are_rows_times_matrices() -> None:
    rng = np.random.default_rng(5)
    sizes = {"n": 3, "m": 4, "p": 2}
    v = {"x": rng.normal(size=3), "W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=4)}
    v |= {"W2": rng.normal(size=(4, 2)), "b2": rng.normal(size=2)}
    expected = (v["x"] @ v["W1"] + v["b1"]) @ v["W2"] + v["b2"]
    layers = DERIVATIONS["identity/layers"]
    for line in (layers.first, layers.result):
        got = [exact(layers, line, {**v, **sizes, "j": j}) for j in (1, 2)]
        np.testing.assert_allclose(np.array(got, dtype=float), expected)


@pytest.mark.parametrize(("key", "side"), [("relu/left_limit", 0), ("relu/right_limit", 1)])
def test_the_limits_at_the_kink_are_the_ends_of_the_subgradient(key: str, side: int) -> None:
    assert int(DERIVATIONS[key].result) == ACTIVATIONS["relu"].kinks[0.0][side]


@pytest.mark.parametrize("alpha", [0.25, 2.0])
def test_the_limits_of_elu_are_those_of_its_code(alpha: float) -> None:
    values = {"alpha": mpmath.mpf(alpha)}
    limits = [exact(DERIVATIONS[key], DERIVATIONS[key].result, values) for key in ("elu/left_limit", "elu/right_limit")]
    assert sorted(limits) == sorted(ACTIVATIONS["elu"].kinks_at(alpha=alpha)[0.0])


def test_labels_that_are_assumed_to_sum_to_1_do() -> None:
    derivation = DERIVATIONS["cross_entropy/softmax"]
    prove_equal(derivation, "sum(k, y[k])", "1", {})
    with pytest.raises(NotProven, match="n = 2"):
        prove_equal(derivation, "sum(k, y[k]*S[k])", "1", {})
    with pytest.raises(NotProven):
        prove_equal(replace(derivation, assumption=""), "sum(k, y[k])", "1", {})
    for point in points_of_typed_lines(derivation):
        assert sum(point["y"][: point["n"]]) == 1
