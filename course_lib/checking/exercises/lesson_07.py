"""Lesson 07: log-softmax, and the gradients of the two cross-entropies with respect to the logits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.vector import softmax
from course_lib.activations.vector_logarithms import log_softmax
from course_lib.checking.digits_left import tiny_number_left
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.exercises.lesson_06_jacobians import size_of_logits
from course_lib.checking.exercises.lesson_07_binary import BINARY_CROSS_ENTROPY_WITH_LOGITS_GRADIENT
from course_lib.checking.exercises.lesson_07_cross_entropy import CROSS_ENTROPY_GRADIENT

Floats = NDArray[np.float64]


def _probes(rng: np.random.Generator) -> list[Probe]:
    def z(*shape: int) -> Floats:
        return rng.uniform(-3, 3, shape)

    row = z(5)
    far_apart = np.stack([z(3), 900 + z(3), -900 + z(3)])
    return [
        Probe("values", "a vector", (z(4),)),
        Probe("values", "a table", (z(3, 4),)),
        Probe("values", "a square table", (z(3, 3),)),
        Probe("values", "a cube (3-d)", (z(2, 3, 4),)),
        Probe("extremes", "logits of about 1000", (1000 + row,)),
        Probe("extremes", "logits of about -1000", (-1000 + row,)),
        Probe("extremes", "one logit far above the others", (np.array([0.0, 50.0, 800.0, -20.0]),)),
        Probe("extremes", "rows that lie 900 apart", (far_apart,)),
        Probe("extremes", "logits 20,000 apart", (np.array([1e4, -1e4, 1e4]),)),
        Probe("extremes", "equal logits", (np.full(4, 7.0),)),
        Probe("shapes", "one logit", (z(1),)),
        Probe("shapes", "a column, each row alone", (z(3, 1),)),
        Probe("shapes", "an array with 4 axes", (z(2, 2, 2, 3),)),
        Probe("shapes", "every second column of a table", (z(2, 6)[:, ::2],)),
        Probe("shapes", "whole numbers", (np.array([[1, 0, -2], [3, 3, 0]]),)),
        Probe("shapes", "single precision", (z(3, 4).astype(np.float32),)),
    ]


def _sum(z: Any) -> Any:
    """Return the sum of the exponentials, without care for overflow."""
    return np.sum(np.exp(z), axis=-1, keepdims=True)


def _log_sum(z: Any) -> Any:
    return np.log(_sum(z))


def _largest(z: Any) -> Any:
    return np.max(z, axis=-1, keepdims=True)


def _gap(z: Any) -> Any:
    return z - _largest(z)


def _plain(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)


_ADDED = (
    "A small number is added, so that the logarithm never meets 0; but it changes every value a little. Must the "
    "probability be formed before its logarithm?"
)

_ADDED_TO_THE_SUM = (
    "A small number is added, so that the logarithm never meets 0; but it changes every value a little. Once the "
    "largest logit is taken off, how small can the sum of the exponentials be?"
)

LOG_SOFTMAX = Exercise(
    name="log_softmax",
    lesson="07_cross_entropy",
    arguments=("z",),
    wanted="the logarithm of softmax",
    reference=log_softmax,
    shown=log_softmax,
    shown_as="the logarithm of softmax",
    probes=_probes,
    examples=(
        (np.array([2.0, 1.0, 0.0]),),
        (np.array([[1.0, 0.0], [2.0, 0.0]]),),
        (np.array([[1.0, 0.0], [3.0, 2.0]]),),
    ),
    parts={"values": 5, "extremes": 3, "shapes": 1, "argument": 1},
    condition=size_of_logits,
    elementwise=False,
    slips=(
        Slip(
            "softmax_itself",
            _plain,
            "These are the probabilities themselves: what is still to be taken of them?",
        ),
        Slip(
            "sum_of_all",
            lambda z: z - np.log(np.sum(np.exp(z))),
            "All the entries together are taken for one distribution. Over which of them should the probabilities "
            "sum to 1?",
        ),
        Slip(
            "first_axis",
            lambda z: z - np.log(np.sum(np.exp(z), axis=0, keepdims=True)),
            "It works along the first axis: along which one do the vectors lie?",
        ),
        Slip(
            "maximum_only",
            lambda z: z - _largest(z),
            "The largest entry is always 0, as if its probability were 1. The maximum is taken off to keep the "
            "exponentials small; what is to be subtracted besides?",
        ),
        Slip(
            "maximum_not_restored",
            lambda z: z - _log_sum(z - _largest(z)),
            "Inside the logarithm the maximum is taken off, and nowhere else. What must happen to the other term, so "
            "that it makes no difference?",
        ),
        Slip(
            "maximum_not_restored",
            lambda z: z - _largest(z) - _log_sum(z),
            "The maximum is taken off one term, and not off the other. What must happen to the exponentials, so that "
            "it makes no difference?",
        ),
        Slip(
            "maximum_wrong_way",
            lambda z: z - _log_sum(z - _largest(z)) + _largest(z),
            "What was taken off inside the logarithm is put back with the wrong sign: is the whole second term "
            "subtracted, or only the first part of it?",
        ),
        Slip(
            "logsumexp_only",
            lambda z: np.log(np.sum(np.exp(z), axis=-1)),
            "This is one number for each vector: from what is it to be subtracted?",
        ),
        Slip(
            "logsumexp_only",
            _log_sum,
            "This is one number for each vector: from what is it to be subtracted?",
        ),
        Slip(
            "missing_log",
            lambda z: z - np.sum(np.exp(z), axis=-1, keepdims=True),
            "The sum is subtracted as it is. The logarithm of a quotient is a difference, but of what?",
        ),
        Slip(
            "missing_log",
            lambda z: _gap(z) - _sum(_gap(z)),
            "The sum is subtracted as it is. The logarithm of a quotient is a difference, but of what?",
        ),
        Slip(
            "quotient_kept",
            lambda z: z / _log_sum(z),
            "Here is a quotient of two logarithms. What does the logarithm make of a quotient?",
        ),
        Slip(
            "quotient_kept",
            lambda z: z / np.sum(np.exp(z), axis=-1, keepdims=True),
            "Only the upper half of the quotient became a logarithm. What does the logarithm make of the whole?",
        ),
        *(
            Slip(
                "plus_for_minus",
                formula,
                "Some values are positive; but can the logarithm of a probability be? Look at the sign between the "
                "terms.",
            )
            for formula in (
                lambda z: z + _log_sum(z),
                lambda z: _gap(z) + _log_sum(_gap(z)),
            )
        ),
        Slip(
            "log_sigmoid",
            lambda z: -np.logaddexp(0, -np.asarray(z, dtype=np.float64)),
            "This is the logarithm of the sigmoid of each logit by itself. Where do the logits compete?",
        ),
        Slip(
            "applied_twice",
            lambda z: np.log(_plain(_plain(z))),
            "Softmax is applied twice: what goes into the second one?",
        ),
        Slip(
            "softmin",
            lambda z: np.log(_plain(-z)),
            "The smallest logit gets the largest value: which sign stands in the exponent?",
        ),
        *(
            Slip("wrong_base", formula, f"This is a logarithm to base {base}: which one undoes the exponential?")
            for base in (2, 10)
            for formula in (
                lambda z, base=base: np.log(_plain(z)) / np.log(base),
                lambda z, base=base: z - _log_sum(z) / np.log(base),
                lambda z, base=base: _gap(z) - _log_sum(_gap(z)) / np.log(base),
            )
        ),
        Slip(
            "one_added",
            lambda z: np.log1p(_plain(z)),
            "1 is added to the probability before its logarithm is taken: what should a probability of 1 give?",
        ),
        Slip(
            "one_added",
            lambda z: z - np.log1p(_sum(z)),
            "1 is added to the sum before its logarithm is taken. What do the probabilities sum to then?",
        ),
        Slip(
            "one_added",
            lambda z: _gap(z) - np.log1p(_sum(_gap(z))),
            "log1p adds a 1 of its own: is the largest exponential in your sum as well?",
        ),
        Slip(
            "constant",
            lambda z: np.full(z.shape, -np.log(z.shape[-1])),
            "All entries of a vector are the same, as if all its logits were: where do the logits come in?",
        ),
        Slip(
            "mean_for_sum",
            lambda z: z - np.log(np.mean(np.exp(z), axis=-1, keepdims=True)),
            "The mean of the exponentials is taken. What do the probabilities sum to then?",
        ),
        *(
            Slip("small_number_added", lambda z, e=10.0**-n: np.log(_plain(z) + e), _ADDED, same=1e-16)
            for n in range(5, 16)
        ),
        *(
            Slip(
                "small_number_added",
                lambda z, e=10.0**-n: _gap(z) - np.log(_sum(_gap(z)) + e),
                _ADDED_TO_THE_SUM,
                same=1e-16,
            )
            for n in range(5, 14)  # one that is smaller may be lost in the rounding
        ),
    ),
    extreme_slips=(
        # These come first: where one of them fails, the form that takes nothing off gives the same there.
        *(
            Slip(
                "overflow",
                lambda z, taken=taken: z - taken(z) - _log_sum(z - taken(z)),
                "The exponential of 1000 is inf, and that of -1000 is 0. Which number may be taken off all the logits "
                "of a vector, so that no exponential is above 1?",
            )
            for taken in (
                lambda z: np.mean(z, axis=-1, keepdims=True),
                lambda z: np.median(z, axis=-1, keepdims=True),
                lambda z: np.min(z, axis=-1, keepdims=True),
                lambda z: z[..., :1],
            )
        ),
        Slip(
            "overflow",
            lambda z: z - _log_sum(z),
            "The exponential of 1000 is inf, and that of -1000 is 0. Which number may be taken off all the logits of a "
            "vector first, and where must it come back?",
        ),
        Slip(
            "overflow",
            lambda z: np.log(_plain(z)),
            "The exponential of 1000 is inf, and that of -1000 is 0. Which number may be taken off all the logits of a "
            "vector first?",
        ),
        Slip(
            "log_of_softmax",
            lambda z: np.log(softmax(z)),
            "There the probability is too small for a float and has become 0. Must it be formed before its logarithm?",
        ),
        Slip(
            "maximum_of_all",
            lambda z: (z - np.max(z)) - _log_sum(z - np.max(z)),
            "The maximum that is taken off is that of the whole array; which one does each vector need?",
        ),
        *(
            Slip("small_number_added", lambda z, e=e: np.log(softmax(z) + e), _ADDED)
            for e in (1e-16, float(np.finfo(np.float64).eps), *(10.0**-n for n in (17, 18, 20, 30, 40, 50, 100, 300)))
        ),
        *(
            Slip(
                "small_number_added",
                lambda z, e=e: np.log(np.maximum(softmax(z), e)),
                "Below a certain number the probabilities are cut off, so that the logarithm never meets 0. Must the "
                "probability be formed before its logarithm?",
            )
            for e in (float(np.finfo(np.float64).eps), *(10.0**-n for n in (*range(6, 17), 20, 30, 50, 100, 300)))
        ),
    ),
    hints=(
        "Write the quotient of softmax, and take its logarithm: what becomes of a quotient, and what of e to the z_i?",
        "The exponential of 1000 is inf. Adding a number to all the logits of a vector changes nothing: which number "
        "keeps all the exponentials at most 1?",
        "Never form a probability that may be 0. Once the exponential and the logarithm of the upper half have "
        "cancelled, only one sum is left inside a logarithm; keepdims=True keeps its axis.",
    ),
    insight=tiny_number_left(log_softmax, "the first value", "z = [40, 0]", "07", np.array([40.0, 0.0])),
)


EXERCISES: tuple[Exercise, ...] = (
    LOG_SOFTMAX,
    CROSS_ENTROPY_GRADIENT,
    BINARY_CROSS_ENTROPY_WITH_LOGITS_GRADIENT,
)
