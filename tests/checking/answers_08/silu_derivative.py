"""Answers to `silu_derivative`."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    central_difference,
    five_point_difference,
    float_dtype,
    forward_difference,
    interpolated,
    logistic,
    masked_logistic,
    over_elements,
    partly,
    scalar_logistic,
    scalar_slope,
    slope,
    vectorized,
    wrong,
)
from answers_04.arrays import SCALAR, filling_an_array_like

from answers_08.gates import by_index, gate_and_slope, of_any_function, quietly, silu


def scalar_silu_slope(t):
    return scalar_logistic(t) + t * scalar_slope(t)


# --- right ---------------------------------------------------------------------------------------------------


def with_one_exponential(x):
    gate, gate_slope = gate_and_slope(x)
    return gate + x * gate_slope


def with_stable_helper(x):
    s = masked_logistic(x)
    return s + x * s * (1 - s)


def by_symmetry(x):
    """Compute the slope on the left, and 1 minus that on the right."""
    a = np.abs(x)
    e = np.exp(-a)
    left = e * (1 + e - a) / (1 + e) ** 2
    return np.where(x < 0, left, 1 - left)


def with_tanh(x):
    t = np.tanh(x / 2)
    return (1 + t) / 2 + x / 4 * (1 - t * t)


def by_mask(x):
    out = np.empty(x.shape, dtype=float_dtype(x))
    right = x >= 0
    e = np.exp(-x[right])
    out[right] = (1 + e + x[right] * e) / (1 + e) ** 2
    e = np.exp(x[~right])
    out[~right] = e * (1 + e + x[~right]) / (1 + e) ** 2
    return out


RIGHT = [
    Answer("s + x s(1-s)", lambda x: (s := 1 / (1 + np.exp(-x))) + x * s * (1 - s)),
    Answer("s (1 + x(1-s))", lambda x: (s := logistic(x)) * (1 + x * (1 - s))),
    Answer("f + s(1-f)", lambda x: (f := x * logistic(x)) + logistic(x) * (1 - f)),
    Answer("stable sigmoid in a helper", with_stable_helper),
    Answer("one exponential of -|x|", with_one_exponential),
    Answer("left side, and 1 minus it", by_symmetry),
    Answer("tanh form", with_tanh),
    Answer("boolean masks for the two signs", by_mask),
    Answer("s + x s - x s^2", lambda x: (s := logistic(x)) + x * s - x * s**2),
    Answer("sigma(x) (1 + x sigma(-x))", lambda x: logistic(x) * (1 + x * logistic(-x))),
    Answer("x/(2+2cosh x) and sigma", lambda x: logistic(x) + x / (2 + 2 * np.cosh(x))),
    Answer(
        "(x + sinh x)/(4 cosh^2(x/2)) + 1/2, far out clipped",
        lambda x: 0.5 + ((c := np.clip(x, -300.0, 300.0)) + np.sinh(c)) / (4 * np.cosh(c / 2) ** 2),
    ),
    Answer("sigmoid by np.logaddexp", lambda x: (s := np.exp(-np.logaddexp(0, -x))) + x * s * (1 - s)),
    Answer("loop over np.ndindex", by_index(scalar_silu_slope)),
    Answer("Python loop", over_elements(scalar_silu_slope)),
    Answer("np.vectorize with otypes", vectorized(scalar_silu_slope)),
    partly("(1 + e + x e)/(1 + e)^2", quietly(lambda x: (1 + (e := np.exp(-x)) + x * e) / (1 + e) ** 2)),
    partly("e^x (1 + x + e^x)/(1 + e^x)^2", quietly(lambda x: (e := np.exp(x)) * (1 + x + e) / (1 + e) ** 2)),
    partly("s + x e^-x/(1+e^-x)^2", quietly(lambda x: 1 / (1 + (e := np.exp(-x))) + x * e / (1 + e) ** 2)),
]


def clipped(x):
    c = np.clip(x, -20.0, 20.0)
    s = logistic(c)
    return s + c * s * (1 - s)


#: Off by less than 1e-7 beyond 20.
DISPUTED = [Answer("clipped at +-20", clipped)]

# --- wrong ---------------------------------------------------------------------------------------------------


def zero_on_the_left(x):
    out = np.zeros(x.shape)
    out[x > 0] = with_one_exponential(x[x > 0])
    return out


def complex_step(x):
    z = x + 1e-30j
    return (z / (1 + np.exp(-z))).imag / 1e-30


WRONG = [
    wrong("s alone", logistic, "first_term_only"),
    wrong("x s(1-s) alone", lambda x: x * slope(x), "second_term_only"),
    wrong("s(1-s)", slope, "slopes_multiplied"),
    wrong("s + s(1-s): factor x forgotten", lambda x: logistic(x) + slope(x), "missing_x"),
    wrong("s - x s(1-s)", lambda x: logistic(x) - x * slope(x), "sign_between_terms"),
    wrong("x s + x s(1-s)", lambda x: silu(x) + x * slope(x)),
    wrong("x s + s(1-s)", lambda x: silu(x) + slope(x), "brackets"),
    wrong("1 + x s(1-s)", lambda x: 1 + x * slope(x)),
    wrong("1 + s(1-s)", lambda x: 1 + slope(x), "slopes_added"),
    wrong("SiLU itself", silu, "forward_for_derivative"),
    wrong("f(1-f)", lambda x: silu(x) * (1 - silu(x)), "sigmoid_rule"),
    wrong("f + s", lambda x: silu(x) + logistic(x), "gate_not_differentiated"),
    wrong("f + (1-f)", lambda x: silu(x) + (1 - silu(x)) * 1.0, "constant"),
    wrong("f + s(1-s)", lambda x: silu(x) + logistic(x) * (1 - logistic(x)), "brackets"),
    wrong("f + f(1-s)", lambda x: silu(x) + silu(x) * (1 - logistic(x))),
    wrong("s + x s", lambda x: logistic(x) + silu(x), "gate_not_differentiated"),
    wrong("s + x (1-s)", lambda x: logistic(x) + x * (1 - logistic(x)), "complement_only"),
    wrong("s + x s^2", lambda x: logistic(x) + x * logistic(x) ** 2),
    wrong("s (1 + x s)", lambda x: logistic(x) * (1 + silu(x))),
    wrong("s (1 - x(1-s))", lambda x: logistic(x) * (1 - x * (1 - logistic(x))), "sign_between_terms"),
    wrong("s (1 + x) (1-s)", lambda x: slope(x) * (1 + x), "brackets"),
    wrong("s (x + 1 - s)", lambda x: logistic(x) * (x + 1 - logistic(x)), "brackets"),
    wrong("s (1 + (1-s))", lambda x: logistic(x) * (2 - logistic(x)), "missing_x"),
    wrong("s + x^2 s(1-s)", lambda x: logistic(x) + x**2 * slope(x)),
    wrong("(s + x s)(1-s): brackets", lambda x: (logistic(x) + silu(x)) * (1 - logistic(x)), "brackets"),
    wrong("x(1-x) for the gate's slope", lambda x: logistic(x) + x * x * (1 - x), "input_for_output"),
    wrong("sigma(-x) + x s(1-s)", lambda x: logistic(-x) + x * slope(x)),
    wrong("e^-x/(1+e^-x) for s(1-s)", lambda x: logistic(x) + x * logistic(-x), "complement_only"),
    wrong("e^-x/(1+e^-x)^2 with minus", lambda x: logistic(x) - x * slope(x), "sign_between_terms"),
    wrong("quotient rule, sign", lambda x: (1 + (e := np.exp(-x)) - x * e) / (1 + e) ** 2, "sign_between_terms", "nan"),
    wrong(
        "quotient rule without the square", lambda x: (1 + (e := np.exp(-x)) + x * e) / (1 + e), "missing_square", "nan"
    ),
    wrong("quotient rule, inner derivative forgotten", lambda x: logistic(x) - x * logistic(x) ** 2),
    wrong("s + x (1-tanh^2)", lambda x: logistic(x) + x * (1 - np.tanh(x) ** 2)),
    wrong("tanh for the gate", lambda x: np.tanh(x) + x * (1 - np.tanh(x) ** 2)),
    wrong("beta 1.702", lambda x: (s := logistic(1.702 * x)) + 1.702 * x * s * (1 - s), "sigmoid_form", "approximate"),
    wrong("slope of softplus plus a half", lambda x: (logistic(x) + 0.5) / 1.5),
    wrong("step", lambda x: np.where(x > 0, 1.0, 0.0), "relu_derivative"),
    wrong("hard swish", lambda x: np.where(x <= -3, 0.0, np.where(x >= 3, 1.0, x / 3 + 0.5))),
    wrong("zero for x<=0", zero_on_the_left, "one_sided"),
    wrong("at least 0", lambda x: np.maximum(with_one_exponential(x), 0)),
    wrong("between 0 and 1", lambda x: np.clip(with_one_exponential(x), 0, 1)),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    wrong("halves", lambda x: np.full(x.shape, 0.5), "constant"),
    wrong("clipped at +-5", lambda x: with_one_exponential(np.clip(x, -5, 5))),
    wrong("forward difference, h=1e-6", forward_difference(silu, 1e-6), *DIFFERENCE),
    wrong("central difference, h=1e-3", central_difference(silu, 1e-3), *DIFFERENCE),
    wrong("central difference, h=1e-5", central_difference(silu, 1e-5), *DIFFERENCE),
    wrong("five-point difference", five_point_difference(silu, 1e-2), *DIFFERENCE),
    wrong("complex step", complex_step, "complex_step", "nan"),
    wrong("table", interpolated(with_one_exponential), "approximate"),
    wrong("1e-7 added below", lambda x: (s := 1 / (1 + np.exp(-x) + 1e-7)) + x * s * (1 - s), "approximate"),
    wrong("math.exp on the array", lambda x: (s := 1 / (1 + math.exp(-x))) + x * s * (1 - s), *SCALAR),
    wrong("if on the array", lambda x: with_one_exponential(x) if x > 0 else 1 - with_one_exponential(-x), *SCALAR),
    wrong("cut to whole numbers for int input", filling_an_array_like(scalar_silu_slope)),
    wrong("sigmoid of another cell", lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x))), "raises"),  # noqa: F821
    wrong("asks for s", lambda x, s: s + x * s * (1 - s), "raises"),
    *of_any_function(with_one_exponential),
    wrong("s alone, twice", lambda x: 2 * logistic(x)),
    wrong("s alone plus 0.01", lambda x: logistic(x) + 0.01),
    wrong("s + 2x s(1-s)", lambda x: logistic(x) + 2 * x * slope(x)),
    wrong("second derivative", lambda x: slope(x) * (2 + x * (1 - 2 * logistic(x))), "second_derivative"),
]
