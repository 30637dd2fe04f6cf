"""Softmin: softmax of the negative logits, so that the smallest gets the largest share.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis.
"""

from course_lib.activations.elementwise import Array
from course_lib.activations.exponents import TEMPERATURE, exponentials
from course_lib.activations.vector import jacobian_of, pulled_back, softmax_temperature_derivative
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise

vectorwise = Vectorwise(takes_singles=True, temperature=TEMPERATURE)


@vectorwise.function
def softmin(z: Array, axis: int = -1, *, temperature: float = 1.0) -> Array:
    """Return exp(-z / temperature), divided by its sum along `axis`, without overflow.

    Parameters
    ----------
    z : array_like
        Costs, any shape with at least one dimension; real numbers, +inf allowed; dimensionless.
    axis : int, default -1
        The axis along which the results sum to 1; not empty. All other axes are a batch.
    temperature : float, default 1.0
        Positive; dimensionless. Small ones approach a choice of the smallest cost, large ones a fair choice.

    Returns
    -------
    numpy.ndarray
        Values in [0, 1], in the shape and float dtype of `z` (integers give float64). A cost of +inf gives 0; nan
        or -inf, or nothing but +inf, gives nan for its whole vector. Each entry is at most 4.1 ULP from the exact
        value (with a temperature above 1e-300).

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If `axis` does not exist or is empty, or if the temperature is not positive and finite.

    Notes
    -----
    It is the Gibbs distribution of statistical mechanics, in which the costs are energies. Source: J. W. Gibbs,
    'Elementary Principles in Statistical Mechanics', 1902.
    """
    e, others = exponentials(-z, temperature)
    return e / (1 + others)


@vectorwise.matrix
def softmin_jacobian(z: Array, *, temperature: float = 1.0) -> Array:
    """Return the Jacobian of softmin: entry [i, k] is d S_i / d z_k = -S_i (delta_ik - S_k) / temperature.

    Parameters
    ----------
    z : array_like, shape (n,)
        Costs of one vector, n >= 1; dimensionless.
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
    The chain rule: the Jacobian of softmax at -z, times the inner slope -1.
    """
    e, others = exponentials(-z, temperature)
    return jacobian_of(e, others) / -temperature


@vectorwise.product
def softmin_vjp(z: Array, g: Array, axis: int = -1, *, temperature: float = 1.0) -> Array:
    """Return the vector-Jacobian product of softmin, -S * (g - <g, S>) / temperature, without the Jacobian.

    Parameters
    ----------
    z : array_like
        Costs, any shape with at least one dimension; dimensionless.
    g : array_like, shape of `z`
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis of the vectors; not empty.
    temperature : float, default 1.0
        Positive; dimensionless.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the costs, in the shape and float dtype of `z` (integers give float64).
        Within 3 eps of abs(J) abs(g); the sum over `axis` is 0 (up to rounding).

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If the shapes differ, if `axis` does not exist or is empty, or if the temperature is not positive and
        finite.
    """
    e, others = exponentials(-z, temperature)
    return pulled_back(e, others, g) / -temperature


@vectorwise.function
def softmin_temperature_derivative(z: Array, axis: int = -1, *, temperature: float = 1.0) -> Array:
    """Return d softmin / d temperature: S * (z - <z, S>) / temperature**2.

    Parameters
    ----------
    z : array_like
        Costs, any shape with at least one dimension; real numbers, +inf allowed; dimensionless.
    axis : int, default -1
        The axis of the vectors; not empty.
    temperature : float, default 1.0
        Positive; dimensionless.

    Returns
    -------
    numpy.ndarray
        In the shape and float dtype of `z` (integers give float64); the sum over `axis` is 0 (up to rounding).
        As accurate as ``softmax_temperature_derivative``, which it is at -z.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` or the temperature is not a number.
    ValueError
        If `axis` does not exist or is empty, or if the temperature is not positive and finite.
    """
    return softmax_temperature_derivative(-z, 0, temperature=temperature)


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="softmin",
        f=softmin,
        jacobian=softmin_jacobian,
        vjp=softmin_vjp,
        formula="exp(-z[i]/temperature)/sum(j, exp(-z[j]/temperature))",
        properties=VectorProperties(range=(0, 1), smooth=True, sums_to_1=True, shift_invariant=True),
        reference="J. W. Gibbs, 'Elementary Principles in Statistical Mechanics', 1902.",
        parameters=vectorwise.parameters,
        parameter_derivatives={"temperature": softmin_temperature_derivative},
    ),
)
