"""Whether a difference of two lines is 0, proven by putting it on one fraction of polynomials."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import lcm
from typing import Any

import sympy


class _NotAFraction(Exception):
    """The expression holds more than sums, products, whole powers, roots, exponentials and other single pieces."""


def is_zero(expression: Any) -> bool:
    """Return whether `expression` is proven to be 0, as a fraction of polynomials in its symbols and exponentials.

    e to the a + 2 b is taken as A B^2, with a symbol of its own for each e^a, and so are ln(x), erf(x) and pi. A
    square root is a symbol r of which r^2 is known. A result of False means no more than that this way did not
    prove it.
    """
    if expression.has(sympy.log):
        expression = expression.replace(sympy.log, _logarithm)
    try:
        pieces = _Pieces.of(expression)
    except _NotAFraction:
        return False
    if not pieces.generators:
        return bool(expression == 0)
    numerator, denominator = pieces.fraction(expression)
    relations = pieces.relations()
    if relations is None:
        return False
    if relations:
        numerator, denominator = numerator.rem(relations), denominator.rem(relations)
    return bool(numerator == 0 and denominator != 0)


@dataclass
class _Pieces:
    """What is taken as a symbol in an expression, and the polynomials in these.

    Attributes
    ----------
    roots : list
        The bases of square roots, those inside others first.
    exponents : dict
        The a of each e^a, with the number d so that all powers are whole powers of e^(a/d).
    others : dict
        Symbols, logarithms and the like.
    """

    roots: dict[Any, None] = field(default_factory=dict)
    exponents: dict[Any, int] = field(default_factory=dict)
    others: dict[Any, None] = field(default_factory=dict)

    @classmethod
    def of(cls, expression: Any) -> "_Pieces":
        """Return the pieces of `expression`, or raise _NotAFraction."""
        pieces = cls()
        pieces._collect(expression)
        # A root comes before what is inside it: so that r^2 is the leading term of r^2 - (what it is).
        roots = [sympy.sqrt(base) for base in reversed(pieces.roots)]
        pieces.generators = [*roots, *(sympy.exp(a / d) for a, d in pieces.exponents.items()), *pieces.others]
        if pieces.generators:
            names = [f"a{place}" for place in range(len(pieces.generators))]
            pieces.ring, *symbols = sympy.ring(names, sympy.ZZ)
            pieces._symbol = dict(zip(pieces.generators, symbols, strict=True))
        return pieces

    def __post_init__(self) -> None:
        self.generators: list[Any] = []
        self.ring: Any = None
        self._symbol: dict[Any, Any] = {}

    def _collect(self, e: Any) -> None:
        if e.is_Rational:
            return
        if e.is_Symbol or e is sympy.pi or isinstance(e, sympy.log | sympy.erf):
            self.others[e] = None
        elif e is sympy.E or isinstance(e, sympy.exp):
            for power, number in _powers(e):
                self.exponents[power] = lcm(self.exponents.get(power, 1), int(number.q))
        elif e.is_Add or e.is_Mul:
            for part in e.args:
                self._collect(part)
        elif e.is_Pow and e.exp.is_Rational and e.exp.q in (1, 2):
            self._collect(e.base)
            if e.exp.q == 2:
                self.roots[e.base] = None
        else:
            raise _NotAFraction

    def relations(self) -> list[Any] | None:
        """Return r^2 - (what it is) for every root; None where that is a fraction itself."""
        found = []
        for base in reversed(self.roots):
            above, below = self.fraction(base)
            if below != 1:
                return None
            found.append(self._symbol[sympy.sqrt(base)] ** 2 - above)
        return found

    def fraction(self, e: Any) -> tuple[Any, Any]:
        """Return numerator and denominator of `e`; nothing is cancelled, which takes longer than it saves."""
        one = self.ring.one
        if e.is_Rational:
            return self.ring.ground_new(int(e.p)), self.ring.ground_new(int(e.q))
        if e in self.others:
            return self._symbol[e], one
        if e is sympy.E or isinstance(e, sympy.exp):
            numerator = denominator = one
            for power, number in _powers(e):
                d = self.exponents[power]
                symbol, exponent = self._symbol[sympy.exp(power / d)], int(number * d)
                if exponent > 0:
                    numerator *= symbol**exponent
                else:
                    denominator *= symbol**-exponent
            return numerator, denominator
        if e.is_Pow:
            base, below = (self._symbol[sympy.sqrt(e.base)], one) if e.exp.q == 2 else self.fraction(e.base)
            exponent = int(e.exp.p)
            return (base**exponent, below**exponent) if exponent > 0 else (below**-exponent, base**-exponent)
        numerator, denominator = (self.ring.zero, one) if e.is_Add else (one, one)
        for part in e.args:
            above, below = self.fraction(part)
            if e.is_Mul:
                numerator, denominator = numerator * above, denominator * below
            elif below == denominator:
                numerator += above
            else:
                numerator, denominator = numerator * below + above * denominator, denominator * below
        return numerator, denominator


def _powers(e: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (a, 1) and (b, 2) for e^(a + 2 b)."""
    exponent = sympy.Integer(1) if e is sympy.E else e.exp
    for term in sympy.Add.make_args(sympy.expand(exponent)):
        number, rest = term.as_coeff_Mul()
        if not number.is_Rational:
            raise _NotAFraction
        yield rest, number


def _logarithm(inside: Any) -> Any:
    """Return ln(inside) in one form for all equal ones: ln(1 + e^-x) as ln(1 + e^x) - x."""
    try:
        pieces = _Pieces.of(inside)
    except _NotAFraction:
        return sympy.log(inside)
    if not pieces.generators or pieces.roots:
        return sympy.log(inside)
    numerator, denominator = pieces.fraction(inside)
    parts = [_without_powers(part, pieces) for part in numerator.cancel(denominator)]
    (above, taken), (below, given) = parts
    if above.is_positive and below.is_positive:
        return taken - given + sympy.log(above) - sympy.log(below)
    return taken - given + sympy.log(above / below)


def _without_powers(polynomial: Any, pieces: _Pieces) -> tuple[Any, Any]:
    """Return `polynomial` without the powers of positive pieces that all its terms share, and their logarithm."""
    shared = [min(exponents) for exponents in zip(*polynomial.monoms(), strict=True)]
    shared = [k if g.is_positive else 0 for k, g in zip(shared, pieces.generators, strict=True)]
    content, rest = polynomial.primitive()
    rest = rest.quo_term((tuple(shared), pieces.ring.domain.one))
    taken = sympy.Add(*(k * _log_of(g) for k, g in zip(shared, pieces.generators, strict=True) if k))
    number = sympy.Integer(int(content))
    return rest.as_expr(*pieces.generators), taken + sympy.log(number)


def _log_of(piece: Any) -> Any:
    if piece is sympy.E or isinstance(piece, sympy.exp):
        return sympy.Integer(1) if piece is sympy.E else piece.exp
    return sympy.log(piece)
