"""Answers to `softmax`."""

import math

import numpy as np
from answer import Answer, float_dtype, logistic, partly, wrong

from answers_06.vectors import dropped, naive, of_list, stable

# --- right ---------------------------------------------------------------------------------------------------


def by_log_sum_exp(z, axis=-1):
    top = z.max(axis=axis, keepdims=True)
    log_sum = top + np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return np.exp(z - log_sum)


def by_log_add_exp(z, axis=-1):
    z = np.asarray(z, dtype=float_dtype(z))
    return np.exp(z - np.expand_dims(np.logaddexp.reduce(z, axis=axis), axis))


def by_apply_along_axis(z, axis=-1):
    def one(vector):
        e = np.exp(vector - vector.max())
        return e / e.sum()

    return np.apply_along_axis(one, axis, np.asarray(z, dtype=float_dtype(z)))


def by_moved_axis(z, axis=-1):
    """Bring the axis to the front, where broadcasting is easy."""
    moved = np.moveaxis(z, axis, 0)
    e = np.exp(moved - moved.max(axis=0))
    return np.moveaxis(e / e.sum(axis=0), 0, axis)


def by_loop_over_vectors(z, axis=-1):
    moved = np.swapaxes(z, axis, -1)
    out = np.empty(moved.shape, dtype=float_dtype(z))
    for index in np.ndindex(moved.shape[:-1]):
        e = np.exp(moved[index] - np.max(moved[index]))
        out[index] = e / e.sum()
    return np.swapaxes(out, axis, -1)


def in_pure_python(z, axis=-1):
    rows = np.moveaxis(z, axis, -1)
    flat = [of_list(row) for row in rows.reshape(-1, rows.shape[-1])]
    return np.moveaxis(np.array(flat, dtype=float_dtype(z)).reshape(rows.shape), -1, axis)


def by_expanded_dimensions(z, axis=-1):
    shifted = z - np.expand_dims(np.max(z, axis=axis), axis=axis)
    exponentials = np.exp(shifted)
    totals = np.sum(exponentials, axis=axis)
    return exponentials / np.expand_dims(totals, axis=axis)


def on_a_copy(z, axis=-1):
    out = np.array(z, dtype=float_dtype(z))
    out -= out.max(axis=axis, keepdims=True)
    np.exp(out, out=out)
    out /= out.sum(axis=axis, keepdims=True)
    return out


def by_pairs(z, axis=-1):
    """Give 1 / sum_j e^(z_j - z_i): inf below gives the right 0."""
    rows = np.moveaxis(z, axis, -1)
    with np.errstate(over="ignore"):
        s = 1 / np.exp(rows[..., None, :] - rows[..., :, None]).sum(axis=-1)
    return np.moveaxis(s, -1, axis)


def shifted_by_mean(z, axis=-1):
    """Take the mean off instead of the maximum."""
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z - np.mean(z, axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)


def shifted_by_one_maximum(z, axis=-1):
    """Take the largest logit of the whole batch off; 0/0 for vectors far below it."""
    with np.errstate(invalid="ignore"):
        e = np.exp(z - np.max(z))
        return e / e.sum(axis=axis, keepdims=True)


def shifted_by_minimum(z, axis=-1):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z - np.min(z, axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)


RIGHT = [
    Answer("maximum taken off", stable),
    Answer("log-sum-exp", by_log_sum_exp),
    Answer("np.logaddexp.reduce", by_log_add_exp),
    Answer("np.apply_along_axis", by_apply_along_axis),
    Answer("axis moved to the front", by_moved_axis),
    Answer("loop over the vectors", by_loop_over_vectors),
    Answer("math module", in_pure_python),
    Answer("np.expand_dims", by_expanded_dimensions),
    Answer("in place on a copy", on_a_copy),
    Answer("1 / sum of e^(z_j - z_i)", by_pairs),
    partly("textbook form", naive),
    partly("minimum taken off", shifted_by_minimum),
    partly("maximum of the whole batch taken off", shifted_by_one_maximum),
]


def nan_filled(z, axis=-1):
    """Fill what overflows: not nan at large logits, but not right either."""
    return np.nan_to_num(naive(z, axis))


def clipped(z, axis=-1):
    return naive(np.clip(z, -500, 500), axis)


#: Right at moderate logits. At large ones the first gives nan where the largest lies 710 above the mean; the others
#: are wrong there, but not nan.
DISPUTED = [
    Answer("mean taken off", shifted_by_mean),
    Answer("nan replaced by 0", nan_filled),
    Answer("logits clipped at +-500", clipped),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def whole_array(z, axis=-1):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def without_keepdims(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis))
    return e / np.sum(e, axis=axis)


