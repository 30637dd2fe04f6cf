"""Answers to `tanh_derivative`."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    backward_difference,
    central_difference,
    five_point_difference,
    float_dtype,
    forward_difference,
    in_float32,
    interpolated,
    logistic,
    over_elements,
    partly,
    vectorized,
    wrong,
)

from answers_04.arrays import ONE_NUMBER, SCALAR, filling_an_array_like
from answers_04.hyperbolic import scalar_slope, sech, slope

# --- right ---------------------------------------------------------------------------------------------------


def naming_the_output(x):
    y = np.tanh(x)
    return (1 - y) * (1 + y)


def by_mask(x):
    out = np.empty(x.shape, dtype=float_dtype(x))
    right = x > 0
    e = np.exp(-2 * x[right])
    out[right] = 4 * e / (1 + e) ** 2
    e = np.exp(2 * x[~right])
    out[~right] = 4 * e / (1 + e) ** 2
    return out


def by_ndindex(x):
    out = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        out[index] = 1 - math.tanh(x[index]) ** 2
    return out


def by_list_comprehension(x):
    return np.array([1 - math.tanh(t) ** 2 for t in x.flat], dtype=float_dtype(x)).reshape(x.shape)


def with_own_tanh(x):
    """Define tanh through one exponential that does not overflow, then square it."""

    def own_tanh(z):
        e = np.exp(-2 * np.abs(z))
        return np.sign(z) * (1 - e) / (1 + e)

    return 1 - own_tanh(x) ** 2


def on_a_copy(x):
    out = x.astype(float_dtype(x), copy=True)
    np.tanh(out, out=out)
    out *= -out
    out += 1
    return out


def by_where(x):
    with np.errstate(all="ignore"):
        left = 4 * np.exp(2 * x) / (1 + np.exp(2 * x)) ** 2
        right = 4 * np.exp(-2 * x) / (1 + np.exp(-2 * x)) ** 2
    return np.where(x < 0, left, right)


def by_quotient_rule(x):
    """Write the quotient rule out: (cosh cosh - sinh sinh) / cosh^2."""
    u, v = np.sinh(x), np.cosh(x)
    du, dv = np.cosh(x), np.sinh(x)
    return (du * v - u * dv) / v**2


RIGHT = [
    Answer("1-tanh^2", slope),
    Answer("1-tanh*tanh", lambda x: 1.0 - np.tanh(x) * np.tanh(x)),
    Answer("(1-y)(1+y) with the output named", naming_the_output),
    Answer("1/cosh^2", lambda x: 1 / np.cosh(x) ** 2),
    Answer("sech squared, sech = 2/(e^x+e^-x)", lambda x: (2 / (np.exp(x) + np.exp(-x))) ** 2),
    Answer("4/(e^x+e^-x)^2", lambda x: 4 / (np.exp(x) + np.exp(-x)) ** 2),
    Answer("4/(e^2x+2+e^-2x)", lambda x: 4 / (np.exp(2 * x) + 2 + np.exp(-2 * x))),
    Answer("2/(1+cosh 2x)", lambda x: 2 / (1 + np.cosh(2 * x))),
    Answer("one exponential of -2|x|", lambda x: 4 * (e := np.exp(-2 * np.abs(x))) / (1 + e) ** 2),
    Answer("sech without overflow, squared", lambda x: sech(x) ** 2),
    Answer("boolean masks for the two signs", by_mask),
    Answer("np.where of both forms", by_where),
    Answer("4 s(2x)(1-s(2x))", lambda x: 4 * (s := logistic(2 * x)) * (1 - s)),
    Answer("4 s(2x) s(-2x)", lambda x: 4 * logistic(2 * x) * logistic(-2 * x)),
    Answer("1-(2s(2x)-1)^2", lambda x: 1 - (2 * logistic(2 * x) - 1) ** 2),
    Answer("own tanh without overflow", with_own_tanh),
    Answer("minus sign shared out: -(y^2-1)", lambda x: -(np.power(np.tanh(x), 2) - 1)),
    Answer("ufuncs spelled out", lambda x: np.subtract(1, np.square(np.tanh(x)))),
    Answer("in place on a copy", on_a_copy),
    Answer("loop over np.ndindex with math.tanh", by_ndindex),
    Answer("list comprehension with math.tanh", by_list_comprehension),
    Answer("Python loop with a stable scalar function", over_elements(scalar_slope)),
    Answer("np.vectorize with otypes", vectorized(scalar_slope)),
    Answer("clipped at +-30", lambda x: 1 / np.cosh(np.clip(x, -30.0, 30.0)) ** 2),
    partly("quotient rule written out in sinh and cosh", by_quotient_rule),
    partly("1-(sinh/cosh)^2", lambda x: 1 - (np.sinh(x) / np.cosh(x)) ** 2),
    partly(
        "1-((e^x-e^-x)/(e^x+e^-x))^2",
        lambda x: 1 - ((np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))) ** 2,
    ),
    partly("1-((e^2x-1)/(e^2x+1))^2", lambda x: 1 - ((np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)) ** 2),
    partly("4e^2x/(1+e^2x)^2", lambda x: 4 * np.exp(2 * x) / (1 + np.exp(2 * x)) ** 2),
    partly("4e^-2x/(1+e^-2x)^2", lambda x: 4 * np.exp(-2 * x) / (1 + np.exp(-2 * x)) ** 2),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def without_return(x):
    y = np.tanh(x)
    y = 1 - y**2


def taking_tanh_in_place(x):
    np.tanh(x, out=x, casting="unsafe")
    return 1 - x**2


def clipping_in_place(x):
    x[x < -20] = -20
    x[x > 20] = 20
    return 1 / np.cosh(x) ** 2


def doubling_in_place(x):
    x *= 2
    return 2 / (1 + np.cosh(x))


def returning_inside_the_loop(x):
    for t in x.ravel():
        return scalar_slope(float(t))
    return None


WRONG = [
    wrong("complex step", lambda x: np.tanh(x + 1e-20j).imag / 1e-20, "complex_step"),
    # formulas
    wrong("1-x^2", lambda x: 1 - x**2.0, "input_for_output"),
    wrong("(1-x)(1+x)", lambda x: (1 - x) * (1.0 + x), "input_for_output"),
    wrong("1-tanh", lambda x: 1 - np.tanh(x), "missing_square", "not_squared"),
    wrong("1/cosh, not squared", lambda x: 1 / np.cosh(x), "missing_square", "not_squared", "sech_not_squared"),
    wrong("tanh^2", lambda x: np.tanh(x) ** 2, "missing_one", "squared_output"),
    wrong("tanh itself", lambda x: np.tanh(x), "function_itself", "forward_for_derivative", "output_itself"),
    wrong("sigma'(x)", lambda x: (s := logistic(x)) * (1 - s), "sigmoid_derivative", "sigmoid_rule"),
    wrong("y(1-y) with y = tanh", lambda x: (y := np.tanh(x)) * (1 - y), "sigmoid_rule"),
    wrong("1+tanh^2", lambda x: 1 + np.tanh(x) ** 2, "sign", "plus_for_minus"),
    wrong("tanh^2-1", lambda x: np.tanh(x) ** 2 - 1, "sign"),
    wrong("quotient rule in the wrong order", lambda x: -4 / (np.exp(x) + np.exp(-x)) ** 2, "sign"),
    wrong("2(1-tanh^2)", lambda x: 2 * slope(x), "factor"),
    wrong("1/(e^x+e^-x)^2, the 4 lost", lambda x: 1 / (np.exp(x) + np.exp(-x)) ** 2, "factor"),
    wrong("2/(e^x+e^-x)^2, the 2 not squared", lambda x: 2 / (np.exp(x) + np.exp(-x)) ** 2, "factor"),
    wrong("s(2x)(1-s(2x)), the chain rule forgotten", lambda x: (s := logistic(2 * x)) * (1 - s), "factor"),
    wrong("2s(2x)(1-s(2x)), the inner 2 forgotten", lambda x: 2 * (s := logistic(2 * x)) * (1 - s), "factor"),
    wrong("4s(x)(1-s(x)), x not doubled", lambda x: 4 * (s := logistic(x)) * (1 - s), "inner_not_scaled"),
    wrong("cosh^2, not divided", lambda x: np.cosh(x) ** 2, "reciprocal"),
    wrong("1/sinh^2", lambda x: 1 / np.sinh(x) ** 2, "sinh_for_cosh"),
    wrong("1/cos^2, the slope of tan", lambda x: 1 / np.cos(x) ** 2, "tan_for_tanh"),
    wrong("1-tan^2", lambda x: 1 - np.tan(x) ** 2, "tan_for_tanh"),
    wrong("-2 tanh sech^2, the second derivative", lambda x: -2 * np.tanh(x) * slope(x), "second_derivative"),
    wrong("zero for x<=0", lambda x: np.where(x > 0, slope(x), 0.0), "one_sided"),
    wrong("slope of hard tanh", lambda x: np.where(np.abs(x) < 1, 1.0, 0.0), "hard_tanh", "hard_step"),
    wrong("ones", lambda x: np.ones(x.shape), "constant"),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    # variations on them
    wrong("-2(1-tanh^2)", lambda x: -2 * slope(x)),
    wrong("1-tanh(x)^4", lambda x: 1 - np.tanh(x) ** 4),
    wrong("(1-tanh^2)^2", lambda x: slope(x) ** 2),
    wrong("(1-tanh)^2", lambda x: (1 - np.tanh(x)) ** 2),
    wrong("1-tanh(x^2)", lambda x: 1 - np.tanh(x**2)),
    wrong("1-tanh(x)^2 with x doubled", lambda x: 1 - np.tanh(2 * x) ** 2),
    wrong("1-2tanh", lambda x: 1 - 2 * np.tanh(x)),
    wrong("1-tanh^2/2", lambda x: 1 - np.tanh(x) ** 2 / 2),
    wrong("1-tanh^2 plus 0.01", lambda x: slope(x) + 0.01),
    wrong("1-|tanh|", lambda x: 1 - np.abs(np.tanh(x))),
    wrong("1+tanh", lambda x: 1 + np.tanh(x)),
    wrong("2 tanh, the power rule alone", lambda x: 2 * np.tanh(x)),
    wrong("1/(1+x^2), the slope of arctan", lambda x: 1 / (1.0 + x**2)),
    wrong("e^-x^2", lambda x: np.exp(-(x**2))),
    wrong("cosh/sinh: slope of the top over slope of the bottom", lambda x: np.cosh(x) / np.sinh(x)),
    wrong("quotient rule, the bottom not squared", lambda x: 2 / (np.exp(x) + np.exp(-x)) * 2),
    wrong(
        "quotient rule with a plus",
        lambda x: (np.cosh(x) ** 2 + np.sinh(x) ** 2) / np.cosh(x) ** 2,
        "sign",
        "plus_for_minus",
    ),
    wrong("4/(e^x-e^-x)^2", lambda x: 4 / (np.exp(x) - np.exp(-x)) ** 2, "sinh_for_cosh"),
    wrong("4e^x/(1+e^x)^2", lambda x: 4 * np.exp(x) / (1 + np.exp(x)) ** 2, "inner_not_scaled"),
    wrong("4e^-2x/(1+e^-2x), not squared", lambda x: 4 * np.exp(-2 * x) / (1 + np.exp(-2 * x))),
    wrong("4e/(1+e)^2 with e = e^(-|x|), the 2 lost", lambda x: sech(x / 2) ** 2, "inner_not_scaled"),
    wrong("missing brackets: 1/e^x+e^-x squared", lambda x: (2 / np.exp(x) + np.exp(-x)) ** 2),
    wrong("Taylor polynomial", lambda x: 1 - x**2.0 + 2 * x**4.0 / 3),
    wrong("x times the slope", lambda x: x * slope(x)),
    wrong("slope at the output", lambda x: slope(np.tanh(x))),
    # approximations
    wrong("forward difference", forward_difference(np.tanh, 1e-4), *DIFFERENCE),
    wrong("backward difference", backward_difference(np.tanh, 1e-5), *DIFFERENCE),
    wrong("central difference", central_difference(np.tanh, 1e-5), *DIFFERENCE),
    wrong("five-point difference", five_point_difference(np.tanh, 0.05), *DIFFERENCE),
    wrong("rounded to 6 digits", lambda x: np.round(slope(x), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(slope), "lower_precision"),
    wrong("epsilon added", lambda x: slope(x) + 1e-8, "approximate"),
    wrong("clipped at +-5", lambda x: slope(np.clip(x, -5, 5)), "approximate"),
    wrong("looked up in a fine table", interpolated(slope), "approximate"),
    # arrays, arguments and returns
    wrong("math.tanh on the array", lambda x: 1 - math.tanh(x) ** 2, *SCALAR),
    wrong("if on the array", lambda x: 4 * (e := np.exp(-2 * x if x > 0 else 2 * x)) / (1 + e) ** 2, *SCALAR),
    wrong("float() of the array", lambda x: scalar_slope(float(x)), *SCALAR),
    wrong("sum", lambda x: np.sum(slope(x)), *ONE_NUMBER),
    wrong("mean", lambda x: np.mean(slope(x)), *ONE_NUMBER),
    wrong("return inside the loop", returning_inside_the_loop, *ONE_NUMBER),
    wrong("flattened", lambda x: slope(x.ravel()), "wrong_shape"),
    wrong("extra axis in front", lambda x: slope(x)[np.newaxis], "wrong_shape"),
    wrong("column", lambda x: slope(x).reshape(-1, 1), "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x: np.diagflat(slope(x)), "wrong_shape"),
    wrong("matrix product of y and y", lambda x: 1 - np.dot(np.tanh(x), np.tanh(x)), "wrong_shape", "raises"),
    wrong("takes tanh in place", taking_tanh_in_place, "changes_argument"),
    wrong("clips its argument in place", clipping_in_place, "changes_argument"),
    wrong("doubles its argument in place", doubling_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x: print(slope(x)), "returns_none"),
    wrong("nested lists", lambda x: slope(x).tolist(), "not_an_array"),
    wrong("y and the slope", lambda x: (np.tanh(x), slope(x)), "not_an_array", "wrong_shape"),
    wrong("a string", lambda x: "1 - tanh(x)**2", "not_an_array"),
    wrong("caret for power", lambda x: 1 - np.tanh(x) ^ 2, "raises"),
    wrong("method that arrays lack", lambda x: 1 - x.tanh() ** 2, "raises"),
    wrong("asks for the output too", lambda x, y: 1 - y**2, "raises"),
    wrong("cut to whole numbers for int input", filling_an_array_like(scalar_slope)),
]
