"""Answers to `leaky_relu_derivative`; at the kink any slope from alpha to 1 is right."""

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    central_difference,
    float_dtype,
    forward_difference,
    partly,
    wrong,
)
from answers_04.arrays import ONE_NUMBER, SCALAR

from answers_05.rectifiers import leaky, step


def slope(x, alpha):
    return np.where(x > 0, 1.0, alpha)


# --- right ---------------------------------------------------------------------------------------------------


def by_mask(x, alpha=0.01):
    out = np.ones(x.shape, dtype=float_dtype(x))
    out[x < 0] = alpha
    return out


def by_full(x, alpha=0.01):
    out = np.full(x.shape, float(alpha))
    out[x > 0] = 1.0
    return out


def by_ndindex(x, alpha=0.01):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        out[index] = 1.0 if x[index] > 0 else alpha
    return out


def by_piecewise(x, alpha=0.01):
    return np.piecewise(x.astype(float_dtype(x)), [x > 0], [1.0, alpha])


def halfway_at_the_kink(x, alpha=0.01):
    out = slope(x, alpha)
    return np.where(x == 0, (1 + alpha) / 2, out)


def by_guarded_quotient(x, alpha=0.01):
    """Give f(x)/x, alpha where x is 0."""
    top = leaky(x, alpha) * 1.0
    return np.divide(top, x, out=np.full(x.shape, alpha, dtype=top.dtype), where=x != 0)


