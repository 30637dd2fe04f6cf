"""Answers to `softplus_derivative`."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    backward_difference,
    central_difference,
    five_point_difference,
    forward_difference,
    interpolated,
    logistic,
    masked_logistic,
    over_elements,
    partly,
    scalar_logistic,
    slope,
    vectorized,
    wrong,
)
from answers_04.arrays import SCALAR, filling_an_array_like

from answers_08.gates import by_index, gate_and_slope, of_any_function, quietly, softplus

# --- right ---------------------------------------------------------------------------------------------------


def with_chain_rule_in_steps(x):
    outer = 1 / (1 + np.exp(-np.abs(x)))
    inner = np.exp(np.minimum(x, 0))
    return outer * inner


def by_piecewise(x):
    z = x * 1.0
    return np.piecewise(z, [z >= 0], [lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(t) / (1 + np.exp(t))])


RIGHT = [
    Answer("1/(1+e^-x)", logistic),
    Answer("one exponential of -|x|", lambda x: gate_and_slope(x)[0]),
    Answer("boolean masks for the two signs", masked_logistic),
    Answer("chain rule in steps", with_chain_rule_in_steps),
    Answer("tanh form", lambda x: (1 + np.tanh(x / 2)) / 2),
    Answer("1 - 1/(1+e^x)", lambda x: 1 - 1 / (1 + np.exp(x))),
    Answer("1 - exp(-softplus)", lambda x: 1 - np.exp(-softplus(x))),
    Answer("np.where of both forms", lambda x: np.where(x > 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))),
    Answer("np.piecewise", by_piecewise),
    Answer("logits clipped at +-500", lambda x: 1 / (1 + np.exp(-np.clip(x, -500.0, 500.0)))),
    Answer("np.reciprocal", lambda x: np.reciprocal(1.0 + np.exp(-x))),
    Answer("loop over np.ndindex", by_index(scalar_logistic)),
    Answer("Python loop", over_elements(scalar_logistic)),
    Answer("np.vectorize with otypes", vectorized(scalar_logistic)),
    partly("exp(x - softplus), nan at inf", quietly(lambda x: np.exp(x - np.logaddexp(0, x)))),
    partly("e^x/(1+e^x)", quietly(lambda x: np.exp(x) / (1 + np.exp(x)))),
    partly("1/(1+e^x) times e^x", quietly(lambda x: 1 / (1 + np.exp(x)) * np.exp(x))),
    partly("exp(x - log1p(e^x))", quietly(lambda x: np.exp(x - np.log1p(np.exp(x))))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def filling_the_positive_half(x):
    out = np.zeros(x.shape)
    out[x > 0] = logistic(x[x > 0])
    return out


WRONG = [
    wrong("inner derivative forgotten: 1/(1+e^x)", lambda x: 1 / (1 + np.exp(x)), "missing_inner_derivative"),
    wrong("e^x alone", np.exp, "inner_derivative_only"),
    wrong("1/e^x", lambda x: np.exp(-x), "missing_one"),
    wrong("e^x/(1+e^x)^2", slope, "second_derivative"),
    wrong("softplus itself", softplus, "forward_for_derivative"),
    wrong("softplus itself, textbook", lambda x: np.log(1 + np.exp(x)), "forward_for_derivative"),
    wrong("step", lambda x: np.where(x > 0, 1.0, 0.0), "hard_step"),
    wrong("step with a half at 0", lambda x: np.heaviside(x, 0.5), "hard_step"),
    wrong("ReLU", lambda x: np.maximum(x, 0.0)),
    wrong("tanh", np.tanh, "tanh_for_sigmoid"),
    wrong("1 - tanh^2", lambda x: 1 - np.tanh(x) ** 2),
    wrong("x s, SiLU", lambda x: x * logistic(x), "gate_for_slope"),
    wrong("x/(1+e^x)", lambda x: x / (1 + np.exp(x))),
    wrong("1 + e^-x: reciprocal forgotten", lambda x: 1 + np.exp(-x), "reciprocal"),
    wrong("1/(1-e^-x)", lambda x: 1 / (1 - np.exp(-x) + 1e-300)),
    wrong("e^x/(1-e^x)", lambda x: np.exp(x) / (1 - np.exp(x) + 1e-300)),
    wrong("e^x/(2+e^x)", lambda x: 1 / (2 * np.exp(-x) + 1)),
    wrong("1/x + 1", lambda x: np.divide(1, x, out=np.zeros(x.shape), where=x != 0) + 1),
    wrong("x e^x/(1+e^x)", lambda x: x * gate_and_slope(x)[0], "gate_for_slope"),
    wrong("e^(x-1) by the power rule", lambda x: x * np.exp(np.minimum(x, 700) - 1) / (1 + np.exp(np.minimum(x, 700)))),
    wrong("s^2", lambda x: logistic(x) ** 2, "squared"),
    wrong("sqrt(s)", lambda x: np.sqrt(logistic(x)), "root"),
    wrong("1-s", lambda x: 1 - logistic(x), "missing_inner_derivative"),
    wrong("log base 10", lambda x: logistic(x) / math.log(10), "factor"),
    wrong("log base 2", lambda x: logistic(x) / math.log(2), "factor"),
    wrong("sigma(2x)", lambda x: logistic(2 * x)),
    wrong("hard sigmoid", lambda x: np.clip(x / 6 + 0.5, 0, 1)),
    wrong("zero for x<=0", filling_the_positive_half, "one_sided"),
    wrong(
        "1 for x>20 and e^x for x<-20, s between",
        lambda x: np.where(x > 3, 1.0, np.where(x < -3, np.exp(np.minimum(x, 0)), logistic(x))),
    ),
    wrong("1 for x>10", lambda x: np.where(x > 10, 1.0, logistic(x)), "approximate"),
    wrong("clipped at +-5", lambda x: logistic(np.clip(x, -5, 5))),
    wrong("1e-7 added below", lambda x: 1 / (1 + np.exp(-x) + 1e-7), "approximate"),
    wrong("e as 2.718", lambda x: 1 / (1 + 2.718 ** (-x * 1.0)), "approximate"),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    wrong("ones", lambda x: np.ones(x.shape), "constant", "one_differentiated"),
    wrong("halves", lambda x: np.full(x.shape, 0.5), "constant"),
    wrong("forward difference, h=1e-5", forward_difference(softplus, 1e-5), *DIFFERENCE),
    wrong("backward difference, h=1e-5", backward_difference(softplus, 1e-5), *DIFFERENCE),
    wrong("central difference, h=1e-3", central_difference(softplus, 1e-3), *DIFFERENCE),
    wrong("central difference, h=1e-5", central_difference(softplus, 1e-5), *DIFFERENCE),
    wrong("five-point difference", five_point_difference(softplus, 1e-2), *DIFFERENCE),
    wrong("complex step", lambda x: np.log(1 + np.exp(x + 1e-30j)).imag / 1e-30, "complex_step", "nan"),
    wrong("table", interpolated(logistic), "approximate"),
    wrong("math.exp on the array", lambda x: 1 / (1 + math.exp(-x)), *SCALAR),
    wrong("if on the array", lambda x: 1 / (1 + np.exp(-x)) if x > 0 else np.exp(x) / (1 + np.exp(x)), *SCALAR),
    wrong("cut to whole numbers for int input", filling_an_array_like(scalar_logistic)),
    wrong("asks for beta", lambda x, beta: logistic(beta * x), "raises"),
    wrong("np.sigmoid", lambda x: np.sigmoid(x), "raises"),
    *of_any_function(logistic),
]
