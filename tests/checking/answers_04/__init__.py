"""Right and wrong answers to the four exercises on tanh, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers. Answers may give numpy's overflow and division
warnings where the value still runs to the right limit.
"""

from answer import Answer

from answers_04 import scaled_tanh_derivative, tanh_derivative, tanh_derivative_from_output, tanh_from_sigmoid

__all__ = ["RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "tanh_derivative": tanh_derivative.RIGHT,
    "tanh_derivative_from_output": tanh_derivative_from_output.RIGHT,
    "tanh_from_sigmoid": tanh_from_sigmoid.RIGHT,
    "scaled_tanh_derivative": scaled_tanh_derivative.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "tanh_derivative": tanh_derivative.WRONG,
    "tanh_derivative_from_output": tanh_derivative_from_output.WRONG,
    "tanh_from_sigmoid": tanh_from_sigmoid.WRONG,
    "scaled_tanh_derivative": scaled_tanh_derivative.WRONG,
}
