"""The rules without a pattern: what they make of a line, found in the lines themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.dependence import Unequal, call, depends, written_out
from course_lib.derivations.reader import parse
from course_lib.derivations.rewriting import normal_form, reckoned, renamed, tidy
from course_lib.derivations.tree import (
    DERIVATIVES,
    LIMITS,
    Apply,
    Entry,
    Expression,
    Number,
    Symbol,
    children,
    fill,
    free_names,
    substitute,
    walk,
    with_children,
)

Pair = tuple[Expression, Expression]


@dataclass(frozen=True)
class Setting:
    """What the lines of a derivation may refer to.

    Attributes
    ----------
    definitions : mapping
        Named functions: ``{"sigma": ("t", "1/(1 + exp(-t))")}``.
    local : mapping
        Local names introduced by earlier lines: ``{"u": "1 + exp(-x)"}``.
    earlier : mapping
        First and last line of other derivations by key.
    assumption : Assumption
        Where the derivation holds.
    """

    definitions: Mapping[str, tuple[str, str]]
    local: Mapping[str, str]
    earlier: Mapping[str, tuple[str, str]]
    assumption: Assumption

    @property
    def unequal(self) -> Unequal:
        """Pairs of indices that are assumed to be different."""
        return frozenset(frozenset({c.left, c.right}) for c in self.assumption.conditions if c.sign == "!=")

    def put_back(self, expression: Expression) -> Expression:
        """Return `expression` with what the local names stand for."""
        return substitute(expression, {name: parse(text) for name, text in self.local.items()})


@dataclass(frozen=True)
class Lines:
    """Two neighbouring lines, what the rule's letters stand for, and the setting."""

    before: Expression
    after: Expression
    data: Mapping[str, str]
    setting: Setting

    @property
    def letters(self) -> dict[str, Expression]:
        """What the rule's letters stand for; 'of' is no letter but the key of an earlier result."""
        return {name: parse(text) for name, text in self.data.items() if name != "of"}

    def pieces(self) -> Iterator[Expression]:
        """Yield every piece of both lines."""
        yield from walk(self.before)
        yield from walk(self.after)

    def equal_indices(self) -> dict[str, Expression]:
        """Return what the assumption says of symbols: {"i": k}, {"n": 2}."""
        conditions = self.setting.assumption.conditions
        return {c.left.name: c.right for c in conditions if c.sign == "=" and isinstance(c.left, Symbol)}


def kinds_of_derivative(lines: Lines) -> set[tuple[str, Expression]]:
    """Return the kinds of derivative in both lines: ("D", x), ("P", z[k])."""
    found = {(p.op, p.args[1]) for p in lines.pieces() if isinstance(p, Apply) and p.op in DERIVATIVES}
    return found | {("D", Symbol("x"))}


def with_derivative(expression: Expression, op: str) -> Expression:
    """Return `expression` with the kind of derivative `op`, D or P, for each of its derivatives."""
    new = with_children(expression, tuple(with_derivative(c, op) for c in children(expression)))
    return Apply(op, new.args) if isinstance(new, Apply) and new.op in DERIVATIVES else new


# --- rules that are made from the lines -------------------------------------------------------------------


def _definition(lines: Lines) -> Iterator[Pair]:
    for piece in lines.pieces():
        if meaning := call(piece, lines.setting.definitions):
            yield piece, meaning
            yield meaning, piece


def _earlier_result(lines: Lines) -> Iterator[Pair]:
    if found := lines.setting.earlier.get(lines.data.get("of", "")):
        for op, _ in kinds_of_derivative(lines):  # what D is of one letter, P is where others stand beside it
            first, last = (with_derivative(fill(parse(line), lines.letters), op) for line in found)
            yield first, last
            yield last, first


def _as_assumed(lines: Lines) -> Iterator[Pair]:
    """Yield both sides of an equation that is assumed, such as sum(k, y[k]) and 1; not of one that names a case."""
    for condition in lines.setting.assumption.conditions:
        if condition.sign == "=" and not isinstance(condition.left, Symbol):
            yield condition.left, condition.right


def _definition_of_the_derivative(lines: Lines) -> Iterator[Pair]:
    for piece in walk(lines.before):
        if isinstance(piece, Apply) and piece.op == "D":
            inside, variable = piece.args
            if isinstance(variable, Symbol):
                ahead = substitute(inside, {variable.name: Apply("+", (variable, Symbol("h")))})
                rise = Apply("-", (ahead, inside))
                yield piece, Apply("lim", (Apply("/", (rise, Symbol("h"))), Symbol("h")))


def _let_h_go_to_0(lines: Lines) -> Iterator[Pair]:
    for piece in walk(lines.before):
        if isinstance(piece, Apply) and piece.op in LIMITS:
            inside, letter = piece.args
            if isinstance(letter, Symbol) and _continuous(inside, letter.name):
                yield piece, substitute(inside, {letter.name: Number(0)})


def _continuous(expression: Expression, letter: str) -> bool:
    """Return whether one sees at once that `expression` is continuous: no division by what holds the letter."""
    if letter not in free_names(expression):
        return True
    match expression:
        case Symbol():
            return True
        case Apply("/", (a, b)):
            return _continuous(a, letter) and letter not in free_names(b)
        case Apply("**", (a, Number())):
            return _continuous(a, letter)
        case Apply("+" | "-" | "*" | "neg" | "exp", args):
            return all(_continuous(a, letter) for a in args)
    return False


