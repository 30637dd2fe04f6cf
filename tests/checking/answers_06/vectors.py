"""Softmax in the ways that the answers to several exercises share."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from answer import float_dtype


def stable(z, axis=-1):
    """Give softmax, the largest logit taken off first."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def naive(z, axis=-1):
    """Give softmax in the textbook form; inf/inf from logits of about 710."""
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z)
        return e / np.sum(e, axis=axis, keepdims=True)


def of_list(z):
    """Give softmax of one vector as a list of Python floats."""
    values = [float(t) for t in z]
    top = max(values)
    e = [math.exp(t - top) for t in values]
    total = math.fsum(e)
    return [t / total for t in e]


def jacobian(z):
    s = stable(z)
    return np.diag(s) - np.outer(s, s)


def naive_jacobian(z):
    """Give the Jacobian from the textbook softmax; nan from logits of about 710."""
    s = naive(z)
    return np.diag(s) - np.outer(s, s)


def by_two_loops(entry: Callable[[Any, int, int], Any]) -> Callable[[Any], Any]:
    """Make a matrix from a function of softmax and the two indices."""

    def matrix(z):
        s = stable(z)
        n = len(s)
        J = np.zeros((n, n), dtype=float_dtype(z))
        for i in range(n):
            for k in range(n):
                J[i, k] = entry(s, i, k)
        return J

    return matrix


def forward_differences(f: Callable[[Any], Any], h: float) -> Callable[[Any], Any]:
    """Make the Jacobian of forward differences of f."""
    return lambda z: np.stack([(f(z + h * e) - f(z)) / h for e in np.eye(len(z))], axis=1)


def central_differences(f: Callable[[Any], Any], h: float) -> Callable[[Any], Any]:
    """Make the Jacobian of central differences of f."""
    return lambda z: np.stack([(f(z + h * e) - f(z - h * e)) / (2 * h) for e in np.eye(len(z))], axis=1)


def complex_steps(f: Callable[[Any], Any], h: float = 1e-20) -> Callable[[Any], Any]:
    """Make the Jacobian of complex steps of f."""
    return lambda z: np.stack([np.imag(f(z + 1j * h * e)) / h for e in np.eye(len(z))], axis=1)


def stable_for_complex(z):
    """Give softmax of a vector that may be complex."""
    e = np.exp(z - np.max(np.real(z)))
    return e / np.sum(e)


def in_float32(f: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that computes in float32 and gives float64 back."""
    return lambda *arguments: np.asarray(f(*(np.asarray(a, np.float32) for a in arguments)), dtype=float)


def dropped(f: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that computes f and returns nothing."""

    def without_return(*arguments):
        f(*arguments)

    return without_return


def shifting_in_place(f: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that takes the largest logit off the learner's array."""

    def shifted(z, *others):
        z -= np.max(z, axis=-1, keepdims=True)
        return f(z, *others)

    return shifted


def exponentials_in_place(z, *others):
    """Give softmax, written over the learner's logits."""
    np.exp(z - np.max(z, axis=-1, keepdims=True), out=z)
    z /= np.sum(z, axis=-1, keepdims=True)
    return z.copy()
