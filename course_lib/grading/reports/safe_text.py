"""Text that a submission chose, made fit to be shown: all of it can be seen, and it is not too long.

Whoever reads a report opens it in a browser, a terminal, an editor or a spreadsheet. In each of them some characters
act instead of being read; here they become signs that stand for them.
"""

import re
import unicodedata
import zlib

#: Controls, what turns the direction of writing, surrogates, and what no font shows.
_UNSEEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNSEEN = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810)}
_UNSEEN |= {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}  # they choose a variant of the character before
#: As many as any script puts on one letter; more of them climb over the lines above.
_MARKS_ON_A_LETTER = 4
# A number with so many digits can only be an input that was drawn, or computed of one.
_LONG_NUMBER = re.compile(r"(\d*\.\d{4})\d{2,}")


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


def shortened_name(name: str, longest: int = 60) -> str:
    r"""Return a name in one line in which every character can be seen.

    What is too long is shortened, and ends in a few digits that depend on the whole, so that two long names stay two.

    Examples
    --------
    >>> shortened_name("ada\x1b[2J"), len(shortened_name("a" * 1000))
    ('ada␛[2J', 60)
    """
    end = ""
    if len(name) > longest:
        end = f"…{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}"
    return visible(name[: longest - len(end)] + end)


def without_long_numbers(text: str, longest: int = 600) -> str:
    """Return a text on one line, its numbers cut to four decimals: what is asked is not to be read in a report.

    Examples
    --------
    >>> without_long_numbers("at 3.14159265358979")
    'at 3.1415…'
    """
    if not text:
        return text
    return _LONG_NUMBER.sub("\\1…", visible(" ".join(text.split()), longest))
