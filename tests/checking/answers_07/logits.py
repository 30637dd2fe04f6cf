"""Sums and losses along the last axis, which the answers to the exercises of lesson 07 share."""

from collections.abc import Callable
from typing import Any

import numpy as np
from answers_06.vectors import stable


def top(a: Any) -> Any:
    """Give the largest of each vector, the axis kept."""
    return np.max(a, axis=-1, keepdims=True)


def total(a: Any) -> Any:
    """Give the sum of each vector, the axis kept."""
    return np.sum(a, axis=-1, keepdims=True)


def log_of_softmax(z: Any) -> Any:
    """Give log-softmax, the largest logit taken off first."""
    gap = z - top(z)
    return gap - np.log(total(np.exp(gap)))


def difference(z: Any, y: Any) -> Any:
    """Give prediction minus label."""
    return stable(z) - y


def cross_entropy(z: Any, y: Any) -> Any:
    """Give the loss of each sample."""
    return -np.sum(y * log_of_softmax(z), axis=-1)


def over_vectors(one: Callable[..., Any]) -> Callable[..., Any]:
    """Make an answer for batches from one for single vectors."""

    def batched(z: Any, *others: Any) -> Any:
        out = np.empty(z.shape, dtype=z.dtype if np.issubdtype(z.dtype, np.floating) else float)
        for index in np.ndindex(z.shape[:-1]):
            out[index] = one(z[index], *(other[index] for other in others))
        return out

    return batched
