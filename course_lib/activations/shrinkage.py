"""Shrinkage: small inputs are drawn to 0, which makes codes sparse. Tanh-shrink, soft and hard shrink."""

import numpy as np

from course_lib.activations.elementwise import Array, elementwise
from course_lib.activations.parameter import Parameter
from course_lib.activations.registry import Activation, Properties

_LAMBD = Parameter(default=0.5, low=0.0, high=np.inf, meaning="half the width of the flat middle")


@elementwise
def tanh_shrink(x: Array) -> Array:
    """Return x - tanh(x).

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the shape and float dtype of `x` (integers give float64); nan for nan. At most 4 ULP from the exact
        value, also near 0.

    Notes
    -----
    Near 0 the difference cancels: it is about x**3 / 3. There J. H. Lambert's continued fraction helps, in which
    every sign is plus: tanh(x) = x / (1 + r) with r = x**2 / (3 + x**2 / (5 + x**2 / (7 + ...))), so that
    x - tanh(x) = x r / (1 + r). Source: R. Collobert, K. Kavukcuoglu and C. Farabet, 'Torch7', 2011.
    """
    small = np.clip(x, -2, 2)
    rest = 0.0
    for odd in range(23, 1, -2):
        rest = small * small / (odd + rest)
    return np.where(np.abs(x) < 1.5, small * rest / (1 + rest), x - np.tanh(x))


@elementwise
def tanh_shrink_derivative(x: Array) -> Array:
    """Return the slope of tanh-shrink at `x`: tanh(x)**2.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Values in [0, 1], in the shape and float dtype of `x` (integers give float64); 1 at +-inf, nan for nan. At most
        3 ULP from the exact value. No kinks.
    """
    return np.tanh(x) ** 2


# --- soft shrink ---------------------------------------------------------------------------------------------


@elementwise(lambd=_LAMBD)
def soft_shrink(x: Array, lambd: float = 0.5) -> Array:
    """Return x moved towards 0 by `lambd`, and 0 where it would pass it.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    lambd : float, default 0.5
        Half the width of the flat middle, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Rounded once at most, in the shape and float dtype of `x` (integers give float64); nan for nan.

    Notes
    -----
    Source: D. Donoho, 'De-noising by soft-thresholding', 1995.
    """
    return x - np.clip(x, -lambd, lambd)


@elementwise(lambd=_LAMBD)
def soft_shrink_derivative(x: Array, lambd: float = 0.5) -> Array:
    """Return the slope of soft shrink at `x`: 0 in the flat middle, 1 outside, and 0 at its two ends by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    lambd : float, default 0.5
        Half the width of the flat middle, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At -lambd and lambd there is
        no derivative: any number from 0 to 1 is between the slopes of the two sides. With lambd = 0 it is the
        identity, and the slope is 1 everywhere.
    """
    return _outside(x, lambd)


@elementwise(lambd=_LAMBD)
def soft_shrink_derivative_from_output(y: Array, lambd: float = 0.5) -> Array:
    """Return the slope of soft shrink where its output is `y`: 0 where y is 0, else 1.

    Parameters
    ----------
    y : array_like
        Output of soft shrink, any shape; dimensionless.
    lambd : float, default 0.5
        Half the width of the flat middle, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `y` (integers give float64); nan for nan.
    """
    return np.ceil(np.abs(y)).clip(0 if lambd else 1, 1)


@elementwise(lambd=_LAMBD)
def soft_shrink_lambd_derivative(x: Array, lambd: float = 0.5) -> Array:
    """Return the derivative of soft shrink with respect to lambd: minus the sign of x outside of the middle, else 0.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    lambd : float, default 0.5
        Half the width of the flat middle, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        -1, 0 or 1, in the shape and float dtype of `x` (integers give float64), one entry for each entry of `x`, not
        summed; nan for nan.
    """
    return -np.sign(x - np.clip(x, -lambd, lambd))


# --- hard shrink ---------------------------------------------------------------------------------------------


@elementwise(lambd=_LAMBD)
def hard_shrink(x: Array, lambd: float = 0.5) -> Array:
    """Return x where abs(x) is more than `lambd`, else 0.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    lambd : float, default 0.5
        Half the width of the flat middle, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Exact, in the shape and float dtype of `x` (integers give float64); nan for nan. It jumps at -lambd and lambd,
        where its value is 0.

    Notes
    -----
    Source: D. Donoho and I. Johnstone, 'Ideal spatial adaptation by wavelet shrinkage', 1994.
    """
    return np.where(np.abs(x) <= lambd, 0.0, x)


@elementwise(lambd=_LAMBD)
def hard_shrink_derivative(x: Array, lambd: float = 0.5) -> Array:
    """Return the slope of hard shrink at `x`: 0 in the flat middle, 1 outside, and 0 at its two ends by convention.

    Parameters
    ----------
    x : array_like
        Pre-activation, any shape, any real number; dimensionless.
    lambd : float, default 0.5
        Half the width of the flat middle, 0 or positive, and finite; dimensionless.

    Returns
    -------
    numpy.ndarray or numpy scalar
        0 or 1, in the shape and float dtype of `x` (integers give float64); nan for nan. At the jumps -lambd and lambd
        there is no derivative. With lambd = 0 it is the identity, and the slope is 1 everywhere.
    """
    return _outside(x, lambd)


def _outside(x: Array, lambd: float) -> Array:
    return np.ceil(np.abs(x) - lambd).clip(0 if lambd else 1, 1)  # 1 where abs(x) > lambd, else 0; nan stays nan


def _ends(lambd: float) -> dict[float, tuple[float, float]]:
    return {-lambd: (0.0, 1.0), lambd: (0.0, 1.0)} if lambd else {}


def _jumps(lambd: float) -> dict[float, tuple[float, float]]:
    return {-lambd: (-lambd, 0.0), lambd: (0.0, lambd)} if lambd else {}


ACTIVATIONS = (
    Activation(
        name="tanh_shrink",
        f=tanh_shrink,
        derivative=tanh_shrink_derivative,
        expression="x - (exp(x) - exp(-x))/(exp(x) + exp(-x))",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=True, zero_centred=True),
        reference="R. Collobert, K. Kavukcuoglu and C. Farabet, 'Torch7: a Matlab-like environment for machine "
        "learning', 2011.",
    ),
    Activation(
        name="soft_shrink",
        f=soft_shrink,
        derivative=soft_shrink_derivative,
        derivative_from_output=soft_shrink_derivative_from_output,
        expression="max(0, x - lambd) + min(0, x + lambd)",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=False, zero_centred=True),
        reference="D. Donoho, 'De-noising by soft-thresholding', 1995.",
        parameters={"lambd": _LAMBD},
        parameter_derivatives={"lambd": soft_shrink_lambd_derivative},
        kinks_at=_ends,
    ),
    Activation(
        name="hard_shrink",
        f=hard_shrink,
        derivative=hard_shrink_derivative,
        derivative_from_output=soft_shrink_derivative_from_output,  # it too is 0 in the flat middle only
        expression="x*step(abs(x) - lambd)",
        properties=Properties(range=(-np.inf, np.inf), monotonic=True, smooth=False, zero_centred=True),
        reference="D. Donoho and I. Johnstone, 'Ideal spatial adaptation by wavelet shrinkage', 1994.",
        parameters={"lambd": _LAMBD},
        jumps_at=_jumps,
    ),
)
