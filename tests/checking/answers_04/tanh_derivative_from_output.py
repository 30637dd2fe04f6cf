"""Answers to `tanh_derivative_from_output`."""

import math

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
    vectorized,
    wrong,
)

from answers_04.arrays import ONE_NUMBER, SCALAR, filling_an_array_like
from answers_04.hyperbolic import slope


def rule(y):
    return 1 - y * y


def artanh(y):
    """Go back from the output to the input."""
    with np.errstate(divide="ignore"):
        return np.arctanh(y)


# --- right ---------------------------------------------------------------------------------------------------


def by_mask(y):
    out = np.zeros(y.shape, dtype=float_dtype(y))
    inside = np.abs(y) < 1
    out[inside] = 1 - y[inside] ** 2
    return out


def on_a_copy(y):
    out = np.array(y, dtype=float_dtype(y))
    out **= 2
    np.negative(out, out=out)
    out += 1
    return out


def by_ndindex(y):
    out = np.ones(y.shape, dtype=float_dtype(y))
    for index in np.ndindex(y.shape):
        out[index] -= y[index] ** 2
    return out


RIGHT = [
    Answer("1-y^2", lambda y: 1 - y**2),
    Answer("(1-y)(1+y)", lambda y: (1 - y) * (1 + y)),
    Answer("1.0-y*y", lambda y: 1.0 - y * y),
    Answer("-(y^2-1)", lambda y: -(np.power(y, 2) - 1)),
    Answer("-(y-1)(y+1)", lambda y: -(y - 1) * (y + 1)),
    Answer("np.subtract and np.square", lambda y: np.subtract(1.0, np.square(y))),
    Answer("ones minus the square", lambda y: np.ones(y.shape, dtype=float_dtype(y)) - y**2),
    Answer("1-|y|^2", lambda y: 1 - np.abs(y) ** 2),
    Answer("np.polyval", lambda y: np.polyval([-1.0, 0.0, 1.0], y)),
    Answer("np.einsum", lambda y: np.einsum("...,...->...", 1.0 - y, 1.0 + y)),
    Answer("4s(1-s) with s=(1+y)/2", lambda y: 4 * (s := (1 + y) / 2) * (1 - s)),
    Answer("2(1-y)-(1-y)^2", lambda y: 2 * (1 - y) - (1 - y) ** 2),
    Answer("cos^2 of arcsin y", lambda y: np.cos(np.arcsin(y)) ** 2),
    Answer("1/cosh^2 at the input", lambda y: 1 / np.cosh(artanh(y)) ** 2),
    Answer("one exponential at the input", lambda y: 4 * (e := np.exp(-2 * np.abs(artanh(y)))) / (1 + e) ** 2),
    Answer("1-tanh^2 at the input", lambda y: slope(artanh(y))),
    Answer("mask of the open interval", by_mask),
    Answer("in place on a copy", on_a_copy),
    Answer("loop over np.ndindex", by_ndindex),
    Answer("Python loop", over_elements(rule)),
    Answer("np.vectorize with otypes", vectorized(rule)),
    Answer("2/(1/(1-y)+1/(1+y)), which runs to 0 at the ends", lambda y: 2 / (1 / (1 - y) + 1 / (1 + y))),
    partly("by way of the odds e^2x = (1+y)/(1-y)", lambda y: 4 * (odds := (1 + y) / (1 - y)) / (1 + odds) ** 2),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def squaring_in_place(y):
    y *= y
    return 1 - y


def scratching_in_place(y):
    """Use the learner's array as scratch space and return a fresh one."""
    np.multiply(y, -y, out=y)
    return y + 1.0


def checking_the_range(y):
    if -1 <= y <= 1:
        return 1 - y**2
    raise ValueError("y must be between -1 and 1")


def without_return(y):
    result = y**2
    result = 1 - result


WRONG = [
    # formulas
    wrong("1-tanh(y)^2", slope, "tanh_applied_again", "output_for_input", "input_for_output"),
    wrong("1/cosh(y)^2", lambda y: 1 / np.cosh(y) ** 2, "tanh_applied_again", "output_for_input", "input_for_output"),
    wrong("y(1-y)", lambda y: y * (1.0 - y), "sigmoid_rule"),
    wrong("y-y^2", lambda y: y - y**2.0, "sigmoid_rule"),
    wrong("1-y", lambda y: 1.0 - y, "missing_square", "not_squared", "complement_only"),
    wrong("y^2", lambda y: y**2.0, "squared_output", "missing_one"),
    wrong("y itself", lambda y: y.astype(float), "output_itself"),
    wrong("y^2-1", lambda y: y**2.0 - 1, "sign"),
    wrong("(y-1)(y+1)", lambda y: (y - 1.0) * (y + 1), "sign"),
    wrong("1+y^2", lambda y: 1 + y**2.0, "sign", "plus_for_minus"),
    wrong("2(1-y^2)", lambda y: 2 * (1 - y**2.0), "factor"),
    wrong("(1-y^2)/4", lambda y: (1 - y**2.0) / 4, "factor"),
    wrong("(1-y^2)/2", lambda y: (1 - y**2.0) / 2, "factor"),
    wrong("-2y(1-y^2), the second derivative", lambda y: -2 * y * (1 - y**2.0), "second_derivative"),
    wrong("1/(1-y^2), the slope of artanh", lambda y: 1 / (1 - y**2.0), "reciprocal", "inverse_slope"),
    wrong("sigma'(y)", lambda y: (s := logistic(y)) * (1 - s), "sigmoid_derivative", "sigmoid_applied_again"),
    wrong("tanh(y)", lambda y: np.tanh(y), "function_itself", "forward_for_derivative"),
    wrong("zero for y<0", lambda y: np.where(y > 0, 1 - y**2.0, 0.0), "one_sided"),
    wrong("ones", lambda y: np.ones(y.shape), "constant"),
    # variations on them
    wrong("-2(1-y^2)", lambda y: -2 * (1 - y**2.0)),
    wrong("(1-y)^2", lambda y: (1.0 - y) ** 2),
    wrong("(1+y)^2", lambda y: (1.0 + y) ** 2),
    wrong("1-y^3", lambda y: 1 - y**3.0),
    wrong("1-y^4", lambda y: 1 - y**4.0),
    wrong("(1-y^2)^2", lambda y: (1 - y**2.0) ** 2),
    wrong("1-2y", lambda y: 1 - 2.0 * y),
    wrong("1-|y|", lambda y: 1.0 - np.abs(y)),
    wrong("-2y", lambda y: -2.0 * y),
    wrong("sqrt(1-y^2)", lambda y: np.sqrt(1 - y**2.0)),
    wrong("1-y^2/2", lambda y: 1 - y**2.0 / 2),
    wrong("y(1-y^2)", lambda y: y * (1 - y**2.0)),
    wrong("1+y(1-y)", lambda y: 1 + y * (1.0 - y)),
    wrong("4y(1-y)", lambda y: 4.0 * y * (1 - y)),
    wrong("(1+y)(1-tanh y)", lambda y: (1 + y) * (1 - np.tanh(y))),
    wrong("1-y tanh(y)", lambda y: 1 - y * np.tanh(y)),
    wrong("1-y^2 plus 0.01", lambda y: 1.01 - y**2.0),
    wrong("input found by arctan", lambda y: slope(np.arctan(y))),
    wrong("1/cosh at the input, not squared", lambda y: 1 / np.cosh(artanh(y))),
    wrong("whole-number output", lambda y: (1 - y**2.0).astype(int)),
    wrong("cut to whole numbers and back", lambda y: np.trunc(1 - y**2.0)),
    # approximations
    wrong("1-y^2 + 1e-8", lambda y: 1 - y**2.0 + 1e-8, "approximate"),
    wrong("y kept away from +-1", lambda y: 1 - np.clip(y, -0.999999, 0.999999) ** 2, "approximate"),
    wrong("central difference at the input", lambda y: central_difference(np.tanh, 1e-5)(artanh(y)), *DIFFERENCE),
    wrong("forward difference at the input", lambda y: (np.tanh(artanh(y) + 1e-6) - y) / 1e-6, *DIFFERENCE),
    wrong("rounded to 6 digits", lambda y: np.round(1 - y**2.0, 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(rule), "lower_precision"),
    # arrays, arguments and returns
    wrong("if on the array", checking_the_range, *SCALAR),
    wrong("math.pow on the array", lambda y: 1 - math.pow(y, 2), *SCALAR),
    wrong("float() of the array", lambda y: rule(float(y)), *SCALAR),
    wrong("sum", lambda y: np.sum(1 - y**2.0), *ONE_NUMBER),
    wrong("one minus the squared length", lambda y: 1 - np.sum(y**2.0), *ONE_NUMBER),
    wrong("first entry only", lambda y: 1 - y.ravel()[:1] ** 2.0, "wrong_shape"),
    wrong("flattened", lambda y: (1 - y**2.0).ravel(), "wrong_shape"),
    wrong("column", lambda y: (1 - y**2.0).reshape(-1, 1), "wrong_shape"),
    wrong("row of shape (1, n)", lambda y: (1 - y**2.0).reshape(1, -1), "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda y: np.diagflat(1 - y**2.0), "wrong_shape"),
    wrong("matrix product", lambda y: 1 - np.dot(y, y), "wrong_shape", "raises"),
    wrong("outer product", lambda y: 1 - np.outer(y, y), "wrong_shape"),
    wrong("squares in place", squaring_in_place, "changes_argument"),
    wrong("argument as scratch space", scratching_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda y: print(1 - y**2), "returns_none"),
    wrong("nested lists", lambda y: (1 - y**2.0).tolist(), "not_an_array"),
    wrong("the formula as a string", lambda y: "1 - y**2", "not_an_array"),
    wrong("caret for power", lambda y: 1 - (y * 1.0) ^ 2, "raises"),
    wrong("number called like a function", lambda y: (1 - y)(1 + y), "raises"),
    wrong("asks for the input too", lambda x, y: 1 - y**2, "raises"),
    wrong("entries cut to whole numbers by the dtype", lambda y: 1 - y.astype(int) ** 2),
]
# An array of whole numbers holds only -1, 0 and 1 here, whose slopes are whole too: this one is no mistake.
RIGHT.append(Answer("filled into an array like y", filling_an_array_like(rule)))
