"""Answers to `tanh_from_sigmoid`.

A right answer is tanh for the true sigmoid, and calls the function handed in. Not all are 2 S(2x) - 1 for every S:
some lean on the symmetry of the true sigmoid, S(-x) = 1 - S(x), as the exercise allows.
"""

import numpy as np
from answer import Answer, float_dtype, logistic, partly, wrong

from answers_04.arrays import ONE_NUMBER

#: The acceptable names for an answer that does not use the function handed in.
UNUSED = ("ignores_sigmoid", "sigmoid_unused", "does_not_use_sigmoid", "not_built_on_sigmoid")

# --- right ---------------------------------------------------------------------------------------------------


def step_by_step(x, sigmoid):
    doubled = 2 * x
    output = sigmoid(doubled)
    stretched = 2 * output
    return stretched - 1


def with_numpy_names(x, sigmoid):
    return np.subtract(np.multiply(2, sigmoid(np.multiply(2, x))), 1)


def by_ndindex(x, sigmoid):
    out = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        out[index] = 2 * sigmoid(np.array(2.0 * x[index])) - 1
    return out


def by_rows(x, sigmoid):
    """Hand over the flattened array and bring the answer back into shape."""
    flat = sigmoid((x + x).ravel())
    return (flat + flat - 1).reshape(x.shape)


def by_mask(x, sigmoid):
    """Use the symmetry: tanh is odd, so its size depends on |x| alone."""
    size = 2 * sigmoid(2.0 * np.abs(x)) - 1
    return np.where(x < 0, -size, size)


def with_inner_function(x, sigmoid):
    def bipolar(z):
        return 2 * sigmoid(z) - 1

    return bipolar(2 * x)


def doubling_the_angle(x, sigmoid):
    """Use tanh(x) = 2t/(1+t^2) with t = tanh(x/2) = 2 sigma(x) - 1."""
    t = 2 * sigmoid(x) - 1
    return 2 * t / (1 + t**2)


