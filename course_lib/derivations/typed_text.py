"""What a person types, put into the course's formula language: σ(x), ln, ^, 0.5, a true minus sign.

The text is cut into numbers, names, operators and brackets, and put together again from nothing else; whatever is
none of these is refused with its place, before Python's grammar sees anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from course_lib.derivations.expression import MAX_DECIMALS, MAX_NUMBER, NotAFormula, parse
from course_lib.derivations.language import PRIMES, Language, about_character, about_name, plain_letters, short

#: The longest line that is read, in characters; those of the course have less than half of it.
MAX_CHARACTERS = 500
#: How deep brackets may stand in brackets, how many signs may stand before one number, how many pieces a line has.
MAX_NESTING, MAX_SIGNS, MAX_PIECES = 25, 4, 300

_WORDS = {"σ": "sigma", "sigmoid": "sigma", "ln": "log", "∑": "sum", "Σ": "sum"}
_SIGNS = {
    **dict.fromkeys("−–—‐‑", "-"),
    **dict.fromkeys("·×⋅∙•", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    "^": "**",
}
#: Functions whose power is printed before the brackets: tanh²(x).
_SQUARED = frozenset({"sinh", "cosh", "tanh", "sigma"})
_POWERS = {"²": "2", "³": "3"}
_BRACKETS = {"(": ")", "[": "]"}
_NO_COMMA = "A comma has no place here; decimals have a point, as in 0.5."
_PIECE = re.compile(
    r"(?P<space>\s+)|(?P<power_of_ten>[\d.]+[eE][-+−]?\d)|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<name>[A-Za-z_αβδλπφΦ][A-Za-z_0-9αβδλπφΦ]*['′’]?|σ['′’]?|[Σ∑])"
    r"|(?P<operator>\*\*|[-+*/^²³−–—‐‑·×⋅∙•÷∕⁄])|(?P<bracket>[()\[\],])|(?P<other>.)",
    re.ASCII | re.DOTALL,
)


class Unreadable(NotAFormula):
    """What was typed is no formula: one sentence that says what to do, and the place.

    Attributes
    ----------
    place : int or None
        The character where reading stopped, counted from 0; None where it is not one character.
    """

    def __init__(self, sentence: str, place: int | None) -> None:
        super().__init__(sentence)
        self.place = place


class TooLong(Unreadable):
    """What was typed is longer, or nested deeper, than any line of the course."""


@dataclass(frozen=True)
class _Piece:
    kind: str  # number, name, function, operator, bracket
    text: str
    place: int


def read(typed: str, language: Language) -> str:
    """Return what was typed in the course's formula language: ``parse`` reads it.

    Parameters
    ----------
    typed : str
        Anything at all.
    language : Language
        The names that may be used.

    Raises
    ------
    TooLong
        If there is too much of it.
    Unreadable
        If it is no formula: the sentence says what to do, and ``place`` where.
    """
    if len(typed) > MAX_CHARACTERS:
        raise TooLong(
            f"This line has {len(typed)} characters; at most {MAX_CHARACTERS} are read. Write it shorter.", None
        )
    start = len(typed) - len(typed.lstrip(" \t="))  # lines are shown with a leading =
    pieces = list(_pieces(typed, start, language))
    if not pieces:
        raise Unreadable("There is nothing to check yet: type what the next line could be.", None)
    if len(pieces) > MAX_PIECES:
        raise TooLong(f"This line has {len(pieces)} pieces; at most {MAX_PIECES} are read. Write it shorter.", None)
    pieces = list(_powers(pieces))
    order = _Order(language, pieces)
    for piece in pieces:
        order.take(piece)
    order.end(len(typed.rstrip()))
    pieces = list(_exponentials(pieces))
    text = "".join(piece.text for piece in pieces)
    try:
        parse(text)
    except NotAFormula as refusal:
        raise _as_typed(refusal, pieces) from None
    return text


def _as_typed(refusal: NotAFormula, pieces: Sequence["_Piece"]) -> Unreadable:
    """Return the reader's refusal with the place in what was typed, instead of that in what it was given."""
    sentence, _, where = str(refusal).partition(" (character ")
    if not where:
        return Unreadable(sentence, None)
    ends = accumulate(len(piece.text) for piece in pieces)
    at = int(where.split(")")[0]) - 1
    place = next((piece.place for piece, end in zip(pieces, ends, strict=True) if at < end), pieces[-1].place)
    return Unreadable(f"{sentence}.", place)


