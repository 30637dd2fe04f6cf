"""Activations that are polynomials: the identity, and any other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Coefficients
from course_lib.activations.registry import Activation, Properties

_COEFFICIENTS = Coefficients(default=(0.0, 0.0, 1.0), meaning="c0, c1, c2 ... of c0 + c1 x + c2 x**2 + ...")


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
    """
    return np.where(np.isnan(x), x, 1.0)


# --- polynomial ----------------------------------------------------------------------------------------------


@elementwise(coefficients=_COEFFICIENTS)
def polynomial(x: Array, coefficients: Sequence[float] = (0.0, 0.0, 1.0)) -> Array:
    """Return c0 + c1 x + c2 x**2 + ...: by default the square of x.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    coefficients : list of float, default (0.0, 0.0, 1.0)
        c0, c1, c2 ... of c0 + c1 x + c2 x**2 + ..., at least one, finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `x` (integers give float64); nan for nan. Infinite where it is too large for a
        float, without a warning. Near its zeros a polynomial of several terms cancels.

    Notes
    -----
    A polynomial activation is not a polynomial kernel, which compares two vectors. Source: R. Livni, S. Shalev-Shwartz
    and O. Shamir, 'On the computational efficiency of training neural networks', 2014.
    """
    return _horner(x, coefficients)


@elementwise(coefficients=_COEFFICIENTS)
def polynomial_derivative(x: Array, coefficients: Sequence[float] = (0.0, 0.0, 1.0)) -> Array:
    """Return the slope of the polynomial at `x`: c1 + 2 c2 x + 3 c3 x**2 + ...

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    coefficients : list of float, default (0.0, 0.0, 1.0)
        c0, c1, c2 ... of c0 + c1 x + c2 x**2 + ..., at least one, finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `x` (integers give float64); nan for nan. No kinks.

    Notes
    -----
    Derivation: lesson 01, 'slopes/square', for the default.
    """
    return _horner(x, [power * c for power, c in enumerate(coefficients)][1:] or [0.0])


def polynomial_coefficients_derivative(x: ArrayLike, coefficients: Sequence[float] = (0.0, 0.0, 1.0)) -> Any:
    """Return the derivatives of the polynomial with respect to its coefficients: 1, x, x**2, ...

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    coefficients : list of float, default (0.0, 0.0, 1.0)
        c0, c1, c2 ..., at least one, finite; only their number matters. Dimensionless.

    Returns
    -------
    numpy.ndarray
        In the float dtype of `x` (integers give float64), with one more axis before those of `x`: entry [k, ...]
        belongs to the coefficient of x**k. 0 to the power 0 is 1; nan for nan.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If there are no coefficients, or one of them is not finite.
    """
    _COEFFICIENTS.check("polynomial_coefficients_derivative", "coefficients", coefficients)
    units = np.eye(len(coefficients)).tolist()
    return np.stack([np.asarray(polynomial(x, unit)) for unit in units])


@np.errstate(over="ignore")
def _horner(x: Array, coefficients: Sequence[float]) -> Array:
    """Return the polynomial from the inside out, ((c3 x + c2) x + c1) x + c0, which needs no powers."""
    while len(coefficients) > 1 and coefficients[-1] == 0:
        coefficients = coefficients[:-1]  # 0 times inf would be nan
    value = np.where(np.isnan(x), x, coefficients[-1])
    for c in reversed(coefficients[:-1]):
        value = value * x + c
    return value


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
    Activation(
        name="polynomial",
        f=polynomial,
        derivative=polynomial_derivative,
        expression="c0 + c1*x + c2*x**2",
        properties=Properties(range=(0.0, np.inf), monotonic=False, smooth=True, zero_centred=False),
        reference="R. Livni, S. Shalev-Shwartz and O. Shamir, 'On the computational efficiency of training neural "
        "networks', 2014.",
        parameters={"coefficients": _COEFFICIENTS},
        parameter_derivatives={"coefficients": polynomial_coefficients_derivative},
    ),
)
