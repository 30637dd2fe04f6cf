"""Gates, and wrong turns with arrays, which the answers to several exercises of lesson 08 share."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from answer import Answer, in_float32, wrong
from answers_04.arrays import ONE_NUMBER
from answers_06.vectors import dropped


def gate_and_slope(x: Any) -> tuple[Any, Any]:
    """Give sigma(x) and sigma'(x) with one exponential, which cannot overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e), e / (1 + e) ** 2


def silu(x: Any) -> Any:
    """Give x sigma(x)."""
    return x * gate_and_slope(x)[0]


def softplus(x: Any) -> Any:
    """Give ln(1 + e^x)."""
    return np.logaddexp(0, x)


def density(x: Any) -> Any:
    """Give the bell curve."""
    return np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def by_index(scalar: Callable[..., float]) -> Callable[..., Any]:
    """Make an element-wise function with a loop over np.ndindex."""

    def looped(x: Any, *parameters: float) -> Any:
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = scalar(float(x[index]), *parameters)
        return out

    return looped


def quietly(f: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that computes f without numpy's warnings."""

    def quiet(*arguments: Any) -> Any:
        with np.errstate(all="ignore"):
            return f(*arguments)

    return quiet


def in_place(f: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that writes its result over the learner's array."""

    def overwriting(x: Any, *others: Any) -> Any:
        x[...] = f(x, *others)
        return x

    return overwriting


def of_any_function(right: Callable[..., Any]) -> list[Answer]:
    """Give what goes wrong around a right element-wise formula of one argument."""
    return [
        wrong("sign", lambda x: -right(x), "sign"),
        wrong("twice", lambda x: 2 * right(x), "factor"),
        wrong("half", lambda x: right(x) / 2, "factor"),
        wrong("sum", lambda x: np.sum(right(x)), *ONE_NUMBER),
        wrong("mean", lambda x: np.mean(right(x)), *ONE_NUMBER),
        wrong("flattened", lambda x: right(x).ravel(), "wrong_shape"),
        wrong("row of shape (1, n)", lambda x: right(x)[np.newaxis], "wrong_shape"),
        wrong("diagonal Jacobian matrix", lambda x: np.diagflat(right(x)), "wrong_shape"),
        wrong("first entry only", lambda x: right(np.atleast_1d(x)[:1]), "wrong_shape"),
        wrong("nested lists", lambda x: right(x).tolist(), "not_an_array"),
        wrong("string", lambda x: str(right(x)), "not_an_array"),
        wrong("no return", dropped(right), "returns_none"),
        wrong("prints instead of returning", lambda x: print(right(x)), "returns_none"),
        wrong("writes over its argument", in_place(right), "changes_argument"),
        wrong("cast to int", lambda x: right(x).astype(int)),
        wrong("whole numbers of the argument", lambda x: right(np.floor(x))),
        wrong("rounded to 6 digits", lambda x: np.round(right(x), 6), "rounded", "approximate"),
        wrong("1e-7 added", lambda x: right(x) + 1e-7, "approximate"),
        wrong("float32 inside", in_float32(right), "lower_precision", "approximate"),
        wrong("sign and twice", lambda x: -2 * right(x)),
        wrong("sign and a small offset", lambda x: 1e-3 - right(x)),
        wrong("offset 0.01", lambda x: right(x) + 0.01),
        wrong("of x/2", lambda x: right(x / 2)),
        wrong("absolute value of the argument", lambda x: right(np.abs(x))),
    ]
