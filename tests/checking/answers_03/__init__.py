"""Right, wrong and junk answers to the five exercises on the logistic sigmoid, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers; `JUNK` holds things that are no answer to
anything. Answers may give numpy's overflow warnings where the value still runs to the right limit.
"""

from answer import Answer

from answers_03 import (
    logistic_loss_gradient,
    sigmoid,
    sigmoid_derivative_from_output,
    sigmoid_derivative_right,
    sigmoid_derivative_wrong_approximations,
    sigmoid_derivative_wrong_arrays,
    sigmoid_derivative_wrong_formulas,
    steep_sigmoid_derivative,
)
from answers_03.junk import JUNK

__all__ = ["JUNK", "RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "sigmoid": sigmoid.RIGHT,
    "sigmoid_derivative": sigmoid_derivative_right.RIGHT,
    "sigmoid_derivative_from_output": sigmoid_derivative_from_output.RIGHT,
    "logistic_loss_gradient": logistic_loss_gradient.RIGHT,
    "steep_sigmoid_derivative": steep_sigmoid_derivative.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "sigmoid": sigmoid.WRONG,
    "sigmoid_derivative": [
        *sigmoid_derivative_wrong_formulas.WRONG,
        *sigmoid_derivative_wrong_approximations.WRONG,
        *sigmoid_derivative_wrong_arrays.WRONG,
    ],
    "sigmoid_derivative_from_output": sigmoid_derivative_from_output.WRONG,
    "logistic_loss_gradient": logistic_loss_gradient.WRONG,
    "steep_sigmoid_derivative": steep_sigmoid_derivative.WRONG,
}
