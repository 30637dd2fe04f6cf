"""Where lines are compared: the letters of a derivation, and fixed points with a value for each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import count, islice, product
from typing import Any

from course_lib.derivations.assumption import Assumption
from course_lib.derivations.derivation import Derivation
from course_lib.derivations.expression import (
    FUNCTIONS,
    Apply,
    Entry,
    Expression,
    NotAFormula,
    Number,
    Symbol,
    evaluate,
    parse,
)
from course_lib.derivations.tree import bound, free_names, walk

#: At how many points lines are compared.
POINTS = 20
#: Sums have two terms or more, up to this many; vectors have this many entries.
MOST_TERMS = 4
#: At so many points, the first, vectors have two entries, of these: they are easy to put in by hand.
_EASY, _ENTRIES = 4, (1, 2, 0, -1)
#: At so many points, the first, labels are what labels can be: a share of 1, or entries that share 1 among them.
_LEGAL, _SHARES = 8, (Decimal(1), Decimal("0.25"), Decimal(0), Decimal("0.75"))


@dataclass(frozen=True)
class Letters:
    """The names in a derivation's lines, by what they stand for.

    Attributes
    ----------
    vectors : mapping
        Vectors and matrices, each with an entry of it as it is written: ``{"W": "W[i, j]"}``.
    indices : tuple of str
        Letters that stand for a place in them, such as i and k.
    bound : mapping
        Letters that mean something only inside a sum or a limit, each with the one it has first: ``{"h": "lim"}``.
    terms : tuple of str
        Numbers of terms: n, where there are sums.
    functions : tuple of str
        What is called in the lines or defined.
    """

    vectors: Mapping[str, str]
    indices: tuple[str, ...]
    bound: Mapping[str, str]
    terms: tuple[str, ...]
    functions: tuple[str, ...]


def letters(derivation: Derivation) -> Letters:
    """Return the letters that occur in the derivation's lines and definitions."""
    texts = [step.expression for step in derivation.steps]
    texts += [text for step in derivation.steps for text in step.where.values()]
    definitions = tuple((name, body) for name, (_, body) in derivation.definitions.items())
    return _letters(tuple(texts), definitions, tuple(derivation.terms.values()))


@lru_cache(maxsize=256)  # every line that is typed asks for them several times
def _letters(texts: tuple[str, ...], definitions: tuple[tuple[str, str], ...], terms: tuple[str, ...]) -> Letters:
    lines, defined = [parse(text) for text in texts], dict(definitions)
    pieces = [piece for tree in lines for piece in walk(tree)]
    inside = [piece for body in defined.values() for piece in walk(parse(body))]
    everywhere = [*pieces, *inside]
    places = {s.name for piece in pieces for s in _places(piece) if isinstance(s, Symbol)}
    called = {e.op: None for e in everywhere if isinstance(e, Apply)}
    return Letters(
        vectors={e.name: written(e) for e in reversed(everywhere) if isinstance(e, Entry)},
        indices=tuple(sorted(places & set().union(*map(free_names, lines)))),
        bound=dict(sorted(_binders(everywhere).items())),
        terms=tuple(sorted({*(["n"] if "sum" in called else []), *terms})),
        functions=tuple(name for name in FUNCTIONS if name in called or name in defined),
    )


def _binders(pieces: Sequence[Expression]) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in pieces:
        if isinstance(piece, Apply) and (binder := bound(piece)):
            found.setdefault(binder[0], piece.op)
    return found


def written(place: Expression) -> str:
    """Return a symbol or an entry as it is typed: ``"w"``, ``"W[i, j]"``."""
    match place:
        case Entry(name, indices):
            return f"{name}[{', '.join(map(written, indices))}]"
        case Number(value):
            return str(value)
        case Symbol(name):
            return name
    raise TypeError(f"neither a symbol nor an entry: {place!r}")


def misplaced(line: Expression, known: Letters) -> str | None:
    """Return an index or a number of terms that `line` uses as a number; None where all stand in their places."""
    counts = {*known.indices, *known.terms}
    for piece in walk(line):
        match piece:
            case Apply("sum", (Symbol(letter), _)):
                counts.add(letter)
    return next((name for name in _as_numbers(line) if name in counts), None)


def _as_numbers(e: Expression) -> Iterator[str]:
    match e:
        case Symbol(name):
            yield name
        case Apply("sum", (_, body)):
            yield from _as_numbers(body)
        case Apply(op, args) if op != "delta":
            for arg in args:
                yield from _as_numbers(arg)


