"""The check that a line follows from the one before by its rule, and by nothing else."""

from collections.abc import Iterable, Iterator, Mapping

from course_lib.derivations.dependence import depends, written_out
from course_lib.derivations.reader import parse
from course_lib.derivations.rewriting import Form, normal_form, rewrite
from course_lib.derivations.rules import RULES, Rule
from course_lib.derivations.special import (
    FROM_LINES,
    OF_WHOLE_LINES,
    Lines,
    Pair,
    Setting,
    kinds_of_derivative,
    with_derivative,
)
from course_lib.derivations.tree import (
    Expression,
    Symbol,
    bound,
    fill,
    free_names,
    walk,
)

#: How often one line may apply its rule.
MAX_USES = 3


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
    if rule in OF_WHOLE_LINES:
        return OF_WHOLE_LINES[rule](Lines(parse(before), parse(after), {}, setting))
    pairs: set[tuple[Form, Form]] = set()
    for letters in data:
        lines = Lines(parse(before), parse(after), letters, setting)
        made = FROM_LINES[rule](lines) if rule in FROM_LINES else _filled(RULES[rule], lines)
        pairs |= {(normal_form(b), normal_form(a)) for b, a in made}
    reached = {start}
    for _ in range(MAX_USES):
        reached = {new for form in reached for b, a in pairs for new in rewrite(form, b, a)}
        if goal in reached:
            return True
    return False


def _filled(rule: Rule, lines: Lines) -> Iterator[Pair]:
    """Yield the rule's patterns with the data put in; none where the data does not fit the rule."""
    for text in rule.patterns:
        before, after = map(parse, text)
        for op, variable in kinds_of_derivative(lines):
            letters = {**_own_letters(before), **_own_letters(after), **lines.letters, "x": variable}
            if not free_names(before) | free_names(after) <= letters.keys():
                continue
            if any(_varies(letters[c], before, variable, lines) for c in rule.constant if c in lines.letters):
                continue
            if _captures(before, variable, letters):
                continue
            left, right = (with_derivative(fill(side, letters), op) for side in (before, after))
            yield left, right
            if rule.both:
                yield right, left


def _own_letters(pattern: Expression) -> dict[str, Expression]:
    """Return the letters of a pattern that stand for themselves: those that it binds, h and I."""
    letters = {binder[0] for piece in walk(pattern) if (binder := bound(piece))}
    return {name: Symbol(name) for name in letters | {"h", "I"}}


def _varies(value: Expression, pattern: Expression, variable: Expression, lines: Lines) -> bool:
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