def keepdims_only_for_the_maximum(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis)


def shift_forgotten_below(z, axis=-1):
    """Take the maximum off above only."""
    top = np.max(z, axis=axis, keepdims=True)
    return np.exp(z - top) / np.sum(np.exp(z), axis=axis, keepdims=True)


def shifting_in_place(z, axis=-1):
    z -= z.max(axis=axis, keepdims=True)
    return stable(z, axis)


def overwriting(z, axis=-1):
    z[...] = stable(z, axis)
    return z.astype(float)


def hard(z, axis=-1):
    return (z == np.max(z, axis=axis, keepdims=True)) * 1.0


def filling_an_array_like_z(z, axis=-1):
    out = np.zeros_like(z)
    out[...] = stable(z, axis)
    return out


def first_vector_everywhere(z, axis=-1):
    moved = np.moveaxis(stable(z, axis), axis, -1)
    first = moved.reshape(-1, moved.shape[-1])[:1]
    return np.moveaxis(np.broadcast_to(first.reshape((1,) * (moved.ndim - 1) + (-1,)), moved.shape), -1, axis)


def for_rows(z, axis=-1):
    return np.array([of_list(row) for row in z])


def with_math(z, axis=-1):
    e = math.exp(z - z.max())
    return e / e.sum()


def normalised(z, axis=-1):
    return z / np.sum(z, axis=axis, keepdims=True)


