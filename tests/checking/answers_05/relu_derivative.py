"""Answers to `relu_derivative`.

At the kink any slope from 0 to 1 is right. Arrays of Booleans have the right values, and the wrong dtype.
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
from answers_04.arrays import ONE_NUMBER, SCALAR, filling_an_array_like

from answers_05.rectifiers import relu, step


def scalar_step(t):
    return 1.0 if t > 0 else 0.0


# --- right ---------------------------------------------------------------------------------------------------


def by_mask(x):
    out = np.zeros(x.shape)
    out[x > 0] = 1
    return out


def on_a_copy(x):
    out = x.copy()
    out[out <= 0] = 0
    out[out > 0] = 1
    return out


def by_ndindex(x):
    out = np.empty(x.shape, dtype=float)
    for index in np.ndindex(x.shape):
        if x[index] < 0:
            out[index] = 0
        elif x[index] == 0:
            out[index] = 0.5
        else:
            out[index] = 1
    return out


def by_piecewise(x):
    return np.piecewise(x.astype(float_dtype(x)), [x < 0, x >= 0], [0.0, 1.0])


def by_guarded_quotient(x):
    """Give ReLU(x)/x, 0 where x is 0."""
    top = relu(x)
    return np.divide(top, x, out=np.zeros(x.shape, dtype=top.dtype), where=x != 0)


RIGHT = [
    Answer("np.where, 0 at the kink", step),
    Answer("np.where, 1 at the kink", lambda x: np.where(x >= 0, 1.0, 0.0)),
    Answer("np.where the other way about", lambda x: np.where(x < 0, 0.0, 1.0)),
    Answer("np.where with whole numbers", lambda x: np.where(x > 0, 1, 0)),
    Answer("mask cast to float", lambda x: (x > 0).astype(float)),
    Answer("mask cast to the dtype of x", lambda x: np.greater(x, 0).astype(x.dtype)),
    Answer("mask times 1.0", lambda x: (x > 0) * 1.0),
    Answer("mask times 1", lambda x: 1 * (x > 0)),
    Answer("mask cast to int", lambda x: np.asarray(x > 0, dtype=int)),
    Answer("np.heaviside, 0 at the kink", lambda x: np.heaviside(x, 0)),
    Answer("np.heaviside, a half at the kink", lambda x: np.heaviside(x, 0.5)),
    Answer("np.heaviside, 1 at the kink", lambda x: np.heaviside(x, 1.0)),
    Answer("(1+sign)/2", lambda x: (1 + np.sign(x)) / 2),
    Answer("sign of ReLU", lambda x: np.sign(np.maximum(x, 0))),
    Answer("sign clipped to 0 and 1", lambda x: np.clip(np.sign(x), 0, 1)),
    Answer("mask assigned into zeros", by_mask),
    Answer("in place on a copy", on_a_copy),
    Answer("np.piecewise", by_piecewise),
    Answer("np.select", lambda x: np.select([x > 0, x < 0], [1.0, 0.0], default=0.3)),
    Answer("looked up in a list of two slopes", lambda x: np.array([0.0, 1.0])[(x > 0).astype(int)]),
    Answer("loop over np.ndindex, a half at the kink", by_ndindex),
    Answer("Python loop", over_elements(scalar_step)),
    Answer("np.vectorize with otypes", vectorized(scalar_step)),
    partly("ReLU(x)/x, guarded at 0; nan at inf", by_guarded_quotient),
    partly("mask itself, an array of Booleans", lambda x: np.asarray(x > 0)),
    partly("np.where with True and False", lambda x: np.where(x > 0, True, False)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def thresholding_in_place(x):
    x[x > 0] = 1
    x[x <= 0] = 0
    return x


def rectifying_in_place(x):
    np.maximum(x, 0, out=x)
    return np.sign(x)


def without_return(x):
    out = np.zeros(x.shape)
    out[x > 0] = 1


def forgetting_the_other_branch(x):
    if np.all(x > 0):
        return np.ones(x.shape)


def returning_inside_the_loop(x):
    for t in x.ravel():
        return 1.0 if t > 0 else 0.0
    return None


def with_nan_at_the_kink(x):
    out = step(x)
    return np.where(x == 0, np.nan, out)


WRONG = [
    # formulas
    wrong("ReLU itself", lambda x: relu(x), "function_itself", "forward_for_derivative"),
    wrong("x where x>0, else 0", lambda x: np.where(x > 0, x, 0.0), "function_itself", "forward_for_derivative"),
    wrong(
        "branches swapped", lambda x: np.where(x > 0, 0.0, 1.0), "branches_swapped", "swapped_branches", "wrong_side"
    ),
    wrong("(1-sign)/2", lambda x: (1 - np.sign(x)) / 2, "branches_swapped", "swapped_branches", "wrong_side"),
    wrong("sign of x", lambda x: np.sign(x) * 1.0, "sign_function", "minus_one_below", "slope_of_abs"),
    wrong("1 and -1", lambda x: np.where(x > 0, 1.0, -1.0), "sign_function", "minus_one_below", "slope_of_abs"),
    wrong("1 and 0.01", lambda x: np.where(x > 0, 1.0, 0.01), "leaky", "leaky_relu"),
    wrong("-1 above 0", lambda x: -step(x), "sign"),
    wrong("2 above 0", lambda x: 2 * step(x), "factor"),
    wrong("a half above 0", lambda x: step(x) / 2, "factor"),
    wrong("ones", lambda x: np.ones(x.shape), "constant"),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    wrong("halves", lambda x: np.full(x.shape, 0.5), "constant"),
    wrong("step at 1", lambda x: np.where(x > 1, 1.0, 0.0), "wrong_threshold", "shifted"),
    wrong("step at 1, 1 included", lambda x: np.where(x >= 1, 1.0, 0.0), "wrong_threshold", "shifted"),
    wrong("sigmoid", logistic, "sigmoid_for_step", "smooth_step"),
    wrong("sigma'", lambda x: (s := logistic(x)) * (1 - s), "sigmoid_derivative"),
    wrong("1-tanh^2", lambda x: 1 - np.tanh(x) ** 2, "tanh_derivative"),
    wrong("ReLU6's slope", lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0), "relu6"),
    # at the kink
    wrong("nan at the kink", with_nan_at_the_kink, "nan", "nan_at_kink"),
    wrong("(1+x/|x|)/2: 0/0 at the kink", lambda x: (1 + x / np.abs(x)) / 2, "nan", "nan_at_kink"),
    wrong("ReLU(x)/x: 0/0 at the kink", lambda x: relu(x) / x, "nan", "nan_at_kink"),
    wrong("2 at the kink", lambda x: np.heaviside(x, 2.0), "wrong_at_kink"),
    wrong("-1 at the kink", lambda x: np.heaviside(x, -1.0), "wrong_at_kink"),
    wrong("inf at the kink", lambda x: np.heaviside(x, np.inf), "wrong_at_kink", "nan"),
    # variations on them
    wrong("-2 above 0", lambda x: -2 * step(x)),
    wrong("step plus 0.1", lambda x: step(x) + 0.1),
    wrong("1 where x is not 0", lambda x: np.where(x != 0, 1.0, 0.0)),
    wrong("1 above 0, x below", lambda x: np.where(x > 0, 1.0, x)),
    wrong("0 above 0, x below", lambda x: np.where(x > 0, 0.0, x)),
    wrong("1 above 0, -x below", lambda x: np.where(x > 0, 1.0, -x)),
    wrong("|x|", lambda x: np.abs(x) * 1.0),
    wrong("x clipped to 0 and 1", lambda x: np.clip(x, 0.0, 1.0)),
    wrong("x itself", lambda x: x * 1.0),
    wrong("ReLU squared", lambda x: relu(x) ** 2),
    wrong("step at -1", lambda x: np.where(x > -1, 1.0, 0.0)),
    wrong("step of |x|", lambda x: np.where(np.abs(x) > 1, 1.0, 0.0)),
    wrong("step at the mean of x", lambda x: np.where(x > np.mean(x), 1.0, 0.0)),
    wrong("x rounded before the step", lambda x: step(np.round(x))),
    wrong("hard sigmoid", lambda x: np.clip(0.5 + 0.2 * x, 0.0, 1.0)),
    wrong(
        "1 and 0, 1 entry in every 3 flipped", lambda x: np.abs(step(x) - (np.arange(x.size) % 3 == 1).reshape(x.shape))
    ),
    # approximations
    wrong("forward difference, h=0.1", forward_difference(relu, 0.1), *DIFFERENCE),
    wrong("central difference, h=0.1", central_difference(relu, 0.1), *DIFFERENCE),
    wrong("central difference, h=0.001, wrong nearer to 0 than that", central_difference(relu, 1e-3), *DIFFERENCE),
    wrong("steep sigmoid", lambda x: logistic(100.0 * x), "approximate"),
    wrong("step at 1e-3", lambda x: np.where(x > 1e-3, 1.0, 0.0), "wrong_threshold", "shifted", "approximate"),
    wrong("x/(x+1e-8) above 0", lambda x: relu(x) / (np.abs(x) + 1e-8), "approximate"),
    wrong("x/(x+0.01) above 0", lambda x: relu(x) / (np.abs(x) + 0.01), "approximate", "one_sided"),
    # arrays, arguments and returns
    wrong("if on the array", lambda x: 1.0 if x > 0 else 0.0, *SCALAR, "wrong_shape"),
    wrong("max of the array", lambda x: 1.0 if max(0, x) else 0.0, *SCALAR, "wrong_shape"),
    wrong("float() of the array", lambda x: scalar_step(float(x)), *SCALAR, "wrong_shape"),
    wrong("1 if any entry is positive", lambda x: 1.0 if np.any(x > 0) else 0.0, *ONE_NUMBER),
    wrong("1 if the sum is positive, for all", lambda x: np.full(x.shape, float(np.sum(x) > 0))),
    wrong("return inside the loop", returning_inside_the_loop, *ONE_NUMBER, "returns_none"),
    wrong("sum", lambda x: np.sum(step(x)), *ONE_NUMBER),
    wrong("mean", lambda x: np.mean(step(x)), *ONE_NUMBER),
    wrong("the positive entries alone", lambda x: np.ones(x[x > 0].shape), "wrong_shape"),
    wrong("flattened", lambda x: step(x.ravel()), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x: step(x)[np.newaxis], "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x: np.diagflat(step(x)), "wrong_shape"),
    wrong("np.where with the condition alone", lambda x: np.where(np.atleast_1d(x) > 0), "not_an_array", "wrong_shape"),
    wrong("nested lists", lambda x: step(x).tolist(), "not_an_array"),
    wrong("list comprehension", lambda x: [scalar_step(t) for t in x.ravel()], "not_an_array", "wrong_shape"),
    wrong("array of strings", lambda x: np.where(x > 0, "1", "0"), "not_an_array", "wrong_dtype"),
    wrong("None for the flat side", lambda x: np.where(x > 0, 1.0, None), "not_an_array", "wrong_dtype"),
    wrong("thresholds in place", thresholding_in_place, "changes_argument"),
    wrong("rectifies its argument in place", rectifying_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("return in one branch only", forgetting_the_other_branch, "returns_none"),
    wrong("prints instead of returning", lambda x: print(step(x)), "returns_none"),
    wrong("method that arrays lack", lambda x: x.relu() > 0, "raises"),
    wrong("negated mask", lambda x: -(x > 0), "raises"),
    wrong("asks for the output too", lambda x, y: np.where(y > 0, 1.0, 0.0), "raises"),
]
# The slopes 0 and 1 are whole, so nothing is cut here: this one is no mistake.
RIGHT.append(Answer("filled into an array like x", filling_an_array_like(scalar_step)))
