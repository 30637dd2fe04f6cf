"""Answers to `sigmoid_derivative_from_output`."""

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    central_difference,
    float_dtype,
    in_float32,
    logistic,
    over_elements,
    partly,
    slope,
    vectorized,
    wrong,
)


def product(y):
    return y * (1 - y)


def logit(y):
    """Go back from the output to the input."""
    with np.errstate(divide="ignore"):
        return np.log(y) - np.log(1 - y)


# --- right ---------------------------------------------------------------------------------------------------


def naming_the_complement(y):
    complement = 1.0 - y
    return y * complement


def by_mask(y):
    out = np.zeros(y.shape, dtype=float_dtype(y))
    inside = (y > 0) & (y < 1)
    out[inside] = y[inside] * (1 - y[inside])
    return out


def on_a_copy(y):
    out = y.astype(float_dtype(y), copy=True)
    out *= 1 - y
    return out


RIGHT = [
    Answer("y(1-y)", product),
    Answer("(1-y)y with a named complement", naming_the_complement),
    Answer("y - y^2", lambda y: y - y**2),
    Answer("y - y*y", lambda y: y - y * y),
    Answer("-(y^2 - y)", lambda y: -(np.power(y, 2) - y)),
    Answer("-y(y-1)", lambda y: -y * (y - 1)),
    Answer("1/4 - (y-1/2)^2", lambda y: 0.25 - (y - 0.5) ** 2),
    Answer("(1-(2y-1)^2)/4", lambda y: (1 - (2 * y - 1) ** 2) / 4),
    Answer("np.multiply and np.subtract", lambda y: np.multiply(y, np.subtract(1.0, y))),
    Answer("np.einsum", lambda y: np.einsum("...,...->...", y, 1.0 - y)),
    Answer("np.prod of a stack", lambda y: np.prod(np.stack([y, 1 - y]), axis=0)),
    Answer("by way of the logit", lambda y: (e := np.exp(-np.abs(logit(y)))) / (1 + e) ** 2),
    Answer("mask of the open interval", by_mask),
    Answer("in place on a copy", on_a_copy),
    Answer("Python loop", over_elements(product)),
    Answer("np.vectorize", vectorized(product)),
    Answer("1/(1/y + 1/(1-y)), which runs to 0 at the ends", lambda y: 1 / (1 / y + 1 / (1 - y))),
    partly("by way of the odds e^x = y/(1-y)", lambda y: (odds := y / (1 - y)) / (1 + odds) ** 2),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def multiplying_in_place(y):
    y *= 1 - y
    return y


def squaring_in_place(y):
    """Use the learner's array as scratch space and return a fresh one."""
    original = y.copy()
    y **= 2
    return original - y


def checking_the_range(y):
    if 0 <= y <= 1:
        return y * (1 - y)
    raise ValueError("y must be between 0 and 1")


def without_return(y):
    result = 1 - y
    result = y * result


WRONG = [
    wrong("s(y)(1-s(y))", slope, "sigmoid_applied_again"),
    wrong("sigma applied again in the cosh form", lambda y: 1 / (2 + 2 * np.cosh(y)), "sigmoid_applied_again"),
    wrong("1-y^2", lambda y: 1 - y**2, "tanh_rule"),
    wrong("(1-y)(1+y)", lambda y: (1 - y) * (1 + y), "tanh_rule"),
    wrong("y^2", lambda y: y**2, "squared_output"),
    wrong("1-y", lambda y: 1 - y, "complement_only"),
    wrong("y itself", lambda y: y.copy(), "output_itself"),
    wrong("1-tanh(y)^2", lambda y: 1 - np.tanh(y) ** 2, "tanh_derivative"),
    wrong("y(y-1)", lambda y: y * (y - 1), "sign"),
    wrong("y^2 - y", lambda y: y**2 - y, "sign"),
    wrong("2y(1-y)", lambda y: 2 * y * (1 - y), "factor"),
    wrong("y(1-y)/4", lambda y: y * (1 - y) / 4, "factor"),
    wrong("4y(1-y), scaled to 1", lambda y: 4 * y * (1 - y), "factor"),
    wrong("-2y(1-y)", lambda y: -2 * y * (1 - y)),
    wrong("(1-y)^2", lambda y: (1 - y) ** 2),
    wrong("1-2y, differentiated once more", lambda y: 1 - 2 * y),
    wrong("y(1-y)(1-2y)", lambda y: y * (1 - y) * (1 - 2 * y)),
    wrong("y(1+y)", lambda y: y * (1 + y)),
    wrong("y(1-y^2)", lambda y: y * (1 - y**2)),
    wrong("y^2(1-y)", lambda y: y**2 * (1 - y)),
    wrong("y - 1", lambda y: y - 1),
    wrong("minus y^2", lambda y: -(y**2)),
    wrong("sqrt of y(1-y)", lambda y: np.sqrt(y * (1 - y))),
    wrong("1/(y(1-y)), the slope of the logit", lambda y: 1 / (y * (1 - y))),
    wrong("triangle min(y,1-y)/2", lambda y: np.minimum(y, 1 - y) / 2),
    wrong("sigma of y", logistic),
    wrong("sigma(y)(1-y)", lambda y: logistic(y) * (1 - y)),
    wrong("y(1-sigma(y))", lambda y: y * (1 - logistic(y))),
    wrong("entropy", lambda y: -y * np.log(y) - (1 - y) * np.log(1 - y)),
    wrong("zero for y below one half", lambda y: np.where(y > 0.5, y * (1 - y), 0.0)),
    wrong("whole-number output", lambda y: (y * (1 - y)).astype(int)),
    wrong("constant 1/4", lambda y: np.full(y.shape, 0.25), "constant"),
    wrong("y kept away from 0", lambda y: (y + 1e-7) * (1 - y), "approximate"),
    wrong("y(1-y) + 1e-8", lambda y: y * (1 - y) + 1e-8, "approximate"),
    wrong("central difference at the logit", lambda y: central_difference(logistic, 1e-5)(logit(y)), *DIFFERENCE),
    wrong("forward difference at the logit", lambda y: (logistic(logit(y) + 1e-6) - y) / 1e-6, *DIFFERENCE),
    wrong("rounded to 6 digits", lambda y: np.round(y * (1 - y), 6), "rounded"),
    wrong("float32 inside", in_float32(product), "lower_precision"),
    wrong("if on the array", checking_the_range, "scalar_only", "raises"),
    wrong("float() of the array", lambda y: product(float(y)), "scalar_only", "raises"),
    wrong("sum", lambda y: np.sum(y * (1 - y)), "wrong_shape", "not_an_array"),
    wrong("flattened", lambda y: (y * (1 - y)).ravel(), "wrong_shape"),
    wrong("column", lambda y: (y * (1 - y)).reshape(-1, 1), "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda y: np.diagflat(y * (1 - y)), "wrong_shape"),
    wrong("softmax Jacobian", lambda y: np.diagflat(y) - np.outer(y, y), "wrong_shape"),
    wrong("matrix product", lambda y: np.dot(y, 1 - y), "wrong_shape", "raises"),
    wrong("multiplies in place", multiplying_in_place, "changes_argument"),
    wrong("squares in place", squaring_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("returns nested lists", lambda y: (y * (1 - y)).tolist(), "not_an_array"),
    wrong("number called like a function", lambda y: y(1 - y), "raises"),
]
