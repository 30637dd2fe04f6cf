"""Right answers to `sigmoid_derivative`."""

import math

import numpy as np
from answer import (
    Answer,
    float_dtype,
    logistic,
    over_elements,
    partly,
    scalar_logistic,
    scalar_slope,
    slope,
    vectorized,
)


def with_stable_helper(x):
    def stable(z):
        out = np.zeros(z.shape, dtype=float_dtype(z))
        big = z >= 0
        out[big] = 1 / (1 + np.exp(-z[big]))
        out[~big] = np.exp(z[~big]) / (1 + np.exp(z[~big]))
        return out

    s = stable(x)
    return s * (1 - s)


def with_mirrored_helper(x):
    def mirrored(z):
        return 1 / (1 + np.exp(z))

    return mirrored(x) * (1 - mirrored(x))


def by_mask(x):
    out = np.empty_like(x, dtype=float_dtype(x))
    mask = x > 0
    e = np.exp(-x[mask])
    out[mask] = e / (1 + e) ** 2
    e = np.exp(x[~mask])
    out[~mask] = e / (1 + e) ** 2
    return out


def by_where(x):
    with np.errstate(all="ignore"):
        left = np.exp(x) / (1 + np.exp(x)) ** 2
        right = np.exp(-x) / (1 + np.exp(-x)) ** 2
    return np.where(x < 0, left, right)


def by_ndindex(x):
    out = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        s = scalar_logistic(float(x[index]))
        out[index] = s * (1 - s)
    return out


def by_ndenumerate(x):
    out = np.ones(x.shape, dtype=float_dtype(x))
    for index, value in np.ndenumerate(x):
        out[index] = (1 - math.tanh(value / 2) ** 2) / 4
    return out


def by_fromiter(x):
    return np.fromiter((scalar_slope(t) for t in x.flat), dtype=float_dtype(x), count=x.size).reshape(x.shape)


def on_a_copy(x):
    out = x.astype(float_dtype(x), copy=True)
    np.negative(out, out=out)
    np.exp(out, out=out)
    out += 1
    np.reciprocal(out, out=out)
    out *= 1 - out
    return out


def by_quotient_rule(x):
    u, v = np.exp(x), np.exp(x) + 1
    du, dv = np.exp(x), np.exp(x)
    return (du * v - u * dv) / v**2


def by_chain_rule(x):
    u = 1 + np.exp(-x)
    outer, inner = -1 / u**2, -np.exp(-x)
    return outer * inner


RIGHT = [
    Answer("s(1-s)", lambda x: (s := 1 / (1 + np.exp(-x))) * (1 - s)),
    Answer("s - s^2", lambda x: logistic(x) - logistic(x) ** 2),
    Answer("s - s*s with np.square", lambda x: logistic(x) - np.square(logistic(x))),
    Answer("-s(s-1)", lambda x: -logistic(x) * (logistic(x) - 1)),
    Answer("1/4 - (s-1/2)^2", lambda x: 0.25 - (logistic(x) - 0.5) ** 2),
    Answer("s times its complement by np.multiply", lambda x: np.multiply(logistic(x), np.subtract(1, logistic(x)))),
    Answer("sigma(x)sigma(-x)", lambda x: logistic(x) * logistic(-x)),
    Answer("1/((1+e^x)(1+e^-x))", lambda x: 1 / ((1 + np.exp(x)) * (1 + np.exp(-x)))),
    Answer("tanh form", lambda x: (1 - np.tanh(x / 2) ** 2) / 4),
    Answer("tanh form in factors", lambda x: 0.25 * (1 - np.tanh(0.5 * x)) * (1 + np.tanh(0.5 * x))),
    Answer("1/(2+2cosh x)", lambda x: 1 / (2 + 2 * np.cosh(x))),
    Answer("half over one plus cosh", lambda x: 0.5 / (1 + np.cosh(-x))),
    Answer("1/(4cosh(x/2)^2)", lambda x: 1 / (4 * np.cosh(x / 2) ** 2)),
    Answer("sech(x/2)^2/4", lambda x: (1 / np.cosh(x / 2)) ** 2 / 4),
    Answer("1/(e^x+2+e^-x)", lambda x: 1 / (np.exp(x) + 2 + np.exp(-x))),
    Answer("(e^(x/2)+e^(-x/2))^-2", lambda x: (np.exp(x / 2) + np.exp(-x / 2)) ** -2.0),
    Answer("e^-|x|/(1+e^-|x|)^2", lambda x: (e := np.exp(-np.abs(x))) / (1 + e) ** 2),
    Answer("exp(-logaddexp(0,x)-logaddexp(0,-x))", lambda x: np.exp(-np.logaddexp(0, x) - np.logaddexp(0, -x))),
    Answer("exp of log s + log(1-s)", lambda x: np.exp(np.log(logistic(x)) + np.log(1 - logistic(x)))),
    Answer("boolean masks for the two signs", by_mask),
    Answer("np.where of both quotients", by_where),
    Answer("stable helper defined inside", with_stable_helper),
    Answer("mirrored helper, harmless as the slope is even", with_mirrored_helper),
    Answer("Python loop over ravel and reshape", over_elements(scalar_slope)),
    Answer("np.vectorize of a math function", vectorized(scalar_slope)),
    Answer("np.ndindex loop", by_ndindex),
    Answer("np.ndenumerate loop with math.tanh", by_ndenumerate),
    Answer("np.fromiter", by_fromiter),
    Answer("np.frompyfunc", lambda x: np.asarray(np.frompyfunc(scalar_slope, 1, 1)(x)).astype(float_dtype(x))),
    Answer("long double inside", lambda x: slope(x.astype(np.longdouble)).astype(float_dtype(x))),
    Answer("in place on a copy", on_a_copy),
    Answer("clipped at +-40", lambda x: (e := np.exp(-np.clip(x, -40, 40))) / (1 + e) ** 2),
    Answer("quotient with nan filled by 0", lambda x: np.nan_to_num((e := np.exp(-x)) / (1 + e) ** 2)),
    partly("e^-x/(1+e^-x)^2", lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
    partly("e^x/(1+e^x)^2", lambda x: np.exp(x) / (1 + np.exp(x)) ** 2),
    partly("quotient rule written out", by_quotient_rule),
    partly("chain rule written out", by_chain_rule),
    partly("e^-x times s^2", lambda x: np.exp(-x) * logistic(x) ** 2),
    partly("e^x times (1-s)^2", lambda x: np.exp(x) * (1 - logistic(x)) ** 2),
    partly("exp(-x-2logaddexp(0,-x))", lambda x: np.exp(-x - 2 * np.logaddexp(0, -x))),
]
