"""A step of each notebook: a link to the glossary carries the term's meaning, shown where the pointer rests.

So a learner need not leave the sentence to know the word; whoever wants more follows the link. Authors write
the link only: the meaning stands once, in lesson 00.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

_SOURCE = Path("sources", "lessons", "00_start_here.md")
_TERM = re.compile(r"^### (?P<term>.+)\n+(?P<meaning>(?:(?!#).+\n?)+)", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<target>(?:[./]*(?:notebooks/)?00_start_here\.ipynb)?#(?P<anchor>[\w-]+))\)")
_WHERE_MORE = re.compile(r",? ?\(\[lesson[^)]*\)[^)]*\)")  # '([lesson 01](01_slopes.ipynb), going further)'


def explain_terms(notebook: Any, course: Path) -> Any:
    """Write beside each link to a term of the glossary what the term means.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place, and returned.
    course : Path
        The folder that holds ``sources/``; without a lesson 00 there is no glossary, and nothing changes.
    """
    source = course / _SOURCE
    terms = glossary(source) if source.exists() else {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _LINK.sub(lambda link: _explained(link, terms), cell["source"])
    return notebook


@cache
def glossary(source: Path) -> dict[str, str]:
    """Return the meaning of each term in plain words, by the anchor of its heading: 'Pre-activation'."""
    _, _, text = source.read_text(encoding="utf-8").partition("\n## Glossary\n")
    return {m["term"].strip().replace(" ", "-"): plain(m["meaning"]) for m in _TERM.finditer(text)}


def plain(markdown: str) -> str:
    """Return a sentence without links, emphasis and signs of LaTeX, fit to stand between double quotes.

    >>> plain("It has *no* slope, like $|x|$ at 0 ([lesson 01](01_slopes.ipynb)).")
    'It has no slope, like |x| at 0.'
    """
    text = _WHERE_MORE.sub("", " ".join(markdown.split()))
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = text.replace("\\partial", "∂").replace('"', "'")
    return re.sub(r"[${}*`\\]", "", text)


def _explained(link: re.Match[str], terms: dict[str, str]) -> str:
    meaning = terms.get(link["anchor"])
    return f']({link["target"]} "{meaning}")' if meaning else link[0]
