"""Lesson 06, the Jacobian of softmax, its product with a vector, and the Jacobian of softmin."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.vector import softmax, softmax_jacobian, softmax_vjp
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.recomputed import by_columns

Floats = NDArray[np.float64]


def size_of_logits(z: Any, *_: Any) -> Any:
    """Return the size of the largest logit: by so much a relative rounding of the logits is amplified."""
    return np.max(np.abs(z), initial=1.0)


def _vector_probes(rng: np.random.Generator) -> list[Probe]:
    def z(n: int) -> Floats:
        return rng.uniform(-2, 2, n)

    row = z(4)
    return [
        Probe("values", "4 logits", (z(4),)),
        Probe("values", "3 logits", (z(3),)),
        Probe("values", "6 logits", (z(6),)),
        Probe("extremes", "logits of about 1000", (1000 + row,)),
        Probe("extremes", "logits of about -1000", (-1000 + row,)),
        Probe("extremes", "one logit far above the others", (np.array([0.0, 50.0, -3.0]),)),
        Probe("extremes", "logits that lie 900 apart", (np.array([900.0, 0.0, 899.0, 1.0]),)),
        Probe("extremes", "equal logits", (np.full(3, -2.0),)),
        Probe("shapes", "one logit", (z(1),)),
        Probe("shapes", "two logits", (z(2),)),
        Probe("shapes", "every second entry of a vector", (z(8)[::2],)),
        Probe("shapes", "whole numbers", (np.array([1, 0, -2]),)),
        Probe("shapes", "single precision", (row.astype(np.float32),)),
    ]


# --- softmax_jacobian ------------------------------------------------------------------------------------------


def _outer(s: Any) -> Any:
    return np.outer(s, s)


_EXAMPLES = ((np.array([1.0, 0.0]),), (np.array([2.0, 1.0, 0.0]),))

SOFTMAX_JACOBIAN = Exercise(
    name="softmax_jacobian",
    lesson="06_softmax",
    arguments=("z",),
    wanted="the Jacobian",
    reference=softmax_jacobian,
    shown=lambda z: by_columns(softmax, z),
    shown_as="the finite difference of softmax, one column for each logit,",
    probes=_vector_probes,
    examples=_EXAMPLES,
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=size_of_logits,
    elementwise=False,
    slips=(
        Slip(
            "diagonal_only",
            lambda z: np.diag((s := softmax(z)) * (1 - s)),
            "Only the diagonal is filled: when one logit grows, what happens to the other probabilities?",
        ),
        Slip(
            "diagonal_only",
            lambda z: (s := softmax(z)) * (1 - s),
            "These are the n numbers of the diagonal. When one logit grows, what happens to the other probabilities?",
        ),
        Slip(
            "missing_diagonal_term",
            lambda z: -_outer(softmax(z)),
            "Beside the diagonal all is right; but a probability grows with its own logit.",
        ),
        Slip(
            "sign_beside_diagonal",
            lambda z: (s := softmax(z)) * np.eye(len(s)) + _outer(s) * (1 - 2 * np.eye(len(s))),
            "Beside the diagonal the sign is wrong: what one probability gains, the others lose.",
        ),
        Slip(
            "plus_for_minus",
            lambda z: np.diag(softmax(z)) + _outer(softmax(z)),
            "All entries are positive; but what one probability gains, the others lose.",
        ),
        Slip(
            "input_for_output",
            lambda z: np.diag(z) - _outer(z),
            "This looks like the rule for the probabilities, applied to the logits themselves.",
        ),
        Slip(
            "outer_not_formed",
            lambda z: np.diag(s := softmax(z)) - s * s,
            "The same row is subtracted from each row: entry [i, k] needs two different probabilities.",
        ),
        Slip(
            "product_for_outer",
            lambda z: np.diag(s := softmax(z)) - np.dot(s, s),
            "One number is subtracted everywhere: a product of two vectors can also be a whole matrix.",
        ),
        Slip(
            "missing_factor",
            lambda z: np.eye(len(s := softmax(z))) - s,
            "A factor is missing: a probability that is almost 0 hardly changes with any logit.",
        ),
        Slip(
            "missing_factor",
            lambda z: np.eye(len(s := softmax(z))) - s[:, np.newaxis],
            "A factor is missing: a probability that is almost 0 hardly changes with any logit.",
        ),
        Slip(
            "identity_minus_outer",
            lambda z: np.eye(len(s := softmax(z))) - _outer(s),
            "Beside the diagonal all is right; but on it a probability of almost 1 hardly changes any more.",
        ),
        Slip(
            "cross_entropy_gradient",
            lambda z: softmax(z) - np.eye(len(z))[0],
            "This is the gradient of a loss, the cross-entropy. Softmax's own Jacobian has n times n numbers.",
        ),
        Slip(
            "constant",
            lambda z: np.eye(len(z)),
            "This is the Jacobian of the identity; in softmax a logit acts on all the probabilities.",
        ),
        Slip(
            "row_sums",
            lambda z: np.zeros(len(z)),
            "Only zeros: these are the sums of the Jacobian's rows, which can't tell anything. The matrix itself is "
            "asked for.",
        ),
        Slip(
            "squared_on_diagonal",
            lambda z: np.diag((s := softmax(z)) ** 2) - _outer(s) * (1 - np.eye(len(s))),
            "Beside the diagonal all is right; on it the quotient rule has two terms, and one of them got lost.",
        ),
        Slip(
            "forward_for_derivative",
            softmax,
            "These are the probabilities themselves; the exercise asks how they change with the logits.",
        ),
        Slip(
            "sigmoid_derivative",
            lambda z: (s := 1 / (1 + np.exp(-np.asarray(z, dtype=np.float64)))) * (1 - s),
            "This is the slope of the sigmoid of each logit by itself; in softmax they compete.",
        ),
    ),
    hints=(
        "Entry [i, k] says how probability i changes with logit k. There are two cases: i = k, and i other than k.",
        "Fill the case i other than k into the whole matrix: one product of a column with a row. What does the "
        "diagonal lack then?",
        "Check yours: it is symmetric, the diagonal is positive, all else is negative, and each row sums to 0.",
    ),
)

# --- softmax_vjp -----------------------------------------------------------------------------------------------


def _vjp_probes(rng: np.random.Generator) -> list[Probe]:
    def pair(*shape: int) -> tuple[Floats, Floats]:
        return rng.uniform(-2, 2, shape), rng.normal(size=shape)

    z, g = pair(4)
    n = int(rng.integers(2000, 3000))
    far_apart = np.stack([z, 900 + z, -900 + z])
    leading = z + np.array([7.0, 0, 0, 0])  # so that the course's own product is exactly 0 with the same g for all
    whole = (np.array([1, 0, -2]), np.array([2, -1, 3]))
    table = pair(3, 8)
    return [
        Probe("values", "4 logits", pair(4)),
        Probe("values", "a square batch: 3 vectors of 3", pair(3, 3)),
        Probe("values", "a batch: 5 vectors of 3", pair(5, 3)),
        Probe("values", "a batch of batches: 2 times 3 vectors of 4", pair(2, 3, 4)),
        Probe("extremes", "logits of about 1000", (1000 + z, g)),
        Probe("extremes", "logits of about -1000", (-1000 + z, g)),
        Probe("extremes", "rows that lie 900 apart", (far_apart, np.stack([g, g, g]))),
        Probe("extremes", "one logit far above the others", (np.array([0.0, 50.0, -3.0]), np.array([1.0, 2.0, 3.0]))),
        Probe("extremes", "the same number in all of g", (leading, np.ones(4))),
        Probe("memory", "one long vector", pair(n), bytes_allowed=n * n // 2),
        Probe("shapes", "one logit", pair(1)),
        Probe("shapes", "a batch of one", pair(1, 4)),
        Probe("shapes", "every second column of a table", tuple(a[:, ::2] for a in table)),
        Probe("shapes", "whole numbers", whole),
        Probe("shapes", "single precision", (z.astype(np.float32), g.astype(np.float32))),
        Probe("memory", "a vector of 20,000", pair(20_000), bytes_allowed=100_000_000, graded_only=True),
    ]


def _through_jacobian(z: Any, g: Any) -> Floats:
    """Return the product with the Jacobian of finite differences: g times each of its columns."""
    return np.asarray(np.asarray(g, dtype=np.float64) @ by_columns(softmax, z))


def _shown_vjp(z: Any, g: Any) -> Floats:
    z, g = np.asarray(z, dtype=np.float64), np.asarray(g, dtype=np.float64)
    rows = zip(z.reshape(-1, z.shape[-1]), g.reshape(-1, z.shape[-1]), strict=True)
    return np.array([_through_jacobian(*row) for row in rows]).reshape(z.shape)


def _total(a: Any) -> Any:
    return np.sum(a, axis=-1, keepdims=True)


SOFTMAX_VJP = Exercise(
    name="softmax_vjp",
    lesson="06_softmax",
    arguments=("z", "g"),
    wanted="the vector-Jacobian product",
    reference=softmax_vjp,
    shown=_shown_vjp,
    shown_as="g times the finite difference of softmax",
    probes=_vjp_probes,
    examples=(
        (np.array([1.0, 0.0]), np.array([1.0, 2.0])),
        (np.array([2.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0])),
        (np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])),
    ),
    parts={"values": 4, "extremes": 2, "memory": 2, "shapes": 1, "argument": 1},
    condition=lambda z, g: np.max(np.abs(z), initial=1.0) * np.max(np.abs(g), initial=1.0),
    elementwise=False,
    slips=(
        Slip(
            "diagonal_only",
            lambda z, g: g * (s := softmax(z)) * (1 - s),
            "Each logit acts on all the probabilities; here each acts on its own only.",
        ),
        Slip(
            "mean_not_subtracted",
            lambda z, g: softmax(z) * g,
            "A term is missing: add 1 to all of g, and the right result stays as it is, since probabilities sum to 1.",
        ),
        Slip(
            "plain_mean",
            lambda z, g: softmax(z) * (g - np.mean(g, axis=-1, keepdims=True)),
            "A mean of g is subtracted, but the plain one: each entry of g counts by its probability.",
        ),
        Slip(
            "plain_sum",
            lambda z, g: softmax(z) * (g - _total(g)),
            "The sum of g is subtracted, where each entry of g should count by its probability.",
        ),
        Slip(
            "missing_outer_factor",
            lambda z, g: g - _total(softmax(z) * g),
            "A factor is missing in front: a probability that is almost 0 hardly changes with any logit.",
        ),
        Slip(
            "factor_on_one_term",
            lambda z, g: softmax(z) * g - _total(softmax(z) * g),
            "The second term has lost a factor: a bracket is missing.",
        ),
        Slip(
            "plus_for_minus",
            lambda z, g: softmax(z) * (g + _total(softmax(z) * g)),
            "The sign between the two terms is wrong: with g all ones the result is 0.",
        ),
        Slip(
            "over_whole_batch",
            lambda z, g: softmax(z) * (g - np.sum(softmax(z) * g)),
            "For one vector it is right; in a batch the sum must stay within each vector.",
        ),
        Slip(
            "wrong_axis",
            lambda z, g: (s := softmax(z)) * (g - np.sum(s * g, axis=0)),
            "In a batch the sum runs over the vectors; it must run along each of them, over the last axis.",
        ),
        Slip(
            "softmax_over_whole_batch",
            lambda z, g: (s := np.exp(z) / np.sum(np.exp(z))) * (g - _total(s * g)),
            "For one vector it is right; in a batch the probabilities must sum to 1 in each vector.",
        ),
        Slip(
            "cross_entropy_gradient",
            lambda z, g: softmax(z) - g,
            "This is the gradient of the cross-entropy loss, with g taken for the labels. Here g is any gradient.",
        ),
        Slip(
            "input_for_output",
            lambda z, g: z * (g - _total(z * g)),
            "This looks like the rule for the probabilities, applied to the logits themselves.",
        ),
        Slip(
            "constant",
            lambda z, g: np.zeros(np.shape(z)),
            "Only zeros: g must come in before anything is summed.",
        ),
    ),
    extreme_slips=(
        Slip(
            "maximum_of_all",
            lambda z, g: (s := (e := np.exp(z - np.max(z))) / _total(e)) * (g - _total(s * g)),
            "The maximum that is taken off is that of the whole batch; each vector needs its own.",
        ),
    ),
    hints=(
        "Write out entry k of the product: the sum over i of g_i times entry [i, k]. Split it into i = k and the rest.",
        "The part with two probabilities has one that does not depend on i: take it out of the sum. What is left "
        "inside is one number for the whole vector.",
        "keepdims=True keeps the summed axis, so that the one number of each vector fits to its row.",
    ),
)

# --- softmin_jacobian (transfer) -------------------------------------------------------------------------------


def _softmin(z: Any) -> Any:
    return softmax(-np.asarray(z, dtype=np.float64))


def _softmin_jacobian(z: Any) -> Any:
    return -softmax_jacobian(-np.asarray(z, dtype=np.float64))


SOFTMIN_JACOBIAN = Exercise(
    name="softmin_jacobian",
    lesson="06_softmax",
    arguments=("z",),
    wanted="the Jacobian",
    reference=_softmin_jacobian,
    shown=lambda z: by_columns(_softmin, z),
    shown_as="the finite difference of softmin, one column for each entry of z,",
    probes=_vector_probes,
    examples=_EXAMPLES,
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=size_of_logits,
    elementwise=False,
    slips=(
        Slip(
            "sign",
            lambda z: softmax_jacobian(-np.asarray(z, dtype=np.float64)),
            "Its place is right, its sign is not: what is inside softmax has a slope of its own.",
        ),
        Slip(
            "softmax_jacobian",
            softmax_jacobian,
            "This is the Jacobian of softmax at z: what does softmax get as its input here?",
        ),
        Slip(
            "inner_not_negated",
            lambda z: -softmax_jacobian(z),
            "The inner slope is there, but the outer one is taken at z: what does softmax get as its input here?",
        ),
        Slip(
            "diagonal_only",
            lambda z: -np.diag((s := _softmin(z)) * (1 - s)),
            "Only the diagonal is filled: when one entry of z grows, what happens to the other probabilities?",
        ),
        Slip(
            "diagonal_only",
            lambda z: -(s := _softmin(z)) * (1 - s),
            "These are the n numbers of the diagonal: when one entry of z grows, what happens to the others?",
        ),
        Slip(
            "missing_diagonal_term",
            lambda z: _outer(_softmin(z)),
            "Beside the diagonal all is right; but a probability shrinks when its own entry of z grows.",
        ),
        Slip(
            "sign_on_one_term",
            lambda z: -np.diag(_softmin(z)) - _outer(_softmin(z)),
            "The minus belongs to both terms: what one probability loses, the others gain.",
        ),
        Slip(
            "forward_for_derivative",
            _softmin,
            "This is softmin itself; the exercise asks how it changes with z.",
        ),
    ),
    hints=(
        "There is a function inside a function: which one is inside, and what is its slope?",
        "The chain rule: the Jacobian of the outer function, taken at what it really gets, times the inner slope.",
        "When an entry of z grows, its own probability must shrink, and the others grow. Does yours have these signs?",
    ),
)
