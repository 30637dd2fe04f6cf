"""Answers to `log_softmax`."""

import math

import numpy as np
from answer import Answer, float_dtype, logistic, partly, wrong
from answers_04.arrays import SCALAR
from answers_06.vectors import dropped, in_float32, naive, shifting_in_place, stable

from answers_07.logits import log_of_softmax, over_vectors, top, total

# --- right ---------------------------------------------------------------------------------------------------


def with_log_sum_exp(z):
    m = z.max(axis=-1, keepdims=True)
    log_sum_exp = m + np.log(np.exp(z - m).sum(axis=-1, keepdims=True))
    return z - log_sum_exp


def one_vector(z):
    m = np.max(z)
    return z - m - np.log(np.sum(np.exp(z - m)))


def by_apply_along_axis(z):
    return np.apply_along_axis(one_vector, -1, z.astype(float_dtype(z)))


def by_math(z):
    m = max(z.tolist())
    log_sum = math.log(math.fsum(math.exp(t - m) for t in z.tolist()))
    return [t - m - log_sum for t in z.tolist()]


def by_pairs_of_log_add_exp(z):
    """Give -log sum_j e^(z_j - z_i)."""
    gaps = z[..., None, :] - z[..., :, None]
    return -np.logaddexp.reduce(gaps * 1.0, axis=-1)


def adding_one_logit_after_the_other(z):
    log_sum = z[..., 0] * 1.0
    for k in range(1, z.shape[-1]):
        log_sum = np.logaddexp(log_sum, z[..., k])
    return z - log_sum[..., np.newaxis]


def with_log1p_of_the_others(z):
    """Keep the largest exponential, which is 1, out of the sum."""
    gap = z - top(z)
    e = np.exp(gap)
    largest = np.argmax(z, axis=-1)[..., np.newaxis]
    np.put_along_axis(e, largest, 0, axis=-1)
    return gap - np.log1p(total(e))


def axis_in_front(z):
    moved = np.moveaxis(z, -1, 0)
    gap = moved - moved.max(axis=0)
    return np.moveaxis(gap - np.log(np.exp(gap).sum(axis=0)), 0, -1)


def flattened_batch(z):
    rows = z.reshape(-1, z.shape[-1])
    m = rows.max(axis=1)
    log_sums = m + np.log(np.einsum("ij->i", np.exp(rows - m[:, None])))
    return (rows - log_sums[:, None]).reshape(z.shape)


def on_a_copy(z):
    out = np.array(z, dtype=float_dtype(z))
    out -= out.max(axis=-1, keepdims=True)
    out -= np.log(np.exp(out).sum(axis=-1, keepdims=True))
    return out


def in_base_2(z):
    u = (z - top(z)) / math.log(2)
    return (u - np.log2(total(np.exp2(u)))) * math.log(2)


def quietly(f):
    """Make a function that computes f without numpy's warnings."""

    def quiet(z):
        with np.errstate(all="ignore"):
            return f(z)

    return quiet


