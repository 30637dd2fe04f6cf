"""Answers to `softmax_vjp`.

Some of the wrong ones, and those in `DISPUTED`, form the whole Jacobian or take as long as if they did: with 20,000
logits it would fill 3 GB. Call them with short vectors, or within limits of memory and time.
"""

import numpy as np
from answer import DIFFERENCE, Answer, float_dtype, partly, wrong

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


def formula(z, g):
    s = stable(z)
    return s * (g - np.sum(g * s, axis=-1, keepdims=True))


def over_vectors(one):
    """Make an answer for batches from one for single vectors."""

    def batched(z, g):
        out = np.empty(z.shape, dtype=np.result_type(z, g, np.float32(0) if z.dtype == np.float32 else 0.0))
        for index in np.ndindex(z.shape[:-1]):
            out[index] = one(z[index], g[index])
        return out

    return batched


# --- right ---------------------------------------------------------------------------------------------------


def with_einsum(z, g):
    s = stable(z)
    inner = np.einsum("...i,...i->...", s, g)
    return s * (g - inner[..., None])


def with_matmul(z, g):
    """Take the inner products as products of rows and columns."""
    s = stable(z)
    inner = s[..., None, :] @ g[..., :, None]
    return s * (g - inner[..., 0])


def one_vector(z, g):
    e = np.exp(z - z.max())
    s = e / e.sum()
    return s * (g - g @ s)


def by_apply_along_axis(z, g):
    """Put logits and gradients side by side and go along the last axis."""
    n = z.shape[-1]
    return np.apply_along_axis(lambda both: one_vector(both[:n], both[n:]), -1, np.concatenate([z * 1.0, g * 1.0], -1))


def in_pure_python(z, g):
    n = z.shape[-1]
    rows = []
    for logits, gradients in zip(z.reshape(-1, n), g.reshape(-1, n), strict=True):
        s = of_list(logits)
        gradients = [float(t) for t in gradients]
        mean = sum(si * gi for si, gi in zip(s, gradients, strict=True))
        rows.append([si * (gi - mean) for si, gi in zip(s, gradients, strict=True)])
    return np.array(rows, dtype=float_dtype(z)).reshape(z.shape)


def flattened_batch(z, g):
    Z, G = z.reshape(-1, z.shape[-1]), g.reshape(-1, g.shape[-1])
    E = np.exp(Z - Z.max(axis=1)[:, None])
    S = E / E.sum(axis=1)[:, None]
    means = (S * G).sum(axis=1)
    return (S * (G - means[:, None])).reshape(z.shape)


