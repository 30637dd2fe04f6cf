"""Wrong answers to `sigmoid_derivative`: finite differences, and functions that come near it."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    backward_difference,
    central_difference,
    five_point_difference,
    forward_difference,
    in_float32,
    interpolated,
    logistic,
    over_elements,
    scalar_logistic,
    scalar_slope,
    slope,
    vectorized,
    wrong,
)


def raw_scalar_logistic(t):
    """Give sigma of one number; `math.exp` raises OverflowError below about -709."""
    return 1.0 / (1.0 + math.exp(-t))


def two_differences_combined(x):
    """Combine two central differences so that the h^2 errors cancel."""
    coarse = central_difference(logistic, 1e-3)(x)
    fine = central_difference(logistic, 1e-3 / 2)(x)
    return (4 * fine - coarse) / 3


def difference_in_long_double(x):
    return np.asarray(central_difference(logistic, 1e-5)(np.asarray(x, dtype=np.longdouble)), dtype=float)


WRONG = [
    # differences
    wrong("forward difference, h=1e-2", forward_difference(logistic, 1e-2), *DIFFERENCE),
    wrong("forward difference, h=1e-4", forward_difference(logistic, 1e-4), *DIFFERENCE),
    wrong("forward difference, h=1e-6", forward_difference(logistic, 1e-6), *DIFFERENCE),
    wrong("forward difference, h=1e-8", forward_difference(logistic, 1e-8), *DIFFERENCE),
    wrong("backward difference, h=1e-5", backward_difference(logistic, 1e-5), *DIFFERENCE),
    wrong("central difference, h=1e-2", central_difference(logistic, 1e-2), *DIFFERENCE),
    wrong("central difference, h=1e-3", central_difference(logistic, 1e-3), *DIFFERENCE),
    wrong("central difference, h=1e-5", central_difference(logistic, 1e-5), *DIFFERENCE),
    wrong("central difference, h=1e-6", central_difference(logistic, 1e-6), *DIFFERENCE),
    wrong("central difference, h=1e-8", central_difference(logistic, 1e-8), *DIFFERENCE),
    wrong(
        "central difference of the tanh form",
        central_difference(lambda x: 0.5 * (1 + np.tanh(x / 2)), 1e-5),
        *DIFFERENCE,
    ),
    wrong("five-point difference, h=1e-2", five_point_difference(logistic, 1e-2), *DIFFERENCE),
    wrong("five-point difference, h=1e-3", five_point_difference(logistic, 1e-3), *DIFFERENCE),
    wrong("five-point difference, h=1e-4", five_point_difference(logistic, 1e-4), *DIFFERENCE),
    wrong("two central differences combined", two_differences_combined, *DIFFERENCE),
    wrong("central difference in long double", difference_in_long_double, *DIFFERENCE),
    wrong("forward difference in a Python loop", over_elements(forward_difference(scalar_logistic, 1e-6)), *DIFFERENCE),
    wrong("central difference in a Python loop", over_elements(central_difference(scalar_logistic, 1e-5)), *DIFFERENCE),
    wrong("central difference by np.vectorize", vectorized(central_difference(scalar_logistic, 1e-5)), *DIFFERENCE),
    wrong(
        "five-point difference in a Python loop",
        over_elements(five_point_difference(scalar_logistic, 1e-3)),
        *DIFFERENCE,
    ),
    wrong(
        "central difference in a loop that overflows",
        over_elements(central_difference(raw_scalar_logistic, 1e-4)),
        *DIFFERENCE,
        "raises",
    ),
    wrong("np.gradient between neighbours", lambda x: np.gradient(logistic(x), x)),
    # nearly right
    wrong("looked up in a fine table", interpolated(slope), "approximate"),
    wrong("e as 2.718", lambda x: (s := 1 / (1 + 2.718 ** (-x.astype(float)))) * (1 - s), "approximate"),
    wrong("s(1-s) + 1e-8", lambda x: slope(x) + 1e-8, "approximate"),
    wrong("epsilon in the denominator", lambda x: np.exp(-x) / ((1 + np.exp(-x)) ** 2 + 1e-7), "approximate"),
    wrong("rounded to 6 digits", lambda x: np.round(slope(x), 6), "rounded"),
    wrong("rounded to 3 digits", lambda x: slope(x).round(3), "rounded"),
    wrong("rounded in a loop", over_elements(lambda t: round(scalar_slope(t), 6)), "rounded"),
    wrong("float32 inside", in_float32(slope), "lower_precision"),
    wrong("returned as float32", lambda x: slope(x).astype("float32"), "lower_precision"),
    wrong("returned as float16", lambda x: slope(x).astype(np.float16), "lower_precision"),
    wrong("Gaussian with the same height", lambda x: 0.25 * np.exp(-(x**2) / 4)),
    wrong("normal density scaled by 1.702", lambda x: 1.702 * np.exp(-((1.702 * x) ** 2) / 2) / math.sqrt(2 * math.pi)),
    wrong("slope of the hard sigmoid", lambda x: np.where(np.abs(x) < 2.5, 0.2, 0.0)),
    wrong("triangle", lambda x: np.maximum(0.25 - np.abs(x) / 16, 0.0)),
    wrong("slope of the softsign, halved", lambda x: 0.5 / (1 + np.abs(x)) ** 2),
    wrong("Taylor polynomial", lambda x: 1 / 4 - x**2 / 16 + x**4 / 96),
    wrong("clipped at +-5", lambda x: slope(np.clip(x, -5, 5))),
    wrong("never below 0.01", lambda x: np.maximum(slope(x), 0.01)),
]
