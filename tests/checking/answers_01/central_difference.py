"""Answers to `central_difference`."""

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
)

# --- right ---------------------------------------------------------------------------------------------------


def with_two_points(f, x, h):
    left = x - h
    right = x + h
    return (f(right) - f(left)) / (2 * h)


def with_stacked_points(f, x, h):
    """Call f once, on both ends of the secant."""
    below, above = f(np.stack([x - h, x + h]))
    return (above - below) / (h + h)


def with_width(f, x, h):
    width = 2.0 * h
    numerator = f(x + h) - f(x - h)
    numerator /= width
    return numerator


def by_signs(f, x, h):
    """Sum over the two sides, each with its sign."""
    total = 0.0
    for sign in (1, -1):
        total = total + sign * f(x + sign * h)
    return total / (2 * h)


def on_copies(f, x, h):
    """Move copies; the learner's array stays."""
    dtype = float_dtype(np.asarray(x))
    above, below = np.array(x, dtype=dtype), np.array(x, dtype=dtype)
    above += h
    below -= h
    return np.divide(f(above) - f(below), 2 * h)


RIGHT = [
    Answer("(f(x+h)-f(x-h))/(2h)", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h)),
    Answer("two named points", with_two_points),
    Answer("both ends in one call of f", with_stacked_points),
    Answer("sum with signs", by_signs),
    Answer("copies moved", on_copies),
    Answer("divided by 2, then by h", lambda f, x, h: (f(x + h) - f(x - h)) / 2 / h),
    Answer("half in front", lambda f, x, h: 0.5 * (f(x + h) - f(x - h)) / h),
    Answer("1/(2h) in front", lambda f, x, h: 1 / (2 * h) * (f(x + h) - f(x - h))),
    Answer("mean of forward and backward", lambda f, x, h: (forward(f, x, h) + backward(f, x, h)) / 2),
    Answer("forward difference from x-h with step 2h", lambda f, x, h: forward(f, x - h, 2 * h)),
    Answer("np.mean of the two one-sided ones", lambda f, x, h: np.mean([forward(f, x, h), backward(f, x, h)], axis=0)),
    Answer("swapped twice", lambda f, x, h: (f(x - h) - f(x + h)) / (-2 * h)),
    Answer("both terms divided", lambda f, x, h: f(x + h) / (2 * h) - f(x - h) / (2 * h)),
    Answer("flattened and back", flattened_and_back(central)),
]

