"""Answers to `identity_jacobian`."""

import numpy as np
from answer import DIFFERENCE, Answer, wrong

# --- right ---------------------------------------------------------------------------------------------------


def by_two_loops(x):
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        for k in range(n):
            if i == k:
                J[i, k] = 1
    return J


def by_one_loop(x):
    J = np.zeros((x.size, x.size))
    for i in range(x.size):
        J[i, i] = 1.0
    return J


def by_rows(x):
    """Stack the gradient of each output."""
    rows = []
    for i in range(len(x)):
        row = np.zeros(len(x))
        row[i] = 1.0
        rows.append(row)
    return np.stack(rows)


def by_index_arrays(x):
    J = np.zeros((x.shape[0],) * 2)
    index = np.arange(x.shape[0])
    J[index, index] = 1
    return J


def by_fill_diagonal(x):
    J = np.zeros((len(x), len(x)))
    np.fill_diagonal(J, 1.0)
    return J


RIGHT = [
    Answer("np.eye", lambda x: np.eye(len(x))),
    Answer("np.identity", lambda x: np.identity(x.size)),
    Answer("two loops", by_two_loops),
    Answer("one loop", by_one_loop),
    Answer("gradients stacked", by_rows),
    Answer("index arrays", by_index_arrays),
    Answer("np.fill_diagonal", by_fill_diagonal),
    Answer("np.diag of ones", lambda x: np.diag(np.ones(len(x)))),
    Answer("np.diagflat", lambda x: np.diagflat(np.ones(x.shape))),
    Answer("Kronecker delta by comparison", lambda x: (np.arange(len(x))[:, None] == np.arange(len(x))).astype(float)),
    Answer("np.where", lambda x: np.where(np.equal.outer(range(len(x)), range(len(x))), 1.0, 0.0)),
    Answer("np.fromfunction", lambda x: np.fromfunction(lambda i, k: 1.0 * (i == k), (len(x), len(x)))),
    Answer(
        "list comprehension",
        lambda x: np.array([[1.0 if i == k else 0.0 for k in range(len(x))] for i in range(len(x))]),
    ),
    Answer("difference of two triangles", lambda x: np.tri(len(x)) - np.tri(len(x), k=-1)),
    Answer("with the dtype of x", lambda x: np.eye(len(x), dtype=np.result_type(x, 1.0))),
    Answer("slope on the diagonal", lambda x: np.ones(len(x))[:, None] * np.eye(len(x))),
    Answer("diagonal of 0*x+1", lambda x: np.diag(0.0 * x + 1.0)),
]


def differences(h):
    """Make a Jacobian of forward differences."""

    def jacobian(x):
        x = np.asarray(x, dtype=float)
        return np.stack([((x + h * e) - x) / h for e in np.eye(len(x))], axis=1)

    return jacobian


def central_differences(h):
    """Make a Jacobian of central differences."""

    def jacobian(x):
        x = np.asarray(x, dtype=float)
        return np.stack([((x + h * e) - (x - h * e)) / (2 * h) for e in np.eye(len(x))], axis=1)

    return jacobian


