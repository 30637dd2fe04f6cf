"""On what a formula depends, its definitions and local names written out."""

from collections.abc import Mapping

from course_lib.derivations.reader import parse
from course_lib.derivations.tree import (
    Apply,
    Entry,
    Expression,
    Number,
    Symbol,
    bound,
    children,
    substitute,
    with_children,
)

Definitions = Mapping[str, tuple[str, str]]
#: Pairs of indices that are assumed to be different.
Unequal = frozenset[frozenset[Expression]]


def call(expression: Expression, definitions: Definitions) -> Expression | None:
    """Return what a call of a defined function, such as sigma(x) or S[i], stands for; None for anything else."""
    match expression:
        case Apply(name, arguments) | Entry(name, arguments) if name in definitions:
            letters, body = definitions[name]
            return substitute(parse(body), dict(zip(letters.split(", "), arguments, strict=True)))
    return None


def written_out(expression: Expression, definitions: Definitions) -> Expression:
    """Return `expression` with every defined function replaced by what it stands for."""
    if meaning := call(expression, definitions):
        return written_out(meaning, definitions)
    return with_children(expression, tuple(written_out(c, definitions) for c in children(expression)))


def depends(
    expression: Expression, variable: Expression, unequal: Unequal, inside: frozenset[str] = frozenset()
) -> bool:
    """Return whether `expression`, written out, may change with `variable`, a symbol or an entry such as z[k].

    z[i] does not change with z[k] where i and k are known to be different; `inside` holds the indices that
    run over all values, of which that is never known.
    """
    if isinstance(expression, Symbol):
        return expression == variable and expression.name not in inside
    if binder := bound(expression):
        letter, body = binder
        return depends(body, variable, unequal, inside | {letter})
    if isinstance(expression, Entry) and isinstance(variable, Entry) and expression.name == variable.name:
        pairs = zip(expression.indices, variable.indices, strict=True)
        return not any(_different(a, b, unequal, inside) for a, b in pairs)
    return any(depends(c, variable, unequal, inside) for c in children(expression))


def _different(a: Expression, b: Expression, unequal: Unequal, inside: frozenset[str]) -> bool:
    if isinstance(a, Number) and isinstance(b, Number):
        return a != b
    known = isinstance(a, Symbol) and a.name not in inside and isinstance(b, Symbol)
    return known and frozenset({a, b}) in unequal