def l2_normalised(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.linalg.norm(e, axis=axis, keepdims=True)


def scaled_range(z, axis=-1):
    low, high = z.min(axis=axis, keepdims=True), z.max(axis=axis, keepdims=True)
    return (z - low) / np.where(high > low, high - low, 1)


def with_epsilon(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / (np.sum(e, axis=axis, keepdims=True) + 1e-7)


def base_2(z, axis=-1):
    return stable(z * math.log(2), axis)


def divided_by_maximum(z, axis=-1):
    """Divide by the largest logit instead of taking it off."""
    return naive(z / np.max(np.abs(z), axis=axis, keepdims=True), axis)


def others_only(z, axis=-1):
    """Leave the entry itself out of the sum."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / (np.sum(e, axis=axis, keepdims=True) - e + 1e-300)


WRONG = [
    wrong("axis ignored, always the last", lambda z, axis=-1: stable(z)),
    wrong("axis ignored, always the first", lambda z, axis=-1: stable(z, 0)),
    wrong("axis 1 hard-coded", lambda z, axis=-1: stable(z, 1), "raises"),
    wrong("default axis 0", lambda z, axis=0: stable(z, axis)),
    wrong("over the whole array", whole_array),
    wrong("over the whole array, textbook", lambda z, axis=-1: np.exp(z) / np.sum(np.exp(z))),
    wrong("no keepdims", without_keepdims, "raises", "wrong_shape"),
    wrong("keepdims for the maximum only", keepdims_only_for_the_maximum, "raises", "wrong_shape"),
    wrong("axis shifted by one", lambda z, axis=-1: stable(z, axis - 1), "raises"),
    wrong("takes no axis", lambda z: stable(z), "raises"),
    wrong("minus missing: softmin", lambda z, axis=-1: stable(-z, axis)),
    wrong("one minus", lambda z, axis=-1: 1 - stable(z, axis)),
    wrong("minus", lambda z, axis=-1: -stable(z, axis), "sign"),
    wrong("twice", lambda z, axis=-1: 2 * stable(z, axis), "factor"),
    wrong("mean for sum", lambda z, axis=-1: naive(z, axis) * z.shape[axis], "factor"),
    wrong("divided by n", lambda z, axis=-1: stable(z, axis) / z.shape[axis], "factor"),
    wrong("exponentials, not divided", lambda z, axis=-1: np.exp(z - np.max(z, axis=axis, keepdims=True))),
    wrong("exponentials", lambda z, axis=-1: np.exp(z)),
    wrong("maximum taken off above only", shift_forgotten_below),
    wrong("itself left out of the sum", others_only),
    wrong("sum of the logits below", normalised),
    wrong(
        "exponentials over the sum of the logits", lambda z, axis=-1: np.exp(z) / np.sum(z, axis=axis, keepdims=True)
    ),
    wrong("exponential of the sum below", lambda z, axis=-1: np.exp(z - np.sum(z, axis=axis, keepdims=True))),
    wrong("logits over the exponentials", lambda z, axis=-1: z / np.sum(np.exp(z), axis=axis, keepdims=True)),
    wrong("norm for the sum", l2_normalised),
    wrong(
        "largest exponential for the sum", lambda z, axis=-1: np.exp(z) / np.max(np.exp(z), axis=axis, keepdims=True)
    ),
    wrong("cumulative sum", lambda z, axis=-1: np.exp(z) / np.cumsum(np.exp(z), axis=axis)),
    wrong("scaled to 0 and 1", scaled_range),
    wrong("sigmoid of each", lambda z, axis=-1: logistic(z)),
    wrong("sigmoids divided by their sum", lambda z, axis=-1: normalised(logistic(z), axis)),
    wrong("log softmax", lambda z, axis=-1: np.log(stable(z, axis) + 1e-300)),
    wrong("softmax twice", lambda z, axis=-1: stable(stable(z, axis), axis)),
    wrong("slope s(1-s)", lambda z, axis=-1: (s := stable(z, axis)) * (1 - s)),
    wrong("one at the largest", hard),
    wrong("index of the largest", lambda z, axis=-1: np.argmax(z, axis=axis), "wrong_shape"),
    wrong("logits divided by the largest", divided_by_maximum),
    wrong("absolute logits", lambda z, axis=-1: stable(np.abs(z), axis)),
    wrong("squares for exponentials", lambda z, axis=-1: normalised(z**2 * 1.0, axis)),
    wrong("base 2", base_2),
    wrong("temperature 2", lambda z, axis=-1: stable(z / 2, axis)),
    wrong("whole logits", lambda z, axis=-1: stable(np.floor(z), axis)),
    wrong("equal shares", lambda z, axis=-1: np.full(z.shape, 1 / z.shape[axis]), "constant"),
    wrong("e as 2.718", lambda z, axis=-1: normalised(2.718 ** (z * 1.0), axis), "approximate"),
    wrong("1e-7 added below", with_epsilon, "approximate"),
    wrong("rounded to 6 digits", lambda z, axis=-1: np.round(stable(z, axis), 6), "rounded", "approximate"),
    wrong("float32 inside", lambda z, axis=-1: stable(z.astype(np.float32), axis).astype(float), "lower_precision"),
    wrong("cut to whole numbers for int input", filling_an_array_like_z),
    wrong("sorted", lambda z, axis=-1: np.sort(stable(z, axis), axis=axis)),
    wrong("reversed", lambda z, axis=-1: np.flip(stable(z, axis), axis=axis)),
    wrong("first vector everywhere", first_vector_everywhere),
    wrong("rows of a matrix", for_rows, "raises"),
    wrong("math.exp on the array", with_math, "scalar_only", "raises"),
    wrong("max() of Python", lambda z, axis=-1: naive(z - max(z), axis), "scalar_only", "raises"),
    wrong("takes off in place", shifting_in_place, "changes_argument", "raises"),
    wrong("writes over the logits", overwriting, "changes_argument"),
    wrong("no return", lambda z, axis=-1: dropped(stable)(z, axis), "returns_none"),
    wrong("prints instead of returning", lambda z, axis=-1: print(stable(z, axis)), "returns_none"),
    wrong("nested lists", lambda z, axis=-1: stable(z, axis).tolist(), "not_an_array"),
    wrong("string", lambda z, axis=-1: str(stable(z, axis)), "not_an_array"),
    wrong("exponentials and sum", lambda z, axis=-1: (np.exp(z), np.exp(z).sum()), "not_an_array", "wrong_shape"),
    wrong("flattened", lambda z, axis=-1: stable(z, axis).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda z, axis=-1: stable(z, axis)[np.newaxis], "wrong_shape"),
    wrong("largest only", lambda z, axis=-1: stable(z, axis).max(axis=axis), "wrong_shape", "not_an_array"),
    wrong("largest only, axis kept", lambda z, axis=-1: stable(z, axis).max(axis=axis, keepdims=True), "wrong_shape"),
    wrong("axis left in front", lambda z, axis=-1: np.moveaxis(stable(z, axis), axis, 0)),
    wrong("softmin and minus", lambda z, axis=-1: -stable(-z, axis)),
    wrong("whole array, twice", lambda z, axis=-1: 2 * whole_array(z)),
    wrong("softmin and a small offset", lambda z, axis=-1: stable(-z, axis) + 1e-3),
    wrong("small offset", lambda z, axis=-1: stable(z, axis) + 1e-7, "approximate"),
]
