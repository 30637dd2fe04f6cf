"""Answers to `relu6_derivative`.

At 0 and 6 any slope from 0 to 1 is right. Arrays of Booleans have the right values, and the wrong dtype.
"""

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    central_difference,
    float_dtype,
    forward_difference,
    logistic,
    over_elements,
    partly,
    vectorized,
    wrong,
)
from answers_04.arrays import ONE_NUMBER, SCALAR

from answers_05.rectifiers import relu, step


def relu6(x):
    return np.minimum(relu(x), 6.0)


def slope(x):
    return np.where((x > 0) & (x < 6), 1.0, 0.0)


def scalar_slope(t):
    return 1.0 if 0 < t < 6 else 0.0


# --- right ---------------------------------------------------------------------------------------------------


def by_mask(x):
    out = np.ones(x.shape)
    out[x <= 0] = 0
    out[x >= 6] = 0
    return out


def by_ndindex(x):
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if 0 <= x[index] <= 6:
            out[index] = 1
    return out


def by_piecewise(x):
    return np.piecewise(x.astype(float_dtype(x)), [x <= 0, x >= 6], [0.0, 0.0, 1.0])


def by_chain_rule(x):
    """Multiply the slope of min(u, 6) at u = max(0, x) with the slope of max(0, x)."""
    u = relu(x)
    outer = np.where(u < 6, 1.0, 0.0)
    inner = np.where(x > 0, 1.0, 0.0)
    return outer * inner


