"""Proves a derivation: each line equals the one before, and follows from it by the rule that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import sympy

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.derivation import Derivation
from course_lib.derivations.following import follows
from course_lib.derivations.special import Setting
from course_lib.derivations.symbolic import Case, cases, to_sympy, without_functions
from course_lib.derivations.zero import is_zero

How = Literal["symbolic", "50 digits"]


class NotProven(AssertionError):
    """A line that does not follow, with the two lines and the rule."""


@dataclass(frozen=True)
class Proof:
    """How each line was proven equal to the one before: 'symbolic', or numerically to '50 digits'."""

    lines: tuple[How, ...]


def prove(derivation: Derivation, earlier: Mapping[str, Derivation] = MappingProxyType({})) -> Proof:
    """Prove every line of `derivation`: first that each follows by its rule, then that each is equal.

    Parameters
    ----------
    derivation : Derivation
        What to prove.
    earlier : mapping
        The derivations whose results it may use, by key; they must have been proven themselves.

    Raises
    ------
    NotProven
        At the first line that does not follow by its rule, or is not equal to the one before.
    """
    prove_rules(derivation, earlier)
    lines = [step.expression for step in derivation.steps]
    return Proof(_prove_lines(derivation, lines, [derivation.local_names(place) for place in range(len(lines))]))


def prove_rules(derivation: Derivation, earlier: Mapping[str, Derivation] = MappingProxyType({})) -> None:
    """Prove that every line follows from the one before by the rule that it names; arguments as for ``prove``.

    Raises
    ------
    NotProven
        At the first line that does not.
    """
    # What was shown under an assumption holds under the same assumption only.
    usable = {key: d for key, d in earlier.items() if d.assumption in ("", derivation.assumption)}
    results = {key: (d.first, d.result) for key, d in usable.items()}
    for before, after, local in derivation.pairs():
        left, right = before.expression, after.expression
        if any(local[name] != text for name, text in after.where.items()):
            raise NotProven(f"{right!r} gives a name another meaning than an earlier line did.")
        setting = Setting(derivation.definitions, local, results, Assumption(derivation.assumption))
        if not follows(left, right, after.rule, after.data(), setting):
            raise NotProven(f"{right!r} is not what {after.rule!r} makes of {left!r}.")
        _prove_inserted_derivatives(derivation, after.where)


def prove_equal(derivation: Derivation, left: str, right: str, local: Mapping[str, str]) -> How:
    """Prove that two lines are equal in every case, symbolically, else to 50 digits at 20 random points.

    Raises
    ------
    NotProven
        If they are not.
    """
    (how,) = _prove_lines(derivation, [left, right], [local, local])
    return how


def _prove_lines(derivation: Derivation, lines: Sequence[str], local: Sequence[Mapping[str, str]]) -> tuple[How, ...]:
    """Prove neighbouring lines equal; each line is computed once in every case."""
    ways: list[set[How]] = [set() for _ in lines[1:]]
    for case in cases(derivation):
        values = [to_sympy(derivation, line, names, case) for line, names in zip(lines, local, strict=True)]
        for place, (left, right) in enumerate(pairwise(values)):
            shown = f"{lines[place]!r} and {lines[place + 1]!r}"
            ways[place].add(prove_zero(without_functions(left - right), shown, case))
    if not all(ways):
        raise NotProven(f"There is no case in which {derivation.assumption!r} holds.")
    return tuple("symbolic" if found == {"symbolic"} else "50 digits" for found in ways)


def prove_zero(difference: Any, lines: str, case: Case = MappingProxyType({})) -> How:
    """Prove that `difference`, that of two lines, is 0: symbolically, else to 50 digits at 20 random points.

    Raises
    ------
    NotProven
        If it is not, naming the `lines` and the case.
    """
    if difference.has(sympy.nan, sympy.zoo, sympy.oo):
        raise NotProven(f"{lines} are not both defined.")
    if is_zero(difference):
        return "symbolic"
    symbols = sorted(difference.free_symbols, key=str)
    for seed in range(1, 21):
        point = {s: _number(seed * (i + 3), s) for i, s in enumerate(symbols)}
        if abs(difference.evalf(60, subs=point)) > sympy.Float(10) ** -50:
            raise NotProven(f"{lines} differ, for example at {point}{_in(case)}.")
    return "symbolic" if sympy.simplify(difference) == 0 else "50 digits"


def _number(seed: int, symbol: sympy.Symbol) -> sympy.Rational:
    size = sympy.Rational((seed * 7919) % 1009 + 1, 127)
    return size if symbol.is_positive else size - 4


def _in(case: Case) -> str:
    return "".join(f", {name} = {value}" for name, value in case.items())


def _prove_inserted_derivatives(derivation: Derivation, where: Mapping[str, str]) -> None:
    """Prove that du is the derivative of u, and dv that of v, where a line inserts them."""
    for name in ("u", "v"):
        if f"d{name}" in where:
            prove_equal(derivation, f"D({where[name]})", where[f"d{name}"], {})
