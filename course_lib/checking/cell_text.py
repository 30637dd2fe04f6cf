"""Reads the text of a notebook's cell as Python, where it holds more: magics, shell commands, questions, prompts."""

import ast
import re

# `%matplotlib inline`, `!pip install x`, `?np.exp`, `files = !ls`; and `np.exp?`.
_COMMAND = re.compile(r"([ \t]*)([\w., \t]+=[ \t]*(?=[%!]))?(?:[%!?].*|[\w.%*()\[\]]+\?\??[ \t]*)")
_INDENT = re.compile(r"[ \t]*")
_PROMPT = re.compile(r"^(?:>>>|\.\.\.)(?: |$)", re.MULTILINE)


def python_in(source: str) -> str:
    """Return what of a cell's text is Python, line for line, so that its line numbers stay.

    Only lines at which Python stops are replaced: a line that begins with % may be the rest of an expression.

    Parameters
    ----------
    source : str
        The text of the cell.

    Raises
    ------
    SyntaxError
        If it is no Python even so.
    """
    text = _at_the_margin(source.replace("\r\n", "\n"))
    lines = text.split("\n")
    while True:
        try:
            ast.parse(text)
        except SyntaxError as error:
            at = (error.lineno or 0) - 1
            command = _COMMAND.fullmatch(lines[at]) if 0 <= at < len(lines) else None
            if command is None:
                raise
            while lines[at].endswith("\\") and at + 1 < len(lines):
                lines[at] = ""
                at += 1
            indent, stored = command.groups()
            lines[(error.lineno or 0) - 1] = f"{indent}{stored}None" if stored else f"{indent}pass"
            if at != (error.lineno or 0) - 1:
                lines[at] = ""
            text = "\n".join(lines)
        else:
            return text


def _at_the_margin(source: str) -> str:
    """Return it without prompts, and without the indentation that the whole cell has."""
    if source.lstrip().startswith(">>>"):
        source = _PROMPT.sub("", source)
    first = source.lstrip("\n")
    indent = _INDENT.match(first)
    if indent is None or not indent[0]:
        return source
    return "\n".join(line.removeprefix(indent[0]) for line in source.split("\n"))
