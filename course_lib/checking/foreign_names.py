"""Finds the names that an answer uses and a grader does not have.

For a grade each answer cell runs alone, with numpy as ``np`` and ``math`` only. Telling a learner so before
they hand in is kinder than a zero afterwards.
"""

import ast
import builtins
import dis
import linecache
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from course_lib.activations import ACTIVATIONS

#: What a grader has, by the name under which an exercise's first cell imports it.
GIVEN = {"np": "numpy", "math": "math"}
COURSE = "course_lib"


def lets_the_course_answer(function: Any, reference: Any) -> bool:
    """Return whether the answer is a function of the course, or calls one.

    A forward function may be called where something else is asked for, so only its name is foreign then.
    """
    allowed = [a.f for a in ACTIVATIONS.values() if a.f is not reference]
    used = [function, *(value for _, value in _globals_used(function))]
    return any(_home(value) == COURSE and value not in allowed for value in used)


def foreign_names(function: Any) -> list[str]:
    """Return the names that the answer takes from outside its own cell, numpy, math and the builtins."""
    return sorted({name for name, value in _globals_used(function) if not _is_there(name, value, function)})


_MISSING = object()


def _globals_used(function: Any) -> Iterator[tuple[str, Any]]:
    """Yield each global name that the function's code loads, with its value; helpers of its cell included."""
    if not isinstance(function, FunctionType):
        return
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
                yield name, ModuleType(name)
            if instruction.opname not in ("LOAD_GLOBAL", "LOAD_NAME") or hasattr(builtins, name):
                continue
            value = function.__globals__.get(name, _MISSING)
            yield name, value
            if isinstance(value, FunctionType) and value.__code__.co_filename == code.co_filename:
                todo.append(value.__code__)


def _is_there(name: str, value: Any, function: FunctionType) -> bool:
    if isinstance(value, ModuleType):
        return _home(value) in GIVEN.values() and (name in GIVEN or name in _bound_in_cell(function))
    return name in _bound_in_cell(function)


def _bound_in_cell(function: FunctionType) -> set[str]:
    """Return the names that the source holding the function binds itself, or imports from what is given."""
    try:
        tree = ast.parse("".join(linecache.getlines(function.__code__.co_filename)))
    except SyntaxError:  # a cell with a %magic
        return set(function.__globals__)
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Import):
            names |= {a.asname or a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in GIVEN.values():
            names |= {a.asname or a.name for a in node.names}
    return names or set(function.__globals__)  # no source at hand, as at a plain Python prompt


def _home(value: Any) -> str:
    """Return the top-level package that a value comes from."""
    if isinstance(value, ModuleType):
        return value.__name__.split(".")[0]
    return str(getattr(value, "__module__", None) or type(value).__module__).split(".")[0]