#: Whole numbers. And differences, whose error is a rounding here, because the identity is straight: about 1e-10
#: and 1e-11 at moderate x.
DISPUTED = [
    Answer("whole numbers", lambda x: np.eye(len(x), dtype=int)),
    Answer("diagonal of ones_like", lambda x: np.diag(np.ones_like(x))),
    Answer("forward differences, h=1e-6", differences(1e-6)),
    Answer("central differences, h=1e-5", central_differences(1e-5)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def without_return(x):
    J = np.eye(len(x))
    J = J * 1.0


def with_own_variable(x):
    """Divide the entries by each other."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return x[:, None] / x


def filling_x(x):
    x[...] = 1
    return np.diag(x).astype(float)


def normalising_x(x):
    with np.errstate(divide="ignore", invalid="ignore"):
        np.divide(x, x, out=x, casting="unsafe")
    return np.eye(len(x))


def one_column_short(x):
    J = np.zeros((len(x), len(x)))
    for i in range(len(x) - 1):
        J[i, i] = 1
    return J


WRONG = [
    wrong("ones per entry", lambda x: np.ones(len(x)), "wrong_shape"),
    wrong("ones like x", lambda x: np.ones_like(x, dtype=float), "wrong_shape"),
    wrong("ones everywhere", lambda x: np.ones((len(x), len(x))), "constant"),
    wrong("zeros", lambda x: np.zeros((len(x), len(x))), "constant", "factor"),
    wrong("x on the diagonal", np.diag),
    wrong("x on the diagonal as floats", lambda x: np.diag(x * 1.0)),
    wrong("x in every row", lambda x: np.tile(x * 1.0, (len(x), 1))),
    wrong("outer product of x", lambda x: np.outer(x, x) * 1.0),
    wrong("quotients of the entries", with_own_variable, "nan"),
    wrong("differences of the entries", lambda x: np.subtract.outer(x, x) * 1.0),
    wrong("the other diagonal", lambda x: np.eye(len(x))[::-1]),
    wrong("the other diagonal by np.fliplr", lambda x: np.fliplr(np.eye(len(x)))),
    wrong("diagonal above", lambda x: np.eye(len(x), k=1)),
    wrong("diagonal below", lambda x: np.eye(len(x), k=-1)),
    wrong("lower triangle", lambda x: np.tri(len(x))),
    wrong("upper triangle", lambda x: np.triu(np.ones((len(x), len(x))))),
    wrong("1 off the diagonal", lambda x: 1 - np.eye(len(x))),
    wrong("minus", lambda x: -np.eye(len(x)), "sign"),
    wrong("twice", lambda x: 2 * np.eye(len(x)), "factor"),
    wrong("divided by n", lambda x: np.eye(len(x)) / len(x), "factor"),
    wrong("signs on the diagonal", lambda x: np.diag(np.sign(x)) * 1.0),
    wrong("rectifier on the diagonal", lambda x: np.diag((x > 0) * 1.0)),
    wrong("last row left out of the loop", one_column_short),
    wrong("first column only", lambda x: np.eye(len(x)) * (np.arange(len(x)) == 0)),
    wrong("mean taken out", lambda x: np.eye(len(x)) - 1 / len(x)),
    wrong("hard-coded size 3", lambda x: np.eye(3), "wrong_shape"),
    wrong("hard-coded size 2", lambda x: np.array([[1.0, 0.0], [0.0, 1.0]]), "wrong_shape"),
    wrong("one smaller", lambda x: np.eye(len(x) - 1), "wrong_shape"),
    wrong("one larger", lambda x: np.eye(len(x) + 1), "wrong_shape"),
    wrong("n squared", lambda x: np.eye(len(x) ** 2), "wrong_shape"),
    wrong("one row", lambda x: np.eye(1, len(x)), "wrong_shape"),
    wrong("one column", lambda x: np.ones((len(x), 1)), "wrong_shape"),
    wrong("extra axis in front", lambda x: np.eye(len(x))[np.newaxis], "wrong_shape"),
    wrong("flattened", lambda x: np.eye(len(x)).ravel(), "wrong_shape"),
    wrong("row sums", lambda x: np.eye(len(x)).sum(axis=1), "wrong_shape"),
    wrong("product with x", lambda x: np.eye(len(x)) @ x, "wrong_shape"),
    wrong("rows scaled by x", lambda x: np.eye(len(x)) * x),
    wrong("np.eye of x", lambda x: np.eye(x), "raises"),
    wrong("np.eye of the shape", lambda x: np.eye(x.shape), "raises"),
    wrong("two axes expected", lambda x: np.eye(x.shape[0], x.shape[1]), "raises"),
    wrong("the number 1", lambda x: 1.0, "wrong_shape", "not_an_array"),
    wrong("nested lists", lambda x: np.eye(len(x)).tolist(), "not_an_array"),
    wrong("list of rows", lambda x: list(np.eye(len(x))), "not_an_array"),
    wrong("string", lambda x: "np.eye(n)", "not_an_array"),
    wrong("the function np.eye", lambda x: np.eye, "not_an_array"),
    wrong("boolean array", lambda x: np.eye(len(x), dtype=bool)),
    wrong("array of objects", lambda x: np.eye(len(x), dtype=object)),
    wrong("x and the matrix", lambda x: (x, np.eye(len(x))), "not_an_array", "wrong_shape"),
    wrong("forward differences, h=1e-10", differences(1e-10), *DIFFERENCE),
    wrong("forward differences, h=1e-8", differences(1e-8), *DIFFERENCE),
    wrong("central differences, h=1e-9", central_differences(1e-9), *DIFFERENCE),
    wrong("1e-8 added everywhere", lambda x: np.eye(len(x)) + 1e-8, "approximate"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda x: print(np.eye(len(x))), "returns_none"),
    wrong("x filled with ones", filling_x, "changes_argument"),
    wrong("x divided by itself in place", normalising_x, "changes_argument"),
    wrong("if on the array", lambda x: np.eye(len(x)) if x else np.zeros((0, 0)), "scalar_only", "raises"),
    wrong("asks for n", lambda x, n: np.eye(n), "raises"),
    wrong("minus and divided by n", lambda x: -np.eye(len(x)) / len(x)),
    wrong("the other diagonal, minus", lambda x: -np.eye(len(x))[::-1]),
    wrong("minus and a small offset", lambda x: 1e-3 - np.eye(len(x))),
]
