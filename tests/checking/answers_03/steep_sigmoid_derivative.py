"""Answers to `steep_sigmoid_derivative`."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    central_difference,
    five_point_difference,
    float_dtype,
    forward_difference,
    logistic,
    partly,
    scalar_slope,
    slope,
    vectorized,
    wrong,
)

# --- right ---------------------------------------------------------------------------------------------------


def by_mask(x, k):
    z = np.asarray(k * x)
    out = np.empty(z.shape, dtype=float_dtype(z))
    positive = z >= 0
    e = np.exp(-z[positive])
    out[positive] = k * e / (1 + e) ** 2
    e = np.exp(z[~positive])
    out[~positive] = k * e / (1 + e) ** 2
    return out


def by_loop(x, k):
    out = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        out[index] = k * scalar_slope(k * float(x[index]))
    return out


def with_zero_apart(x, k):
    """Treat k = 0 apart, where the function is constant."""
    if k == 0:
        return np.zeros(x.shape, dtype=float_dtype(x))
    s = logistic(k * x)
    return k * (s - s**2)


RIGHT = [
    Answer("k s(1-s)", lambda x, k: k * (s := 1 / (1 + np.exp(-k * x))) * (1 - s)),
    Answer("k sigma(kx) sigma(-kx)", lambda x, k: k * logistic(k * x) * logistic(-k * x)),
    Answer("k(s - s^2), k=0 apart", with_zero_apart),
    Answer("k/(2+2cosh(kx))", lambda x, k: k / (2 + 2 * np.cosh(k * x))),
    Answer("k/4 (1-tanh(kx/2)^2)", lambda x, k: k / 4 * (1 - np.tanh(k * x / 2) ** 2)),
    Answer("k/(4cosh(kx/2)^2)", lambda x, k: k / (4 * np.cosh(k * x / 2) ** 2)),
    Answer("k/(e^(kx)+2+e^(-kx))", lambda x, k: k / (np.exp(k * x) + 2 + np.exp(-k * x))),
    Answer("one exponential of -|kx|", lambda x, k: k * (e := np.exp(-np.abs(k * x))) / (1 + e) ** 2),
    Answer("boolean masks for the two signs", by_mask),
    Answer("Python loop", by_loop),
    Answer("np.vectorize", lambda x, k: vectorized(lambda t: k * scalar_slope(k * t))(x)),
    Answer("|k| inside, k outside", lambda x, k: k * slope(abs(k) * x)),
    Answer("slope helper by the chain rule", lambda x, k: slope(k * x) * k),
    Answer("minus sign shared out", lambda x, k: -k * logistic(k * x) * (logistic(k * x) - 1)),
    partly("k e^(-kx)/(1+e^(-kx))^2", lambda x, k: k * np.exp(-k * x) / (1 + np.exp(-k * x)) ** 2),
    partly("k e^(kx)/(1+e^(kx))^2", lambda x, k: k * np.exp(k * x) / (1 + np.exp(k * x)) ** 2),
    partly("chain rule written out", lambda x, k: -1 / (1 + np.exp(-k * x)) ** 2 * (-k * np.exp(-k * x))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def refusing(x, k):
    if k <= 0:
        raise ValueError("k must be positive")
    return k * slope(k * x)


WRONG = [
    wrong("sigma'(kx)", lambda x, k: slope(k * x), "missing_inner_derivative"),
    wrong("1/(2+2cosh(kx))", lambda x, k: 1 / (2 + 2 * np.cosh(k * x)), "missing_inner_derivative"),
    wrong("k sigma'(x)", lambda x, k: k * slope(x), "inner_not_scaled"),
    wrong("k sigma'(x) in the cosh form", lambda x, k: k / (2 + 2 * np.cosh(x)), "inner_not_scaled"),
    wrong("sigma'(x)", lambda x, k: slope(x), "ignores_k"),
    wrong("k^2 sigma'(kx)", lambda x, k: k**2 * slope(k * x), "inner_twice"),
    wrong("|k| sigma'(kx)", lambda x, k: abs(k) * slope(k * x), "absolute_factor"),
    wrong("sigma'(kx)/k", lambda x, k: slope(k * x) / k, "divides_by_k"),
    wrong("-k sigma'(kx)", lambda x, k: -k * slope(k * x), "sign"),
    wrong("k s(s-1)", lambda x, k: k * logistic(k * x) * (logistic(k * x) - 1), "sign"),
    wrong("2k sigma'(kx)", lambda x, k: 2 * k * slope(k * x), "factor"),
    wrong("k(1-tanh(kx/2)^2)", lambda x, k: k * (1 - np.tanh(k * x / 2) ** 2), "factor"),
    wrong("constant k/4", lambda x, k: np.full(x.shape, k / 4), "constant"),
    wrong("zero for x<=0", lambda x, k: np.where(x > 0, k * slope(k * x), 0.0), "one_sided"),
    wrong("central difference", lambda x, k: central_difference(lambda t: logistic(k * t), 1e-6)(x), *DIFFERENCE),
    wrong("forward difference", lambda x, k: forward_difference(lambda t: logistic(k * t), 1e-4)(x), *DIFFERENCE),
    wrong("five-point difference", lambda x, k: five_point_difference(lambda t: logistic(k * t), 1e-3)(x), *DIFFERENCE),
    wrong("rounded to 6 digits", lambda x, k: np.round(k * slope(k * x), 6), "rounded"),
    wrong(
        "float32 inside",
        lambda x, k: (k * slope(k * np.asarray(x, dtype=np.float32))).astype(np.float32).astype(float),
        "lower_precision",
    ),
    wrong("epsilon added", lambda x, k: k * (slope(k * x) + 1e-7), "approximate"),
    wrong(
        "if on the array",
        lambda x, k: k * (e := np.exp(-k * x) if k * x >= 0 else np.exp(k * x)) / (1 + e) ** 2,
        "scalar_only",
        "raises",
    ),
    wrong(
        "math.exp on the array", lambda x, k: k * ((s := 1 / (1 + math.exp(-k * x))) * (1 - s)), "scalar_only", "raises"
    ),
    wrong("refuses k<=0", refusing, "raises"),
    wrong("k taken for an array", lambda x, k: slope(k[0] * x) * k[0], "raises"),
    wrong("prints instead of returning", lambda x, k: print(k * slope(k * x)), "returns_none"),
    wrong(
        "scales its argument in place",
        lambda x, k: k * slope(np.multiply(x, k, out=x, casting="unsafe")),
        "changes_argument",
    ),
    wrong("flattened", lambda x, k: k * slope(k * x.ravel()), "wrong_shape"),
    wrong("extra axis", lambda x, k: np.expand_dims(k * slope(k * x), -1), "wrong_shape"),
    wrong("sum", lambda x, k: np.sum(k * slope(k * x)), "wrong_shape", "not_an_array"),
    wrong("nested lists", lambda x, k: (k * slope(k * x)).tolist(), "not_an_array"),
    wrong("-sigma'(kx)", lambda x, k: -slope(k * x)),
    wrong("-k^2 sigma'(kx)", lambda x, k: -(k**2) * slope(k * x)),
    wrong("x sigma'(kx), the derivative in k", lambda x, k: x * slope(k * x)),
    wrong("kx sigma'(kx)", lambda x, k: k * x * slope(k * x)),
    wrong("sigma(kx)", lambda x, k: logistic(k * x)),
    wrong("k sigma(kx)", lambda x, k: k * logistic(k * x)),
    wrong("k - with the bracket lost: ks - s^2", lambda x, k: k * logistic(k * x) - logistic(k * x) ** 2),
    wrong("s(k-s)", lambda x, k: logistic(k * x) * (k - logistic(k * x))),
    wrong("ks(1-ks)", lambda x, k: k * logistic(k * x) * (1 - k * logistic(k * x))),
    wrong("k(1-s)", lambda x, k: k * (1 - logistic(k * x))),
    wrong("k s^2", lambda x, k: k * logistic(k * x) ** 2),
    wrong("k(1-s^2)", lambda x, k: k * (1 - logistic(k * x) ** 2)),
    wrong("kx(1-kx)", lambda x, k: k * x * (1 - k * x)),
    wrong("k e^(-x)/(1+e^(-kx))^2", lambda x, k: k * np.exp(-x) / (1 + np.exp(-k * x)) ** 2),
    wrong("k e^(kx)/(1+e^(-kx))^2", lambda x, k: k * np.exp(k * x) / (1 + np.exp(-k * x)) ** 2),
    wrong("one factor scaled only", lambda x, k: k * logistic(k * x) * (1 - logistic(x))),
    wrong("k sigma'(x/k)", lambda x, k: k * slope(x / k)),
    wrong("sigma'(x/k)/k", lambda x, k: slope(x / k) / k),
    wrong("k + sigma'(kx)", lambda x, k: k + slope(k * x)),
    wrong("sigma'(x+k)", lambda x, k: slope(x + k)),
    wrong("sigma'(kx)^k", lambda x, k: slope(k * x) ** k),
    wrong("k added in the exponent", lambda x, k: k * slope(k + x)),
    wrong("k clipped to at least 1", lambda x, k: max(k, 1) * slope(max(k, 1) * x)),
    wrong("zero for k<0", lambda x, k: max(k, 0) * slope(k * x)),
    wrong("k as a whole number", lambda x, k: int(k) * slope(int(k) * x)),
    wrong("sign(k) sigma'(kx)", lambda x, k: np.sign(k) * slope(k * x)),
    wrong("second derivative", lambda x, k: k**2 * slope(k * x) * (1 - 2 * logistic(k * x))),
    wrong("derivative of tanh(kx)", lambda x, k: k * (1 - np.tanh(k * x) ** 2)),
]
