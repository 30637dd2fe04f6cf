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


# --- what is told about the slips that newcomers make ---------------------------------------------------------


WHICH = "Which number may be taken off all the logits of a vector"


def naive_through_the_jacobian(z, y):
    s = naive_softmax(z)
    jacobian = s[..., :, None] * (np.eye(z.shape[-1]) - s[..., None, :])
    return np.einsum("...i,...ik->...k", -y / s, jacobian)


@pytest.mark.parametrize(
    "answer",
    [
        lambda z, y: naive_softmax(z) - y,
        lambda z, y: np.exp(z - log_sum(z)) - y,
        lambda z, y: (np.exp(z) - y * np.sum(np.exp(z), axis=-1, keepdims=True)) / np.exp(log_sum(z)),
        lambda z, y: 1 / np.sum(np.exp(z[..., None, :] - z[..., :, None]), axis=-1) * np.exp(z) / np.exp(z) - y,
        naive_through_the_jacobian,
    ],
    ids=["quotient", "logarithm", "one fraction", "differences", "Jacobian"],
)
@pytest.mark.parametrize("seed", range(3))
def test_each_form_that_overflows_gets_the_same_question(answer, seed: int) -> None:
    result = check("cross_entropy_gradient", answer, seed=seed, record=False)
    assert (result.points, result.slip) == (8, "overflow")
    assert f"{WHICH}, so that no exponential is above 1?" in result.message


@pytest.mark.parametrize("number", [1e-12, 1e-10, 1e-8, 1e-6])
@pytest.mark.parametrize("seed", range(3))
def test_a_small_number_that_is_added_is_named(number: float, seed: int) -> None:
    def to_the_sum(z, y):
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / (np.sum(e, axis=-1, keepdims=True) + number) - y

    def to_the_plain_sum(z, y):
        return np.exp(z) / (np.sum(np.exp(z), axis=-1, keepdims=True) + number) - y

    def to_the_probabilities(z, y):
        return softmax(z) + number - y

    def under_the_target(z, y):
        s = softmax(z)
        g = -y / (s + number)
        return s * (g - np.sum(g * s, axis=-1, keepdims=True))

    def inside_the_logarithm(z):
        gap = z - np.max(z, axis=-1, keepdims=True)
        return gap - np.log(np.sum(np.exp(gap), axis=-1, keepdims=True) + number)

    gradients = (to_the_sum, to_the_plain_sum, to_the_probabilities, under_the_target)
    answers = [("cross_entropy_gradient", g) for g in gradients] + [("log_softmax", inside_the_logarithm)]
    for name, answer in answers:
        result = check(name, answer, seed=seed, record=False)
        assert (result.points, result.slip) == (0, "small_number_added"), answer.__name__
        assert "A small number is added" in result.message
        assert "finite difference" not in result.message
        assert "its values come near" in result.message


@pytest.mark.parametrize("taken", [np.mean, np.min, lambda z, axis, keepdims: z[..., :1]], ids=["mean", "min", "first"])
@pytest.mark.parametrize("seed", range(3))
def test_what_comes_back_already_is_not_asked_for(taken, seed: int) -> None:
    def answer(z):
        gap = z - taken(z, axis=-1, keepdims=True)
        return gap - log_sum(gap)

    result = check("log_softmax", answer, seed=seed, record=False)
    assert (result.points, result.slip) == (7, "overflow")
    assert WHICH in result.message
    assert "come back" not in result.message
    assert "where must it come back" in check("log_softmax", lambda z: z - log_sum(z), seed=seed, record=False).message


def test_an_entry_is_placed_by_the_arguments_names() -> None:
    with np.errstate(all="ignore"):
        alone = check("log_softmax", lambda z: z - log_sum(z), seed=0, record=False).message
        both = check("cross_entropy_gradient", lambda z, y: naive_softmax(z) - y, seed=0, record=False).message
    assert "At entry [0] for a z of shape (5,) (logits of about 1000) it" in alone
    assert "At entry [0] for z of shape (4,) and y of shape (4,) (logits of about 1000) it" in both
    jacobian = check("identity_jacobian", lambda x: np.eye(len(x)) * (1 + 1e-13), seed=0, record=False).message
    assert "for an x of shape" in jacobian


@pytest.mark.parametrize(
    ("answer", "slip", "sentence"),
    [
        (
            lambda z: (g := z - np.max(z, axis=-1, keepdims=True)) - np.log1p(np.exp(log_sum(g))),
            "one_added",
            "log1p adds a 1 of its own: is the largest exponential in your sum as well?",
        ),
        (lambda z: z - np.log1p(np.exp(log_sum(z))), "one_added", "1 is added to the sum"),
        (lambda z: (g := z - np.max(z, axis=-1, keepdims=True)) - log_sum(g) / np.log(10), "wrong_base", "base 10"),
        (lambda z: (g := z - np.max(z, axis=-1, keepdims=True)) - log_sum(g) / np.log(2), "wrong_base", "base 2"),
        (lambda z: z - log_sum(z) / np.log(10), "wrong_base", "base 10"),
        (lambda z: z - log_sum(z) / np.log(2), "wrong_base", "base 2"),
        (lambda z: (g := z - np.max(z, axis=-1, keepdims=True)) - np.exp(log_sum(g)), "missing_log", "as it is"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_the_wrong_logarithm_is_named(answer, slip: str, sentence: str, seed: int) -> None:
    result = check("log_softmax", answer, seed=seed, record=False)
    assert (result.points, result.slip) == (0, slip)
    assert sentence in result.message
