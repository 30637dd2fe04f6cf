"""Judges a line that a learner typed: whether it is equal to the line before.

All lines of a derivation are proven equal, so it is enough to compare values: at fixed points, to 40 digits.
Nothing that was typed is ever executed: see ``typed_text`` and ``reader``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import Any, Literal

from course_lib.derivations.assumption import Assumption, Condition
from course_lib.derivations.decimals import F_OF_X, NoValue, TooLarge, value_at, work
from course_lib.derivations.derivation import Derivation, Step
from course_lib.derivations.expression import FUNCTIONS, Apply, Expression, NotAFormula, Symbol, parse, substitute
from course_lib.derivations.language import Language, slope_at
from course_lib.derivations.points import POINTS, Letters, letters, misplaced, points
from course_lib.derivations.rewriting import Form, normal_form, renamed
from course_lib.derivations.tree import bound, free_names, walk
from course_lib.derivations.typed_text import TooLong, Unreadable, read
from course_lib.derivations.vocabulary import about_slopes, forms, refuse_loose, slopes_of_a_whole, vocabulary

Kind = Literal[
    "next", "result", "equal", "ahead", "same", "not_equal", "no_value", "unreadable", "too_large"
]  # fmt: skip

#: The most work, in additions at one point, that a typed line may be; the course's own lines need a tenth of it.
MAX_WORK = 5_000

#: The letter of a sum as it may be typed; e is a number.
_SUMMED = re.compile(r"(?:sum|[Σ∑])\s*\(\s*([a-df-z])\s*,")
#: At so many points a line may be 0/0 and yet be equal: (x - 1)/(x - 1) has a hole at x = 1.
_HOLES = 2
#: A vector is shown where it is not longer than this; a matrix is not.
_SHORT = 32
_TOLERANCE = Decimal("1e-40")

_Pair = tuple[dict[str, Any], Decimal, Decimal]  # a point, and what the two lines are worth there


@dataclass(frozen=True)
class Verdict:
    """What is said about a typed line.

    Attributes
    ----------
    kind : str
        'next': the course's next line. 'result': its last line. 'ahead': another line that is still to come.
        'equal': another form of the line before. 'same': a line that stands there already. 'not_equal';
        'no_value': it has none where the line before has one. 'unreadable', 'too_large': it was not compared.
    sentence : str
        What to tell the learner, and what to do next.
    read : str
        The line as it was read, in the course's formula language; empty where it could not be.
    reveals : bool
        Whether it is the course's next line, so that this may be shown.
    place : int or None
        Where reading stopped, as a number of characters before it.
    point : mapping
        The point of a difference, as text: ``{"x": "1"}``.
    before, yours : str
        What the two lines are worth there, as text.
    """

    kind: Kind
    sentence: str
    read: str = ""
    reveals: bool = False
    place: int | None = None
    point: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    yours: str = ""

    @property
    def right(self) -> bool:
        """Whether the line is equal to the one before, and is a step."""
        return self.kind in ("next", "result", "equal", "ahead")


def compare(derivation: Derivation, line: int, typed: str) -> Verdict:
    """Judge what a learner typed as the line after `line`.

    Parameters
    ----------
    derivation : Derivation
        Which derivation.
    line : int
        The number of the line before, from 1.
    typed : str
        Anything at all.

    Returns
    -------
    Verdict
        Always; nothing that is typed raises.
    """
    try:
        text = read(typed, _language(derivation, line, typed))
        return _judge(derivation, line, text)
    except TooLong as refusal:
        return Verdict("too_large", str(refusal), place=refusal.place)
    except Unreadable as refusal:
        where = "" if refusal.place is None else f"Character {refusal.place + 1}: "
        return Verdict("unreadable", where + str(refusal), place=refusal.place)
    except NotAFormula as refusal:
        return Verdict("unreadable", str(refusal))


def _language(derivation: Derivation, line: int, typed: str) -> Language:
    """Return the names that may be used in the line after `line`: those of its lines so far, and of the next.

    The index of a sum may be called by any other letter; the letters after a 'sum(' in `typed` are let in.
    """
    known = letters(derivation)
    functions = {"exp", "log", "sqrt", "abs", "D", *known.functions, *(("P", "sum", "delta") if known.vectors else ())}
    names = [*derivation.variables, *derivation.names, *derivation.local_names(line)]
    names += [*known.indices, *known.bound, *known.terms, *(["I"] if "Im" in functions else []), "pi"]
    if "sum" in functions and not derivation.terms:  # else the letter says how many terms there are
        names += [letter for letter in _SUMMED.findall(typed) if letter not in known.vectors]
    return Language(
        names=list(dict.fromkeys(names)),
        functions={name: FUNCTIONS[name] for name in FUNCTIONS if name in functions},
        indexed={name: entry.count(",") + 1 for name, entry in known.vectors.items()},
        listed=list(dict.fromkeys(word.name for word in vocabulary(derivation, line))),
        forms=forms(derivation),
        primed=derivation.local_names(line) if "x" in derivation.variables[:1] else {},
    )


def _judge(derivation: Derivation, line: int, text: str) -> Verdict:
    steps = derivation.steps
    tree = _without_names(derivation, parse(text))
    if name := misplaced(tree, letters(derivation)):
        raise NotAFormula(f"{name} counts entries and is no number here; it belongs in square brackets or in a sum.")
    local = {name: parse(meaning) for name, meaning in derivation.local_names(min(line, len(steps) - 1)).items()}
    refuse_loose(tree, _with_own(letters(derivation), tree), derivation, local)
    if work(tree, derivation, local) > MAX_WORK:
        return Verdict("too_large", "This is more to compute than any line of the course; write it shorter.", text)
    form = _form(tree)
    same = [number for number, step in enumerate(steps, 1) if _form(parse(step.expression)) == form]
    if _is_only_renamed(tree, steps[line - 1 : line + 1]):
        same = [line + 1]
    if any(number <= line for number in same):
        return Verdict("same", _stands_there(line, same[0]), text)
    difference = _difference(derivation, parse(steps[line - 1].expression), tree, local, text)
    if difference is not None:
        return difference
    swapped = [] if same else _with_equal_indices(derivation, line, tree)
    return _equal(line, len(steps), same or swapped, text, _instead(derivation) if swapped else "")


def _with_own(known: Letters, tree: Expression) -> Letters:
    """Return the letters of the derivation and, as letters of sums, those that the learner took for them."""
    sums = [piece for piece in walk(tree) if isinstance(piece, Apply) and piece.op == "sum"]
    own = {binder[0]: "sum" for piece in sums if (binder := bound(piece))}
    return replace(known, bound={**own, **known.bound})


def _without_names(derivation: Derivation, tree: Expression) -> Expression:
    return substitute(tree, {name: parse(text) for name, text in derivation.names.items()})


def _form(tree: Expression) -> Form:
    return renamed(normal_form(tree))


def _is_only_renamed(tree: Expression, lines: Sequence[Step]) -> bool:
    """Whether `tree` is the second of two lines that differ in the name of an index only."""
    before, *after = (normal_form(parse(step.expression)) for step in lines)
    return after == [normal_form(tree)] != [before]


def _equal_indices(derivation: Derivation) -> tuple[str, str] | None:
    """Return two indices that are assumed to be equal, so that one may be written for the other; else None."""
    for condition in Assumption(derivation.assumption).conditions:
        match condition:
            case Condition(Symbol(one), "=", Symbol(other)) if {one, other} <= {*letters(derivation).indices}:
                return one, other
    return None


def _instead(derivation: Derivation) -> str:
    one, other = _equal_indices(derivation) or ("", "")
    return f", with {one} for {other}"


def _with_equal_indices(derivation: Derivation, line: int, tree: Expression) -> list[int]:
    """Return which lines after `line` are `tree` but for one index that is written for its equal."""
    if (pair := _equal_indices(derivation)) is None:
        return []
    put = {pair[0]: Symbol(pair[1])}
    mine = _form(substitute(tree, put))
    forms_of_lines = [_form(substitute(parse(step.expression), put)) for step in derivation.steps]
    return [number for number, form in enumerate(forms_of_lines, 1) if number > line and form == mine]


def _stands_there(line: int, number: int) -> str:
    if number == line:
        return "This is the line before, or it differs in order only. Apply a rule to it, then type what you get."
    return f"This is line {number} again. It is equal, but a step back: go on from line {line}."


def _equal(line: int, count: int, same: list[int], text: str, instead: str) -> Verdict:
    if count in same:
        if count == line + 1:
            return Verdict("result", f"Right: this is the result{instead}.", text, reveals=True)
        more = f"The course takes {count - line} lines to it: press Next, and see how each is made."
        return Verdict("result", f"Equal to the line before, and already the result{instead}. {more}", text)
    if line + 1 in same:
        return Verdict("next", f"Right: this is also the course's next line{instead}.", text, reveals=True)
    if same:
        ahead = f"Equal to the line before: this is the course's line {same[0]}{instead}."
        return Verdict("ahead", f"{ahead} Press Next to see the steps between, or type on from yours.", text)
    return Verdict(
        "equal",
        "Equal to the line before, but not the course's next line. Go on from yours, or press Next to see the "
        "course's way.",
        text,
    )


def _difference(
    derivation: Derivation, before: Expression, yours: Expression, local: Mapping[str, Expression], text: str
) -> Verdict | None:
    """Return the verdict on two lines that are not equal; None where they are equal wherever both have a value."""
    pairs: list[_Pair] = []
    nowhere: list[tuple[dict[str, Any], Decimal]] = []
    for point in points(derivation):
        try:
            left = _cleared(value_at(derivation, before, local, point))
        except (NoValue, TooLarge):
            continue
        try:
            pairs.append((point, left, _cleared(value_at(derivation, yours, local, point))))
        except NoValue:
            nowhere.append((point, left))
        except TooLarge:
            continue  # counted below: it is missing in both lists
    names = _depends_on(derivation, [before, yours, *local.values()])
    for point, left, right in pairs:
        if not _agree(left, right):
            shown = _shown(point, names)
            if "f" in letters(derivation).functions:
                shown["f(x)"] = F_OF_X
            a, b = _apart(left, right)
            advice = about_slopes(text, derivation, local) or _about_whole(derivation, before, text, local)
            advice = advice or _advice(pairs, letters(derivation).indices)
            sentence = f"Not equal: {_at(shown)} the line before is {a}, yours is {b}. {advice}"
            return Verdict("not_equal", sentence, text, point=shown, before=a, yours=b)
    if len(nowhere) > _HOLES:
        point, left = nowhere[0]
        shown, a = _shown(point, names), _digits(left, 5)
        sentence = (
            f"Your line has no value {_at(shown)}, where the line before is {a}: look for a division by 0, or a "
            "logarithm of what is not positive."
        )
        return Verdict("no_value", sentence, text, point=shown, before=a)
    if len(pairs) < POINTS - _HOLES:
        return Verdict(
            "too_large", "Your line is too large to be computed at most of the points; write it shorter.", text
        )
    return None


def _about_whole(derivation: Derivation, before: Expression, text: str, local: Mapping[str, Expression]) -> str:
    """Return what to type for the slope of a function, taken at a formula, where that would make the line equal."""
    meanings = {name: derivation.local_names(len(derivation.steps))[name] for name in local}
    for function, at in slopes_of_a_whole(text):
        whole = f"D({function}({at}))"
        try:
            mended = _without_names(derivation, parse(text.replace(whole, f"({whole}/D({at}))")))
        except NotAFormula:  # it has become too long
            continue
        if work(mended, derivation, local) <= MAX_WORK and not _difference(derivation, before, mended, local, ""):
            return f"For {function}'({at}) write {slope_at(function, at, meanings)}."
    return ""


def _depends_on(derivation: Derivation, trees: Sequence[Expression]) -> set[str]:
    """Return the names on which the lines depend, also by way of definitions: S[i] on z, and ELU on its alpha."""
    names = set().union(*map(free_names, trees))
    names |= {piece.op for tree in trees for piece in walk(tree) if isinstance(piece, Apply)}
    for _ in derivation.definitions:  # one may rest on another
        for name in names & derivation.definitions.keys():
            arguments, body = derivation.definitions[name]
            names = names | (free_names(parse(body)) - set(arguments.split(", ")))
    return names


def _agree(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= _TOLERANCE * max(Decimal(1), abs(left), abs(right))


def _cleared(value: Decimal) -> Decimal:
    """Return `value`, or 0 where it is no more than what a slope that is taken numerically leaves of a 0."""
    return Decimal(0) if abs(value) <= _TOLERANCE else value


def _advice(pairs: Sequence[_Pair], indices: Sequence[str]) -> str:
    """Return what is known of the slip: a case, or one factor that is wrong everywhere; or nothing but to look."""
    if case := _one_case(pairs, indices):
        return case
    if not any(right for _, _, right in pairs):
        return "Yours is 0 everywhere: a term is lost."
    ratios = [right / left for _, left, right in pairs if left]
    if all(left for _, left, _ in pairs) and all(_agree(ratio, ratios[0]) for ratio in ratios):
        if _agree(ratios[0], Decimal(-1)):
            return "The sign is the wrong way round everywhere: look for a minus."
        factor = _digits(ratios[0], 4)
        constant = all(_agree(left, pairs[0][1]) for _, left, _ in pairs)  # then it may as well be a term
        if factor not in ("1", "−1") and not constant:
            return f"Yours is {factor} times it everywhere: look for a factor."
    return "Put that in, piece by piece, and find the piece that differs."


def _one_case(pairs: Sequence[_Pair], indices: Sequence[str]) -> str:
    """Return for which indices the lines are equal, where it is for equal or for different ones alone."""
    for i, k in combinations(indices, 2):
        equal = {point[i] == point[k] for point, left, right in pairs if _agree(left, right)}
        differ = {point[i] == point[k] for point, left, right in pairs if not _agree(left, right)}
        if equal and differ == {False} and True in equal:
            return f"The two are equal where {i} = {k}, not where {i} ≠ {k}."
        if equal and differ == {True} and False in equal:
            return f"The two are equal where {i} ≠ {k}, not where {i} = {k}."
    return ""


# --- numbers as text --------------------------------------------------------------------------------------


def _at(shown: Mapping[str, str]) -> str:
    if not shown:
        return "as numbers"
    text = ", ".join(f"{name} = {value}" for name, value in shown.items() if len(value) <= _SHORT)
    return f"at {text}" + (", ..." if any(len(value) > _SHORT for value in shown.values()) else "")


def _shown(point: Mapping[str, Any], names: set[str]) -> dict[str, str]:
    count = max([2, *(value for value in point.values() if isinstance(value, int))])
    return {name: _text(value, count) for name, value in point.items() if name in names}


def _text(value: Any, count: int) -> str:
    if isinstance(value, list):
        return f"({', '.join(_text(entry, count) for entry in value[:count])})"
    return _digits(value, 6) if isinstance(value, Decimal) else str(value)


def _apart(left: Decimal, right: Decimal) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to see that they differ."""
    for count in (5, 10, 20, 40):
        a, b = _digits(left, count), _digits(right, count)
        if a != b:
            break
    return a, b


def _digits(value: Decimal, count: int) -> str:
    """Return `value` to `count` significant digits, with a true minus sign: 0.19661, 3.2e−8."""
    if not value:
        return "0"
    exponent = value.adjusted()
    if -5 <= exponent < max(count, 7):
        text = f"{value:.{max(count - 1 - exponent, 0)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, _, power = f"{value:.{count - 1}e}".partition("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(power)}"
    return text.replace("-", "−")
