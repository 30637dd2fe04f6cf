"""Rectified activations: straight pieces that meet in a kink. ReLU, leaky ReLU, PReLU, ReLU6."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.registry import Activation, Parameter, Properties

# --- ReLU ----------------------------------------------------------------------------------------------------


@elementwise
def relu(x: Array) -> Array:
    """Return max(0, x), the rectified linear unit.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, in the shape and float dtype of `x` (integers give float64); nan for nan.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    Source: V. Nair and G. Hinton, 'Rectified linear units improve restricted Boltzmann machines', 2010.
    """
    return np.maximum(x, 0)


@elementwise
def relu_derivative(x: Array) -> Array:
    """Return the slope of ReLU at `x`: 1 right of 0, 0 left of it, and 0 at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At 0 ReLU has no
        derivative: any number from 0 to 1 is a subgradient, and 0 is the one that most libraries choose.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    """
    return np.heaviside(x, 0.0)  # a step from 0 to 1; its second argument is the value at 0


# --- leaky ReLU and PReLU ------------------------------------------------------------------------------------


@elementwise
def leaky_relu(x: Array, alpha: float = 0.01) -> Array:
    """Return x right of 0, and alpha x left of it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 0.01
        Slope left of 0, from 0 to 1; dimensionless. With 0 it is ReLU, with 1 the identity.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Rounded once at most, in the shape and float dtype of `x` (integers give float64); nan for nan.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `alpha` is not between 0 and 1.

    Notes
    -----
    Source: A. Maas, A. Hannun and A. Ng, 'Rectifier nonlinearities improve neural network acoustic models', 2013.
    """
    _ALPHA.check("leaky_relu", "alpha", alpha)
    return _bent(x, alpha)


@elementwise
def leaky_relu_derivative(x: Array, alpha: float = 0.01) -> Array:
    """Return the slope of leaky ReLU at `x`: 1 right of 0, alpha left of it, and alpha at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 0.01
        Slope left of 0, from 0 to 1; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        alpha or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At 0 there is no
        derivative unless alpha is 1: any number from alpha to 1 is a subgradient.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `alpha` is not between 0 and 1.
    """
    _ALPHA.check("leaky_relu_derivative", "alpha", alpha)
    return _slope_of_bent(x, alpha)


@elementwise
def prelu(x: Array, alpha: float = 0.25) -> Array:
    """Return x right of 0, and alpha x left of it, where alpha is learnt like a weight.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 0.25
        Slope left of 0, any finite number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Rounded once at most, in the shape and float dtype of `x` (integers give float64); nan for nan.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `alpha` is not finite.

    Notes
    -----
    Source: K. He, X. Zhang, S. Ren and J. Sun, 'Delving deep into rectifiers', 2015.
    """
    _LEARNT_ALPHA.check("prelu", "alpha", alpha)
    return _bent(x, alpha)


@elementwise
def prelu_derivative(x: Array, alpha: float = 0.25) -> Array:
    """Return the slope of PReLU at `x`: 1 right of 0, alpha left of it, and alpha at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 0.25
        Slope left of 0, any finite number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        alpha or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At 0 there is no
        derivative unless alpha is 1; any number between alpha and 1 may stand for it.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `alpha` is not finite.
    """
    _LEARNT_ALPHA.check("prelu_derivative", "alpha", alpha)
    return _slope_of_bent(x, alpha)


@elementwise
def prelu_alpha_derivative(x: Array, alpha: float = 0.25) -> Array:
    """Return the derivative of PReLU with respect to alpha: x left of 0, and 0 right of it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    alpha : float, default 0.25
        Slope left of 0, any finite number; dimensionless. The result does not depend on it.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, in the shape and float dtype of `x` (integers give float64), one entry for each entry of `x`,
        not summed; 0 at 0 (no kink with respect to alpha); nan for nan.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `alpha` is not finite.
    """
    _LEARNT_ALPHA.check("prelu_alpha_derivative", "alpha", alpha)
    return np.minimum(x, 0)


def _bent(x: Array, alpha: float) -> Array:
    if alpha == 0:  # 0 * inf would be nan
        return np.maximum(x, 0)
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)  # one of the two terms is 0, so the sum is exact


def _slope_of_bent(x: Array, alpha: float) -> Array:
    return np.where(np.isnan(x), x, np.where(x > 0, 1.0, alpha))


def _between_alpha_and_1(alpha: float) -> dict[float, tuple[float, float]]:
    return {} if alpha == 1 else {0.0: (min(alpha, 1.0), max(alpha, 1.0))}


# --- ReLU6 ---------------------------------------------------------------------------------------------------


@elementwise
def relu6(x: Array) -> Array:
    """Return min(max(0, x), 6): ReLU that goes no higher than 6.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, values in [0, 6], in the shape and float dtype of `x` (integers give float64); nan for nan.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    Source: A. Krizhevsky, 'Convolutional deep belief networks on CIFAR-10', 2010.
    """
    return np.minimum(np.maximum(x, 0), 6)


@elementwise
def relu6_derivative(x: Array) -> Array:
    """Return the slope of ReLU6 at `x`: 1 between 0 and 6, 0 outside, and 0 at both ends by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At 0 and at 6 there
        is no derivative; any number from 0 to 1 lies between the slopes of the two sides.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    """
    return np.heaviside(x, 0.0) * np.heaviside(6 - x, 0.0)


_ALPHA = Parameter(default=0.01, low=0.0, high=1.0, meaning="slope left of 0")
_LEARNT_ALPHA = Parameter(default=0.25, low=-np.inf, high=np.inf, meaning="slope left of 0, learnt")

ACTIVATIONS = (
    Activation(
        name="relu",
        f=relu,
        derivative=relu_derivative,
        derivative_from_output=relu_derivative,  # an output is positive exactly where its input is
        expression="max(0, x)",
        properties=Properties(range=(0.0, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="V. Nair and G. Hinton, 'Rectified linear units improve restricted Boltzmann machines', 2010.",
        kinks_at=lambda: {0.0: (0.0, 1.0)},
    ),
    Activation(
        name="leaky_relu",
        f=leaky_relu,
        derivative=leaky_relu_derivative,
        derivative_from_output=leaky_relu_derivative,
        expression="max(0, x) + alpha*min(0, x)",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="A. Maas, A. Hannun and A. Ng, 'Rectifier nonlinearities improve neural network acoustic "
        "models', 2013.",
        parameters={"alpha": _ALPHA},
        kinks_at=_between_alpha_and_1,
    ),
    Activation(
        name="prelu",
        f=prelu,
        derivative=prelu_derivative,
        # Not from the output: with a negative alpha both sides of 0 give positive outputs.
        expression="max(0, x) + alpha*min(0, x)",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="K. He, X. Zhang, S. Ren and J. Sun, 'Delving deep into rectifiers', 2015.",
        parameters={"alpha": _LEARNT_ALPHA},
        parameter_derivatives={"alpha": prelu_alpha_derivative},
        kinks_at=_between_alpha_and_1,
    ),
    Activation(
        name="relu6",
        f=relu6,
        derivative=relu6_derivative,
        derivative_from_output=relu6_derivative,
        expression="min(max(0, x), 6)",
        properties=Properties(range=(0.0, 6.0), monotonic=True, smooth=False, zero_centred=False),
        reference="A. Krizhevsky, 'Convolutional deep belief networks on CIFAR-10', 2010.",
        kinks_at=lambda: {0.0: (0.0, 1.0), 6.0: (0.0, 1.0)},
    ),
)
