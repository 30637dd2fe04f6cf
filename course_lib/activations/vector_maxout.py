"""Maxout: the largest of each group of inputs.

In the formulas here each column of `z` is one vector: ``vectorwise`` has laid it so, whatever the axis.
"""

from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np

from course_lib.activations.elementwise import Array
from course_lib.activations.parameter import Parameter
from course_lib.activations.vector_activation import VectorActivation, VectorProperties
from course_lib.activations.vectorwise import Vectorwise


@dataclass(frozen=True)
class Count(Parameter):
    """A parameter that is a whole number."""

    @property
    def allowed(self) -> str:
        """The range in words, to go on with 'must be'."""
        return f"a whole number of at least {self.low:g}"

    def check(self, function: str, name: str, value: Any) -> None:
        """Refuse a value that is not a whole number in the parameter's range.

        Raises
        ------
        TypeError
            If the value is not a whole number.
        ValueError
            If it is out of range; both say the function, the parameter `name` and the value.
        """
        if not isinstance(value, Integral) or isinstance(value, bool):
            raise TypeError(f"{function}: {name} must be {self.allowed}, but it is {value!r}.")
        if not self.low <= int(value) <= self.high:
            raise ValueError(f"{function}: {name} must be {self.allowed}, but it is {value!r}.")


PIECES = Count(default=2, low=1, high=np.inf, meaning="how many neighbouring inputs make one output")

vectorwise = Vectorwise(group="pieces", pieces=PIECES)


@vectorwise.function
def maxout(z: Array, axis: int = -1, *, pieces: int = 2) -> Array:
    """Return the largest of each group of `pieces` neighbouring entries.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; real numbers; dimensionless.
    axis : int, default -1
        The axis that is cut into groups; its length is a multiple of `pieces`. All other axes are a batch.
    pieces : int, default 2
        How many entries make one output, at least 1.

    Returns
    -------
    numpy.ndarray
        Like `z`, but `axis` is shorter by the factor `pieces`; in the float dtype of `z` (integers give float64).
        Exact; infinities are numbers like others. nan for a group with nan in it.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `axis` or `pieces` is not a whole number.
    ValueError
        If `axis` does not exist or is empty, if `pieces` is below 1, or if the length is not a multiple of it.

    Notes
    -----
    Output i is the largest of z[pieces * i] ... z[pieces * i + pieces - 1], counted from 0; the record's formula
    calls them z[i, 1], z[i, 2]. So does Paddle, and so does a view of
    shape (..., units, pieces) in torch. TensorFlow Addons takes z[i], z[i + units], z[i + 2 units] ... instead:
    trained weights have to be put into another order. Source: I. Goodfellow, D. Warde-Farley, M. Mirza, A.
    Courville and Y. Bengio, 'Maxout networks', 2013.
    """
    return np.max(_groups(z, pieces), axis=1)


@vectorwise.matrix
def maxout_jacobian(z: Array, *, pieces: int = 2) -> Array:
    """Return the Jacobian of maxout: in each row a single 1, at the largest entry of the group.

    Parameters
    ----------
    z : array_like, shape (n,)
        Pre-activations of one vector, n a multiple of `pieces`; dimensionless.
    pieces : int, default 2
        How many entries make one output, at least 1.

    Returns
    -------
    numpy.ndarray, shape (n / pieces, n)
        In the float dtype of `z` (integers give float64). Of several largest entries the first gets the 1: one of
        the subgradients. nan for a group with nan in it.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers, or if `pieces` is not a whole number.
    ValueError
        If `z` is not one vector, is empty, if `pieces` is below 1, or if the length is not a multiple of it.
    """
    chosen = _chosen(_groups(z, pieces))[:, :, 0]
    units = np.eye(len(chosen))[:, :, np.newaxis]
    return np.where(units == 1, chosen, 0).reshape(len(chosen), len(z))


@vectorwise.product
def maxout_vjp(z: Array, g: Array, axis: int = -1, *, pieces: int = 2) -> Array:
    """Return the vector-Jacobian product of maxout: each `g` goes to the largest entry of its group.

    Parameters
    ----------
    z : array_like
        Pre-activations, any shape with at least one dimension; dimensionless.
    g : array_like, shape of ``maxout(z)``
        What is pulled back: the gradient of a loss with respect to the outputs; in units of the loss.
    axis : int, default -1
        The axis that is cut into groups.
    pieces : int, default 2
        How many entries make one output, at least 1.

    Returns
    -------
    numpy.ndarray
        The gradient with respect to the inputs, in the shape and float dtype of `z` (integers give float64).
        Exact. Of several largest entries the first gets it all: one of the subgradients. nan for a group with nan.

    Raises
    ------
    TypeError
        If `z` or `g` does not hold real numbers, or if `axis` or `pieces` is not a whole number.
    ValueError
        If `g` has another shape, if `axis` does not exist or is empty, if `pieces` is below 1, or if the length is
        not a multiple of it.
    """
    chosen = _chosen(_groups(z, pieces))
    return np.where(chosen == 0, 0, chosen * g[:, np.newaxis]).reshape(z.shape)


def _groups(z: Array, pieces: int) -> Array:
    return z.reshape(len(z) // pieces, pieces, z.shape[1])


def _chosen(groups: Array) -> Array:
    """Return 1 for the first of the largest in each group, 0 for the others, nan where a group has nan in it."""
    first = np.argmax(groups, axis=1)
    chosen = (np.arange(groups.shape[1])[:, np.newaxis] == first[:, np.newaxis]).astype(np.float64)
    chosen[np.broadcast_to(np.isnan(groups).any(axis=1, keepdims=True), chosen.shape)] = np.nan
    return chosen


VECTOR_ACTIVATIONS = (
    VectorActivation(
        name="maxout",
        f=maxout,
        jacobian=maxout_jacobian,
        vjp=maxout_vjp,
        formula="max(z[i, 1], z[i, 2])",
        properties=VectorProperties(range=(-np.inf, np.inf), smooth=False, shift_equivariant=True),
        reference="I. Goodfellow et al., 'Maxout networks', ICML 2013.",
        parameters=vectorwise.parameters,
        group=vectorwise.group,
    ),
)