def _powers(pieces: Sequence["_Piece"]) -> list["_Piece"]:
    """Return the pieces with tanh**2(x), which lessons print, as (tanh(x)**2)."""
    found = list(pieces)
    for i in reversed(range(len(found) - 3)):  # from the right: what is inside the brackets comes first
        function, power, exponent, opening = found[i : i + 4]
        if function.text not in _SQUARED or power.text != "**" or not exponent.text.isdigit() or opening.text != "(":
            continue
        depths = accumulate((piece.text == "(") - (piece.text == ")") for piece in found[i + 3 :])
        end = next((j for j, depth in enumerate(depths, i + 4) if depth == 0), None)
        if end is not None:
            first, last = _Piece("bracket", "(", function.place), _Piece("bracket", ")", found[end - 1].place)
            found[i:end] = [first, function, *found[i + 3 : end], power, exponent, last]
    return found


def _exponentials(pieces: Sequence["_Piece"]) -> Iterator["_Piece"]:
    """Yield the pieces with every power of e written as exp( ... ), and e alone as exp(1)."""
    i = 0
    while i < len(pieces):
        piece, i = pieces[i], i + 1
        if piece.text != "e":
            yield piece
            continue
        exponent: Sequence[_Piece] = [_Piece("number", "1", piece.place)]
        if i < len(pieces) and pieces[i].text == "**":
            end = _end_of_exponent(pieces, i + 1)
            exponent, i = pieces[i + 1 : end], end
        yield _Piece("function", "exp", piece.place)
        yield _Piece("bracket", "(", piece.place)
        yield from _exponentials(exponent)
        yield _Piece("bracket", ")", piece.place)


def _end_of_exponent(pieces: Sequence["_Piece"], i: int) -> int:
    """Return where the exponent that begins at `i` ends: signs, one value, and its own exponent."""
    while pieces[i].text == "-":
        i += 1
    i += pieces[i].kind == "function"
    depth = 0
    while True:
        depth += (pieces[i].text in _BRACKETS) - (pieces[i].text in _BRACKETS.values())
        i += 1
        indexed = i < len(pieces) and pieces[i].text == "["
        if depth == 0 and not indexed:
            break
    return _end_of_exponent(pieces, i + 1) if i < len(pieces) and pieces[i].text == "**" else i


def _pieces(typed: str, start: int, language: Language) -> Iterator[_Piece]:
    for found in _PIECE.finditer(typed, start):
        kind, text, place = str(found.lastgroup), found[0], found.start()
        if kind == "space":
            continue
        if kind == "other":
            raise Unreadable(about_character(typed, place, language), place)
        if kind == "power_of_ten":
            raise Unreadable("Write numbers out, as in 100000 or 0.001.", place)
        if kind == "number":
            text = _number(text, place)
        elif kind == "name" and text[-1] in PRIMES and _is_primed(text[:-1], language):
            yield from _slope(text[:-1], place)
            continue
        elif kind == "name":
            text = _name(text, typed, place, language)
            kind = "function" if text in language.functions else "name"
        elif text in _POWERS:
            yield _Piece("operator", "**", place)
            kind, text = "number", _POWERS[text]
        elif kind == "operator":
            text = _SIGNS.get(text, text)
        yield _Piece(kind, text, place)


def _is_primed(name: str, language: Language) -> bool:
    return name in language.primed and f"d{name}" not in language.names


def _slope(name: str, place: int) -> Iterator[_Piece]:
    for kind, text in (("function", "D"), ("bracket", "("), ("name", name), ("bracket", ")")):
        yield _Piece(kind, text, place)


