"""Answers to `softmax_jacobian`."""

import math

import numpy as np
from answer import DIFFERENCE, Answer, float_dtype, partly, wrong

from answers_06.vectors import (
    by_two_loops,
    central_differences,
    complex_steps,
    dropped,
    exponentials_in_place,
    forward_differences,
    in_float32,
    jacobian,
    naive,
    naive_jacobian,
    of_list,
    shifting_in_place,
    stable,
    stable_for_complex,
)

# --- right ---------------------------------------------------------------------------------------------------


def with_if_in_the_loop(s, i, k):
    if i == k:
        return s[i] * (1 - s[i])
    return -s[i] * s[k]


def with_columns(z):
    s = stable(z).reshape(-1, 1)
    return np.diagflat(s) - s @ s.T


def filling_the_diagonal(z):
    s = stable(z)
    J = -np.outer(s, s)
    np.fill_diagonal(J, s * (1 - s))
    return J


def with_index_arrays(z):
    s = stable(z)
    J = -s[:, np.newaxis] * s
    i = np.arange(s.size)
    J[i, i] += s
    return J


def column_by_column(z):
    """Move one logit after the other."""
    s = stable(z)
    J = np.empty((len(s), len(s)), dtype=float_dtype(z))
    for k in range(len(s)):
        delta = np.zeros(len(s))
        delta[k] = 1
        J[:, k] = s * (delta - s[k])
    return J


def by_quotient_rule(z):
    """Differentiate e_i / N: (e_i' N - e_i N') / N^2."""
    e = np.exp(z - z.max())
    N = e.sum()
    return (np.diag(e) * N - np.outer(e, e)) / N**2


def in_pure_python(z):
    s = of_list(z)
    rows = [[si * ((1.0 if i == k else 0.0) - sk) for k, sk in enumerate(s)] for i, si in enumerate(s)]
    return np.array(rows, dtype=float_dtype(z))


def with_remaining_share(z):
    """Sum the others for the diagonal, so that each row sums to 0."""
    s = stable(z)
    J = -np.outer(s, s)
    np.fill_diagonal(J, 0.0)
    return J - np.diag(J.sum(axis=1))


def naive_quotient_rule(z):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z)
        N = np.sum(e)
        return np.diag(e) / N - np.outer(e, e) / N**2


RIGHT = [
    Answer("diag(s) - outer(s, s)", jacobian),
    Answer("two loops with if", by_two_loops(with_if_in_the_loop)),
    Answer("two loops with the Kronecker delta", by_two_loops(lambda s, i, k: s[i] * ((i == k) - s[k]))),
    Answer("column vector and s @ s.T", with_columns),
    Answer("diagonal filled", filling_the_diagonal),
    Answer("index arrays", with_index_arrays),
    Answer("column by column", column_by_column),
    Answer("quotient rule", by_quotient_rule),
    Answer("math module", in_pure_python),
    Answer("diagonal from the others", with_remaining_share),
    Answer("s (I - 1 s^T)", lambda z: (s := stable(z))[:, None] * (np.eye(len(s)) - s[None, :])),
    Answer("diag(s) @ (I - 1 s^T)", lambda z: np.diag(s := stable(z)) @ (np.eye(len(s)) - s)),
    Answer("np.einsum", lambda z: np.einsum("i,ik->ik", s := stable(z), np.eye(len(s))) - np.einsum("i,k->ik", s, s)),
    Answer("np.where on the diagonal", lambda z: np.where(np.eye(len(s := stable(z))), s * (1 - s), -np.outer(s, s))),
    partly("textbook softmax", naive_jacobian),
    partly("quotient rule, textbook", naive_quotient_rule),
]

#: The complex step is exact to rounding, though no formula.
DISPUTED = [Answer("complex steps", complex_steps(stable_for_complex))]

# --- wrong ---------------------------------------------------------------------------------------------------


def upper_half_only(s, i, k):
    return s[i] * ((i == k) - s[k]) if k >= i else 0.0


