"""Right and wrong answers to the five exercises on ReLU and its family, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers.
"""

from answer import Answer

from answers_05 import (
    dead_unit_fraction,
    leaky_relu_derivative,
    prelu_alpha_gradient,
    relu6_derivative,
    relu_derivative,
)

__all__ = ["RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "relu_derivative": relu_derivative.RIGHT,
    "leaky_relu_derivative": leaky_relu_derivative.RIGHT,
    "prelu_alpha_gradient": prelu_alpha_gradient.RIGHT,
    "dead_unit_fraction": dead_unit_fraction.RIGHT,
    "relu6_derivative": relu6_derivative.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "relu_derivative": relu_derivative.WRONG,
    "leaky_relu_derivative": leaky_relu_derivative.WRONG,
    "prelu_alpha_gradient": prelu_alpha_gradient.WRONG,
    "dead_unit_fraction": dead_unit_fraction.WRONG,
    "relu6_derivative": relu6_derivative.WRONG,
}
