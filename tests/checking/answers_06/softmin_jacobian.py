"""Answers to `softmin_jacobian`."""

import math

import numpy as np
from answer import DIFFERENCE, Answer, float_dtype, partly, wrong

from answers_06.vectors import (
    central_differences,
    complex_steps,
    dropped,
    exponentials_in_place,
    forward_differences,
    in_float32,
    jacobian,
    naive,
    of_list,
    stable,
    stable_for_complex,
)


def softmin(z):
    e = np.exp(np.min(z) - z)
    return e / np.sum(e)


def right(z):
    s = softmin(z)
    return np.outer(s, s) - np.diag(s)


def by_two_loops(entry):
    """Make a matrix from a function of softmin and the two indices."""

    def matrix(z):
        s = softmin(z)
        J = np.zeros((len(s), len(s)), dtype=float_dtype(z))
        for i in range(len(s)):
            for k in range(len(s)):
                J[i, k] = entry(s, i, k)
        return J

    return matrix


# --- right ---------------------------------------------------------------------------------------------------


def with_if_in_the_loop(s, i, k):
    if i == k:
        return -s[i] * (1 - s[i])
    return s[i] * s[k]


def by_chain_rule_of_matrices(z):
    """Multiply the Jacobian of softmax at -z with that of -z."""
    return jacobian(-z) @ (-np.eye(len(z)))


def filling_the_diagonal(z):
    s = stable(-z)
    J = np.outer(s, s)
    np.fill_diagonal(J, s * (s - 1))
    return J


def by_quotient_rule(z):
    e = np.exp(-(z - z.min()))
    N = e.sum()
    return (-np.diag(e) * N + np.outer(e, e)) / N**2


def column_by_column(z):
    s = softmin(z)
    columns = []
    for k in range(len(s)):
        column = s * s[k]
        column[k] -= s[k]
        columns.append(column)
    return np.column_stack(columns)


def in_pure_python(z):
    s = of_list([-float(t) for t in z])
    rows = [[si * (sk - (1.0 if i == k else 0.0)) for k, sk in enumerate(s)] for i, si in enumerate(s)]
    return np.array(rows, dtype=float_dtype(z))


def textbook(z):
    s = naive(-z)
    return np.outer(s, s) - np.diag(s)


RIGHT = [
    Answer("outer(s, s) - diag(s)", right),
    Answer("minus the Jacobian of softmax at -z", lambda z: -jacobian(-z)),
    Answer("chain rule of matrices", by_chain_rule_of_matrices),
    Answer("two loops with if", by_two_loops(with_if_in_the_loop)),
    Answer("two loops with the Kronecker delta", by_two_loops(lambda s, i, k: s[i] * (s[k] - (i == k)))),
    Answer("diagonal filled", filling_the_diagonal),
    Answer("quotient rule", by_quotient_rule),
    Answer("column by column", column_by_column),
    Answer("math module", in_pure_python),
    Answer("s (1 s^T - I)", lambda z: (s := softmin(z))[:, None] * (s - np.eye(len(s)))),
    Answer("column vector", lambda z: (s := softmin(z).reshape(-1, 1)) @ s.T - np.diagflat(s)),
    Answer("np.where on the diagonal", lambda z: np.where(np.eye(len(s := softmin(z))), -s * (1 - s), np.outer(s, s))),
    partly("textbook form", textbook),
]

#: The complex step is exact to rounding, though no formula.
DISPUTED = [Answer("complex steps", complex_steps(lambda z: stable_for_complex(-z)))]

# --- wrong ---------------------------------------------------------------------------------------------------


def negating_in_place(z):
    z *= -1
    return -jacobian(z)


def shifting_in_place(z):
    z -= z.min()
    return right(z)


def writing_over(z):
    np.negative(z, out=z)
    s = exponentials_in_place(z)
    return np.outer(s, s) - np.diag(s)


def reciprocal_softmax(z):
    """Take softmin for the reciprocal of softmax, divided by the sum, and forget the chain rule."""
    s = 1 / stable(z)
    s = s / s.sum()
    return np.diag(s) - np.outer(s, s)


