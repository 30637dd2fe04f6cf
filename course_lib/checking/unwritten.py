"""Tells a function that has not been written yet from one that does something."""

import dis
from types import CodeType
from typing import Any

# What the code of a function consists of that does nothing, in the words of Python's disassembler.
_EMPTY = {"RESUME", "NOP", "LOAD_CONST", "POP_TOP", "RETURN_VALUE", "RETURN_CONST"}


def does_nothing(function: Any) -> bool:
    """Return whether a function has no statements: `pass`, `...` or only a docstring."""
    code = getattr(function, "__code__", None)
    return isinstance(code, CodeType) and {i.opname for i in dis.get_instructions(code)} <= _EMPTY
