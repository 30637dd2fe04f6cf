"""The mathematics: every activation with its derivative, as plain numpy functions and as data."""

from course_lib.activations import linear, sigmoidal
from course_lib.activations.registry import Activation, Registry

#: Every element-wise activation of the course by its name.
ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    {a.name: a for family in (linear, sigmoidal) for a in family.ACTIVATIONS},
)

__all__ = ["ACTIVATIONS", "Activation"]
