"""The course's derivations as data: one module for each lesson, proven line by line in ``prove``."""

from course_lib.activations.registry import Registry
from course_lib.derivations import (
    cross_entropy,
    gated,
    identity,
    relu,
    sigmoid,
    slopes,
    smooth,
    softmax,
    softmax_uses,
    tanh,
    truncation,
)
from course_lib.derivations.derivation import Derivation, Step

_MODULES = (slopes, truncation, identity, sigmoid, tanh, relu, softmax, softmax_uses, cross_entropy, smooth, gated)

#: Every derivation by its key, '<activation>/<way>', in the course's order: each may use those before it.
DERIVATIONS: Registry[Derivation] = Registry(
    "derivation",
    {key: derivation for module in _MODULES for key, derivation in module.DERIVATIONS.items()},
)

__all__ = ["DERIVATIONS", "Derivation", "Step"]
