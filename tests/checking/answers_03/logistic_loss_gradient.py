"""Answers to `logistic_loss_gradient`."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    float_dtype,
    logistic,
    masked_logistic,
    partly,
    scalar_logistic,
    slope,
    wrong,
)


def textbook(X, y, w):
    return X.T @ (logistic(X @ w) - y) / X.shape[0]


# --- right ---------------------------------------------------------------------------------------------------


def with_columns(X, y, w):
    """Work with column vectors and flatten at the end."""
    target = y.reshape(-1, 1)
    hypothesis = logistic(np.matmul(X, w.reshape(-1, 1)))
    return (np.matmul(X.T, hypothesis - target) / target.shape[0]).ravel()


def with_labels_plus_minus(X, y, w):
    """Use the labels -1 and 1: the mean of -t x sigma(-t x.w)."""
    t = 2 * y - 1
    weights = -t * logistic(-t * (X @ w))
    return weights @ X / len(t)


def by_classes(X, y, w):
    ones, zeros = X[y == 1], X[y == 0]
    total = -(logistic(-(ones @ w)) @ ones) + logistic(zeros @ w) @ zeros
    return total / (len(ones) + len(zeros))


def sample_by_sample(X, y, w):
    total = np.zeros(w.shape, dtype=float_dtype(X))
    for row, label in zip(X, y, strict=True):
        total += (logistic(np.dot(row, w)) - label) * row
    return total / len(X)


def feature_by_feature(X, y, w):
    error = logistic(X.dot(w)) - y
    return np.array([np.mean(error * X[:, j]) for j in range(X.shape[1])], dtype=float_dtype(X))


def in_pure_python(X, y, w):
    m, n = X.shape
    totals = [0.0] * n
    for i in range(m):
        z = sum(float(X[i, j]) * float(w[j]) for j in range(n))
        error = scalar_logistic(z) - float(y[i])
        for j in range(n):
            totals[j] += error * float(X[i, j])
    return np.array([total / m for total in totals], dtype=float_dtype(X))


def by_chain_rule(X, y, w):
    """Multiply dL/dp, dp/dz and dz/dw out; 0/0 where p is exactly 0 or 1."""
    p = logistic(X @ w)
    dloss_dp = (p - y) / (p * (1 - p))
    dp_dz = p * (1 - p)
    return X.T @ (dloss_dp * dp_dz) / len(y)


def by_label_terms(X, y, w):
    """Differentiate -y log p - (1-y) log(1-p) term by term; 0/0 where p is exactly 0 or 1."""
    p = logistic(X @ w)
    dloss_dp = -y / p + (1 - y) / (1 - p)
    return X.T @ (dloss_dp * p * (1 - p)) / len(y)


RIGHT = [
    Answer("X^T(p-y)/m", textbook),
    Answer("np.dot and 1/m in front", lambda X, y, w: (1 / len(y)) * np.dot(X.T, logistic(np.dot(X, w)) - y)),
    Answer("column vectors", with_columns),
    Answer("mean over samples", lambda X, y, w: np.mean((logistic(X @ w) - y)[:, None] * X, axis=0)),
    Answer("labels -1 and 1", with_labels_plus_minus),
    Answer("classes apart", by_classes),
    Answer("loop over samples", sample_by_sample),
    Answer("two loops and the math module", in_pure_python),
    Answer("loop over features", feature_by_feature),
    Answer("terms with p and y apart", lambda X, y, w: (X.T @ logistic(X @ w)) / X.shape[0] - (X.T @ y) / X.shape[0]),
    Answer("residual from the left", lambda X, y, w: (logistic(X @ w) - y) @ X / y.size),
    Answer("minus X^T(y-p)/m", lambda X, y, w: -(X.T @ (y - logistic(X @ w))) / len(X)),
    Answer("np.einsum", lambda X, y, w: np.einsum("ij,i->j", X, logistic(X @ w) - y) / X.shape[0]),
    Answer("stable sigmoid by masks", lambda X, y, w: X.T @ (masked_logistic(X @ w) - y) / y.shape[0]),
    Answer("tanh form", lambda X, y, w: X.T @ (0.5 + 0.5 * np.tanh(X @ w / 2) - y) / len(y)),
    Answer("np.average", lambda X, y, w: np.average(X * (logistic(X @ w) - y)[:, None], axis=0)),
    Answer("np.tensordot", lambda X, y, w: np.tensordot(logistic(X @ w) - y, X, axes=1) / len(y)),
    partly("chain rule multiplied out", by_chain_rule),
    partly("chain rule with the two label terms", by_label_terms),
    partly("e^z/(1+e^z) inside", lambda X, y, w: X.T @ ((e := np.exp(X @ w)) / (1 + e) - y) / len(y)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def loss(X, y, w):
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z)


def squared_error(X, y, w):
    """Give the gradient of half the mean squared error."""
    p = logistic(X @ w)
    return X.T @ ((p - y) * p * (1 - p)) / len(y)


def central_differences(X, y, w):
    steps = 1e-6 * np.eye(len(w))
    return np.array([(loss(X, y, w + step) - loss(X, y, w - step)) / (2 * 1e-6) for step in steps])


def forward_differences(X, y, w):
    steps = 1e-4 * np.eye(len(w))
    return np.array([(loss(X, y, w + step) - loss(X, y, w)) / 1e-4 for step in steps])


def stepping_in_place(X, y, w):
    """Do the gradient-descent step on the learner's weights as well."""
    gradient = X.T @ (logistic(X @ w) - y) / len(y)
    w -= (0.1 * gradient).astype(w.dtype)
    return gradient


