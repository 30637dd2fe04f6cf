"""The names that a typed line may use, and what is said of what is none of them: sech(x), S_k, dx/dx, sigma'(2*x).

These are habits from paper and from other programs. Whoever has one is told how the same is typed here.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from course_lib.derivations.tree import LIMITS

PRIMES = "'′’"
#: Greek letters that are read in a name, wherever they stand in it.
GREEK = {"α": "alpha", "β": "beta", "δ": "delta", "λ": "lambd", "π": "pi", "φ": "phi", "Φ": "Phi"}
#: Functions that are known from elsewhere, each with what it is made of here, and how.
_MADE_OF = {
    "sech": ("cosh", "For sech(x) write 1/cosh(x), and for its square 1/cosh(x)**2."),
    "csch": ("sinh", "For csch(x) write 1/sinh(x)."),
    "coth": ("tanh", "For coth(x) write 1/tanh(x)."),
}
_ENTRY = r"[A-Za-zαβλ]\w*(?:\s*\[[^\[\]]{1,20}\])?"
_BY = re.compile(rf"[d∂]\s*(?P<of>{_ENTRY}|\([^()]+\))?\s*/\s*[d∂]\s*(?P<by>{_ENTRY})\s*(?P<then>{_ENTRY}(?!\s*\())?")
_OF = re.compile(r"\s*\((?P<of>[^()]+)\)")


@dataclass(frozen=True)
class Language:
    """The names that a line may use.

    Attributes
    ----------
    names : collection of str
        Symbols: x, u, y.
    functions : mapping
        Functions, each with the numbers of arguments that it takes.
    indexed : mapping
        Symbols that carry indices in square brackets, such as z[j], each with their number.
    listed : sequence of str
        What is said to whoever uses another name.
    forms : mapping
        How functions with letters in them are written: ``{"lim": "lim(formula, h), which means h → 0"}``.
    primed : mapping
        Names whose slope may be written with a prime, u' for D(u), each with what it stands for.
    """

    names: Collection[str]
    functions: Mapping[str, tuple[int, ...]]
    indexed: Mapping[str, int]
    listed: Sequence[str]
    forms: Mapping[str, str] = field(default_factory=dict)
    primed: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> list[str]:
        """Every name that is read."""
        return [*self.names, *self.indexed, *self.functions, "e"]


def about_name(name: str, typed: str, place: int, language: Language) -> str:
    """Return what is said of `name`, which stands in `typed` at `place` and is none of the language's."""
    if name[-1] in PRIMES:
        return _about_prime(name[:-1], re.split(f"[{PRIMES}]", typed[place:], maxsplit=1)[1], language)
    if parts := run_together(name, language):
        return f"For a product write {'*'.join(parts)}, with a *."
    made_of, sentence = _MADE_OF.get(name, ("", ""))
    if made_of in language.functions:
        return sentence
    said = _about_delta(name, language) or _about_index(name, language) or about_quotient(typed, place, language)
    if said or (said := _about_s(name, language)):
        return said
    known = [*(word for word in language.known if word != "pi"), "sigmoid", "ln"]  # i is no misspelt pi
    near = get_close_matches(name, known, n=1, cutoff=0.6) if len(name) < 30 else []
    mend = f"did you mean {near[0]}?" if near else f"there are: {', '.join(language.listed)}."
    return f"{short(name)} is not a name in this derivation; {mend}"


def run_together(name: str, language: Language) -> list[str]:
    """Return the names of which `name` is made without a sign between them, as in alphax; else nothing."""
    names = sorted((re.escape(known) for known in language.names), key=len, reverse=True)
    if not names or len(name) > 10 or not re.fullmatch(f"(?:{'|'.join(names)})+", name):
        return []
    parts = re.findall("|".join(names), name)
    return parts if 1 < len(parts) <= 4 and "".join(parts) == name else []


def _about_prime(name: str, behind: str, language: Language) -> str:
    """Return how the slope of `name`, a function or else, is typed; `behind` is what follows the prime."""
    if parts := run_together(name, language):
        return f"For a product write {'*'.join(parts)}', with a *."
    of = _OF.match(behind)
    if of is None or language.functions.get(name) != (1,):
        return f"For a slope write D( ... ), not {short(name)}'."
    at = of["of"].strip()
    if at == "x":
        return f"For {name}'(x) write D({name}(x))."
    if at in language.primed:
        return f"For {name}'({at}) write D({name}({at}), {at})."
    if at.isidentifier() and at not in language.names:
        return "For a slope write D( ... ), without a prime."
    taken = short(f"{name}'({at})")
    return f"For {taken} write {slope_at(name, at, language.primed)}."


