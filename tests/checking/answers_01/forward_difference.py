"""Answers to `forward_difference`."""

import math

import numpy as np
from answer import Answer, float_dtype, wrong

from answers_01.quotients import (
    backward,
    by_comprehension,
    by_vectorize,
    central,
    complex_step,
    cut_to_the_dtype_of_x,
    dropped,
    entry_by_entry,
    first_entry_everywhere,
    flattened_and_back,
    forward,
    four_point,
    in_float32,
    looping_over_rows,
    moving_x_in_place,
)

# --- right ---------------------------------------------------------------------------------------------------


def with_two_points(f, x, h):
    x0 = x
    x1 = x + h
    y0 = f(x0)
    y1 = f(x1)
    rise = y1 - y0
    run = h
    return rise / run


def with_inner_function(f, x, h):
    def secant_slope(start, step):
        return (f(start + step) - f(start)) / step

    return secant_slope(x, h)


def with_stacked_points(f, x, h):
    """Call f once, on both ends of the secant."""
    y = f(np.stack([x, x + h]))
    return np.diff(y, axis=0)[0] / h


def on_a_copy(f, x, h):
    """Move a copy; the learner's array stays."""
    moved = np.array(x, dtype=float_dtype(np.asarray(x)))
    moved += h
    return (f(moved) - f(x)) / h


def with_difference_in_place(f, x, h):
    slope = f(x + h) - f(x)
    slope = slope / h
    return slope


RIGHT = [
    Answer("(f(x+h)-f(x))/h", lambda f, x, h: (f(x + h) - f(x)) / h),
    Answer("rise over run", with_two_points),
    Answer("inner function", with_inner_function),
    Answer("ufuncs spelled out", lambda f, x, h: np.divide(np.subtract(f(np.add(x, h)), f(x)), h)),
    Answer("both ends in one call of f", with_stacked_points),
    Answer("a copy moved", on_a_copy),
    Answer("in two lines", with_difference_in_place),
    Answer("(f(x)-f(x+h))/(-h)", lambda f, x, h: (f(x) - f(x + h)) / (-h)),
    Answer("minus the swapped difference", lambda f, x, h: -(f(x) - f(x + h)) / h),
    Answer("1/h in front", lambda f, x, h: 1 / h * (f(x + h) - f(x))),
    Answer("both terms divided", lambda f, x, h: f(x + h) / h - f(x) / h),
    Answer("h ** -1", lambda f, x, h: (f(h + x) - f(x)) * h**-1),
    Answer("backward difference from the other end", lambda f, x, h: backward(f, x + h, h)),
    Answer("flattened and back", flattened_and_back(forward)),
]


def to_and_fro(f, x, h):
    x += h
    after = f(x)
    x -= h
    return (after - f(x)) / h


#: The text says of f that it takes an array; the first three give it one entry at a time. The fourth divides by the
#: step that was really taken, which differs from h by a rounding. The last moves the learner's array and moves it
#: back, which leaves roundings at most, and raises on whole numbers.
DISPUTED = [
    Answer("loop with np.ndindex", entry_by_entry(forward)),
    Answer("list comprehension", by_comprehension(forward)),
    Answer("np.vectorize", by_vectorize(forward)),
    Answer("divided by (x+h)-x", lambda f, x, h: (f(x + h) - f(x)) / ((x + h) - x)),
    Answer("moves x to and fro in place", to_and_fro),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def with_own_step(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x)) / h


def branching_on_x(f, x, h):
    if x >= 0:
        return (f(x + h) - f(x)) / h
    return (f(x) - f(x + h)) / -h


