"""Answers to `elu_derivative`; at 0 any slope between alpha and 1 is right."""

import math

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

from answers_08.gates import quietly


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def slope(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def below(x):
    """Give e^x on the left, 1 on the right."""
    return np.exp(np.minimum(x, 0))


# --- right ---------------------------------------------------------------------------------------------------


def by_mask(x, alpha=1.0):
    out = np.ones(x.shape, dtype=float_dtype(x))
    negative = x < 0
    out[negative] = alpha * np.exp(x[negative])
    return out


def by_mask_with_alpha_at_0(x, alpha=1.0):
    out = np.empty(x.shape, dtype=float_dtype(x))
    out[x > 0] = 1
    out[x <= 0] = alpha * np.exp(x[x <= 0])
    return out


def by_ndindex(x, alpha=1.0):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        t = float(x[index])
        out[index] = 1.0 if t > 0 else alpha * math.exp(t)
    return out


def by_list_comprehension(x, alpha=1.0):
    values = [1.0 if t > 0 else alpha * math.exp(t) for t in x.ravel().tolist()]
    return np.array(values, dtype=float_dtype(x)).reshape(x.shape)


def by_piecewise(x, alpha=1.0):
    z = x.astype(float_dtype(x))
    return np.piecewise(z, [z > 0], [1.0, lambda t: alpha * np.exp(t)])


def from_the_output(x, alpha=1.0):
    y = np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))
    return np.where(y > 0, 1.0, y + alpha)


def halfway_at_the_kink(x, alpha=1.0):
    return np.where(x == 0, (1 + alpha) / 2, slope(x, alpha))


