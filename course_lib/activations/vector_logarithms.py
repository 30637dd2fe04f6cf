"""The logarithm of softmax, and the logarithm of a sum of exponentials.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis.
"""

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.exponents import exponentials, total
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise

vectorwise = Vectorwise()
product = Vectorwise(takes_singles=True).product


@vectorwise.function
def log_softmax(z: Array, axis: int = -1) -> Array:
    """Return the logarithm of softmax, z - max - log(1 + the sum of the other exponentials).

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers, -inf allowed; dimensionless.
    axis : int, default -1
        The axis of the vectors; not empty. All other axes are a batch.

    Returns
    -------
    numpy.ndarray
        Values <= 0, in the shape and float dtype of `z` (integers give float64); in nats. A logit of -inf gives
        -inf; nan or +inf, or nothing but -inf, gives nan for its whole vector. Each entry is at most 4.1 ULP from
        the exact value, where it is near 0 as well.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `axis` does not exist or is empty.

    Notes
    -----
    Neither term is ever positive, so that nothing cancels; log(softmax(z)) loses its digits near 0, and is -inf
    where softmax has become 0. Derivation: lesson 07, 'log_softmax/form'. Source: J. Bridle, 'Probabilistic
    interpretation of feedforward classification network outputs', 1990.
    """
    _, others = exponentials(z)
    return (z - np.max(z, axis=0)) - np.log1p(others)


@vectorwise.matrix
def log_softmax_jacobian(z: Array) -> Array:
    """Return the Jacobian of log-softmax: entry [i, k] is d ln S_i / d z_k = delta_ik - S_k.

    Parameters
    ----------
    z : array_like, shape (n,)
        Logits of one vector, n >= 1; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (n, n)
        Its rows sum to 0 (up to rounding), in the float dtype of `z` (integers give float64). At most 5 ULP from
        the exact values.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, or is empty.

    Notes
    -----
    Where S_k is near 1, 1 - S_k is taken as the sum of the other entries. Derivation: lesson 07,
    'log_softmax/jacobian'.
    """
    e, others = exponentials(z)
    s = e / (1 + others)
    jacobian = np.repeat(-s.T, len(z), axis=0)
    np.fill_diagonal(jacobian, np.where(e == 1, others / (1 + others), 1 - s))
    return jacobian


@product
def log_softmax_vjp(z: Array, g: Array, axis: int = -1) -> Array:
    """Return the vector-Jacobian product of log-softmax, g - S * (the sum of g), without the Jacobian.

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
        Within 3 eps of abs(J) abs(g); the sum over `axis` is 0 (up to rounding).

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If the shapes differ, or if `axis` does not exist or is empty.

    Notes
    -----
    Where S_k is above 1/2, g_k (1 - S_k) is taken together, and 1 - S_k as the sum of the other entries of S: the
    difference of g_k and S_k g_k would have few digits left.
    """
    e, others = exponentials(z)
    s = e / (1 + others)
    back = g - s * total(g)
    if np.any(others < 1):
        sure = (others < 1) & (e == 1)  # where S is above 1/2
        np.copyto(back, g * (others / (1 + others)) - s * total(np.where(sure, 0, g)), where=sure)
    return back


# --- the logarithm of the sum ------------------------------------------------------------------------------------

to_one_number = Vectorwise(keeps_axis=False, takes_singles=True)


@to_one_number.function
def logsumexp(z: Array, axis: int = -1) -> Array:
    """Return the logarithm of the sum of the exponentials, max + log(1 + the sum of the other exponentials).

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers; dimensionless.
    axis : int, default -1
        The axis that is summed over; not empty. All other axes are a batch.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape of `z` without `axis`, in its float dtype (integers give float64); in nats. From max(z) to
        max(z) + log(n). The limits +inf where an entry is +inf, and -inf where all are -inf; nan for nan. At most
        4.1 ULP from the exact value where max(z) >= 0 or the result is below max(z) / 2; in between the two terms
        cancel, and the result is within 3 ULP of the larger of them.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `axis` does not exist or is empty.

    Notes
    -----
    Near a zero of the function, such as z = (-log 2, -log 2), a change of z in its last digit changes every digit
    of the result: more of them would need exponentials of twice the precision. The gradient is softmax.
    Derivation: lesson 07, 'logsumexp/shift'. Source: D. Ackley, G. Hinton and T. Sejnowski, 'A learning algorithm
    for Boltzmann machines', 1985, where it is the negative free energy.
    """
    _, others = exponentials(z)
    largest = np.max(z, axis=0)
    return np.where(np.isinf(largest), largest, largest + np.log1p(others[0]))


@to_one_number.matrix
def logsumexp_jacobian(z: Array) -> Array:
    """Return the Jacobian of logsumexp, one row: entry [0, k] is softmax's k-th output.

    Parameters
    ----------
    z : array_like, shape (n,)
        Logits of one vector, n >= 1; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (1, n)
        In the float dtype of `z` (integers give float64). At most 4.1 ULP from the exact values.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, or is empty.

    Notes
    -----
    Derivation: lesson 07, 'logsumexp/gradient'.
    """
    e, others = exponentials(z)
    return (e / (1 + others)).T


@to_one_number.product
def logsumexp_vjp(z: Array, g: Array, axis: int = -1) -> Array:
    """Return the vector-Jacobian product of logsumexp, softmax(z) * g.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; dimensionless.
    g : array_like, shape of `z` without `axis`
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis of the vectors; not empty.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the logits, in the shape and float dtype of `z` (integers give float64). At
        most 5 ULP from the exact values.

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `g` has another shape, or if `axis` does not exist or is empty.
    """
    e, others = exponentials(z)
    return e / (1 + others) * g


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="log_softmax",
        f=log_softmax,
        jacobian=log_softmax_jacobian,
        vjp=log_softmax_vjp,
        formula="z[i] - log(sum(j, exp(z[j])))",
        properties=VectorProperties(range=(-np.inf, 0), smooth=True, shift_invariant=True),
        reference="J. Bridle, 'Probabilistic interpretation of feedforward classification network outputs', 1990.",
    ),
    VectorActivation(
        name="logsumexp",
        f=logsumexp,
        jacobian=logsumexp_jacobian,
        vjp=logsumexp_vjp,
        formula="log(sum(j, exp(z[j])))",
        properties=VectorProperties(range=(-np.inf, np.inf), smooth=True, shift_equivariant=True),
        reference="D. Ackley, G. Hinton and T. Sejnowski, 'A learning algorithm for Boltzmann machines', 1985.",
    ),
)
