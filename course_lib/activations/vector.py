"""Softmax with its Jacobian, its vector-Jacobian product and its derivative by the temperature.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis.
"""

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.exponents import NOTHING, TEMPERATURE, exponentials, gaps, total
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise

vectorwise = Vectorwise(takes_singles=True, temperature=TEMPERATURE)


@vectorwise.function
def softmax(z: Array, axis: int = -1, *, temperature: float = 1.0) -> Array:
    """Return exp(z / temperature), divided by its sum along `axis`, without overflow.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers, -inf allowed; dimensionless.
    axis : int, default -1
        The axis along which the results sum to 1; not empty. All other axes are a batch.
    temperature : float, default 1.0
        Positive; dimensionless. Small ones approach a choice of the largest logit, large ones a fair choice.

    Returns
    -------
    numpy.ndarray
        Values in [0, 1], in the shape and float dtype of `z` (integers give float64). A logit of -inf gives 0;
        nan or +inf, or nothing but -inf, gives nan for its whole vector. Each entry is at most 4.1 ULP from the
        exact value (with a temperature above 1e-300).

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If `axis` does not exist or is empty, or if the temperature is not positive and finite.

    Notes
    -----
    Subtracting the largest logit changes nothing (lesson 06, 'softmax/shift') and keeps the exponentials from
    overflowing. Source: J. Bridle, 'Probabilistic interpretation of feedforward classification network
    outputs', 1990.
    """
    e, others = exponentials(z, temperature)
    return e / (1 + others)


@vectorwise.matrix
def softmax_jacobian(z: Array, *, temperature: float = 1.0) -> Array:
    """Return the Jacobian of softmax: entry [i, k] is d S_i / d z_k = S_i (delta_ik - S_k) / temperature.

    Parameters
    ----------
    z : array_like, shape (n,)
        Logits of one vector, n >= 1; dimensionless.
    temperature : float, default 1.0
        Positive; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (n, n)
        Symmetric, its rows sum to 0 (up to rounding), in the float dtype of `z` (integers give float64). At most
        8 ULP from the exact values.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if the temperature is not a number.
    ValueError
        If `z` is not one vector, is empty, or if the temperature is not positive and finite.

    Notes
    -----
    On the diagonal S_i (1 - S_i) would lose its digits where S_i is near 1; there 1 - S_i is taken as the sum
    of the other entries. Derivation: lesson 06, 'softmax/both'.
    """
    e, others = exponentials(z, temperature)
    return jacobian_of(e, others) / temperature


@vectorwise.product
def softmax_vjp(z: Array, g: Array, axis: int = -1, *, temperature: float = 1.0) -> Array:
    """Return the vector-Jacobian product of softmax, S * (g - <g, S>) / temperature, without the Jacobian.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; dimensionless.
    g : array_like, shape of `z`
        What is pulled back: the gradient of a loss with respect to the probabilities; in units of the loss.
    axis : int, default -1
        The axis of the vectors; not empty.
    temperature : float, default 1.0
        Positive; dimensionless.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the logits, in the shape and float dtype of `z` (integers give float64).
        Within 3 eps of abs(J) abs(g); the sum over `axis` is 0 (up to rounding).

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If the shapes differ, if `axis` does not exist or is empty, or if the temperature is not positive and
        finite.

    Notes
    -----
    See ``pulled_back``. Derivation: lesson 06, 'softmax/vjp'.
    """
    e, others = exponentials(z, temperature)
    return pulled_back(e, others, g) / temperature


@vectorwise.function
def softmax_temperature_derivative(z: Array, axis: int = -1, *, temperature: float = 1.0) -> Array:
    """Return d softmax / d temperature: -S * (z - <z, S>) / temperature**2.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers, -inf allowed; dimensionless.
    axis : int, default -1
        The axis of the vectors; not empty.
    temperature : float, default 1.0
        Positive; dimensionless.

    Returns
    -------
    numpy.ndarray
        In the shape and float dtype of `z` (integers give float64); the sum over `axis` is 0 (up to rounding).
        Negative for the largest logit. Within 8 eps of S * (abs(u) + <abs(u), S>) / temperature, where u is
        (z - max) / temperature.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If `axis` does not exist or is empty, or if the temperature is not positive and finite.

    Notes
    -----
    By the chain rule it is the vector-Jacobian product with -z / temperature, in which a constant added to z
    changes nothing. Derivation: an exercise of lesson 06.
    """
    e, others = exponentials(z, temperature)
    gap, _ = gaps(z, np.max(z, axis=0), temperature)
    return pulled_back(e, others, np.maximum(gap, NOTHING)) / -temperature


def pulled_back(e: Array, others: Array, g: Array) -> Array:
    """Return S * (g - <g, S>), from exponentials, the sums of all but their largest, and `g`.

    A constant added to `g` changes nothing, since the rows of softmax's Jacobian sum to 0. So where one entry of
    S is above 1/2, what `g` holds there is subtracted first: then no sum of large numbers stands in for a small
    difference.
    """
    s = e / (1 + others)
    sure = others < 1
    if np.any(sure):
        g = g - np.where(sure, total(np.floor(e) * g), 0)
    back = g - total(s * g)
    back *= s  # in place: less memory is quicker
    return back


def jacobian_of(e: Array, others: Array) -> Array:
    """Return the matrix S_i (delta_ik - S_k), from one vector's exponentials and the sum of all but the largest."""
    s = e / (1 + others)
    rest = np.where(e == 1, others / (1 + others), 1 - s)
    jacobian = -s * s.T
    np.fill_diagonal(jacobian, s * rest)
    return jacobian


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="softmax",
        f=softmax,
        jacobian=softmax_jacobian,
        vjp=softmax_vjp,
        formula="exp(z[i]/temperature)/sum(j, exp(z[j]/temperature))",
        properties=VectorProperties(range=(0, 1), smooth=True, sums_to_1=True, shift_invariant=True),
        reference="J. Bridle, 'Probabilistic interpretation of feedforward classification network outputs', 1990.",
        parameters=vectorwise.parameters,
        parameter_derivatives={"temperature": softmax_temperature_derivative},
    ),
)
