"""Reads the text of a notebook's cell as Python, where it holds more: magics, shell commands, questions, prompts."""

import ast
import re

# `%matplotlib inline`, `!pip install x`, `?np.exp`, `files = !ls`; and `np.exp?`.
_COMMAND = re.compile(r"([ \t]*)([\w., \t]+=[ \t]*(?=[%!]))?(?:[%!?].*|[\w.%*()\[\]]+\?\??[ \t]*)")
_INDENT = re.compile(r"[ \t]*")
_PROMPT = re.compile(r"^(?:>>>|\.\.\.)(?: |$)", re.MULTILINE)


def python_in(source: str, file: str = "<cell>") -> tuple[str, ast.Module]:
    """Return what of a cell's text is Python, with as many lines as the text has, and its syntax tree.

    Only lines at which Python stops are replaced: one that begins with % may be the rest of an expression.

    Parameters
    ----------
    source : str
        The text of the cell.
    file : str
        What the cell is called in messages of Python's.

    Raises
    ------
    SyntaxError
        If the rest is no Python either.
    """
    lines = _at_the_margin(source.replace("\r\n", "\n")).split("\n")
    while True:
        text = "\n".join(lines)
        try:
            tree = ast.parse(text, file)
        except SyntaxError as error:
            at = (error.lineno or 0) - 1
            command = _COMMAND.fullmatch(lines[at]) if 0 <= at < len(lines) else None
            if command is None:
                raise
            end = next((i for i in range(at, len(lines)) if not lines[i].endswith("\\")), len(lines) - 1)
            indent, stored = command.groups()
            lines[at : end + 1] = [f"{indent}{stored}None" if stored else f"{indent}pass", *[""] * (end - at)]
        else:
            return text, tree


def _at_the_margin(source: str) -> str:
    """Return it without prompts, and without the indentation that the whole cell has."""
    if source.lstrip().startswith(">>>"):
        source = _PROMPT.sub("", source)
    indent = _INDENT.match(source.lstrip("\n"))
    if indent is None or not indent[0]:
        return source
    return "\n".join(line.removeprefix(indent[0]) for line in source.split("\n"))
