"""Gumbel-softmax: softmax of noisy logits, through which a random choice can be differentiated.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis.
"""

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.exponents import NOTHING, TEMPERATURE, exponentials, gaps, two_sum
from course_lib.activations.parameter import Parameter
from course_lib.activations.vector import jacobian_of, pulled_back
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise

#: The noise is drawn by whoever calls: so every function here is a plain function, and can be checked.
NOISE = Parameter(default=0.0, low=-np.inf, high=np.inf, meaning="Gumbel noise, added to the logits", per_entry=True)

vectorwise = Vectorwise(noise=NOISE, temperature=TEMPERATURE)


@vectorwise.function
def gumbel_softmax(z: Array, axis: int = -1, *, noise: Array | float = 0.0, temperature: float = 1.0) -> Array:
    """Return softmax((z + noise) / temperature): a soft choice of one entry, random when the noise is.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers, -inf allowed; dimensionless.
    axis : int, default -1
        The axis along which the results sum to 1; not empty. All other axes are a batch.
    noise : float or numpy.ndarray of the shape of `z`, default 0.0
        Standard Gumbel noise, as ``numpy.random.Generator.gumbel`` draws it; dimensionless. One number for all
        entries changes nothing, as softmax does not see it.
    temperature : float, default 1.0
        Positive; dimensionless. As it approaches 0, the result approaches a choice of one entry, and entry i is
        chosen with the probability softmax(z)_i.

    Returns
    -------
    numpy.ndarray
        Values in [0, 1], in the shape and float dtype of `z` (integers give float64). A logit of -inf gives 0;
        nan or +inf, or nothing but -inf, gives nan for its whole vector. Each entry is at most 4.1 ULP from the
        exact value (with a temperature above 1e-300): the sum of logit and noise keeps all its digits.

    Raises
    ------
    TypeError
        If `z` or `noise` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If `axis` does not exist or is empty, if the noise has another shape than `z`, or if the temperature is not
        positive and finite.

    Notes
    -----
    Sources: E. Jang, S. Gu and B. Poole, 'Categorical reparameterization with Gumbel-softmax', 2017; C. Maddison,
    A. Mnih and Y. W. Teh, 'The concrete distribution', 2017.
    """
    e, others = exponentials(*_noisy(z, noise, temperature))
    return e / (1 + others)


@vectorwise.matrix
def gumbel_softmax_jacobian(z: Array, *, noise: Array | float = 0.0, temperature: float = 1.0) -> Array:
    """Return the Jacobian at fixed noise: entry [i, k] is d S_i / d z_k = S_i (delta_ik - S_k) / temperature.

    Parameters
    ----------
    z : array_like, shape (n,)
        Logits of one vector, n >= 1; dimensionless.
    noise : float or numpy.ndarray, shape (n,), default 0.0
        Standard Gumbel noise; dimensionless.
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
        If `z` or `noise` does not hold real numbers, or if the temperature is not a number.
    ValueError
        If `z` is not one vector, is empty, if the noise has another shape, or if the temperature is not positive
        and finite.
    """
    e, others = exponentials(*_noisy(z, noise, temperature))
    return jacobian_of(e, others) / temperature


@vectorwise.product
def gumbel_softmax_vjp(
    z: Array, g: Array, axis: int = -1, *, noise: Array | float = 0.0, temperature: float = 1.0
) -> Array:
    """Return the vector-Jacobian product at fixed noise, S * (g - <g, S>) / temperature.

    It is the pathwise derivative: its mean over the noise is the gradient of the mean loss.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; dimensionless.
    g : array_like, shape of `z`
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis of the vectors; not empty.
    noise : float or numpy.ndarray of the shape of `z`, default 0.0
        The noise of the way forward; dimensionless.
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
        If `z`, `g` or `noise` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If the shapes differ, if `axis` does not exist or is empty, or if the temperature is not positive and
        finite.
    """
    e, others = exponentials(*_noisy(z, noise, temperature))
    return pulled_back(e, others, g) / temperature


@vectorwise.function
def gumbel_softmax_temperature_derivative(
    z: Array, axis: int = -1, *, noise: Array | float = 0.0, temperature: float = 1.0
) -> Array:
    """Return d gumbel_softmax / d temperature: -S * (u - <u, S>) / temperature**2 with u = z + noise.

    Parameters
    ----------
    z : array_like
        Logits, any shape with at least one dimension; real numbers, -inf allowed; dimensionless.
    axis : int, default -1
        The axis of the vectors; not empty.
    noise : float or numpy.ndarray of the shape of `z`, default 0.0
        The noise of the way forward; dimensionless.
    temperature : float, default 1.0
        Positive; dimensionless.

    Returns
    -------
    numpy.ndarray
        In the shape and float dtype of `z` (integers give float64); the sum over `axis` is 0 (up to rounding).
        As accurate as ``softmax_temperature_derivative``.

    Raises
    ------
    TypeError
        If `z` or `noise` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If `axis` does not exist or is empty, if the noise has another shape than `z`, or if the temperature is not
        positive and finite.
    """
    noisy, temperature, lost = _noisy(z, noise, temperature)
    e, others = exponentials(noisy, temperature, lost)
    gap, _ = gaps(noisy, np.max(noisy, axis=0), temperature, lost)
    return pulled_back(e, others, np.maximum(gap, NOTHING)) / -temperature


def _noisy(z: Array, noise: Array | float, temperature: float) -> tuple[Array, float, Array]:
    """Return the arguments of ``exponentials``: z + noise, less a constant, and what its rounding has lost.

    What is lost of large sums tells them apart; for these the largest is subtracted here already.
    """
    noisy, lost = two_sum(z, np.asarray(noise))
    large = ~(np.max(np.abs(lost), axis=0) < 2.0**-28)  # or nan
    if np.any(large):
        gap, more = two_sum(noisy, -np.max(noisy, axis=0, keepdims=True))
        gap, more = two_sum(gap, more + lost)
        noisy, lost = np.where(large, gap, noisy), np.where(large, more, lost)
    return noisy, temperature, lost


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="gumbel_softmax",
        f=gumbel_softmax,
        jacobian=gumbel_softmax_jacobian,
        vjp=gumbel_softmax_vjp,
        formula="exp((z[i] + noise[i])/temperature)/sum(j, exp((z[j] + noise[j])/temperature))",
        properties=VectorProperties(range=(0, 1), smooth=True, sums_to_1=True, shift_invariant=True),
        reference="E. Jang, S. Gu and B. Poole, 'Categorical reparameterization with Gumbel-softmax', ICLR 2017.",
        parameters=vectorwise.parameters,
        parameter_derivatives={"temperature": gumbel_softmax_temperature_derivative},
    ),
)
