"""Answers to `prelu_alpha_gradient`.

PReLU is linear in alpha, so that a difference quotient in alpha with a wide step is right.
"""

import numpy as np
from answer import DIFFERENCE, Answer, over_elements, vectorized, wrong
from answers_04.arrays import ONE_NUMBER, SCALAR, filling_an_array_like

from answers_05.rectifiers import leaky, relu, step


def gradient(x):
    return np.where(x > 0, 0.0, x)


def scalar_gradient(t, *parameters):
    return t if t < 0 else 0.0


# --- right ---------------------------------------------------------------------------------------------------


def by_mask(x, alpha):
    out = np.zeros(x.shape)
    negative = x < 0
    out[negative] = x[negative]
    return out


def on_a_copy(x, alpha):
    out = x.copy()
    out[out > 0] = 0
    return out


def by_ndindex(x, alpha):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if x[index] <= 0:
            out[index] = x[index]
    return out


RIGHT = [
    Answer("np.where, x>0", lambda x, alpha: np.where(x > 0, 0.0, x)),
    Answer("np.where, x<0", lambda x, alpha: np.where(x < 0, x, 0)),
    Answer("np.where, x>=0", lambda x, alpha: np.where(x >= 0, 0, x)),
    Answer("np.minimum", lambda x, alpha: np.minimum(x, 0)),
    Answer("np.minimum with 0.0", lambda x, alpha: np.minimum(0.0, x)),
    Answer("-ReLU(-x)", lambda x, alpha: -np.maximum(-x, 0)),
    Answer("np.clip", lambda x, alpha: np.clip(x, None, 0)),
    Answer("boolean mask", by_mask),
    Answer("in place on a copy", on_a_copy),
    Answer("np.select", lambda x, alpha: np.select([x < 0], [x], default=0.0)),
    Answer("loop over np.ndindex", by_ndindex),
    Answer("Python loop", lambda x, alpha: over_elements(scalar_gradient)(x)),
    Answer("np.vectorize with otypes", lambda x, alpha: vectorized(scalar_gradient)(x)),
    Answer("filled into an array like x: nothing is cut", filling_an_array_like(scalar_gradient)),
    Answer("x times the mask", lambda x, alpha: x * (x <= 0)),
    Answer("x times 1 - step", lambda x, alpha: x * (1 - step(x))),
    Answer("(x-|x|)/2", lambda x, alpha: (x - np.abs(x)) / 2),
    Answer("x - ReLU(x)", lambda x, alpha: x - relu(x)),
    Answer("f at alpha 1 less f at alpha 0", lambda x, alpha: leaky(x, 1.0) - leaky(x, 0.0)),
    Answer("quotient in alpha, step 1", lambda x, alpha: leaky(x, alpha + 1) - leaky(x, alpha)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def rectifying_in_place(x, alpha):
    x[x > 0] = 0
    return x


def through_out(x, alpha):
    return np.minimum(x, 0, out=x)


def multiplying_in_place(x, alpha):
    """Give the right gradient, and leave the learner's array multiplied."""
    out = gradient(x)
    x *= 0
    return out


def without_return(x, alpha):
    out = np.zeros(x.shape)
    out[x < 0] = x[x < 0]


def refusing(x, alpha):
    if not 0 < alpha < 1:
        raise ValueError("alpha must be between 0 and 1")
    return gradient(x)


def in_a_float32_array(x, alpha):
    return gradient(np.asarray(x, dtype=np.float32)).astype(float)


def quotient(h):
    """Make the central difference quotient in alpha."""
    return lambda x, alpha: (leaky(x, alpha + h) - leaky(x, alpha - h)) / (2 * h)


WRONG = [
    # formulas
    wrong("1 and alpha, by x", lambda x, alpha: np.where(x > 0, 1.0, alpha), "derivative_by_x", "wrong_variable"),
    wrong("0 and alpha", lambda x, alpha: np.where(x > 0, 0.0, alpha), "alpha_for_x", "wrong_variable"),
    wrong("0 and 1", lambda x, alpha: np.where(x > 0, 0.0, 1.0), "missing_x", "missing_inner_derivative"),
    wrong("x and 0: branches swapped", lambda x, alpha: relu(x), "branches_swapped", "swapped_branches", "wrong_side"),
    wrong("1 and x", lambda x, alpha: np.where(x > 0, 1.0, x), "right_side_by_x", "right_not_constant"),
    wrong("x and x", lambda x, alpha: x * 1.0, "right_not_constant", "x_itself", "identity"),
    wrong("x and alpha x, PReLU itself", leaky, "function_itself", "forward_for_derivative"),
    wrong("0 and alpha x", lambda x, alpha: alpha * gradient(x), "alpha_kept", "alpha_not_differentiated"),
    wrong("0 and -x", lambda x, alpha: -gradient(x), "sign"),
    wrong("ReLU(-x)", lambda x, alpha: np.maximum(-x, 0.0), "sign"),
    wrong("0 and |x|", lambda x, alpha: np.where(x > 0, 0.0, np.abs(x)), "sign", "absolute_value"),
    wrong("0 and 2x", lambda x, alpha: 2 * gradient(x), "factor"),
    wrong("0 and x/2", lambda x, alpha: gradient(x) / 2, "factor"),
    wrong("zeros", lambda x, alpha: np.zeros(x.shape), "constant"),
    wrong("alpha for all", lambda x, alpha: np.full(x.shape, float(alpha)), "constant"),
    wrong("sum", lambda x, alpha: np.sum(gradient(x)), "summed", *ONE_NUMBER),
    wrong("sum as a float", lambda x, alpha: float(np.sum(gradient(x))), "summed", *ONE_NUMBER),
    wrong("sum in every entry", lambda x, alpha: np.full(x.shape, np.sum(gradient(x))), "summed"),
    wrong("mean", lambda x, alpha: np.mean(gradient(x)), *ONE_NUMBER),
    wrong("sum along the last axis", lambda x, alpha: np.atleast_1d(gradient(x)).sum(axis=-1), "summed", *ONE_NUMBER),
    wrong(
        "sum along axis 0, kept",
        lambda x, alpha: np.atleast_1d(gradient(x)).sum(axis=0, keepdims=True),
        "summed",
        "wrong_shape",
    ),
    wrong("f/alpha", lambda x, alpha: leaky(x, alpha) / np.float64(alpha), "divides_by_alpha", "nan"),
    wrong(
        "alpha min(x, 0) / alpha, nan where alpha is 0",
        lambda x, alpha: alpha * gradient(x) / np.float64(alpha),
        "divides_by_alpha",
        "nan",
    ),
    wrong("kink at -1", lambda x, alpha: np.where(x > -1, 0.0, x), "wrong_threshold", "shifted"),
    wrong("kink at 1", lambda x, alpha: np.where(x > 1, 0.0, x), "wrong_threshold", "shifted"),
    # variations on them
    wrong("0 and -2x", lambda x, alpha: -2 * gradient(x)),
    wrong("0 and x+alpha", lambda x, alpha: np.where(x > 0, 0.0, x + alpha)),
    wrong("0 and x-1", lambda x, alpha: np.where(x > 0, 0.0, x - 1)),
    wrong("0 and x^2", lambda x, alpha: gradient(x) ** 2),
    wrong("0 and x^3", lambda x, alpha: gradient(x) ** 3),
    wrong("0 and alpha^2 x", lambda x, alpha: alpha**2 * gradient(x)),
    wrong("0 and (1-alpha) x", lambda x, alpha: (1 - alpha) * gradient(x)),
    wrong("0 and -1", lambda x, alpha: np.where(x > 0, 0.0, -1.0)),
    wrong("0 and 1 - x", lambda x, alpha: np.where(x > 0, 0.0, 1 - x)),
    wrong("0.01 and x", lambda x, alpha: np.where(x > 0, 0.01, x)),
    wrong("alpha and x", lambda x, alpha: np.where(x > 0, alpha, x)),
    wrong("-x and x", lambda x, alpha: -np.abs(x) * 1.0),
    wrong("0 and x, plus 0.01", lambda x, alpha: gradient(x) + 0.01),
    wrong("0 and x at least -1", lambda x, alpha: np.clip(x, -1.0, 0.0)),
    wrong("alpha x and 0", lambda x, alpha: alpha * relu(x)),
    wrong("smaller of x and alpha", lambda x, alpha: np.minimum(x, float(alpha))),
    wrong("smaller of x and alpha x", lambda x, alpha: np.minimum(x, alpha * x)),
    wrong(
        "slope by x times x",
        lambda x, alpha: np.where(x > 0, 1.0, alpha) * x,
        "function_itself",
        "forward_for_derivative",
    ),
    wrong("nan where x is 0: x^2/x", lambda x, alpha: gradient(x) ** 2 / x, "nan", "nan_at_kink"),
    # approximations
    wrong("central difference, h=1e-6", quotient(1e-6), *DIFFERENCE),
    wrong("central difference, h=1e-8", quotient(1e-8), *DIFFERENCE),
    wrong(
        "forward difference, h=1e-7", lambda x, alpha: (leaky(x, alpha + 1e-7) - leaky(x, alpha)) / 1e-7, *DIFFERENCE
    ),
    wrong("rounded to 4 digits", lambda x, alpha: np.round(gradient(x), 4), "rounded", "approximate"),
    wrong("epsilon added", lambda x, alpha: gradient(x) + 1e-7, "approximate"),
    wrong("float32 inside", in_a_float32_array, "lower_precision"),
    # arrays, arguments and returns
    wrong("if on the array", lambda x, alpha: 0.0 if x > 0 else x, *SCALAR, "wrong_shape"),
    wrong("min of the array", lambda x, alpha: min(x, 0), *SCALAR, "wrong_shape"),
    wrong("refuses alpha 0 and 1", refusing, "raises"),
    wrong("alpha taken for an array", lambda x, alpha: gradient(x) + 0 * alpha[0], "raises"),
    wrong("asks for x alone", lambda x: gradient(x), "raises"),
    wrong("arguments in the other order", lambda alpha, x: gradient(x), "wrong_shape", "raises", "not_an_array"),
    wrong("rectifies its argument in place", rectifying_in_place, "changes_argument"),
    wrong("np.minimum into its argument", through_out, "changes_argument"),
    wrong("sets its argument to 0 after use", multiplying_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x, alpha: print(gradient(x)), "returns_none"),
    wrong("the negative entries alone", lambda x, alpha: x[x < 0], "wrong_shape"),
    wrong("flattened", lambda x, alpha: gradient(x.ravel()), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x, alpha: gradient(x)[np.newaxis], "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x, alpha: np.diagflat(gradient(x)), "wrong_shape"),
    wrong("nested lists", lambda x, alpha: gradient(x).tolist(), "not_an_array"),
    wrong("mask alone, Booleans", lambda x, alpha: np.asarray(x < 0), "missing_x", "wrong_dtype"),
    wrong("cast to int", lambda x, alpha: gradient(x).astype(int)),
]
