"""Gated linear units: one half of a vector lets the other half through.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis. Its first
half is a, the value; its second half is b, from which the gate is made.
"""

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.gated import silu, silu_derivative
from course_lib.activations.gelu import gelu, gelu_derivative
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise

vectorwise = Vectorwise(group=2)


@vectorwise.function
def glu(z: Array, axis: int = -1) -> Array:
    """Return a * sigma(b), where a is the first half of `z` along `axis` and b the second.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; real numbers; dimensionless.
    axis : int, default -1
        The axis that is split into two halves; its length is even. All other axes are a batch.

    Returns
    -------
    numpy.ndarray
        Like `z`, but `axis` is half as long; in the float dtype of `z` (integers give float64). nan only where a
        or b is nan, or where a is infinite and the gate is 0. At most 4.1 ULP
        from the exact value, unless the gate is below 2.2e-308 (b < -708) and has fewer digits itself.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `axis` does not exist, is empty, or has an odd length.

    Notes
    -----
    Which half is gated differs: torch, jax and keras do as here; in some code the first half makes the gate.
    Source: Y. Dauphin, A. Fan, M. Auli and D. Grangier, 'Language modeling with gated convolutional networks', 2017.
    """
    a, b = _halves(z)
    return a * sigmoid(b)


@vectorwise.matrix
def glu_jacobian(z: Array) -> Array:
    """Return the Jacobian of glu: two diagonals, sigma(b) by the values and a * sigma'(b) by the gates.

    Parameters
    ----------
    z : array_like, shape (2 m,)
        Pre-activations of one vector, the m values first; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (m, 2 m)
        In the float dtype of `z` (integers give float64). As accurate as sigmoid and its derivative.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, is empty, or has an odd length.

    Notes
    -----
    Derivation: lesson 08, 'glu/value' and 'glu/gate'.
    """
    a, b = _halves(z[:, 0])
    return np.hstack([np.diag(sigmoid(b)), np.diag(a * sigmoid_derivative(b))])


@vectorwise.product
def glu_vjp(z: Array, g: Array, axis: int = -1) -> Array:
    """Return the vector-Jacobian product of glu: g * sigma(b) for the values, g * a * sigma'(b) for the gates.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; dimensionless.
    g : array_like, shape of ``glu(z)``
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis that is split into two halves.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the inputs, in the shape and float dtype of `z` (integers give float64). Each
        entry has one term: nothing cancels but in sigmoid and its derivative themselves.

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `g` has another shape, or if `axis` does not exist, is empty, or has an odd length.
    """
    a, b = _halves(z)
    return np.concatenate([g * sigmoid(b), g * (a * sigmoid_derivative(b))])


# --- silu as the gate ----------------------------------------------------------------------------------------------


@vectorwise.function
def swiglu(z: Array, axis: int = -1) -> Array:
    """Return a * silu(b), where a is the first half of `z` along `axis` and b the second.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; real numbers; dimensionless.
    axis : int, default -1
        The axis that is split into two halves; its length is even. All other axes are a batch.

    Returns
    -------
    numpy.ndarray
        Like `z`, but `axis` is half as long; in the float dtype of `z` (integers give float64). nan only where a
        or b is nan, or where a is infinite and the gate is 0. As accurate as
        silu, unless silu(b) is below 2.2e-308 (b < -714) and has fewer digits itself.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `axis` does not exist, is empty, or has an odd length.

    Notes
    -----
    silu(b) is b * sigma(b). Which half is gated differs: transformers often have two layers instead of one split
    vector, and code that splits one often takes silu of the first half, as in ``x1, x2 = split(x)`` and
    ``silu(x1) * x2``. Source: N. Shazeer, 'GLU variants improve transformer', 2020.
    """
    a, b = _halves(z)
    return a * silu(b)


@vectorwise.matrix
def swiglu_jacobian(z: Array) -> Array:
    """Return the Jacobian of swiglu: two diagonals, silu(b) by the values and a * silu'(b) by the gates.

    Parameters
    ----------
    z : array_like, shape (2 m,)
        Pre-activations of one vector, the m values first; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (m, 2 m)
        In the float dtype of `z` (integers give float64). As accurate as silu and its derivative.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, is empty, or has an odd length.
    """
    a, b = _halves(z[:, 0])
    return np.hstack([np.diag(silu(b)), np.diag(a * silu_derivative(b))])


