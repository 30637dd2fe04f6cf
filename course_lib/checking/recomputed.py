"""What a learner can recompute, and messages quote: slopes beside kinks, and Jacobians, by differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference

Floats = NDArray[np.float64]
Function = Callable[[Any], Any]


def beside_kinks(f: Function, x: Any, *kinks: float) -> Floats:
    """Return the slope of f by one-sided differences, each to the side that leads away from the nearest kink."""
    x = np.asarray(x, dtype=np.float64)
    nearest = np.array(kinks)[np.argmin([np.abs(x - k) for k in kinks], axis=0)]
    left, right = (finite_difference.one_sided(f, x, side).value for side in (-1, 1))
    return np.where(x >= nearest, right, left)


def between_at(kinks: tuple[float, ...], x: Any, slope: Any, low: float, high: float) -> tuple[Floats, Floats]:
    """Return the slope as the smallest and as the largest right value; at kinks those of the two sides."""
    at_kink = np.isin(x, kinks)
    return np.where(at_kink, low, slope), np.where(at_kink, high, slope)


def by_columns(f: Function, z: Any, h: float = 1e-5) -> Floats:
    """Return the Jacobian of f at a vector z by central differences: a column for each entry that takes a step."""
    z = np.asarray(z, dtype=np.float64)
    columns = [(f(z + h * step) - f(z - h * step)) / (2 * h) for step in np.eye(z.size)]
    return np.stack(columns, axis=-1) if columns else np.empty((0, 0))


def by_entries(f: Function, z: Any, h: float = 1e-5) -> Floats:
    """Return the gradient, by central differences, of a number that f makes of each vector along the last axis.

    f gets all the steps at once, along an axis in front of the others.
    """
    z = np.asarray(z, dtype=np.float64)
    n = z.shape[-1]
    steps = h * np.eye(n).reshape(n, *(1,) * (z.ndim - 1), n)
    return np.moveaxis((f(z + steps) - f(z - steps)) / (2 * h), 0, -1)
