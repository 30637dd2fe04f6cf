"""What every element-wise function here does with its argument, in one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: What a formula gets and gives: a floating-point array.
Array = NDArray[Any]


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


def elementwise(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a formula written for float64 arrays take any real array, and give its shape and dtype back.

    Integers and booleans become float64. Halves and singles are computed in float64 and rounded once at the
    end, which keeps them within 0.5 ULP of the float64 result. The argument is never changed. A scalar gives
    a numpy scalar.
    """

    @wraps(function)
    def on_any_array(x: ArrayLike, *parameters: float, **named_parameters: float) -> Any:
        x = as_float(x, function.__name__)
        narrow = x.dtype.itemsize < 8
        y = function(x.astype(np.float64) if narrow else x, *parameters, **named_parameters)
        return np.asarray(y, dtype=x.dtype)[()]

    return on_any_array


def _shorten(x: object, width: int = 40) -> str:
    text = repr(x).replace("\n", " ")
    return text if len(text) <= width else text[: width - 3] + "..."
