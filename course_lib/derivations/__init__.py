"""The course's derivations as data: one module for each lesson, proven line by line in ``prove``."""

from course_lib.activations.registry import Registry
from course_lib.derivations import sigmoid
from course_lib.derivations.derivation import Derivation, Step

#: Every derivation by its key, '<activation>/<way>'.
DERIVATIONS: Registry[Derivation] = Registry("derivation", {**sigmoid.DERIVATIONS})

__all__ = ["DERIVATIONS", "Derivation", "Step"]
