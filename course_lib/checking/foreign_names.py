"""Finds the names that an answer uses and a grader does not have.

For a grade each answer cell runs alone, with numpy as ``np``, ``math``, and what its exercise hands in by name
(``Exercise.given``) only. Telling a learner so before they hand in is kinder than a zero afterwards.
"""

import ast
import builtins
import dis
import functools
import inspect
import linecache
import math
from collections.abc import Container, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from course_lib.checking.cell_text import python_in

#: What a grader has, by the names under which it is there.
GIVEN = {"np": "numpy", "math": "math"}
#: Of the standard library, what a cell may import for itself: it works in a grader as it does in a notebook.
IMPORTABLE = {
    *("abc", "bisect", "cmath", "collections", "contextlib", "copy", "dataclasses", "decimal", "enum", "fractions"),
    *("functools", "inspect", "itertools", "logging", "numbers", "operator", "random", "re", "statistics", "string"),
    *("time", "timeit", "types", "typing", "warnings"),
}
COURSE = "course_lib"
#: What a notebook, or Python where a person sits before it, puts among the builtins.
INTERACTIVE = {"display", "get_ipython", "help", "exit", "quit", "copyright", "credits", "license"}
#: In the place of a value: no such name is there.
MISSING = object()


def foreign_names(function: Any, given: Container[str] = ()) -> list[str]:
    """Return the names that come from outside the answer's cell, numpy, math, the builtins and what is `given`."""
    found: set[str] = set()
    for name, value, user in names_used(function):
        if name in given:
            found.update(_modules_that_give(name, user))
        elif not _is_there(name, value, user):
            found.add(name)
    return sorted(found)


def names_used(answer: Any) -> Iterator[tuple[str, Any, FunctionType]]:
    """Yield the global names that the answer's code loads, and those that its cell needed to make it."""
    yield from globals_used(answer)
    for function in (f for f in functions_in(answer) if home(f) not in (COURSE, *GIVEN.values())):
        cell = _cell_of(function)
        for name in _needed_to_make(function, cell) if cell else ():
            yield name, function.__globals__.get(name, MISSING), function


def functions_in(thing: Any) -> Iterator[FunctionType]:
    """Yield the functions written in Python that are inside a callable: wrapped, bound, captured or preset."""
    seen: set[int] = set()
    todo = [thing]
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, FunctionType):
            yield thing
            if home(thing) == COURSE:
                continue  # what the course's own functions use is not the learner's affair
            cells = [cell.cell_contents for cell in thing.__closure__ or () if cell.cell_contents is not None]
            presets = [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values()]
            todo += [value for value in (*cells, *presets) if callable(value)]
        parts = vars(thing) if hasattr(thing, "__dict__") and not isinstance(thing, ModuleType | type) else {}
        todo += [parts[name] for name in ("pyfunc", "__wrapped__") if name in parts]  # np.vectorize, functools.wraps
        if isinstance(thing, functools.partial):
            todo += [value for value in (thing.func, *thing.args, *thing.keywords.values()) if callable(value)]
        method = thing if inspect.ismethod(thing) else inspect.getattr_static(type(thing), "__call__", None)
        if not isinstance(thing, FunctionType | type | np.vectorize):
            todo.append(getattr(method, "__func__", method))


def globals_used(answer: Any) -> Iterator[tuple[str, Any, FunctionType]]:
    """Yield each global name that the answer's code loads, its value, and the function that loads it."""
    for function in (f for f in functions_in(answer) if home(f) not in (COURSE, *GIVEN.values())):
        seen: set[CodeType] = set()
        todo = [function.__code__]
        while todo:
            code = todo.pop()
            if code in seen:
                continue
            seen.add(code)
            todo += [c for c in code.co_consts if isinstance(c, CodeType)]
            for instruction in dis.get_instructions(code):
                name = str(instruction.argval)
                if instruction.opname == "IMPORT_NAME" and not _can_be_imported(name):
                    yield name, ModuleType(name), function
                if instruction.opname not in ("LOAD_GLOBAL", "LOAD_NAME") or _is_pythons_own(name):
                    continue
                value = function.__globals__.get(name, MISSING)
                yield name, value, function
                if isinstance(value, FunctionType) and value.__code__.co_filename == code.co_filename:
                    todo.append(value.__code__)


def _can_be_imported(module: str | None) -> bool:
    package = (module or "").split(".")[0]
    return package in GIVEN.values() or package in IMPORTABLE


