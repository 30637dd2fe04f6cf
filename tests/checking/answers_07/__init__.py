"""Right and wrong answers to the three exercises on log-softmax and cross-entropy, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers. `DISPUTED` holds answers on which the text of the
exercise does not decide: whatever the verdict, it should be a considered one.
"""

from answer import Answer

from answers_07 import binary_cross_entropy_with_logits_gradient, cross_entropy_gradient, log_softmax

__all__ = ["DISPUTED", "RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "log_softmax": log_softmax.RIGHT,
    "cross_entropy_gradient": cross_entropy_gradient.RIGHT,
    "binary_cross_entropy_with_logits_gradient": binary_cross_entropy_with_logits_gradient.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "log_softmax": log_softmax.WRONG,
    "cross_entropy_gradient": cross_entropy_gradient.WRONG,
    "binary_cross_entropy_with_logits_gradient": binary_cross_entropy_with_logits_gradient.WRONG,
}

DISPUTED: dict[str, list[Answer]] = {
    "log_softmax": log_softmax.DISPUTED,
    "cross_entropy_gradient": cross_entropy_gradient.DISPUTED,
    "binary_cross_entropy_with_logits_gradient": binary_cross_entropy_with_logits_gradient.DISPUTED,
}
