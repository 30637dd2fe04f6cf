"""Ways to write a difference quotient, right and wrong, that the forward and the central one share."""

from collections.abc import Callable
from typing import Any

import numpy as np
from answer import float_dtype

Quotient = Callable[[Any, Any, float], Any]  # f, x, h


def forward(f, x, h):
    return (f(x + h) - f(x)) / h


def backward(f, x, h):
    return (f(x) - f(x - h)) / h


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


# --- other ways to go through the entries ---------------------------------------------------------------------


def entry_by_entry(quotient: Quotient) -> Quotient:
    """Take the quotient of one entry after the other, in a loop over the indices."""

    def looped(f, x, h):
        x = np.asarray(x)
        out = np.empty(x.shape, dtype=float_dtype(x))
        for index in np.ndindex(x.shape):
            out[index] = quotient(f, x[index], h)
        return out

    return looped


def by_comprehension(quotient: Quotient) -> Quotient:
    """Take the quotients in a list comprehension over the flattened array."""

    def listed(f, x, h):
        x = np.asarray(x)
        return np.array([quotient(f, t, h) for t in x.ravel()], dtype=float_dtype(x)).reshape(x.shape)

    return listed


def by_vectorize(quotient: Quotient) -> Quotient:
    """Take the quotients with np.vectorize."""

    def vectorized(f, x, h):
        x = np.asarray(x)
        return np.vectorize(lambda t: quotient(f, t, h), otypes=[float_dtype(x)])(x)

    return vectorized


def flattened_and_back(quotient: Quotient) -> Quotient:
    """Flatten the array, take the quotients, and give them the shape of x again."""
    return lambda f, x, h: np.reshape(quotient(f, np.ravel(x), h), np.shape(x))


# --- slips that the two share ---------------------------------------------------------------------------------


def cut_to_the_dtype_of_x(quotient: Quotient) -> Quotient:
    """Fill an array like x, which cuts the quotients to whole numbers where x holds whole numbers."""

    def cut(f, x, h):
        out = np.zeros_like(x)
        out[...] = quotient(f, x, h)
        return out

    return cut


def moving_x_in_place(f, x, h):
    """Take the forward difference, but move the learner's array."""
    before = f(x)
    x += h
    return (f(x) - before) / h


def first_entry_everywhere(quotient: Quotient) -> Quotient:
    """Take the quotient at the first entry only."""
    return lambda f, x, h: np.full(np.shape(x), np.ravel(quotient(f, x, h))[0])


def dropped(quotient: Quotient) -> Quotient:
    """Compute the quotient and return nothing."""

    def without_return(f, x, h):
        quotient(f, x, h)

    return without_return


def looping_over_rows(quotient: Quotient) -> Quotient:
    """Go over the rows and return a list; a single number has none."""
    return lambda f, x, h: [quotient(f, row, h) for row in x]


def in_float32(quotient: Quotient) -> Quotient:
    """Compute in float32 and give float64 back."""
    return lambda f, x, h: np.asarray(quotient(f, np.asarray(x, dtype=np.float32), np.float32(h)), dtype=float)


def complex_step(f, x, h):
    """Give the derivative by the complex step."""
    return np.imag(f(x + 1j * h)) / h


def four_point(f, x, h):
    """Give the four-point central difference, whose error falls with h^4."""
    return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)
