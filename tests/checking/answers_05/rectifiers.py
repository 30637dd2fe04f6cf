"""ReLU and its leaky form, which the answers to several exercises of lesson 05 share."""

from typing import Any

import numpy as np


def relu(x: Any) -> Any:
    """Give max(0, x)."""
    return np.maximum(x, 0.0)


def step(x: Any) -> Any:
    """Give 1 where x > 0, else 0: the slope of ReLU."""
    return np.where(x > 0, 1.0, 0.0)


def leaky(x: Any, alpha: Any) -> Any:
    """Give x where x > 0, else alpha x."""
    return np.where(x > 0, x, alpha * x)
