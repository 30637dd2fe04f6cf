"""What training makes small: the loss of logistic regression as in lesson 03, cross-entropy as in lesson 07."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.activations.elementwise import Array, as_float
from course_lib.activations.exponents import exponentials, total
from course_lib.activations.sigmoidal import sigmoid
from course_lib.activations.vectorwise import Vectorwise


def logistic_loss(X: Array, y: Array, w: Array) -> Any:
    """Return the mean negative log-likelihood of logistic regression.

    Parameters
    ----------
    X : numpy.ndarray, shape (m, n)
        Samples in rows, m >= 1, any real numbers; a column of ones gives the bias. Dimensionless.
    y : numpy.ndarray, shape (m,)
        Labels, 0 or 1.
    w : numpy.ndarray, shape (..., n)
        Weights, dimensionless; of several rows each is a model of its own.

    Returns
    -------
    float or numpy.ndarray, shape (...), float64
        In nats for each sample, >= 0: a number for one row of weights.

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Notes
    -----
    For a score z and its label the loss is -y ln sigma(z) - (1 - y) ln(1 - sigma(z)), which is
    log(1 + exp(z)) - y z; ``logaddexp`` computes the first term without overflow.
    """
    z = w @ X.T
    return np.mean(np.logaddexp(0, z) - y * z, axis=-1)


def logistic_loss_gradient(X: Array, y: Array, w: Array) -> NDArray[np.float64]:
    """Return the gradient of ``logistic_loss`` by the weights: X^T (sigma(X w) - y) / m.

    Parameters
    ----------
    X : numpy.ndarray, shape (m, n)
        Samples in rows, m >= 1, any real numbers. Dimensionless.
    y : numpy.ndarray, shape (m,)
        Labels, 0 or 1.
    w : numpy.ndarray, shape (n,)
        Weights, dimensionless.

    Returns
    -------
    numpy.ndarray, shape (n,), float64
        In nats for each sample and unit of weight.

    Raises
    ------
    ValueError
        If the shapes do not fit together.
    """
    return np.asarray(X.T @ (sigmoid(X @ w) - y) / len(y))


# --- cross-entropy of softmax -----------------------------------------------------------------------------------

with_labels = Vectorwise()  # each column of z and of y is one sample


@with_labels.product
def cross_entropy(z: Array, y: Array, axis: int = -1) -> Array:
    """Return the cross-entropy of the labels and softmax of the logits, for each sample: -<y, ln softmax(z)>.

    Parameters
    ----------
    z : array_like, shape (..., n)
        Logits, n >= 1; real numbers, -inf allowed; dimensionless.
    y : array_like, shape of `z`
        Labels, a distribution along `axis`: 1 for the right class and 0 for the others, or a share for each class.
    axis : int, default -1
        The axis of the classes. All other axes are samples.

    Returns
    -------
    numpy.ndarray or numpy scalar, shape of `z` without `axis`
        In nats, >= 0; not averaged; in the float dtype of `z` (integers give float64). +inf where a class with a
        share has the logit -inf; nan where softmax is nan. At most 6 ULP from the exact value.

    Raises
    ------
    TypeError
        If `z` or `y` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If the shapes differ, if `axis` does not exist or is empty, or if `y` is not a distribution (an entry below
        0, or a sum that is off 1 by more than 1e-4).

    Notes
    -----
    All terms have the same sign, so that nothing cancels: a sure and right answer has a small loss with all its
    digits. A class without a share adds 0, even where its logit is -inf. Derivation: lesson 07,
    'log_softmax/form'. Source: J. Bridle, 'Probabilistic interpretation of feedforward classification network
    outputs', 1990.
    """
    _check_distribution("cross_entropy", y)
    _, others = exponentials(z)
    terms = y * ((np.max(z, axis=0) - z) + np.log1p(others))
    terms[y == 0] = 0
    return total(terms)[0]


@with_labels.product
def cross_entropy_gradient(z: Array, y: Array, axis: int = -1) -> Array:
    """Return the gradient of ``cross_entropy`` with respect to the logits, for each sample: softmax(z) - y.

    Parameters
    ----------
    z : array_like, shape (..., n)
        Logits, n >= 1; real numbers, -inf allowed; dimensionless.
    y : array_like, shape of `z`
        Labels, a distribution along `axis`.
    axis : int, default -1
        The axis of the classes. All other axes are samples.

    Returns
    -------
    numpy.ndarray, shape of `z`
        In nats for each unit of a logit; not averaged; in the float dtype of `z` (integers give float64). The sum
        over `axis` is 0 (up to rounding). At most 4.1 ULP from the exact value where a label is 0 or 1; else
        within 2 eps of S + y, or of (1 - S) + (1 - y) where S is above 1/2.

    Raises
    ------
    TypeError
        If `z` or `y` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If the shapes differ, if `axis` does not exist or is empty, or if `y` is not a distribution.

    Notes
    -----
    Where S is near 1, S - y has few digits left; there it is (1 - y) - (1 - S), with 1 - S taken as the sum of the
    other entries of S. Derivation: lesson 07, 'cross_entropy/softmax'.
    """
    _check_distribution("cross_entropy_gradient", y)
    e, others = exponentials(z)
    near_1 = (others < 1) & (e == 1)
    return np.where(near_1, (1 - y) - others / (1 + others), e / (1 + others) - y)


def _check_distribution(caller: str, y: Array) -> None:
    sums = np.sum(y, axis=0)
    if np.any(y < 0) or np.any(np.abs(sums - 1) > 1e-4):
        wrong = f"it holds {y.min():g}" if np.any(y < 0) else f"a sum is {sums[np.abs(sums - 1) > 1e-4][0]:g}"
        raise ValueError(f"{caller}: y must be distributions, with no entry below 0 and the sum 1, but {wrong}.")


# --- cross-entropy of the sigmoid -------------------------------------------------------------------------------


def binary_cross_entropy_with_logits(x: ArrayLike, y: ArrayLike) -> Any:
    """Return the cross-entropy of the labels and sigma(x): -y ln sigma(x) - (1 - y) ln(1 - sigma(x)).

    Parameters
    ----------
    x : array_like
        Logits, any shape, any real numbers; dimensionless.
    y : array_like, shape of `x`, or one number
        Labels, from 0 to 1: the share of the class 1.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In nats, >= 0; not averaged; in the shape and float dtype of `x` (integers give float64). The limits at
        -inf and +inf: 0 for the right side, +inf for the wrong one. nan for nan. At most 3 ULP from the exact value.

    Raises
    ------
    TypeError
        If `x` or `y` does not hold real numbers.
    ValueError
        If the shapes differ, or if a label is not between 0 and 1.

    Notes
    -----
    It is softplus(x) - y x, in which large numbers cancel; here the two terms of softplus(x) = max(x, 0) +
    log(1 + exp(-abs(x))) are kept apart, and no term is negative. Derivation: lesson 07,
    'binary_cross_entropy/form'.
    """
    logits, labels, dtype = _logits_and_labels("binary_cross_entropy_with_logits", x, y)
    a = np.abs(logits)
    wrong = np.where(logits > 0, 1 - labels, labels)  # the share of the class that x speaks against
    with np.errstate(invalid="ignore"):
        linear = np.where(wrong == 0, 0, a * wrong)  # 0, too, where a is infinite
    return (linear + np.log1p(np.exp(-a))).astype(dtype)[()]


def binary_cross_entropy_with_logits_gradient(x: ArrayLike, y: ArrayLike) -> Any:
    """Return the slope of ``binary_cross_entropy_with_logits`` with respect to the logit: sigma(x) - y.

    Parameters
    ----------
    x : array_like
        Logits, any shape, any real numbers; dimensionless.
    y : array_like, shape of `x`, or one number
        Labels, from 0 to 1: the share of the class 1.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In nats for each unit of the logit; not averaged; in the shape and float dtype of `x` (integers give
        float64). The limits -y and 1 - y at -inf and +inf, nan for nan. At most 4.1 ULP from the exact value where
        the label is 0 or 1, else within 3 eps of (1 - y) sigma(x) + y sigma(-x).

    Raises
    ------
    TypeError
        If `x` or `y` does not hold real numbers.
    ValueError
        If the shapes differ, or if a label is not between 0 and 1.

    Notes
    -----
    1 - sigma(x) is sigma(-x): so the slope is (1 - y) sigma(x) - y sigma(-x), and for y = 1 and a large x the tiny
    difference keeps its digits. Derivation: lesson 07, 'binary_cross_entropy/gradient'.
    """
    logits, labels, dtype = _logits_and_labels("binary_cross_entropy_with_logits_gradient", x, y)
    return ((1 - labels) * sigmoid(logits) - labels * sigmoid(-logits)).astype(dtype)[()]


def _logits_and_labels(caller: str, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array, Any]:
    """Return both in float64, and the dtype of the result."""
    logits, labels = as_float(x, caller), as_float(y, caller)
    if labels.ndim and labels.shape != logits.shape:
        raise ValueError(f"{caller}: y must have the shape of x, {logits.shape}, but it has {labels.shape}.")
    outside = labels[(labels < 0) | (labels > 1)]
    if outside.size:
        raise ValueError(f"{caller}: y must be between 0 and 1, but it holds {outside.flat[0]:g}.")
    return logits.astype(np.float64), labels.astype(np.float64), logits.dtype
