"""Answers to `binary_cross_entropy_with_logits_gradient`."""

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
    masked_logistic,
    partly,
    scalar_logistic,
    slope,
    wrong,
)
from answers_04.arrays import ONE_NUMBER, SCALAR
from answers_06.vectors import dropped, in_float32, stable


def difference(x, y):
    return logistic(x) - y


def loss(x, y):
    """Give the loss straight from the logit."""
    return np.logaddexp(0, x) - y * x


# --- right ---------------------------------------------------------------------------------------------------


def with_one_exponential(x, y):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e) - y


def by_ndindex(x, y):
    out = np.zeros(x.shape, dtype=float_dtype(x))
    for index in np.ndindex(x.shape):
        out[index] = scalar_logistic(float(x[index])) - y[index]
    return out


def in_pure_python(x, y):
    pairs = zip(x.ravel().tolist(), y.ravel().tolist(), strict=True)
    return np.array([scalar_logistic(t) - label for t, label in pairs], dtype=float_dtype(x)).reshape(x.shape)


def by_vectorize(x, y):
    return np.vectorize(lambda t, label: 0.5 + 0.5 * math.tanh(t / 2) - label, otypes=[float])(x, y)


def without_cancellation(x, y):
    """Write 1 - sigma as sigma of -x where the logit is positive."""
    return np.where(x > 0, (1 - y) - logistic(np.abs(x)) * np.exp(-np.abs(x)), logistic(-np.abs(x)) - y)


def as_softmax_of_two(x, y):
    """Take the logits x and 0 for two classes."""
    both = np.stack([x, np.zeros_like(x)], axis=-1)
    return stable(both)[..., 0] - y


def on_a_copy(x, y):
    out = np.asarray(masked_logistic(x))
    out -= y
    return out


def textbook_left(x, y):
    with np.errstate(all="ignore"):
        return np.exp(x) / (1 + np.exp(x)) - y


def by_probability(x, y):
    """Multiply the slope by the probability with that of the sigmoid; 0/0 where it is rounded to 0 or 1."""
    with np.errstate(all="ignore"):
        s = logistic(x)
        return (-y / s + (1 - y) / (1 - s)) * s * (1 - s)


def by_two_terms(x, y):
    """Differentiate -y ln(s) and -(1-y) ln(1-s) apart: -y e^-x/(1+e^-x) + (1-y)/(1+e^-x)."""
    with np.errstate(all="ignore"):
        e = np.exp(-x)
        return -y * e / (1 + e) + (1 - y) / (1 + e)


RIGHT = [
    Answer("sigma minus label", difference),
    Answer("one exponential of -|x|", with_one_exponential),
    Answer("boolean masks for the two signs", lambda x, y: masked_logistic(x) - y),
    Answer("tanh form", lambda x, y: 0.5 * (1 + np.tanh(x / 2)) - y),
    Answer("np.logaddexp", lambda x, y: np.exp(-np.logaddexp(0, -x)) - y),
    Answer("-y sigma(-x) + (1-y) sigma(x)", lambda x, y: -y * logistic(-x) + (1 - y) * logistic(x)),
    Answer("y (s-1) + (1-y) s", lambda x, y: y * ((s := logistic(x)) - 1) + (1 - y) * s),
    Answer("-(y - s)", lambda x, y: -(y - 1 / (1 + np.exp(-x)))),
    Answer("1 - sigma(-x) - y", lambda x, y: 1 - logistic(-x) - y),
    Answer("(1 - y) - sigma(-x)", lambda x, y: (1 - y) - 1 / (1 + np.exp(x))),
    Answer(
        "(1 - y(1+e^-x))/(1+e^-x) where it does not overflow",
        lambda x, y: np.where(x > -30, (1 - y * (1 + (e := np.exp(-np.maximum(x, -30.0))))) / (1 + e), logistic(x) - y),
    ),
    Answer("1 - s without cancellation", without_cancellation),
    Answer("softmax of x and 0", as_softmax_of_two),
    Answer(
        "np.where of both forms",
        lambda x, y: np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x)))) - y,
    ),
    Answer("logits clipped at +-500", lambda x, y: 1 / (1 + np.exp(-np.clip(x, -500.0, 500.0))) - y),
    Answer("in place on its own array", on_a_copy),
    Answer("loop over np.ndindex", by_ndindex),
    Answer("Python loop over both", in_pure_python),
    Answer("np.vectorize with otypes", by_vectorize),
    partly("e^x/(1+e^x) - y", textbook_left),
    partly("by the probability, times s(1-s)", by_probability),
    partly("two terms with e^-x", by_two_terms),
]

DISPUTED = [Answer("nan replaced by 0", lambda x, y: np.nan_to_num(textbook_left(x, y)))]

# --- wrong ---------------------------------------------------------------------------------------------------