#: The text says of f that it takes an array; the first three give it one entry at a time. `with_width` divides
#: in place what f(x+h) - f(x-h) gave, which a single number may not allow. The last divides by the width that
#: was really taken, which differs from 2h by a rounding.
DISPUTED = [
    Answer("loop with np.ndindex", entry_by_entry(central)),
    Answer("list comprehension", by_comprehension(central)),
    Answer("np.vectorize", by_vectorize(central)),
    Answer("numerator divided in place", with_width),
    Answer("divided by (x+h)-(x-h)", lambda f, x, h: (f(x + h) - f(x - h)) / ((x + h) - (x - h))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def with_own_step(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


def moving_x_in_place(f, x, h):
    x += h
    above = f(x)
    x -= 2 * h
    return (above - f(x)) / (2 * h)


def branching_on_x(f, x, h):
    if x != 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    return (f(h) - f(-h)) / (2 * h)


def extrapolated(f, x, h):
    """Combine the steps h and h/2 so that the h^2 errors cancel."""
    return (4 * central(f, x, h / 2) - central(f, x, h)) / 3


WRONG = [
    wrong("forward difference", forward),
    wrong("forward difference with step 2h", lambda f, x, h: (f(x + 2 * h) - f(x)) / (2 * h)),
    wrong("backward difference", backward),
    wrong("forward difference, halved", lambda f, x, h: (f(x + h) - f(x)) / (2 * h)),
    wrong("not halved: divided by h", lambda f, x, h: (f(x + h) - f(x - h)) / h, "factor"),
    wrong("sum of forward and backward", lambda f, x, h: forward(f, x, h) + backward(f, x, h), "factor"),
    wrong("divided by 4h", lambda f, x, h: (f(x + h) - f(x - h)) / (4 * h), "factor"),
    wrong("missing brackets: /2*h", lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h),
    wrong("missing brackets: f(x+h)-f(x-h)/(2h)", lambda f, x, h: f(x + h) - f(x - h) / (2 * h)),
    wrong("not divided", lambda f, x, h: f(x + h) - f(x - h)),
    wrong("divided by 2 only", lambda f, x, h: (f(x + h) - f(x - h)) / 2),
    wrong("divided by h squared", lambda f, x, h: (f(x + h) - f(x - h)) / h**2),
    wrong("swapped terms", lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h), "sign"),
    wrong("divided by -2h", lambda f, x, h: (f(x + h) - f(x - h)) / (-2 * h), "sign"),
    wrong("plus instead of minus", lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h)),
    wrong("half the step above", lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / (2 * h)),
    wrong("half the step on both places", lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h),
    wrong("twice the step on both places", lambda f, x, h: central(f, x, 2 * h)),
    wrong("second difference", lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2),
    wrong("four-point central difference", four_point),
    wrong("extrapolated from h and h/2", extrapolated),
    wrong("complex step", complex_step),
    wrong("a step of its own, 1e-5", with_own_step),
    wrong("step never above 1e-3", lambda f, x, h: central(f, x, min(h, 1e-3))),
    wrong("step scaled by x", lambda f, x, h: central(f, x, h * np.maximum(np.abs(x), 1))),
    wrong("f(x)+h for f(x+h)", lambda f, x, h: ((f(x) + h) - (f(x) - h)) / (2 * h), "constant"),
    wrong("ones", lambda f, x, h: np.ones(np.shape(x)), "constant"),
    wrong("zeros", lambda f, x, h: np.zeros(np.shape(x)), "constant"),
    wrong("f(h) and f(-h)", lambda f, x, h: (f(h) - f(-h)) / (2 * h) + 0 * x),
    wrong("f(x+h) and f(h-x)", lambda f, x, h: (f(x + h) - f(h - x)) / (2 * h)),
    wrong("divided by 2x", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * x + 1e-3)),
    wrong("f(x-h) forgotten", lambda f, x, h: f(x + h) / (2 * h)),
    wrong("the value", lambda f, x, h: f(x)),
    wrong("mean of the two values", lambda f, x, h: (f(x + h) + f(x - h)) / 2),
    wrong("np.gradient of the values", lambda f, x, h: np.gradient(f(x), h)),
    wrong("slope of the sine, whatever f is", lambda f, x, h: np.cos(x)),
    wrong("slope of the square, whatever f is", lambda f, x, h: 2.0 * x),
    wrong("absolute value", lambda f, x, h: np.abs(central(f, x, h))),
    wrong("absolute values of f", lambda f, x, h: (np.abs(f(x + h)) - np.abs(f(x - h))) / (2 * h)),
    wrong("larger of the one-sided ones", lambda f, x, h: np.maximum(forward(f, x, h), backward(f, x, h))),
    wrong(
        "geometric mean of the one-sided ones", lambda f, x, h: np.sqrt(np.abs(forward(f, x, h) * backward(f, x, h)))
    ),
    wrong("1e-6 added to the width", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h + 1e-6), "approximate"),
    wrong("1e-6 added", lambda f, x, h: central(f, x, h) + 1e-6, "approximate"),
    wrong("rounded to 6 digits", lambda f, x, h: np.round(central(f, x, h), 6), "rounded", "approximate"),
    wrong("rounded to 3 digits", lambda f, x, h: np.round(central(f, x, h), 3), "rounded", "approximate"),
    wrong("float32 inside", in_float32(central), "lower_precision", "approximate"),
    wrong("cut to whole numbers for int input", cut_to_the_dtype_of_x(central)),
    wrong("cut to whole numbers", lambda f, x, h: (f(x + h) - f(x - h)) // (2 * h)),
    wrong("moves x in place", moving_x_in_place, "changes_argument", "raises"),
    wrong(
        "moves x through out=",
        lambda f, x, h: forward(f, np.subtract(x, h, out=x), 2 * h),
        "changes_argument",
        "raises",
    ),
    wrong("no return", dropped(central), "returns_none"),
    wrong("prints instead of returning", lambda f, x, h: print(central(f, x, h)), "returns_none"),
    wrong("nested lists", lambda f, x, h: central(f, x, h).tolist(), "not_an_array"),
    wrong("list of rows", looping_over_rows(central), "not_an_array", "raises"),
    wrong("string", lambda f, x, h: f"{central(f, x, h)}", "not_an_array"),
    wrong("a function of x", lambda f, x, h: lambda t: central(f, t, h), "not_an_array"),
    wrong(
        "both one-sided differences",
        lambda f, x, h: (backward(f, x, h), forward(f, x, h)),
        "not_an_array",
        "wrong_shape",
    ),
    wrong("mean over the entries", lambda f, x, h: np.mean(central(f, x, h)), "wrong_shape", "not_an_array"),
    wrong("np.mean without an axis", lambda f, x, h: np.mean([forward(f, x, h), backward(f, x, h)]), "wrong_shape"),
    wrong("sum over the entries", lambda f, x, h: float(np.sum(central(f, x, h))), "wrong_shape", "not_an_array"),
    wrong("first entry everywhere", first_entry_everywhere(central)),
    wrong("flattened", lambda f, x, h: central(f, x, h).flatten(), "wrong_shape"),
    wrong("extra axis at the end", lambda f, x, h: central(f, x, h)[..., np.newaxis], "wrong_shape"),
    wrong("row with two axes", lambda f, x, h: central(f, x, h).reshape(1, -1), "wrong_shape"),
    wrong("float() of x", lambda f, x, h: central(f, float(x), h), "scalar_only", "raises"),
    wrong("if on the array", branching_on_x, "scalar_only", "raises"),
    wrong("math.fsum of the two", lambda f, x, h: math.fsum([f(x + h), -f(x - h)]) / (2 * h), "scalar_only", "raises"),
    wrong("square brackets for the call", lambda f, x, h: (f[x + h] - f[x - h]) / (2 * h), "raises"),
    wrong("takes no step", lambda f, x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5, "raises"),
    wrong("sign and not halved", lambda f, x, h: (f(x - h) - f(x + h)) / h),
    wrong("sign and a small offset", lambda f, x, h: 1e-3 - central(f, x, h)),
    wrong("not halved and a small offset", lambda f, x, h: 2 * central(f, x, h) + 1e-3),
    wrong("minus the forward difference", lambda f, x, h: -forward(f, x, h)),
    wrong("forward difference and a small offset", lambda f, x, h: forward(f, x, h) + 1e-4),
    wrong("two parts forward, one part backward", lambda f, x, h: (2 * forward(f, x, h) + backward(f, x, h)) / 3),
]
