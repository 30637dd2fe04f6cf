"""The stand-in for an array: what numpy's functions make of its formula, and what it says of a float."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.special
import sympy

from course_lib.derivations.stand_in import Mixed, NotKnown, Recorder, StandIn

X = sympy.Symbol("x", real=True)


def at(value: Any, formulas: bool = True) -> StandIn:
    return StandIn(value, X if formulas else None, Recorder(sample={X: value} if formulas else {}))


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2,
        lambda x: np.where(x > 0.25, x**3, -x),
        lambda x: np.clip(2 * x, -1, 0.5) + np.sign(x) + np.heaviside(x, 0.5),
        lambda x: (x >= 0) * np.sqrt(x * x + 1) + (x < 0) * np.hypot(x, 2),
        lambda x: np.copysign(np.log1p(np.square(x)), -x),
        lambda x: np.logaddexp(0, x) - np.log(np.cosh(x)) + np.tanh(x) * np.expm1(x) * np.sinh(x),
        lambda x: scipy.special.erfcx(x) + scipy.special.erf(x) * scipy.special.ndtr(x) + scipy.special.expit(x),
        lambda x: np.ldexp(x, -3) + np.reciprocal(x + 9) + np.exp2(x),
        lambda x: x.clip(-0.25, 0.25) + np.maximum(x, np.float32(0.5)) + np.isnan(x) + ~(x > 0),
    ],
)
@pytest.mark.parametrize("value", [-1.75, -0.125, 0.375, 2.0])
def test_the_formula_is_worth_what_numpy_computes(function: Callable[..., Any], value: float) -> None:
    stand_in = function(at(value))
    assert float(stand_in.formula.subs(X, sympy.Rational(value)).evalf(30)) == pytest.approx(stand_in.value, rel=1e-14)
    assert stand_in.value == function(at(np.array([value]), formulas=False)).value[0]


@pytest.mark.parametrize(
    ("number", "exactly"),
    [
        (0.044715, sympy.Rational("0.044715")),
        (0.1, sympy.Rational(1, 10)),
        (1 / 3, sympy.Rational(1, 3)),
        (2.0**-60, sympy.Rational(1, 2**60)),
        (np.sqrt(2 / np.pi), sympy.sqrt(2 / sympy.pi)),
        (1 / np.sqrt(2), sympy.sqrt(2) / 2),
        (np.log(2), sympy.log(2)),
        (-np.pi / 4, -sympy.pi / 4),
        (1e300, sympy.Integer(10) ** 300),
        (-4.98465440455546e-17, 0),  # the rest of sqrt(2/pi)
    ],
)
def test_a_float_in_the_code_stands_for_a_number(number: float, exactly: Any) -> None:
    assert sympy.simplify(Recorder().exact(number) - exactly) == 0


def test_a_float_next_to_a_known_number_is_not_taken_for_it() -> None:
    for number in (0.797884560802, 3.14159265359, 0.333333333, 1.4142135624):
        assert Recorder().exact(number) == sympy.Rational(repr(number))


def test_rounding_that_is_made_up_for_drops_out() -> None:
    x = at(0.3)
    high = x.astype(np.float32).astype(np.float64)
    low = x - high
    assert high.formula.is_Symbol
    assert high.formula != X
    assert sympy.expand((high * high + 2 * high * low + low * low).formula) == X**2
    total = x + 1e16
    assert sympy.expand(((total - 1e16) - x).formula) == 0


def test_ties_of_floats_are_decided_exactly() -> None:
    assert np.maximum(np.exp(at(-1e-17)), 1).formula == 1
    assert np.maximum(np.exp(at(-800.0)), 0).formula == sympy.exp(X)


def test_all_of_an_array_takes_one_way_or_it_is_said() -> None:
    both = at(np.array([-1.0, 1.0]), formulas=False)
    with pytest.raises(Mixed):
        bool(both > 0)
    assert bool(both > -2)


@pytest.mark.parametrize("function", [np.sort, np.add.reduce, lambda x: np.add(x, x, where=True), np.sin, np.cumsum])
def test_what_is_not_followed_is_said(function: Callable[..., Any]) -> None:
    with pytest.raises(NotKnown, match="is not followed"):
        function(at(1.0))
