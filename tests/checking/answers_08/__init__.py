"""Right and wrong answers to the six exercises on smooth and gated functions, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers. `DISPUTED` holds answers on which the text of the
exercise does not decide: whatever the verdict, it should be a considered one.
"""

from answer import Answer

from answers_08 import (
    elu_derivative,
    gelu_derivative,
    glu_vjp,
    silu_derivative,
    softplus_derivative,
    swish_beta_gradient,
)

__all__ = ["DISPUTED", "RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "softplus_derivative": softplus_derivative.RIGHT,
    "elu_derivative": elu_derivative.RIGHT,
    "silu_derivative": silu_derivative.RIGHT,
    "gelu_derivative": gelu_derivative.RIGHT,
    "glu_vjp": glu_vjp.RIGHT,
    "swish_beta_gradient": swish_beta_gradient.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "softplus_derivative": softplus_derivative.WRONG,
    "elu_derivative": elu_derivative.WRONG,
    "silu_derivative": silu_derivative.WRONG,
    "gelu_derivative": gelu_derivative.WRONG,
    "glu_vjp": glu_vjp.WRONG,
    "swish_beta_gradient": swish_beta_gradient.WRONG,
}

DISPUTED: dict[str, list[Answer]] = {
    "silu_derivative": silu_derivative.DISPUTED,
    "gelu_derivative": gelu_derivative.DISPUTED,
    "swish_beta_gradient": swish_beta_gradient.DISPUTED,
}
