"""Formulas as trees: their nodes, which names are free in them, and what it means to put something in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from course_lib.activations.registry import CourseError


class NotAFormula(CourseError, ValueError):
    """A text that is not one of the course's formulas, with the place where reading stopped."""


@dataclass(frozen=True)
class Number:
    """A whole number; or one with decimals, kept as the fraction that it is exactly."""

    value: int | Fraction


@dataclass(frozen=True)
class Symbol:
    """A variable: x, u, y; or an index: i, k. ``I`` is the imaginary unit, ``pi`` the circle's number."""

    name: str


@dataclass(frozen=True)
class Entry:
    """An entry of a vector or a matrix: z[k], W[i, j]; or of a function of a whole vector: S[i]."""

    name: str
    indices: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Apply:
    """An operation (+ - * / ** neg) or a named function, applied to its arguments."""

    op: str
    args: "tuple[Expression, ...]"


Expression = Number | Symbol | Entry | Apply

#: Functions that bind a letter: it has a meaning of its own inside them, and none outside.
LIMITS = frozenset({"lim", "lim_right", "lim_left"})
DERIVATIVES = frozenset({"D", "P"})


def bound(expression: Expression) -> tuple[str, Expression] | None:
    """Return the letter that a sum or a limit binds, and the formula in which it does; else None."""
    match expression:
        case Apply("sum", (Symbol(letter), body)):
            return letter, body
        case Apply(op, (body, Symbol(letter))) if op in LIMITS:
            return letter, body
    return None


def rebuilt(expression: Expression, letter: str, body: Expression) -> Expression:
    """Return a sum or a limit with another bound letter and another formula inside."""
    op = cast(Apply, expression).op
    return Apply(op, (Symbol(letter), body) if op == "sum" else (body, Symbol(letter)))


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the pieces of which `expression` is made."""
    match expression:
        case Apply(_, args):
            return args
        case Entry(_, indices):
            return indices
    return ()


def with_children(expression: Expression, new: tuple[Expression, ...]) -> Expression:
    """Return `expression` made of other pieces."""
    match expression:
        case Apply(op, _):
            return Apply(op, new)
        case Entry(name, _):
            return Entry(name, new)
    return expression


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield `expression` and every piece of it, from the outside in."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def free_names(expression: Expression) -> set[str]:
    """Return the names of symbols, indices and vectors on which `expression` depends."""
    if binder := bound(expression):
        letter, body = binder
        return free_names(body) - {letter}
    own = {expression.name} if isinstance(expression, Symbol | Entry) else set()
    return own.union(*map(free_names, children(expression)))


def substitute(expression: Expression, values: Mapping[str, Expression]) -> Expression:
    """Return `expression` with each free symbol replaced by its value.

    The variable of a derivative is left alone (an index in it is not: in ``P(S[i], z[k])`` the k may become
    i). A bound letter that would catch a name of a value is renamed first.
    """
    free = free_names(expression)
    values = {name: value for name, value in values.items() if name in free}
    if not values:
        return expression
    if binder := bound(expression):
        letter, body = binder
        caught = set().union(*map(free_names, values.values()))
        if letter in caught:
            new = _unused(caught | free_names(body) | set(values))
            letter, body = new, substitute(body, {letter: Symbol(new)})
        return rebuilt(expression, letter, substitute(body, values))
    match expression:
        case Symbol(name):
            return values[name]
        case Apply(op, (body, Symbol() as variable)) if op in DERIVATIVES:
            return Apply(op, (substitute(body, values), variable))
    return with_children(expression, tuple(substitute(c, values) for c in children(expression)))


def fill(pattern: Expression, letters: Mapping[str, Expression]) -> Expression:
    """Return `pattern` with its letters filled in, bound ones and names of vectors too.

    So a rule's f may hold the h of its limit.
    """
    if isinstance(pattern, Symbol):
        return letters.get(pattern.name, pattern)
    filled = with_children(pattern, tuple(fill(c, letters) for c in children(pattern)))
    if isinstance(filled, Entry) and isinstance(name := letters.get(filled.name), Symbol):
        return Entry(name.name, filled.indices)
    return filled


def _unused(names: set[str]) -> str:
    return next(letter for letter in "jlmpqrstuvw" if letter not in names)
