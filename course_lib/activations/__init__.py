"""The mathematics: every activation with its derivative, as plain numpy functions and as data."""

from course_lib.activations import (
    celu,
    exponential,
    gated,
    gelu,
    hard,
    leaky,
    linear,
    rectified,
    shrinkage,
    sigmoidal,
    softplus,
    sparse,
    squareplus,
    vector,
    vector_gated,
    vector_gumbel,
    vector_logarithms,
    vector_maxout,
    vector_softmin,
    vector_sparsemax,
)
from course_lib.activations.registry import Activation, Registry
from course_lib.activations.vector_activation import VectorActivation

_FAMILIES = (
    *(linear, sigmoidal, rectified, leaky),
    *(softplus, squareplus, sparse, exponential, celu),
    *(gated, gelu, hard, shrinkage),
)
_VECTOR_FAMILIES = (
    *(vector, vector_softmin, vector_logarithms, vector_gumbel, vector_sparsemax),
    *(vector_gated, vector_maxout),
)

#: Every element-wise activation of the course by its name.
ACTIVATIONS: Registry[Activation] = Registry(
    "activation", {a.name: a for family in _FAMILIES for a in family.ACTIVATIONS}
)

#: Every activation of a whole vector by its name.
VECTOR_ACTIVATIONS: Registry[VectorActivation] = Registry(
    "vector activation", {a.name: a for family in _VECTOR_FAMILIES for a in family.VECTOR_ACTIVATIONS}
)

__all__ = ["ACTIVATIONS", "VECTOR_ACTIVATIONS", "Activation", "VectorActivation"]
