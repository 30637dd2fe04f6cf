"""Wrong turns with arrays, which the answers to many exercises share."""

from collections.abc import Callable
from typing import Any

import numpy as np

#: The acceptable names for an answer that takes an array for a single number.
SCALAR = ("scalar_only", "raises")

#: The acceptable names for an answer that gives one number for the whole array.
ONE_NUMBER = ("wrong_shape", "not_an_array")


def filling_an_array_like(scalar: Callable[..., float]) -> Callable[..., Any]:
    """Make a function that fills an array of the dtype of its first argument: whole numbers are cut."""

    def filling(x: Any, *parameters: float) -> Any:
        out = np.empty_like(x)
        for index in np.ndindex(x.shape):
            out[index] = scalar(float(x[index]), *parameters)
        return out

    return filling
