"""Answers to `scaled_tanh_derivative`."""

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
    vectorized,
    wrong,
)

from answers_04.arrays import ONE_NUMBER, SCALAR, filling_an_array_like
from answers_04.hyperbolic import scalar_slope, sech, slope


def scaled(a, b):
    """Make the function a tanh(bx)."""
    return lambda x: a * np.tanh(b * x)


# --- right ---------------------------------------------------------------------------------------------------


def chain_rule_in_steps(x, a, b):
    inner = b * x
    outer_slope = a * (1 - np.tanh(inner) ** 2)
    inner_slope = b
    return outer_slope * inner_slope


def by_mask(x, a, b):
    z = np.asarray(b * x, dtype=float)
    out = np.empty(z.shape, dtype=float)
    right = z > 0
    e = np.exp(-2 * z[right])
    out[right] = a * b * 4 * e / (1 + e) ** 2
    e = np.exp(2 * z[~right])
    out[~right] = a * b * 4 * e / (1 + e) ** 2
    return out


def by_ndindex(x, a, b):
    out = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        out[index] = a * b * (1 - math.tanh(b * float(x[index])) ** 2)
    return out


def with_zeros_apart(x, a, b):
    """Treat a = 0 and b = 0 apart, where the function is constant; else go by the output."""
    if a == 0 or b == 0:
        return np.zeros(x.shape)
    y = a * np.tanh(b * x)
    return b / a * (a - y) * (a + y)


def by_quotient_rule(x, a, b):
    top, bottom = np.sinh(b * x), np.cosh(b * x)
    return a * (b * bottom * bottom - top * b * top) / bottom**2


def on_a_copy(x, a, b):
    out = np.tanh(b * np.array(x, dtype=float))
    out = np.asarray(out)
    out **= 2
    out *= -a * b
    out += a * b
    return out


