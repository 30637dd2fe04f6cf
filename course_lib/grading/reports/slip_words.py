"""What a slip is called on the overview: the sentence that teaches where there is one, else a few words."""

import re
from collections import Counter
from collections.abc import Mapping

from course_lib.checking.exercises import EXERCISES

# What stands between backticks is code, in which a full stop ends nothing.
_FIRST_SENTENCE = re.compile(r"(?:`[^`]*`|[^`])*?[.?!](?=\s)")

#: Slips that belong to no exercise: their sentences name numbers, which are other ones for each learner.
GENERAL: Mapping[str, str] = {
    "approximate": "the values come near, but not to the last digits",
    "averaged": "one division too many",
    "beside_the_diagonal": "all beside the diagonal is wrong",
    "boolean": "returns truth values where numbers are asked for",
    "changes_argument": "changes its argument",
    "complement": "one minus the right value",
    "complex_step": "a complex step, not the formula",
    "constant": "the same number whatever the input is",
    "diagonal_only": "right on the diagonal, and 0 beside it",
    "endless": "did not end in its time",
    "extremes_wrong": "wrong at extreme inputs",
    "factor": "off by a constant factor",
    "finite_difference": "a finite difference, not the formula",
    "lower_precision": "computed in a lower precision",
    "memory_wrong": "wrong for a long input",
    "nan": "nan where a number belongs",
    "not_a_truth_value": "returns something else than True or False",
    "not_an_array": "returns something else than numbers",
    "offset": "off by a constant",
    "on_the_diagonal": "wrong on the diagonal only",
    "one_sided": "right on one side of 0 only",
    "opposite": "the opposite verdict, each time",
    "overflow": "something overflows on the way",
    "parameters_wrong": "wrong for other parameters",
    "raises": "raises an exception",
    "reciprocal": "one divided by the right value",
    "returns_none": "returns nothing",
    "root": "the root of the right value",
    "rounded": "rounded values",
    "scalar_only": "takes one number at a time, but no array",
    "shapes_wrong": "wrong for inputs of another shape",
    "sign": "exactly minus the right value",
    "size": "the size of the right value, without its sign",
    "slow": "too slow for a long input",
    "small_number_added": "a small number is added that belongs elsewhere",
    "squared": "the square of the right value",
    "summed": "a sum where a mean belongs",
    "too_much_memory": "forms a matrix that need not exist",
    "transposed": "rows and columns have changed places",
    "unfinished": "not finished for every input",
    "unsteady": "another answer when it is asked again",
    "uses_course_lib": "calls the course's own function instead of being one",
    "wrong_arguments": "can't be called with the exercise's arguments",
    "wrong_at_kink": "wrong at a kink",
    "wrong_dtype": "returns another dtype than it was given",
    "wrong_shape": "returns another shape than is asked for",
}


def in_words(exercise: str, slip: str, messages: Mapping[str, int]) -> str:
    """Return what to write of a slip.

    Parameters
    ----------
    exercise, slip : str
        Their names.
    messages : mapping of str to int
        What those who made it were told, and how many each: where several formulas are one slip, the sentence is
        the one that most of them read.
    """
    known = EXERCISES.get(exercise)
    every = (*known.slips, *known.extreme_slips) if known else ()
    sentences = list(dict.fromkeys(s.sentence for s in every if s.name == slip))
    if not sentences:
        return GENERAL.get(slip, slip.replace("_", " "))
    told: Counter[str] = Counter()
    for message, count in messages.items():
        lines = message.split("\n")
        told.update({s: count for s in sentences if any(line.endswith(s) for line in lines)})
    return max(sentences, key=lambda sentence: told[sentence])  # the first of several that were told as often


def in_short(words: str) -> str:
    """Return the first sentence, which says what is wrong; what the learner is asked then is left out."""
    first = _FIRST_SENTENCE.match(words)
    return first[0] if first else words
