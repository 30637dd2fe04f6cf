"""Answers to `identity_derivative`."""

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
    over_elements,
    partly,
    vectorized,
    wrong,
)


def identity(x):
    return x


def ones(x):
    return np.ones(np.shape(x), dtype=float_dtype(np.asarray(x)))


# --- right ---------------------------------------------------------------------------------------------------


def by_type_of_x(x):
    x = np.asarray(x)
    if np.issubdtype(x.dtype, np.integer):
        return np.ones(x.shape)
    return np.ones_like(x)


def by_filling(x):
    out = np.empty(x.shape, dtype=np.result_type(x, np.float16) if x.dtype.kind == "f" else np.float64)
    out.fill(1)
    return out


def by_indices(x):
    slopes = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        slopes[index] = 1
    return slopes


def by_slice(x):
    out = np.array(x, dtype=float_dtype(np.asarray(x)))
    out[...] = 1.0
    return out


def by_where(x):
    return np.where(x == x, 1.0, 1.0).astype(float_dtype(x))


RIGHT = [
    Answer("np.ones_like with np.result_type", lambda x: np.ones_like(x, dtype=np.result_type(x, 1.0))),
    Answer("np.ones with the dtype of x", ones),
    Answer("whole numbers kept apart", by_type_of_x),
    Answer("empty array filled", by_filling),
    Answer("loop with np.ndindex", by_indices),
    Answer("a copy set to 1", by_slice),
    Answer("np.where", by_where),
    Answer("zeros plus one", lambda x: np.zeros_like(x) + 1.0),
    Answer("ones_like times 1.0", lambda x: np.ones_like(x) * 1.0),
    Answer("ones_like / 1", lambda x: np.ones_like(x) / 1),
    Answer("np.full", lambda x: np.full(x.shape, 1.0, dtype=float_dtype(x))),
    Answer("np.full_like", lambda x: np.full_like(x, 1, dtype=float_dtype(x))),
    Answer("np.broadcast_to, copied", lambda x: np.broadcast_to(np.array(1, dtype=float_dtype(x)), x.shape).copy()),
    Answer("np.vectorize", vectorized(lambda t: 1.0)),
    Answer("Python loop", over_elements(lambda t: 1.0)),
    Answer("power 0 of a float", lambda x: x.astype(float_dtype(x)) ** 0),
    Answer("np.exp of zeros", lambda x: np.exp(np.zeros(x.shape, dtype=float_dtype(x)))),
    Answer("list of ones, shaped", lambda x: np.array([1.0] * x.size, dtype=float_dtype(x)).reshape(x.shape)),
    partly("0*x+1", lambda x: 0.0 * x + 1.0),
    partly("x-x+1", lambda x: x - x + 1.0),
]