def slope_at(function: str, at: str, local: Mapping[str, str]) -> str:
    """Return how the slope of `function`, taken at a formula, is typed; `local` names may stand for it."""
    bare = "".join(at.split())
    name = next((name for name, meaning in local.items() if "".join(meaning.split()) == bare), "")
    form = f"D({function}({name}), {name}), where {name} = {at}" if name else f"D({function}({at}))/D({at})"
    return f"{form}; D({function}({at})) is the slope of the whole with respect to x"


def _about_delta(name: str, language: Language) -> str:
    found = re.fullmatch(r"delta_?([a-z0-9])([a-z0-9])|delta_", name)
    if found is None or "delta" not in language.functions:
        return ""
    form = f"delta({found[1]}, {found[2]})" if found[1] else language.forms.get("delta", "delta(one index, another)")
    return f"delta takes round brackets: {form}."


def _about_index(name: str, language: Language) -> str:
    entry = _entry(name, language)
    return f"An index goes in square brackets: {entry}." if entry else ""


def _entry(name: str, language: Language) -> str:
    """Return `name`, such as S_k, z1 or Wij, as the entry that it may be meant to be; else nothing."""
    for vector in sorted(language.indexed, key=len, reverse=True):
        places = name.removeprefix(vector).removeprefix("_")
        if not name.startswith(vector) or not all(p.isdigit() or p in language.names for p in places):
            continue
        if len(places) == language.indexed[vector]:
            return f"{vector}[{', '.join(places)}]"
        return next((word for word in language.listed if word.startswith(f"{vector}[")), "")
    return ""


def about_quotient(typed: str, place: int, language: Language) -> str:
    """Return how a slope that is typed as a quotient of differentials, from `place` on, is typed here."""
    if found := _BY.match(typed, place):
        by = _plain(found["by"], language)
        of = _plain(found["of"] or found["then"] or "formula", language)
        if by.partition("[")[0] in language.known:
            return f"A slope is typed {_slope(of, by, language)}."
    behind = re.match(rf"[d∂]\s*({_ENTRY})", typed[place:])
    if behind and (by := _plain(behind[1], language)).partition("[")[0] in language.known:
        if typed[:place].rstrip().endswith("/"):
            return f"A slope is typed {_slope('formula', by, language)}."
        form = language.forms.get("P", f"D({by})")
        return f"d{by} is not a name in this derivation; a slope is typed {form}."
    return ""


def _slope(of: str, by: str, language: Language) -> str:
    if by == "x" and by in language.names:
        return f"D({of})"
    return f"{'P' if 'P' in language.functions and by not in language.primed else 'D'}({of}, {by})"


def _plain(text: str, language: Language) -> str:
    text = plain_letters("".join(text.strip("() ").split()).replace(",", ", "))
    return text if text in language.known else _entry(text, language) or text


def plain_letters(text: str) -> str:
    """Return `text` with Greek letters spelled out."""
    return "".join(GREEK.get(letter, letter) for letter in text)


def _about_s(name: str, language: Language) -> str:
    here = next((word for word in language.listed if "=" in word), "")
    if name != "s" or not here:
        return ""
    mend = f"write sigma(x), or {here}" if "sigma" in language.functions else here
    return f"s stands for sigma(x) only in lesson 03; here {mend}."


def about_character(typed: str, place: int, language: Language) -> str:
    """Return what is said of the character at `place`, which stands in no formula."""
    character = typed[place]
    if character == "=":
        return "Type one side only, without an equals sign."
    if character in "{}":
        return "Write round brackets, ( and )."
    if character == "√":
        return "For a square root write sqrt( ... )."
    if character in PRIMES:
        return "For a slope write D( ... ), without a prime."
    if character == "∂" and (said := about_quotient(typed, place, language)):
        return said
    if character in ">→" and (limit := next((form for name, form in language.forms.items() if name in LIMITS), "")):
        return f"For a limit write {limit}."
    if character == "|":
        return "Bars are not read; for an absolute value write abs( ... )."
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    if "subscript" in name and (entry := next((word for word in language.listed if "[" in word), "")):
        return f"An index goes in square brackets: {entry}."
    if character.isdecimal():
        return "Write numbers with the digits 0 to 9."
    if character.isprintable() and ord(character) < 128:
        return f"{character} is not used in formulas; leave it out."
    if not character.isprintable():
        return f"An invisible character stands here (U+{ord(character):04X}); delete it."
    return f"This is '{name}', which formulas do not use; type it on the keyboard as a plain letter or sign."


def short(text: str) -> str:
    """Return `text`, or its beginning where it is long."""
    return text if len(text) <= 24 else f"{text[:20]}..."
