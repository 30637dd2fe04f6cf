"""Makes a text of an untrusted source fit to be shown."""

import re

#: Characters of such a text that are kept.
LONGEST = 600

# A number with so many digits can only be an input that was drawn: what is asked is not to be read in a report.
_LONG_NUMBER = re.compile(r"(\d*\.\d{4})\d{2,}")


def plain(text: str) -> str:
    r"""Return `text` on one line: without control characters, without direction marks, numbers cut to four decimals.

    Examples
    --------
    >>> plain("at 3.14159265358979\x1b[2J")
    'at 3.1415…�[2J'
    """
    shown = "".join(
        c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text[: 2 * LONGEST]
    )
    cut = _LONG_NUMBER.sub("\\1\N{HORIZONTAL ELLIPSIS}", " ".join(shown.split()))
    return cut if len(cut) <= LONGEST else f"{cut[:LONGEST]}\N{HORIZONTAL ELLIPSIS}"
