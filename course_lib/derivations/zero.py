"""Whether a difference of two lines is 0, proven by putting it on one fraction of polynomials."""

from collections.abc import Iterator, Mapping
from typing import Any

import sympy


class _NotAFraction(Exception):
    """The expression holds more than sums, products, whole powers, exponentials and logarithms."""


def is_zero(expression: Any) -> bool:
    """Return whether `expression` is proven to be 0, as a fraction of polynomials in its symbols and exponentials.

    e to the a + 2 b is taken as A B^2, with a symbol of its own for each e^a, and so is ln(x). A result of
    False means no more than that this way did not prove it.
    """
    try:
        names = _names(expression)
    except _NotAFraction:
        return False
    if not names:
        return bool(expression == 0)
    ring, *generators = sympy.ring([f"a{place}" for place in range(len(names))], sympy.ZZ)
    numerator, denominator = _fraction(expression, ring, dict(zip(names, generators, strict=True)))
    return bool(numerator == 0 and denominator != 0)


def _names(e: Any) -> set[Any]:
    """Return what is taken as a symbol in `e`."""
    if e.is_Rational:
        return set()
    if e.is_Symbol or isinstance(e, sympy.log):
        return {e}
    if isinstance(e, sympy.exp):
        return {power for power, _ in _powers(e)}
    if e.is_Add or e.is_Mul:
        return set().union(*map(_names, e.args))
    if e.is_Pow and e.exp.is_Integer:
        return _names(e.base)
    raise _NotAFraction


def _powers(e: Any) -> Iterator[tuple[Any, int]]:
    """Yield (e^a, 1) and (e^b, 2) for e^(a + 2 b)."""
    for term in sympy.Add.make_args(sympy.expand(e.exp)):
        number, rest = term.as_coeff_Mul()
        if not number.is_Integer:
            raise _NotAFraction
        yield sympy.exp(rest), int(number)


def _fraction(e: Any, ring: Any, names: Mapping[Any, Any]) -> tuple[Any, Any]:
    """Return numerator and denominator of `e`; nothing is cancelled, which takes longer than it saves."""
    one = ring.one
    if e.is_Rational:
        return ring.ground_new(int(e.p)), ring.ground_new(int(e.q))
    if e in names:
        return names[e], one
    if isinstance(e, sympy.exp):
        numerator = denominator = one
        for power, exponent in _powers(e):
            if exponent > 0:
                numerator *= names[power] ** exponent
            else:
                denominator *= names[power] ** -exponent
        return numerator, denominator
    if e.is_Pow:
        base, below = _fraction(e.base, ring, names)
        exponent = int(e.exp)
        return (base**exponent, below**exponent) if exponent > 0 else (below**-exponent, base**-exponent)
    numerator, denominator = (ring.zero, one) if e.is_Add else (one, one)
    for part in e.args:
        above, below = _fraction(part, ring, names)
        if e.is_Mul:
            numerator, denominator = numerator * above, denominator * below
        elif below == denominator:
            numerator += above
        else:
            numerator, denominator = numerator * below + above * denominator, denominator * below
    return numerator, denominator
