"""Proves a derivation: each line equals the one before, and follows from it by the rule that it names.

Only here SymPy is used. It receives trees that our own parser has read, never text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Literal

import sympy

from course_lib.derivations.derivation import Derivation
from course_lib.derivations.expression import evaluate, parse
from course_lib.derivations.rules import Setting, follows

How = Literal["symbolic", "50 digits"]


class NotProven(AssertionError):
    """A line that does not follow, with the two lines and the rule."""


@dataclass(frozen=True)
class Proof:
    """How each line was proven equal to the one before: 'symbolic', or numerically to '50 digits'."""

    lines: tuple[How, ...]


def prove(derivation: Derivation, earlier: Mapping[str, Derivation] = MappingProxyType({})) -> Proof:
    """Prove every line of `derivation`.

    Parameters
    ----------
    derivation : Derivation
        What to prove.
    earlier : mapping
        The derivations whose results it may use, by key; they must have been proven themselves.

    Raises
    ------
    NotProven
        At the first line that is not equal to the one before, or does not follow by its rule.
    """
    how = []
    for before, after, local in derivation.pairs():
        left, right = before.expression, after.expression
        if any(local[name] != text for name, text in after.where.items()):
            raise NotProven(f"{right!r} gives a name another meaning than an earlier line did.")
        _prove_inserted_derivatives(derivation, after.where)
        setting = Setting(derivation.definitions, local, {key: (d.first, d.result) for key, d in earlier.items()})
        if not follows(left, right, after.rule, after.data(), setting):
            raise NotProven(f"{right!r} is not what {after.rule!r} makes of {left!r}.")
        how.append(prove_equal(derivation, left, right, local))
    return Proof(tuple(how))


def prove_equal(derivation: Derivation, left: str, right: str, local: Mapping[str, str]) -> How:
    """Prove that two lines are equal for all x, symbolically, else to 50 digits at 20 random points.

    Raises
    ------
    NotProven
        If they are not.
    """
    difference = to_sympy(derivation, left, local) - to_sympy(derivation, right, local)
    if difference.has(sympy.nan, sympy.zoo, sympy.oo):
        raise NotProven(f"{left!r} or {right!r} is not defined.")
    if sympy.simplify(difference) == 0:
        return "symbolic"
    symbols = sorted(difference.free_symbols, key=str)
    for seed in range(1, 21):
        point = {s: sympy.Rational((seed * 7919 * (i + 3)) % 1009, 127) - 4 for i, s in enumerate(symbols)}
        if abs(difference.evalf(60, subs=point)) > sympy.Float(10) ** -50:
            raise NotProven(f"{left!r} and {right!r} differ, for example at {point}.")
    return "50 digits"


def to_sympy(derivation: Derivation, line: str, local: Mapping[str, str] | None = None) -> Any:
    """Return a line as a SymPy expression in the derivation's variables, its derivatives carried out."""
    symbols: dict[str, Any] = {name: sympy.Symbol(name, real=True) for name in derivation.variables}
    inner = {name: parse(text) for name, text in (local or {}).items() if name not in symbols}
    placeholders = {name: sympy.Symbol(name, real=True) for name in inner}
    exactly = partial(evaluate, one=sympy.Integer(1))

    def function(argument: str, body: str) -> Any:
        tree = parse(body)
        return lambda value: exactly(tree, functions, {argument: value})

    def slope(inside: Any, variable: Any) -> Any:
        # By u, while u is still a symbol; by x only after u was put back, since u depends on x.
        return sympy.diff(inside if variable in meanings else inside.subs(meanings), variable)

    functions: dict[str, Any] = {"exp": sympy.exp, "log": sympy.log, "D": slope}
    functions |= {name: function(*definition) for name, definition in derivation.definitions.items()}
    meanings: dict[Any, Any] = {}
    meanings = {placeholders[name]: exactly(tree, functions, symbols) for name, tree in inner.items()}
    return exactly(parse(line), functions, {**symbols, **placeholders}).subs(meanings)


def _prove_inserted_derivatives(derivation: Derivation, where: Mapping[str, str]) -> None:
    """Prove that du is the derivative of u, and dv that of v, where a line inserts them."""
    for name in ("u", "v"):
        if f"d{name}" in where:
            prove_equal(derivation, f"D({where[name]})", where[f"d{name}"], {})
