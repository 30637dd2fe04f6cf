"""Lines as SymPy expressions, their derivatives, sums and limits carried out, in every case that is assumed.

SymPy is used only in the modules that prove. It receives trees that our own parser has read, never text.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any

import sympy

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.derivation import Derivation
from course_lib.derivations.evaluate import Handler, Scope, evaluate, sums
from course_lib.derivations.reader import parse
from course_lib.derivations.tree import Apply, Entry, Expression, Symbol, free_names, walk

#: How many terms a sum is proven with.
SIZES = (2, 3, 4)

#: The numbers of terms and the free indices: ``{"n": 3, "i": 1, "k": 3}``; empty where there are no vectors.
Case = Mapping[str, int]


def cases(derivation: Derivation) -> Iterator[Case]:
    """Yield every case in which `derivation` must hold: all sizes, and all indices that the assumption allows."""
    trees = [parse(step.expression) for step in derivation.steps]
    summed = {name for piece in _pieces(trees) for name in _summed(piece)}
    indices = sorted({name for tree in trees for piece in walk(tree) for name in _indices(piece) & free_names(tree)})
    sizes = sorted({derivation.terms.get(index, "n") for index in summed.union(indices)})
    conditions = [c for c in Assumption(derivation.assumption).conditions if c.names() <= {*sizes, *indices}]
    for counts in product(SIZES, repeat=len(sizes)):
        of = dict(zip(sizes, counts, strict=True))
        ranges = [range(1, of[derivation.terms.get(index, "n")] + 1) for index in indices]
        for places in product(*ranges):
            case = {**of, **dict(zip(indices, places, strict=True))}
            if all(condition.holds(case) for condition in conditions):
                yield case


def to_sympy(
    derivation: Derivation,
    line: str,
    local: Mapping[str, str] = MappingProxyType({}),
    case: Case = MappingProxyType({}),
) -> Any:
    """Return a line as a SymPy expression in one case, its derivatives, sums and limits carried out.

    Parameters
    ----------
    derivation : Derivation
        Whose line it is; its assumption holds for the symbols.
    line : str
        The line.
    local : mapping
        Local names, such as u, and what they stand for.
    case : mapping
        One of ``cases``.
    """
    names = {name: parse(text) for name, text in local.items() if name not in derivation.variables}
    symbols = {name: _under(derivation.assumption, name) for name in derivation.variables}
    tree = parse(line)
    lines = [tree, *names.values(), *(parse(body) for _, body in derivation.definitions.values())]
    vectors = {p.name: len(p.indices) for p in _pieces(lines) if isinstance(p, Entry)}
    arrays = {name: _array(name, axes) for name, axes in vectors.items() if name not in derivation.definitions}
    _fix_sums(derivation, arrays, case)
    values = {**symbols, **arrays, **case, **names, "I": sympy.I, "pi": sympy.pi}
    handlers: dict[str, Handler] = {
        "D": _slope, "P": _slope,
        "lim": _limit("+-"), "lim_right": _limit("+"), "lim_left": _limit("-"),
        "sum": sums(derivation.terms),
    }  # fmt: skip
    return evaluate(tree, _FUNCTIONS, values, sympy.Integer(1), handlers, derivation.definitions)


def _pieces(trees: Iterable[Expression]) -> Iterator[Expression]:
    for tree in trees:
        yield from walk(tree)


def _summed(piece: Expression) -> set[str]:
    match piece:
        case Apply("sum", (Symbol(letter), _)):
            return {letter}
    return set()


def _indices(piece: Expression) -> set[str]:
    match piece:
        case Entry(_, args) | Apply("delta", args):
            return {index.name for index in args if isinstance(index, Symbol)}
    return set()


# --- what the names mean ----------------------------------------------------------------------------------


def _under(assumption: str, name: str) -> Any:
    """Return a real symbol, or such an expression in a positive one that the assumption holds for it."""
    low: Any = None
    high: Any = None
    for condition in Assumption(assumption).conditions:
        match condition.left, condition.sign, condition.right:
            case bound, "<", Symbol(own) if own == name:
                low = evaluate(bound, {}, {}, sympy.Integer(1))
            case Symbol(own), "<", bound if own == name:
                high = evaluate(bound, {}, {}, sympy.Integer(1))
    positive = sympy.Symbol(name, positive=True)
    if low is None and high is None:
        return sympy.Symbol(name, real=True)
    if high is None:
        return low + positive
    return high - positive if low is None else low + (high - low) * positive / (1 + positive)


def _array(name: str, axes: int) -> Any:
    """Return a list (of lists ...) of symbols; those that a case does not reach do no harm."""
    if not axes:
        return sympy.Symbol(name, real=True)
    return [_array(f"{name}_{place}", axes - 1) for place in range(1, max(SIZES) + 1)]


def _fix_sums(derivation: Derivation, arrays: Mapping[str, list[Any]], case: Case) -> None:
    """Make the last entry of a vector what is left by the others, where it is assumed what all of them sum to."""
    for condition in Assumption(derivation.assumption).conditions:
        vector, index = condition.sum_of() or ("", "")
        if vector in arrays:
            last = case[derivation.terms.get(index, "n")] - 1
            total = evaluate(condition.right, {}, {}, sympy.Integer(1))
            arrays[vector][last] = total - sum(arrays[vector][:last])


def _larger(a: Any, b: Any) -> Any:
    """Return the larger one, if the assumption tells; SymPy's own Max misses some of these."""
    rest = sympy.cancel(a - b)
    if rest.is_nonnegative or rest.is_nonpositive:
        return a if rest.is_nonnegative else b
    return sympy.Max(a, b)