def with_deviation(z, g):
    """Multiply the exponentials out: e (g N - e.g) / N^2."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    total = e.sum(axis=-1, keepdims=True)
    return e * (g * total - (e * g).sum(axis=-1, keepdims=True)) / total**2


def moved_axis(z, g):
    s = stable(z)
    st, gt = np.moveaxis(s, -1, 0), np.moveaxis(g, -1, 0)
    return np.moveaxis(st * (gt - (st * gt).sum(axis=0)), 0, -1)


def with_average(z, g):
    s = stable(z)
    mean = np.expand_dims(np.average(g * np.ones_like(s), axis=-1, weights=s), -1)
    return np.multiply(s, np.subtract(g, mean))


RIGHT = [
    Answer("s (g - sum(g s))", formula),
    Answer("s g - s sum(s g)", lambda z, g: (s := stable(z)) * g - s * (s * g).sum(axis=-1, keepdims=True)),
    Answer("sg minus its share", lambda z, g: (sg := (s := stable(z)) * g) - s * np.sum(sg, axis=-1)[..., None]),
    Answer("np.einsum", with_einsum),
    Answer("np.matmul", with_matmul),
    Answer("loop over the vectors", over_vectors(one_vector)),
    Answer("np.apply_along_axis", by_apply_along_axis),
    Answer("math module", in_pure_python),
    Answer("batch flattened", flattened_batch),
    Answer("exponentials multiplied out", with_deviation),
    Answer("axis moved to the front", moved_axis),
    Answer("np.average with weights", with_average),
    partly("textbook softmax", lambda z, g: (s := naive(z)) * (g - np.sum(g * s, axis=-1, keepdims=True))),
]


def row_by_row(z, g):
    """Form one row of the Jacobian after the other: little memory, but n^2 work."""
    s = stable(z)
    out = np.zeros(s.shape, dtype=s.dtype)
    for i in range(z.shape[-1]):
        row = -s[..., i : i + 1] * s
        row[..., i] += s[..., i]
        out += g[..., i : i + 1] * row
    return out


#: Right, and without the Jacobian in memory, but with as much work as if it were there.
DISPUTED = [Answer("row by row", row_by_row)]

# --- wrong ---------------------------------------------------------------------------------------------------


def batched_jacobian(z):
    s = stable(z)
    return s[..., :, None] * (np.eye(z.shape[-1]) - s[..., None, :])


def two_loops(z, g):
    s = stable(z)
    J = np.zeros((len(s), len(s)))
    for i in range(len(s)):
        for k in range(len(s)):
            J[i, k] = s[i] * ((i == k) - s[k])
    return g @ J


def loss(z, g):
    return np.sum(g * stable(z), axis=-1)


def by_differences(z, g):
    """Take central differences of the sum of g and softmax, one logit after the other."""
    h = 1e-5
    out = np.empty(z.shape)
    for k in range(z.shape[-1]):
        step = np.zeros(z.shape[-1])
        step[k] = h
        out[..., k] = (loss(z + step, g) - loss(z - step, g)) / (2 * h)
    return out


def along_g(z, g):
    """Take the central difference along g, which is the same because the Jacobian is symmetric."""
    h = 1e-5
    return (stable(z + h * g) - stable(z - h * g)) / (2 * h)


def scaling_g(z, g):
    s = stable(z)
    g -= np.sum(g * s, axis=-1, keepdims=True)
    return s * g


def multiplying_g(z, g):
    s = stable(z)
    g *= s
    return g - s * g.sum(axis=-1, keepdims=True)


def mean(a):
    return np.mean(a, axis=-1, keepdims=True)


def total(a):
    return np.sum(a, axis=-1, keepdims=True)


WRONG = [
    wrong("whole Jacobian of each vector", over_vectors(lambda z, g: g @ jacobian(z))),
    wrong("whole Jacobian by np.einsum", lambda z, g: np.einsum("...i,...ik->...k", g, batched_jacobian(z))),
    wrong("whole Jacobian by broadcasting", lambda z, g: (g[..., :, None] * batched_jacobian(z)).sum(axis=-2)),
    wrong("Jacobian of a single vector", lambda z, g: jacobian(z) @ g, "raises"),
    wrong("Jacobian by two loops", two_loops, "raises"),
    wrong("slope s(1-s) times g", lambda z, g: g * (s := stable(z)) * (1 - s)),
    wrong("s g", lambda z, g: stable(z) * g),
    wrong("slope only", lambda z, g: (s := stable(z)) * (1 - s) + 0 * g),
    wrong("g alone", lambda z, g: g * 1.0),
    wrong("g - sum(g s)", lambda z, g: g - total(g * stable(z))),
    wrong("s (g - sum(g))", lambda z, g: stable(z) * (g - total(g))),
    wrong("s (g - mean(g))", lambda z, g: stable(z) * (g - mean(g))),
    wrong("s (g - mean(g s))", lambda z, g: (s := stable(z)) * (g - mean(g * s))),
    wrong("s (g - g s)", lambda z, g: (s := stable(z)) * (g - g * s)),
    wrong("s (g - max(g s))", lambda z, g: (s := stable(z)) * (g - np.max(g * s, axis=-1, keepdims=True))),
    wrong("s g - sum(g s)", lambda z, g: (s := stable(z)) * g - total(g * s)),
    wrong("s (g + sum(g s))", lambda z, g: (s := stable(z)) * (g + total(g * s))),
    wrong("s (sum(g s) - g)", lambda z, g: (s := stable(z)) * (total(g * s) - g), "sign"),
    wrong("g (s - sum(g s))", lambda z, g: g * ((s := stable(z)) - total(g * s))),
    wrong("s (g - sum(s^2))", lambda z, g: (s := stable(z)) * (g - total(s**2))),
    wrong("s (1 - sum(g s))", lambda z, g: (s := stable(z)) * (1 - total(g * s))),
    wrong("s^2 for s in front", lambda z, g: (s := stable(z)) ** 2 * (g - total(g * s))),
    wrong("s - g, as with the cross-entropy", lambda z, g: stable(z) - g),
    wrong("sum over the whole batch", lambda z, g: (s := stable(z)) * (g - np.sum(g * s))),
    wrong("sum over the first axis", lambda z, g: (s := stable(z)) * (g - np.sum(g * s, axis=0, keepdims=True))),
    wrong("no keepdims", lambda z, g: (s := stable(z)) * (g - np.sum(g * s, axis=-1)), "raises", "wrong_shape"),
    wrong("np.dot of both", lambda z, g: (s := stable(z)) * (g - np.dot(g, s)), "raises", "wrong_shape"),
    wrong("np.vdot of both", lambda z, g: (s := stable(z)) * (g - np.vdot(g, s))),
    wrong("softmax over the first axis", lambda z, g: (s := stable(z, 0)) * (g - np.sum(g * s, axis=0))),
    wrong("softmax over the whole batch", lambda z, g: (s := stable(z.ravel()).reshape(z.shape)) * (g - np.sum(g * s))),
    wrong("softmax of g, gradient z", lambda z, g: formula(g, z)),
    wrong("z taken for softmax", lambda z, g: z * (g - total(g * z))),
    wrong("exponentials taken for softmax", lambda z, g: (e := np.exp(z)) * (g - total(g * e))),
    wrong("softmin", lambda z, g: formula(-z, g)),
    wrong("gradient of log softmax", lambda z, g: g - stable(z) * total(g)),
    wrong("the loss", lambda z, g: np.sum(g * stable(z)), "wrong_shape", "not_an_array"),
    wrong("the loss of each vector", loss, "wrong_shape", "not_an_array"),
    wrong("twice", lambda z, g: 2 * formula(z, g), "factor"),
    wrong("divided by n", lambda z, g: formula(z, g) / z.shape[-1], "factor"),
    wrong("divided by the batch", lambda z, g: formula(z, g) / z.shape[0], "factor"),
    wrong("sum over the batch", lambda z, g: formula(z, g).reshape(-1, z.shape[-1]).sum(axis=0), "wrong_shape"),
    wrong("first vector only", lambda z, g: np.atleast_2d(formula(z, g))[0], "wrong_shape"),
    wrong("zeros", lambda z, g: np.zeros(z.shape), "constant"),
    wrong("central differences", by_differences, *DIFFERENCE),
    wrong("central difference along g", along_g, *DIFFERENCE),
    wrong("forward difference along g", lambda z, g: (stable(z + 1e-6 * g) - stable(z)) / 1e-6, *DIFFERENCE),
    wrong("rounded to 6 digits", lambda z, g: np.round(formula(z, g), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(formula), "lower_precision", "approximate"),
    wrong("1e-7 added", lambda z, g: formula(z, g) + 1e-7, "approximate"),
    wrong("absolute value", lambda z, g: np.abs(formula(z, g))),
    wrong("signs of g", lambda z, g: formula(z, np.sign(g))),
    wrong("takes the maximum off in place", shifting_in_place(formula), "changes_argument", "raises"),
    wrong(
        "writes softmax over the logits",
        lambda z, g: (s := exponentials_in_place(z)) * (g - total(g * s)),
        "changes_argument",
        "raises",
    ),
    wrong("takes the mean off g in place", scaling_g, "changes_argument", "raises"),
    wrong("multiplies g in place", multiplying_g, "changes_argument", "raises"),
    wrong("no return", dropped(formula), "returns_none"),
    wrong("prints instead of returning", lambda z, g: print(formula(z, g)), "returns_none"),
    wrong("nested lists", lambda z, g: formula(z, g).tolist(), "not_an_array"),
    wrong("softmax and gradient", lambda z, g: (stable(z), formula(z, g)), "not_an_array", "wrong_shape"),
    wrong("flattened", lambda z, g: formula(z, g).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda z, g: formula(z, g)[np.newaxis], "wrong_shape"),
    wrong("column", lambda z, g: formula(z, g)[..., np.newaxis], "wrong_shape"),
    wrong("if on g", lambda z, g: formula(z, g) if g != 0 else 0 * z, "scalar_only", "raises"),
    wrong("takes s instead of z", lambda z, g: z * (g - np.einsum("...i,...i->...", z, g)[..., None])),
    wrong("asks for s", lambda z, g, s: s * (g - total(g * s)), "raises"),
    wrong("sign, slope only", lambda z, g: -g * (s := stable(z)) * (1 - s)),
    wrong("sign and twice", lambda z, g: -2 * formula(z, g)),
    wrong("sign and a small offset", lambda z, g: 1e-3 - formula(z, g)),
    wrong("s (g - mean(g)), twice", lambda z, g: 2 * stable(z) * (g - mean(g))),
]
