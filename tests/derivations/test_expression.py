"""The reader of formulas: what it reads, what it refuses, and what its formulas are worth."""

from decimal import Decimal, localcontext
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.special
import scipy.stats
import sympy

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.error_function import erf, pi
from course_lib.derivations.expression import (
    Expression,
    NotAFormula,
    Scope,
    evaluate,
    parse,
    substitute,
    sums,
)

SOFTMAX = {"S": ("i", "exp(z[i])/sum(j, exp(z[j]))")}


def test_a_formula_is_evaluated_with_the_functions_given() -> None:
    tree = parse("exp(-x)/(1 + exp(-x))**2")
    x = np.array([-1.0, 0.0, 2.0])
    np.testing.assert_allclose(evaluate(tree, {"exp": np.exp}, {"x": x}), np.exp(-x) / (1 + np.exp(-x)) ** 2)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "x.__class__",
        "open('a')",
        "[x for x in x]",
        "lambda: x",
        "x if x else x",
        "f'{x}'",
        "x[0]",
        "x[-1]",
        "x[1:2]",
        "x[x[1]]",
        "exp[1]",
        "x @ x",
        "x == x",
        "1.",
        ".5",
        "1.5.2",
        "1.5e3",
        "1.5.real",
        "1_000.5",
        "0." + "1" * 41,
        "1000000.5",
        "z[1.5]",
        "True",
        "'x'",
        "exp(x, x)",
        "exp(x=x)",
        "exp(*x)",
        "(x := 1)",
        "",
        "x +",
        "x\0",
        "((((",
        "-" * 400 + "x",
        "(" * 300 + "x" + ")" * 300,
        "x+" * 400 + "x",
        "9999999999",
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(NotAFormula) as refused:
        parse(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("9**9**9**9", 4),
        ("x + 9**65", 8),
        ("(x**9)**8", 5),
        ("((x**4)**4)**5", 6),
        ("x**(1/2)", 5),
        ("x**0.5", 4),
        ("softplus(exp(x))", 10),
        ("gelu(1 + sigma(x))", 10),
        ("exp(phi(exp(x)))", 9),
        ("2**x", 4),
        ("exp(x)**exp(x)", 9),
        ("1 + exp(exp(x))", 9),
        ("sigma(tanh(x))", 7),
        ("D(D(D(D(x))))", 7),
        ("sum(i, sum(j, sum(k, sum(l, 1))))", 22),
        ("1 + 10000000", 5),
        ("  x + 2..real", 8),
        ("x + é", 5),
        ("2x", 1),
        ("x + exp", 5),
        ("z[k + 1]", 3),
        ("z[0]", 3),
        ("D(x, z[k])", 6),
        ("max(x)", 1),
        ("lim(h)", 1),
    ],
)
def test_what_would_grow_without_bounds_or_is_malformed_is_refused_with_its_place(text: str, place: int) -> None:
    with pytest.raises(NotAFormula, match=rf"\(character {place}\)\.$"):
        parse(text)


@pytest.mark.parametrize("text", ["x**0.5", "x**(1/2)", "x**-0.5", "x**-(1/2)"])
def test_whoever_writes_a_root_as_a_power_is_told_how_it_is_written(text: str) -> None:
    with pytest.raises(NotAFormula, match=r"a square root is written sqrt\(x\)"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "x**64",
        "(x**8)**8",
        "x**-3",
        "x**(n - 1)",
        "tanh(log(1 + exp(x)))",
        "tanh(softplus(x))",
        "D(D(D(x)))",
        "0." + "1" * 40,
    ],
)
def test_what_stays_within_bounds_is_read(text: str) -> None:
    parse(text)


NORMAL = "x/2*(1 + erf(x/sqrt(2)))"
TANH_FORM = "sqrt(2/pi)*(x + 0.044715*x**3)"


def test_roots_absolute_values_the_error_function_steps_and_pi_have_values() -> None:
    functions = {"sqrt": np.sqrt, "abs": np.abs, "erf": scipy.special.erf, "step": lambda u: np.heaviside(u, 0)}
    x = np.array([-1.5, 0.0, 2.0])

    def at_x(text: str) -> Any:
        return evaluate(parse(text), functions, {"x": x, "pi": np.pi})

    np.testing.assert_allclose(at_x(NORMAL), x * scipy.stats.norm.cdf(x), rtol=1e-15)
    np.testing.assert_allclose(at_x(TANH_FORM), np.sqrt(2 / np.pi) * (x + 0.044715 * x**3), rtol=1e-15)
    np.testing.assert_array_equal(at_x("abs(x)*step(x)"), [0, 0, 2])
    with pytest.raises(NotAFormula, match="'pi' has no value"):
        evaluate(parse("pi*x"), {}, {"x": 1.0})


def test_decimals_are_kept_exactly() -> None:
    text = "1.0507009873554805"
    assert evaluate(parse(text), {}, {}) == float(text)
    assert evaluate(parse(text), {}, {}, Decimal(1)) == Decimal(text)
    assert evaluate(parse(text), {}, {}, sympy.Integer(1)) == sympy.Rational(text)
    long = "0.1234567890123456789012345678901234567891"  # more than a float holds
    assert evaluate(parse(long), {}, {}, sympy.Integer(1)) == sympy.Rational(long)
    assert parse("2.0") == parse("2")


def test_the_error_function_has_as_many_digits_as_are_asked_for() -> None:
    with localcontext() as context, mpmath.workdps(170):
        context.prec = 150
        assert abs(mpmath.mpf(str(pi(150))) - mpmath.pi) < mpmath.mpf(10) ** -148
        for x in ("0", "1e-60", "-1e-30", "0.5", "-3", "7.25", "18", "-21.2", "21.3", "1e30"):
            assert abs(mpmath.mpf(str(erf(Decimal(x)))) - mpmath.erf(mpmath.mpf(x))) < mpmath.mpf(10) ** -148, x
        tiny = mpmath.mpf(str(erf(Decimal("1e-60"))))
        assert abs(tiny / mpmath.erf(mpmath.mpf("1e-60")) - 1) < mpmath.mpf(10) ** -148


