"""An answer to an exercise, and the helpers that the answers to several exercises share."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Elementwise = Callable[[Any], Any]

#: The acceptable names for an answer that takes a finite difference.
DIFFERENCE = ("finite_difference", "approximate")


@dataclass(frozen=True)
class Answer:
    """One answer; `slips` are the names that would be right for its mistake (None: no particular name)."""

    label: str
    function: Any  # a callable; in JUNK it may be any object
    slips: frozenset[str] | None = None
    full_marks: bool = True


def wrong(label: str, function: Any, *slips: str) -> Answer:
    """Make a wrong answer, with the acceptable names of its slip."""
    return Answer(label, function, frozenset(slips) or None)


def partly(label: str, function: Any) -> Answer:
    """Make a right answer that gives nan or inf at extreme inputs."""
    return Answer(label, function, full_marks=False)


# --- the sigmoid and its slope -------------------------------------------------------------------------------


def float_dtype(x: Any) -> Any:
    """Give the dtype of x where it is a floating one, else float64."""
    return x.dtype if np.issubdtype(x.dtype, np.floating) else np.dtype(np.float64)


def logistic(x: Any) -> Any:
    """Give sigma(x) in the textbook form; it warns of overflow far below 0 and gives 0 there."""
    return 1 / (1 + np.exp(-x))


def masked_logistic(x: Any) -> Any:
    """Give sigma(x), the two signs treated apart, so that the exponential never overflows."""
    out = np.empty(x.shape, dtype=float_dtype(x))
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e / (1 + e)
    return out


def slope(x: Any) -> Any:
    """Give sigma'(x) as s(1-s)."""
    s = logistic(x)
    return s * (1 - s)


def scalar_logistic(t: float) -> float:
    """Give sigma of one number, without overflow."""
    return 1.0 / (1.0 + math.exp(-t)) if t >= 0 else math.exp(t) / (1.0 + math.exp(t))


def scalar_slope(t: float) -> float:
    """Give sigma' of one number, without overflow."""
    e = math.exp(-abs(t))
    return e / (1.0 + e) ** 2


# --- functions made of functions -----------------------------------------------------------------------------


def over_elements(scalar: Callable[[float], float]) -> Elementwise:
    """Make an element-wise function with a Python loop over the flattened array."""

    def looped(x: Any) -> Any:
        values = []
        for t in x.ravel():
            values.append(scalar(float(t)))
        return np.array(values, dtype=float_dtype(x)).reshape(x.shape)

    return looped


def vectorized(scalar: Callable[[float], float]) -> Elementwise:
    """Make an element-wise function with np.vectorize."""
    return lambda x: np.vectorize(scalar, otypes=[float])(x).astype(float_dtype(x))


def in_float32(function: Elementwise) -> Elementwise:
    """Make a function that computes in float32 and gives float64 back."""
    return lambda x: function(np.asarray(x, dtype=np.float32)).astype(np.float64)


def interpolated(function: Elementwise) -> Elementwise:
    """Make a function that looks the values up in a fine table."""
    nodes = np.linspace(-40, 40, 80001)
    table = function(nodes)
    return lambda x: np.interp(x, nodes, table)


def forward_difference(f: Elementwise, h: float) -> Elementwise:
    """Make the quotient (f(x+h) - f(x)) / h."""
    return lambda x: (f(x + h) - f(x)) / h


def backward_difference(f: Elementwise, h: float) -> Elementwise:
    """Make the quotient (f(x) - f(x-h)) / h."""
    return lambda x: (f(x) - f(x - h)) / h


def central_difference(f: Elementwise, h: float) -> Elementwise:
    """Make the quotient (f(x+h) - f(x-h)) / (2h)."""
    return lambda x: (f(x + h) - f(x - h)) / (2 * h)


def five_point_difference(f: Elementwise, h: float) -> Elementwise:
    """Make the five-point quotient, whose error falls with h^4."""
    return lambda x: (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)