def points(derivation: Derivation) -> list[dict[str, Any]]:
    """Return fixed, well spread points at which the derivation's assumption holds.

    A point has a Decimal with at most two decimals for each symbol, lists of them for vectors and matrices, and
    an int for each index and for each number of terms.
    """
    known, assumption = letters(derivation), Assumption(derivation.assumption)
    axes = {name: entry.count(",") + 1 for name, entry in known.vectors.items() if name not in derivation.definitions}
    found: list[dict[str, Any]] = []
    for number in range(100 * POINTS):
        draw = _numbers(number)
        numbers: dict[str, Any] = {name: next(draw) for name in derivation.variables}
        if number < _LEGAL:
            numbers |= {name: _SHARES[number % len(_SHARES)] for name in derivation.shares}
        draw = _entries(number) if number < _EASY else draw
        numbers |= {name: _array(draw, count) for name, count in axes.items()}
        cases = (
            {**case, **_with_sums(assumption, derivation, case, numbers, number)} for case in _cases(known, number)
        )
        found += islice(filter(assumption.holds, cases), 1)
        if len(found) == POINTS:
            return found
    raise NotAFormula(f"Too few points were found where {derivation.assumption}.")


def _with_sums(
    assumption: Assumption, derivation: Derivation, case: Mapping[str, int], numbers: Mapping[str, Any], number: int
) -> dict[str, Any]:
    """Return `numbers` with each vector of which it is assumed what its entries sum to changed until they do.

    What sums to 1 is a distribution at the first points; at the others, and for other sums, the last entry makes up.
    """
    changed = dict(numbers)
    for condition in assumption.conditions:
        if sum_of := condition.sum_of():
            vector, index = sum_of
            count = case[derivation.terms.get(index, "n")]
            wanted, others = evaluate(condition.right, {}, {}), changed[vector][: count - 1]
            shared = wanted == 1 and number < _LEGAL
            entries = _distribution(number, count) if shared else [*others, wanted - sum(others)]
            changed[vector] = [*entries, *changed[vector][count:]]
    return changed


def _distribution(number: int, count: int) -> list[Decimal]:
    """Return `count` shares of 1: all for one entry, or a quarter for one and the rest for the next, in turn."""
    share, start = _SHARES[number % 2], number // 2
    entries = [share, 1 - share, *[Decimal(0)] * (count - 2)]
    return [entries[(i - start) % count] for i in range(count)]


def _cases(known: Letters, number: int) -> Iterator[dict[str, int]]:
    """Yield numbers of terms with indices that fit them, in another order for each number; none is one case too."""
    sizes = range(2, (2 if number < _EASY else MOST_TERMS) + 1)
    for counts in _from(number, list(product(sizes, repeat=len(known.terms)))):
        places = range(1, min(counts, default=2) + 1)
        for indices in _from(number, list(product(places, repeat=len(known.indices)))):
            yield dict(zip((*known.terms, *known.indices), (*counts, *indices), strict=True))


def _from(start: int, cases: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    start %= len(cases)
    return cases[start:] + cases[:start]


def _places(piece: Expression) -> tuple[Expression, ...]:
    match piece:
        case Entry(_, indices):
            return indices
        case Apply("delta", args):
            return args
    return ()


def _array(draw: Iterator[Decimal], axes: int) -> Any:
    return next(draw) if axes == 0 else [_array(draw, axes - 1) for _ in range(MOST_TERMS)]


def _entries(point: int) -> Iterator[Decimal]:
    """Yield small whole numbers, in another order for each point; the first are 1 and 2."""
    for i in count():
        yield Decimal(_ENTRIES[(i + point * (1 + i // 4) + i // 4 + i // 16) % len(_ENTRIES)])


def _numbers(point: int) -> Iterator[Decimal]:
    """Yield numbers for one point, with two decimals and never 0: near 0, in the middle, or further out."""
    if point < 2:  # easy to put in by hand, as above
        yield from (Decimal((1 - 2 * point) * (1 + i % 5)) for i in count())
    reach = (200, 400, 100, 900)[point % 4]  # in hundredths
    for i in count(1):
        # Multiples of the golden ratio and its like spread evenly, and no two symbols in step.
        across = (1618034 * (point + 1) * i + 7548777 * i * i + 271828 * point) % 1_000_003
        hundredths = across * 2 * reach // 1_000_003 - reach
        yield Decimal(hundredths if hundredths else 37).scaleb(-2)
