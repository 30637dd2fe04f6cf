"""Slopes from values alone: what the course trusts when it checks a formula.

Every function takes an element-wise `f` and a float64 array `x` of any shape, and returns an array of that
shape. Slopes are in units of f per unit of x (both dimensionless in this course).
"""

from collections.abc import Callable
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Function = Callable[[Any], Any]
EPS = float(np.finfo(np.float64).eps)


class Estimate(NamedTuple):
    """A slope, and a bound on its own error: the true slope is expected within value +- error."""

    value: NDArray[np.float64]
    error: NDArray[np.float64]


def forward(f: Function, x: ArrayLike, h: float = 1e-8) -> NDArray[np.float64]:
    """Return (f(x + h) - f(x)) / h, whose error shrinks like h until rounding takes over.

    Parameters
    ----------
    f : callable
        Element-wise function.
    x : array_like
        Where the slope is wanted, any shape.
    h : float, default 1e-8
        Step, h > 0, in units of x. The default is near sqrt(eps), the best for smooth f.

    Raises
    ------
    ValueError
        If h is not positive and finite.
    """
    x, h = _arguments(x, h)
    return np.asarray((f(x + h) - f(x)) / h)


def central(f: Function, x: ArrayLike, h: float = 1e-5) -> NDArray[np.float64]:
    """Return (f(x + h) - f(x - h)) / (2 h), whose error shrinks like h**2 until rounding takes over.

    Parameters
    ----------
    f : callable
        Element-wise function.
    x : array_like
        Where the slope is wanted, any shape. At a kink the result is the mean of the one-sided slopes.
    h : float, default 1e-5
        Step, h > 0, in units of x. The default is near eps**(1/3), the best for smooth f.

    Raises
    ------
    ValueError
        If h is not positive and finite.
    """
    x, h = _arguments(x, h)
    return np.asarray((f(x + h) - f(x - h)) / (2 * h))


def complex_step(f: Function, x: ArrayLike, h: float = 1e-30) -> NDArray[np.float64]:
    """Return Im f(x + i h) / h: no subtraction, so no digits are lost.

    Parameters
    ----------
    f : callable
        Element-wise function that is analytic in x and written so that it takes complex numbers. Through
        ``abs``, ``math.exp`` or a cast to real the result is silently wrong.
    x : array_like
        Where the slope is wanted, any shape.
    h : float, default 1e-30
        Step, h > 0, in units of x.

    Raises
    ------
    ValueError
        If h is not positive and finite.
    """
    x, h = _arguments(x, h)
    return np.asarray(np.imag(f(x + 1j * h)) / h)


# Weights of f(x + k h) - f(x - k h), k = 1 ... 4: the central differences of order 8 and 6
# (B. Fornberg, 'Generation of finite difference formulas on arbitrarily spaced grids', 1988).
_ORDER_8 = np.array([4 / 5, -1 / 5, 4 / 105, -1 / 280])
_ORDER_6 = np.array([3 / 4, -3 / 20, 1 / 60, 0])
_SIXTH_DIFFERENCE = np.array([1, -6, 15, -20, 15, -6, 1])
_STEPS = (2.0**-4, 2.0**-6, 2.0**-8, 2.0**-11)  # powers of two: k h is exact


def extrapolated(f: Function, x: ArrayLike) -> Estimate:
    """Return the slope by differences of order 8 at four steps, the best of them for each point.

    Parameters
    ----------
    f : callable
        Element-wise function.
    x : array_like
        Where the slope is wanted, any shape; finite.

    Returns
    -------
    Estimate
        `value` and `error`, both in the shape of `x`. For smooth f about 1e-13 near 0; in saturation, where f
        itself is rounded, the relative error grows, and `error` says so.

    Notes
    -----
    For each step two errors are estimated: truncation, as the difference between order 8 and order 6, which
    is generous; and rounding, from the sixth differences of f, which a smooth function hardly has.
    """
    x = np.asarray(x, dtype=np.float64)
    centre = np.asarray(f(x), dtype=np.float64)
    best = Estimate(np.full(x.shape, np.nan), np.full(x.shape, np.inf))
    for h in _STEPS:
        right = np.stack([f(x + k * h) for k in (1, 2, 3, 4)])
        left = np.stack([f(x - k * h) for k in (1, 2, 3, 4)])
        slope8 = np.tensordot(_ORDER_8, right - left, axes=1) / h
        slope6 = np.tensordot(_ORDER_6, right - left, axes=1) / h
        window = np.stack([left[2], left[1], left[0], centre, right[0], right[1], right[2]])
        noise = np.abs(np.tensordot(_SIXTH_DIFFERENCE, window, axes=1)) / np.sqrt(924)  # 924: sum of squares
        floor = EPS * np.max(np.abs(window), axis=0)
        error = np.abs(slope8 - slope6) + 4 * (noise + floor) / h
        better = error < best.error
        best = Estimate(np.where(better, slope8, best.value), np.where(better, error, best.error))
    return best