#: Ones of the wrong kind for whole numbers: the text asks for float64 there. A read-only view. And differences,
#: whose error is a rounding here, because the identity is straight: between 1e-13 and 1e-9 at moderate x.
DISPUTED = [
    Answer("np.ones_like", np.ones_like),
    Answer("np.where with whole numbers", lambda x: np.where(x == x, 1, 1)),
    Answer("x**0", lambda x: x**0),
    Answer("read-only view of one number", lambda x: np.broadcast_to(np.array(1, dtype=float_dtype(x)), x.shape)),
    Answer("forward difference, h=1e-6", forward_difference(identity, 1e-6)),
    Answer("central difference, h=1e-5", central_difference(identity, 1e-5)),
    Answer("five-point difference, h=1e-3", five_point_difference(identity, 1e-3)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def without_return(x):
    slopes = np.ones(x.shape)
    slopes = slopes * 1.0


def filling_x(x):
    x[...] = 1
    return x.astype(float_dtype(x))


def filling_x_without_return(x):
    x.fill(1)


def one_per_row(x):
    return [1.0 for row in x]


def only_positive(x):
    if x > 0:
        return np.ones_like(x, dtype=float)
    return -np.ones_like(x, dtype=float)


WRONG = [
    wrong("x itself", identity),
    wrong("copy of x", lambda x: x.astype(float_dtype(x))),
    wrong("zeros", lambda x: np.zeros(x.shape, dtype=float_dtype(x)), "constant", "factor"),
    wrong("minus one", lambda x: -ones(x), "sign", "constant"),
    wrong("twos", lambda x: 2 * ones(x), "factor", "constant"),
    wrong("halves", lambda x: np.full(x.shape, 0.5), "factor", "constant"),
    wrong("2x, the slope of the square", lambda x: 2.0 * x),
    wrong("x^2/2, the integral", lambda x: x**2 / 2),
    wrong("x/x", lambda x: x / x, "nan"),
    wrong("x/(x+1e-8)", lambda x: x / (x + 1e-8), "approximate"),
    wrong("sign", lambda x: np.sign(x).astype(float_dtype(x))),
    wrong("sign with 1 at 0", lambda x: np.where(x >= 0, 1.0, -1.0).astype(float_dtype(x))),
    wrong("step of the rectifier", lambda x: np.where(x > 0, 1.0, 0.0).astype(float_dtype(x))),
    wrong("0 at 0", lambda x: np.where(x == 0, 0.0, 1.0).astype(float_dtype(x))),
    wrong("slope of the sigmoid", lambda x: (s := logistic(x)) * (1 - s)),
    wrong("1 between -1 and 1", lambda x: np.where(np.abs(x) <= 1, 1.0, 0.0).astype(float_dtype(x))),
    wrong("forward difference, h=1e-10", forward_difference(identity, 1e-10), *DIFFERENCE),
    wrong("central difference, h=1e-9", central_difference(identity, 1e-9), *DIFFERENCE),
    wrong("forward difference, h=1e-8", forward_difference(identity, 1e-8), *DIFFERENCE),
    wrong("np.gradient of the entries", lambda x: np.gradient(x.astype(float)), "raises", "not_an_array"),
    wrong("np.gradient against itself", lambda x: np.gradient(x, x), "raises", "not_an_array"),
    wrong("almost one", lambda x: np.full(x.shape, 1 - 1e-8, dtype=float_dtype(x)), "approximate", "constant"),
    wrong("one and a small offset", lambda x: ones(x) + 1e-6, "approximate", "constant"),
    wrong("the number 1", lambda x: 1, "wrong_shape", "not_an_array"),
    wrong("the number 1.0", lambda x: 1.0, "wrong_shape", "not_an_array"),
    wrong("array of one 1", lambda x: np.array([1.0]), "wrong_shape"),
    wrong("np.float64(1)", lambda x: np.float64(1), "wrong_shape", "not_an_array"),
    wrong("one per row", lambda x: np.ones(len(x)), "wrong_shape", "raises"),
    wrong("one per row as a list", one_per_row, "not_an_array", "raises"),
    wrong("flat ones", lambda x: np.ones(x.size, dtype=float_dtype(x)), "wrong_shape"),
    wrong("three ones", lambda x: np.ones(3), "wrong_shape"),
    wrong("row with two axes", lambda x: np.ones((1, x.size)), "wrong_shape"),
    wrong("extra axis at the end", lambda x: ones(x)[..., np.newaxis], "wrong_shape"),
    wrong("transposed shape", lambda x: ones(x.T), "wrong_shape"),
    wrong("identity matrix", lambda x: np.eye(x.size), "wrong_shape"),
    wrong("identity matrix of the shape of x", lambda x: np.eye(*x.shape), "wrong_shape", "raises"),
    wrong("identity matrix of x", lambda x: np.identity(x), "raises"),
    wrong("diagonal matrix", lambda x: np.diagflat(ones(x)), "wrong_shape"),
    wrong("gradient of the mean", lambda x: ones(x) / max(x.size, 1)),
    wrong("mean of the slopes", lambda x: np.mean(ones(x)), "wrong_shape", "not_an_array"),
    wrong("sum of the slopes", lambda x: np.sum(ones(x)), "wrong_shape", "not_an_array"),
    wrong("nested lists", lambda x: ones(x).tolist(), "not_an_array"),
    wrong("string", lambda x: "1", "not_an_array"),
    wrong("a function", lambda x: lambda t: 1.0, "not_an_array"),
    wrong("x and the slopes", lambda x: (x, ones(x)), "not_an_array", "wrong_shape"),
    wrong("True", lambda x: True, "wrong_shape", "not_an_array"),
    wrong("boolean array", lambda x: np.ones(x.shape, dtype=bool)),
    wrong("float64 for every x", lambda x: np.ones(x.shape)),
    wrong("float32 for every x", lambda x: np.ones(x.shape, dtype=np.float32), "lower_precision"),
    wrong("complex ones", lambda x: np.ones(x.shape, dtype=complex)),
    wrong("array of objects", lambda x: np.full(x.shape, 1.0, dtype=object)),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x: print(ones(x)), "returns_none"),
    wrong("x filled with ones", filling_x, "changes_argument"),
    wrong("x filled, nothing returned", filling_x_without_return, "changes_argument", "returns_none"),
    wrong("power 0 in place", lambda x: np.power(x, 0, out=x).astype(float_dtype(x)), "changes_argument"),
    wrong("if on the array", only_positive, "scalar_only", "raises"),
    wrong("math.pow", lambda x: math.pow(x, 0), "scalar_only", "raises"),
    wrong("float() of x", lambda x: float(x) ** 0, "scalar_only", "raises"),
    wrong("diff of x", lambda x: np.diff(x) / np.diff(x), "wrong_shape", "raises"),
    wrong("asks for a second argument", lambda x, y: np.ones_like(y), "raises"),
    wrong("minus two", lambda x: -2 * ones(x), "constant", "factor"),
    wrong("minus one and a small offset", lambda x: 1e-3 - ones(x), "constant", "factor"),
]
