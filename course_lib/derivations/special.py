"""What the rules without a pattern make of a line, and how the others' patterns are filled in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.dependence import Unequal, call, depends, written_out
from course_lib.derivations.reader import parse
from course_lib.derivations.rewriting import Form, normal_form, reckoned, renamed, rewrite, tidy
from course_lib.derivations.rules import RULES, Rule
from course_lib.derivations.tree import (
    DERIVATIVES,
    LIMITS,
    Apply,
    Entry,
    Expression,
    Number,
    Symbol,
    bound,
    children,
    fill,
    free_names,
    substitute,
    walk,
    with_children,
)

#: How often one line may apply its rule.
MAX_USES = 3

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
class _Lines:
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


def follows(before: str, after: str, rule: str, data: Iterable[Mapping[str, str]], setting: Setting) -> bool:
    """Return whether `after` is what `rule`, with `data` for its letters, makes of `before`.

    A line follows when some occurrence of the rule's pattern in the line before, rewritten, gives the line, up
    to the order and grouping of sums and products. Nothing else is simplified on the way.

    Parameters
    ----------
    before, after : str
        Two neighbouring lines.
    rule : str
        A name in ``RULES``.
    data : iterable of mappings
        What the rule's letters stand for; several mappings allow it at several places.
    setting : Setting
        Definitions, local names, earlier results and the assumption.
    """
    start, goal = normal_form(parse(before)), normal_form(parse(after))
    if start == goal:
        return False  # a line that only repeats the one before used no rule
    if rule in _OF_WHOLE_LINES:
        return _OF_WHOLE_LINES[rule](_Lines(parse(before), parse(after), {}, setting))
    pairs: set[tuple[Form, Form]] = set()
    for letters in data:
        lines = _Lines(parse(before), parse(after), letters, setting)
        made = _FROM_LINES[rule](lines) if rule in _FROM_LINES else _filled(RULES[rule], lines)
        pairs |= {(normal_form(b), normal_form(a)) for b, a in made}
    reached = {start}
    for _ in range(MAX_USES):
        reached = {new for form in reached for b, a in pairs for new in rewrite(form, b, a)}
        if goal in reached:
            return True
    return False


# --- rules with a pattern ---------------------------------------------------------------------------------


def _filled(rule: Rule, lines: _Lines) -> Iterator[Pair]:
    """Yield the rule's patterns with the data put in; none where the data does not fit the rule."""
    for text in rule.patterns:
        before, after = map(parse, text)
        derivatives = _derivatives(lines) if _differentiates(before) or _differentiates(after) else {("D", Symbol("x"))}
        for op, variable in derivatives:
            letters = {**_own_letters(before), **_own_letters(after), **lines.letters, "x": variable}
            if not free_names(before) | free_names(after) <= letters.keys():
                continue
            pair = _with_derivative(fill(before, letters), op), _with_derivative(fill(after, letters), op)
            if any(_varies(letters[c], before, variable, lines) for c in rule.constant if c in lines.letters):
                continue
            if _captures(before, variable, letters):
                continue
            yield pair
            if rule.both:
                yield pair[1], pair[0]


def _own_letters(pattern: Expression) -> dict[str, Expression]:
    """Return the letters of a pattern that stand for themselves: those that it binds, h and I."""
    letters = {binder[0] for piece in walk(pattern) if (binder := bound(piece))}
    return {name: Symbol(name) for name in letters | {"h", "I"}}


def _differentiates(pattern: Expression) -> bool:
    return any(isinstance(piece, Apply) and piece.op in DERIVATIVES for piece in walk(pattern))


def _derivatives(lines: _Lines) -> set[tuple[str, Expression]]:
    """Return the kinds of derivative in both lines: ("D", x), ("P", z[k])."""
    found = {(p.op, p.args[1]) for p in lines.pieces() if isinstance(p, Apply) and p.op in DERIVATIVES}
    return found | {("D", Symbol("x"))}


def _with_derivative(expression: Expression, op: str) -> Expression:
    new = with_children(expression, tuple(_with_derivative(c, op) for c in children(expression)))
    return Apply(op, new.args) if isinstance(new, Apply) and new.op in DERIVATIVES else new


def _varies(value: Expression, pattern: Expression, variable: Expression, lines: _Lines) -> bool:
    """Return whether `value` depends on the variable, index or letter of the pattern's derivative, sum or limit."""
    binder = bound(pattern)
    letter = Symbol(binder[0]) if binder else None
    by = fill(letter, lines.letters) if letter else variable
    by_local = isinstance(by, Symbol) and by.name in lines.setting.local
    local = value if by_local else lines.setting.put_back(value)
    out = written_out(local, lines.setting.definitions)
    if letter:
        return not free_names(by).isdisjoint(free_names(out))
    return depends(out, by, lines.setting.unequal)


def _captures(pattern: Expression, variable: Expression, letters: Mapping[str, Expression]) -> bool:
    """Return whether a sum inside a derivative by x[k] has k for its own index."""
    own = {binder[0] for piece in walk(pattern) if (binder := bound(piece))}
    return any(not free_names(letters[name]).isdisjoint(free_names(variable)) for name in own)


# --- rules that are made from the lines -------------------------------------------------------------------