# The same from one side only: weights of f(x + k h), k = 0 ... 4, of order 4 and 3.
_ORDER_4 = np.array([-25 / 12, 4, -3, 4 / 3, -1 / 4])
_ORDER_3 = np.array([-11 / 6, 3, -3 / 2, 1 / 3, 0])


def one_sided(f: Function, x: ArrayLike, side: int) -> Estimate:
    """Return the slope from one side, by differences of order 4 at four steps, the best of them for each point.

    Parameters
    ----------
    f : callable
        Element-wise function.
    x : array_like
        Where the slope is wanted, any shape; finite.
    side : int
        1 for the slope from the right, -1 for the slope from the left.

    Returns
    -------
    Estimate
        `value` and `error`, both in the shape of `x`; about 1e-11 for smooth f.

    Raises
    ------
    ValueError
        If `side` is neither 1 nor -1.
    """
    if side not in (1, -1):
        raise ValueError(f"one_sided: side must be 1 (right) or -1 (left), but it is {side!r}.")
    x = np.asarray(x, dtype=np.float64)
    here = f(x)
    best = Estimate(np.full(x.shape, np.nan), np.full(x.shape, np.inf))
    for h in _STEPS:
        values = np.stack([here, *(f(x + side * k * h) for k in (1, 2, 3, 4))])
        slope4 = side * np.tensordot(_ORDER_4, values, axes=1) / h
        slope3 = side * np.tensordot(_ORDER_3, values, axes=1) / h
        error = np.abs(slope4 - slope3) + 8 * EPS * np.max(np.abs(values), axis=0) / h
        better = error < best.error
        best = Estimate(np.where(better, slope4, best.value), np.where(better, error, best.error))
    return best


def kinks(f: Function, x: ArrayLike) -> NDArray[np.bool_]:
    """Return where f has a kink: where the slopes from the left and from the right differ beyond their errors.

    Parameters
    ----------
    f : callable
        Element-wise function, continuous.
    x : array_like
        The places in question, any shape; finite.

    Returns
    -------
    numpy.ndarray of bool
        In the shape of `x`.

    Notes
    -----
    Slopes that differ by less than 1e-7 of f count as one, and a kink closer to x than four of the smallest
    steps, 0.002, counts as one at x.
    """
    left, right = one_sided(f, x, -1), one_sided(f, x, 1)
    doubt = 2 * (left.error + right.error) + 1e-7 * np.maximum(1, np.abs(f(np.asarray(x, dtype=np.float64))))
    return np.asarray(np.abs(right.value - left.value) > doubt)


def gradient(f: Callable[[NDArray[np.float64]], float], w: ArrayLike, h: float = 1e-5) -> NDArray[np.float64]:
    """Return the gradient of a scalar function of a vector by central differences, one entry at a time.

    Parameters
    ----------
    f : callable
        Takes a vector (n,), returns a number.
    w : array_like, shape (n,)
        Where the gradient is wanted.
    h : float, default 1e-5
        Step, h > 0.

    Raises
    ------
    ValueError
        If h is not positive and finite.
    """
    w, h = _arguments(w, h)
    return np.array([(f(w + h * e) - f(w - h * e)) / (2 * h) for e in np.eye(w.size)])


def _arguments(x: ArrayLike, h: float) -> tuple[NDArray[np.float64], float]:
    if not (isinstance(h, Real) and 0 < h < np.inf):
        raise ValueError(f"The step h must be positive and finite, but it is {h!r}.")
    return np.asarray(x, dtype=np.float64), float(h)
