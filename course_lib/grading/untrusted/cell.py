"""Runs an answer's cell as a notebook would, and finds its function."""

import ast
import hashlib
import linecache
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import check
from course_lib.checking.errors import sentence_on

#: An answer with fewer nodes in its syntax tree is bound to look like others.
TRIVIAL = 12
_FILE = "<answer>"


@dataclass(frozen=True)
class Loaded:
    """What an answer's cell gave.

    Attributes
    ----------
    function : object
        What has the function's name; None where nothing has.
    sentence : str
        Why there is none.
    fingerprint : str
        The same for the same syntax tree; empty for a trivial one.
    """

    function: Any = None
    sentence: str = ""
    fingerprint: str = ""


def load(name: str, candidates: Sequence[str], given: Mapping[str, Callable[..., Any]]) -> Loaded:
    """Run the cell that defines `name`, and return what it defined.

    Parameters
    ----------
    name : str
        The name of the function.
    candidates : sequence of str
        The texts of cells of which one may define it: the last that does is taken.
    given : mapping
        What the exercise hands in by name, beside numpy and math.
    """
    read = [_read(source) for source in candidates]
    defining = [tree for tree in read if isinstance(tree, ast.Module) and _definition(tree, name)]
    if not defining and len(read) > 1:
        return Loaded(sentence=f"No cell defines a function {name}.")
    tree = defining[-1] if defining else read[0]
    if isinstance(tree, str):
        return Loaded(sentence=tree)
    namespace = {"__name__": "__main__", "np": np, "math": math, "check": check, **given}
    trouble = _run(tree, namespace)
    if name in namespace:
        return Loaded(namespace[name], fingerprint=_fingerprint(tree, name))
    return Loaded(sentence=trouble or f"There is no function {name} in its cell.")


def _read(source: str) -> ast.Module | str:
    """Return the syntax tree, or a sentence on why there is none."""
    plain = "\n".join("" if line.startswith(("%", "!", "?")) else line for line in source.split("\n"))
    linecache.cache[_FILE] = (len(plain), None, plain.splitlines(keepends=True), _FILE)
    try:
        return ast.parse(plain, _FILE)
    except SyntaxError as error:
        line = (error.text or "").strip()[:120]
        where = f" in the line `{line}`" if line else ""
        return f"Python can't read this cell: {error.msg}{where}."
    except (RecursionError, MemoryError, ValueError):
        return "Python can't read this cell: it is nested too deeply, or has characters that no code has."


def _run(tree: ast.Module, namespace: dict[str, Any]) -> str:
    """Run statement by statement, so that one that fails costs only itself; return the first trouble."""
    source = "".join(linecache.getlines(_FILE))
    trouble = ""
    for statement in tree.body:
        try:
            exec(compile(ast.Module([statement], []), _FILE, "exec"), namespace)
        except BaseException as error:  # SystemExit too
            trouble = trouble or f"Its cell fails before the function is there. {sentence_on(error)}"
    linecache.cache[_FILE] = (len(source), None, source.splitlines(keepends=True), _FILE)
    return trouble


def _definition(tree: ast.Module, name: str) -> ast.stmt | None:
    """Return the last statement at the top of the cell that gives `name` its meaning."""
    for statement in reversed(tree.body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and statement.name == name:
            return statement
        stored = (n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        if isinstance(statement, ast.Assign | ast.AnnAssign) and name in stored:
            return statement
    return None


def _fingerprint(tree: ast.Module, name: str) -> str:
    definition = _definition(tree, name)
    if not isinstance(definition, ast.FunctionDef):
        return ""
    body = definition.body[1:] if ast.get_docstring(definition) is not None else definition.body
    if sum(1 for statement in body for _ in ast.walk(statement)) < TRIVIAL:
        return ""
    text = "\n".join(ast.dump(statement) for statement in body)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
