"""Wrong answers to `sigmoid_derivative`: constants, and what goes wrong with arrays, arguments and returns."""

import math

import numpy as np
from answer import logistic, scalar_slope, slope, wrong


def without_return(x):
    s = 1 / (1 + np.exp(-x))
    s = s * (1 - s)


def dropping_the_inner_value(x):
    def inner():
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)

    inner()


def negating_in_place(x):
    x *= -1
    s = 1 / (1 + np.exp(x))
    return s * (1 - s)


def clipping_in_place(x):
    x[x < -500] = -500
    x[x > 500] = 500
    return slope(x)


def filling_an_array_like_x(x):
    out = np.empty_like(x)
    for index in np.ndindex(x.shape):
        out[index] = scalar_slope(float(x[index]))
    return out


def returning_inside_the_loop(x):
    for t in x.ravel():
        return scalar_slope(float(t))
    return None


WRONG = [
    # constants
    wrong("constant 1/4", lambda x: np.full(x.shape, 0.25), "constant"),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    wrong("ones", lambda x: np.ones(x.shape), "constant"),
    # wrong use of arrays
    wrong(
        "if on the array", lambda x: (e := np.exp(-x) if x > 0 else np.exp(x)) / (1 + e) ** 2, "scalar_only", "raises"
    ),
    wrong("math.exp on the array", lambda x: (s := 1 / (1 + math.exp(-x))) * (1 - s), "scalar_only", "raises"),
    wrong("max() against the array", lambda x: slope(max(min(x, 500), -500)), "scalar_only", "raises"),
    wrong("mean", lambda x: np.mean(slope(x)), "wrong_shape", "not_an_array"),
    wrong("sum as a Python float", lambda x: float(np.sum(slope(x))), "wrong_shape", "not_an_array"),
    wrong("0.25 as a Python float", lambda x: 0.25, "constant", "wrong_shape", "not_an_array"),
    wrong("return inside the loop", returning_inside_the_loop, "wrong_shape", "not_an_array"),
    wrong("flattened", lambda x: slope(x.flatten()), "wrong_shape"),
    wrong("extra axis in front", lambda x: slope(x)[np.newaxis], "wrong_shape"),
    wrong("column", lambda x: slope(x).reshape(-1, 1), "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x: np.diagflat(slope(x)), "wrong_shape"),
    wrong("outer product of s and 1-s", lambda x: np.outer(logistic(x), 1 - logistic(x)), "wrong_shape"),
    wrong("matrix product of s and 1-s", lambda x: np.dot(logistic(x), 1 - logistic(x)), "wrong_shape", "raises"),
    wrong("sorted input", lambda x: slope(np.sort(x.ravel()).reshape(x.shape))),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x: print("sigmoid derivative:", slope(x)), "returns_none"),
    wrong("inner function's value dropped", dropping_the_inner_value, "returns_none"),
    wrong("negates its argument in place", negating_in_place, "changes_argument"),
    wrong("clips its argument in place", clipping_in_place, "changes_argument"),
    wrong(
        "absolute value of its argument in place",
        lambda x: (e := np.exp(-np.abs(x, out=x))) / (1 + e) ** 2,
        "changes_argument",
    ),
    wrong("returns nested lists", lambda x: slope(x).tolist(), "not_an_array"),
    wrong(
        "returns a flat list", lambda x: [scalar_slope(float(t)) for t in np.ravel(x)], "not_an_array", "wrong_shape"
    ),
    wrong("returns s and the slope", lambda x: (logistic(x), slope(x)), "not_an_array", "wrong_shape"),
    wrong("returns a function", lambda x: slope, "not_an_array"),
    wrong("caret for power", lambda x: np.exp(-x) / (1 + np.exp(-x)) ^ 2, "raises"),
    wrong("method that arrays lack", lambda x: x.exp() / (1 + x.exp()) ** 2, "raises"),
    wrong("asks for a second argument", lambda x, s: s * (1 - s), "raises"),
    wrong("cut to whole numbers for int input", filling_an_array_like_x),
]