@vectorwise.product
def swiglu_vjp(z: Array, g: Array, axis: int = -1) -> Array:
    """Return the vector-Jacobian product of swiglu: g * silu(b) for the values, g * a * silu'(b) for the gates.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; dimensionless.
    g : array_like, shape of ``swiglu(z)``
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis that is split into two halves.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the inputs, in the shape and float dtype of `z` (integers give float64). Each
        entry has one term: nothing cancels but in silu and its derivative themselves.

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `g` has another shape, or if `axis` does not exist, is empty, or has an odd length.
    """
    a, b = _halves(z)
    return np.concatenate([g * silu(b), g * (a * silu_derivative(b))])


# --- gelu as the gate ----------------------------------------------------------------------------------------------


@vectorwise.function
def geglu(z: Array, axis: int = -1) -> Array:
    """Return a * gelu(b), where a is the first half of `z` along `axis` and b the second.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; real numbers; dimensionless.
    axis : int, default -1
        The axis that is split into two halves; its length is even. All other axes are a batch.

    Returns
    -------
    numpy.ndarray
        Like `z`, but `axis` is half as long; in the float dtype of `z` (integers give float64). nan only where a
        or b is nan, or where a is infinite and the gate is 0. As accurate as
        gelu, unless gelu(b) is below 2.2e-308 (b < -37.5) and has fewer digits itself.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `axis` does not exist, is empty, or has an odd length.

    Notes
    -----
    The exact gelu, b times the normal distribution function of b, not its approximation by tanh. Which half is
    gated differs: ``x1 * gelu(x2)`` as here is usual, ``gelu(x1) * x2`` is found too. Source: N. Shazeer, 'GLU
    variants improve transformer', 2020.
    """
    a, b = _halves(z)
    return a * gelu(b)


@vectorwise.matrix
def geglu_jacobian(z: Array) -> Array:
    """Return the Jacobian of geglu: two diagonals, gelu(b) by the values and a * gelu'(b) by the gates.

    Parameters
    ----------
    z : array_like, shape (2 m,)
        Pre-activations of one vector, the m values first; dimensionless.

    Returns
    -------
    numpy.ndarray, shape (m, 2 m)
        In the float dtype of `z` (integers give float64). As accurate as gelu and its derivative.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If `z` is not one vector, is empty, or has an odd length.
    """
    a, b = _halves(z[:, 0])
    return np.hstack([np.diag(gelu(b)), np.diag(a * gelu_derivative(b))])


@vectorwise.product
def geglu_vjp(z: Array, g: Array, axis: int = -1) -> Array:
    """Return the vector-Jacobian product of geglu: g * gelu(b) for the values, g * a * gelu'(b) for the gates.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; dimensionless.
    g : array_like, shape of ``geglu(z)``
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis that is split into two halves.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the inputs, in the shape and float dtype of `z` (integers give float64). Each
        entry has one term: nothing cancels but in gelu and its derivative themselves.

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` is not a number.
    ValueError
        If `g` has another shape, or if `axis` does not exist, is empty, or has an odd length.
    """
    a, b = _halves(z)
    return np.concatenate([g * gelu(b), g * (a * gelu_derivative(b))])


def _halves(z: Array) -> tuple[Array, Array]:
    half = len(z) // 2
    return z[:half], z[half:]


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="glu",
        f=glu,
        jacobian=glu_jacobian,
        vjp=glu_vjp,
        formula="a[i]*sigma(b[i])",
        properties=VectorProperties(range=(-np.inf, np.inf), smooth=True),
        reference="Y. Dauphin et al., 'Language modeling with gated convolutional networks', ICML 2017.",
        group=vectorwise.group,
    ),
    VectorActivation(
        name="swiglu",
        f=swiglu,
        jacobian=swiglu_jacobian,
        vjp=swiglu_vjp,
        formula="a[i]*silu(b[i])",
        properties=VectorProperties(range=(-np.inf, np.inf), smooth=True),
        reference="N. Shazeer, 'GLU variants improve transformer', 2020.",
        group=vectorwise.group,
    ),
    VectorActivation(
        name="geglu",
        f=geglu,
        jacobian=geglu_jacobian,
        vjp=geglu_vjp,
        formula="a[i]*gelu(b[i])",
        properties=VectorProperties(range=(-np.inf, np.inf), smooth=True),
        reference="N. Shazeer, 'GLU variants improve transformer', 2020.",
        group=vectorwise.group,
    ),
)
