"""Hard versions of the S-shaped activations: straight pieces only."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_LOW = Parameter(default=-1.0, low=-np.inf, high=0.0, meaning="the smallest output")
_HIGH = Parameter(default=1.0, low=0.0, high=np.inf, meaning="the largest output")


@elementwise
def hard_sigmoid(x: Array) -> Array:
    """Return (x + 3) / 6, cut off at 0 and 1: a sigmoid of straight lines.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64); nan for nan. At most 1 ULP from
        the exact value.

    Notes
    -----
    The slope 1/6 is what torch, jax and keras take today; the paper, and older keras, took 1/5. Source:
    M. Courbariaux, Y. Bengio and J.-P. David, 'BinaryConnect', 2015.
    """
    return np.clip(x + 3, 0, 6) / 6


@elementwise
def hard_sigmoid_derivative(x: Array) -> Array:
    """Return the slope of the hard sigmoid at `x`: 1/6 between -3 and 3, 0 outside, and 0 at both by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1/6, in the shape and float dtype of `x` (integers give float64); nan for nan. At -3 and at 3 there is no
        derivative: any number from 0 to 1/6 is between the slopes of the two sides.
    """
    return np.ceil(3 - np.abs(x)).clip(0, 1) / 6  # the first factor is 1 where abs(x) < 3, else 0


@elementwise
def hard_sigmoid_derivative_from_output(y: Array) -> Array:
    """Return the slope of the hard sigmoid where its output is `y`: 1/6 between 0 and 1, else 0.

    Parameters
    ----------
    y : array_like
        Output of the hard sigmoid, 0 <= y <= 1, any shape; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `y` (integers give float64), nan for nan.
    """
    return np.ceil(np.minimum(y, 1 - y)).clip(0, 1) / 6


# --- hard tanh -----------------------------------------------------------------------------------------------


@elementwise(low=_LOW, high=_HIGH)
def hard_tanh(x: Array, low: float = -1.0, high: float = 1.0) -> Array:
    """Return x, cut off at `low` and at `high`.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    low : float, default -1.0
        The smallest output, 0 or negative, and finite; dimensionless.
    high : float, default 1.0
        The largest output, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [low, high], exact, in the shape and float dtype of `x` (integers give float64); nan for nan.

    Notes
    -----
    Source: R. Collobert, 'Large scale machine learning', 2004.
    """
    return np.clip(x, low, high)


@elementwise(low=_LOW, high=_HIGH)
def hard_tanh_derivative(x: Array, low: float = -1.0, high: float = 1.0) -> Array:
    """Return the slope of hard tanh at `x`: 1 between `low` and `high`, 0 outside, and 0 at both by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    low : float, default -1.0
        The smallest output, 0 or negative, and finite; dimensionless.
    high : float, default 1.0
        The largest output, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At `low` and at `high` there
        is no derivative: any number from 0 to 1 is between the slopes of the two sides.
    """
    return np.ceil(np.minimum(x - low, high - x)).clip(0, 1)  # 1 where both are positive, else 0


def _ends(low: float, high: float) -> dict[float, tuple[float, float]]:
    return {} if low == high else {low: (0.0, 1.0), high: (0.0, 1.0)}


ACTIVATIONS = (
    Activation(
        name="hard_sigmoid",
        f=hard_sigmoid,
        derivative=hard_sigmoid_derivative,
        derivative_from_output=hard_sigmoid_derivative_from_output,
        expression="min(max(0, x + 3), 6)/6",
        properties=Properties(range=(0.0, 1.0), monotonic=True, smooth=False, zero_centred=False),
        reference="M. Courbariaux, Y. Bengio and J.-P. David, 'BinaryConnect', 2015.",
        kinks_at=lambda: {-3.0: (0.0, 1 / 6), 3.0: (0.0, 1 / 6)},
    ),
    Activation(
        name="hard_tanh",
        f=hard_tanh,
        derivative=hard_tanh_derivative,
        derivative_from_output=hard_tanh_derivative,
        expression="min(max(low, x), high)",
        properties=Properties(range=(-1.0, 1.0), monotonic=True, smooth=False, zero_centred=True),
        reference="R. Collobert, 'Large scale machine learning', 2004.",
        parameters={"low": _LOW, "high": _HIGH},
        kinks_at=_ends,
    ),
)