def _chain_rule(lines: Lines) -> Iterator[Pair]:
    letters = lines.letters
    if {"u", "outer"} <= letters.keys():
        outer, inner = letters["outer"], letters["u"]
        for op, variable in kinds_of_derivative(lines):
            by_u = Apply("*", (Apply("D", (outer, Symbol("u"))), Apply(op, (inner, variable))))
            yield Apply(op, (substitute(outer, {"u": inner}), variable)), by_u
    match letters.get("through"):
        case Entry(_, (Symbol(k) as index,)) as through:  # every a[k] moves, and each moves the outside
            for piece in walk(lines.before):
                if isinstance(piece, Apply) and piece.op == "P" and k not in free_names(piece):
                    outside, variable = piece.args
                    shares = Apply("*", (Apply("P", (outside, through)), Apply("P", (through, variable))))
                    yield piece, Apply("sum", (index, shares))


def _independent(lines: Lines) -> Iterator[Pair]:
    """Yield P(z[i], z[k]) and delta(i, k)."""
    for piece in walk(lines.before):
        match piece:
            case Apply("P", (Entry(name, (i,)), Entry(other, (k,)))) if name == other:
                yield piece, Apply("delta", (i, k))


def _only_one_term(lines: Lines) -> Iterator[Pair]:
    """Yield sum(j, P(g(z[j]), z[k])) and P(g(z[k]), z[k])."""
    for piece in walk(lines.before):
        match piece:
            case Apply("sum", (Symbol(j), Apply("P", (inside, Entry(name, (k,)) as variable)))):
                own = Entry(name, (Symbol(j),))
                rest = _replaced(inside, own, Number(0))  # what else is in it must not depend on z[k]
                if not depends(written_out(rest, lines.setting.definitions), variable, frozenset()):
                    yield piece, Apply("P", (substitute(inside, {j: k}), variable))


def _replaced(expression: Expression, old: Expression, new: Expression) -> Expression:
    if expression == old:
        return new
    return with_children(expression, tuple(_replaced(c, old, new) for c in children(expression)))


def _delta_picks(lines: Lines) -> Iterator[Pair]:
    """Yield sum(j, a*delta(j, k)) and the a of k; a is 1 where it is not given."""
    a = lines.letters.get("a", Number(1))
    for piece in walk(lines.before):
        match piece:
            case Apply("sum", (Symbol() as j, body)):
                for delta in walk(body):
                    if isinstance(delta, Apply) and delta.op == "delta" and delta.args.count(j) == 1:
                        (other,) = set(delta.args) - {j}
                        yield Apply("sum", (j, Apply("*", (a, delta)))), substitute(a, {j.name: other})


def _written_out_sum(lines: Lines) -> Iterator[Pair]:
    terms = lines.equal_indices().get("n")
    for piece in walk(lines.before):
        match piece, terms:
            case Apply("sum", (Symbol(j), body)), Number(int(count)):
                total = substitute(body, {j: Number(1)})
                for place in range(2, count + 1):
                    total = Apply("+", (total, substitute(body, {j: Number(place)})))
                yield piece, total


def _absolute_value(lines: Lines) -> Iterator[Pair]:
    """Yield abs(a) and b, which is a or -a, in both directions; that b is positive is left to equality."""
    a, b = lines.letters.get("a"), lines.letters.get("b")
    if a is not None and b is not None and normal_form(b) in (normal_form(a), normal_form(Apply("neg", (a,)))):
        yield Apply("abs", (a,)), b
        yield b, Apply("abs", (a,))


FROM_LINES: Mapping[str, Callable[[Lines], Iterator[Pair]]] = {
    "as assumed": _as_assumed,
    "chain rule": _chain_rule,
    "definition": _definition,
    "definition of the derivative": _definition_of_the_derivative,
    "delta picks one term": _delta_picks,
    "earlier result": _earlier_result,
    "entries are independent": _independent,
    "let h go to 0": _let_h_go_to_0,
    "only one term depends on it": _only_one_term,
    "the absolute value": _absolute_value,
    "write out the sum": _written_out_sum,
}


# --- rules that look at the whole line --------------------------------------------------------------------


def _is_tidied(lines: Lines) -> bool:
    return tidy(normal_form(lines.before)) == normal_form(lines.after)


def _is_reckoned(lines: Lines) -> bool:
    """Numbers were multiplied or taken apart, beyond what tidying alone does."""
    start, goal = normal_form(lines.before), normal_form(lines.after)
    return reckoned(start) == reckoned(goal) and tidy(start) != tidy(goal)


def _is_put_back(lines: Lines) -> bool:
    return normal_form(lines.setting.put_back(lines.before)) == normal_form(lines.after)


def _is_case(lines: Lines) -> bool:
    put_in = {name: value for name, value in lines.equal_indices().items() if isinstance(value, Symbol)}
    return normal_form(substitute(lines.before, put_in)) == normal_form(lines.after)


def _is_renamed(lines: Lines) -> bool:
    return renamed(normal_form(lines.before)) == renamed(normal_form(lines.after))


OF_WHOLE_LINES: Mapping[str, Callable[[Lines], bool]] = {
    "signs, zeros and ones": _is_tidied,
    "arithmetic": _is_reckoned,
    "put u back": _is_put_back,
    "here i is k": _is_case,
    "rename the index": _is_renamed,
}
