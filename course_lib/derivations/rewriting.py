"""Formulas up to the order and grouping of their sums and products, and the replacing of one piece by another.

In normal form sums and products are flat sorted lists; a - b is a + (-1)b, a/b is a b^-1; a factor 1 and a
term 0 are dropped, and a a is a^2; 0.5 is 1/2. Nothing is cancelled, collected or multiplied out: that takes a rule.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from math import prod
from typing import Any

from course_lib.derivations.tree import Apply, Entry, Expression, NotAFormula, Number, Symbol, bound

#: An expression in normal form: nested tuples ``(kind, ...)``; the kinds of sums, products and powers are + * **.
Form = tuple[Any, ...]

_ONE: Form = ("number", 1)
_ZERO: Form = ("number", 0)
_MINUS_ONE: Form = ("number", -1)

#: Functions for which the order of the arguments does not matter.
_SYMMETRIC = frozenset({"max", "min", "delta"})


@lru_cache(maxsize=8192)
def normal_form(expression: Expression) -> Form:
    """Return `expression` up to the order and grouping of its sums and products."""
    if binder := bound(expression):
        letter, body = binder
        return (expression.op, letter, normal_form(body)) if isinstance(expression, Apply) else ()
    match expression:
        case Number(value):
            return _product([("number", value.numerator), _power(("number", value.denominator), -1)])
        case Symbol(name):
            return ("symbol", name)
        case Entry(name, indices):
            return ("entry", name, *map(normal_form, indices))
        case Apply("neg", (a,)):
            return _product([_MINUS_ONE, normal_form(a)])
        case Apply("+", (a, b)):
            return _sum([normal_form(a), normal_form(b)])
        case Apply("-", (a, b)):
            return _sum([normal_form(a), _product([_MINUS_ONE, normal_form(b)])])
        case Apply("*", (a, b)):
            return _product([normal_form(a), normal_form(b)])
        case Apply("/", (a, b)):
            return _product([normal_form(a), _power(normal_form(b), -1)])
        case Apply("**", (a, b)):
            return _power(normal_form(a), _whole(b))
        case Apply(name, args):
            forms = map(normal_form, args)
            return (name, *(sorted(forms) if name in _SYMMETRIC else forms))
    raise TypeError(f"not an expression: {expression!r}")


def _whole(exponent: Expression) -> int:
    match exponent:
        case Number(int(value)):
            return value
        case Apply("neg", (a,)):
            return -_whole(a)
        case Apply("-", (a, b)):
            return _whole(a) - _whole(b)
    raise NotAFormula("Only whole numbers are exponents in the course's derivations.")


def _sum(terms: Iterable[Form]) -> Form:
    return _flat("+", _ZERO, terms)


def _product(factors: Iterable[Form]) -> Form:
    product = _flat("*", _ONE, factors)
    return _flat("*", _ONE, _gathered(product[1:])) if product[0] == "*" else product


def _gathered(factors: Iterable[Form]) -> Iterator[Form]:
    """Yield equal factors as one power; numbers and what stands in a denominator stay apart."""
    exponents: Counter[Form] = Counter()
    for factor in factors:
        if factor[0] == "number" or (factor[0] == "**" and factor[2] < 0):
            yield factor
        elif factor[0] == "**":
            exponents[factor[1]] += factor[2]
        else:
            exponents[factor] += 1
    yield from (_power(base, exponent) for base, exponent in exponents.items())


def _flat(kind: str, neutral: Form, parts: Iterable[Form]) -> Form:
    flat = [q for p in parts for q in (p[1:] if p[0] == kind else (p,)) if q != neutral]
    if not flat:
        return neutral
    return flat[0] if len(flat) == 1 else (kind, *sorted(flat))


def _power(base: Form, exponent: int) -> Form:
    if base[0] == "**":
        base, exponent = base[1], base[2] * exponent
    if exponent == 1 or base == _ONE:
        return base
    return ("**", base, exponent)


def _rebuild(form: Form, parts: Iterable[Form]) -> Form:
    """Return `form` made of other parts; a bound letter, a name and an exponent stay."""
    match form[0]:
        case "+":
            return _sum(parts)
        case "*":
            return _product(parts)
        case "**":
            (base,) = parts
            return _power(base, form[2])
    names = (p for p in form[1:] if not isinstance(p, tuple))
    rest = sorted(parts) if form[0] in _SYMMETRIC else parts
    return (form[0], *names, *rest)


def _parts(form: Form) -> tuple[Form, ...]:
    return tuple(p for p in form[1:] if isinstance(p, tuple))


def rewrite(form: Form, before: Form, after: Form) -> Iterator[Form]:
    """Yield every result of replacing one occurrence of `before` in `form` by `after`."""
    if form == before:
        yield after
    if form[0] == before[0] == "**" and form[1] == before[1] and form != before and form[2] % before[2] == 0:
        yield _power(after, form[2] // before[2])  # a^-2 holds a^-1, twice
    parts = _parts(form)
    if form[0] in ("+", "*") and before[0] == form[0] and form != before:
        have, needed = Counter(parts), Counter(before[1:])
        if needed <= have:
            yield _rebuild(form, [*(have - needed).elements(), after])
    for i, part in enumerate(parts):
        if form[0] in ("D", "P") and i == 1:
            continue  # the variable by which we differentiate
        for new in rewrite(part, before, after):
            yield _rebuild(form, [*parts[:i], new, *parts[i + 1 :]])


def tidy(form: Form) -> Form:
    """Multiply out the factors 0 and -1 of every product: signs, zeros and ones disappear."""
    return _numbers_multiplied(form, lambda number: number in (0, -1))


def reckoned(form: Form) -> Form:
    """Multiply out the whole numbers of every product."""
    return _numbers_multiplied(form, lambda number: True)


def _numbers_multiplied(form: Form, which: Callable[[int], bool]) -> Form:
    if parts := _parts(form):
        form = _rebuild(form, [_numbers_multiplied(p, which) for p in parts])
    if form[0] != "*":
        return form
    numbers = [f[1] for f in form[1:] if f[0] == "number" and which(f[1])]
    others = [f for f in form[1:] if not (f[0] == "number" and which(f[1]))]
    number = prod(numbers)
    return _product([("number", number), *others]) if number else _ZERO


def renamed(form: Form, names: tuple[tuple[str, str], ...] = ()) -> Form:
    """Return `form` with every bound letter called by its depth, so that only its role counts."""
    meanings = dict(names)
    if form[0] == "symbol":
        return ("symbol", meanings.get(form[1], form[1]))
    letters = [p for p in form[1:] if isinstance(p, str)]
    if letters and form[0] != "entry":  # a sum or a limit
        meanings[letters[0]] = f"#{len(names)}"
        inside = tuple(meanings.items())
        return (form[0], meanings[letters[0]], *(renamed(p, inside) for p in _parts(form)))
    return _rebuild(form, [renamed(p, names) for p in _parts(form)]) if _parts(form) else form
