"""The formulas that people write: as books and blogs have them, in numpy, in the dtype of their argument.

Each activation has one formula for its values, and one or more for its derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

Array = NDArray[Any]
Formula = Callable[[Array], Array]

SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
ROOT_2_BY_PI = float(np.sqrt(2 / np.pi))


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def softplus(x: Array) -> Array:
    return np.log(1 + np.exp(x))


def sigmoid_slope(x: Array) -> Array:
    s = sigmoid(x)
    return s * (1 - s)


def sigmoid_quotient(x: Array) -> Array:
    e = np.exp(-x)
    return e / (1 + e) ** 2


def silu_slope(x: Array) -> Array:
    s = sigmoid(x)
    return s + x * s * (1 - s)


def slope_from_output(x: Array) -> Array:
    """Return the slope of ELU where x < 0 from its output e^x - 1, as a network that kept the output does."""
    return np.where(x > 0, 1, (np.exp(np.minimum(x, 0)) - 1) + 1)


def mish_in_powers(x: Array) -> Array:
    """Return the slope of mish as its paper prints it."""
    e = np.exp(x)
    omega = 4 * (x + 1) + 4 * e**2 + e**3 + e * (4 * x + 6)
    delta = 2 * e + e**2 + 2
    return e * omega / delta**2


def mish_by_parts(x: Array) -> Array:
    t = np.tanh(softplus(x))
    return t + x * (1 - t**2) * sigmoid(x)


def gelu_by_parts(x: Array) -> Array:
    return (1 + erf(x / np.sqrt(2, dtype=x.dtype))) / 2 + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi, dtype=x.dtype)


def gelu_tanh_inside(x: Array) -> Array:
    return np.tanh(ROOT_2_BY_PI * (x + 0.044715 * x**3))


def gelu_tanh_by_parts(x: Array) -> Array:
    t = gelu_tanh_inside(x)
    return (1 + t) / 2 + x / 2 * (1 - t**2) * ROOT_2_BY_PI * (1 + 3 * 0.044715 * x**2)


def tanh_in_exponentials(x: Array) -> Array:
    rise, fall = np.exp(x), np.exp(-x)
    return ((rise + fall) ** 2 - (rise - fall) ** 2) / (rise + fall) ** 2


VALUES: Mapping[str, Mapping[str, Formula]] = {
    "identity": {"x": lambda x: x},
    "polynomial": {"x²": lambda x: x**2},
    "sigmoid": {"1 / (1 + e^−x)": sigmoid},
    "tanh": {"(e^x − e^−x) / (e^x + e^−x)": lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))},
    "softsign": {"x / (1 + |x|)": lambda x: x / (1 + np.abs(x))},
    "log_sigmoid": {"log σ(x)": lambda x: np.log(sigmoid(x))},
    "softplus": {"log(1 + e^x)": softplus},
    "squareplus": {"(x + √(x² + 4)) / 2": lambda x: (x + np.sqrt(x**2 + 4)) / 2},
    "sparse_plus": {"cases": lambda x: np.where(x <= -1, 0, np.where(x < 1, (x + 1) ** 2 / 4, x))},
    "sparse_sigmoid": {"clip": lambda x: np.clip((x + 1) / 2, 0, 1)},
    "exponential": {"e^x": np.exp},
    "elu": {"e^x − 1": lambda x: np.where(x > 0, x, np.exp(x) - 1)},
    "celu": {"e^x − 1": lambda x: np.where(x > 0, x, np.exp(x) - 1)},
    "selu": {"λα (e^x − 1)": lambda x: SELU_SCALE * np.where(x > 0, x, SELU_ALPHA * (np.exp(x) - 1))},
    "relu": {"max(0, x)": lambda x: np.maximum(0, x)},
    "leaky_relu": {"cases": lambda x: np.where(x > 0, x, 0.01 * x)},
    "prelu": {"cases": lambda x: np.where(x > 0, x, 0.25 * x)},
    "rrelu": {"cases": lambda x: np.where(x > 0, x, (1 / 8 + 1 / 3) / 2 * x)},
    "relu6": {"min(max(0, x), 6)": lambda x: np.minimum(np.maximum(0, x), 6)},
    "threshold": {"cases": lambda x: np.where(x > 1, x, 0)},
    "hard_sigmoid": {"clip(x/6 + 1/2)": lambda x: np.clip(x / 6 + 0.5, 0, 1)},
    "hard_tanh": {"clip": lambda x: np.clip(x, -1, 1)},
    "hard_swish": {"x clip(x + 3) / 6": lambda x: x * np.clip(x + 3, 0, 6) / 6},
    "tanh_shrink": {"x − tanh x": lambda x: x - np.tanh(x)},
    "soft_shrink": {"sign(x) max(|x| − λ, 0)": lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0)},
    "hard_shrink": {"cases": lambda x: np.where(np.abs(x) > 0.5, x, 0)},
    "silu": {"x / (1 + e^−x)": lambda x: x / (1 + np.exp(-x))},
    "mish": {"x tanh(log(1 + e^x))": lambda x: x * np.tanh(softplus(x))},
    "gelu": {"x (1 + erf(x/√2)) / 2": lambda x: x * (1 + erf(x / np.sqrt(2, dtype=x.dtype))) / 2},
    "gelu_tanh": {"x (1 + tanh(…)) / 2": lambda x: x * (1 + gelu_tanh_inside(x)) / 2},
}

DERIVATIVES: Mapping[str, Mapping[str, Formula]] = {
    "identity": {"1": np.ones_like},
    "polynomial": {"2 x": lambda x: 2 * x},
    "sigmoid": {
        "σ (1 − σ)": sigmoid_slope,
        "e^−x / (1 + e^−x)²": sigmoid_quotient,
    },
    "tanh": {"1 − tanh²": lambda x: 1 - np.tanh(x) ** 2, "quotient of e^x and e^−x": tanh_in_exponentials},
    "softsign": {"1 / (1 + |x|)²": lambda x: 1 / (1 + np.abs(x)) ** 2},
    "log_sigmoid": {"1 − σ": lambda x: 1 - sigmoid(x)},
    "softplus": {"σ": sigmoid},
    "squareplus": {"(1 + x / √(x² + 4)) / 2": lambda x: (1 + x / np.sqrt(x**2 + 4)) / 2},
    "sparse_plus": {"cases": lambda x: np.where(x <= -1, 0, np.where(x < 1, (x + 1) / 2, 1))},
    "sparse_sigmoid": {"cases": lambda x: np.where(np.abs(x) < 1, 0.5, 0)},
    "exponential": {"e^x": np.exp},
    "elu": {"e^x": lambda x: np.where(x > 0, 1, np.exp(x)), "f(x) + 1": slope_from_output},
    "celu": {"e^x": lambda x: np.where(x > 0, 1, np.exp(x)), "f(x) + 1": slope_from_output},
    "selu": {"λα e^x": lambda x: SELU_SCALE * np.where(x > 0, 1, SELU_ALPHA * np.exp(x))},
    "relu": {"x > 0": lambda x: np.where(x > 0, 1, 0)},
    "leaky_relu": {"cases": lambda x: np.where(x > 0, 1, 0.01)},
    "prelu": {"cases": lambda x: np.where(x > 0, 1, 0.25)},
    "rrelu": {"cases": lambda x: np.where(x > 0, 1, (1 / 8 + 1 / 3) / 2)},
    "relu6": {"cases": lambda x: np.where((x > 0) & (x < 6), 1, 0)},
    "threshold": {"cases": lambda x: np.where(x > 1, 1, 0)},
    "hard_sigmoid": {"cases": lambda x: np.where(np.abs(x) < 3, 1 / 6, 0)},
    "hard_tanh": {"cases": lambda x: np.where(np.abs(x) < 1, 1, 0)},
    "hard_swish": {"cases": lambda x: np.where(x < -3, 0, np.where(x > 3, 1, x / 3 + 0.5))},
    "tanh_shrink": {"1 − (1 − tanh²)": lambda x: 1 - (1 - np.tanh(x) ** 2)},
    "soft_shrink": {"cases": lambda x: np.where(np.abs(x) > 0.5, 1, 0)},
    "hard_shrink": {"cases": lambda x: np.where(np.abs(x) > 0.5, 1, 0)},
    "silu": {"σ + x σ (1 − σ)": silu_slope},
    "mish": {"quotient of powers of e^x": mish_in_powers, "product and chain rule": mish_by_parts},
    "gelu": {"Φ + x φ": gelu_by_parts},
    "gelu_tanh": {"product and chain rule": gelu_tanh_by_parts},
}
