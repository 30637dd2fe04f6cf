"""Text that a submission chose, made fit to be shown: no control characters, and not too long."""

import unicodedata
import zlib

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def printable(text: str, longest: int = 60) -> str:
    r"""Return the text without what could disturb a terminal, a page or a line of a report.

    Control and bidirectional characters, halves of surrogate pairs and line ends are replaced. What is too long is
    shortened, and ends in a few digits that depend on the whole, so that two long texts stay two.

    Examples
    --------
    >>> printable("ada\x1b[2J"), len(printable("a" * 1000))
    ('ada�[2J', 60)
    """
    end = ""
    if len(text) > longest:
        end = f"…{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
    shown = text[: longest - len(end)] + end
    return shown if shown.isascii() and shown.isprintable() else "".join(map(_shown, shown))


def _shown(character: str) -> str:
    hidden = unicodedata.category(character)[0] == "C" or unicodedata.category(character) in ("Zl", "Zp")
    return _REPLACEMENT if hidden else character