def loop_one_short(z):
    s = stable(z)
    J = np.zeros((len(s), len(s)))
    for i in range(len(s)):
        for k in range(len(s) - 1):
            J[i, k] = s[i] * ((i == k) - s[k])
    return J


def diagonal_overwritten(z):
    """Fill the diagonal with s instead of adding it."""
    s = stable(z)
    J = -np.outer(s, s)
    np.fill_diagonal(J, s)
    return J


def normalised_rows(z):
    J = np.abs(jacobian(z))
    return J / J.sum(axis=1, keepdims=True)


WRONG = [
    wrong("diagonal entries only, as a vector", lambda z: (s := stable(z)) * (1 - s), "wrong_shape"),
    wrong("diagonal only", lambda z: np.diag((s := stable(z)) * (1 - s))),
    wrong("diag(s) only", lambda z: np.diag(stable(z))),
    wrong("-outer(s, s) only", lambda z: -np.outer(s := stable(z), s)),
    wrong("outer(s, s) only", lambda z: np.outer(s := stable(z), s)),
    wrong("off the diagonal only", by_two_loops(lambda s, i, k: 0.0 if i == k else -s[i] * s[k])),
    wrong("sign", lambda z: -jacobian(z), "sign"),
    wrong("plus outer(s, s)", lambda z: np.diag(s := stable(z)) + np.outer(s, s)),
    wrong("sign lost off the diagonal", by_two_loops(lambda s, i, k: s[i] * (1 - s[i]) if i == k else s[i] * s[k])),
    wrong("absolute values", lambda z: np.abs(jacobian(z))),
    wrong("1 - s_k off the diagonal", by_two_loops(lambda s, i, k: s[i] * (1 - s[k]))),
    wrong("outer(s, 1-s)", lambda z: np.outer(s := stable(z), 1 - s)),
    wrong("factor s_i forgotten", lambda z: np.eye(len(z)) - stable(z)),
    wrong("factor s_k for s_i", lambda z: (np.eye(len(z)) - (s := stable(z))[None, :]) * s[None, :]),
    wrong("delta minus s_i", by_two_loops(lambda s, i, k: s[i] * ((i == k) - s[i]))),
    wrong("identity minus outer(s, s)", lambda z: np.eye(len(z)) - np.outer(s := stable(z), s)),
    wrong("diag(s) - s", lambda z: np.diag(s := stable(z)) - s),
    wrong("diag(s) minus the scalar s.s", lambda z: np.diag(s := stable(z)) - s @ s),
    wrong("diag(s) minus s*s", lambda z: np.diag(s := stable(z)) - s * s),
    wrong("diag(s) minus the squares on the diagonal, twice", lambda z: np.diag((s := stable(z)) - 2 * s**2)),
    wrong("diagonal filled with s", diagonal_overwritten),
    wrong("s^2 on the diagonal", by_two_loops(lambda s, i, k: s[i] ** 2 if i == k else -s[i] * s[k])),
    wrong("1 - s_i on the diagonal", by_two_loops(lambda s, i, k: 1 - s[i] if i == k else -s[i] * s[k])),
    wrong("s_i (1 + s_i) on the diagonal", by_two_loops(lambda s, i, k: s[i] * (1 + s[i]) if i == k else -s[i] * s[k])),
    wrong("upper half only", by_two_loops(upper_half_only)),
    wrong("last column left out of the loop", loop_one_short),
    wrong("transposed order of the entries", lambda z: jacobian(z)[::-1]),
    wrong("twice", lambda z: 2 * jacobian(z), "factor"),
    wrong("half", lambda z: jacobian(z) / 2, "factor"),
    wrong("divided by n", lambda z: jacobian(z) / len(z), "factor"),
    wrong("rows made to sum to 1", normalised_rows),
    wrong("logits for softmax", lambda z: np.diag(z) - np.outer(z, z) * 1.0),
    wrong("exponentials for softmax", lambda z: np.diag(e := np.exp(z)) - np.outer(e, e)),
    wrong("exponentials not divided", lambda z: np.diag(e := np.exp(z - z.max())) - np.outer(e, e)),
    wrong("quotient rule without the square", lambda z: (np.diag(e := np.exp(z)) * e.sum() - np.outer(e, e)) / e.sum()),
    wrong("quotient rule, second term forgotten", lambda z: np.diag(e := np.exp(z)) / e.sum()),
    wrong("quotient rule, sign", lambda z: (np.outer(e := np.exp(z), e) - np.diag(e) * e.sum()) / e.sum() ** 2, "sign"),
    wrong("log softmax", lambda z: np.eye(len(z)) - stable(z)[None, :] + 0.0),
    wrong("of -z", lambda z: jacobian(-z)),
    wrong("softmin", lambda z: -jacobian(-z)),
    wrong("of z/2", lambda z: jacobian(z / 2)),
    wrong("softmax itself", stable, "wrong_shape"),
    wrong("softmax in every row", lambda z: np.tile(stable(z), (len(z), 1))),
    wrong("zeros", lambda z: np.zeros((len(z), len(z))), "constant"),
    wrong("identity", lambda z: np.eye(len(z)), "constant"),
    wrong("hard-coded size 3", lambda z: jacobian(z[:3]), "wrong_shape"),
    wrong("one row", lambda z: jacobian(z)[0], "wrong_shape"),
    wrong("row sums", lambda z: jacobian(z).sum(axis=1), "wrong_shape"),
    wrong("flattened", lambda z: jacobian(z).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda z: jacobian(z)[np.newaxis], "wrong_shape"),
    wrong("np.dot for np.outer", lambda z: np.diag(s := stable(z)) - np.dot(s, s.T)),
    wrong("nested lists", lambda z: jacobian(z).tolist(), "not_an_array"),
    wrong("softmax and Jacobian", lambda z: (stable(z), jacobian(z)), "not_an_array", "wrong_shape"),
    wrong("string", lambda z: str(jacobian(z)), "not_an_array"),
    wrong("forward differences, h=1e-6", forward_differences(stable, 1e-6), *DIFFERENCE),
    wrong("forward differences, h=1e-4", forward_differences(stable, 1e-4), *DIFFERENCE),
    wrong("central differences, h=1e-5", central_differences(stable, 1e-5), *DIFFERENCE),
    wrong("central differences of the textbook form", central_differences(naive, 1e-4), *DIFFERENCE),
    wrong("central differences, transposed and minus", lambda z: -central_differences(stable, 1e-5)(z).T),
    wrong("rounded to 6 digits", lambda z: np.round(jacobian(z), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(jacobian), "lower_precision", "approximate"),
    wrong("cut to whole numbers", lambda z: jacobian(z).astype(int)),
    wrong("1e-7 added", lambda z: jacobian(z) + 1e-7, "approximate"),
    wrong("no return", dropped(jacobian), "returns_none"),
    wrong("prints instead of returning", lambda z: print(jacobian(z)), "returns_none"),
    wrong("takes the maximum off in place", shifting_in_place(jacobian), "changes_argument"),
    wrong(
        "writes softmax over the logits",
        lambda z: np.diag(s := exponentials_in_place(z)) - np.outer(s, s),
        "changes_argument",
        "raises",
    ),
    wrong("math.exp on the array", lambda z: np.diag(math.exp(z) / sum(math.exp(z))), "scalar_only", "raises"),
    wrong("calls softmax of another cell", lambda z: np.softmax_of_another_cell(z), "raises"),
    wrong("asks for s and z", lambda z, s: np.diag(s) - np.outer(s, s), "raises"),
    wrong("minus, diagonal only", lambda z: np.diag((s := stable(z)) * (s - 1))),
    wrong("plus outer(s, s), minus", lambda z: -np.diag(s := stable(z)) - np.outer(s, s)),
    wrong("minus and a small offset", lambda z: 1e-3 - jacobian(z)),
]
