"""One record for each activation of a whole vector."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from course_lib.activations.parameter import Parameters

#: Takes an array of vectors along one axis.
VectorFunction = Callable[..., Any]


@dataclass(frozen=True)
class VectorProperties:
    """What is true of a vector activation at its default parameters; the test suite measures each of them.

    Attributes
    ----------
    range : tuple of float
        Infimum and supremum of an output, over all vectors of at least two entries.
    smooth : bool
        Whether f is differentiable everywhere.
    sums_to_1 : bool
        Whether the outputs of each vector sum to 1.
    shift_invariant : bool
        Whether a constant added to all inputs changes no output.
    shift_equivariant : bool
        Whether a constant added to all inputs is added to all outputs.
    """

    range: tuple[float, float]
    smooth: bool
    sums_to_1: bool = False
    shift_invariant: bool = False
    shift_equivariant: bool = False

    @property
    def bounded(self) -> bool:
        """Whether the range is finite on both sides."""
        low, high = self.range
        return low > -float("inf") and high < float("inf")


@dataclass(frozen=True)
class VectorActivation:
    """An activation whose every output depends on a whole vector of inputs: it has a Jacobian, not one slope.

    Attributes
    ----------
    name : str
        The field's usual name, the key in ``VECTOR_ACTIVATIONS``.
    f : callable
        ``f(z, axis=-1, **parameters)``; the vectors lie along `axis`, all other axes are a batch.
    jacobian : callable
        ``jacobian(z, **parameters)`` of one vector (n,): the matrix (m, n) with entry [i, k] = d f_i / d z_k.
    vjp : callable
        ``vjp(z, g, axis=-1, **parameters)``: the vector-Jacobian product g J, without forming J; `g` has the
        shape of f(z), the result that of z.
    formula : str
        The i-th output in the course's formula language, to be shown. Where the language has no words for an
        abbreviation in it, as for the two halves a and b of a gated unit, f's docstring says what it stands for.
    properties : VectorProperties
        Range, smoothness and the like.
    reference : str
        Who introduced it, and where.
    parameters, parameter_derivatives : mapping
        The parameters by name, and the derivative of f by each real one:
        ``derivative(z, axis=-1, **parameters)``, in the shape of f(z).
    group : callable
        ``group(**parameters)``: how many inputs make one output; the length of a vector is a multiple of it.
    """

    name: str
    f: VectorFunction
    jacobian: VectorFunction
    vjp: VectorFunction
    formula: str
    properties: VectorProperties
    reference: str
    parameters: Parameters = field(default_factory=lambda: MappingProxyType({}))
    parameter_derivatives: Mapping[str, VectorFunction] = field(default_factory=lambda: MappingProxyType({}))
    group: Callable[..., int] = lambda **parameters: 1