def _definition(lines: _Lines) -> Iterator[Pair]:
    for piece in lines.pieces():
        if meaning := call(piece, lines.setting.definitions):
            yield piece, meaning
            yield meaning, piece


def _earlier_result(lines: _Lines) -> Iterator[Pair]:
    if found := lines.setting.earlier.get(lines.data.get("of", "")):
        first, last = (fill(parse(line), lines.letters) for line in found)
        yield first, last
        yield last, first


def _definition_of_the_derivative(lines: _Lines) -> Iterator[Pair]:
    for piece in walk(lines.before):
        if isinstance(piece, Apply) and piece.op == "D":
            inside, variable = piece.args
            if isinstance(variable, Symbol):
                ahead = substitute(inside, {variable.name: Apply("+", (variable, Symbol("h")))})
                rise = Apply("-", (ahead, inside))
                yield piece, Apply("lim", (Apply("/", (rise, Symbol("h"))), Symbol("h")))


def _let_h_go_to_0(lines: _Lines) -> Iterator[Pair]:
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


def _chain_rule(lines: _Lines) -> Iterator[Pair]:
    letters = lines.letters
    if {"u", "outer"} <= letters.keys():
        outer, inner = letters["outer"], letters["u"]
        for op, variable in _derivatives(lines):
            by_u = Apply("*", (Apply("D", (outer, Symbol("u"))), Apply(op, (inner, variable))))
            yield Apply(op, (substitute(outer, {"u": inner}), variable)), by_u
    match letters.get("through"):
        case Entry(_, (Symbol(k) as index,)) as through:  # every a[k] moves, and each moves the outside
            for piece in walk(lines.before):
                if isinstance(piece, Apply) and piece.op == "P" and k not in free_names(piece):
                    outside, variable = piece.args
                    shares = Apply("*", (Apply("P", (outside, through)), Apply("P", (through, variable))))
                    yield piece, Apply("sum", (index, shares))


def _independent(lines: _Lines) -> Iterator[Pair]:
    """Yield P(z[i], z[k]) and delta(i, k); for a matrix, one delta for each index."""
    for piece in walk(lines.before):
        match piece:
            case Apply("P", (Entry(name, first), Entry(other, second))) if name == other:
                deltas = [Apply("delta", pair) for pair in zip(first, second, strict=True)]
                product: Expression = deltas[0]
                for delta in deltas[1:]:
                    product = Apply("*", (product, delta))
                yield piece, product


def _only_one_term(lines: _Lines) -> Iterator[Pair]:
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


def _delta_picks(lines: _Lines) -> Iterator[Pair]:
    """Yield sum(j, a*delta(j, k)) and the a of k; a is 1 where it is not given."""
    a = lines.letters.get("a", Number(1))
    for piece in walk(lines.before):
        match piece:
            case Apply("sum", (Symbol() as j, body)):
                for delta in walk(body):
                    if isinstance(delta, Apply) and delta.op == "delta" and j in delta.args:
                        (other,) = set(delta.args) - {j} or {j}
                        yield Apply("sum", (j, Apply("*", (a, delta)))), substitute(a, {j.name: other})


def _written_out_sum(lines: _Lines) -> Iterator[Pair]:
    terms = lines.equal_indices().get("n")
    for piece in walk(lines.before):
        match piece, terms:
            case Apply("sum", (Symbol(j), body)), Number(count):
                total = substitute(body, {j: Number(1)})
                for place in range(2, count + 1):
                    total = Apply("+", (total, substitute(body, {j: Number(place)})))
                yield piece, total


_FROM_LINES: Mapping[str, Callable[[_Lines], Iterator[Pair]]] = {
    "chain rule": _chain_rule,
    "definition": _definition,
    "definition of the derivative": _definition_of_the_derivative,
    "delta picks one term": _delta_picks,
    "earlier result": _earlier_result,
    "entries are independent": _independent,
    "let h go to 0": _let_h_go_to_0,
    "only one term depends on it": _only_one_term,
    "write out the sum": _written_out_sum,
}


# --- rules that look at the whole line --------------------------------------------------------------------


def _is_tidied(lines: _Lines) -> bool:
    return tidy(normal_form(lines.before)) == normal_form(lines.after)


def _is_reckoned(lines: _Lines) -> bool:
    """Numbers were multiplied or taken apart, beyond what tidying alone does."""
    start, goal = normal_form(lines.before), normal_form(lines.after)
    return reckoned(start) == reckoned(goal) and tidy(start) != tidy(goal)


def _is_put_back(lines: _Lines) -> bool:
    return normal_form(lines.setting.put_back(lines.before)) == normal_form(lines.after)


def _is_case(lines: _Lines) -> bool:
    put_in = {name: value for name, value in lines.equal_indices().items() if isinstance(value, Symbol)}
    return normal_form(substitute(lines.before, put_in)) == normal_form(lines.after)


def _is_renamed(lines: _Lines) -> bool:
    return renamed(normal_form(lines.before)) == renamed(normal_form(lines.after))


_OF_WHOLE_LINES: Mapping[str, Callable[[_Lines], bool]] = {
    "signs, zeros and ones": _is_tidied,
    "arithmetic": _is_reckoned,
    "put u back": _is_put_back,
    "here i is k": _is_case,
    "rename the index": _is_renamed,
}
