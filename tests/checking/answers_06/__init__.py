"""Right and wrong answers to the five exercises on softmax, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers. `DISPUTED` holds answers on which the text of the
exercise does not decide: whatever the verdict, it should be a considered one.
"""

from answer import Answer

from answers_06 import softmax, softmax_jacobian, softmax_temperature_derivative, softmax_vjp, softmin_jacobian

__all__ = ["DISPUTED", "RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "softmax": softmax.RIGHT,
    "softmax_jacobian": softmax_jacobian.RIGHT,
    "softmax_vjp": softmax_vjp.RIGHT,
    "softmax_temperature_derivative": softmax_temperature_derivative.RIGHT,
    "softmin_jacobian": softmin_jacobian.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "softmax": softmax.WRONG,
    "softmax_jacobian": softmax_jacobian.WRONG,
    "softmax_vjp": softmax_vjp.WRONG,
    "softmax_temperature_derivative": softmax_temperature_derivative.WRONG,
    "softmin_jacobian": softmin_jacobian.WRONG,
}

DISPUTED: dict[str, list[Answer]] = {
    "softmax": softmax.DISPUTED,
    "softmax_jacobian": softmax_jacobian.DISPUTED,
    "softmax_vjp": softmax_vjp.DISPUTED,
    "softmax_temperature_derivative": softmax_temperature_derivative.DISPUTED,
    "softmin_jacobian": softmin_jacobian.DISPUTED,
}
