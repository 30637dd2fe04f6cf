"""Leaky activations: x right of 0, a smaller slope left of it. Leaky ReLU, PReLU, RReLU."""

from typing import Any

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties, kink

_ALPHA = Parameter(default=0.01, low=0.0, high=1.0, meaning="slope left of 0")
_LEARNT_ALPHA = Parameter(default=0.25, low=-np.inf, high=np.inf, meaning="slope left of 0, learnt")
_NOISE = Parameter(default=0.5, low=0.0, high=1.0, meaning="where between low and high the slope is", per_entry=True)
_LOW = Parameter(default=1 / 8, low=0.0, high=1.0, meaning="slope left of 0 where the noise is 0")
_HIGH = Parameter(default=1 / 3, low=0.0, high=1.0, meaning="slope left of 0 where the noise is 1")


@elementwise(alpha=_ALPHA)
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

    Notes
    -----
    Source: A. Maas, A. Hannun and A. Ng, 'Rectifier nonlinearities improve neural network acoustic models', 2013.
    """
    return _bent(x, alpha)


@elementwise(alpha=_ALPHA)
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
    """
    return _slope_of_bent(x, alpha)


@elementwise(alpha=_LEARNT_ALPHA)
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

    Notes
    -----
    Source: K. He, X. Zhang, S. Ren and J. Sun, 'Delving deep into rectifiers', 2015.
    """
    return _bent(x, alpha)


@elementwise(alpha=_LEARNT_ALPHA)
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
    """
    return _slope_of_bent(x, alpha)


@elementwise(alpha=_LEARNT_ALPHA)
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
    """
    return np.minimum(x, 0)


@elementwise(noise=_NOISE, low=_LOW, high=_HIGH)
def rrelu(x: Array, noise: Any = 0.5, low: float = 1 / 8, high: float = 1 / 3) -> Array:
    """Return x right of 0, and left of it x times a slope that is drawn between `low` and `high`.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    noise : float or numpy.ndarray of the shape of `x`, default 0.5
        The draw: from 0 (the slope is `low`) to 1 (it is `high`). In training draw it uniformly for each entry;
        the default is what is used after training. Dimensionless.
    low, high : float, default 1/8 and 1/3
        The slopes left of 0 between which is drawn, from 0 to 1; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `x` (integers give float64); nan for nan.

    Notes
    -----
    The noise is an argument, so that a result can be repeated and has a derivative. Source: B. Xu, N. Wang,
    T. Chen and M. Li, 'Empirical evaluation of rectified activations in convolutional network', 2015.
    """
    return _bent(x, low + noise * (high - low))


@elementwise(noise=_NOISE, low=_LOW, high=_HIGH)
def rrelu_derivative(x: Array, noise: Any = 0.5, low: float = 1 / 8, high: float = 1 / 3) -> Array:
    """Return the slope of RReLU at `x`: 1 right of 0, the drawn slope left of it, and that one at 0 by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    noise : float or numpy.ndarray of the shape of `x`, default 0.5
        The same draw that `rrelu` was given, from 0 to 1; dimensionless.
    low, high : float, default 1/8 and 1/3
        The slopes left of 0 between which is drawn, from 0 to 1; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `x` (integers give float64); nan for nan. At 0 there is no derivative
        unless the drawn slope is 1: any number between the two is a subgradient.
    """
    return _slope_of_bent(x, low + noise * (high - low))


def _bent(x: Array, alpha: Any) -> Array:
    left = np.where(alpha == 0, 0.0, np.minimum(x, 0))  # 0 times -inf would be nan
    return np.maximum(x, 0) + alpha * left  # one of the two terms is 0, so the sum is exact


def _slope_of_bent(x: Array, alpha: Any) -> Array:
    return np.ceil(x).clip(0, 1) + alpha * (x <= 0)  # the first term is 1 where x > 0, else 0


ACTIVATIONS = (
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
        kinks_at=lambda alpha: kink(0.0, alpha, 1.0),
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
        kinks_at=lambda alpha: kink(0.0, alpha, 1.0),
    ),
    Activation(
        name="rrelu",
        f=rrelu,
        derivative=rrelu_derivative,
        derivative_from_output=rrelu_derivative,
        expression="max(0, x) + (low + noise*(high - low))*min(0, x)",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=False, zero_centred=False),
        reference="B. Xu, N. Wang, T. Chen and M. Li, 'Empirical evaluation of rectified activations in "
        "convolutional network', 2015.",
        parameters={"noise": _NOISE, "low": _LOW, "high": _HIGH},
        kinks_at=lambda noise, low, high: kink(0.0, low + noise * (high - low), 1.0),
    ),
)