WRONG = [
    wrong("central difference", central),
    wrong("central difference with half the step", lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h),
    wrong("central difference, not halved", lambda f, x, h: (f(x + h) - f(x - h)) / h),
    wrong("four-point central difference", four_point),
    wrong("backward difference", backward),
    wrong("backward difference from swapped terms", lambda f, x, h: (f(x - h) - f(x)) / -h),
    wrong("(f(x)-f(x+h))/h", lambda f, x, h: (f(x) - f(x + h)) / h, "sign"),
    wrong("divided by minus h", lambda f, x, h: (f(x + h) - f(x)) / -h, "sign"),
    wrong("backward with the sign lost", lambda f, x, h: (f(x - h) - f(x)) / h),
    wrong("divided by 2h", lambda f, x, h: (f(x + h) - f(x)) / (2 * h), "factor"),
    wrong("twice", lambda f, x, h: 2 * (f(x + h) - f(x)) / h, "factor"),
    wrong("half the step in the division", lambda f, x, h: (f(x + h) - f(x)) / (h / 2), "factor"),
    wrong("not divided", lambda f, x, h: f(x + h) - f(x)),
    wrong("multiplied by h", lambda f, x, h: (f(x + h) - f(x)) * h),
    wrong("divided by h squared", lambda f, x, h: (f(x + h) - f(x)) / h**2),
    wrong("missing brackets: f(x+h)-f(x)/h", lambda f, x, h: f(x + h) - f(x) / h),
    wrong("missing bracket in the division: /2*h", lambda f, x, h: (f(x + h) - f(x)) / 2 * h),
    wrong("divided by x+h", lambda f, x, h: (f(x + h) - f(x)) / (x + h)),
    wrong("f(x) forgotten", lambda f, x, h: f(x + h) / h),
    wrong("plus instead of minus", lambda f, x, h: (f(x + h) + f(x)) / h),
    wrong("f(x)+h for f(x+h)", lambda f, x, h: (f(x) + h - f(x)) / h, "constant"),
    wrong("ones", lambda f, x, h: np.ones(np.shape(x)), "constant"),
    wrong("zeros", lambda f, x, h: np.zeros(np.shape(x)), "constant"),
    wrong("f(h) for f(x+h)", lambda f, x, h: (f(h) - f(x)) / h),
    wrong("x instead of f(x)", lambda f, x, h: (f(x + h) - x) / h),
    wrong("f of the difference", lambda f, x, h: f((x + h) - x) / h),
    wrong("x and h exchanged", lambda f, x, h: (f(x + h) - f(h)) / x),
    wrong("step of 2h on both places", lambda f, x, h: (f(x + 2 * h) - f(x)) / (2 * h)),
    wrong("step of h/2 on both places", lambda f, x, h: (f(x + h / 2) - f(x)) / (h / 2)),
    wrong("a step of its own, 1e-5", with_own_step),
    wrong("step never above 1e-3", lambda f, x, h: forward(f, x, min(h, 1e-3))),
    wrong("step scaled by x", lambda f, x, h: forward(f, x, h * np.maximum(np.abs(x), 1))),
    wrong("complex step", complex_step),
    wrong("three-point forward difference", lambda f, x, h: (-3 * f(x) + 4 * f(x + h) - f(x + 2 * h)) / (2 * h)),
    wrong("second difference", lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2),
    wrong("np.diff of the values", lambda f, x, h: np.diff(f(x)) / h),
    wrong("np.gradient of the values", lambda f, x, h: np.gradient(f(x), h)),
    wrong("the value", lambda f, x, h: f(x)),
    wrong("slope of the sine, whatever f is", lambda f, x, h: np.cos(x)),
    wrong("forward difference of the square, whatever f is", lambda f, x, h: 2 * x + h),
    wrong("absolute value", lambda f, x, h: np.abs(forward(f, x, h))),
    wrong("absolute value of x", lambda f, x, h: forward(f, np.abs(x), h)),
    wrong("angle of the secant", lambda f, x, h: np.arctan(forward(f, x, h))),
    wrong("length of the secant", lambda f, x, h: np.hypot(h, f(x + h) - f(x))),
    wrong("1e-6 added to the step below", lambda f, x, h: (f(x + h) - f(x)) / (h + 1e-6), "approximate"),
    wrong("1e-6 added", lambda f, x, h: forward(f, x, h) + 1e-6, "approximate"),
    wrong("rounded to 6 digits", lambda f, x, h: np.round(forward(f, x, h), 6), "rounded", "approximate"),
    wrong("rounded to 3 digits", lambda f, x, h: np.round(forward(f, x, h), 3), "rounded", "approximate"),
    wrong("float32 inside", in_float32(forward), "lower_precision", "approximate"),
    wrong("cut to whole numbers", lambda f, x, h: (f(x + h) - f(x)) // h),
    wrong("cut to whole numbers for int input", cut_to_the_dtype_of_x(forward)),
    wrong("moves x in place", moving_x_in_place, "changes_argument", "raises"),
    wrong(
        "absolute value of x in place",
        lambda f, x, h: forward(f, np.abs(x, out=x), h),
        "changes_argument",
        "one_sided",
    ),
    wrong("no return", dropped(forward), "returns_none"),
    wrong("prints instead of returning", lambda f, x, h: print(forward(f, x, h)), "returns_none"),
    wrong("nested lists", lambda f, x, h: forward(f, x, h).tolist(), "not_an_array"),
    wrong("list of rows", looping_over_rows(forward), "not_an_array", "raises"),
    wrong("string", lambda f, x, h: str(forward(f, x, h)), "not_an_array"),
    wrong("a function of x", lambda f, x, h: lambda t: forward(f, t, h), "not_an_array"),
    wrong("slope and intercept", lambda f, x, h: (s := forward(f, x, h), f(x) - s * x), "not_an_array", "wrong_shape"),
    wrong("mean over the entries", lambda f, x, h: np.mean(forward(f, x, h)), "wrong_shape", "not_an_array"),
    wrong("sum over the entries", lambda f, x, h: np.sum(forward(f, x, h)), "wrong_shape", "not_an_array"),
    wrong("first entry only", lambda f, x, h: np.ravel(forward(f, x, h))[0], "wrong_shape", "not_an_array", "raises"),
    wrong("first entry everywhere", first_entry_everywhere(forward)),
    wrong("flattened", lambda f, x, h: np.ravel(forward(f, x, h)), "wrong_shape"),
    wrong("extra axis in front", lambda f, x, h: forward(f, x, h)[np.newaxis], "wrong_shape"),
    wrong("column", lambda f, x, h: forward(f, x, h).reshape(-1, 1), "wrong_shape"),
    wrong("transposed", lambda f, x, h: forward(f, x, h).T),
    wrong("diagonal matrix", lambda f, x, h: np.diagflat(forward(f, x, h)), "wrong_shape"),
    wrong("float() of x", lambda f, x, h: forward(f, float(x), h), "scalar_only", "raises"),
    wrong("if on the array", branching_on_x, "scalar_only", "raises"),
    wrong("math.fabs on the array", lambda f, x, h: math.fabs(f(x + h) - f(x)) / h, "scalar_only", "raises"),
    wrong("f times the bracket", lambda f, x, h: (f * (x + h) - f * x) / h, "raises"),
    wrong("square brackets for the call", lambda f, x, h: (f[x + h] - f[x]) / h, "raises"),
    wrong("two arguments for f", lambda f, x, h: (f(x, h) - f(x)) / h, "raises"),
    wrong("takes no step", lambda f, x: (f(x + 1e-5) - f(x)) / 1e-5, "raises"),
    wrong("arguments in another order", lambda x, h, f: (f(x + h) - f(x)) / h, "raises"),
    wrong("sign and not divided", lambda f, x, h: f(x) - f(x + h)),
    wrong("sign and divided by 2h", lambda f, x, h: (f(x) - f(x + h)) / (2 * h)),
    wrong("sign and a small offset", lambda f, x, h: (f(x) - f(x + h)) / h + 1e-3),
    wrong("backward, divided by 2h", lambda f, x, h: (f(x) - f(x - h)) / (2 * h)),
    wrong("minus the central difference", lambda f, x, h: -central(f, x, h)),
    wrong("central difference and a small offset", lambda f, x, h: central(f, x, h) + 1e-4),
    wrong("mean of forward and central", lambda f, x, h: (forward(f, x, h) + central(f, x, h)) / 2),
]
