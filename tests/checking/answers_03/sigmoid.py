"""Answers to `sigmoid`."""

import math

import numpy as np
from answer import (
    Answer,
    float_dtype,
    in_float32,
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

# --- right ---------------------------------------------------------------------------------------------------


def by_piecewise(x):
    z = x.astype(float_dtype(x))
    return np.piecewise(z, [z >= 0], [lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(t) / (1 + np.exp(t))])


def with_errstate(x):
    with np.errstate(over="ignore"):
        return np.reciprocal(1 + np.exp(-x))


def filling_nan(x):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(x)
        return np.where(np.isinf(e), np.ones_like(e), e / (1 + e))


def by_list_comprehension(x):
    return np.array([0.5 + 0.5 * math.tanh(0.5 * t) for t in x.flat], dtype=float_dtype(x)).reshape(x.shape)


RIGHT = [
    Answer("1/(1+e^-x)", lambda x: 1 / (1 + np.exp(-x))),
    Answer("(1+e^-x)^-1 with the power operator", lambda x: (1.0 + np.exp(-x)) ** -1),
    Answer("tanh form", lambda x: 0.5 * (1 + np.tanh(x / 2))),
    Answer("tanh form with the half added", lambda x: np.tanh(0.5 * x) * 0.5 + 0.5),
    Answer("boolean masks for the two signs", masked_logistic),
    Answer("np.where of both forms", lambda x: np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))),
    Answer("one exponential of -|x|", lambda x: np.where(x < 0, (e := np.exp(-np.abs(x))), 1.0) / (1 + e)),
    Answer("np.piecewise", by_piecewise),
    Answer("clipped at +-80", lambda x: 1.0 / (1.0 + np.exp(-np.clip(x, -80.0, 80.0).astype(float_dtype(x))))),
    Answer("np.errstate and np.reciprocal", with_errstate),
    Answer("ufuncs spelled out", lambda x: np.divide(1, np.add(np.exp(np.negative(x)), 1))),
    Answer("list comprehension with math.tanh", by_list_comprehension),
    Answer("Python loop with a stable scalar function", over_elements(scalar_logistic)),
    Answer("np.vectorize of a stable scalar function", vectorized(scalar_logistic)),
    Answer("exp(-logaddexp(0,-x))", lambda x: np.exp(-np.logaddexp(0, -x))),
    Answer("1 - 1/(1+e^x)", lambda x: 1 - 1 / (1 + np.exp(x))),
    Answer("power of 2 for the exponential", lambda x: 1 / (1 + np.exp2(-x / math.log(2)))),
    Answer("e^x/(1+e^x), nan entries filled", filling_nan),
    partly("e^x/(1+e^x)", lambda x: np.exp(x) / (1 + np.exp(x))),
    partly("e^x/(e^x+1) with one exponential", lambda x: (e := np.exp(x)) / (e + 1)),
    partly("1 - e^-x/(1+e^-x)", lambda x: 1 - np.exp(-x) / (1 + np.exp(-x))),
    partly("e^(x/2)/(2cosh(x/2))", lambda x: np.exp(x / 2) / (2 * np.cosh(x / 2))),
    partly("e^(x/2)/(e^(x/2)+e^(-x/2))", lambda x: np.exp(x / 2) / (np.exp(x / 2) + np.exp(-x / 2))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def without_return(x):
    result = np.exp(-x)
    result = 1 / (1 + result)


def negating_in_place(x):
    x *= -1
    return 1 / (1 + np.exp(x))


def filling_an_array_like_x(x):
    out = np.zeros_like(x)
    out[...] = logistic(x)
    return out


def filling_the_positive_half(x):
    out = np.zeros(x.shape)
    out[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    return out


WRONG = [
    wrong("1/(1+e^x)", lambda x: 1 / (1 + np.exp(x)), "missing_minus"),
    wrong("e^-x/(1+e^-x)", lambda x: np.exp(-x) / (1 + np.exp(-x)), "missing_minus"),
    wrong("1 - sigma", lambda x: 1 - logistic(x), "missing_minus"),
    wrong("mask form with the halves swapped", lambda x: masked_logistic(-x), "missing_minus"),
    wrong("tanh", lambda x: np.tanh(x), "tanh_for_sigmoid"),
    wrong("tanh written out", lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)), "tanh_for_sigmoid"),
    wrong("1/e^-x", lambda x: 1 / np.exp(-x), "missing_one"),
    wrong("e^x", lambda x: np.exp(x), "missing_one"),
    wrong("s(1-s)", slope, "derivative_for_forward"),
    wrong("derivative in the cosh form", lambda x: 1 / (2 + 2 * np.cosh(x)), "derivative_for_forward"),
    wrong("step by np.where", lambda x: np.where(x > 0, 1.0, 0.0), "hard_step"),
    wrong("np.heaviside with a half at 0", lambda x: np.heaviside(x, 0.5), "hard_step"),
    wrong("step from the sign", lambda x: (np.sign(x) + 1) / 2, "hard_step"),
    wrong("sigma thresholded at one half", lambda x: (logistic(x) > 0.5).astype(float), "hard_step"),
    wrong("sigma rounded to a whole number", lambda x: np.round(logistic(x)), "hard_step", "rounded"),
    wrong("minus sigma", lambda x: -1 / (1 + np.exp(-x)), "sign"),
    wrong("twice sigma", lambda x: 2 / (1 + np.exp(-x)), "factor"),
    wrong("half of sigma", lambda x: 0.5 / (1 + np.exp(-x)), "factor"),
    wrong("1/(1+e^-|x|)", lambda x: 1 / (1 + np.exp(-np.abs(x))), "one_sided"),
    wrong("only the positive half filled", filling_the_positive_half, "one_sided"),
    wrong("constant one half", lambda x: np.full(x.shape, 0.5), "constant"),
    wrong("ones", lambda x: np.ones(x.shape), "constant"),
    wrong("rounded to 6 digits", lambda x: np.round(1 / (1 + np.exp(-x)), 6), "rounded"),
    wrong("rounded to 4 digits in a loop", over_elements(lambda t: round(scalar_logistic(t), 4)), "rounded"),
    wrong("float32 inside", in_float32(logistic), "lower_precision"),
    wrong("returned as float16", lambda x: logistic(x).astype(np.float16), "lower_precision"),
    wrong(
        "if on the array",
        lambda x: 1 / (1 + np.exp(-x)) if x >= 0 else np.exp(x) / (1 + np.exp(x)),
        "scalar_only",
        "raises",
    ),
    wrong("math.exp on the array", lambda x: 1 / (1 + math.exp(-x)), "scalar_only", "raises"),
    wrong("float() of the array", lambda x: scalar_logistic(float(x)), "scalar_only", "raises"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x: print(logistic(x)), "returns_none"),
    wrong("negates its argument in place", negating_in_place, "changes_argument"),
    wrong("negates its argument through out=", lambda x: 1 / (1 + np.exp(np.negative(x, out=x))), "changes_argument"),
    wrong("returns nested lists", lambda x: logistic(x).tolist(), "not_an_array"),
    wrong("returns a list of rows", lambda x: [logistic(row) for row in x], "not_an_array", "raises"),
    wrong("flattened", lambda x: logistic(x.ravel()), "wrong_shape"),
    wrong("extra axis at the end", lambda x: logistic(x)[..., np.newaxis], "wrong_shape"),
    wrong("mean", lambda x: np.mean(logistic(x)), "wrong_shape", "not_an_array"),
    wrong("method that arrays lack", lambda x: x.sigmoid(), "raises"),
    wrong("looked up in a fine table", interpolated(logistic), "approximate"),
    wrong("e as 2.718", lambda x: 1 / (1 + 2.718 ** (-x.astype(float))), "approximate"),
    wrong("epsilon in the denominator", lambda x: 1 / (1 + np.exp(-x) + 1e-7), "approximate"),
    wrong("missing brackets: 1/1+e^-x", lambda x: 1 / 1 + np.exp(-x)),
    wrong("forgotten reciprocal", lambda x: 1 + np.exp(-x)),
    wrong("1/(1-e^-x)", lambda x: 1 / (1 - np.exp(-x))),
    wrong("base 2 instead of e", lambda x: 1 / (1 + 2.0**-x)),
    wrong("base 10 instead of e", lambda x: 1 / (1 + 10.0**-x)),
    wrong("exponent -2x", lambda x: 1 / (1 + np.exp(-2 * x))),
    wrong("exponent -x^2", lambda x: 1 / (1 + np.exp(-(x**2)))),
    wrong("tanh form without halving x", lambda x: 0.5 * (1 + np.tanh(x))),
    wrong("tanh form with whole-number halving", lambda x: 0.5 * (1 + np.tanh(x // 2))),
    wrong("bipolar 2s-1", lambda x: 2 * logistic(x) - 1),
    wrong("minus tanh-like 1-2s", lambda x: 1 - 2 * logistic(x)),
    wrong("softmax over the array", lambda x: np.exp(x) / np.sum(np.exp(x))),
    wrong("softplus", lambda x: np.logaddexp(0, x)),
    wrong("log of sigma", lambda x: -np.logaddexp(0, -x)),
    wrong("logit", lambda x: np.log(x / (1 - x))),
    wrong("hard sigmoid", lambda x: np.clip(0.2 * x + 0.5, 0, 1)),
    wrong("softsign squeezed into 0 to 1", lambda x: 0.5 * (1 + x / (1 + np.abs(x)))),
    wrong("arctan squeezed into 0 to 1", lambda x: 0.5 + np.arctan(math.pi * x / 4) / math.pi),
    wrong("Taylor polynomial", lambda x: 0.5 + x / 4 - x**3 / 48 + x**5 / 480),
    wrong("sigma of sigma", lambda x: logistic(logistic(x))),
    wrong("rectifier", lambda x: np.maximum(x, 0.0)),
    wrong("identity", lambda x: x.astype(float)),
    wrong("cut to whole numbers for int input", filling_an_array_like_x),
]
