"""Right and wrong answers to the three exercises on the identity, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers. `DISPUTED` holds answers that the text of the
exercise neither allows nor forbids: whatever the verdict, it should be a considered one.
"""

from answer import Answer

from answers_02 import collapse_linear_layers, identity_derivative, identity_jacobian

__all__ = ["DISPUTED", "RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "identity_derivative": identity_derivative.RIGHT,
    "identity_jacobian": identity_jacobian.RIGHT,
    "collapse_linear_layers": collapse_linear_layers.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "identity_derivative": identity_derivative.WRONG,
    "identity_jacobian": identity_jacobian.WRONG,
    "collapse_linear_layers": collapse_linear_layers.WRONG,
}

DISPUTED: dict[str, list[Answer]] = {
    "identity_derivative": identity_derivative.DISPUTED,
    "identity_jacobian": identity_jacobian.DISPUTED,
    "collapse_linear_layers": collapse_linear_layers.DISPUTED,
}
