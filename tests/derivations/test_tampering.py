"""A derivation that is tampered with is refused: a broken line, a wrong label, a missing line."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from course_lib.derivations import DERIVATIONS, Derivation, Step
from course_lib.derivations.expression import Apply, Entry, Expression, NotAFormula, Number, Symbol, parse
from course_lib.derivations.prove import NotProven, prove_equal, prove_rules
from course_lib.derivations.rewriting import normal_form
from course_lib.derivations.rules import RULES
from course_lib.derivations.tree import LIMITS, children, walk, with_children

KEYS = list(DERIVATIONS)
LINES = [(key, line) for key in KEYS for line in range(len(DERIVATIONS[key].steps))]


def check_rules(derivation: Derivation, key: str, first: int = 0, last: int | None = None) -> None:
    """Check the first half of a proof: that each line follows by its rule, using only what stands before `key`.

    Only the lines from `first` to `last` are looked at, since the others were proven as they are; local names
    that they introduced stay known.
    """
    first = max(first, 0)
    head = replace(derivation.steps[first], where=derivation.local_names(first))
    tail = derivation.steps[first + 1 : None if last is None else last + 1]
    prove_rules(replace(derivation, steps=(head, *tail)), {k: DERIVATIONS[k] for k in KEYS[: KEYS.index(key)]})


# --- broken lines -----------------------------------------------------------------------------------------

SWAPPED = {"max": "min", "min": "max", "sinh": "cosh", "cosh": "sinh", "lim_right": "lim_left", "lim_left": "lim_right"}
SWAPPED |= {"exp": "log", "Im": "Re", "Re": "Im"}


def mutants(e: Expression, indices: frozenset[str] = frozenset()) -> Iterator[Expression]:
    """Yield `e` with one thing broken: a sign, a square, a number, an index, a sum, a delta, a side."""
    indices = indices or frozenset(index_letters(e))
    match e:
        case Number(value):
            yield Number(value + 1)
        case Symbol(name) if name in indices:
            yield from (Symbol(other) for other in sorted(indices - {name}))
        case Apply("+", (a, b)):
            yield Apply("-", (a, b))
        case Apply("-", (a, b)):
            yield Apply("+", (a, b))
        case Apply("neg", (a,)):
            yield a
        case Apply("**", (a, Number())):
            yield a
        case Apply("*", (a, b)):
            yield Apply("+", (a, b))
        case Apply("/", (a, b)):
            yield Apply("*", (a, b))
        case Apply("delta", _):
            yield Number(1)
        case Apply("sum", (_, body)):
            yield body
        case Apply(op, (body, _)) if op in LIMITS:
            yield body
        case Apply("P", (inside, Symbol() as variable)):
            yield Apply("D", (inside, variable))
    if isinstance(e, Apply) and e.op in SWAPPED:
        yield Apply(SWAPPED[e.op], e.args)
    pieces = children(e)
    for i, piece in enumerate(pieces):
        if isinstance(e, Apply) and i == 1 and e.op in ("D", "P", *LIMITS) and isinstance(piece, Symbol):
            continue
        for changed in mutants(piece, indices):
            yield with_children(e, (*pieces[:i], changed, *pieces[i + 1 :]))


def index_letters(e: Expression) -> set[str]:
    found = {i.name for p in walk(e) if isinstance(p, Entry) for i in p.indices if isinstance(i, Symbol)}
    return found | {p.args[0].name for p in walk(e) if isinstance(p, Apply) and p.op == "sum"}


def to_text(e: Expression) -> str:
    match e:
        case Apply("neg", (a,)):
            return f"(-{to_text(a)})"
        case Apply(op, (a, b)) if op in "+-**/":
            return f"({to_text(a)}{op}{to_text(b)})"
        case Apply(op, args):
            return f"{op}({', '.join(map(to_text, args))})"
        case Entry(name, indices):
            return f"{name}[{', '.join(map(to_text, indices))}]"
        case Number(value):
            return str(value)
    return e.name


def broken(line: str) -> list[str]:
    """Return the line's mutants, but for those that only turn its terms or factors round (h + 0 for h - 0)."""
    tree = parse(line)
    return sorted({to_text(m) for m in mutants(tree) if normal_form(m) != normal_form(tree)})


def with_step(derivation: Derivation, line: int, step: Step) -> Derivation:
    return replace(derivation, steps=(*derivation.steps[:line], step, *derivation.steps[line + 1 :]))