RIGHT = [
    Answer("np.where with np.minimum", slope),
    Answer("np.where, overflow in the other branch", lambda x, alpha=1.0: np.where(x > 0, 1.0, alpha * np.exp(x))),
    Answer("np.where, 1 at 0", lambda x, alpha=1.0: np.where(x >= 0, 1, alpha * np.exp(x))),
    Answer("np.where the other way about", lambda x, alpha=1.0: np.where(x < 0, alpha * np.exp(-np.abs(x)), 1.0)),
    Answer("halfway at the kink", halfway_at_the_kink),
    Answer("mask, 1 at 0", by_mask),
    Answer("mask, alpha at 0", by_mask_with_alpha_at_0),
    Answer("two masks added", lambda x, alpha=1.0: (x > 0) + (x <= 0) * alpha * np.exp(np.minimum(x, 0))),
    Answer("np.heaviside", lambda x, alpha=1.0: (h := np.heaviside(x, 1)) + (1 - h) * alpha * below(x)),
    Answer("np.select", lambda x, alpha=1.0: np.select([x > 0], [1.0], default=alpha * below(x))),
    Answer("from the output: f + alpha", from_the_output),
    Answer("np.piecewise on floats", by_piecewise),
    Answer("loop over np.ndindex", by_ndindex),
    Answer("list comprehension", by_list_comprehension),
    Answer(
        "np.vectorize with otypes",
        lambda x, alpha=1.0: np.vectorize(lambda t: 1.0 if t > 0 else alpha * math.exp(t), otypes=[float])(x),
    ),
    Answer("alpha to the power of the mask", lambda x, alpha=1.0: np.power(float(alpha), (x <= 0) * 1) * below(x)),
    Answer("e^min(x,0) times 1 or alpha", lambda x, alpha=1.0: below(x) * np.where(x < 0, alpha, 1)),
    partly(
        "two masks added, overflow times 0",
        quietly(lambda x, alpha=1.0: (x > 0) * 1.0 + (x <= 0) * alpha * np.exp(x)),
    ),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def filling_an_array_like_x(x, alpha=1.0):
    out = np.ones_like(x)
    out[x <= 0] = alpha * np.exp(x[x <= 0])
    return out


def in_place(x, alpha=1.0):
    right = x > 0
    x[~right] = alpha * np.exp(x[~right])
    x[right] = 1
    return x


def rectifying_in_place(x, alpha=1.0):
    right = x > 0
    x[right] = 0
    return np.where(right, 1.0, alpha * np.exp(x))


def without_return(x, alpha=1.0):
    out = np.ones(x.shape)
    out[x <= 0] = alpha * np.exp(x[x <= 0])


def one_for_all(x, alpha=1.0):
    if np.all(x > 0):
        return np.ones(x.shape)
    return alpha * np.exp(np.minimum(x, 0))


def both(f):
    """Make an answer from the left side alone."""
    return lambda x, alpha=1.0: np.where(x > 0, 1.0, f(np.minimum(x, 0), alpha))


def differing(quotient, h):
    return lambda x, alpha=1.0: quotient(lambda t: elu(t, alpha), h)(x)


WRONG = [
    wrong("alpha forgotten", both(lambda x, alpha: np.exp(x)), "ignores_alpha"),
    wrong("alpha fixed at 1.67", both(lambda x, alpha: 1.67 * np.exp(x)), "ignores_alpha"),
    wrong("alpha only, as of leaky ReLU", both(lambda x, alpha: alpha + 0 * x), "leaky"),
    wrong("0 on the left, as of ReLU", both(lambda x, alpha: 0 * x), "relu_derivative"),
    wrong(
        "alpha (e^x - 1): function on the left", both(lambda x, alpha: alpha * np.expm1(x)), "left_not_differentiated"
    ),
    wrong("alpha e^x - 1", both(lambda x, alpha: alpha * np.exp(x) - 1), "constant_kept"),
    wrong("alpha (e^x - 1) + 1", both(lambda x, alpha: alpha * np.expm1(x) + 1), "one_for_alpha"),
    wrong("alpha e^x + alpha", both(lambda x, alpha: alpha * np.exp(x) + alpha), "one_sided"),
    wrong("output of the left + 1", both(lambda x, alpha: alpha * np.expm1(x) + 1), "one_for_alpha"),
    wrong("ELU itself", elu, "forward_for_derivative"),
    wrong("alpha x e^(x-1), by the power rule", both(lambda x, alpha: alpha * x * np.exp(x - 1)), "power_rule"),
    wrong("alpha x e^x", both(lambda x, alpha: alpha * x * np.exp(x)), "one_sided"),
    wrong("alpha e^-x", both(lambda x, alpha: alpha * np.exp(-x)), "exponent_sign"),
    wrong("-alpha e^x", both(lambda x, alpha: -alpha * np.exp(x)), "falls_on_the_left"),
    wrong("e^(alpha x)", both(lambda x, alpha: np.exp(alpha * x)), "alpha_in_exponent"),
    wrong("alpha e^(alpha x)", both(lambda x, alpha: alpha * np.exp(alpha * x)), "alpha_in_exponent"),
    wrong("e^(x/alpha), as of CELU", both(lambda x, alpha: np.exp(x / alpha)), "celu"),
    wrong("alpha^2 e^x", both(lambda x, alpha: alpha**2 * np.exp(x)), "one_sided"),
    wrong("e^x / alpha", both(lambda x, alpha: np.exp(x) / alpha), "divides_by_alpha"),
    wrong("alpha + e^x", both(lambda x, alpha: alpha + np.exp(x)), "one_sided"),
    wrong(
        "e^x - 1, by alpha, 0 on the right",
        lambda x, alpha=1.0: np.where(x > 0, 0.0, np.expm1(np.minimum(x, 0))),
        "derivative_by_alpha",
    ),
    wrong("x for 1 on the right", lambda x, alpha=1.0: np.where(x > 0, x, slope(x, alpha)), "right_not_differentiated"),
    wrong("alpha on the right", lambda x, alpha=1.0: np.where(x > 0, alpha, slope(x, alpha)), "alpha_on_both_sides"),
    wrong("0 on the right", lambda x, alpha=1.0: np.where(x > 0, 0.0, slope(x, alpha))),
    wrong("alpha e^x on both sides", lambda x, alpha=1.0: alpha * np.exp(x), "exponential_everywhere"),
    wrong("1 on both sides", lambda x, alpha=1.0: np.ones(x.shape), "constant"),
    wrong("zeros", lambda x, alpha=1.0: np.zeros(x.shape), "constant"),
    wrong("sides exchanged", lambda x, alpha=1.0: np.where(x < 0, 1.0, alpha * np.exp(x)), "branches_swapped"),
    wrong(
        "sides exchanged, -x", lambda x, alpha=1.0: np.where(x < 0, 1.0, alpha * np.exp(-np.abs(x))), "branches_swapped"
    ),
    wrong("one comparison for all", one_for_all, "alpha_on_both_sides"),
    wrong("larger of both sides", lambda x, alpha=1.0: np.maximum(1.0, alpha * np.exp(x))),
    wrong("smaller of both sides", lambda x, alpha=1.0: np.minimum(1.0, alpha * np.exp(x))),
    wrong("kink at -1", lambda x, alpha=1.0: np.where(x > -1, 1.0, slope(x, alpha)), "wrong_threshold"),
    wrong("kink at 1", lambda x, alpha=1.0: np.where(x > 1, 1.0, alpha * np.exp(x)), "wrong_threshold"),
    wrong("SELU", lambda x, alpha=1.0: 1.0507 * slope(x, alpha), "factor"),
    wrong("slope of softplus", lambda x, alpha=1.0: 1 / (1 + np.exp(-x)), "ignores_alpha"),
    wrong("0 at the kink", lambda x, alpha=1.0: np.where(x == 0, 0.0, slope(x, alpha)), "wrong_at_kink"),
    wrong(
        "1 + alpha at the kink",
        lambda x, alpha=1.0: (x >= 0) + (x <= 0) * alpha * below(x),
        "added_on_both_sides",
        "wrong_at_kink",
    ),
    wrong("np.sign: 0 at the kink", lambda x, alpha=1.0: np.abs(np.sign(x)) * slope(x, alpha), "wrong_at_kink"),
    wrong("nan at the kink: f/x", lambda x, alpha=1.0: slope(x, alpha) * x / x, "nan", "nan_at_kink"),
    wrong("default 0.01", lambda x, alpha=0.01: slope(x, alpha), "wrong_default"),
    wrong("default 0.5", lambda x, alpha=0.5: slope(x, alpha), "wrong_default"),
    wrong("no default", lambda x, alpha: slope(x, alpha), "raises"),
    wrong("asks for x alone", lambda x: slope(x), "raises"),
    wrong("alpha as a whole number", lambda x, alpha=1.0: slope(x, int(alpha))),
    wrong("alpha at most 1", lambda x, alpha=1.0: slope(x, min(alpha, 1.0))),
    wrong("alpha taken for an array", lambda x, alpha=1.0: slope(x, alpha[0]), "raises"),
    wrong("twice", lambda x, alpha=1.0: 2 * slope(x, alpha), "factor"),
    wrong("minus", lambda x, alpha=1.0: -slope(x, alpha), "sign"),
    wrong("central difference, h=1e-3", differing(central_difference, 1e-3), *DIFFERENCE),
    wrong("central difference, h=1e-6", differing(central_difference, 1e-6), *DIFFERENCE),
    wrong("forward difference, h=1e-6", differing(forward_difference, 1e-6), *DIFFERENCE),
    wrong("rounded to 6 digits", lambda x, alpha=1.0: np.round(slope(x, alpha), 6), "rounded", "approximate"),
    wrong("1e-7 added", lambda x, alpha=1.0: slope(x, alpha) + 1e-7, "approximate"),
    wrong("e as 2.718", both(lambda x, alpha: alpha * 2.718**x), "approximate"),
    wrong(
        "float32 inside",
        lambda x, alpha=1.0: slope(x.astype(np.float32), alpha).astype(float),
        "lower_precision",
        "approximate",
    ),
    wrong("1 + x + x^2/2 for e^x", both(lambda x, alpha: alpha * (1 + x + x**2 / 2)), "one_sided", "approximate"),
    wrong("if on the array", lambda x, alpha=1.0: 1.0 if x > 0 else alpha * np.exp(x), *SCALAR, "wrong_shape"),
    wrong("math.exp on the array", lambda x, alpha=1.0: np.where(x > 0, 1.0, alpha * math.exp(x)), *SCALAR),
    wrong("cut to whole numbers for int input", filling_an_array_like_x),
    wrong(
        "np.piecewise on whole numbers",
        lambda x, alpha=1.0: np.piecewise(x, [x > 0], [1.0, lambda t: alpha * np.exp(t)]),
    ),
    wrong("writes over its argument", in_place, "changes_argument"),
    wrong("rectifies its argument in place", rectifying_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x, alpha=1.0: print(slope(x, alpha)), "returns_none"),
    wrong("sum", lambda x, alpha=1.0: np.sum(slope(x, alpha)), *ONE_NUMBER),
    wrong("flattened", lambda x, alpha=1.0: slope(x.ravel(), alpha), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x, alpha=1.0: slope(x, alpha)[np.newaxis], "wrong_shape"),
    wrong("left entries alone", lambda x, alpha=1.0: alpha * np.exp(x[x <= 0]), "wrong_shape"),
    wrong("nested lists", lambda x, alpha=1.0: slope(x, alpha).tolist(), "not_an_array"),
    wrong(
        "by x and by alpha",
        lambda x, alpha=1.0: (slope(x, alpha), np.expm1(np.minimum(x, 0))),
        "not_an_array",
        "wrong_shape",
    ),
    # variations on them
    wrong("alpha forgotten, twice", lambda x, alpha=1.0: 2 * slope(x)),
    wrong("minus and a small offset", lambda x, alpha=1.0: 1e-3 - slope(x, alpha)),
    wrong("offset 0.01", lambda x, alpha=1.0: slope(x, alpha) + 0.01),
    wrong("alpha e^(2x)", both(lambda x, alpha: alpha * np.exp(2 * x))),
    wrong("sqrt(alpha) e^x", both(lambda x, alpha: math.sqrt(alpha) * np.exp(x))),
]
