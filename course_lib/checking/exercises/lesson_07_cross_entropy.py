"""Lesson 07: the gradient of the cross-entropy of softmax, with respect to the logits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.sigmoidal import sigmoid
from course_lib.activations.vector import softmax, softmax_vjp
from course_lib.checking.digits_left import tiny_number_left
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.exercises.lesson_06_jacobians import size_of_logits
from course_lib.checking.recomputed import by_entries
from course_lib.losses import cross_entropy, cross_entropy_gradient

Floats = NDArray[np.float64]


def _soft(rng: np.random.Generator, *shape: int) -> Floats:
    """Draw distributions along the last axis, no entry of them 0."""
    weights = rng.uniform(0.2, 1, shape)
    return np.asarray(weights / np.sum(weights, axis=-1, keepdims=True))


def _one_hot(rng: np.random.Generator, *shape: int) -> Floats:
    return np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]


def _probes(rng: np.random.Generator) -> list[Probe]:
    def z(*shape: int) -> Floats:
        return rng.uniform(-3, 3, shape)

    row, soft = z(4), _soft(rng, 4)
    far_apart = np.stack([row, 900 + row, -900 + row])
    far_above = np.array([0.0, 50.0, 800.0, -20.0])
    mixed = np.array([[0.5, 0.0, 0.5], [0.0, 1.0, 0.0], [0.25, 0.25, 0.5]])
    wide = np.repeat(_soft(rng, 3, 4), 2, axis=-1)
    whole = np.array([[1, 0, -2], [3, 3, 0]]), np.array([[0, 1, 0], [0, 0, 1]])
    return [
        Probe("values", "4 logits, a one-hot target", (z(4), _one_hot(rng, 4))),
        Probe("values", "5 logits, a soft target", (z(5), _soft(rng, 5))),
        Probe("values", "a square batch: 3 vectors of 3, one-hot", (z(3, 3), _one_hot(rng, 3, 3))),
        Probe("values", "a batch: 5 vectors of 3, soft", (z(5, 3), _soft(rng, 5, 3))),
        Probe("values", "a batch of batches: 2 times 3 vectors of 4", (z(2, 3, 4), _soft(rng, 2, 3, 4))),
        Probe("extremes", "logits of about 1000", (1000 + row, soft)),
        Probe("extremes", "logits of about -1000", (-1000 + row, soft)),
        Probe("extremes", "rows that lie 900 apart", (far_apart, _soft(rng, 3, 4))),
        Probe("extremes", "logits 2000 apart", (np.array([1000.0, -1000.0, -1000.0]), np.array([0.5, 0.25, 0.25]))),
        Probe("extremes", "sure, and right", (far_above, np.array([0.0, 0.0, 1.0, 0.0]))),
        Probe("extremes", "sure, and wrong", (far_above, np.array([1.0, 0.0, 0.0, 0.0]))),
        Probe("extremes", "targets with some zeros", (z(3, 3), mixed)),
        Probe("extremes", "equal logits", (np.full(4, 7.0), soft)),
        Probe("shapes", "one logit", (z(1), np.ones(1))),
        Probe("shapes", "a batch of one", (z(1, 4), _one_hot(rng, 1, 4))),
        Probe("shapes", "every second column of a table", (z(3, 8)[:, ::2], wide[:, ::2])),
        Probe("shapes", "a target of whole numbers", (z(2, 3), whole[1])),
        Probe("shapes", "whole numbers", whole),
        Probe("shapes", "single precision", (row.astype(np.float32), soft.astype(np.float32))),
    ]


def _total(a: Any) -> Any:
    return np.sum(a, axis=-1, keepdims=True)


def _largest(z: Any) -> Any:
    return np.max(z, axis=-1, keepdims=True)


def _residual(z: Any, y: Any) -> Any:
    return softmax(z) - y


def _diagonal(z: Any) -> Any:
    """Return the slope of each probability by its own logit."""
    s = softmax(z)
    return s * (1 - s)


_ADDED = "A small number is added, so that nothing is divided by 0; but it changes every value a little."

_EXAMPLE = (np.array([2.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]))

CROSS_ENTROPY_GRADIENT = Exercise(
    name="cross_entropy_gradient",
    lesson="07_cross_entropy",
    arguments=("z", "y"),
    wanted="the gradient of the loss",
    reference=cross_entropy_gradient,
    shown=lambda z, y: by_entries(lambda t: cross_entropy(t, np.broadcast_to(y, t.shape)), z),
    shown_as="the finite difference of the loss, one entry for each logit,",
    probes=_probes,
    examples=(
        _EXAMPLE,
        (np.array([1.0, 0.0]), np.array([0.5, 0.5])),
        (np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])),
    ),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=size_of_logits,
    elementwise=False,
    slips=(
        Slip(
            "sign",
            lambda z, y: y - softmax(z),
            "Everywhere it is exactly minus the right value. When the logit of the right class grows, does the loss "
            "grow or shrink?",
        ),
        *(
            Slip(
                "averaged",
                formula,
                "It is divided by the number of vectors, as for a mean over the batch; whose loss does the exercise "
                "ask about?",
            )
            for formula in (
                lambda z, y: _residual(z, y) / len(z),
                lambda z, y: _residual(z, y) / np.prod(z.shape[:-1]),
            )
        ),
        *(
            Slip(
                "divided_by_classes",
                formula,
                "It is divided by the number of logits: is the loss of a vector a sum over the classes, or a mean?",
            )
            for formula in (
                lambda z, y: _residual(z, y) / z.shape[-1],
                lambda z, y: _residual(z, y) / z.size,
            )
        ),
        *(
            Slip(
                "summed",
                formula,
                "It is added up over the batch: which numbers change when one logit of one vector does?",
            )
            for formula in (
                lambda z, y: np.sum(_residual(z, y), axis=0),
                lambda z, y: np.sum(_residual(z, y), axis=tuple(range(z.ndim - 1))),
            )
        ),
        Slip(
            "ignores_y",
            lambda z, y: softmax(z),
            "These are the probabilities; where does the target come in? With a perfect forecast the gradient is 0.",
        ),
        Slip(
            "ignores_z",
            lambda z, y: -1.0 * y,
            "The logits play no part in it; but with a perfect forecast the gradient is 0. Which term is missing?",
        ),
        Slip(
            "arguments_exchanged",
            lambda z, y: softmax(y) - z,
            "The two arguments have changed places: which of them goes through softmax, and which is a distribution "
            "already?",
        ),
        Slip(
            "logarithm_kept",
            lambda z, y: np.log(softmax(z)) - y,
            "The logarithm of the probabilities stands there. In the derivation, what became of the logarithm?",
        ),
        Slip(
            "no_softmax",
            lambda z, y: z - y,
            "The logits themselves are compared with the target. What turns them into probabilities first?",
        ),
        *(
            Slip(
                "not_normalised",
                formula,
                "The exponentials are compared with the target; what do probabilities sum to?",
            )
            for formula in (
                lambda z, y: np.exp(z) - y,
                lambda z, y: np.exp(z - _largest(z)) - y,
            )
        ),
        Slip(
            "sigmoid_for_softmax",
            lambda z, y: sigmoid(z) - y,
            "Each logit goes through a sigmoid by itself. In softmax they compete: which function turns the whole "
            "vector into probabilities?",
        ),
        Slip(
            "softmin",
            lambda z, y: softmax(-np.asarray(z, dtype=np.float64)) - y,
            "The smallest logit gets the largest probability: which sign stands in the exponent?",
        ),
        Slip(
            "first_axis",
            lambda z, y: softmax(z, axis=0) - y,
            "The probabilities sum to 1 along the first axis: along which one do the vectors lie?",
        ),
        Slip(
            "sum_of_all",
            lambda z, y: np.exp(z) / np.sum(np.exp(z)) - y,
            "The whole batch is taken for one distribution: over which entries should the probabilities sum to 1?",
        ),
        Slip(
            "by_probabilities",
            lambda z, y: -y / softmax(z),
            "This is how the loss changes with the probabilities. Which step is missing on the way back to the logits?",
        ),
        Slip(
            "by_probabilities",
            lambda z, y: _residual(z, y) / _diagonal(z),
            "This is a gradient with respect to the probabilities, and of another loss. Which step is missing on the "
            "way back to the logits?",
        ),
        Slip(
            "diagonal_only",
            lambda z, y: y * (softmax(z) - 1),
            "Each logit acts on its own probability only. When another logit grows, what happens to the probability "
            "of the right class?",
        ),
        Slip(
            "target_entries_only",
            lambda z, y: y * _residual(z, y),
            "Where the target is 0 it is 0 too. When the logit of a wrong class grows, what happens to the loss?",
        ),
        Slip(
            "loss_not_differentiated",
            lambda z, y: -softmax_vjp(z, y),
            "The Jacobian of softmax is in it, but with which vector does the loss arrive there? How does the loss "
            "change with a probability?",
        ),
        *(
            Slip(
                "extra_slope",
                formula,
                "The slope of softmax is still in it, as for the squared error. What does the logarithm do to it here?",
            )
            for formula in (
                lambda z, y: softmax_vjp(z, _residual(z, y)),
                lambda z, y: 2 * softmax_vjp(z, _residual(z, y)),
                lambda z, y: _residual(z, y) * _diagonal(z),
                lambda z, y: 2 * _residual(z, y) * _diagonal(z),
            )
        ),
        *(
            Slip(
                "assumes_one_hot",
                formula,
                "It is right where the target is one-hot. What about one that shares 1 out among several classes?",
            )
            for formula in (
                lambda z, y: softmax(z) - np.eye(z.shape[-1])[np.argmax(y, axis=-1)],
                lambda z, y: softmax(z) - np.round(y),
                lambda z, y: softmax(z) - (y == 1),
                lambda z, y: softmax(z) - (y > 0),
            )
        ),
        Slip(
            "one_subtracted",
            lambda z, y: softmax(z) - 1,
            "1 is subtracted everywhere: from which entries should the target take something, and how much?",
        ),
        Slip(
            "plus_for_minus",
            lambda z, y: softmax(z) + y,
            "All entries are positive, as if a larger logit always raised the loss. What does the logit of the right "
            "class do?",
        ),
        Slip(
            "product_for_difference",
            lambda z, y: softmax(z) * y,
            "Where the target is 0 it is 0 too. When the logit of a wrong class grows, what happens to the loss?",
        ),
        *(
            Slip("loss_itself", formula, "This is the loss; how does it change with each logit?")
            for formula in (
                cross_entropy,
                lambda z, y: -_total(y * np.log(softmax(z))),
                lambda z, y: -y * np.log(softmax(z)),
                lambda z, y: np.mean(cross_entropy(z, y)),
                lambda z, y: np.sum(cross_entropy(z, y)),
            )
        ),
        *(
            Slip("small_number_added", formula, f"{_ADDED} {question}", same=1e-16)
            for e in (10.0**-n for n in range(5, 13))  # one that is smaller may be lost in the rounding
            for formula, question in (
                (
                    lambda z, y, e=e: np.exp(z - _largest(z)) / (_total(np.exp(z - _largest(z))) + e) - y,
                    "Once the largest logit is taken off, how small can the sum of the exponentials be?",
                ),
                (
                    lambda z, y, e=e: np.exp(z) / (_total(np.exp(z)) + e) - y,
                    "Which number may be taken off all the logits of a vector, so that their exponentials never sum "
                    "to 0?",
                ),
                (
                    lambda z, y, e=e: softmax(z) + e - y,
                    "Is there a division, or a logarithm, in what is left of the gradient?",
                ),
                (
                    lambda z, y, e=e: softmax_vjp(z, -y / (softmax(z) + e)),
                    "Must the target be divided by a probability at all?",
                ),
            )
        ),
    ),
    extreme_slips=(
        Slip(
            "overflow",
            lambda z, y: np.exp(z) / _total(np.exp(z)) - y,
            "The exponential of 1000 is inf, and that of -1000 is 0. Which number may be taken off all the logits of a "
            "vector, so that no exponential is above 1?",
        ),
        Slip(
            "maximum_of_all",
            lambda z, y: (e := np.exp(z - np.max(z))) / _total(e) - y,
            "The maximum that is taken off is that of the whole batch; which one does each vector need?",
        ),
        Slip(
            "probability_of_0",
            lambda z, y: softmax_vjp(z, -y / softmax(z)),
            "There a probability has become 0, and the target is divided by it. Where could that division and the "
            "slope of softmax cancel, before any number is put in?",
        ),
        Slip(
            "probability_of_0",
            lambda z, y: (s := softmax(z)) * (-y / s - _total(s * (-y / s))),
            "There a probability has become 0, and the target is divided by it. Where could that division and the "
            "slope of softmax cancel, before any number is put in?",
        ),
    ),
    hints=(
        "The loss adds up over the classes: target times minus the logarithm of a probability. How does the logarithm "
        "of probability i change with logit k?",
        "In the sum over the classes one term does not depend on the class: take it out. What do all the entries of "
        "the target sum to?",
        "Check yours: the entries of each vector sum to 0, and all are 0 where the probabilities are the target.",
    ),
    insight=tiny_number_left(
        cross_entropy_gradient,
        "the first entry",
        "z = [40, 0] and y = [1, 0]",
        "07",
        np.array([40.0, 0.0]),
        np.array([1.0, 0.0]),
    ),
)