def _number(text: str, place: int) -> str:
    """Return a number as a whole one or, where it has decimals, as the fraction that it is exactly.

    Where the fraction is too long for the reader, its decimals stay; they are kept exactly too.
    """
    value = Fraction(text)
    if value > MAX_NUMBER or len(text.partition(".")[2]) > MAX_DECIMALS:
        raise Unreadable(
            f"Numbers up to {MAX_NUMBER} with at most {MAX_DECIMALS} decimals are read; write {short(text)} in "
            "another way.",
            place,
        )
    if value.denominator > MAX_NUMBER or value.numerator > MAX_NUMBER:
        return f"0{text}" if text.startswith(".") else text
    return str(value) if value.denominator == 1 else f"({value})"


def _name(name: str, typed: str, place: int, language: Language) -> str:
    stem = name.rstrip(PRIMES)
    name = plain_letters(_WORDS.get(stem, stem)) + name[len(stem) :]
    if name[-1] in PRIMES and f"d{name[:-1]}" in language.names:  # u′ is what the page shows for du
        return f"d{name[:-1]}"
    if name in language.known:
        return name
    raise Unreadable(about_name(name, typed, place, language), place)


class _Order:
    """Follows the pieces from left to right, and refuses the first that does not go with those before it."""

    def __init__(self, language: Language, pieces: Sequence[_Piece]) -> None:
        self._language = language
        self._pieces = pieces
        self._before: _Piece | None = None
        self._signs = 0
        self._open: list[_Bracket] = []

    def take(self, piece: _Piece) -> None:
        before, value_wanted = self._before, self._value_wanted()
        if before is not None and before.kind == "function" and piece.text != "(":
            if before.text == "delta" and piece.text == "[":
                inside = [after.text for after in self._pieces if after.place > piece.place][:3]
                form = f"delta({inside[0]}, {inside[2]})" if inside[1:2] == [","] and inside[2:] else "delta( ... )"
                raise Unreadable(f"delta takes round brackets: {form}.", piece.place)
            raise Unreadable(_needs_brackets(before, piece, self._language), piece.place)
        if before is not None and before.text in self._language.indexed and piece.text != "[":
            raise Unreadable(self._needs_index(before), piece.place)
        if piece.text in _BRACKETS:
            self._opens(piece, value_wanted)
        elif piece.kind in ("number", "name", "function"):
            if not value_wanted:
                raise Unreadable(_no_operator_between(before, piece), piece.place)
        elif value_wanted and piece.text == "-":
            self._signs += 1
            if self._signs > MAX_SIGNS:
                raise TooLong(f"More than {MAX_SIGNS} minus signs stand in a row; write one or none.", piece.place)
        elif value_wanted:
            raise Unreadable(
                f"Something is missing before this {'comma' if piece.text == ',' else piece.text}.", piece.place
            )
        elif piece.kind == "bracket":
            self._goes_on_or_closes(piece)
        if piece.text != "-":
            self._signs = 0
        self._before = piece

    def end(self, place: int) -> None:
        before = self._before
        if before is not None and before.kind == "function":
            raise Unreadable(_needs_brackets(before, None, self._language), place)
        if before is not None and before.text in self._language.indexed:
            raise Unreadable(self._needs_index(before), place)
        if self._value_wanted():
            raise Unreadable("The line ends too early: something is missing at its end.", place)
        if self._open:
            raise Unreadable("This bracket is never closed.", self._open[-1].piece.place)

    def _value_wanted(self) -> bool:
        before = self._before
        return before is None or before.kind == "operator" or before.text in ("(", "[", ",")

    def _needs_index(self, symbol: _Piece) -> str:
        sums = [bracket.piece for bracket in self._open if bracket.owner and bracket.owner.text == "sum"]
        if sums and (form := _with_index(self._pieces, self._pieces.index(sums[-1]) + 1, self._language)):
            return f"{symbol.text} has entries; a sum over them is typed {form}."
        return f"{symbol.text} has entries; write one of them, such as {symbol.text}[1]."

    def _opens(self, piece: _Piece, value_wanted: bool) -> None:
        owner = self._before if self._before is not None and not value_wanted else None
        if owner is not None and owner.kind != "function":
            if piece.text == "(":
                raise Unreadable(_no_operator_between(owner, piece), piece.place)
            if owner.text not in self._language.indexed:
                raise Unreadable("Write round brackets, ( and ).", piece.place)
        if piece.text == "[" and owner is None:
            raise Unreadable("Write round brackets, ( and ).", piece.place)
        self._open.append(_Bracket(piece, owner))
        if len(self._open) > MAX_NESTING:
            raise TooLong(f"Brackets stand more than {MAX_NESTING} deep; write it with fewer.", piece.place)

    def _takes(self, bracket: "_Bracket") -> tuple[int, ...]:
        name = bracket.owner.text if bracket.owner else ""
        return self._language.functions.get(name) or (self._language.indexed.get(name, 1),)

    def _goes_on_or_closes(self, piece: _Piece) -> None:
        if not self._open and piece.text == ",":
            raise Unreadable(_NO_COMMA, piece.place)
        if not self._open:
            raise Unreadable(f"No bracket is open that this {piece.text} could belong to.", piece.place)
        bracket = self._open[-1]
        takes = self._takes(bracket)
        if piece.text == ",":
            bracket.arguments += 1
            if max(takes) == 1 and bracket.owner is None:
                raise Unreadable(_NO_COMMA, piece.place)
            if bracket.arguments > max(takes):
                raise Unreadable(_takes(bracket.owner, takes, self._language), piece.place)
            return
        if _BRACKETS[bracket.piece.text] != piece.text:
            raise Unreadable(f"{_BRACKETS[bracket.piece.text]} must close first, not {piece.text}.", piece.place)
        if bracket.arguments not in takes:
            raise Unreadable(_takes(bracket.owner, takes, self._language), piece.place)
        self._open.pop()