RIGHT = [
    Answer("np.where, alpha at the kink", lambda x, alpha=0.01: np.where(x > 0, 1.0, alpha)),
    Answer("np.where, 1 at the kink", lambda x, alpha=0.01: np.where(x >= 0, 1, alpha)),
    Answer("np.where the other way about", lambda x, alpha=0.01: np.where(x < 0, alpha, 1.0)),
    Answer("halfway at the kink", halfway_at_the_kink),
    Answer("two masks added", lambda x, alpha=0.01: (x > 0) * 1.0 + (x <= 0) * alpha),
    Answer("alpha + (1-alpha) step", lambda x, alpha=0.01: alpha + (1 - alpha) * (x > 0)),
    Answer("1 - (1-alpha) step of -x", lambda x, alpha=0.01: 1 - (1 - alpha) * np.heaviside(-x, 0)),
    Answer("np.heaviside", lambda x, alpha=0.01: np.heaviside(x, 0.5) * (1 - alpha) + alpha),
    Answer("from the sign", lambda x, alpha=0.01: (1 + alpha) / 2 + (1 - alpha) / 2 * np.sign(x)),
    Answer("larger of the step and alpha", lambda x, alpha=0.01: np.maximum(x > 0, float(alpha))),
    Answer("alpha to the power of the mask", lambda x, alpha=0.01: np.power(float(alpha), (x <= 0).astype(float))),
    Answer("np.select", lambda x, alpha=0.01: np.select([x > 0], [1.0], default=alpha)),
    Answer("looked up in a list of two slopes", lambda x, alpha=0.01: np.array([alpha, 1.0])[(x > 0).astype(int)]),
    Answer("mask assigned into ones", by_mask),
    Answer("mask assigned into a full array", by_full),
    Answer("np.piecewise on floats", by_piecewise),
    Answer("loop over np.ndindex", by_ndindex),
    Answer(
        "np.vectorize with otypes",
        lambda x, alpha=0.01: np.vectorize(lambda t: 1.0 if t > 0 else alpha, otypes=[float])(x),
    ),
    partly("f(x)/x, guarded at 0; nan at inf", by_guarded_quotient),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def filling_an_array_like_x(x, alpha=0.01):
    out = np.ones_like(x)
    out[x <= 0] = alpha
    return out


def thresholding_in_place(x, alpha=0.01):
    positive = x > 0
    x[positive] = 1
    x[~positive] = alpha
    return x


def masking_in_place(x, alpha=0.01):
    """Give the right slopes, and leave the learner's array rectified."""
    out = slope(x, alpha)
    x[x < 0] = 0
    return out


def without_return(x, alpha=0.01):
    out = np.ones(x.shape)
    out[x <= 0] = alpha


def zero_at_the_kink(x, alpha=0.01):
    out = np.zeros(x.shape)
    out[x > 0] = 1.0
    out[x < 0] = alpha
    return out


def refusing(x, alpha=0.01):
    if not 0 < alpha < 1:
        raise ValueError("alpha must be between 0 and 1")
    return slope(x, alpha)


WRONG = [
    # formulas
    wrong("0 below 0", lambda x, alpha=0.01: step(x), "ignores_alpha", "relu_derivative", "missing_leak"),
    wrong("0.01 whatever alpha", lambda x, alpha=0.01: slope(x, 0.01), "ignores_alpha", "fixed_alpha"),
    wrong("0.2 whatever alpha", lambda x, alpha=0.01: slope(x, 0.2), "ignores_alpha", "fixed_alpha"),
    wrong("leaky ReLU itself", lambda x, alpha=0.01: leaky(x, alpha), "function_itself", "forward_for_derivative"),
    wrong("alpha x below 0", lambda x, alpha=0.01: np.where(x > 0, 1.0, alpha * x), "leak_not_differentiated"),
    wrong("x above 0, alpha below", lambda x, alpha=0.01: np.where(x > 0, x, alpha), "right_not_differentiated"),
    wrong("-alpha below 0", lambda x, alpha=0.01: slope(x, -alpha), "sign", "leak_sign", "negative_leak"),
    wrong(
        "branches swapped",
        lambda x, alpha=0.01: np.where(x > 0, alpha, 1.0),
        "branches_swapped",
        "swapped_branches",
        "wrong_side",
    ),
    wrong(
        "1/alpha below 0, 0 for alpha 0", lambda x, alpha=0.01: slope(x, 1 / alpha if alpha else 0), "divides_by_alpha"
    ),
    wrong("1-alpha below 0", lambda x, alpha=0.01: slope(x, 1 - alpha), "one_minus_alpha"),
    wrong("1+alpha above 0", lambda x, alpha=0.01: np.where(x > 0, 1 + alpha, alpha), "leak_added"),
    wrong("-1 and -alpha", lambda x, alpha=0.01: -slope(x, alpha), "sign"),
    wrong("2 and 2 alpha", lambda x, alpha=0.01: 2 * slope(x, alpha), "factor"),
    wrong("min(x, 0), by alpha", lambda x, alpha=0.01: np.minimum(x, 0.0), "derivative_by_alpha", "wrong_variable"),
    wrong("ones", lambda x, alpha=0.01: np.ones(x.shape), "constant", "ignores_alpha"),
    wrong("alpha for all", lambda x, alpha=0.01: np.full(x.shape, float(alpha)), "constant"),
    wrong("step at 1", lambda x, alpha=0.01: np.where(x > 1, 1.0, alpha), "wrong_threshold", "shifted"),
    wrong("step at alpha", lambda x, alpha=0.01: np.where(x > alpha, 1.0, alpha), "wrong_threshold", "shifted"),
    # at the kink
    wrong("0 at the kink", zero_at_the_kink, "wrong_at_kink"),
    wrong(
        "np.heaviside with 0 and a leak below alone",
        lambda x, alpha=0.01: np.heaviside(x, 0) + alpha * (x < 0),
        "wrong_at_kink",
    ),
    wrong("f(x)/x: 0/0 at the kink", lambda x, alpha=0.01: leaky(x, alpha) / x, "nan", "nan_at_kink"),
    wrong("1+alpha at the kink: both masks hold", lambda x, alpha=0.01: (x >= 0) + alpha * (x <= 0), "wrong_at_kink"),
    wrong("nan at the kink", lambda x, alpha=0.01: np.where(x == 0, np.nan, slope(x, alpha)), "nan", "nan_at_kink"),
    # the default of alpha
    wrong("no default", lambda x, alpha: slope(x, alpha), "raises", "missing_default"),
    wrong("default 0.1", lambda x, alpha=0.1: slope(x, alpha), "wrong_default"),
    wrong("default None", lambda x, alpha=None: 1.0 * np.where(x > 0, 1.0, alpha), "raises", "wrong_default"),
    wrong("asks for x alone", lambda x: slope(x, 0.01), "raises", "ignores_alpha"),
    wrong("alpha first", lambda alpha, x=0.01: np.where(x > 0, 1.0, alpha), "wrong_shape", "raises"),
    # variations on them
    wrong("1 and alpha^2", lambda x, alpha=0.01: slope(x, alpha**2)),
    wrong("1 and 2 alpha", lambda x, alpha=0.01: slope(x, 2 * alpha)),
    wrong("1 and -2 alpha", lambda x, alpha=0.01: slope(x, -2 * alpha)),
    wrong("1 and alpha/2", lambda x, alpha=0.01: slope(x, alpha / 2)),
    wrong("1 and alpha + 0.01", lambda x, alpha=0.01: slope(x, alpha + 0.01)),
    wrong("1 and sqrt alpha", lambda x, alpha=0.01: slope(x, np.sqrt(alpha))),
    wrong("1-alpha and alpha", lambda x, alpha=0.01: np.where(x > 0, 1 - alpha, alpha)),
    wrong("1-alpha and 0", lambda x, alpha=0.01: (1 - alpha) * step(x)),
    wrong("alpha above 0, 0 below", lambda x, alpha=0.01: alpha * step(x)),
    wrong("1 and -1", lambda x, alpha=0.01: np.where(x > 0, 1.0, -1.0)),
    wrong("1 and alpha |x|", lambda x, alpha=0.01: np.where(x > 0, 1.0, alpha * np.abs(x))),
    wrong("1 and alpha - 1, as of ELU", lambda x, alpha=0.01: slope(x, alpha - 1)),
    wrong("alpha e^x below 0, as of ELU", lambda x, alpha=0.01: np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))),
    wrong("alpha at most 0.3", lambda x, alpha=0.01: slope(x, min(alpha, 0.3))),
    wrong(
        "alpha as a whole number",
        lambda x, alpha=0.01: slope(x, int(alpha)),
        "ignores_alpha",
        "relu_derivative",
        "missing_leak",
    ),
    wrong("larger of 1 and alpha x", lambda x, alpha=0.01: np.maximum(1.0, alpha * x)),
    wrong("step of alpha x", lambda x, alpha=0.01: np.where(alpha * x < 0, 1.0, alpha)),
    # approximations
    wrong(
        "central difference, h=0.1",
        lambda x, alpha=0.01: central_difference(lambda t: leaky(t, alpha), 0.1)(x),
        *DIFFERENCE,
    ),
    wrong(
        "forward difference, h=0.1",
        lambda x, alpha=0.01: forward_difference(lambda t: leaky(t, alpha), 0.1)(x),
        *DIFFERENCE,
    ),
    wrong(
        "central difference, h=0.001, wrong nearer to 0 than that",
        lambda x, alpha=0.01: central_difference(lambda t: leaky(t, alpha), 1e-3)(x),
        *DIFFERENCE,
    ),
    wrong("rounded to 1 digit", lambda x, alpha=0.01: np.round(slope(x, alpha), 1), "rounded", "approximate"),
    wrong("epsilon added", lambda x, alpha=0.01: slope(x, alpha + 1e-7), "approximate"),
    wrong("f(x)/(x+1e-8)", lambda x, alpha=0.01: leaky(x, alpha) / (x + 1e-8), "approximate"),
    # arrays, arguments and returns
    wrong("if on the array", lambda x, alpha=0.01: 1.0 if x > 0 else alpha, *SCALAR, "wrong_shape"),
    wrong("refuses alpha 0 and 1", refusing, "raises"),
    wrong("alpha taken for an array", lambda x, alpha=0.01: slope(x, alpha[0]), "raises"),
    wrong("alpha as a list to multiply", lambda x, alpha=0.01: (x > 0) + (x <= 0) * [alpha, alpha], "raises"),
    wrong("cut to whole numbers for int input", filling_an_array_like_x),
    wrong("np.piecewise on whole numbers", lambda x, alpha=0.01: np.piecewise(x, [x > 0], [1.0, alpha])),
    wrong(
        "cast to int",
        lambda x, alpha=0.01: slope(x, alpha).astype(int),
        "ignores_alpha",
        "relu_derivative",
        "missing_leak",
    ),
    wrong("alpha as a truth value", lambda x, alpha=0.01: np.where(x > 0, True, bool(alpha))),
    wrong("thresholds in place", thresholding_in_place, "changes_argument"),
    wrong("rectifies its argument in place", masking_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x, alpha=0.01: print(slope(x, alpha)), "returns_none"),
    wrong("sum", lambda x, alpha=0.01: np.sum(slope(x, alpha)), *ONE_NUMBER),
    wrong("mean", lambda x, alpha=0.01: np.mean(slope(x, alpha)), *ONE_NUMBER),
    wrong("flattened", lambda x, alpha=0.01: slope(x.ravel(), alpha), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x, alpha=0.01: slope(x, alpha)[np.newaxis], "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x, alpha=0.01: np.diagflat(slope(x, alpha)), "wrong_shape"),
    wrong("nested lists", lambda x, alpha=0.01: slope(x, alpha).tolist(), "not_an_array"),
    wrong(
        "gradient by x and by alpha",
        lambda x, alpha=0.01: (slope(x, alpha), np.minimum(x, 0)),
        "not_an_array",
        "wrong_shape",
    ),
]