def relabelling_in_place(X, y, w):
    """Turn the labels 0 into -1 in the learner's array."""
    y[y == 0] = -1
    return X.T @ (-y * logistic(-y * (X @ w))) / len(y)


def scaling_in_place(X, y, w):
    """Multiply the samples in place by their residuals."""
    X[...] = X * (logistic(X @ w) - y)[:, None]
    return X.mean(axis=0)


def without_return(X, y, w):
    gradient = X.T @ (logistic(X @ w) - y)
    gradient = gradient / len(y)


def for_one_sample(X, y, w):
    p = logistic(X @ w)
    return X.T @ (p - 1 if y == 1 else p) / len(X)


def last_sample(X, y, w):
    """Overwrite the sum in the loop instead of adding to it."""
    total = np.zeros(len(w))
    for row, label in zip(X, y, strict=True):
        total = (logistic(row @ w) - label) * row
    return total / len(y)


WRONG = [
    wrong("X^T(p-y)", lambda X, y, w: X.T @ (logistic(X @ w) - y), "not_averaged"),
    wrong("sum over samples", lambda X, y, w: np.sum(X * (logistic(X @ w) - y)[:, None], axis=0), "not_averaged"),
    wrong("X^T(y-p)/m", lambda X, y, w: X.T @ (y - logistic(X @ w)) / len(y), "sign"),
    wrong("minus the mean", lambda X, y, w: -np.mean((logistic(X @ w) - y)[:, None] * X, axis=0), "sign"),
    wrong("divided by n", lambda X, y, w: X.T @ (logistic(X @ w) - y) / X.shape[1], "averaged_over_features"),
    wrong("divided by len(w)", lambda X, y, w: (logistic(X @ w) - y) @ X / len(w), "averaged_over_features"),
    wrong("squared error", squared_error, "extra_slope"),
    wrong(
        "residual times the cosh form of the slope",
        lambda X, y, w: X.T @ ((logistic(X @ w) - y) / (2 + 2 * np.cosh(X @ w))) / len(y),
        "extra_slope",
    ),
    wrong("X^T(Xw-y)/m", lambda X, y, w: X.T @ (X @ w - y) / len(y), "no_activation"),
    wrong("per sample", lambda X, y, w: X * (logistic(X @ w) - y)[:, None], "per_sample", "wrong_shape"),
    wrong(
        "per sample, divided by m",
        lambda X, y, w: (logistic(X @ w) - y).reshape(-1, 1) * X / len(y),
        "per_sample",
        "wrong_shape",
    ),
    wrong("the loss", loss, "loss_itself", "wrong_shape", "not_an_array"),
    wrong(
        "the loss from logarithms",
        lambda X, y, w: -np.mean(y * np.log(logistic(X @ w)) + (1 - y) * np.log(1 - logistic(X @ w))),
        "loss_itself",
        "wrong_shape",
        "not_an_array",
    ),
    wrong(
        "mean residual", lambda X, y, w: np.mean(logistic(X @ w) - y), "missing_features", "wrong_shape", "not_an_array"
    ),
    wrong(
        "mean residual for every weight",
        lambda X, y, w: np.full(w.shape, np.mean(logistic(X @ w) - y)),
        "missing_features",
    ),
    wrong("divided by 2m", lambda X, y, w: textbook(X, y, w) / 2, "factor"),
    wrong("twice", lambda X, y, w: 2 / len(y) * X.T @ (logistic(X @ w) - y), "factor"),
    wrong("zeros", lambda X, y, w: np.zeros(w.shape), "constant"),
    wrong("central differences of the loss", central_differences, *DIFFERENCE),
    wrong("forward differences of the loss", forward_differences, *DIFFERENCE),
    wrong("rounded to 6 digits", lambda X, y, w: np.round(textbook(X, y, w), 6), "rounded"),
    wrong(
        "float32 inside",
        lambda X, y, w: textbook(*(a.astype(np.float32) for a in (X, y, w))).astype(float),
        "lower_precision",
    ),
    wrong("epsilon added to p", lambda X, y, w: X.T @ (logistic(X @ w) + 1e-7 - y) / len(y), "approximate"),
    wrong("if on the labels", for_one_sample, "scalar_only", "raises"),
    wrong("math.exp on the scores", lambda X, y, w: X.T @ (1 / (1 + math.exp(-X @ w)) - y), "scalar_only", "raises"),
    wrong("X instead of its transpose", lambda X, y, w: X @ (logistic(X @ w) - y) / len(y), "raises"),
    wrong("weights times X", lambda X, y, w: X.T @ (logistic(w @ X) - y) / len(y), "raises"),
    wrong("no return", without_return, "returns_none"),
    wrong("steps the weights in place", stepping_in_place, "changes_argument"),
    wrong("relabels in place", relabelling_in_place, "changes_argument"),
    wrong("scales the samples in place", scaling_in_place, "changes_argument"),
    wrong("column", lambda X, y, w: textbook(X, y, w).reshape(-1, 1), "wrong_shape"),
    wrong("row with two axes", lambda X, y, w: textbook(X, y, w)[None, :], "wrong_shape"),
    wrong("labels as a column", lambda X, y, w: X.T @ (logistic(X @ w) - y.reshape(-1, 1)) / len(y), "wrong_shape"),
    wrong("summed over features", lambda X, y, w: (X * (logistic(X @ w) - y)[:, None]).mean(axis=1), "wrong_shape"),
    wrong("loss and gradient", lambda X, y, w: (loss(X, y, w), textbook(X, y, w)), "not_an_array"),
    wrong("list", lambda X, y, w: textbook(X, y, w).tolist(), "not_an_array"),
    wrong("sign and not averaged", lambda X, y, w: X.T @ (y - logistic(X @ w))),
    wrong("sign and squared error", lambda X, y, w: -squared_error(X, y, w)),
    wrong("sign and divided by n", lambda X, y, w: X.T @ (y - logistic(X @ w)) / len(w)),
    wrong("squared error, not averaged", lambda X, y, w: len(y) * squared_error(X, y, w)),
    wrong("squared error, twice", lambda X, y, w: 2 * squared_error(X, y, w)),
    wrong("divided by the number of entries", lambda X, y, w: X.T @ (logistic(X @ w) - y) / X.size),
    wrong("divided by m-1", lambda X, y, w: X.T @ (logistic(X @ w) - y) / (len(y) - 1)),
    wrong("with a penalty on the weights", lambda X, y, w: textbook(X, y, w) + 0.01 * w),
    wrong("lost minus in the sigmoid", lambda X, y, w: X.T @ (1 / (1 + np.exp(X @ w)) - y) / len(y)),
    wrong("labels swapped", lambda X, y, w: X.T @ (logistic(X @ w) - (1 - y)) / len(y)),
    wrong("labels forgotten", lambda X, y, w: X.T @ logistic(X @ w) / len(y)),
    wrong("tanh for the sigmoid", lambda X, y, w: X.T @ (np.tanh(X @ w) - y) / len(y)),
    wrong("thresholded prediction", lambda X, y, w: X.T @ ((X @ w > 0) - y) / len(y)),
    wrong("only the samples with label 1", lambda X, y, w: X.T @ (y * (logistic(X @ w) - 1)) / len(y)),
    wrong("absolute residual", lambda X, y, w: X.T @ np.abs(logistic(X @ w) - y) / len(y)),
    wrong("squared residual", lambda X, y, w: X.T @ (logistic(X @ w) - y) ** 2 / len(y)),
    wrong("slope for the residual", lambda X, y, w: X.T @ slope(X @ w) / len(y)),
    wrong("missing slope: dL/dp", lambda X, y, w: X.T @ ((logistic(X @ w) - y) / slope(X @ w)) / len(y)),
    wrong("p(1-p) with the scores for p", lambda X, y, w: X.T @ ((X @ w) * (1 - X @ w) - y) / len(y)),
    wrong("first sample only", lambda X, y, w: X[0] * (logistic(X[0] @ w) - y[0])),
    wrong("last sample only, divided by m", last_sample),
    wrong("weights after a step", lambda X, y, w: w - 0.1 * textbook(X, y, w)),
    wrong("gradient of unit length", lambda X, y, w: (g := textbook(X, y, w)) / np.linalg.norm(g)),
]
