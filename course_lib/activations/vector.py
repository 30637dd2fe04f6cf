"""Activations of a whole vector, with their Jacobian and vector-Jacobian product: softmax."""

from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.activations.elementwise import Array, as_float
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import VectorActivation


def softmax(z: ArrayLike, axis: int = -1, *, temperature: float = 1.0) -> Any:
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
        nan or +inf gives nan for its whole vector. With temperature 1 and up to about a hundred logits each
        entry is at most 4.1 ULP from the exact value.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `axis` does not exist or is empty, or if the temperature is not positive and finite.

    Notes
    -----
    Subtracting the largest logit changes nothing (lesson 06, 'softmax/shift') and keeps the exponentials from
    overflowing. Source: J. Bridle, 'Probabilistic interpretation of feedforward classification network
    outputs', 1990.
    """
    z, vectors = _vectors(z, axis, temperature, "softmax")
    e, others, _ = _exponentials(vectors, temperature)
    return _as_given(e / (1 + others), z, axis)


def softmax_jacobian(z: ArrayLike, *, temperature: float = 1.0) -> Any:
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
        Symmetric, its rows sum to 0 (up to rounding), in the float dtype of `z` (integers give float64).

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, is empty, or if the temperature is not positive and finite.

    Notes
    -----
    On the diagonal S_i (1 - S_i) would lose its digits where S_i is near 1; there 1 - S_i is taken as the sum
    of the other entries. Derivation: lesson 06, 'softmax/both'.
    """
    if np.ndim(z) != 1:
        raise ValueError(f"softmax_jacobian needs one vector of logits, but z has shape {np.shape(z)}.")
    z, vector = _vectors(z, -1, temperature, "softmax_jacobian")
    e, others, largest = _exponentials(vector, temperature)
    s = e / (1 + others)
    rest = 1 - s
    rest[largest] = (others / (1 + others))[0]
    jacobian = -s[:, np.newaxis] * s
    np.fill_diagonal(jacobian, s * rest)
    return np.asarray(jacobian / temperature, dtype=z.dtype)


def softmax_vjp(z: ArrayLike, g: ArrayLike, axis: int = -1, *, temperature: float = 1.0) -> Any:
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
        If `z` or `g` does not hold real numbers.
    ValueError
        If the shapes differ, if `axis` does not exist or is empty, or if the temperature is not positive and
        finite.

    Notes
    -----
    A constant added to `g` changes nothing, since the rows of the Jacobian sum to 0. So the entry of `g` at the
    largest logit is subtracted first: what is left there is a sum of small numbers, not a difference of large
    ones. Derivation: lesson 06, 'softmax/vjp'.
    """
    g = as_float(g, "softmax_vjp")
    if np.shape(g) != np.shape(z):
        raise ValueError(f"softmax_vjp: g must have the shape of z, {np.shape(z)}, but it has shape {g.shape}.")
    z, vectors = _vectors(z, axis, temperature, "softmax_vjp")
    e, others, largest = _exponentials(vectors, temperature)
    s = e / (1 + others)
    g = np.moveaxis(g.astype(np.float64), axis, -1)
    g = g - np.take_along_axis(g, largest[..., np.newaxis], axis=-1)
    mean = np.sum(s * g, axis=-1, keepdims=True)
    return _as_given(s * (g - mean) / temperature, z, axis)


def _vectors(z: ArrayLike, axis: int, temperature: float, caller: str) -> tuple[Array, Array]:
    """Return `z` as a float array, and in double precision with its vectors along the last axis."""
    _TEMPERATURE.check(caller, "temperature", temperature)
    z = as_float(z, caller)
    if not isinstance(axis, Integral) or not -z.ndim <= axis < z.ndim:
        raise ValueError(f"{caller}: axis {axis!r} does not exist in an array of shape {z.shape}.")
    if z.shape[axis] == 0:
        raise ValueError(f"{caller} needs at least one logit, but axis {axis} of shape {z.shape} is empty.")
    return z, np.ascontiguousarray(np.moveaxis(z.astype(np.float64), axis, -1))


@np.errstate(over="ignore", invalid="ignore")  # an exponent of -inf is welcome; inf - inf becomes nan below
def _exponentials(z: Array, temperature: float) -> tuple[Array, Array, Array]:
    """Return exp((z - max) / temperature), its sum without the largest entry, and where that one is."""
    largest = np.argmax(z, axis=-1)
    half, top = z / 2, np.max(z, axis=-1, keepdims=True) / 2  # halves, since z - max may overflow
    gap = half - top
    back = gap - half
    lost = (half - (gap - back)) - (top + back)  # what that subtraction rounded away (D. Knuth's TwoSum)
    exponent = 2 * (gap / temperature)
    e = np.exp(exponent)
    e = e + e * np.where(exponent > -800, 2 * (lost / temperature), 0)  # below -800 it is 0 anyway
    e = np.where(np.isfinite(top), e, np.nan)
    others = e.copy()
    np.put_along_axis(others, largest[..., np.newaxis], 0, axis=-1)
    return e, np.sum(others, axis=-1, keepdims=True), largest


def _as_given(vectors: Array, z: Array, axis: int) -> Array:
    return np.asarray(np.moveaxis(vectors, -1, axis), dtype=z.dtype)


_TEMPERATURE = Parameter(default=1.0, low=5e-324, high=np.inf, meaning="divides the logits; larger is fairer")

VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="softmax",
        f=softmax,
        jacobian=softmax_jacobian,
        vjp=softmax_vjp,
        reference="J. Bridle, 'Probabilistic interpretation of feedforward classification network outputs', 1990.",
        parameters={"temperature": _TEMPERATURE},
    ),
)