RIGHT = [
    Answer("np.where with &", slope),
    Answer("both ends included", lambda x: np.where((x >= 0) & (x <= 6), 1.0, 0.0)),
    Answer("np.logical_and, whole numbers", lambda x: np.where(np.logical_and(x > 0, x <= 6), 1, 0)),
    Answer("outside with |", lambda x: np.where((x <= 0) | (x >= 6), 0.0, 1.0)),
    Answer("np.where inside np.where", lambda x: np.where(x < 0, 0.0, np.where(x > 6, 0.0, 1.0))),
    Answer("product of two masks", lambda x: 1.0 * (x > 0) * (x < 6)),
    Answer("mask cast to float", lambda x: ((x > 0) & (x < 6)).astype(float)),
    Answer("step at 0 less step at 6", lambda x: step(x) - step(x - 6)),
    Answer("two np.heaviside", lambda x: np.heaviside(x, 0.5) - np.heaviside(x - 6, 0.5)),
    Answer("half the difference of two signs", lambda x: (np.sign(x) - np.sign(x - 6)) / 2),
    Answer("step of x(6-x)", lambda x: np.where(x * (6 - x) > 0, 1.0, 0.0)),
    Answer("where clipping changes nothing", lambda x: (np.clip(x, 0, 6) == x).astype(float)),
    Answer("chain rule of min and max", by_chain_rule),
    Answer("np.select", lambda x: np.select([x < 0, x < 6], [0.0, 1.0], default=0.0)),
    Answer("np.digitize", lambda x: np.array([0.0, 1.0, 0.0])[np.digitize(x, [0, 6])]),
    Answer("masks assigned into ones", by_mask),
    Answer("np.piecewise", by_piecewise),
    Answer("loop over np.ndindex, ends included", by_ndindex),
    Answer("Python loop", over_elements(scalar_slope)),
    Answer("np.vectorize with otypes", vectorized(scalar_slope)),
    partly("mask itself, an array of Booleans", lambda x: np.asarray((x > 0) & (x < 6))),
    partly("np.where with True and False", lambda x: np.where((x > 0) & (x < 6), True, False)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def thresholding_in_place(x):
    inside = (x > 0) & (x < 6)
    x[inside] = 1
    x[~inside] = 0
    return x


def clipping_in_place(x):
    np.clip(x, 0, 6, out=x)
    return slope(x)


def without_return(x):
    out = np.zeros(x.shape)
    out[(x > 0) & (x < 6)] = 1


def by_branches_in_the_wrong_order(x):
    """Treat x > 0 first, so that the branch of x > 6 is never reached."""
    out = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if x[index] > 0:
            out[index] = 1
        elif x[index] > 6:
            out[index] = 0
    return out


WRONG = [
    # formulas
    wrong("1 for all x>0", lambda x: step(x), "relu_derivative", "missing_upper", "ignores_upper_kink"),
    wrong(
        "branches in the wrong order",
        by_branches_in_the_wrong_order,
        "relu_derivative",
        "missing_upper",
        "ignores_upper_kink",
    ),
    wrong("1 for all x<6", lambda x: np.where(x < 6, 1.0, 0.0), "missing_lower", "ignores_lower_kink"),
    wrong("ReLU6 itself", lambda x: relu6(x), "function_itself", "forward_for_derivative"),
    wrong(
        "x inside, 0 outside",
        lambda x: np.where((x > 0) & (x < 6), x, 0.0),
        "middle_not_differentiated",
        "forward_for_derivative",
    ),
    wrong("1 inside, 6 above", lambda x: np.where(x > 6, 6.0, step(x)), "upper_not_differentiated"),
    wrong("6 inside", lambda x: 6 * slope(x), "factor"),
    wrong("2 inside", lambda x: 2 * slope(x), "factor"),
    wrong("1/6 inside, as of the hard sigmoid", lambda x: slope(x) / 6, "factor"),
    wrong("-1 inside", lambda x: -slope(x), "sign"),
    wrong(
        "0 inside, 1 outside",
        lambda x: np.where((x > 0) & (x < 6), 0.0, 1.0),
        "branches_swapped",
        "swapped_branches",
        "wrong_side",
    ),
    wrong("| for &: ones", lambda x: np.where((x > 0) | (x < 6), 1.0, 0.0), "constant", "or_for_and"),
    wrong("ones", lambda x: np.ones(x.shape), "constant"),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    wrong("from -6 to 6", lambda x: np.where(np.abs(x) < 6, 1.0, 0.0), "wrong_threshold", "symmetric"),
    wrong("from 0 to 1", lambda x: np.where((x > 0) & (x < 1), 1.0, 0.0), "wrong_threshold"),
    wrong("from 0 to 5", lambda x: np.where((x > 0) & (x < 5), 1.0, 0.0), "wrong_threshold"),
    wrong("from 1 to 6", lambda x: np.where((x >= 1) & (x <= 6), 1.0, 0.0), "wrong_threshold"),
    wrong("leak of 0.01 outside", lambda x: np.where((x > 0) & (x < 6), 1.0, 0.01), "leaky"),
    # at the kinks
    wrong("nan at 0 and 6", lambda x: np.where((x == 0) | (x == 6), np.nan, slope(x)), "nan", "nan_at_kink"),
    wrong("ReLU6 over x, 0/0 at 0", lambda x: np.where(x > 6, 0.0, relu6(x) / x), "nan", "nan_at_kink"),
    wrong("6 at 6", lambda x: np.where(x == 6, 6.0, slope(x)), "wrong_at_kink"),
    wrong("-1 at 0", lambda x: np.where(x == 0, -1.0, slope(x)), "wrong_at_kink"),
    wrong(
        "2 at both kinks: overlapping masks", lambda x: 1.0 * (x >= 0) * (x <= 6) + (x == 0) + (x == 6), "wrong_at_kink"
    ),
    # variations on them
    wrong("-2 inside", lambda x: -2 * slope(x)),
    wrong("1 inside, 0.1 added", lambda x: slope(x) + 0.1),
    wrong("1 inside, -1 above", lambda x: step(x) - 2 * step(x - 6)),
    wrong("1 inside, -1 below", lambda x: np.where(x < 0, -1.0, slope(x))),
    wrong("1 inside, -1 outside", lambda x: np.where((x > 0) & (x < 6), 1.0, -1.0)),
    wrong("1 inside, x outside", lambda x: np.where((x > 0) & (x < 6), 1.0, x)),
    wrong("1 inside, leak below only", lambda x: np.where(x <= 0, 0.01, slope(x))),
    wrong("1 below, 0 inside, 0 above", lambda x: step(-x)),
    wrong("1 above 6 only", lambda x: step(x - 6)),
    wrong("step at 0 plus step at 6", lambda x: step(x) + step(x - 6)),
    wrong("sum of two signs", lambda x: (np.sign(x) + np.sign(x - 6)) / 2),
    wrong(
        "from 0 to 60",
        lambda x: np.where((x > 0) & (x < 60), 1.0, 0.0),
        "missing_upper",
        "ignores_upper_kink",
        "wrong_threshold",
    ),
    wrong("from 0 to 6.5", lambda x: np.where((x > 0) & (x < 6.5), 1.0, 0.0)),
    wrong("from 0 to 3", lambda x: np.where((x > 0) & (x < 3), 1.0, 0.0)),
    wrong("from 2 to 4", lambda x: np.where((x > 2) & (x < 4), 1.0, 0.0)),
    wrong("x(6-x)/9 inside", lambda x: relu(x * (6 - x) / 9)),
    wrong("x/6 inside", lambda x: relu6(x) / 6),
    wrong("hard sigmoid", lambda x: np.clip(x / 6 + 0.5, 0.0, 1.0)),
    wrong("clipped to 0 and 1", lambda x: np.clip(x, 0.0, 1.0)),
    wrong("x rounded before", lambda x: slope(np.floor(x) + 0.5) * (x > 1)),
    # approximations
    wrong("central difference, h=0.1", central_difference(relu6, 0.1), *DIFFERENCE),
    wrong("forward difference, h=0.1", forward_difference(relu6, 0.1), *DIFFERENCE),
    wrong("central difference, h=0.001, wrong near the kinks", central_difference(relu6, 1e-3), *DIFFERENCE),
    wrong("steep sigmoids", lambda x: logistic(50.0 * x) - logistic(50.0 * (x - 6)), "approximate"),
    wrong("epsilon added", lambda x: slope(x) + 1e-7, "approximate"),
    # arrays, arguments and returns
    wrong("and on the array", lambda x: 1.0 * (x > 0 and x < 6), *SCALAR, "wrong_shape"),
    wrong("if on the array", lambda x: 1.0 if 0 < x < 6 else 0.0, *SCALAR, "wrong_shape"),
    wrong("float() of the array", lambda x: scalar_slope(float(x)), *SCALAR, "wrong_shape"),
    wrong("& without brackets", lambda x: np.where(x > 0 & x < 6, 1.0, 0.0), "raises"),
    wrong("masks subtracted", lambda x: (x > 0) - (x > 6), "raises"),
    wrong("method that arrays lack", lambda x: x.relu6() > 0, "raises"),
    wrong("asks for the upper end too", lambda x, top: np.where((x > 0) & (x < top), 1.0, 0.0), "raises"),
    wrong("thresholds in place", thresholding_in_place, "changes_argument"),
    wrong("clips its argument in place", clipping_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x: print(slope(x)), "returns_none"),
    wrong("sum", lambda x: np.sum(slope(x)), *ONE_NUMBER),
    wrong("mean", lambda x: np.mean(slope(x)), *ONE_NUMBER),
    wrong("1 if all are inside", lambda x: float(np.all((x > 0) & (x < 6))), *ONE_NUMBER),
    wrong("the entries inside alone", lambda x: np.ones(x[(x > 0) & (x < 6)].shape), "wrong_shape"),
    wrong("flattened", lambda x: slope(x.ravel()), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x: slope(x)[np.newaxis], "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x: np.diagflat(slope(x)), "wrong_shape"),
    wrong("nested lists", lambda x: slope(x).tolist(), "not_an_array"),
    wrong("array of strings", lambda x: np.where((x > 0) & (x < 6), "1", "0"), "not_an_array", "wrong_dtype"),
]