def slope(args: tuple[Expression, ...], scope: Scope) -> Any:
    """Differentiate numerically: what a caller of `evaluate` may do with the unevaluated arguments."""
    at, here = scope.along(args[1])
    return mpmath.diff(lambda t: at(t).value(args[0]), here)


def worth(text: str, **values: Any) -> Any:
    return evaluate(parse(text), {"exp": mpmath.exp}, values, mpmath.mpf(1), {"D": slope, "P": slope}, SOFTMAX)


Z = [1.0, 2.0, 0.0]


def test_entries_and_sums_have_values() -> None:
    assert worth("z[2] - z[k]", z=Z, k=3) == 2
    assert worth("W[2, 1]", W=np.array([[1.0, 2.0], [3.0, 4.0]])) == 3
    assert worth("sum(j, z[j]*k)", z=Z, n=3, k=2) == 6
    assert worth("sum(i, sum(j, z[i]*z[j]))", z=Z, n=3) == 9
    assert worth("delta(i, k) + 2*delta(k, 3)", i=1, k=3) == 2
    assert worth("sum(i, S[i])", z=Z, n=3) == pytest.approx(1)
    terms = sums({"j": "m"})
    assert evaluate(parse("sum(i, 1)*sum(j, 1)"), {}, {"n": 3, "m": 4}, handlers={"sum": terms}) == 12


def test_a_whole_batch_is_computed_at_once() -> None:
    batch = np.array([[0.0, 1.0], [2.0, 3.0]])  # two entries of two vectors
    got = evaluate(parse("S[1]"), {"exp": np.exp}, {"z": batch, "n": 2}, definitions=SOFTMAX)
    np.testing.assert_allclose(got, np.exp(batch[0]) / np.exp(batch).sum(axis=0))


@pytest.mark.parametrize(("i", "k"), [(1, 1), (1, 3)])
def test_handlers_differentiate_by_entries(i: int, k: int) -> None:
    assert worth("P(S[i], z[k])", z=Z, n=3, i=i, k=k) == pytest.approx(
        worth("S[i]*(delta(i, k) - S[k])", z=Z, n=3, i=i, k=k)
    )


def test_a_name_may_stand_for_a_formula_which_sees_its_surroundings() -> None:
    u = {"u": parse("1 + exp(-x)"), "x": mpmath.mpf(1)}
    assert worth("D(u)", **u) == pytest.approx(worth("-exp(-x)", **u))
    assert worth("D(1/u, u)", **u) == pytest.approx(worth("-1/u**2", **u))
    with pytest.raises(NotAFormula, match="'x' has no value"):
        worth("x", x=parse("x + 1"))


@pytest.mark.parametrize(
    ("text", "values", "says"),
    [
        ("y", {}, "'y' has no value"),
        ("tanh(x)", {"x": 1.0}, "'tanh' has no meaning"),
        ("z[k]", {"k": 1}, "'z' has no entries"),
        ("z[4]", {"z": Z}, r"z\[4\] does not exist"),
        ("z[k]", {"z": Z, "k": 1.5}, "index must be a whole number"),
        ("W[1, 2]", {"W": Z}, r"W\[1, 2\] does not exist"),
        ("W[1] + 1", {"W": [Z, Z]}, "W needs more indices"),
        ("2*z", {"z": Z}, r"z has several entries; write which one, as in z\[k\]"),
        ("S[1, 2]", {"z": Z, "n": 3}, r"S takes 1, not 2: S\[i\]"),
    ],
)
def test_what_has_no_value_is_said_in_one_sentence(text: str, values: dict[str, Any], says: str) -> None:
    with pytest.raises(NotAFormula, match=says):
        worth(text, **values)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("sum(j, z[j]*k)", {"k": "j"}, "sum(l, z[l]*j)"),  # the j outside is not the j of the sum
        ("sum(j, z[j]*k)", {"j": "i"}, "sum(j, z[j]*k)"),  # a bound letter is no free one
        ("sum(j, z[j])*j", {"j": "i"}, "sum(j, z[j])*i"),
        ("lim((x + h)/h, h)", {"x": "h"}, "lim((h + j)/j, j)"),
        ("P(S[i], z[k])", {"k": "i"}, "P(S[i], z[i])"),
        ("D(u*x, u)", {"x": "2"}, "D(u*2, u)"),
        ("sum(j, sum(i, z[i]*z[j]*k))", {"k": "i*j"}, "sum(l, sum(m, z[m]*z[l]*(i*j)))"),
    ],
)
def test_substitution_catches_no_name(text: str, values: dict[str, str], expected: str) -> None:
    assert substitute(parse(text), {name: parse(value) for name, value in values.items()}) == parse(expected)


@pytest.mark.parametrize(
    ("assumption", "yes", "no"),
    [
        ("0 < x < 6", {"x": 3}, {"x": 6}),
        ("x > 6", {"x": 7}, {"x": 6}),
        ("i != k", {"i": 1, "k": 2}, {"i": 2, "k": 2}),
        ("i = k, T > 0", {"i": 1, "k": 1, "T": 0.5}, {"i": 1, "k": 1, "T": -0.5}),
    ],
)
def test_an_assumption_holds_or_not(assumption: str, yes: dict[str, Any], no: dict[str, Any]) -> None:
    assert Assumption(assumption).holds(yes)
    assert not Assumption(assumption).holds(no)
    assert Assumption("").holds(no)
