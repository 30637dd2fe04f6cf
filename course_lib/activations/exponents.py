"""Exponentials of the entries of a vector without overflow, and with all their digits: what softmax is made of.

In every array here each column is one vector, of doubles or of singles; results are doubles.
"""

from math import frexp, ldexp

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.parameter import Parameter
from course_lib.activations.vectorwise import BLOCK

#: Softmax's parameter: the logits are divided by it.
TEMPERATURE = Parameter(default=1.0, low=5e-324, high=np.inf, meaning="divides the logits; larger is fairer")

#: The exponential of this, and of all below, is 0 in floating point.
NOTHING = -2000.0


def exponentials(z: Array, temperature: float = 1.0, lost: Array | None = None) -> tuple[Array, Array]:
    """Return exp((z - max) / temperature), and the sum of all but the largest of them.

    The largest entry of each column becomes 1; of several largest ones the sum leaves one out. nan or +inf in a
    column, or nothing but -inf, makes its sum nan. `lost` is what an earlier rounding took from the logits.
    """
    largest = np.maximum.reduce(z, axis=0, keepdims=True)
    starts = range(0, len(z), BLOCK)  # a long vector, too, is worked through in pieces that fit the cache
    e = np.empty(z.shape)
    sums, counts = np.empty((2, len(starts), z.shape[1]))
    for i, start in enumerate(starts):
        rows = slice(start, start + BLOCK)
        quotient, rest = gaps(z[rows], largest, temperature, None if lost is None else lost[rows])
        part = np.exp(quotient, out=e[rows])
        if rest is not None:
            rest *= part
            part += rest
        ones = np.floor(part)  # 1 for the largest, else 0
        sums[i] = total(part - ones)
        np.add.reduce(ones, axis=0, out=counts[i])
    return e, total(sums) + (total(counts) - 1)


def gaps(z: Array, largest: Array, temperature: float = 1.0, lost: Array | None = None) -> tuple[Array, Array | None]:
    """Return (z - largest) / temperature as a rounded number and what it lacks; of singles it lacks nothing."""
    if temperature > 1e300:  # such logits may differ by more than the largest number
        z, largest, temperature = z / 4, largest / 4, temperature / 4
        lost = None if lost is None else lost / 4
    if z.dtype == np.float32:
        gap = np.subtract(z, largest, dtype=np.float64)
        return (gap if temperature == 1 else gap / temperature), None
    gap, missing = two_sum(z, -largest)
    if lost is not None:
        missing += lost
    return (gap, missing) if temperature == 1 else _divided(gap, missing, temperature)


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """Return a + b, and what its rounding has lost, exactly (D. Knuth, 'The Art of Computer Programming')."""
    rounded = a + b
    back = rounded - a
    lost = rounded - back
    np.subtract(a, lost, out=lost)
    lost += np.subtract(b, back, out=back)
    lost[np.isinf(rounded)] = 0
    return rounded, lost


def total(rows: Array) -> Array:
    """Return the sum of the rows, as one row.

    Halves are added until a few rows are left: so a sum of n terms has the rounding errors of about log2(n) sums.
    """
    while len(rows) > 4:
        half = len(rows) // 2
        added = rows[:half] + rows[half : 2 * half]
        if len(rows) % 2:
            added[0] += rows[-1]
        rows = added
    return rows if len(rows) == 1 else np.add.reduce(rows, axis=0, keepdims=True)


def _divided(gap: Array, lost: Array, divisor: float) -> tuple[Array, Array]:
    """Return (gap + lost) / divisor as a rounded number and what it lacks.

    A product of numbers of 24 and 29 bits fits the 53 bits of a double. So the divisor is cut in two, and what a
    quotient of 24 bits leaves is known exactly.
    """
    mantissa, exponent = frexp(divisor)
    high = ldexp(float(np.float32(mantissa)), exponent)
    low = divisor - high
    quotient = np.maximum(gap / divisor, NOTHING).astype(np.float32).astype(np.float64)
    rest = gap - quotient * high
    rest -= quotient * low
    rest += lost
    rest /= divisor
    np.maximum(rest, NOTHING, out=rest)
    rounded = quotient + rest
    quotient -= rounded
    rest += quotient
    return rounded, rest
