"""Right and wrong answers to the five exercises on slopes and finite differences, as learners write them.

`RIGHT` and `WRONG` map the name of an exercise to its answers. `DISPUTED` holds answers that the text of the
exercise neither allows nor forbids: whatever the verdict, it should be a considered one.
"""

from answer import Answer

from answers_01 import central_difference, first_wrong_line, forward_difference, gradient_check, relative_error

__all__ = ["DISPUTED", "RIGHT", "WRONG", "Answer"]

RIGHT: dict[str, list[Answer]] = {
    "forward_difference": forward_difference.RIGHT,
    "central_difference": central_difference.RIGHT,
    "relative_error": relative_error.RIGHT,
    "gradient_check": gradient_check.RIGHT,
    "first_wrong_line": first_wrong_line.RIGHT,
}

WRONG: dict[str, list[Answer]] = {
    "forward_difference": forward_difference.WRONG,
    "central_difference": central_difference.WRONG,
    "relative_error": relative_error.WRONG,
    "gradient_check": gradient_check.WRONG,
    "first_wrong_line": first_wrong_line.WRONG,
}

DISPUTED: dict[str, list[Answer]] = {
    "forward_difference": forward_difference.DISPUTED,
    "central_difference": central_difference.DISPUTED,
    "gradient_check": gradient_check.DISPUTED,
    "first_wrong_line": first_wrong_line.DISPUTED,
}
