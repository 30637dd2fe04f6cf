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

#: What a grader has, by the name under which an exercise's first cell imports it.
GIVEN = {"np": "numpy", "math": "math"}
COURSE = "course_lib"


def foreign_names(function: Any, given: Container[str] = ()) -> list[str]:
    """Return the names that come from outside the answer's cell, numpy, math, the builtins and what is `given`."""
    found: set[str] = set()
    for name, value, user in globals_used(function):
        if name in given:
            found.update(_modules_that_give(name, user))
        elif not _is_there(name, value, user):
            found.add(name)
    return sorted(found)


_MISSING = object()


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
                if instruction.opname == "IMPORT_NAME" and name.split(".")[0] not in GIVEN.values():
                    yield name, ModuleType(name), function
                if instruction.opname not in ("LOAD_GLOBAL", "LOAD_NAME") or hasattr(builtins, name):
                    continue
                value = function.__globals__.get(name, _MISSING)
                yield name, value, function
                if isinstance(value, FunctionType) and value.__code__.co_filename == code.co_filename:
                    todo.append(value.__code__)


def _is_there(name: str, value: Any, function: FunctionType) -> bool:
    if isinstance(value, ModuleType) and name in GIVEN:
        return home(value) == GIVEN[name]
    cell = _cell_of(function)
    return cell is None or name in set(_bound_at_top(cell.body))


def _modules_that_give(name: str, function: FunctionType) -> Iterator[str]:
    """Yield the modules, other than those that a grader has, from which the cell itself imports `name`."""
    cell = _cell_of(function)
    for node in ast.walk(cell) if cell else ():
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] not in GIVEN.values():
            yield from (node.module or "." for alias in node.names if (alias.asname or alias.name) == name)


def _cell_of(function: FunctionType) -> ast.Module | None:
    """Return what stands in the function's cell; None where that can't be told, as at a plain Python prompt."""
    source = "".join(linecache.getlines(function.__code__.co_filename))
    try:
        return ast.parse(source) if source else None
    except SyntaxError:  # a cell with a %magic
        return None


def _bound_at_top(statements: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that a cell binds for its functions; what it imports from elsewhere does not count."""
    for statement in statements:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names):
                yield from (a.asname or a.name.split(".")[0] for a in names if a.name.split(".")[0] in GIVEN.values())
            case ast.ImportFrom(module=module, names=names) if (module or "").split(".")[0] in GIVEN.values():
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
                for block in ("body", "orelse", "finalbody"):
                    yield from _bound_at_top(getattr(statement, block, []))


def home(value: Any) -> str:
    """Return the top-level package that a value comes from."""
    if isinstance(value, ModuleType):
        return value.__name__.split(".")[0]
    return str(getattr(value, "__module__", None) or type(value).__module__).split(".")[0]