def _is_pythons_own(name: str) -> bool:
    return hasattr(builtins, name) and name not in INTERACTIVE


def _is_there(name: str, value: Any, function: FunctionType) -> bool:
    if isinstance(value, ModuleType) and name in GIVEN:
        return home(value) == GIVEN[name]
    cell = _cell_of(function)
    return cell is None or any(name in bound for _, bound in _bindings(cell))


def _modules_that_give(name: str, function: FunctionType) -> Iterator[str]:
    """Yield the modules, other than those that a grader has, from which the cell itself imports `name`."""
    cell = _cell_of(function)
    for node in ast.walk(cell) if cell else ():
        if isinstance(node, ast.ImportFrom) and not _can_be_imported(node.module):
            yield from (node.module or "." for alias in node.names if (alias.asname or alias.name) == name)


def _cell_of(function: FunctionType) -> ast.Module | None:
    """Return what stands in the function's cell; None where that can't be told, as at a plain Python prompt."""
    source = "".join(linecache.getlines(function.__code__.co_filename))
    for text in [source] if source else _below_magics():
        cell = _parsed(text)
        if cell and (source or any(_first_line(s) == function.__code__.co_firstlineno for s in cell.body)):
            return cell
    return None


# Each name that an answer uses is looked up in the same few cells.
@functools.lru_cache(maxsize=16)
def _parsed(text: str) -> ast.Module | None:
    try:
        return python_in(text)[1]
    except (SyntaxError, ValueError):
        return None


@functools.lru_cache(maxsize=16)
def _bindings(cell: ast.Module) -> tuple[tuple[ast.stmt, frozenset[str]], ...]:
    """Return the statements of a cell, each with the names that it binds."""
    return tuple((statement, frozenset(_bound_at_top([statement]))) for statement in cell.body)


def _below_magics() -> Iterator[str]:
    """Yield what was run below a magic such as %%time, the latest first: its code is from no file."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    for cell in reversed(shell.history_manager.input_hist_raw if shell else ()):
        first, _, rest = cell.lstrip().partition("\n")
        if first.startswith("%%"):
            yield rest


def _needed_to_make(function: FunctionType, cell: ast.Module) -> set[str]:
    """Return the names that a cell loads to make a function: in a decorator, a preset, or a constant that it uses.

    Annotations are left out: they are not evaluated for a grade.
    """
    needed: set[str] = set()
    at, outermost = function.__code__.co_firstlineno, function.__qualname__.split(".")[0]
    around = (s for s in cell.body if _first_line(s) <= at <= (s.end_lineno or 0))
    todo = [s for s in around if getattr(s, "name", outermost) == outermost]
    seen: list[ast.stmt] = []
    while todo:
        statement = todo.pop()
        seen.append(statement)
        nodes = list(_without_annotations(statement))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
        own |= {str(name).split(".")[0] for name in map(_named_by, nodes[1:]) if name}
        loaded = {node.id for node in names} - own
        needed |= {name for name in loaded if not _is_pythons_own(name)}
        todo += [s for s, bound in _bindings(cell) if s not in seen and s not in todo and loaded & bound]
    return needed


def _named_by(node: ast.AST) -> Any:
    """Return the name that a piece of code gives to something: an argument, an import, what it caught or matched."""
    return node.arg if isinstance(node, ast.arg) else getattr(node, "asname", None) or getattr(node, "name", None)


def _first_line(statement: ast.stmt) -> int:
    return min(node.lineno for node in (statement, *getattr(statement, "decorator_list", ())))


def _without_annotations(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns"):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    yield from _without_annotations(each)


def _bound_at_top(statements: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that a cell binds for its functions; what it imports from elsewhere does not count."""
    for statement in statements:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names):
                yield from (a.asname or a.name.split(".")[0] for a in names if _can_be_imported(a.name))
            case ast.ImportFrom(module=module, names=names) if _can_be_imported(module):
                for alias in names:
                    yield from (
                        dir(math if module == "math" else np) if alias.name == "*" else [alias.asname or alias.name]
                    )
            case ast.Import() | ast.ImportFrom():
                pass
            case _:
                yield from (
                    n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
                )
                for block in ("body", "handlers", "orelse", "finalbody"):
                    yield from _bound_at_top(getattr(statement, block, []))


def home(value: Any) -> str:
    """Return the top-level package that a value comes from."""
    if isinstance(value, ModuleType):
        return value.__name__.split(".")[0]
    return str(getattr(value, "__module__", None) or type(value).__module__).split(".")[0]
