"""How text that a learner may have written is shown in HTML and Markdown, where it must not do anything."""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup

from course_lib.grading.reports.safe_text import visible

#: Words that Markdown, an extension of it or a mathematics renderer might take for more than words.
_TO_BE_CODE = re.compile(r"[\\$@_]|://|[^\W\d_]\.[^\W\d_]")
_ACTS_ANYWHERE = re.compile(r"[*\[<&|~{]")
_ACTS_AT_THE_START = re.compile(r"[!-/:-@\[-`{-~]|\d+(?=[.)])")


@lru_cache(4096)  # most sentences are told to many
def sentence_in_html(sentence: str, longest: int = 2000) -> Markup:
    """Return a sentence as HTML: escaped, and what stands between backticks is code, as on the card of `check`."""
    pieces = escape(visible(sentence, longest)).split("`")
    return Markup("".join(f"<code>{p}</code>" if i % 2 and p else p for i, p in enumerate(pieces)))  # escaped above


@lru_cache(4096)
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
