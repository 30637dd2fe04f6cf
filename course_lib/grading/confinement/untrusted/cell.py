"""Runs an answer's cell as a notebook would, and finds its function."""

import __future__

import ast
import linecache
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import check
from course_lib.checking.cell_text import python_in
from course_lib.checking.deadline import TimeIsUp, deadline
from course_lib.checking.errors import sentence_on
from course_lib.grading.confinement.untrusted.plain import is_plain

#: An answer with fewer nodes in its syntax tree is bound to look like others.
TRIVIAL = 12
#: Seconds that all that stands in a cell may take, such as a learner's own slow tests; then each statement has less.
PATIENCE, LESS = 1.0, 0.05
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
    plain : bool
        Whether it leaves nothing behind that another answer could meet.
    """

    function: Any = None
    sentence: str = ""
    fingerprint: str = ""
    plain: bool = False


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
    defining = [cell for cell in read if isinstance(cell, _Cell) and _definition(cell.tree, name)]
    if not defining and len(read) > 1:
        return Loaded(sentence=f"No cell defines a function {name}.")
    cell = defining[-1] if defining else read[0]
    if isinstance(cell, str):
        return Loaded(sentence=cell)
    plain = is_plain(cell.tree)  # looked at before anything of it has run
    namespace = {"__name__": "__main__", "np": np, "math": math, "check": check, **given}
    trouble = _run(cell, name, namespace)
    if name in namespace:
        return Loaded(namespace[name], fingerprint=_fingerprint(cell.tree, name), plain=plain)
    return Loaded(sentence=trouble or f"There is no function {name} in its cell.", plain=plain)


@dataclass(frozen=True)
class _Cell:
    source: str
    tree: ast.Module


def _read(source: str) -> _Cell | str:
    """Return the cell, or a sentence on why Python can't read it."""
    try:
        return _Cell(*python_in(source, _FILE))
    except SyntaxError as error:
        line = (error.text or "").strip()[:120]
        where = f" in the line `{line}`" if line else ""
        return f"Python can't read this cell: {error.msg}{where}."
    except (RecursionError, MemoryError, ValueError):
        return "Python can't read this cell: it is nested too deeply, or has characters that no code has."


def _run(cell: _Cell, name: str, namespace: dict[str, Any]) -> str:
    """Run statement by statement, so that one that fails costs only itself; return why `name` is not there.

    Annotations are not evaluated: they cost nobody an answer.
    """
    shown = (len(cell.source), None, cell.source.splitlines(keepends=True), _FILE)
    linecache.cache[_FILE] = shown
    failed: dict[str, str] = {}
    end = time.monotonic() + PATIENCE
    for statement in _pieces(cell.tree):
        try:
            flags = __future__.annotations.compiler_flag
            code = compile(ast.Module([statement], []), _FILE, "exec", flags, dont_inherit=True)
            with deadline(max(LESS, end - time.monotonic())):
                exec(code, namespace)
        except BaseException as error:  # SystemExit too
            sentence = _why(error, failed)
            failed |= dict.fromkeys(_names_bound(statement), sentence)
            failed.setdefault("", sentence)
    linecache.cache[_FILE] = shown
    sentence = failed.get(name) or failed.get("", "")
    return f"Its cell fails before the function is there. {sentence}" if sentence else ""


def _pieces(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements; of one that imports several modules each import, since one may not be there."""
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            yield from (ast.copy_location(ast.Import([alias]), statement) for alias in statement.names)
        else:
            yield statement


def _why(error: BaseException, failed: Mapping[str, str]) -> str:
    """Return a sentence on what failed; where only a name is missing, on why that is."""
    if isinstance(error, TimeIsUp):
        return "It was stopped because it takes too long: is there a loop that never ends, or does it wait?"
    if isinstance(error, NameError) and error.name and error.name in failed:
        return failed[error.name]
    # Without the frame of this module, whose lines are not the learner's.
    return sentence_on(error.with_traceback(error.__traceback__ and error.__traceback__.tb_next))


def _names_bound(statement: ast.stmt) -> set[str]:
    names = set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add(other or name.split(".")[0])
    return names


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
    # Not hashlib, which loads all of OpenSSL: a generator takes its beginning from a digest of the text as well.
    return f"{random.Random(text.encode('utf-8', 'replace')).getrandbits(128):032x}"
