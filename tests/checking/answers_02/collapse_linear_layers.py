"""Answers to `collapse_linear_layers`."""

from collections import namedtuple

import numpy as np
from answer import Answer, wrong

Layer = namedtuple("Layer", ["W", "b"])


def right(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


# --- right ---------------------------------------------------------------------------------------------------


def through_the_layers(W1, b1, W2, b2):
    """Send 0 and the basis vectors through both layers."""

    def network(x):
        return (x @ W1 + b1) @ W2 + b2

    b = network(np.zeros(W1.shape[0]))
    W = (np.eye(W1.shape[0]) @ W1) @ W2
    return W, b


def with_block_matrices(W1, b1, W2, b2):
    """Append the bias as a row, and a column that keeps the 1."""
    n, k = W1.shape
    m = W2.shape[1]
    first = np.block([[W1, np.zeros((n, 1))], [b1.reshape(1, k), np.ones((1, 1))]])
    second = np.vstack([W2, b2.reshape(1, m)])
    both = first @ second
    return both[:n], both[n]


def with_rows_appended(W1, b1, W2, b2):
    """Multiply W1 and b1 with W2 in one go."""
    both = np.vstack((W1, b1)) @ W2
    return both[:-1], both[-1] + b2


def by_loops(W1, b1, W2, b2):
    n, k = W1.shape
    m = W2.shape[1]
    W = np.zeros((n, m))
    b = np.zeros(m)
    for j in range(m):
        for i in range(n):
            for q in range(k):
                W[i, j] += W1[i, q] * W2[q, j]
        for q in range(k):
            b[j] += b1[q] * W2[q, j]
        b[j] += b2[j]
    return W, b


def by_outer_products(W1, b1, W2, b2):
    """Sum over the hidden units."""
    W = sum(np.outer(W1[:, q], W2[q]) for q in range(len(b1)))
    b = b2 + sum(b1[q] * W2[q] for q in range(len(b1)))
    return W, b


def with_columns(W1, b1, W2, b2):
    """Work with column vectors and transposed weights."""
    W = (W2.T @ W1.T).T
    b = (W2.T @ b1[:, None] + b2[:, None])[:, 0]
    return W, b


def by_broadcasting(W1, b1, W2, b2):
    W = (W1[:, :, None] * W2[None, :, :]).sum(axis=1)
    b = (b1[:, None] * W2).sum(axis=0) + b2
    return W, b


def adding_in_place_to_its_own(W1, b1, W2, b2):
    W = W1 @ W2
    b = b1 @ W2
    b = b + b2
    return (W, b)


RIGHT = [
    Answer("W1 @ W2, b1 @ W2 + b2", right),
    Answer("np.dot", lambda W1, b1, W2, b2: (np.dot(W1, W2), np.dot(b1, W2) + b2)),
    Answer("method dot", lambda W1, b1, W2, b2: (W1.dot(W2), b2 + b1.dot(W2))),
    Answer("np.matmul", lambda W1, b1, W2, b2: (np.matmul(W1, W2), np.add(np.matmul(b1, W2), b2))),
    Answer("W2.T @ b1", lambda W1, b1, W2, b2: (W1 @ W2, W2.T @ b1 + b2)),
    Answer("np.einsum", lambda W1, b1, W2, b2: (np.einsum("ij,jk->ik", W1, W2), np.einsum("j,jk->k", b1, W2) + b2)),
    Answer("np.tensordot", lambda W1, b1, W2, b2: (np.tensordot(W1, W2, axes=1), np.tensordot(b1, W2, axes=1) + b2)),
    Answer("np.linalg.multi_dot", lambda W1, b1, W2, b2: (np.linalg.multi_dot([W1, W2]), b1 @ W2 + b2)),
    Answer("zero and basis vectors through the layers", through_the_layers),
    Answer("block matrices", with_block_matrices),
    Answer("bias appended as a row", with_rows_appended),
    Answer("three loops", by_loops),
    Answer("outer products", by_outer_products),
    Answer("column vectors", with_columns),
    Answer("broadcasting", by_broadcasting),
    Answer("line by line", adding_in_place_to_its_own),
]

#: A pair is asked for: these are pairs of other kinds. The one that subtracts the bias again is right to a rounding
#: that grows with the biases.
DISPUTED = [
    Answer("list of two", lambda W1, b1, W2, b2: [W1 @ W2, b1 @ W2 + b2]),
    Answer("named tuple", lambda W1, b1, W2, b2: Layer(W=W1 @ W2, b=b1 @ W2 + b2)),
    Answer(
        "bias taken off again",
        lambda W1, b1, W2, b2: (
            (np.eye(len(W1)) @ W1 + b1) @ W2 + b2 - (b := b1 @ W2 + b2),
            b,
        ),
    ),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def without_return(W1, b1, W2, b2):
    W = W1 @ W2
    b = b1 @ W2 + b2
    W, b = W, b


def adding_to_b2(W1, b1, W2, b2):
    b2 += b1 @ W2
    return W1 @ W2, b2


def adding_to_b1(W1, b1, W2, b2):
    """Store the hidden bias in the learner's b1."""
    b = b1 @ W2 + b2
    b1[...] = 0
    return W1 @ W2, b


def scaling_W2(W1, b1, W2, b2):
    """Scale the second layer in place and scale back at the end only what is returned."""
    W2 *= 2
    return W1 @ W2 / 2, b1 @ W2 / 2 + b2


def with_rectifier(W1, b1, W2, b2):
    return np.maximum(W1, 0) @ W2, np.maximum(b1, 0) @ W2 + b2


def fitted(W1, b1, W2, b2):
    """Fit the layer to rounded outputs."""
    X = np.vstack([np.zeros(W1.shape[0]), np.eye(W1.shape[0])])
    Y = np.round((X @ W1 + b1) @ W2 + b2, 4)
    return Y[1:] - Y[0], Y[0]


def filling_like_W1(W1, b1, W2, b2):
    W = np.zeros_like(W1)
    W[...] = W1 @ W2
    return W, b1 @ W2 + b2


def in_float32(W1, b1, W2, b2):
    W, b = right(*(a.astype(np.float32) for a in (W1, b1, W2, b2)))
    return W.astype(float), b.astype(float)


def cut_to_whole_numbers(W1, b1, W2, b2):
    return (W1 @ W2).astype(int), (b1 @ W2 + b2).astype(int)


WRONG = [
    wrong("second bias forgotten", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2)),
    wrong("first bias forgotten", lambda W1, b1, W2, b2: (W1 @ W2, b2.copy())),
    wrong("both biases forgotten", lambda W1, b1, W2, b2: (W1 @ W2, np.zeros(W2.shape[1]))),
    wrong("biases added as they are", lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2), "wrong_shape", "raises"),
    wrong("biases multiplied", lambda W1, b1, W2, b2: (W1 @ W2, b1 * b2), "wrong_shape", "raises"),
    wrong("first bias as it is", lambda W1, b1, W2, b2: (W1 @ W2, b1.copy()), "wrong_shape"),
    wrong("sum of the first bias", lambda W1, b1, W2, b2: (W1 @ W2, np.sum(b1) + b2)),
    wrong("mean of the first bias", lambda W1, b1, W2, b2: (W1 @ W2, np.mean(b1) + b2)),
    wrong("column sums of W2 for b1 @ W2", lambda W1, b1, W2, b2: (W1 @ W2, W2.sum(axis=0) + b2)),
    wrong("(b1 + 1) @ W2", lambda W1, b1, W2, b2: (W1 @ W2, (b1 + 1) @ W2 + b2)),
    wrong("b2 subtracted", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 - b2)),
    wrong("b1 @ W2 subtracted", lambda W1, b1, W2, b2: (W1 @ W2, b2 - b1 @ W2)),
    wrong("b2 twice", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + 2 * b2)),
    wrong("bias of the second layer through W2", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2 @ W2), "raises"),
    wrong("biases exchanged", lambda W1, b1, W2, b2: (W1 @ W2, b2 @ W2 + b1), "raises"),
    wrong("b1 through W1", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W1 + b2), "raises"),
    wrong("b1 through the transpose", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2.T + b2), "raises"),
    wrong("W2 from the wrong side", lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2), "raises"),
    wrong("bias through both", lambda W1, b1, W2, b2: (W1 @ W2, (b1 @ W2 + b2) @ W2), "raises"),
    wrong("W2 @ W1", lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2), "raises", "wrong_shape"),
    wrong("W1 * W2", lambda W1, b1, W2, b2: (W1 * W2, b1 @ W2 + b2), "raises", "wrong_shape"),
    wrong("W1 * W2 and b1 * W2", lambda W1, b1, W2, b2: (W1 * W2, b1 * W2 + b2), "raises", "wrong_shape"),
    wrong("W1 + W2", lambda W1, b1, W2, b2: (W1 + W2, b1 + b2), "raises", "wrong_shape"),
    wrong("transposed", lambda W1, b1, W2, b2: ((W1 @ W2).T, b1 @ W2 + b2), "wrong_shape"),
    wrong("transposes multiplied", lambda W1, b1, W2, b2: (W2.T @ W1.T, W2.T @ b1 + b2), "wrong_shape"),
    wrong("W1 @ W2.T", lambda W1, b1, W2, b2: (W1 @ W2.T, W2.T @ b1 + b2), "raises", "wrong_shape"),
    wrong("W1.T @ W2", lambda W1, b1, W2, b2: (W1.T @ W2, b1 @ W2 + b2), "raises", "wrong_shape"),
    wrong("W1 only", lambda W1, b1, W2, b2: (W1.copy(), b1 @ W2 + b2), "wrong_shape"),
    wrong("W2 only", lambda W1, b1, W2, b2: (W2.copy(), b1 @ W2 + b2), "wrong_shape"),
    wrong("bias added to the weights", lambda W1, b1, W2, b2: ((W1 + b1) @ W2, b2.copy())),
    wrong("bias added to the weights and kept", lambda W1, b1, W2, b2: (W1 @ W2 + b2, b1 @ W2 + b2)),
    wrong("np.kron", lambda W1, b1, W2, b2: (np.kron(W1, W2), b1 @ W2 + b2), "wrong_shape"),
    wrong("np.outer for the bias", lambda W1, b1, W2, b2: (W1 @ W2, np.outer(b1, b2)), "wrong_shape"),
    wrong("rectifier between", with_rectifier),
    wrong("tanh between", lambda W1, b1, W2, b2: (np.tanh(W1) @ W2, np.tanh(b1) @ W2 + b2)),
    wrong("minus", lambda W1, b1, W2, b2: (-(W1 @ W2), -(b1 @ W2 + b2)), "sign"),
    wrong("minus W", lambda W1, b1, W2, b2: (-(W1 @ W2), b1 @ W2 + b2), "sign"),
    wrong("W twice", lambda W1, b1, W2, b2: (2 * W1 @ W2, b1 @ W2 + b2), "factor"),
    wrong("divided by the hidden units", lambda W1, b1, W2, b2: (W1 @ W2 / len(b1), b1 @ W2 / len(b1) + b2)),
    wrong("rounded to 4 digits", fitted, "rounded", "approximate"),
    wrong("float32 inside", in_float32, "lower_precision", "approximate"),
    wrong("cut to whole numbers", cut_to_whole_numbers),
    wrong("filled into the shape of W1", filling_like_W1, "raises", "wrong_shape"),
    wrong("first entry of b1 only", lambda W1, b1, W2, b2: (W1 @ W2, b1[0] * W2[0] + b2)),
    wrong("first row of W only", lambda W1, b1, W2, b2: (W1[0] @ W2, b1 @ W2 + b2), "wrong_shape"),
    wrong("W only", lambda W1, b1, W2, b2: W1 @ W2),
    wrong("b only", lambda W1, b1, W2, b2: b1 @ W2 + b2),
    wrong("b before W", lambda W1, b1, W2, b2: (b1 @ W2 + b2, W1 @ W2), "wrong_shape"),
    wrong("three of them", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2, b2.copy())),
    wrong("all four", lambda W1, b1, W2, b2: (W1, b1, W2, b2)),
    wrong("bias as a row with two axes", lambda W1, b1, W2, b2: (W1 @ W2, (b1 @ W2 + b2)[None, :]), "wrong_shape"),
    wrong("bias as a column", lambda W1, b1, W2, b2: (W1 @ W2, (b1 @ W2 + b2).reshape(-1, 1)), "wrong_shape"),
    wrong("bias per input", lambda W1, b1, W2, b2: (W1 @ W2, np.tile(b1 @ W2 + b2, (len(W1), 1))), "wrong_shape"),
    wrong("bias summed", lambda W1, b1, W2, b2: (W1 @ W2, np.sum(b1 @ W2 + b2)), "wrong_shape", "not_an_array"),
    wrong("one array of both", lambda W1, b1, W2, b2: np.vstack([W1 @ W2, b1 @ W2 + b2])),
    wrong("dict", lambda W1, b1, W2, b2: {"W": W1 @ W2, "b": b1 @ W2 + b2}),
    wrong("lists inside", lambda W1, b1, W2, b2: ((W1 @ W2).tolist(), (b1 @ W2 + b2).tolist()), "not_an_array"),
    wrong("string", lambda W1, b1, W2, b2: "W1 @ W2, b1 @ W2 + b2"),
    wrong("a function of x", lambda W1, b1, W2, b2: lambda x: (x @ W1 + b1) @ W2 + b2),
    wrong("zeros", lambda W1, b1, W2, b2: (np.zeros((len(W1), len(b2))), np.zeros(len(b2))), "constant"),
    wrong("hard-coded sizes", lambda W1, b1, W2, b2: (np.eye(2) @ W1 @ W2, b1 @ W2 + b2), "raises"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda *a: print(right(*a)), "returns_none"),
    wrong("adds to b2 in place", adding_to_b2, "changes_argument"),
    wrong("empties b1", adding_to_b1, "changes_argument"),
    wrong("scales W2 in place", scaling_W2, "changes_argument"),
    wrong("caret for the product", lambda W1, b1, W2, b2: (W1 ^ W2, b1 ^ W2 + b2), "raises"),
    wrong("weights first, then biases", lambda W1, W2, b1, b2: (W1 @ W2, b1 @ W2 + b2), "raises"),
    wrong("asks for x", lambda x, W1, b1, W2, b2: (x @ W1 + b1) @ W2 + b2, "raises"),
    wrong("second bias forgotten, minus", lambda W1, b1, W2, b2: (W1 @ W2, -(b1 @ W2))),
    wrong("second bias forgotten, small offset", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + 1e-3)),
    wrong("small offset in W", lambda W1, b1, W2, b2: (W1 @ W2 + 1e-6, b1 @ W2 + b2), "approximate"),
]