RIGHT = [
    Answer("gap minus log of the sum", log_of_softmax),
    Answer("minus log-sum-exp", with_log_sum_exp),
    Answer("np.logaddexp.reduce", lambda z: z - np.logaddexp.reduce(z * 1.0, axis=-1, keepdims=True)),
    Answer("np.logaddexp, logit after logit", adding_one_logit_after_the_other),
    Answer("np.logaddexp of the pairs", by_pairs_of_log_add_exp),
    Answer("np.apply_along_axis", by_apply_along_axis),
    Answer("loop over the vectors", over_vectors(one_vector)),
    Answer("math module", over_vectors(by_math)),
    Answer("log1p of the others", with_log1p_of_the_others),
    Answer("axis moved to the front", axis_in_front),
    Answer("batch flattened", flattened_batch),
    Answer("in place on a copy", on_a_copy),
    Answer("base 2", in_base_2),
    Answer("log of 1/sum", lambda z: (gap := z - top(z)) + np.log(1 / total(np.exp(gap)))),
    partly("z - log(sum(exp(z)))", quietly(lambda z: z - np.log(total(np.exp(z))))),
    partly("log of softmax", quietly(lambda z: np.log(stable(z)))),
    partly("log of the textbook softmax", quietly(lambda z: np.log(naive(z)))),
    partly(
        "log of the exponential minus log of the sum", quietly(lambda z: np.log(np.exp(z)) - np.log(total(np.exp(z))))
    ),
    partly("log of the shifted exponentials", quietly(lambda z: np.log(e := np.exp(z - top(z))) - np.log(total(e)))),
    partly("-log of the sum over pairs", quietly(lambda z: -np.log(np.exp(z[..., None, :] - z[..., :, None]).sum(-1)))),
    partly(
        "minimum taken off", quietly(lambda z: (gap := z - np.min(z, -1, keepdims=True)) - np.log(total(np.exp(gap))))
    ),
    partly(
        "largest of the whole batch taken off", quietly(lambda z: (gap := z - np.max(z)) - np.log(total(np.exp(gap))))
    ),
]

