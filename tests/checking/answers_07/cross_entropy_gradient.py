"""Answers to `cross_entropy_gradient`."""

import math

import numpy as np
from answer import DIFFERENCE, Answer, float_dtype, logistic, partly, wrong
from answers_04.arrays import SCALAR
from answers_06.vectors import (
    dropped,
    exponentials_in_place,
    in_float32,
    jacobian,
    naive,
    of_list,
    shifting_in_place,
    stable,
)

from answers_07.logits import cross_entropy, difference, log_of_softmax, over_vectors, top, total

# --- right ---------------------------------------------------------------------------------------------------


def by_log_softmax(z, y):
    gap = z - top(z)
    return np.exp(gap - np.log(total(np.exp(gap)))) - y


def by_jacobian_of_log_softmax(z, y):
    """Sum -y_i (delta_ik - S_k) over i."""
    s = stable(z)
    jacobians = np.eye(z.shape[-1]) - s[..., np.newaxis, :]
    return -np.einsum("...i,...ik->...k", y, jacobians)


def by_math(z, y):
    return [si - yi for si, yi in zip(of_list(z), y.tolist(), strict=True)]


def by_two_loops(z, y):
    s, n = stable(z), len(z)
    out = np.zeros(n)
    for k in range(n):
        for i in range(n):
            out[k] -= y[i] * ((1 if i == k else 0) - s[k])
    return out


def on_softmax(z, y):
    out = stable(z).astype(float_dtype(z))
    out -= y
    return out


def by_apply_along_axis(z, y):
    """Put logits and labels side by side and go along the last axis."""
    n = z.shape[-1]
    both = np.concatenate([z * 1.0, y * 1.0], axis=-1)
    return np.apply_along_axis(lambda v: stable(v[:n]) - v[n:], -1, both)


def flattened_batch(z, y):
    Z, Y = z.reshape(-1, z.shape[-1]), y.reshape(-1, y.shape[-1])
    E = np.exp(Z - Z.max(axis=1)[:, None])
    return (E / E.sum(axis=1)[:, None] - Y).reshape(z.shape)


def with_the_others_for_the_largest(z, y):
    """Write 1 - S for the largest logit as the sum of the others."""
    s = stable(z)
    e = np.exp(z - top(z))
    largest = np.argmax(z, axis=-1)[..., None]
    rest = e.copy()
    np.put_along_axis(rest, largest, 0, axis=-1)
    out = s - y
    at_largest = (1 - np.take_along_axis(y, largest, axis=-1)) - total(rest) / total(e)
    np.put_along_axis(out, largest, at_largest.astype(out.dtype), axis=-1)
    return out


def through_softmax(softmax):
    """Make the gradient -y/s by the probabilities, sent back through softmax; 0/0 where one is 0."""

    def gradient(z, y):
        with np.errstate(all="ignore"):
            s = softmax(z)
            g = -y / s
            return s * (g - total(g * s))

    return gradient


def textbook(z, y):
    with np.errstate(all="ignore"):
        return np.exp(z) / total(np.exp(z)) - y


def of_logarithm_of_textbook(z, y):
    with np.errstate(all="ignore"):
        return np.exp(z - np.log(total(np.exp(z)))) - y


RIGHT = [
    Answer("softmax minus label", difference),
    Answer("-(y - s)", lambda z, y: -(y - stable(z))),
    Answer("-y + s sum(y)", lambda z, y: -y + stable(z) * total(y)),
    Answer("(e - y sum)/sum", lambda z, y: ((e := np.exp(z - top(z))) - y * total(e)) / total(e)),
    Answer("exponential of log-softmax", by_log_softmax),
    Answer("Jacobian of log-softmax", by_jacobian_of_log_softmax),
    Answer("loop over the vectors", over_vectors(lambda z, y: stable(z) - y)),
    Answer("two loops over the classes", over_vectors(by_two_loops)),
    Answer("math module", over_vectors(by_math)),
    Answer("label taken off in place of softmax", on_softmax),
    Answer("np.apply_along_axis", by_apply_along_axis),
    Answer("batch flattened", flattened_batch),
    Answer("1 - S as the sum of the others", with_the_others_for_the_largest),
    Answer("np.subtract and np.divide", lambda z, y: np.subtract(np.divide(e := np.exp(z - top(z)), total(e)), y)),
    Answer("np.logaddexp.reduce", lambda z, y: np.exp(z - np.logaddexp.reduce(z * 1.0, axis=-1, keepdims=True)) - y),
    Answer("y (s-1) + (1-y) s", lambda z, y: y * ((s := stable(z)) - 1) + (1 - y) * s),
    partly("textbook softmax", textbook),
    partly("exponential of z - log(sum)", of_logarithm_of_textbook),
    partly("-y/s back through softmax", through_softmax(stable)),
    partly("-y/s back through the textbook softmax", through_softmax(naive)),
]