def label_in_place(x, y):
    y -= logistic(x)
    return -y


def logits_in_place(x, y):
    x[...] = logistic(x)
    return x - y


def clipping_in_place(x, y):
    x[x > 30] = 30
    x[x < -30] = -30
    return logistic(x) - y


def filling_an_array_like_x(x, y):
    out = np.zeros_like(x)
    out[...] = logistic(x) - y
    return out


def by_label(x, y):
    """Treat the label 1 and all others apart."""
    return np.where(y == 1, logistic(x) - 1, logistic(x))


def differing(quotient, h):
    """Make the quotient of the loss, with the label held."""
    return lambda x, y: quotient(lambda t: loss(t, y), h)(x)


def by_complex_step(x, y):
    u = x + 1e-30j
    return (np.log(1 + np.exp(u)) - y * u).imag / 1e-30


WRONG = [
    wrong("y - s", lambda x, y: y - logistic(x), "sign"),
    wrong("s alone", lambda x, y: logistic(x) + 0 * y, "ignores_y"),
    wrong("-y alone", lambda x, y: -y + 0 * x, "ignores_x"),
    wrong("s + y", lambda x, y: logistic(x) + y, "plus_for_minus"),
    wrong("s y", lambda x, y: logistic(x) * y, "product_for_difference"),
    wrong("(s-y)/(s(1-s)), by the probability", lambda x, y: difference(x, y) / slope(x), "by_probability"),
    wrong("-y/s + (1-y)/(1-s)", lambda x, y: -y / (s := logistic(x)) + (1 - y) / (1 - s), "by_probability"),
    wrong("s(1-s)(s-y), squared error", lambda x, y: slope(x) * difference(x, y), "extra_slope"),
    wrong("2s(1-s)(s-y)", lambda x, y: 2 * slope(x) * difference(x, y), "extra_slope"),
    wrong("s(1-s)", lambda x, y: slope(x) + 0 * y, "slope_of_sigmoid"),
    wrong("s(1-s) - y", lambda x, y: slope(x) - y),
    wrong("-y (1-s): first term only", lambda x, y: -y * logistic(-x), "one_label_only"),
    wrong("(1-y) s: second term only", lambda x, y: (1 - y) * logistic(x), "one_label_only"),
    wrong("-y (1-s) - (1-y) s", lambda x, y: -y * logistic(-x) - (1 - y) * logistic(x), "sign_between_terms"),
    wrong("y (1-s) + (1-y) s", lambda x, y: y * logistic(-x) + (1 - y) * logistic(x)),
    wrong("-y/s - (1-y)/(1-s)", lambda x, y: -y / (s := logistic(x)) - (1 - y) / (1 - s)),
    wrong("-y s + (1-y)(1-s)", lambda x, y: -y * (s := logistic(x)) + (1 - y) * (1 - s), "mirrored"),
    wrong("label 1 and all others", by_label, "assumes_labels"),
    wrong("label rounded", lambda x, y: logistic(x) - np.round(y), "assumes_labels"),
    wrong("label above a half", lambda x, y: logistic(x) - (y > 0.5), "assumes_labels"),
    wrong("labels -1 and 1", lambda x, y: -(t := 2 * y - 1) * logistic(-t * x), "assumes_labels"),
    wrong("label -1 and 1 taken off", lambda x, y: logistic(x) - (2 * y - 1)),
    wrong("logit minus label", lambda x, y: x - y * 1.0, "no_activation"),
    wrong("sigma of x - y", lambda x, y: logistic(x - y)),
    wrong("sigma of x y", lambda x, y: logistic(x * y)),
    wrong("sigma(-x) - y", lambda x, y: logistic(-x) - y, "mirrored"),
    wrong("sigma(x) - sigma(y)", lambda x, y: logistic(x) - logistic(y)),
    wrong("arguments exchanged", lambda x, y: logistic(y) - x, "arguments_exchanged"),
    wrong("hard prediction minus label", lambda x, y: (x > 0) * 1.0 - y, "hard_step"),
    wrong("tanh minus label", lambda x, y: np.tanh(x) - y, "tanh_for_sigmoid"),
    wrong("softmax minus label", lambda x, y: stable(np.atleast_1d(x)).reshape(x.shape) - y, "softmax_for_sigmoid"),
    wrong("softplus minus label", lambda x, y: np.logaddexp(0, x) - y, "first_term_kept"),
    wrong("the loss", loss, "loss_itself"),
    wrong(
        "the loss from the probability",
        lambda x, y: -y * np.log(s := logistic(x)) - (1 - y) * np.log(1 - s),
        "loss_itself",
    ),
    wrong("the mean loss", lambda x, y: np.mean(loss(x, y)), *ONE_NUMBER),
    wrong("(s-y) x, by the weight", lambda x, y: difference(x, y) * x, "gradient_by_weight"),
    wrong("(s-y)^2", lambda x, y: difference(x, y) ** 2, "squared"),
    wrong("|s-y|", lambda x, y: np.abs(difference(x, y)), "size"),
    wrong("s (s-y)", lambda x, y: logistic(x) * difference(x, y)),
    wrong("twice", lambda x, y: 2 * difference(x, y), "factor"),
    wrong("mean over the entries", lambda x, y: difference(x, y) / max(1, x.size), "averaged"),
    wrong("divided by len(x)", lambda x, y: difference(x, y) / len(x), "averaged", "raises"),
    wrong("sum", lambda x, y: np.sum(difference(x, y)), "summed", "wrong_shape", "not_an_array"),
    wrong("mean", lambda x, y: np.mean(difference(x, y)), "averaged", "wrong_shape", "not_an_array"),
    wrong("derivative by the label", lambda x, y: -x + 0.0 * y, "by_label"),
    wrong("by the label, first form", lambda x, y: np.log(logistic(-x)) - np.log(logistic(x)), "by_label"),
    wrong("zeros", lambda x, y: np.zeros(x.shape), "constant"),
    wrong("central difference", differing(central_difference, 1e-5), *DIFFERENCE),
    wrong("forward difference", differing(forward_difference, 1e-6), *DIFFERENCE),
    wrong("five-point difference", differing(five_point_difference, 1e-2), *DIFFERENCE),
    wrong("complex step", by_complex_step, "complex_step"),
    wrong(
        "probability clipped at 1e-7",
        lambda x, y: np.clip(logistic(x), 1e-7, 1 - 1e-7) - y,
        "clipped_probability",
        "approximate",
    ),
    wrong("logits clipped at +-5", lambda x, y: logistic(np.clip(x, -5, 5)) - y),
    wrong("logits clipped at +-10", lambda x, y: logistic(np.clip(x, -10, 10)) - y, "approximate"),
    wrong("1e-7 added below", lambda x, y: 1 / (1 + np.exp(-x) + 1e-7) - y, "approximate"),
    wrong("1e-7 added", lambda x, y: difference(x, y) + 1e-7, "approximate"),
    wrong("rounded to 6 digits", lambda x, y: np.round(difference(x, y), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(difference), "lower_precision", "approximate"),
    wrong("cut to whole numbers for int input", filling_an_array_like_x),
    wrong("label as whole numbers", lambda x, y: logistic(x) - np.asarray(y).astype(int), "assumes_labels"),
    wrong("writes over the labels", label_in_place, "changes_argument", "raises"),
    wrong("writes over the logits", logits_in_place, "changes_argument", "raises"),
    wrong("clips its argument in place", clipping_in_place, "changes_argument"),
    wrong("math.exp on the array", lambda x, y: 1 / (1 + math.exp(-x)) - y, *SCALAR),
    wrong(
        "if on the logit", lambda x, y: 1 / (1 + np.exp(-x)) - y if x >= 0 else np.exp(x) / (1 + np.exp(x)) - y, *SCALAR
    ),
    wrong("if on the label", lambda x, y: logistic(x) - 1 if y == 1 else logistic(x), *SCALAR),
    wrong("asks for the logit alone", lambda x: logistic(x), "raises"),
    wrong("dot product", lambda x, y: x.T @ difference(x, y), "wrong_shape", "raises", "not_an_array"),
    wrong("no return", dropped(difference), "returns_none"),
    wrong("prints instead of returning", lambda x, y: print(difference(x, y)), "returns_none"),
    wrong("nested lists", lambda x, y: difference(x, y).tolist(), "not_an_array"),
    wrong("loss and gradient", lambda x, y: (loss(x, y), difference(x, y)), "not_an_array", "wrong_shape"),
    wrong("flattened", lambda x, y: difference(x, y).ravel(), "wrong_shape"),
    wrong("row of shape (1, n)", lambda x, y: difference(x, y)[np.newaxis], "wrong_shape"),
    wrong("diagonal Jacobian matrix", lambda x, y: np.diagflat(difference(x, y)), "wrong_shape"),
    # variations on them
    wrong("sign and twice", lambda x, y: 2 * (y - logistic(x))),
    wrong("sign and a small offset", lambda x, y: 1e-3 - difference(x, y)),
    wrong("offset 0.01", lambda x, y: difference(x, y) + 0.01),
    wrong("s - 2y", lambda x, y: logistic(x) - 2 * y),
    wrong("s - y^2", lambda x, y: logistic(x) - y**2),
    wrong("s^2 - y", lambda x, y: logistic(x) ** 2 - y),
    wrong("sigma(2x) - y", lambda x, y: logistic(2 * x) - y),
    wrong("-s(1-s)(s-y)", lambda x, y: -slope(x) * difference(x, y)),
]
