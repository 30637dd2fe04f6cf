"""Lines as numbers: what a line is worth at fixed points, to 40 digits and more.

Python's own ``decimal`` computes them: it is exact enough, always there, and cannot run away. A number beyond
10**LARGEST is refused at once, whatever power or exponential it would come from, and ``work`` says beforehand how
much there is to compute.
"""

import decimal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import count, islice, product
from typing import Any

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.derivation import Derivation
from course_lib.derivations.expression import (
    FUNCTIONS,
    Apply,
    Entry,
    Expression,
    Handler,
    NotAFormula,
    Number,
    Scope,
    Symbol,
    evaluate,
    parse,
    sums,
)
from course_lib.derivations.gaussian import IMAGINARY_UNIT, Complex, as_complex
from course_lib.derivations.tree import DERIVATIVES, LIMITS, bound, children, free_names, walk

#: At how many points lines are compared.
POINTS = 20
LARGEST = 100_000

# Derivatives and limits that are still to be taken are taken numerically. With 150 digits the steps can be so small
# that 50 digits are right, though the central difference of a difference loses 60.
_DIGITS = 150
_STEP = Decimal("1e-30")
_NEARLY_0 = Decimal("1e-50")

_MOST_TERMS = 4
_WORK = {"exp": 15, "log": 60, "**": 2}  # of one operation, in additions


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
            value = evaluate(
                line, _FUNCTIONS, {"I": IMAGINARY_UNIT, **point, **names}, Decimal(1), handlers, derivation.definitions
            )
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


def _any_function(x: Any) -> Any:
    """Stand for f, of which nothing is known: so for one that is no polynomial, nor the special case of anything."""
    return 1 / (x * x + 3) + x * x * x / 7


def _of_real_numbers(function: Callable[..., Decimal]) -> Callable[..., Decimal]:
    def of_these(*numbers: Decimal | Complex) -> Decimal:
        if any(isinstance(number, Complex) for number in numbers):
            raise NoValue
        return function(*numbers)

    return of_these


_REAL: Mapping[str, Callable[..., Decimal]] = {"exp": _exp, "log": _log, "max": max, "min": min}
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
            return _MOST_TERMS * own
        case Apply(op, _) if op in DERIVATIVES | LIMITS:
            return 2 * own + 3
        case Apply(name, _) | Entry(name, _) | Symbol(name):
            return own + known.get(name, _WORK.get(name, 1))
    return own + 1


@dataclass(frozen=True)
class Letters:
    """The names in a derivation's lines, by what they stand for.

    Attributes
    ----------
    vectors : mapping
        Vectors and matrices, each with an entry of it as it is written: ``{"W": "W[i, j]"}``.
    indices : tuple of str
        Letters that stand for a place in them, such as i and k.
    bound : tuple of str
        Letters that mean something only inside a sum or a limit.
    terms : tuple of str
        Numbers of terms: n, where there are sums.
    functions : tuple of str
        What is called in the lines or defined.
    """

    vectors: Mapping[str, str]
    indices: tuple[str, ...]
    bound: tuple[str, ...]
    terms: tuple[str, ...]
    functions: tuple[str, ...]


def letters(derivation: Derivation) -> Letters:
    """Return the letters that occur in the derivation's lines and definitions."""
    lines = [parse(step.expression) for step in derivation.steps]
    lines += [parse(text) for step in derivation.steps for text in step.where.values()]
    pieces = [piece for tree in lines for piece in walk(tree)]
    inside = [piece for _, body in derivation.definitions.values() for piece in walk(parse(body))]
    everywhere = [*pieces, *inside]
    places = {s.name for piece in pieces for s in _places(piece) if isinstance(s, Symbol)}
    called = {e.op: None for e in everywhere if isinstance(e, Apply)}
    return Letters(
        vectors={e.name: _written(e) for e in reversed(everywhere) if isinstance(e, Entry)},
        indices=tuple(sorted(places & set().union(*map(free_names, lines)))),
        bound=tuple(sorted({binder[0] for piece in everywhere if (binder := bound(piece))})),
        terms=tuple(sorted({*(["n"] if "sum" in called else []), *derivation.terms.values()})),
        functions=tuple(name for name in FUNCTIONS if name in called or name in derivation.definitions),
    )


def _written(entry: Entry) -> str:
    places = [
        i.name if isinstance(i, Symbol) else str(i.value) for i in entry.indices if isinstance(i, Symbol | Number)
    ]
    return f"{entry.name}[{', '.join(places)}]"


def points(derivation: Derivation) -> list[dict[str, Any]]:
    """Return fixed, well spread points at which the derivation's assumption holds.

    A point has a Decimal with at most two decimals for each symbol, lists of them for vectors and matrices, and
    an int for each index and for each number of terms.
    """
    known, assumption = letters(derivation), Assumption(derivation.assumption)
    axes = {name: entry.count(",") + 1 for name, entry in known.vectors.items() if name not in derivation.definitions}
    found: list[dict[str, Any]] = []
    for number in range(100 * POINTS):
        draw = _numbers(number)
        numbers = {name: next(draw) for name in derivation.variables}
        numbers |= {name: _array(draw, count) for name, count in axes.items()}
        fitting = (case for case in _cases(known, number) if assumption.holds({**case, **numbers}))
        found += [{**case, **numbers} for case in islice(fitting, 1)]
        if len(found) == POINTS:
            return found
    raise NotAFormula(f"Too few points were found where {derivation.assumption}.")


def _cases(known: Letters, number: int) -> Iterator[dict[str, int]]:
    """Yield numbers of terms with indices that fit them, in another order for each number; none is one case too."""
    sizes = range(2, _MOST_TERMS + 1)
    for counts in _from(number, list(product(sizes, repeat=len(known.terms)))):
        places = range(1, min(counts, default=2) + 1)
        for indices in _from(number, list(product(places, repeat=len(known.indices)))):
            yield dict(zip((*known.terms, *known.indices), (*counts, *indices), strict=True))


def _from(start: int, cases: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    start %= len(cases)
    return cases[start:] + cases[:start]


def _places(piece: Expression) -> tuple[Expression, ...]:
    match piece:
        case Entry(_, indices):
            return indices
        case Apply("delta", args):
            return args
    return ()


def _array(draw: Iterator[Decimal], axes: int) -> Any:
    return next(draw) if axes == 0 else [_array(draw, axes - 1) for _ in range(_MOST_TERMS)]


def _numbers(point: int) -> Iterator[Decimal]:
    """Yield numbers for one point, with two decimals and never 0: near 0, in the middle, or further out."""
    if point < 2:  # the first are easy to put in by hand
        yield from (Decimal((1 - 2 * point) * i) for i in count(1))
    reach = (200, 400, 100, 900)[point % 4]  # in hundredths
    for i in count(1):
        # Multiples of the golden ratio and its like spread evenly, and no two symbols in step.
        across = (1618034 * (point + 1) * i + 7548777 * i * i + 271828 * point) % 1_000_003
        hundredths = across * 2 * reach // 1_000_003 - reach
        yield Decimal(hundredths if hundredths else 37).scaleb(-2)