WRONG = [
    wrong("inner minus forgotten: Jacobian of softmax at -z", lambda z: jacobian(-z), "sign"),
    wrong("diag(s) - outer(s, s)", lambda z: np.diag(s := softmin(z)) - np.outer(s, s), "sign"),
    wrong("softmin from reciprocals, chain rule forgotten", reciprocal_softmax, "sign"),
    wrong("Jacobian of softmax", jacobian),
    wrong("minus the Jacobian of softmax", lambda z: -jacobian(z)),
    wrong("softmax for softmin in outer(s, s) - diag(s)", lambda z: np.outer(s := stable(z), s) - np.diag(s)),
    wrong("1 - softmax for softmin", lambda z: np.outer(s := 1 - stable(z), s) - np.diag(s)),
    wrong("minus softmax for softmin", lambda z: np.outer(s := -stable(z), s) - np.diag(s)),
    wrong("reversed softmax for softmin", lambda z: np.outer(s := stable(z)[::-1], s) - np.diag(s)),
    wrong("diagonal entries only, as a vector", lambda z: -(s := softmin(z)) * (1 - s), "wrong_shape"),
    wrong("diagonal only", lambda z: np.diag(-(s := softmin(z)) * (1 - s))),
    wrong("diagonal only, sign", lambda z: np.diag((s := softmin(z)) * (1 - s))),
    wrong("-diag(s) only", lambda z: -np.diag(softmin(z))),
    wrong("outer(s, s) only", lambda z: np.outer(s := softmin(z), s)),
    wrong("-outer(s, s) - diag(s)", lambda z: -np.outer(s := softmin(z), s) - np.diag(s)),
    wrong("outer(s, s) + diag(s)", lambda z: np.outer(s := softmin(z), s) + np.diag(s)),
    wrong("sign wrong off the diagonal", by_two_loops(lambda s, i, k: -s[i] * (1 - s[i]) if i == k else -s[i] * s[k])),
    wrong("sign wrong on the diagonal", by_two_loops(lambda s, i, k: s[i] * (1 - s[i]) if i == k else s[i] * s[k])),
    wrong("absolute values", lambda z: np.abs(right(z))),
    wrong("off the diagonal only", by_two_loops(lambda s, i, k: 0.0 if i == k else s[i] * s[k])),
    wrong("diagonal overwritten with -s", by_two_loops(lambda s, i, k: -s[i] if i == k else s[i] * s[k])),
    wrong("s^2 on the diagonal", by_two_loops(lambda s, i, k: s[i] ** 2 if i == k else s[i] * s[k])),
    wrong("s_i forgotten", lambda z: softmin(z)[None, :] - np.eye(len(z))),
    wrong("s_k for s_i", lambda z: (s := softmin(z))[None, :] * (s[None, :] - np.eye(len(s)))),
    wrong("delta minus s_i", by_two_loops(lambda s, i, k: s[i] * (s[i] - (i == k)))),
    wrong("outer(s, s) - identity", lambda z: np.outer(s := softmin(z), s) - np.eye(len(s))),
    wrong("outer(s, 1-s)", lambda z: -np.outer(s := softmin(z), 1 - s)),
    wrong("s*s - diag(s)", lambda z: (s := softmin(z)) * s - np.diag(s)),
    wrong("scalar s.s", lambda z: (s := softmin(z)) @ s - np.diag(s)),
    wrong("inner derivative -z", lambda z: jacobian(-z) * -z),
    wrong("inner derivative z", lambda z: jacobian(-z) * z),
    wrong("minus on the diagonal of the chain only", lambda z: jacobian(-z) - 2 * np.diag(np.diag(jacobian(-z)))),
    wrong("mixed: softmin and softmax", lambda z: np.outer(softmin(z), stable(z)) - np.diag(softmin(z))),
    wrong("of z/2", lambda z: right(z / 2)),
    wrong("of |z|", lambda z: right(np.abs(z))),
    wrong("of 1/z", lambda z: jacobian(1 / (z + 1e-9))),
    wrong("exponentials not divided", lambda z: np.outer(e := np.exp(z.min() - z), e) - np.diag(e)),
    wrong("quotient rule, second term forgotten", lambda z: -np.diag(e := np.exp(-z)) / e.sum()),
    wrong("quotient rule, square forgotten", lambda z: np.outer(e := np.exp(-z), e) / e.sum() - np.diag(e)),
    wrong("order of the entries reversed", lambda z: right(z)[::-1]),
    wrong("twice", lambda z: 2 * right(z), "factor"),
    wrong("half", lambda z: right(z) / 2, "factor"),
    wrong("divided by n", lambda z: right(z) / len(z), "factor"),
    wrong("softmin itself", softmin, "wrong_shape"),
    wrong("softmin in every row", lambda z: np.tile(softmin(z), (len(z), 1))),
    wrong("zeros", lambda z: np.zeros((len(z), len(z))), "constant"),
    wrong("minus the identity", lambda z: -np.eye(len(z)), "constant"),
    wrong("hard-coded size 3", lambda z: right(z[:3]), "wrong_shape"),
    wrong("one row", lambda z: right(z)[0], "wrong_shape"),
    wrong("row sums", lambda z: right(z).sum(axis=1), "wrong_shape"),
    wrong("flattened", lambda z: right(z).ravel(), "wrong_shape"),
    wrong("extra axis at the end", lambda z: right(z)[..., np.newaxis], "wrong_shape"),
    wrong("nested lists", lambda z: right(z).tolist(), "not_an_array"),
    wrong("softmin and Jacobian", lambda z: (softmin(z), right(z)), "not_an_array", "wrong_shape"),
    wrong("forward differences", forward_differences(softmin, 1e-6), *DIFFERENCE),
    wrong("central differences, h=1e-5", central_differences(softmin, 1e-5), *DIFFERENCE),
    wrong("central differences, h=1e-3", central_differences(softmin, 1e-3), *DIFFERENCE),
    wrong("rounded to 6 digits", lambda z: np.round(right(z), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(right), "lower_precision", "approximate"),
    wrong("1e-7 added", lambda z: right(z) + 1e-7, "approximate"),
    wrong("cut to whole numbers", lambda z: right(z).astype(int)),
    wrong("z cut to whole numbers", lambda z: right(z.astype(int))),
    wrong("negates z in place", negating_in_place, "changes_argument"),
    wrong("takes the minimum off in place", shifting_in_place, "changes_argument"),
    wrong("writes softmin over the logits", writing_over, "changes_argument", "raises"),
    wrong("no return", dropped(right), "returns_none"),
    wrong("prints instead of returning", lambda z: print(right(z)), "returns_none"),
    wrong("math.exp on the array", lambda z: np.diag(math.exp(-z)), "scalar_only", "raises"),
    wrong("max() on the array as a scalar", lambda z: right(max(z, 0.0)), "scalar_only", "raises"),
    wrong("asks for s", lambda z, s: np.outer(s, s) - np.diag(s), "raises"),
    wrong("sign and twice", lambda z: 2 * jacobian(-z)),
    wrong("sign and a small offset", lambda z: jacobian(-z) + 1e-3),
    wrong("Jacobian of softmax, minus and half", lambda z: -jacobian(z) / 2),
]
