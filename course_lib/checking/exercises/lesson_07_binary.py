"""Lesson 07: the slope of the binary cross-entropy of a sigmoid, with respect to its logit."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.activations.softplus import softplus
from course_lib.checking import probes
from course_lib.checking.digits_left import tiny_number_left
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.losses import binary_cross_entropy_with_logits, binary_cross_entropy_with_logits_gradient

Floats = NDArray[np.float64]


def _probes(rng: np.random.Generator) -> list[Probe]:
    def labels(x: Any) -> Any:
        return np.resize((0, 1), np.shape(x)).astype(x.dtype)

    def shares(x: Any) -> Any:
        return rng.uniform(0.1, 0.9, np.shape(x)).astype(x.dtype)

    drawn = probes.elementwise(rng, limits=False)
    far = next(p for p in drawn if p.part == "extremes").arguments[0]
    small = rng.uniform(-4, 4, 8)
    return [
        *(
            Probe(p.part, p.label, (x := p.arguments[0], labels(x) if x.dtype.kind == "i" else shares(x)))
            for p in drawn
        ),
        Probe("values", "60 inputs from -8 to 8, each with a label 0 or 1", (x := probes.moderate(rng), labels(x))),
        Probe("extremes", "the same, with labels 0 and 1", (far, labels(far))),
        Probe("extremes", "the same, with labels 1 and 0", (far, 1 - labels(far))),
        Probe("shapes", "labels as whole numbers", (small, labels(small).astype(int))),
    ]


def _textbook(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _through_probability(x: Any, y: Any, activation: Callable[[Any], Any], terms: int) -> Any:
    """Return the chain of two slopes, which meet as 0 times infinity where the probability is rounded to 0 or 1."""
    p = activation(x)
    by_probability = (p - y) / (p * (1 - p)) if terms == 1 else -y / p + (1 - y) / (1 - p)
    return by_probability * (p * (1 - p))


def _clipped(x: Any, y: Any, e: float) -> Any:
    return np.clip(sigmoid(x), e, 1 - e) - y


BINARY_CROSS_ENTROPY_WITH_LOGITS_GRADIENT = Exercise(
    name="binary_cross_entropy_with_logits_gradient",
    lesson="07_cross_entropy",
    arguments=("x", "y"),
    wanted="the slope of the loss",
    reference=binary_cross_entropy_with_logits_gradient,
    shown=lambda x, y: finite_difference.extrapolated(lambda t: binary_cross_entropy_with_logits(t, y), x).value,
    shown_as="the finite difference of the loss there",
    probes=_probes,
    examples=((2.0, 1.0), (2.0, 0.0), (-1.0, 1.0), (0.5, 0.25)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda x, y: np.maximum(1, np.abs(x)),
    inputs=("x", "y"),
    slips=(
        Slip(
            "sign",
            lambda x, y: y - sigmoid(x),
            "Everywhere it is exactly minus the right value. With the label 1, does the loss grow or shrink when the "
            "logit grows?",
        ),
        Slip(
            "ignores_y",
            lambda x, y: sigmoid(x),
            "This is the probability; where does the label come in? With the label 1 and a large logit the slope "
            "should be almost 0.",
        ),
        Slip(
            "ignores_x",
            lambda x, y: -1.0 * y + 0.0 * x,
            "The logit plays no part in it: how does the slope change when the model becomes sure of itself?",
        ),
        Slip(
            "arguments_exchanged",
            lambda x, y: sigmoid(y) - x,
            "The two arguments have changed places: which of them goes through the sigmoid, and which is a share "
            "already?",
        ),
        Slip(
            "softmax_for_sigmoid",
            lambda x, y: (e := np.exp(x - np.max(x, initial=0))) / np.sum(e) - y,
            "The probabilities of all the entries sum to 1, as if they competed. Here each logit answers a question "
            "by itself: which function turns one logit into a probability?",
        ),
        Slip(
            "gradient_by_weight",
            lambda x, y: (sigmoid(x) - y) * x,
            "There is an x too many, as in a slope with respect to a weight. Here the logit itself changes: what is "
            "its slope with respect to itself?",
        ),
        Slip(
            "no_activation",
            lambda x, y: x - y,
            "The logit itself is compared with the label. What turns it into a probability first?",
        ),
        Slip(
            "by_probability",
            lambda x, y: (sigmoid(x) - y) / sigmoid_derivative(x),
            "This is how the loss changes with the probability. Which factor is missing on the way back to the logit?",
        ),
        Slip(
            "extra_slope",
            lambda x, y: (sigmoid(x) - y) * sigmoid_derivative(x),
            "The slope of the sigmoid is still in it, as for the squared error. What does the logarithm do to it here?",
        ),
        Slip(
            "extra_slope",
            lambda x, y: 2 * (sigmoid(x) - y) * sigmoid_derivative(x),
            "The slope of the sigmoid is still in it, as for the squared error. What does the logarithm do to it here?",
        ),
        Slip(
            "loss_itself",
            binary_cross_entropy_with_logits,
            "This is the loss; how does it change with the logit?",
        ),
        Slip(
            "one_label_only",
            lambda x, y: -y * sigmoid(-np.asarray(x)),
            "It is right for the label 1, and 0 for the label 0. Which term of the loss is left then?",
        ),
        Slip(
            "one_label_only",
            lambda x, y: (1 - y) * sigmoid(x),
            "It is right for the label 0, and 0 for the label 1. Which term of the loss is left then?",
        ),
        Slip(
            "sign_between_terms",
            lambda x, y: -y * sigmoid(-np.asarray(x)) - (1 - y) * sigmoid(x),
            "It is never positive, as if a larger logit always lowered the loss. With the label 0, what does the "
            "inner function bring?",
        ),
        Slip(
            "mirrored",
            lambda x, y: sigmoid(-np.asarray(x)) - y,
            "It falls where the probability grows: which sign stands in the exponent?",
        ),
        Slip(
            "slope_of_sigmoid",
            lambda x, y: sigmoid_derivative(x),
            "This is the slope of the sigmoid. Where is the loss that stands behind it, and the label?",
        ),
        *(
            Slip("assumes_labels", formula, "It is right for the labels 0 and 1. What about a target between them?")
            for formula in (
                lambda x, y: sigmoid(x) - (np.asarray(y) > 0.5),
                lambda x, y: sigmoid(x) - (np.asarray(y) == 1),
                lambda x, y: sigmoid(x) - (np.asarray(y) > 0),
                lambda x, y: (1 - 2 * y) * sigmoid((1 - 2 * y) * x),
            )
        ),
        Slip(
            "logarithm_kept",
            lambda x, y: np.log(sigmoid(x)) - y,
            "The logarithm of the probability stands there. In the derivation, what became of the logarithm?",
        ),
        Slip(
            "first_term_kept",
            lambda x, y: softplus(x) - y,
            "The second term of the loss is differentiated, the first stands there as it was: how steep is softplus?",
        ),
        Slip(
            "second_term_kept",
            lambda x, y: sigmoid(x) - y * x,
            "The first term of the loss is differentiated, the second stands there as it was: how steep is y times x, "
            "when x changes?",
        ),
        Slip(
            "by_label",
            lambda x, y: -x,
            "This is how the loss changes with the label. Here the label stands still, and the logit changes.",
        ),
        Slip(
            "plus_for_minus",
            lambda x, y: sigmoid(x) + y,
            "It is never negative, as if a larger logit always raised the loss. With the label 1, what does it do?",
        ),
        Slip(
            "product_for_difference",
            lambda x, y: sigmoid(x) * y,
            "With the label 0 it is 0 everywhere; but a large logit is very wrong there. How should probability and "
            "label be compared?",
        ),
        Slip(
            "hard_step",
            lambda x, y: (np.asarray(x) > 0) - y,
            "It compares a decision with the label, and jumps at 0. How sure is the model of its decision?",
        ),
        Slip(
            "tanh_for_sigmoid",
            lambda x, y: np.tanh(x) - y,
            "Here tanh stands for the probability: between which numbers must a probability lie?",
        ),
        *(
            Slip(
                "averaged",
                formula,
                "It is divided by how many entries there are, as for a mean; whose loss does the exercise ask about?",
            )
            for formula in (
                lambda x, y: (sigmoid(x) - y) / np.size(x),
                lambda x, y: np.mean(sigmoid(x) - y),
            )
        ),
        Slip(
            "summed",
            lambda x, y: np.sum(sigmoid(x) - y),
            "It is added up over the entries: whose loss does the exercise ask about?",
        ),
    ),
    extreme_slips=(
        *(
            Slip(
                "clipped_probability",
                lambda x, y, e=e: _clipped(x, y, e),
                "The probability is cut off near 0 and 1, as one does to keep a logarithm finite. Is there a logarithm "
                "left in the slope?",
            )
            for e in (float(np.finfo(np.float32).eps), *(10.0**-n for n in range(4, 13)))
        ),
        *(
            Slip(
                "divided_by_0",
                lambda x, y, s=s, terms=terms: _through_probability(x, y, s, terms),
                "The probability is rounded to 0 or 1 there, and its distance from 1 is divided by, and multiplied "
                "with again. What cancels, before any number is put in?",
            )
            for s in (_textbook, sigmoid)
            for terms in (1, 2)
        ),
    ),
    hints=(
        "The loss in its short form has two terms: softplus of x, and y times x. How steep is each, when x changes?",
        "How steep is softplus? It runs from 0 to 1: you know that curve.",
        "Check yours: with the label 1 it is never positive, with the label 0 never negative, and it is 0 where the "
        "probability is the label. And large x must not overflow.",
    ),
    insight=tiny_number_left(
        binary_cross_entropy_with_logits_gradient,
        "the slope",
        "x = 40 and y = 1",
        "07",
        np.array([40.0]),
        np.array([1.0]),
    ),
)