@dataclass
class _Bracket:
    piece: _Piece
    owner: _Piece | None  # the function, or the symbol with an index, that it belongs to
    arguments: int = 1


def _needs_brackets(function: _Piece, instead: _Piece | None, language: Language) -> str:
    if instead is not None and instead.text == "**":
        return f"A power stands behind the brackets: {function.text}( ... )**2."
    if form := language.forms.get(function.text):
        return f"{function.text} needs brackets; write {form}."
    return f"{function.text} needs brackets around what it is taken of: {function.text}( ... )."


def _with_index(pieces: Sequence[_Piece], start: int, language: Language) -> str:
    """Return the sum whose brackets open before `start` with an index at each vector; nothing if that is unclear."""
    depths = accumulate((piece.text == "(") - (piece.text == ")") for piece in pieces[start:])
    end = next((i for i, depth in enumerate(depths, start) if depth < 0), len(pieces))
    if end - start > 1 and pieces[start + 1].text == ",":
        letter, start = pieces[start].text, start + 2
    else:
        letter = language.forms.get("sum", "").removeprefix("sum(").partition(",")[0]
    bare = [
        piece.text in language.indexed and after.text != "["
        for piece, after in zip(pieces[start:end], [*pieces[start + 1 : end], _Piece("", "", 0)], strict=True)
    ]
    inside = list(zip(pieces[start:end], bare, strict=True))
    if not letter or any(language.indexed[piece.text] > 1 for piece, is_bare in inside if is_bare):
        return ""
    return f"sum({letter}, {''.join(piece.text + f'[{letter}]' * is_bare for piece, is_bare in inside)})"


def _takes(owner: _Piece | None, numbers: tuple[int, ...], language: Language) -> str:
    name = owner.text if owner else "This bracket"
    what, more = ("argument", "arguments") if owner is None or owner.kind == "function" else ("index", "indices")
    form = f"; write {language.forms[name]}" if name in language.forms else ""
    return f"{name} takes {' or '.join(map(str, numbers))} {what if numbers == (1,) else more}{form}."


def _no_operator_between(before: _Piece | None, piece: _Piece) -> str:
    left, right = (before.text if before else ""), piece.text
    if right == "(" or piece.kind == "function":
        right += " ... )" if right == "(" else "( ... )"
    if left == "]":
        return (
            f"A sign is missing here; for a product write a * before {'the bracket' if piece.text == '(' else right}."
        )
    if left == ")":
        left = "( ... )"
    return f"A sign is missing here; for a product write {short(left)}*{short(right)}."