@pytest.mark.parametrize(("key", "line"), LINES)
def test_a_broken_line_is_caught(key: str, line: int) -> None:
    derivation = DERIVATIONS[key]
    step = derivation.steps[line]
    for text in broken(step.expression):
        try:
            check_rules(with_step(derivation, line, replace(step, expression=text)), key, line - 1, line + 1)
        except NotProven:
            continue
        # Then it is no broken line, but another way to write this one: for i = k, z[i] is z[k].
        assert "=" in derivation.assumption, text
        assert prove_equal(derivation, step.expression, text, derivation.local_names(line))


def test_most_broken_lines_would_be_caught_by_equality_alone() -> None:
    """The two halves of a proof don't lean on each other: here the rules are not asked.

    What is left are lines that are equal after all (the slope of 1 for that of 0, the ∂ of one variable as a
    d); there the rule is the only guard.
    """
    caught = missed = 0
    for key, line in LINES[::2]:
        derivation, local = DERIVATIONS[key], DERIVATIONS[key].local_names(line)
        expression = derivation.steps[line].expression
        for text in broken(expression)[line % 3 :: 3]:
            try:
                prove_equal(derivation, expression, text, local)
            except (NotProven, NotAFormula):  # a letter that no sum or limit binds any more has no value
                caught += 1
            else:
                missed += 1
    assert caught > 300
    assert missed < 0.1 * caught


def test_the_mutants_are_many_and_of_every_kind() -> None:
    def is_mutant(changed: str, line: str) -> bool:
        return to_text(parse(changed)) in broken(line)

    line = "-1/u**2*(1 + exp(-x))"
    assert is_mutant("-1/u**2*(1 - exp(-x))", line)  # a sign
    assert is_mutant("-1/u*(1 + exp(-x))", line)  # a dropped square
    assert is_mutant("-1/u**2*(1 + exp(x))", line)  # a lost minus in an exponent
    assert is_mutant("S[i]*(delta(i, k) - S[i])", "S[i]*(delta(i, k) - S[k])")  # an index
    assert is_mutant("S[i]*(1 - S[k])", "S[i]*(delta(i, k) - S[k])")  # a dropped delta
    assert is_mutant("P(S[i], z[i])", "P(S[i], z[k])")  # the variable of a derivative
    assert is_mutant("sum(i, g[k]*S[i])", "sum(k, g[k]*S[i])")  # the index of a sum
    assert is_mutant("1 - g[k]*S[k]", "1 - sum(k, g[k]*S[k])")  # a dropped sum
    assert is_mutant("lim_left(max(0, h)/h, h)", "lim_right(max(0, h)/h, h)")  # the side of a limit
    assert is_mutant("lim_right(min(0, h)/h, h)", "lim_right(max(0, h)/h, h)")  # the wrong one of two
    assert is_mutant("1 - sinh(x)", "1 - cosh(x)")
    assert sum(len(broken(s.expression)) for d in DERIVATIONS.values() for s in d.steps) > 2500


# --- wrong labels and missing lines -----------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_swapped_labels_are_caught(key: str) -> None:
    derivation = DERIVATIONS[key]
    for i, j in combinations(range(1, len(derivation.steps)), 2):
        first, second = derivation.steps[i], derivation.steps[j]
        if first.rule != second.rule:
            swapped = with_step(derivation, i, replace(first, rule=second.rule))
            swapped = with_step(swapped, j, replace(second, rule=first.rule))
            with pytest.raises(NotProven):
                check_rules(swapped, key, i - 1, j)


@pytest.mark.parametrize(("key", "line"), [(k, i) for k, i in LINES if i > 0])
def test_no_other_rule_fits_a_line(key: str, line: int) -> None:
    """So a label can't be wrong by itself either, with the data of its step."""
    derivation = DERIVATIONS[key]
    step = derivation.steps[line]
    for rule in RULES:
        if rule != step.rule:
            with pytest.raises(NotProven):
                check_rules(with_step(derivation, line, replace(step, rule=rule)), key, line - 1, line)


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_line_is_caught(key: str) -> None:
    steps = DERIVATIONS[key].steps
    for line in range(1, len(steps) - 1):
        with pytest.raises(NotProven):
            check_rules(replace(DERIVATIONS[key], steps=(*steps[:line], *steps[line + 1 :])), key, line - 1, line)


def test_a_wrong_inserted_derivative_is_caught() -> None:
    key = "sigmoid/quotient"
    derivation = DERIVATIONS[key]
    step = derivation.steps[3]
    wrong = replace(
        step,
        expression="(0*(1 + exp(-x)) - 1*exp(-x))/(1 + exp(-x))**2",
        where={**step.where, "dv": "exp(-x)"},
    )
    with pytest.raises(NotProven, match="differ"):
        check_rules(with_step(derivation, 3, wrong), key, 2, 3)