#: Right at moderate logits. At large ones they are wrong, but not nan; the first is infinite 1420 apart.
DISPUTED = [
    Answer("mean taken off", quietly(lambda z: (d := z - np.mean(z, -1, keepdims=True)) - np.log(total(np.exp(d))))),
    Answer("nan and inf replaced", quietly(lambda z: np.nan_to_num(np.log(stable(z))))),
    Answer("1e-300 added before the logarithm", lambda z: np.log(stable(z) + 1e-300)),
    Answer("logits clipped at +-300", lambda z: log_of_softmax(np.clip(z, -300, 300))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def overwriting(z):
    z[...] = log_of_softmax(z)
    return z * 1.0


def filling_an_array_like_z(z):
    out = np.zeros_like(z)
    out[...] = log_of_softmax(z)
    return out


def first_vector_everywhere(z):
    rows = log_of_softmax(z).reshape(-1, z.shape[-1])
    return np.broadcast_to(rows[0], z.shape).copy()


def without_keepdims(z):
    gap = z - np.max(z, axis=-1)
    return gap - np.log(np.sum(np.exp(gap), axis=-1))


def keepdims_only_for_the_maximum(z):
    gap = z - top(z)
    return gap - np.log(np.sum(np.exp(gap), axis=-1))


def with_math(z):
    return z - math.log(math.exp(z).sum())


def python_list(z):
    m = max(z)
    return [t - m - math.log(sum(math.exp(u - m) for u in z)) for t in z]


def returning_in_the_loop(z):
    for row in z:
        return log_of_softmax(row)


def whole(z):
    gap = z - np.max(z)
    return gap - np.log(np.sum(np.exp(gap)))


def along(axis):
    return lambda z: (
        (gap := z - np.max(z, axis=axis, keepdims=True)) - np.log(np.sum(np.exp(gap), axis=axis, keepdims=True))
    )


WRONG = [
    wrong("sign", lambda z: -log_of_softmax(z), "sign"),
    wrong("log-sum-exp minus z", lambda z: np.log(total(np.exp(z))) - z, "sign"),
    wrong("softmax, logarithm forgotten", stable, "softmax_itself"),
    wrong("gap over the log of the sum", lambda z: (z - top(z)) / np.log(total(np.exp(z - top(z))) + 1)),
    wrong("log of the exponential over log of the sum", lambda z: z / np.log(total(np.exp(z))), "quotient_kept"),
    wrong("log of the sum forgotten", lambda z: z - top(z), "maximum_only"),
    wrong(
        "sum of the exponentials, logarithm forgotten", lambda z: (g := z - top(z)) - total(np.exp(g)), "missing_log"
    ),
    wrong("the same, textbook", lambda z: z - total(np.exp(z)), "missing_log"),
    wrong("exponentials minus log of the sum", lambda z: np.exp(g := z - top(z)) - np.log(total(np.exp(g)))),
    wrong(
        "maximum taken off only below the logarithm",
        lambda z: z - np.log(total(np.exp(z - top(z)))),
        "maximum_not_restored",
    ),
    wrong("maximum taken off only in front", lambda z: z - top(z) - np.log(total(np.exp(z))), "maximum_not_restored"),
    wrong(
        "maximum added with the wrong sign",
        lambda z: z + top(z) - np.log(total(np.exp(z - top(z)))),
        "maximum_wrong_way",
    ),
    wrong("plus log of the sum", lambda z: (g := z - top(z)) + np.log(total(np.exp(g))), "plus_for_minus"),
    wrong("plus log-sum-exp", lambda z: z + np.log(total(np.exp(z))), "plus_for_minus"),
    wrong("log-sum-exp, axis kept", lambda z: np.log(total(np.exp(z))), "logsumexp_only", "wrong_shape"),
    wrong("log-sum-exp in every entry", lambda z: np.log(total(np.exp(z))) + 0 * z),
    wrong("log of the sum of the logits", lambda z: z - np.log(total(np.abs(z)))),
    wrong("sum of the logits", lambda z: z - total(z)),
    wrong("mean of the logits", lambda z: z - np.mean(z, axis=-1, keepdims=True)),
    wrong("sum of the logarithms", lambda z: z - total(np.log(np.exp(z)))),
    wrong(
        "mean for the sum",
        lambda z: (g := z - top(z)) - np.log(np.mean(np.exp(g), axis=-1, keepdims=True)),
        "mean_for_sum",
    ),
    wrong("log10", lambda z: log_of_softmax(z) / math.log(10), "wrong_base", "factor"),
    wrong("log10 of the sum only", lambda z: (g := z - top(z)) - np.log10(total(np.exp(g)))),
    wrong("log2", lambda z: log_of_softmax(z) / math.log(2), "wrong_base", "factor"),
    wrong("log1p for log", lambda z: (g := z - top(z)) - np.log1p(total(np.exp(g))), "one_added"),
    wrong("log1p of softmax", lambda z: np.log1p(stable(z)), "one_added"),
    wrong("itself left out of the sum", lambda z: z - np.log(total(np.exp(z)) - np.exp(z))),
    wrong("whole array", whole, "sum_of_all"),
    wrong("whole array, textbook", lambda z: z - np.log(np.sum(np.exp(z))), "sum_of_all"),
    wrong("first axis", along(0), "first_axis"),
    wrong("axis 1", along(1), "raises"),
    wrong("no keepdims", without_keepdims, "raises", "wrong_shape"),
    wrong("keepdims for the maximum only", keepdims_only_for_the_maximum, "raises", "wrong_shape"),
    wrong("softmax of -z", lambda z: log_of_softmax(-z), "softmin"),
    wrong("log of 1 - softmax", lambda z: np.log(total(np.exp(z)) - np.exp(z)) - np.log(total(np.exp(z)))),
    wrong("one minus softmax", lambda z: 1 - stable(z)),
    wrong("minus softmax", lambda z: -stable(z)),
    wrong("log of the sigmoid of each", lambda z: -np.logaddexp(0, -z * 1.0), "log_sigmoid"),
    wrong("sigmoid of each", logistic),
    wrong("entropy terms s log s", lambda z: stable(z) * log_of_softmax(z)),
    wrong("softmax of log-softmax", lambda z: stable(log_of_softmax(z)), "softmax_itself"),
    wrong("log-softmax of softmax", lambda z: log_of_softmax(stable(z)), "applied_twice"),
    wrong("log of the logits over their sum", lambda z: np.log(np.abs(z) / total(np.abs(z)))),
    wrong("logits divided by the largest", lambda z: log_of_softmax(z / top(np.abs(z)))),
    wrong("temperature 2", lambda z: log_of_softmax(z / 2)),
    wrong("twice", lambda z: 2 * log_of_softmax(z), "factor"),
    wrong("divided by n", lambda z: log_of_softmax(z) / z.shape[-1], "factor"),
    wrong("zeros", lambda z: np.zeros(z.shape), "constant"),
    wrong("-log n", lambda z: np.full(z.shape, -math.log(z.shape[-1])), "constant"),
    wrong("1e-7 added before the logarithm", lambda z: np.log(stable(z) + 1e-7), "small_number_added", "approximate"),
    wrong("1e-12 added before the logarithm", lambda z: np.log(stable(z) + 1e-12), "small_number_added", "approximate"),
    wrong(
        "softmax clipped at 1e-7", lambda z: np.log(np.clip(stable(z), 1e-7, 1)), "small_number_added", "approximate"
    ),
    wrong("1e-7 added below", lambda z: (g := z - top(z)) - np.log(total(np.exp(g)) + 1e-7), "approximate"),
    wrong("1e-7 added", lambda z: log_of_softmax(z) + 1e-7, "approximate"),
    wrong("rounded to 6 digits", lambda z: np.round(log_of_softmax(z), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(log_of_softmax), "lower_precision", "approximate"),
    wrong("e as 2.718", lambda z: z * math.log(2.718) - np.log(total(2.718 ** (z * 1.0))), "approximate"),
    wrong("whole logits", lambda z: log_of_softmax(np.floor(z))),
    wrong("cut to whole numbers for int input", filling_an_array_like_z),
    wrong("takes off in place", shifting_in_place(log_of_softmax), "changes_argument", "raises"),
    wrong("writes over the logits", overwriting, "changes_argument"),
    wrong("first vector everywhere", first_vector_everywhere),
    wrong("first row only", returning_in_the_loop, "wrong_shape", "raises", "not_an_array"),
    wrong("sorted", lambda z: np.sort(log_of_softmax(z), axis=-1)),
    wrong("largest only", lambda z: log_of_softmax(z).max(axis=-1), "wrong_shape", "not_an_array"),
    wrong("sum over the classes", lambda z: log_of_softmax(z).sum(axis=-1), "wrong_shape", "not_an_array"),
    wrong("flattened", lambda z: log_of_softmax(z).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda z: log_of_softmax(z)[np.newaxis], "wrong_shape"),
    wrong("Jacobian", lambda z: np.eye(z.shape[-1]) - stable(z)[..., None, :], "wrong_shape"),
    wrong("slope 1 - s", lambda z: 1 - stable(z)),
    wrong("math.exp on the array", with_math, *SCALAR),
    wrong("list comprehension over the first axis", python_list, *SCALAR, "not_an_array"),
    wrong("if on the array", lambda z: log_of_softmax(z) if z > 0 else -z, *SCALAR),
    wrong("takes an axis without default", lambda z, axis: along(axis)(z), "raises"),
    wrong("softmax of another cell", lambda z: np.log(softmax_of_another_cell(z)), "raises"),  # noqa: F821
    wrong("no return", dropped(log_of_softmax), "returns_none"),
    wrong("prints instead of returning", lambda z: print(log_of_softmax(z)), "returns_none"),
    wrong("nested lists", lambda z: log_of_softmax(z).tolist(), "not_an_array"),
    wrong("string", lambda z: str(log_of_softmax(z)), "not_an_array"),
    wrong("softmax and its logarithm", lambda z: (stable(z), log_of_softmax(z)), "not_an_array", "wrong_shape"),
    # variations on them
    wrong("sign and twice", lambda z: -2 * log_of_softmax(z)),
    wrong("sign and a small offset", lambda z: 1e-3 - log_of_softmax(z)),
    wrong("offset 0.01", lambda z: log_of_softmax(z) + 0.01),
    wrong("whole array, twice", lambda z: 2 * whole(z)),
    wrong("softmax, twice", lambda z: 2 * stable(z)),
    wrong("largest logit only, twice", lambda z: 2 * (z - top(z))),
]
