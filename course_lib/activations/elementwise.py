"""What every element-wise function here does with its argument and its parameters, in one place."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from inspect import cleandoc
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations.parameter import Coefficients, Parameter, check_all

#: What a formula gets and gives: a floating-point array.
Array = NDArray[Any]

#: How many entries are computed at a time: 128 KiB of doubles, so that all that a formula needs on its way
#: stays in the processor's cache, and a formula may be written as it reads.
BLOCK = 16_384

#: 31 MB of doubles. Once glibc has freed a piece of up to 32 MB it keeps smaller ones for the next block; otherwise it
#: may give them back to the system after each, and the formulas of many steps become five times slower.
_KEPT = 31 * 1024**2 // 8


def as_float(x: ArrayLike, caller: str) -> Array:
    """Return `x` as a floating-point array; integers and booleans become float64.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    """
    array = np.asarray(x)
    if array.dtype.kind == "f":
        return array
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    raise TypeError(f"{caller} needs real numbers, but its argument has dtype {array.dtype}: {_shorten(x)}.")


def elementwise(formula: Callable[..., Any] | None = None, /, **parameters: Parameter | Coefficients) -> Any:
    """Let a formula written for float64 arrays take any real array, and give its shape and dtype back.

    Integers and booleans become float64. Other floats are computed in float64 and rounded once at the end, which
    keeps halves and singles within 0.5 ULP of the float64 result. The argument is never changed. A scalar gives
    a numpy scalar. The formula's parameters are checked first: it may be written ``@elementwise`` alone, or
    ``@elementwise(alpha=...)`` with what each of them may be. The errors that this raises are added to its
    docstring.
    """
    if formula is None:
        return partial(elementwise, **parameters)
    caller = formula.__name__

    formula.__doc__ = _with_errors(formula.__doc__ or "", parameters)

    @wraps(formula)
    def on_any_array(x: ArrayLike, *values: Any, **named: Any) -> Any:
        array = as_float(x, caller)
        if array.ndim == 0:  # numpy's scalars square and divide by other code than its arrays
            return on_any_array(array.reshape(1), *values, **named)[0]
        if values or named:
            named = _named(caller, parameters, values, named)
            check_all(caller, parameters, named, "x", array.shape)
        compute = _quietly(partial(formula, **named)) if named else formula
        if array.size > BLOCK and not any(np.ndim(named[name]) for name in named if parameters[name].per_entry):
            return _in_blocks(compute, array)
        if array.dtype == np.float64:
            return np.asarray(compute(array))
        with np.errstate(over="ignore"):  # what is too large for a single becomes infinite
            return np.asarray(compute(array.astype(np.float64))).astype(array.dtype)

    return on_any_array


def _with_errors(doc: str, parameters: Mapping[str, Parameter | Coefficients]) -> str:
    """Add to a docstring what is refused here, before its notes."""
    raises = "Raises\n------\nTypeError\n    If the argument does not hold real numbers"
    raises += f", or `{'`, `'.join(parameters)}` is no number.\nValueError" if parameters else "."
    for name, parameter in parameters.items():
        raises += f"\n    If `{name}` is not {parameter.allowed}."
    text, *notes = cleandoc(doc).split("\n\nNotes\n-----\n")
    return "\n\n".join([text, raises, *(f"Notes\n-----\n{note}" for note in notes)])


def _named(
    caller: str, parameters: Mapping[str, Any], values: tuple[Any, ...], named: dict[str, Any]
) -> dict[str, Any]:
    if len(values) > len(parameters):
        some = f"{len(parameters)} parameter{'s' * (len(parameters) != 1)}"
        raise TypeError(f"{caller} takes x and at most {some}, but it was given {len(values)} more values than x.")
    return {**dict(zip(parameters, values, strict=False)), **named}


def _quietly(compute: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Let a huge parameter times a huge x become infinite without a warning."""

    def with_overflow(x: Array) -> Array:
        with np.errstate(over="ignore"):
            return compute(x)

    return with_overflow


def _in_blocks(compute: Callable[[Array], Array], x: Array) -> Array:
    y = np.empty(x.shape, x.dtype)
    np.empty(_KEPT)  # freed at once, never touched
    source, target = x.reshape(-1), y.reshape(-1)
    with np.errstate(over="ignore" if x.dtype != np.float64 else None):
        for start in range(0, x.size, BLOCK):
            block = slice(start, start + BLOCK)
            target[block] = compute(source[block].astype(np.float64, copy=False))
    return y


def _shorten(x: object, width: int = 40) -> str:
    text = repr(x).replace("\n", " ")
    return text if len(text) <= width else text[: width - 3] + "..."
