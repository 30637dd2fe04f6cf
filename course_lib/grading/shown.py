"""How text that a learner may have written is shown: all of it can be seen, and none of it does anything.

Whoever reads feedback opens it in a browser, a terminal, an editor or a spreadsheet. In each of them some
characters act instead of being read; here they become signs that stand for them.
"""

import re
import unicodedata
from html import escape

from markupsafe import Markup

#: Controls, what turns the direction of writing, surrogates, and what no font shows.
_UNSEEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNSEEN = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810)}
_UNSEEN |= {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}  # they choose a variant of the character before
#: As many as any script puts on one letter; more of them climb over the lines above.
_MARKS_ON_A_LETTER = 4

#: Words that Markdown, an extension of it or a mathematics renderer might take for more than words.
_TO_BE_CODE = re.compile(r"[\\$@_]|://|[^\W\d_]\.[^\W\d_]")
_ACTS_ANYWHERE = re.compile(r"[*\[<&|~{]")
_ACTS_AT_THE_START = re.compile(r"[!-/:-@\[-`{-~]|\d+(?=[.)])")


def visible(text: str, longest: int | None = None) -> str:
    """Return text in one line in which every character can be seen.

    Parameters
    ----------
    text : str
        From anywhere. An escape character becomes ␛, a line break ␊, a zero-width space ⟨U+200B⟩.
    longest : int, optional
        How many characters it may have; the rest is left out, and an ellipsis says so.
    """
    if longest is not None and len(text) > longest:
        text = text[: longest - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    shown, marks = [], 0
    for character in text:
        kind = unicodedata.category(character)
        marks = marks + 1 if kind[0] == "M" else 0
        if kind in _UNSEEN_KINDS or ord(character) in _UNSEEN or marks > _MARKS_ON_A_LETTER:
            character = _sign(ord(character))
        shown.append(character)
    return "".join(shown)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def sentence_in_html(sentence: str, longest: int = 2000) -> Markup:
    """Return a sentence as HTML: escaped, and what stands between backticks is code, as on the card of `check`."""
    pieces = escape(visible(sentence, longest)).split("`")
    return Markup("".join(f"<code>{p}</code>" if i % 2 and p else p for i, p in enumerate(pieces)))  # escaped above


def in_markdown(text: str, longest: int = 2000) -> str:
    """Return text as Markdown that shows it, whatever the renderer: no link, image, heading, list, table or HTML.

    What stands between backticks stays code. Words that some renderer makes links or mathematics of, such as
    addresses, become code: a backslash alone does not stop all of them.
    """
    written = ""
    for number, piece in enumerate(visible(text, longest).split("`")):
        if number % 2:
            code = piece.strip()
            written += (" " if written.endswith("`") else "") + f"`{code}`" if code else ""
            continue
        words = " ".join(_word(word) for word in re.split(r"\s+", piece))
        glued = written.endswith("`") and words.startswith("`")
        written += f" {words}" if glued else words
    written = written.strip()
    if written.startswith("`"):
        return written
    start = _ACTS_AT_THE_START.match(written)
    if start is None or start[0] == "\\":
        return written
    at = start.end() if start[0].isdigit() else 0
    return f"{written[:at]}\\{written[at:]}"


def _word(word: str) -> str:
    if _TO_BE_CODE.search(word):
        bare = word.rstrip(".,;:!?") or word
        return f"`{bare}`{word[len(bare) :]}"
    return _ACTS_ANYWHERE.sub(r"\\\g<0>", word)
