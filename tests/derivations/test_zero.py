"""Which differences are proven to be 0 by algebra alone, and that no other one is."""

import pytest
import sympy

from course_lib.derivations.zero import is_zero

X, Y = sympy.symbols("x y", real=True)
A, B = sympy.symbols("a b", positive=True)
LOGITS = sympy.symbols("z1:4", real=True)
TOTAL = sum(map(sympy.exp, LOGITS))
exp, log, sqrt, erf, pi = sympy.exp, sympy.log, sympy.sqrt, sympy.erf, sympy.pi

ZERO = [
    exp(X + Y) - exp(X) * exp(Y),
    exp(X / 2) ** 2 - exp(X),
    exp(1 + X) - sympy.E * exp(X),
    (exp(X) - exp(-X)) / (exp(X) + exp(-X)) - (1 - exp(-2 * X)) / (1 + exp(-2 * X)),
    log(1 + exp(X)) - X - log(1 + exp(-X)),
    log(1 / (1 + exp(-X))) + log(1 + exp(-X)),
    log(exp(LOGITS[0]) / TOTAL) - LOGITS[0] + log(TOTAL),
    log(2 * A) - log(2) - log(A),
    log(A**2 * B) - 2 * log(A) - log(B),
    sqrt(X**2 + B) ** 2 - X**2 - B,
    1 / (sqrt(X**2 + 4) - X) - (sqrt(X**2 + 4) + X) / 4,
    sqrt(2 / pi) * sqrt(2 * pi) - 2,
    erf(X / sqrt(2)) + erf(-X / sqrt(2)),
    erf(X) ** 2 * exp(X) / exp(X) - erf(X) ** 2,
]
NOT = [
    log(X * Y) - log(X) - log(Y),  # both may be negative
    sqrt((X - 1) ** 2) - (X - 1),  # x may be less than 1
    erf(X + Y) - erf(X) - erf(Y),
    pi - sympy.Rational("3.14159265358979"),
    sympy.E - sympy.Rational("2.718281828459045"),
    exp(X * Y) - exp(X) * exp(Y),
    sqrt(X**2 + 1) - X - 1,
    sympy.sin(X) ** 2 + sympy.cos(X) ** 2 - 1,  # true, but no fraction of the pieces that are known
]


@pytest.mark.parametrize("expression", ZERO, ids=str)
def test_what_is_0_is_proven_and_next_to_it_is_not(expression: sympy.Expr) -> None:
    assert is_zero(expression)
    assert not is_zero(expression + sympy.Rational(1, 10**12))
    assert not is_zero(expression + A / 10**12)


@pytest.mark.parametrize("expression", NOT, ids=str)
def test_nothing_else_is_proven(expression: sympy.Expr) -> None:
    assert not is_zero(expression)
