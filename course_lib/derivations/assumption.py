"""Where a derivation holds: on one side of a kink, for equal or for different indices, for two classes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from operator import eq, lt, ne
from typing import Any

from course_lib.derivations.evaluate import evaluate
from course_lib.derivations.reader import parse
from course_lib.derivations.tree import Apply, Entry, Expression, Symbol, free_names

_SIGNS = {"<": lt, "=": eq, "!=": ne}


@dataclass(frozen=True)
class Condition:
    """One comparison: `left` < `right`, `left` = `right` or `left` != `right`."""

    left: Expression
    sign: str
    right: Expression

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Return whether it is true of these numbers."""
        left, right = (evaluate(side, {}, values) for side in (self.left, self.right))
        return bool(_SIGNS[self.sign](left, right))

    def sum_of(self) -> tuple[str, str] | None:
        """Return the vector and the index of its sum, where the condition is what all its entries sum to."""
        match self.left, self.sign:
            case Apply("sum", (Symbol(index), Entry(vector, (Symbol(place),)))), "=" if place == index:
                return vector, index
        return None

    def names(self) -> set[str]:
        """Return the symbols of which it speaks."""
        return free_names(self.left) | free_names(self.right)


@dataclass(frozen=True)
class Assumption:
    """A derivation's assumption, read from its text.

    Attributes
    ----------
    text : str
        Comparisons with ``<``, ``>``, ``=`` and ``!=``, in chains, joined by commas: ``"0 < x < 6"``,
        ``"i != k"``, ``"n = 2"``. Or what the entries of a vector sum to: ``"sum(k, y[k]) = 1"``. Empty where
        nothing is assumed.
    """

    text: str

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The comparisons, each between two neighbours; > is turned round."""
        found = []
        for chain in filter(None, re.split(r",(?![^()]*\))", self.text)):  # not at a comma in brackets
            pieces = re.split(r"(!=|[<>=])", chain)
            for left, sign, right in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
                ends = (right, "<", left) if sign == ">" else (left, sign, right)
                found.append(Condition(parse(ends[0].strip()), ends[1], parse(ends[2].strip())))
        return tuple(found)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Return whether all of it is true of these numbers."""
        return all(condition.holds(values) for condition in self.conditions)
