"""Sparsemax: like softmax, but small logits get exactly 0.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis.
"""

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.exponents import total
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise

vectorwise = Vectorwise()


@vectorwise.function
def sparsemax(z: Array, axis: int = -1) -> Array:
    """Return the point nearest to `z` whose entries are at least 0 and sum to 1: max(z - tau, 0).

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers, -inf allowed; dimensionless.
    axis : int, default -1
        The axis along which the results sum to 1; not empty. All other axes are a batch.

    Returns
    -------
    numpy.ndarray
        Values in [0, 1], in the shape and float dtype of `z` (integers give float64). nan or +inf, or nothing but
        -inf, gives nan for its whole vector. Each entry is within 4 eps of the exact value (eps = 2.2e-16; a small
        entry is a difference of large ones, so that it has no more digits).

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `axis` does not exist or is empty.

    Notes
    -----
    The threshold tau is such that the results sum to 1. The entries above it are the support: the largest k of
    them, for the last k at which the k-th largest logit is above (the sum of the k largest, minus 1) / k. Source:
    A. Martins and R. Astudillo, 'From softmax to sparsemax', 2016.
    """
    gap = np.maximum(z - np.max(z, axis=0), -1)  # tau - max is at least -1: what lies below gets 0 anyway
    descending = -np.sort(-gap, axis=0)
    sums = np.cumsum(descending, axis=0)
    k = np.arange(1, len(z) + 1)[:, np.newaxis]
    support = np.count_nonzero(1 + k * descending > sums, axis=0)
    last = np.maximum(support, 1) - 1  # nan is above nothing
    tau = (np.take_along_axis(sums, last[np.newaxis], axis=0) - 1) / (last + 1)
    tau[np.isnan(sums[-1:])] = np.nan  # of one entry, hence of the vector
    return np.maximum(gap - tau, 0)


@vectorwise.matrix
def sparsemax_jacobian(z: Array) -> Array:
    """Return the Jacobian of sparsemax: delta_ik - 1 / (size of the support) on the support, 0 elsewhere.

    Parameters
    ----------
    z : array_like, shape (n,)
        Logits of one vector, n >= 1; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (n, n)
        Symmetric, its rows sum to 0 (up to rounding), in the float dtype of `z` (integers give float64). At a
        kink, where a logit lies on the threshold, it counts as outside the support: one of the one-sided values.
        nan where ``sparsemax`` gives nan.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, or is empty.

    Notes
    -----
    Source: A. Martins and R. Astudillo, 'From softmax to sparsemax', 2016.
    """
    support = _support(z)
    return support * np.eye(len(z)) - support * support.T / total(support)


@vectorwise.product
def sparsemax_vjp(z: Array, g: Array, axis: int = -1) -> Array:
    """Return the vector-Jacobian product of sparsemax: on the support g minus its mean there, elsewhere 0.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; dimensionless.
    g : array_like, shape of `z`
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis of the vectors; not empty.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the logits, in the shape and float dtype of `z` (integers give float64).
        Within 3 eps of abs(J) abs(g); the sum over `axis` is 0 (up to rounding). A logit on the threshold counts
        as outside the support.

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If the shapes differ, or if `axis` does not exist or is empty.
    """
    support = _support(z)
    return support * (g - total(support * g) / total(support))


def _support(z: Array) -> Array:
    """Return 1 where sparsemax is positive, 0 where it is 0, nan where it is nan."""
    p = sparsemax(z, 0)
    return np.sign(p)


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="sparsemax",
        f=sparsemax,
        jacobian=sparsemax_jacobian,
        vjp=sparsemax_vjp,
        formula="max(z[i] - tau, 0)",
        properties=VectorProperties(range=(0, 1), smooth=False, sums_to_1=True, shift_invariant=True),
        reference="A. Martins and R. Astudillo, 'From softmax to sparsemax', ICML 2016.",
    ),
)
