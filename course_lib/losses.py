"""What training makes small: the loss of logistic regression, and its gradient as lesson 03 derives it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.sigmoidal import sigmoid

Array = NDArray[Any]


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