RIGHT = [
    Answer("ab(1-tanh(bx)^2)", lambda x, a, b: a * b * (1 - np.tanh(b * x) ** 2)),
    Answer("ab - ab tanh^2", lambda x, a, b: a * b - a * b * np.tanh(b * x) ** 2),
    Answer("chain rule in steps", chain_rule_in_steps),
    Answer("ab/cosh(bx)^2", lambda x, a, b: a * b / np.cosh(b * x) ** 2),
    Answer("ab sech^2 without overflow", lambda x, a, b: a * b * sech(b * x) ** 2),
    Answer("one exponential of -2|bx|", lambda x, a, b: a * b * 4 * (e := np.exp(-2 * np.abs(b * x))) / (1 + e) ** 2),
    Answer("4ab/(e^bx+e^-bx)^2", lambda x, a, b: 4 * a * b / (np.exp(b * x) + np.exp(-b * x)) ** 2),
    Answer("2ab/(1+cosh(2bx))", lambda x, a, b: 2 * a * b / (1 + np.cosh(2 * b * x))),
    Answer("4ab s(1-s) at 2bx", lambda x, a, b: 4 * a * b * (s := logistic(2 * b * x)) * (1 - s)),
    Answer("ab(1-y)(1+y)", lambda x, a, b: a * b * (1 - (y := np.tanh(b * x))) * (1 + y)),
    Answer("slope helper by the chain rule", lambda x, a, b: a * slope(b * x) * b),
    Answer("|b| inside", lambda x, a, b: a * b * slope(abs(b) * x)),
    Answer("minus sign shared out", lambda x, a, b: -a * b * (np.tanh(-b * x) ** 2 - 1)),
    Answer("boolean masks for the two signs", by_mask),
    Answer("a=0 and b=0 apart, else from the output", with_zeros_apart),
    Answer("in place on a copy", on_a_copy),
    Answer("loop over np.ndindex", by_ndindex),
    Answer("np.vectorize with otypes", lambda x, a, b: vectorized(lambda t: a * b * scalar_slope(b * t))(x)),
    partly("quotient rule written out", by_quotient_rule),
    partly("4ab e^2bx/(1+e^2bx)^2", lambda x, a, b: 4 * a * b * np.exp(2 * b * x) / (1 + np.exp(2 * b * x)) ** 2),
    partly("4ab e^-2bx/(1+e^-2bx)^2", lambda x, a, b: 4 * a * b * np.exp(-2 * b * x) / (1 + np.exp(-2 * b * x)) ** 2),
    partly("ab(1-(sinh/cosh)^2)", lambda x, a, b: a * b * (1 - (np.sinh(b * x) / np.cosh(b * x)) ** 2)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def refusing(x, a, b):
    if b <= 0:
        raise ValueError("b must be positive")
    return a * b * slope(b * x)


def scaling_in_place(x, a, b):
    np.multiply(x, b, out=x, casting="unsafe")
    return a * b * slope(x)


def without_return(x, a, b):
    y = np.tanh(b * x)
    y = a * b * (1 - y**2)


def scalar_scaled(t, a, b):
    return a * b * scalar_slope(b * t)


WRONG = [
    wrong("complex step", lambda x, a, b: a * np.tanh(b * (x + 1e-30j)).imag / 1e-30, "complex_step"),
    # formulas
    wrong("a(1-tanh(bx)^2)", lambda x, a, b: a * slope(b * x), "missing_inner_derivative"),
    wrong("a/cosh(bx)^2", lambda x, a, b: a / np.cosh(b * x) ** 2, "missing_inner_derivative"),
    wrong("ab(1-tanh(x)^2)", lambda x, a, b: a * b * slope(x), "inner_not_scaled"),
    wrong("ab/cosh(x)^2", lambda x, a, b: a * b / np.cosh(x) ** 2, "inner_not_scaled"),
    wrong("b(1-tanh(bx)^2)", lambda x, a, b: b * slope(b * x), "missing_a", "ignores_a", "missing_outer_factor"),
    wrong("a(1-tanh(x)^2)", lambda x, a, b: a * slope(x), "ignores_b"),
    wrong("1-tanh(bx)^2", lambda x, a, b: slope(b * x), "missing_factors", "missing_both_factors"),
    wrong("1-tanh(x)^2", lambda x, a, b: slope(x), "ignores_parameters", "ignores_a_and_b"),
    wrong("ab^2 sech^2", lambda x, a, b: a * b**2 * slope(b * x), "inner_twice"),
    wrong("a^2 b sech^2", lambda x, a, b: a**2 * b * slope(b * x), "outer_twice", "a_twice"),
    wrong("a|b| sech^2", lambda x, a, b: a * abs(b) * slope(b * x), "absolute_factor"),
    wrong("a/b sech^2, 0 where b is 0", lambda x, a, b: (a / b if b else 0) * slope(b * x), "divides_by_b"),
    wrong("a and b exchanged", lambda x, a, b: a * b * slope(a * x), "swapped_parameters", "a_for_b"),
    wrong("b - ab tanh^2: a on the second term only", lambda x, a, b: b * (1 - a * np.tanh(b * x) ** 2), "brackets"),
    wrong(
        "b(1-(a tanh(bx))^2), the output rule with the scaled output",
        lambda x, a, b: b * (1 - (a * np.tanh(b * x)) ** 2),
        "scaled_output",
        "output_rule",
    ),
    wrong(
        "ab(1-(a tanh(bx))^2)", lambda x, a, b: a * b * (1 - (a * np.tanh(b * x)) ** 2), "scaled_output", "output_rule"
    ),
    wrong("ab(1-tanh(bx))", lambda x, a, b: a * b * (1 - np.tanh(b * x)), "missing_square", "not_squared"),
    wrong("ab/cosh(bx)", lambda x, a, b: a * b / np.cosh(b * x), "missing_square", "not_squared", "sech_not_squared"),
    wrong("ab(1-(bx)^2)", lambda x, a, b: a * b * (1 - (b * x) ** 2.0), "input_for_output"),
    wrong("ab tanh^2", lambda x, a, b: a * b * np.tanh(b * x) ** 2, "missing_one", "squared_output"),
    wrong("-ab sech^2", lambda x, a, b: -a * b * slope(b * x), "sign"),
    wrong("ab(tanh^2-1)", lambda x, a, b: a * b * (np.tanh(b * x) ** 2 - 1), "sign"),
    wrong("ab(1+tanh^2)", lambda x, a, b: a * b * (1 + np.tanh(b * x) ** 2), "plus_for_minus", "sign"),
    wrong("2ab sech^2", lambda x, a, b: 2 * a * b * slope(b * x), "factor"),
    wrong("ab/(e^bx+e^-bx)^2, the 4 lost", lambda x, a, b: a * b / (np.exp(b * x) + np.exp(-b * x)) ** 2, "factor"),
    wrong("ab s(1-s) at 2bx", lambda x, a, b: a * b * (s := logistic(2 * b * x)) * (1 - s), "factor"),
    wrong("a tanh(bx)", lambda x, a, b: a * np.tanh(b * x), "function_itself", "forward_for_derivative"),
    wrong("tanh(bx), by a", lambda x, a, b: np.tanh(b * x), "derivative_by_a", "wrong_variable"),
    wrong("ax sech^2, by b", lambda x, a, b: a * x * slope(b * x), "derivative_by_b", "wrong_variable"),
    wrong("ab sigma'(bx)", lambda x, a, b: a * b * (s := logistic(b * x)) * (1 - s), "sigmoid_derivative"),
    wrong("constant ab", lambda x, a, b: np.full(x.shape, float(a * b)), "constant"),
    wrong("zero for x<=0", lambda x, a, b: np.where(x > 0, a * b * slope(b * x), 0.0), "one_sided"),
    # variations on them
    wrong("-a sech^2", lambda x, a, b: -a * slope(b * x)),
    wrong("-2ab sech^2", lambda x, a, b: -2 * a * b * slope(b * x)),
    wrong("ab sech^2 plus 0.01", lambda x, a, b: a * b * slope(b * x) + 0.01),
    wrong("(a+b) sech^2", lambda x, a, b: (a + b) * slope(b * x)),
    wrong("a + b sech^2", lambda x, a, b: a + b * slope(b * x)),
    wrong("b + a sech^2", lambda x, a, b: b + a * slope(b * x)),
    wrong("ab - tanh^2", lambda x, a, b: a * b - np.tanh(b * x) ** 2),
    wrong("ab sech(x+b)^2", lambda x, a, b: a * b * slope(x + b)),
    wrong("ab sech(x/b)^2, at x where b is 0", lambda x, a, b: a * b * slope(x / b if b else x)),
    wrong("(ab sech)^2", lambda x, a, b: (a * b * sech(b * x)) ** 2),
    wrong("ab (sech^2)^2", lambda x, a, b: a * b * slope(b * x) ** 2),
    wrong("ab sech(abx)^2", lambda x, a, b: a * b * slope(a * b * x)),
    wrong("ab^2 sech(x)^2", lambda x, a, b: a * b**2 * slope(x)),
    wrong("|ab| sech^2", lambda x, a, b: abs(a * b) * slope(b * x)),
    wrong("|a| b sech^2", lambda x, a, b: abs(a) * b * slope(b * x)),
    wrong("sign(b) a sech^2", lambda x, a, b: np.sign(b) * a * slope(b * x)),
    wrong("abx sech^2", lambda x, a, b: a * b * x * slope(b * x)),
    wrong("-2ab^2 tanh sech^2", lambda x, a, b: -2 * a * b**2 * np.tanh(b * x) * slope(b * x), "second_derivative"),
    wrong("a and b as whole numbers", lambda x, a, b: int(a) * int(b) * slope(int(b) * x)),
    wrong("zero for negative b", lambda x, a, b: a * max(b, 0) * slope(b * x)),
    wrong("b at least 1", lambda x, a, b: a * max(b, 1) * slope(max(b, 1) * x)),
    wrong(
        "from the output, nan where a is 0", lambda x, a, b: b * (a - (a * np.tanh(b * x)) ** 2 / np.float64(a)), "nan"
    ),
    wrong("divides by a, fails where a is 0", lambda x, a, b: b * (a - (np.tanh(b * x) * a) ** 2 * (1 / a)), "raises"),
    # approximations
    wrong("central difference", lambda x, a, b: central_difference(scaled(a, b), 1e-4)(x), *DIFFERENCE),
    wrong("forward difference", lambda x, a, b: forward_difference(scaled(a, b), 1e-5)(x), *DIFFERENCE),
    wrong("five-point difference", lambda x, a, b: five_point_difference(scaled(a, b), 0.05)(x), *DIFFERENCE),
    wrong("rounded to 5 digits", lambda x, a, b: np.round(a * b * slope(b * x), 5), "rounded", "approximate"),
    wrong("epsilon added", lambda x, a, b: a * b * slope(b * x) + 1e-7, "approximate"),
    wrong(
        "float32 inside",
        lambda x, a, b: (a * b * slope(b * np.asarray(x, dtype=np.float32))).astype(np.float32).astype(float),
        "lower_precision",
    ),
    # arrays, arguments and returns
    wrong("math.tanh on the array", lambda x, a, b: a * b * (1 - math.tanh(b * x) ** 2), *SCALAR),
    wrong("if on the array", lambda x, a, b: a * b * slope(b * x if x > 0 else -b * x), *SCALAR),
    wrong("refuses b<=0", refusing, "raises"),
    wrong("a and b taken for arrays", lambda x, a, b: a[0] * b[0] * slope(b[0] * x), "raises"),
    wrong("asks for x and b alone", lambda x, b: b * slope(b * x), "raises"),
    wrong("scales its argument in place", scaling_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x, a, b: print(a * b * slope(b * x)), "returns_none"),
    wrong("sum", lambda x, a, b: np.sum(a * b * slope(b * x)), *ONE_NUMBER),
    wrong("flattened", lambda x, a, b: a * b * slope(b * x.ravel()), "wrong_shape"),
    wrong("column", lambda x, a, b: (a * b * slope(b * x)).reshape(-1, 1), "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x, a, b: np.diagflat(a * b * slope(b * x)), "wrong_shape"),
    wrong("nested lists", lambda x, a, b: (a * b * slope(b * x)).tolist(), "not_an_array"),
    wrong(
        "gradient by x, a and b",
        lambda x, a, b: (a * b * slope(b * x), np.tanh(b * x), a * x * slope(b * x)),
        "not_an_array",
        "wrong_shape",
    ),
    wrong("cut to whole numbers for int input", filling_an_array_like(scalar_scaled)),
]