RIGHT = [
    Answer("2S(2x)-1", lambda x, sigmoid: 2 * sigmoid(2 * x) - 1),
    Answer("step by step", step_by_step),
    Answer("np.multiply and np.subtract", with_numpy_names),
    Answer("2(S(2x)-1/2)", lambda x, sigmoid: 2.0 * (sigmoid(2.0 * x) - 0.5)),
    Answer("(S(2x)-1/2)/(1/2)", lambda x, sigmoid: (sigmoid(x + x) - 0.5) / 0.5),
    Answer("-1 + S + S", lambda x, sigmoid: -1 + (s := sigmoid(x * 2)) + s),
    Answer("S-(1-S)", lambda x, sigmoid: (s := sigmoid(2 * x)) - (1 - s)),
    Answer("x/0.5 inside", lambda x, sigmoid: 2 * sigmoid(x / 0.5) - 1),
    Answer("inner function", with_inner_function),
    Answer("flattened and back", by_rows),
    Answer("loop over np.ndindex", by_ndindex),
    Answer("1-2S(-2x), by symmetry", lambda x, sigmoid: 1 - 2 * sigmoid(-2 * x)),
    Answer("S(2x)-S(-2x), by symmetry", lambda x, sigmoid: sigmoid(2 * x) - sigmoid(-2 * x)),
    Answer("S^2-(1-S)^2 at 2x", lambda x, sigmoid: (s := sigmoid(2 * x)) ** 2 - (1 - s) ** 2),
    Answer("sign and |x|, by symmetry", by_mask),
    Answer("double angle from S(x)", doubling_the_angle),
    Answer(
        "(S^2-(1-S)^2)/(S^2+(1-S)^2) at x",
        lambda x, sigmoid: ((s := sigmoid(x)) ** 2 - (1 - s) ** 2) / (s**2 + (1 - s) ** 2),
    ),
    Answer(
        "1-2/(1+e^2x), e^x as the odds S/(1-S)", lambda x, sigmoid: 1 - 2 / (1 + ((s := sigmoid(x)) / (1 - s)) ** 2)
    ),
    partly(
        "(r-1)/(r+1), r the odds S/(1-S) at 2x; nan where S rounds to 1",
        lambda x, sigmoid: ((s := sigmoid(2 * x)) / (1 - s) - 1) / (s / (1 - s) + 1),
    ),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def calling_and_dropping(x, sigmoid):
    sigmoid(2 * x)
    return np.tanh(x)


def adding_nothing(x, sigmoid):
    return np.tanh(x) + 0 * sigmoid(x)


def defining_its_own(x, sigmoid):
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    return 2 * sigmoid(2 * x) - 1


def with_own_exponential(x, sigmoid):
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


def without_return(x, sigmoid):
    y = sigmoid(2 * x)
    y = 2 * y - 1


def doubling_in_place(x, sigmoid):
    x *= 2
    return 2 * sigmoid(x) - 1


def negating_in_place(x, sigmoid):
    np.negative(x, out=x)
    return 1 - 2 * sigmoid(2 * x)


def branching(x, sigmoid):
    return 2 * sigmoid(2 * x) - 1 if x >= 0 else 1 - 2 * sigmoid(-2 * x)


def first_entry_only(x, sigmoid):
    return 2 * sigmoid(2 * x.ravel()[:1]) - 1


def filling_an_array_like_x(x, sigmoid):
    out = np.zeros_like(x)
    out[...] = 2 * sigmoid(2 * x) - 1
    return out


def in_a_float32_array(x, sigmoid):
    return (2 * sigmoid(2 * np.asarray(x, dtype=np.float32)) - 1).astype(np.float64)


WRONG = [
    # formulas
    wrong("2S(x)-1", lambda x, sigmoid: 2 * sigmoid(x) - 1, "inner_not_scaled", "not_doubled"),
    wrong("S(x)-S(-x)", lambda x, sigmoid: sigmoid(x) - sigmoid(-x), "inner_not_scaled", "not_doubled"),
    wrong("2S(x/2)-1", lambda x, sigmoid: 2 * sigmoid(x / 2) - 1, "halved_for_doubled", "inner_halved"),
    wrong("2S(2x)", lambda x, sigmoid: 2 * sigmoid(2 * x), "missing_one", "not_shifted"),
    wrong("S(2x)-1", lambda x, sigmoid: sigmoid(2 * x) - 1, "outer_not_scaled", "missing_outer_factor"),
    wrong("S(2x)", lambda x, sigmoid: sigmoid(2 * x), "not_shifted_or_scaled", "inner_only"),
    wrong("S(x)", lambda x, sigmoid: sigmoid(x), "sigmoid_for_tanh", "sigmoid_itself"),
    wrong("1-2S(2x)", lambda x, sigmoid: 1 - 2 * sigmoid(2 * x), "sign"),
    wrong("2S(-2x)-1", lambda x, sigmoid: 2 * sigmoid(-2 * x) - 1, "sign"),
    wrong("2(2S(2x)-1)", lambda x, sigmoid: 2 * (2 * sigmoid(2 * x) - 1), "factor"),
    wrong("S(2x)-1/2", lambda x, sigmoid: sigmoid(2 * x) - 0.5, "factor"),
    wrong("2S(2x)+1", lambda x, sigmoid: 2 * sigmoid(2 * x) + 1, "wrong_shift"),
    wrong("2(S(2x)-1)", lambda x, sigmoid: 2 * (sigmoid(2 * x) - 1), "wrong_shift", "brackets"),
    wrong(
        "4S(2x)(1-S(2x)), the slope", lambda x, sigmoid: 4 * (s := sigmoid(2 * x)) * (1 - s), "derivative_for_forward"
    ),
    wrong("zero for x<=0", lambda x, sigmoid: np.where(x > 0, 2 * sigmoid(2 * x) - 1, 0.0), "one_sided"),
    wrong("zeros", lambda x, sigmoid: np.zeros(x.shape), "constant", *UNUSED),
    # without the function handed in
    wrong("np.tanh", lambda x, sigmoid: np.tanh(x), *UNUSED),
    wrong("calls S, returns np.tanh", calling_and_dropping, *UNUSED),
    wrong("np.tanh plus 0 times S", adding_nothing, *UNUSED),
    wrong("defines its own sigmoid over S", defining_its_own, *UNUSED),
    wrong("2 sigma(2x)-1 with the exponential written out", lambda x, sigmoid: 2 * logistic(2 * x) - 1, *UNUSED),
    wrong("own exponential", with_own_exponential, *UNUSED),
    wrong("sinh/cosh", lambda x, sigmoid: np.sinh(x) / np.cosh(x), *UNUSED),
    # variations on them
    wrong("2S(3x)-1", lambda x, sigmoid: 2 * sigmoid(3 * x) - 1),
    wrong("2S(4x)-1", lambda x, sigmoid: 2 * sigmoid(4 * x) - 1),
    wrong("2S(2x+1)-1", lambda x, sigmoid: 2 * sigmoid(2 * x + 1) - 1),
    wrong("2S(x^2)-1", lambda x, sigmoid: 2 * sigmoid(x**2) - 1),
    wrong("S(2x)^2-1", lambda x, sigmoid: sigmoid(2 * x) ** 2 - 1),
    wrong("2S(2x)^2-1", lambda x, sigmoid: 2 * sigmoid(2 * x) ** 2 - 1),
    wrong("-2S(2x)", lambda x, sigmoid: -2 * sigmoid(2 * x)),
    wrong("2S(2x)-2", lambda x, sigmoid: 3 * sigmoid(2 * x) - 2),
    wrong("1-S(2x)", lambda x, sigmoid: 1 - sigmoid(2 * x)),
    wrong("2S(2x)-1 plus 0.001", lambda x, sigmoid: 2 * sigmoid(2 * x) - 0.999),
    wrong("S(S(2x))", lambda x, sigmoid: 2 * sigmoid(sigmoid(2 * x)) - 1),
    wrong("S(2x) S(-2x)", lambda x, sigmoid: sigmoid(2 * x) * sigmoid(-2 * x)),
    wrong("S(2x)/S(-2x)", lambda x, sigmoid: sigmoid(2 * x) / sigmoid(-2 * x)),
    wrong("S+S(1-S)", lambda x, sigmoid: (s := sigmoid(2 * x)) + s * (1 - s)),
    wrong("double angle with a minus", lambda x, sigmoid: 2 * (t := 2 * sigmoid(x) - 1) / (1 - t**2)),
    wrong("slope of the sigmoid", lambda x, sigmoid: (s := sigmoid(x)) * (1 - s)),
    wrong("|tanh|", lambda x, sigmoid: 2 * sigmoid(2 * np.abs(x)) - 1),
    wrong("sign only", lambda x, sigmoid: np.sign(2 * sigmoid(2 * x) - 1)),
    wrong("half of S(2x) and half of np.tanh", lambda x, sigmoid: sigmoid(2 * x) - 0.5 + np.tanh(x) / 2),
    # approximations
    wrong("rounded to 6 digits", lambda x, sigmoid: np.round(2 * sigmoid(2 * x) - 1, 6), "rounded", "approximate"),
    wrong("epsilon added", lambda x, sigmoid: 2 * sigmoid(2 * x) - 1 + 1e-9, "approximate"),
    wrong("2x as 1.9999x", lambda x, sigmoid: 2 * sigmoid(1.9999 * x) - 1, "approximate"),
    wrong("float32 inside", in_a_float32_array, "lower_precision"),
    # arrays, arguments and returns
    wrong("if on the array", branching, "scalar_only", "raises"),
    wrong("float() of the array", lambda x, sigmoid: 2 * sigmoid(2 * float(x)) - 1, "scalar_only", "raises"),
    wrong("S multiplied, not called", lambda x, sigmoid: 2 * sigmoid * (2 * x) - 1, "raises"),
    wrong("S as a method of x", lambda x, sigmoid: 2 * x.sigmoid() - 1, "raises"),
    wrong("S called without an argument", lambda x, sigmoid: 2 * sigmoid() - 1, "raises"),
    wrong("asks for x alone", lambda x: np.tanh(x), "raises"),
    wrong("arguments in the other order", lambda sigmoid, x: 2 * sigmoid(2 * x) - 1, "raises"),
    wrong("returns the function", lambda x, sigmoid: lambda z: 2 * sigmoid(2 * z) - 1, "not_an_array"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x, sigmoid: print(2 * sigmoid(2 * x) - 1), "returns_none"),
    wrong("doubles its argument in place", doubling_in_place, "changes_argument"),
    wrong("negates its argument in place", negating_in_place, "changes_argument"),
    wrong("mean", lambda x, sigmoid: np.mean(2 * sigmoid(2 * x) - 1), *ONE_NUMBER),
    wrong("first entry only", first_entry_only, "wrong_shape"),
    wrong("flattened", lambda x, sigmoid: 2 * sigmoid(2 * x.ravel()) - 1, "wrong_shape"),
    wrong("extra axis at the end", lambda x, sigmoid: (2 * sigmoid(2 * x) - 1)[..., np.newaxis], "wrong_shape"),
    wrong("nested lists", lambda x, sigmoid: (2 * sigmoid(2 * x) - 1).tolist(), "not_an_array"),
    wrong("cut to whole numbers for int input", filling_an_array_like_x),
]
