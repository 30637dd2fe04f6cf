"""Lesson 07's exercises: what the usual forms earn, and what is told about them."""

import math

import numpy as np
import pytest

from course_lib import check


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def naive_softmax(z):
    e = np.exp(z)
    return e / np.sum(e, axis=-1, keepdims=True)


def of_one_maximum(z):
    e = np.exp(z - (np.max(z) if z.size else 0))
    return e / np.sum(e, axis=-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_sum(z):
    return np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def shifted(z):
    gap = z - np.max(z, axis=-1, keepdims=True)
    return gap - log_sum(gap)


def through_the_jacobian(z, y):
    s = softmax(z)
    jacobian = s[..., :, None] * (np.eye(z.shape[-1]) - s[..., None, :])
    return np.einsum("...i,...ik->...k", -y / s, jacobian)


def by_loop(x, y):
    pairs = zip(x.ravel(), y.ravel(), strict=True)
    return np.array([1 / (1 + math.exp(-max(t, -700))) - label for t, label in pairs]).reshape(x.shape)


BINARY = "binary_cross_entropy_with_logits_gradient"


@pytest.mark.parametrize(
    ("name", "answer", "points", "slip"),
    [
        ("log_softmax", shifted, 10, None),
        ("log_softmax", lambda z: z - np.logaddexp.reduce(z, axis=-1, keepdims=True), 10, None),
        ("log_softmax", lambda z: z - log_sum(z), 7, "overflow"),
        ("log_softmax", lambda z: np.log(naive_softmax(z)), 7, "overflow"),
        ("log_softmax", lambda z: np.log(softmax(z)), 7, "log_of_softmax"),
        ("log_softmax", lambda z: np.log(of_one_maximum(z)), 7, "log_of_softmax"),
        ("log_softmax", lambda z: z - np.max(z) - log_sum(z - np.max(z)), 7, "maximum_of_all"),
        ("log_softmax", lambda z: np.log(softmax(z) + 1e-300), 7, "small_number_added"),
        ("log_softmax", lambda z: np.log(np.maximum(softmax(z), 1e-12)), 7, "small_number_added"),
        ("log_softmax", lambda z: np.log(softmax(z) + 1e-12), 0, "small_number_added"),
        ("cross_entropy_gradient", lambda z, y: softmax(z) - y, 10, None),
        ("cross_entropy_gradient", lambda z, y: np.exp(shifted(z)) - y, 10, None),
        ("cross_entropy_gradient", lambda z, y: softmax(z) * np.sum(y, axis=-1, keepdims=True) - y, 10, None),
        ("cross_entropy_gradient", lambda z, y: naive_softmax(z) - y, 8, "overflow"),
        ("cross_entropy_gradient", lambda z, y: of_one_maximum(z) - y, 8, "maximum_of_all"),
        ("cross_entropy_gradient", through_the_jacobian, 8, "probability_of_0"),
        (BINARY, lambda x, y: sigmoid(x) - y, 10, None),
        (BINARY, by_loop, 10, None),
        (BINARY, lambda x, y: 0.5 + 0.5 * np.tanh(x / 2) - y, 10, None),
        (BINARY, lambda x, y: (1 - y) * sigmoid(x) - y * sigmoid(-x), 10, None),
        (BINARY, lambda x, y: np.exp(x) / (1 + np.exp(x)) - y, 8, "overflow"),
        (BINARY, lambda x, y: np.clip(sigmoid(x), 1e-7, 1 - 1e-7) - y, 8, "clipped_probability"),
        (BINARY, lambda x, y: ((p := sigmoid(x)) - y) / (p * (1 - p)) * (p * (1 - p)), 8, "divided_by_0"),
        (BINARY, lambda x, y: (-y / (p := sigmoid(x)) + (1 - y) / (1 - p)) * (p * (1 - p)), 8, "divided_by_0"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_what_the_usual_forms_earn(name: str, answer, points: float, slip: str | None, seed: int) -> None:
    result = check(name, answer, seed=seed, record=False)
    assert (result.points, result.slip) == (points, slip)


def test_a_gradient_for_labels_alone_is_not_enough() -> None:
    def of_the_class(z, y):
        return softmax(z) - np.eye(z.shape[-1])[np.argmax(y, axis=-1)]

    result = check("cross_entropy_gradient", of_the_class, seed=0, record=False)
    assert (result.points, result.slip) == (0, "assumes_one_hot")
    assert "At z = [1, 0], y = [0.5, 0.5] you return [-0.2689, 0.2689]" in result.message
    rounded = check(BINARY, lambda x, y: sigmoid(x) - np.where(y > 0.5, 1, 0), seed=0, record=False)
    assert (rounded.points, rounded.slip) == (0, "assumes_labels")


def test_the_target_is_an_argument_that_must_not_change_either() -> None:
    def taken_off_the_target(z, y):
        y -= softmax(z)
        return -y

    result = check("cross_entropy_gradient", taken_off_the_target, record=False)
    assert result.points < 10
    assert result.slip == "changes_argument"
    assert "y: work on a copy" in result.message


def test_what_is_left_of_a_tiny_number_is_told() -> None:
    difference = check("cross_entropy_gradient", lambda z, y: softmax(z) - y, record=False).message
    assert (
        "at z = [40, 0] and y = [1, 0] the first entry is -4.2e-18, and yours is 0; step 5 of lesson 07" in difference
    )
    plain = check(BINARY, lambda x, y: sigmoid(x) - y, record=False).message
    assert "at x = 40 and y = 1 the slope is -4.2e-18, and yours is 0" in plain
    apart = check(BINARY, lambda x, y: (1 - y) * sigmoid(x) - y * sigmoid(-x), record=False).message
    assert "Your form keeps its digits even at x = 40 and y = 1" in apart
    first = check("log_softmax", shifted, record=False).message
    assert "at z = [40, 0] the first value is -4.2e-18, and yours is 0" in first


@pytest.mark.parametrize("seed", range(5))
def test_each_logit_keeps_its_own_label_when_an_answer_is_tried_with_numbers(seed: int) -> None:
    def one_number(x, y):
        return 1 / (1 + math.exp(-x)) - y

    def by_sign(x, y):
        return 1 / (1 + np.exp(-x)) - y if x >= 0 else np.exp(x) / (1 + np.exp(x)) - y

    def by_label(x, y):
        return sigmoid(x) - 1 if y == 1 else sigmoid(x)

    for right in (one_number, by_sign):
        result = check(BINARY, right, seed=seed, record=False)
        assert (result.points, result.slip) == (0, "scalar_only")
        assert "right for one number at a time" in result.message
    wrong = check(BINARY, by_label, seed=seed, record=False)
    assert (wrong.points, wrong.slip) == (0, "raises")


def test_an_unfinished_answer_of_two_inputs_is_told_from_one_that_lacks_a_case() -> None:
    def nothing(x, y):
        raise NotImplementedError

    def right_of_0(x, y):
        if np.any(x < 0):
            raise NotImplementedError
        return sigmoid(x) - y

    assert check(BINARY, nothing, record=False).slip == "not_attempted"
    assert check(BINARY, right_of_0, record=False).slip == "unfinished"


def test_two_inputs_are_tried_one_number_each_not_the_same_number_twice() -> None:
    def never_apart(a, b):
        return 0.0 if float(a) == float(b) else 1.0

    assert check("relative_error", never_apart, seed=0, record=False).slip == "raises"


def along_vectors(one):
    """Make an answer that goes along the last axis with np.apply_along_axis, which refuses an empty batch."""

    def answer(*arrays):
        n = arrays[0].shape[-1]
        side_by_side = np.concatenate([a * 1.0 for a in arrays], axis=-1)
        return np.apply_along_axis(lambda v: one(v[:n], *([v[n:]] * (len(arrays) - 1))), -1, side_by_side)

    return answer


def test_an_answer_need_not_take_an_empty_batch() -> None:
    assert check("log_softmax", along_vectors(shifted), record=False).points == 10
    assert check("cross_entropy_gradient", along_vectors(lambda z, y: softmax(z) - y), record=False).points == 10


@pytest.mark.parametrize("seed", range(5))
def test_a_gradient_that_is_nan_for_logits_of_1000_and_minus_1000_loses_a_part(seed: int) -> None:
    def mean_taken_off(z, y):
        with np.errstate(all="ignore"):
            e = np.exp(z - np.mean(z, axis=-1, keepdims=True))
            return e / np.sum(e, axis=-1, keepdims=True) - y

    result = check("cross_entropy_gradient", mean_taken_off, seed=seed, record=False)
    assert (result.points, result.slip) == (8, "overflow")
    assert "(logits 2000 apart) it returns nan" in result.message


def test_an_axis_that_a_vector_has_not_is_explained() -> None:
    said = check("log_softmax", lambda z: z - np.log(np.sum(np.exp(z), axis=1, keepdims=True)), record=False).message
    assert "For a vector: it raises AxisError" in said
    assert "A vector has one axis, number 0; axis=-1 is the last one of any array." in said