def by_mean_taken_off(z, y):
    with np.errstate(all="ignore"):
        e = np.exp(z - np.mean(z, axis=-1, keepdims=True))
        return e / total(e) - y


#: Right at moderate logits. At large ones the first gives nan where the largest lies 710 above the mean; the other is
#: wrong, but not nan.
DISPUTED = [
    Answer("mean taken off", by_mean_taken_off),
    Answer("nan replaced by 0", lambda z, y: np.nan_to_num(textbook(z, y))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def with_classes(z, y):
    """Take 1 off at the largest label, as for one-hot labels."""
    s = stable(z)
    here = np.argmax(y, axis=-1)[..., None]
    np.put_along_axis(s, here, np.take_along_axis(s, here, axis=-1) - 1, axis=-1)
    return s


def label_in_place(z, y):
    y -= stable(z)
    return -y


def overwriting(z, y):
    z[...] = stable(z) - y
    return z


def by_differences(z, y):
    h = 1e-5
    out = np.empty(z.shape)
    for k in range(z.shape[-1]):
        step = np.zeros(z.shape[-1])
        step[k] = h
        out[..., k] = (cross_entropy(z + step, y) - cross_entropy(z - step, y)) / (2 * h)
    return out


def by_forward_differences(z, y):
    h = 1e-6
    steps = h * np.eye(z.shape[-1])
    return np.stack([(cross_entropy(z + step, y) - cross_entropy(z, y)) / h for step in steps], axis=-1)


def by_complex_steps(z, y):
    out = np.empty(z.shape)
    for k in range(z.shape[-1]):
        step = np.zeros(z.shape[-1])
        step[k] = 1e-30
        e = np.exp(z - top(z) + 1j * step)
        out[..., k] = -np.sum(y * (z - top(z) + 1j * step - np.log(total(e))), axis=-1).imag / 1e-30
    return out


def back_through_softmax(z, g):
    s = stable(z)
    return s * (g - total(g * s))


def one_sample(z, y):
    s = stable(z)
    s[np.argmax(y)] -= 1
    return s


def filling_an_array_like_z(z, y):
    out = np.zeros_like(z)
    out[...] = stable(z) - y
    return out


def samples(z):
    return max(1, z.size // z.shape[-1])


WRONG = [
    wrong("y - s", lambda z, y: y - stable(z), "sign"),
    wrong("s alone", lambda z, y: stable(z) + 0 * y, "ignores_y"),
    wrong("-y alone", lambda z, y: -y + 0 * z, "ignores_z"),
    wrong("s + y", lambda z, y: stable(z) + y, "plus_for_minus"),
    wrong("s y", lambda z, y: stable(z) * y, "product_for_difference"),
    wrong("-y/s, by the probabilities", lambda z, y: -y / stable(z), "by_probabilities"),
    wrong("(s-y)/(s(1-s))", lambda z, y: ((s := stable(z)) - y) / (s * (1 - s)), "by_probabilities"),
    wrong("s (1-s) (s-y)", lambda z, y: (s := stable(z)) * (1 - s) * (s - y), "extra_slope"),
    wrong("squared error back through softmax", lambda z, y: back_through_softmax(z, stable(z) - y), "extra_slope"),
    wrong("squared error, factor 2", lambda z, y: 2 * back_through_softmax(z, stable(z) - y), "extra_slope"),
    wrong("-y back through softmax", lambda z, y: back_through_softmax(z, -y), "loss_not_differentiated"),
    wrong("(s-y)^2", lambda z, y: (stable(z) - y) ** 2, "squared"),
    wrong("|s-y|", lambda z, y: np.abs(stable(z) - y), "size"),
    wrong("s (s-y)", lambda z, y: (s := stable(z)) * (s - y)),
    wrong("y (s-y)", lambda z, y: y * (stable(z) - y), "target_entries_only"),
    wrong("y (s-1): own logit only", lambda z, y: y * (stable(z) - 1), "diagonal_only"),
    wrong("-y s (1-s)", lambda z, y: -y * (s := stable(z)) * (1 - s)),
    wrong("s - 1", lambda z, y: stable(z) - 1 + 0 * y, "one_subtracted"),
    wrong("s - 1 at the largest label", with_classes, "assumes_one_hot"),
    wrong("label rounded", lambda z, y: stable(z) - np.round(y), "assumes_one_hot"),
    wrong("label above 0 is 1", lambda z, y: stable(z) - (y > 0), "assumes_one_hot"),
    wrong("label over its largest", lambda z, y: stable(z) - y / top(y)),
    wrong("softmax of the label too", lambda z, y: stable(z) - stable(y)),
    wrong("arguments exchanged", lambda z, y: stable(y) - z, "arguments_exchanged"),
    wrong("s (y - 1)", lambda z, y: stable(z) * (y - 1)),
    wrong("s (1-y)", lambda z, y: stable(z) * (1 - y)),
    wrong("logits minus label", lambda z, y: z - y * 1.0, "no_softmax"),
    wrong("log-softmax minus label", lambda z, y: log_of_softmax(z) - y, "logarithm_kept"),
    wrong("exponentials minus label", lambda z, y: np.exp(z) - y, "not_normalised"),
    wrong("exponentials, maximum off, minus label", lambda z, y: np.exp(z - top(z)) - y, "not_normalised"),
    wrong("sigmoid minus label", lambda z, y: logistic(z) - y, "sigmoid_for_softmax"),
    wrong("softmin minus label", lambda z, y: stable(-z) - y, "softmin"),
    wrong("hard prediction minus label", lambda z, y: (z == top(z)) * 1.0 - y),
    wrong("-y log s: the loss, class by class", lambda z, y: -y * log_of_softmax(z), "loss_itself"),
    wrong("the loss", lambda z, y: cross_entropy(z, y), "loss_itself", "wrong_shape", "not_an_array"),
    wrong("the mean loss", lambda z, y: np.mean(cross_entropy(z, y)), "loss_itself", "wrong_shape", "not_an_array"),
    wrong("mean over the batch", lambda z, y: difference(z, y) / samples(z), "averaged"),
    wrong("divided by len(z)", lambda z, y: difference(z, y) / len(z), "averaged"),
    wrong("mean over everything", lambda z, y: difference(z, y) / z.size, "averaged", "divided_by_classes"),
    wrong("divided by n", lambda z, y: difference(z, y) / z.shape[-1], "divided_by_classes"),
    wrong(
        "sum over the batch",
        lambda z, y: difference(z, y).reshape(-1, z.shape[-1]).sum(axis=0),
        "summed",
        "wrong_shape",
    ),
    wrong("sum over the classes", lambda z, y: difference(z, y).sum(axis=-1), "wrong_shape", "not_an_array"),
    wrong("twice", lambda z, y: 2 * difference(z, y), "factor"),
    wrong("softmax over the first axis", lambda z, y: stable(z, 0) - y, "first_axis"),
    wrong("softmax over axis 1", lambda z, y: stable(z, 1) - y, "raises"),
    wrong("softmax over the whole array", lambda z, y: (e := np.exp(z - np.max(z))) / e.sum() - y, "sum_of_all"),
    wrong(
        "no keepdims",
        lambda z, y: (e := np.exp(z - np.max(z, axis=-1))) / np.sum(e, axis=-1) - y,
        "raises",
        "wrong_shape",
    ),
    wrong("label smoothed", lambda z, y: stable(z) - (0.9 * y + 0.1 / z.shape[-1])),
    wrong("Jacobian of softmax times s - y", over_vectors(lambda z, y: jacobian(z) @ (stable(z) - y)), "extra_slope"),
    wrong("Jacobian of softmax times -y", over_vectors(lambda z, y: -jacobian(z) @ y), "loss_not_differentiated"),
    wrong("indexed at the largest label", one_sample, "assumes_one_hot", "raises"),
    wrong("indexed by the labels", lambda z, y: stable(z)[np.arange(len(y)), y] - 1, "raises", "wrong_shape"),
    wrong("zeros", lambda z, y: np.zeros(z.shape), "constant"),
    wrong("central differences", by_differences, *DIFFERENCE),
    wrong("forward differences", by_forward_differences, *DIFFERENCE),
    wrong("complex steps", by_complex_steps, "complex_step"),
    wrong("1e-7 added below", lambda z, y: (e := np.exp(z - top(z))) / (total(e) + 1e-7) - y, "approximate"),
    wrong(
        "1e-7 added before the logarithm", lambda z, y: back_through_softmax(z, -y / (stable(z) + 1e-7)), "approximate"
    ),
    wrong("rounded to 6 digits", lambda z, y: np.round(difference(z, y), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(difference), "lower_precision", "approximate"),
    wrong("1e-7 added", lambda z, y: difference(z, y) + 1e-7, "approximate"),
    wrong("cut to whole numbers for int input", filling_an_array_like_z),
    wrong("label as whole numbers", lambda z, y: stable(z) - y.astype(int), "assumes_one_hot"),
    wrong("takes the maximum off in place", shifting_in_place(difference), "changes_argument", "raises"),
    wrong("writes softmax over the logits", lambda z, y: exponentials_in_place(z) - y, "changes_argument", "raises"),
    wrong("writes over the labels", label_in_place, "changes_argument", "raises"),
    wrong("writes over the logits", overwriting, "changes_argument", "raises"),
    wrong("math.exp on the array", lambda z, y: math.exp(z) / sum(math.exp(z)) - y, *SCALAR),
    wrong("if on the label", lambda z, y: stable(z) - 1 if y == 1 else stable(z), *SCALAR),
    wrong("asks for the logits alone", lambda z: stable(z), "raises"),
    wrong("asks for W", lambda z, y, W: W.T @ (stable(z) - y), "raises"),
    wrong("no return", dropped(difference), "returns_none"),
    wrong("prints instead of returning", lambda z, y: print(difference(z, y)), "returns_none"),
    wrong("nested lists", lambda z, y: difference(z, y).tolist(), "not_an_array"),
    wrong("loss and gradient", lambda z, y: (cross_entropy(z, y), difference(z, y)), "not_an_array", "wrong_shape"),
    wrong("flattened", lambda z, y: difference(z, y).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda z, y: difference(z, y)[np.newaxis], "wrong_shape"),
    wrong("first sample only", lambda z, y: np.atleast_2d(difference(z, y))[0], "wrong_shape"),
    # variations on them
    wrong("sign and twice", lambda z, y: 2 * (y - stable(z))),
    wrong("sign and a small offset", lambda z, y: 1e-3 - difference(z, y)),
    wrong("offset 0.01", lambda z, y: difference(z, y) + 0.01),
    wrong("s - 2y", lambda z, y: stable(z) - 2 * y),
    wrong("s - y^2", lambda z, y: stable(z) - y**2),
    wrong("s^2 - y", lambda z, y: stable(z) ** 2 - y),
    wrong("sigmoid minus label, twice", lambda z, y: 2 * (logistic(z) - y)),
    wrong("temperature 2", lambda z, y: stable(z / 2) - y),
    wrong("mean over the classes taken off", lambda z, y: (d := np.abs(difference(z, y))) - d.mean(-1, keepdims=True)),
]
