"""Activations that are polynomials: the identity."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.registry import Activation, Properties


@elementwise
def identity(x: Array) -> Array:
    """Return a copy of `x`: the activation of a layer that is linear.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Equal to `x`, in its shape and float dtype (integers give float64); never a view of it.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    """
    return np.array(x)


@elementwise
def identity_derivative(x: Array) -> Array:
    """Return 1 for every entry of `x`, and nan for nan: the slope of the identity.

    This is the element-wise derivative. The Jacobian of the identity is the identity matrix.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Ones in the shape and float dtype of `x` (integers give float64); 1 at +-inf as well. No kinks.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    """
    return np.where(np.isnan(x), x, 1.0)


ACTIVATIONS = (
    Activation(
        name="identity",
        f=identity,
        derivative=identity_derivative,
        derivative_from_output=identity_derivative,
        expression="x",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=True, zero_centred=True),
        reference="As old as the linear unit: B. Widrow and M. E. Hoff, 'Adaptive switching circuits', 1960.",
    ),
)
