"""How things look in a message: numbers, small matrices, and functions by their names."""

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.checking.functions import FORMULAS, FUNCTIONS

#: Arrays with more entries than this are described by their shape.
ENTRIES_SHOWN = 16


def name_of(thing: Any) -> str:
    """Return a function's name; empty for what has none, or refuses to tell it."""
    try:
        name = thing.__name__
    except Exception:
        return ""
    return name if isinstance(name, str) else ""


def described(thing: Any) -> str:
    """Return a few words on what a thing is: 'None', 'the class Foo', 'an object of type dict'."""
    if thing is None:
        return "None"
    if isinstance(thing, str):
        return f"the string {thing[:40]!r}"
    if inspect.isclass(thing):
        return f"the class {thing.__name__}"
    return f"an object of type {type(thing).__name__}"


def shown(value: Any) -> str:
    """Return an argument as a message shows it, on one line.

    Examples
    --------
    >>> shown(np.square), shown([np.sin, np.cos]), shown(np.array([[1.0, 0.5], [0.0, 1e-17]]))
    ('square', '[sin, cos]', '[[1, 0.5], [0, 1e-17]]')
    """
    if callable(value):
        name = name_of(value) or "a function"
        return f"{name} ({FORMULAS[name]})" if FUNCTIONS.get(name) is value and name in FORMULAS else name
    if isinstance(value, list) and any(map(callable, value)):
        return f"[{', '.join(map(shown, value))}]"
    array = np.asarray(value)
    if array.dtype.kind == "b" and array.ndim == 0:
        return str(bool(array))
    if array.ndim == 0:
        return f"{float(array) + 0.0:.5g}"  # without the sign of a zero
    if array.size > ENTRIES_SHOWN:
        return f"an array of shape {array.shape}"
    return _nested(array)


def result_shown(value: Any) -> str:
    """Return a result as a message shows it: what is only rounding beside the largest entry is shown as 0."""
    array = np.asarray(value, dtype=np.float64)
    size = np.abs(array)
    return shown(np.where(size < 1e-12 * np.max(size, initial=0, where=np.isfinite(size)), 0, array))


def _nested(array: Any) -> str:
    return f"{float(array) + 0.0:.4g}" if array.ndim == 0 else f"[{', '.join(map(_nested, array))}]"


def arguments_shown(names: Sequence[str], arguments: Sequence[Any]) -> str:
    """Return 'f = square (x**2), x = 3, h = 0.5'.

    Arguments that were left out are not mentioned, nor is a function that has the name of its argument.
    """
    pairs = ((name, shown(value)) for name, value in zip(names, arguments, strict=False))
    return ", ".join(f"{name} = {value}" for name, value in pairs if value != name)


def sentence_case(sentence: str) -> str:
    """Return the sentence with a small first letter, to stand behind a colon."""
    return f"{sentence[:1].lower()}{sentence[1:]}"
