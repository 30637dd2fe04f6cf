"""Lines as numbers: what a line is worth at a point, to 40 digits and more.

Python's own ``decimal`` computes them: it is exact enough, always there, and cannot run away. A number beyond
10**LARGEST is refused at once, whatever power or exponential it would come from, and ``work`` says beforehand how
much there is to compute.
"""

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from course_lib.derivations.derivation import Derivation
from course_lib.derivations.error_function import erf, pi
from course_lib.derivations.expression import (
    Apply,
    Entry,
    Expression,
    Handler,
    NotAFormula,
    Scope,
    Symbol,
    evaluate,
    parse,
    sums,
)
from course_lib.derivations.gaussian import IMAGINARY_UNIT, Complex, as_complex
from course_lib.derivations.points import MOST_TERMS
from course_lib.derivations.tree import DERIVATIVES, LIMITS, children

LARGEST = 100_000

# Derivatives and limits that are still to be taken are taken numerically. With 150 digits the steps can be so small
# that 50 digits are right, though the central difference of a difference loses 60.
_DIGITS = 150
_STEP = Decimal("1e-30")
_NEARLY_0 = Decimal("1e-50")

_WORK = {"exp": 15, "log": 60, "sqrt": 10, "erf": 400, "**": 2}  # of one operation, in additions


class NoValue(ArithmeticError):
    """A line has no value at a point: division by zero, a logarithm of what is not positive, no limit."""


class TooLarge(ArithmeticError):
    """A value is beyond all bounds at a point."""


def value_at(
    derivation: Derivation, line: Expression, names: Mapping[str, Expression], point: Mapping[str, Any]
) -> Decimal:
    """Return what `line` is worth at `point`.

    Parameters
    ----------
    derivation : Derivation
        For its definitions and its sums.
    line : Expression
        Read by ``parse``.
    names : mapping
        What local names, such as u, stand for.
    point : mapping
        One of ``points``.

    Raises
    ------
    NoValue
        If it has none there.
    TooLarge
        If it is beyond 10**LARGEST there.
    NotAFormula
        If a name in it has no value.
    """
    traps = [decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]
    handlers = {**_HANDLERS, "sum": sums(derivation.terms)}
    with decimal.localcontext(decimal.Context(prec=_DIGITS, Emax=LARGEST, Emin=-LARGEST, traps=traps)):
        try:
            values = {"I": IMAGINARY_UNIT, "pi": pi(_DIGITS), **point, **names}
            value = evaluate(line, _FUNCTIONS, values, Decimal(1), handlers, derivation.definitions)
        except decimal.Overflow:
            raise TooLarge from None
        except (decimal.InvalidOperation, ZeroDivisionError):
            raise NoValue from None
        except KeyError as missing:
            raise NotAFormula(f"A derivative by an entry of {missing.args[0]} is not read.") from None
        if isinstance(value, Complex) or not Decimal(value).is_finite():
            raise NoValue
        return +Decimal(value)  # an index alone is an int


_exp = lru_cache(maxsize=2048)(Decimal.exp)


def _log(x: Decimal) -> Decimal:
    if x <= 0:
        raise NoValue
    return x.ln()


#: What f(x) is taken to be where it stands for any function, for a reader.
F_OF_X = "1/(x² + 3) + x³/7"


def _any_function(x: Any) -> Any:
    """Stand for f, of which nothing is known: so for one that is no polynomial, nor the special case of anything."""
    return 1 / (x * x + 3) + x * x * x / 7


def _of_real_numbers(function: Callable[..., Decimal]) -> Callable[..., Decimal]:
    def of_these(*numbers: Decimal | Complex) -> Decimal:
        if any(isinstance(number, Complex) for number in numbers):
            raise NoValue
        return function(*numbers)

    return of_these


def _step(u: Decimal) -> Decimal:
    return Decimal(1 if u > 0 else 0)


_REAL: Mapping[str, Callable[..., Decimal]] = {
    "exp": _exp, "log": _log, "max": max, "min": min,
    "sqrt": Decimal.sqrt, "abs": Decimal.copy_abs, "erf": lru_cache(maxsize=2048)(erf), "step": _step,
}  # fmt: skip
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: _of_real_numbers(function) for name, function in _REAL.items()},
    "Re": lambda z: as_complex(z).real,
    "Im": lambda z: as_complex(z).imaginary,
    "f": _any_function,
}


def _slope(args: tuple[Expression, ...], scope: Scope) -> Decimal:
    inside, variable = args
    at, here = scope.along(variable)
    rise: Decimal = at(here + _STEP).value(inside) - at(here - _STEP).value(inside)
    return rise / (2 * _STEP)


def _limit(*sides: int) -> Handler:
    def near(args: tuple[Expression, ...], scope: Scope) -> Decimal:
        inside, letter = args
        if not isinstance(letter, Symbol):
            raise NotAFormula("A limit needs a letter, as in lim(x + h, h).")
        found = [scope.having(**{letter.name: side * _NEARLY_0}).value(inside) for side in sides]
        if abs(found[0] - found[-1]) > 1_000_000 * _NEARLY_0 * (1 + abs(found[0])):
            raise NoValue  # the two sides differ
        return Decimal(sum(found) / len(found))

    return near


_HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(DERIVATIVES, _slope),
    "lim": _limit(1, -1), "lim_right": _limit(1), "lim_left": _limit(-1),
}  # fmt: skip


def work(line: Expression, derivation: Derivation, names: Mapping[str, Expression]) -> int:
    """Return about how many additions it takes to compute `line` at one point."""
    inside: dict[str, int] = {}
    for name, (_, body) in derivation.definitions.items():
        inside[name] = _work(parse(body), inside)
    for name, meaning in names.items():
        inside[name] = _work(meaning, inside)
    return _work(line, inside)


def _work(e: Expression, known: Mapping[str, int]) -> int:
    own = sum(_work(child, known) for child in children(e))
    match e:
        case Apply("sum", _):
            return MOST_TERMS * own
        case Apply(op, _) if op in DERIVATIVES | LIMITS:
            return 2 * own + 3
        case Apply(name, _) | Entry(name, _) | Symbol(name):
            return own + known.get(name, _WORK.get(name, 1))
    return own + 1
