"""What moves: explorers of functions, derivations and questions. ``course_lib.explore`` is this package.

Each is a widget with a still picture and a text alternative, which a saved notebook shows without a kernel.
"""

from course_lib.explorers.compare import compare
from course_lib.explorers.dead_units import dead_units
from course_lib.explorers.derivation import derivation
from course_lib.explorers.gallery import gallery
from course_lib.explorers.kink import kink
from course_lib.explorers.linear_stack import linear_stack
from course_lib.explorers.logistic import logistic_regression
from course_lib.explorers.loss_surface import loss_surface
from course_lib.explorers.picture import picture
from course_lib.explorers.question import question
from course_lib.explorers.secant import secant
from course_lib.explorers.softmax import softmax
from course_lib.explorers.tangent import tangent

__all__ = [
    "compare",
    "dead_units",
    "derivation",
    "gallery",
    "kink",
    "linear_stack",
    "logistic_regression",
    "loss_surface",
    "picture",
    "question",
    "secant",
    "softmax",
    "tangent",
]
