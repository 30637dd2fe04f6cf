"""Answers to `swish_beta_gradient`."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    float_dtype,
    logistic,
    masked_logistic,
    partly,
    scalar_logistic,
    scalar_slope,
    slope,
    vectorized,
    wrong,
)
from answers_04.arrays import ONE_NUMBER, SCALAR, filling_an_array_like
from answers_06.vectors import dropped

from answers_08.gates import by_index, gate_and_slope, in_place, quietly


def swish(x, beta):
    return x * logistic(beta * x)


def gradient(x, beta):
    s = 1 / (1 + np.exp(-beta * x))
    return x**2 * s * (1 - s)


def scalar_gradient(t, beta):
    return t * t * scalar_slope(beta * t)


# --- right ---------------------------------------------------------------------------------------------------


def with_one_exponential(x, beta):
    e = np.exp(-np.abs(beta * x))
    return x * (x * e) / (1 + e) ** 2


def chain_rule_in_steps(x, beta):
    inner = beta * x
    s = masked_logistic(np.asarray(inner))
    by_gate = x
    slope_of_gate = s * (1 - s)
    by_beta = x
    return by_gate * slope_of_gate * by_beta


def in_a_list(x, beta):
    values = []
    for t in x.ravel().tolist():
        s = scalar_logistic(beta * t)
        values.append(t * t * s * (1 - s))
    return np.array(values, dtype=float_dtype(x)).reshape(x.shape)


def with_beta_0_apart(x, beta):
    if beta == 0:
        return x**2 / 4
    return x**2 * slope(beta * x)


RIGHT = [
    Answer("x^2 s(1-s)", gradient),
    Answer("one exponential of -|beta x|", with_one_exponential),
    Answer("chain rule in steps", chain_rule_in_steps),
    Answer("x^2 sigma(bx) sigma(-bx)", lambda x, beta: x * x * logistic(beta * x) * logistic(-beta * x)),
    Answer("x f (1-s)", lambda x, beta: x * (x * (s := logistic(beta * x))) * (1 - s)),
    Answer("f (x-f), from the output", lambda x, beta: (f := swish(x, beta)) * (x - f)),
    Answer("tanh form", lambda x, beta: x**2 / 4 * (1 - np.tanh(beta * x / 2) ** 2)),
    Answer("x^2/(2+2cosh(bx))", lambda x, beta: x**2 / (2 + 2 * np.cosh(beta * x))),
    Answer("(x/(2cosh(bx/2)))^2", lambda x, beta: (x / (2 * np.cosh(beta * x / 2))) ** 2),
    Answer("slope helper", lambda x, beta: x * x * gate_and_slope(beta * x)[1]),
    Answer("|beta| inside", lambda x, beta: np.square(x) * slope(abs(beta) * x)),
    Answer("beta 0 apart", with_beta_0_apart),
    Answer("sqrt of the slope first", lambda x, beta: (x * np.sqrt(gate_and_slope(beta * x)[1])) ** 2),
    Answer("loop over np.ndindex", by_index(scalar_gradient)),
    Answer("Python loop", in_a_list),
    Answer("np.vectorize with otypes", lambda x, beta: vectorized(lambda t: scalar_gradient(t, beta))(x)),
    partly("x^2 e^(-bx)/(1+e^(-bx))^2", quietly(lambda x, beta: x**2 * (e := np.exp(-beta * x)) / (1 + e) ** 2)),
    partly("x^2 e^(bx)/(1+e^(bx))^2", quietly(lambda x, beta: x**2 * (e := np.exp(beta * x)) / (1 + e) ** 2)),
]

#: Off by less than 1e-8 where |beta x| is beyond 30.
DISPUTED = [Answer("beta x clipped at +-30", lambda x, beta: x**2 * slope(np.clip(beta * x, -30.0, 30.0)))]

# --- wrong ---------------------------------------------------------------------------------------------------


def of_parts(f):
    """Make an answer from x, beta and s."""
    return lambda x, beta: f(x, beta, logistic(beta * x))


def refusing(x, beta):
    if beta <= 0:
        raise ValueError("beta must be positive")
    return gradient(x, beta)


def scaling_in_place(x, beta):
    np.multiply(x, beta, out=x, casting="unsafe")
    return x * slope(x)


def squaring_in_place(x, beta):
    s = slope(beta * x)
    x *= x
    return x * s


def summed_in_a_loop(x, beta):
    total = 0.0
    for t in x.ravel():
        total += scalar_gradient(float(t), beta)
    return total


def difference(x, beta, h):
    return (swish(x, beta + h) - swish(x, beta - h)) / (2 * h)


WRONG = [
    wrong("x s(1-s): one x forgotten", of_parts(lambda x, beta, s: x * s * (1 - s)), "missing_x"),
    wrong("s(1-s)", of_parts(lambda x, beta, s: s * (1 - s)), "missing_both_x"),
    wrong("x^2 s", of_parts(lambda x, beta, s: x**2 * s), "gate_not_differentiated"),
    wrong("x s: Swish itself", swish, "forward_for_derivative"),
    wrong("s", of_parts(lambda x, beta, s: s), "front_differentiated"),
    wrong("s + beta x s(1-s), by x", of_parts(lambda x, beta, s: s + beta * x * s * (1 - s)), "derivative_by_x"),
    wrong("s + x s(1-s), by x, beta forgotten", of_parts(lambda x, beta, s: s + x * s * (1 - s)), "derivative_by_x"),
    wrong("s + x^2 s(1-s): product rule", of_parts(lambda x, beta, s: s + x**2 * s * (1 - s)), "product_rule"),
    wrong("x s + x^2 s(1-s): product rule", of_parts(lambda x, beta, s: x * s + x**2 * s * (1 - s)), "product_rule"),
    wrong("beta x s(1-s)", of_parts(lambda x, beta, s: beta * x * s * (1 - s)), "inner_by_x"),
    wrong("beta x^2 s(1-s)", of_parts(lambda x, beta, s: beta * x**2 * s * (1 - s)), "beta_kept"),
    wrong("beta^2 s(1-s)", of_parts(lambda x, beta, s: beta**2 * s * (1 - s)), "arguments_exchanged"),
    wrong("beta s(1-s)", of_parts(lambda x, beta, s: beta * s * (1 - s))),
    wrong("x^2 sigma'(x)", lambda x, beta: x**2 * slope(x), "ignores_beta"),
    wrong("x^2 sigma'(beta)", lambda x, beta: x**2 * slope(np.float64(beta))),
    wrong("x^2 s(s-1)", of_parts(lambda x, beta, s: x**2 * s * (s - 1)), "sign"),
    wrong("-x^2 s(1-s)", lambda x, beta: -gradient(x, beta), "sign"),
    wrong("|x| x s(1-s)", of_parts(lambda x, beta, s: np.abs(x) * x * s * (1 - s)), "sign_for_negative_x"),
    wrong("x^3 s(1-s)", of_parts(lambda x, beta, s: x**3 * s * (1 - s))),
    wrong("x^2 (1-s)", of_parts(lambda x, beta, s: x**2 * (1 - s)), "complement_only"),
    wrong("x^2 s^2", of_parts(lambda x, beta, s: x**2 * s**2), "squared_output"),
    wrong("x^2 s - s^2: brackets", of_parts(lambda x, beta, s: x**2 * s - s**2), "brackets"),
    wrong("x s (x-s): brackets", of_parts(lambda x, beta, s: x * s * (x - s)), "brackets"),
    wrong("f(1-f)", of_parts(lambda x, beta, s: x * s * (1 - x * s)), "rule_on_the_output"),
    wrong("x f(1-f)", of_parts(lambda x, beta, s: x * x * s * (1 - x * s)), "rule_on_the_output"),
    wrong("x f", of_parts(lambda x, beta, s: x * x * s), "gate_not_differentiated"),
    wrong("(beta x)(1 - beta x) for the slope", lambda x, beta: x**2 * (beta * x) * (1 - beta * x), "input_for_output"),
    wrong("2x s(1-s)", of_parts(lambda x, beta, s: 2 * x * s * (1 - s))),
    wrong("x^2/(1+e^(-bx))^2: inner derivative forgotten", of_parts(lambda x, beta, s: x**2 * s * s), "squared_output"),
    wrong("-x/(1+e^(-bx))^2", of_parts(lambda x, beta, s: -x * s * s)),
    wrong("x^2 e^(-bx)/(1+e^(-bx))", of_parts(lambda x, beta, s: x**2 * (1 - s)), "complement_only"),
    wrong("-x^2 e^(-bx)/(1+e^(-bx))^2", lambda x, beta: -x * x * slope(beta * x), "sign", "nan"),
    wrong("1 - tanh^2 for the slope", lambda x, beta: x**2 * (1 - np.tanh(beta * x) ** 2)),
    wrong("1 - tanh(bx/2)^2: factor 4 lost", lambda x, beta: x**2 * (1 - np.tanh(beta * x / 2) ** 2), "factor"),
    wrong("twice", lambda x, beta: 2 * gradient(x, beta), "factor"),
    wrong("half", lambda x, beta: gradient(x, beta) / 2, "factor"),
    wrong("sum", lambda x, beta: np.sum(gradient(x, beta)), "summed", *ONE_NUMBER),
    wrong("sum in a loop", summed_in_a_loop, "summed", *ONE_NUMBER),
    wrong("sum in every entry", lambda x, beta: np.full(x.shape, np.sum(gradient(x, beta))), "summed"),
    wrong("mean", lambda x, beta: np.mean(gradient(x, beta)), "averaged", "wrong_shape", "not_an_array"),
    wrong(
        "x times the derivative by x over beta",
        of_parts(lambda x, beta, s: x * (s + beta * x * s * (1 - s)) / (beta or 1)),
    ),
    wrong(
        "divides by beta, nan at 0",
        lambda x, beta: (beta * x) ** 2 * slope(beta * x) / np.float64(beta) ** 2,
        "nan",
        "raises",
    ),
    wrong("divides by beta, fails at 0", lambda x, beta: (beta * x) * x * slope(beta * x) * (1 / beta), "raises"),
    wrong("|beta| in front", lambda x, beta: abs(beta) * gradient(x, beta)),
    wrong("0 where beta is 0", lambda x, beta: gradient(x, beta) if beta else np.zeros(x.shape), "parameters_wrong"),
    wrong("0 for negative beta", lambda x, beta: gradient(x, max(beta, 0))),
    wrong("sign of beta", lambda x, beta: np.sign(beta) * gradient(x, beta)),
    wrong("beta as a whole number", lambda x, beta: gradient(x, int(beta))),
    wrong("beta at least 1", lambda x, beta: gradient(x, max(beta, 1))),
    wrong("refuses beta<=0", refusing, "raises"),
    wrong("beta taken for an array", lambda x, beta: x**2 * slope(beta[0] * x), "raises"),
    wrong("asks for x alone", lambda x: gradient(x, 1.0), "raises"),
    wrong("arguments exchanged", lambda beta, x: x**2 * slope(beta * x), "arguments_exchanged"),
    wrong("beta x/ for beta x: x/beta", lambda x, beta: x**2 * slope(x / (beta or 1))),
    wrong("zeros", lambda x, beta: np.zeros(x.shape), "constant"),
    wrong("x^2/4", lambda x, beta: x**2 / 4, "ignores_beta"),
    wrong("zero for x<=0", lambda x, beta: np.where(x > 0, gradient(x, beta), 0.0), "one_sided"),
    wrong("central difference, h=1e-4", lambda x, beta: difference(x, beta, 1e-4), *DIFFERENCE),
    wrong("central difference, h=1e-6", lambda x, beta: difference(x, beta, 1e-6), *DIFFERENCE),
    wrong("forward difference", lambda x, beta: (swish(x, beta + 1e-6) - swish(x, beta)) / 1e-6, *DIFFERENCE),
    wrong("complex step", lambda x, beta: swish(x, beta + 1e-30j).imag / 1e-30, "complex_step", "nan"),
    wrong("rounded to 6 digits", lambda x, beta: np.round(gradient(x, beta), 6), "rounded", "approximate"),
    wrong("1e-7 added", lambda x, beta: gradient(x, beta) + 1e-7, "approximate"),
    wrong(
        "float32 inside",
        lambda x, beta: gradient(x.astype(np.float32), np.float32(beta)).astype(float),
        "lower_precision",
        "approximate",
    ),
    wrong("math.exp on the array", lambda x, beta: x * x * (s := 1 / (1 + math.exp(-beta * x))) * (1 - s), *SCALAR),
    wrong("if on the array", lambda x, beta: gradient(x, beta) if beta * x > 0 else gradient(-x, beta), *SCALAR),
    wrong("cut to whole numbers for int input", filling_an_array_like(scalar_gradient)),
    wrong("scales its argument in place, and goes on with it", scaling_in_place, "inner_by_x", "changes_argument"),
    wrong("squares its argument in place", squaring_in_place, "changes_argument"),
    wrong("writes over its argument", in_place(gradient), "changes_argument"),
    wrong("no return", dropped(gradient), "returns_none"),
    wrong("prints instead of returning", lambda x, beta: print(gradient(x, beta)), "returns_none"),
    wrong("flattened", lambda x, beta: gradient(x.ravel(), beta), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x, beta: gradient(x, beta)[np.newaxis], "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x, beta: np.diagflat(gradient(x, beta)), "wrong_shape"),
    wrong("nested lists", lambda x, beta: gradient(x, beta).tolist(), "not_an_array"),
    wrong(
        "by x and by beta",
        lambda x, beta: (logistic(beta * x) + beta * x * slope(beta * x), gradient(x, beta)),
        "not_an_array",
        "wrong_shape",
    ),
    # variations on them
    wrong("minus and twice", lambda x, beta: -2 * gradient(x, beta)),
    wrong("minus and a small offset", lambda x, beta: 1e-3 - gradient(x, beta)),
    wrong("offset 0.01", lambda x, beta: gradient(x, beta) + 0.01),
    wrong("x s(1-s), twice", of_parts(lambda x, beta, s: -2 * x * s * (1 - s))),
    wrong("x^2 sigma'(2 beta x)", lambda x, beta: gradient(x, 2 * beta)),
    wrong("second derivative by beta", of_parts(lambda x, beta, s: x**3 * s * (1 - s) * (1 - 2 * s))),
]
