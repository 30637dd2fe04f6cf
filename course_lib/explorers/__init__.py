"""What moves: explorers of functions, derivations and questions. ``course_lib.explore`` is this package.

Each is a widget with a still picture and a text alternative, which a saved notebook shows without a kernel.
"""

from course_lib.explorers.derivation import derivation
from course_lib.explorers.logistic import logistic_regression
from course_lib.explorers.picture import picture
from course_lib.explorers.question import question
from course_lib.explorers.tangent import tangent

__all__ = ["derivation", "logistic_regression", "picture", "question", "tangent"]