def _smaller(a: Any, b: Any) -> Any:
    return -_larger(-a, -b)


def _step(u: Any) -> Any:
    """Return 1 where u > 0, else 0, if the assumption tells."""
    if u.is_positive or u.is_nonpositive:
        return sympy.Integer(1 if u.is_positive else 0)
    return sympy.Heaviside(u, 0)


def without_functions(expression: Any) -> Any:
    """Return `expression` with f(x), f(x + h), f'(x) ... as symbols of their own: complex off the real axis."""

    def symbol(found: Any) -> Any:
        if found.args[0].is_real:
            return sympy.Symbol(str(found), real=True)
        return sympy.Symbol(f"Re {found}", real=True) + sympy.I * sympy.Symbol(f"Im {found}", real=True)

    derivatives = {d: sympy.Symbol(str(d), real=True) for d in expression.atoms(sympy.Derivative)}
    without = expression.xreplace(derivatives)
    return without.xreplace({found: symbol(found) for found in without.atoms(sympy.core.function.AppliedUndef)})


def _imaginary_part(value: Any) -> Any:
    return sympy.im(sympy.expand(without_functions(value)))


def _real_part(value: Any) -> Any:
    return sympy.re(sympy.expand(without_functions(value)))


_FUNCTIONS: Mapping[str, Any] = {
    "exp": sympy.exp, "log": sympy.log, "f": sympy.Function("f"), "Im": _imaginary_part, "Re": _real_part,
    "max": _larger, "min": _smaller, "sqrt": sympy.sqrt, "abs": sympy.Abs, "erf": sympy.erf, "step": _step,
}  # fmt: skip


def _slope(args: tuple[Expression, ...], scope: Scope) -> Any:
    """Differentiate by a symbol; by what stands for one under an assumption; or by a name, u or a[k], of more."""
    inside, variable = args
    here = scope.value(variable)
    if isinstance(variable, Symbol) and not isinstance(scope.values.get(variable.name), Expression):
        (free,) = here.free_symbols
        return sympy.diff(scope.value(inside), free) / sympy.diff(here, free)
    if here.is_Symbol:
        return sympy.diff(scope.value(inside), here)
    at, here = scope.along(variable)
    u = sympy.Dummy(real=True)
    return sympy.diff(at(u).value(inside), u).subs(u, here)


def _limit(side: str) -> Handler:
    """Return the handler for limits from above ("+"), from below ("-") or, where these agree, from both ("+-")."""

    def limit(args: tuple[Expression, ...], scope: Scope) -> Any:
        inside, letter = args
        if not isinstance(letter, Symbol):
            return sympy.nan
        # From one side, the letter's own sign already tells which of two is the larger.
        step = sympy.Dummy("h", real=True) if side == "+-" else sympy.Dummy("h", positive=True)
        value = sympy.factor(scope.having(**{letter.name: -step if side == "-" else step}).value(inside))
        limits = {sympy.limit(value, step, 0, direction) for direction in (side if side == "+-" else "+")}
        return limits.pop() if len(limits) == 1 else sympy.nan

    return limit
