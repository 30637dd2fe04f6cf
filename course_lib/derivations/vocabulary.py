"""What a learner may write in a line: the names of a derivation, and how a limit, a sum or a slope is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from course_lib.derivations.derivation import Derivation
from course_lib.derivations.expression import Apply, Expression, NotAFormula, Symbol, parse
from course_lib.derivations.points import Letters, letters, written
from course_lib.derivations.tree import LIMITS, free_names, walk

_SIDES = {"lim": "", "lim_right": " from above", "lim_left": " from below"}


@dataclass(frozen=True)
class Word:
    """Something that may be typed.

    Attributes
    ----------
    write : str
        How it is typed: ``"x"``, ``"z[k]"``, ``"lim(formula, h)"``.
    means : str
        What that means, to be read behind it: ``"for h → 0"``; empty where it is plain.
    """

    write: str
    means: str = ""

    @property
    def name(self) -> str:
        """What is typed without the brackets of a function."""
        return self.write if "=" in self.write else self.write.partition("(")[0]


def vocabulary(derivation: Derivation, line: int) -> list[Word]:
    """Return what a learner may use in the line after `line`, without what only the next line will tell."""
    known, named = letters(derivation), derivation.local_names(line - 1)
    by_name = _by_name(derivation, known, named)
    functions = [word for name in known.functions for word in by_name.get(name, [Word(name)])]
    lesson = [Word(f"{name} = {meaning}") for name, meaning in derivation.names.items()]
    return [*map(Word, [*derivation.variables, *known.vectors.values()]), *functions, *lesson, *map(Word, named)]


def forms(derivation: Derivation) -> dict[str, str]:
    """Return how each function that takes more than a formula is typed, for whoever typed it otherwise."""
    known = letters(derivation)
    words = {name: words[0] for name, words in _by_name(derivation, known, ()).items() if words and name != "D"}
    return {
        name: f"{word.write}, which means {word.means.removeprefix('for ')}" if name in LIMITS else word.write
        for name, word in words.items()
    }


def _by_name(derivation: Derivation, known: Letters, named: Sequence[str] | Mapping[str, str]) -> dict[str, list[Word]]:
    """Return how the functions with letters in them are written, each with the letters of this derivation."""
    pieces = [piece for step in derivation.steps for piece in walk(parse(step.expression))]
    slopes = [piece.args[1] for piece in pieces if isinstance(piece, Apply) and piece.op == "D"]
    by_local = [name for name in named if Symbol(name) in slopes]
    by_x = Word("D(formula)", "with respect to x" if by_local else "")
    found = {"D": [by_x] if Symbol("x") in slopes or not slopes else []}
    found["D"] += [Word(f"D(formula, {name})", f"with respect to {name}") for name in by_local]
    for piece in pieces:
        match piece:
            case Apply("P", (_, variable)):
                found.setdefault("P", [Word(f"P(formula, {written(variable)})")])
            case Apply(op, (_, Symbol(letter))) if op in LIMITS:
                found.setdefault(op, [Word(f"{op}(formula, {letter})", f"for {letter} → 0{_SIDES[op]}")])
    summed = [letter for letter, binder in known.bound.items() if binder == "sum"]
    if summed:
        found["sum"] = [Word(f"sum({letter}, formula)") for letter in summed]
    if "delta" in known.functions:  # the letters are left to the learner: they may be all of the next line
        found["delta"] = [Word("delta(one index, another)", "which is 1 where the two are equal, else 0")]
    return found


def refuse_loose(line: Expression, known: Letters, derivation: Derivation, local: Mapping[str, object]) -> None:
    """Refuse a letter that has a meaning inside a limit or a sum only, where it stands outside.

    Raises
    ------
    NotAFormula
        With the letter, and where it may stand.
    """
    elsewhere = {*derivation.variables, *known.indices, *known.terms, *local}
    for letter, binder in known.bound.items():
        if letter in free_names(line) - elsewhere:
            inside = f"sum({letter}, …)" if binder == "sum" else f"{binder}(…, {letter})"
            raise NotAFormula(f"{letter} lives only inside {inside}.")
    if Symbol("x") in walk(line) and "x" not in elsewhere:  # typed alone it is no name, so it comes from a D
        by = f"; write {form}" if (form := forms(derivation).get("P")) else ""
        raise NotAFormula(f"D( ... ) is the slope with respect to x, on which nothing here depends{by}.")


def about_slopes(text: str, derivation: Derivation, local: Mapping[str, Expression]) -> str:
    """Return what a bare D( ... ) in `text`, a line that is not equal, may have been meant to be; or nothing."""
    pieces = [piece for step in derivation.steps for piece in walk(parse(step.expression))]
    slopes = [piece.args[1] for piece in pieces if isinstance(piece, Apply) and piece.op == "D"]
    partial = next((p.args[1] for p in pieces if isinstance(p, Apply) and p.op == "P"), None)
    for inside in _bare_slopes(text):
        tree = parse(inside)
        names = free_names(tree)
        (name, *others) = sorted(names) or [""]
        if not isinstance(tree, Symbol) and not others and name in local and Symbol(name) in slopes:
            return f"D({inside}) is the slope with respect to x; for {name} write D({inside}, {name})."
        if partial is not None and Symbol("x") not in slopes:
            by = written(partial)
            return f"D({inside}) is the slope with respect to x; for {by} write P({inside}, {by})."
    return ""


def slopes_of_a_whole(text: str) -> list[tuple[str, str]]:
    """Return each function of a formula, with the formula, whose slope with respect to x is typed in `text`."""
    found = []
    for inside in _bare_slopes(text):
        match parse(inside):
            case Apply(op, (at,)) if inside.startswith(f"{op}(") and not isinstance(at, Symbol):
                found.append((op, inside.removeprefix(f"{op}(").removesuffix(")")))
    return found


def _bare_slopes(text: str) -> Iterator[str]:
    """Yield what stands in each D( ... ) of `text` that names no variable."""
    for start in (i + 2 for i in range(len(text)) if text.startswith("D(", i)):
        depth, commas = 0, 0
        for end in range(start, len(text)):
            if text[end] in ")]" and depth == 0:
                if not commas:
                    yield text[start:end]
                break
            depth += (text[end] in "([") - (text[end] in ")]")
            commas += text[end] == "," and depth == 0
