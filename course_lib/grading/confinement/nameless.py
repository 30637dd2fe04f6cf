"""The functions that are handed to answers, without their names: `nearly_cosine` says by itself that it is no slope."""

import ast
import functools
import inspect
from collections.abc import Mapping

from course_lib.checking.functions import FUNCTIONS


@functools.cache
def needed(name: str) -> tuple[str, ...]:
    """Return the functions of the table that must be there for `name`: what it calls first, itself last."""
    called = [n for n in FUNCTIONS[name].__code__.co_names if n in FUNCTIONS]
    return (*(n for each in called for n in needed(each)), name)


def source(name: str, names: Mapping[str, str]) -> str:
    """Return the source of a function of the table under another name, without its docstring.

    Parameters
    ----------
    name : str
        Its name in the table.
    names : mapping
        The other names: its own, and those of the functions that it calls.
    """
    (function,) = ast.parse(inspect.getsource(FUNCTIONS[name])).body
    assert isinstance(function, ast.FunctionDef)
    function.name, function.body = names[name], function.body[1:]
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return ast.unparse(function)
