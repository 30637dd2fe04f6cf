"""What `check` says about right, unfinished and failing answers."""

import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from cells import in_a_cell, sigmoid_derivative

from course_lib import ACTIVATIONS, check
from course_lib.activations.registry import CourseError
from course_lib.checking import EXERCISES, card

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def test_the_story_of_the_commonest_slip() -> None:
    result = check("sigmoid_derivative", lambda x: x * (1 - x), seed=1)
    assert result.slip == "input_for_output"
    headline, right, wrong, slip = result.message.splitlines()
    assert headline == "sigmoid_derivative: 0 of 10 points."
    assert right == "It keeps shape and dtype and leaves its argument alone; its values are not the slope yet."
    assert wrong == "At x = 2 you return -2; the finite difference of sigmoid there is 0.10499."
    assert "the rule for the output, applied to the input" in slip


def test_the_exercise_is_found_by_the_functions_name() -> None:
    assert check(sigmoid_derivative).points == 10
    assert check("sigmoid_derivative", sigmoid_derivative).points == 10


def test_a_right_answer_learns_where_its_digits_end() -> None:
    message = check(sigmoid_derivative).message
    assert re.search(r"your form has \d right digits left at x = 30 and is 0 from x = 36\.\d", message)
    stable = check("sigmoid_derivative", lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2).message
    assert "keeps its digits even at x = 30" in stable


def test_an_overflowing_form_keeps_its_value_points_and_hears_why() -> None:
    result = check("sigmoid_derivative", lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2)
    assert result.passed
    assert result.points == 8
    assert result.slip == "overflow"
    assert "At x = -710 it returns nan instead of" in result.message


def test_a_passed_check_prints_no_drawn_value() -> None:
    assert len({check(sigmoid_derivative).message for _ in range(5)}) == 1
    assert len({card.html(check(sigmoid_derivative)) for _ in range(5)}) == 1


def test_the_report_says_where_the_finite_difference_was_too_weak() -> None:
    labels = [case.label for case in check(sigmoid_derivative).cases]
    assert sum("the finite difference is too weak: the library judged" in label for label in labels) >= 1
    assert not any("too weak" in case.label for case in check("sigmoid", np.sin).cases)


def test_a_seed_gives_the_same_inputs_again() -> None:
    def wrong(x):
        return sigmoid_derivative(x) + 1e-9

    first = check("sigmoid_derivative", wrong)
    again = check("sigmoid_derivative", wrong, seed=first.seed)
    assert again.message == first.message
    assert check("sigmoid_derivative", wrong, seed=first.seed + 1).message != first.message


def test_every_exercise_draws_its_inputs_anew() -> None:
    for exercise in EXERCISES.values():
        first, second = (exercise.probes(np.random.default_rng(seed))[0].arguments for seed in (1, 2))
        assert any(not np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_stub_is_not_attempted_yet() -> None:
    def raising(x):
        """Return the slope."""
        raise NotImplementedError()

    def passing(x):
        """Return the slope."""

    def dots(x): ...

    for stub in (raising, passing, dots):
        result = check("sigmoid_derivative", stub)
        assert result.slip == "not_attempted"
        assert result.message == "sigmoid_derivative: not attempted yet (0 of 10 points)."


def test_an_exception_shows_the_learners_line_not_ours() -> None:
    cell = in_a_cell("def sigmoid_derivative(x):\n    return np.exp(-x) / undefined_name\n")
    message = check(cell["sigmoid_derivative"]).message
    assert "NameError in the line `return np.exp(-x) / undefined_name" in message
    assert "judge.py" not in message


def test_scalar_only_is_told_kindly() -> None:
    import math

    def wrong(x):
        return math.exp(-x) / (1 + math.exp(-x)) ** 2

    result = check("sigmoid_derivative", wrong)
    assert result.slip == "scalar_only"
    assert "right for one number at a time" in result.message
    assert "np.exp" in result.message


@pytest.mark.parametrize("make", [
    lambda: ACTIVATIONS["sigmoid"].derivative,
    lambda: lambda x: ACTIVATIONS["sigmoid"].derivative(x),
    lambda: lambda x: EXERCISES["sigmoid_derivative"].reference(x),
])  # fmt: skip
def test_the_course_must_not_write_the_answer(make) -> None:
    result = check("sigmoid_derivative", make())
    assert (result.passed, result.points, result.slip) == (False, 0, "uses_course_lib")
    assert "write it yourself" in result.message


def test_whole_numbers_and_booleans(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = replace(
        EXERCISES["sigmoid"], name="steps", reference=lambda x: np.where(np.asarray(x) > 0, 1.0, 0.0), insight=None
    )
    monkeypatch.setitem(EXERCISES._entries, "steps", steps)
    whole = check("steps", lambda x: np.where(x > 0, 1, 0))
    assert whole.points == 10
    assert "whole numbers" in whole.message
    truth = check("steps", lambda x: x > 0)
    assert truth.passed
    assert truth.points == 9
    assert truth.slip == "boolean"


def test_an_answer_as_nbgrader_sees_it_ends_in_a_number() -> None:
    assert repr(check(sigmoid_derivative).points) == "10.0"


def test_unknown_names_get_the_nearest() -> None:
    result = check("sigmoid_derivativ", sigmoid_derivative)
    assert not result.passed
    assert "did you mean 'sigmoid_derivative'" in result.message
    assert "it was given None" in check("sigmoid_derivative").message


@pytest.mark.parametrize("seed", [-1, "a", 1.5, 2**70])
def test_a_seed_that_is_none_is_refused_in_one_sentence(seed: object) -> None:
    with pytest.raises(CourseError, match="seed must be a whole number"):
        check(sigmoid_derivative, seed=seed)


def test_the_order_of_name_and_answer_does_not_matter() -> None:
    assert check(sigmoid_derivative, "sigmoid_derivative").points == 10
    assert "does not have the name of an exercise" in check(lambda x: x).message
    assert "does not have the name of an exercise" in check(sigmoid_derivative, sigmoid_derivative).message


def test_what_is_right_is_not_called_wrong() -> None:
    for answer in (
        ACTIVATIONS["sigmoid"].derivative,
        lambda x: np.imag(1 / (1 + np.exp(-(x + 1e-30j)))) / 1e-30,
    ):
        assert "its values are not" not in check("sigmoid_derivative", answer).message


def test_an_answer_that_fails_on_an_empty_array_loses_the_part() -> None:
    result = check("sigmoid_derivative", lambda x: sigmoid_derivative(x) + 0 * np.max(np.isnan(x)))
    assert (result.passed, result.points) == (True, 9)
    vectorized = check("sigmoid_derivative", np.vectorize(lambda x: sigmoid_derivative(x)))
    assert vectorized.points == 10
    assert "otypes=[float]" in vectorized.message


def test_half_an_answer_is_not_called_unattempted() -> None:
    def half(x):
        if (x < 0).any():
            raise NotImplementedError("negative x is missing")
        return sigmoid_derivative(x)

    result = check("sigmoid_derivative", half)
    assert result.slip == "unfinished"
    assert "negative x is missing" in result.message


def test_nan_is_blamed_on_overflow_only_where_there_was_one() -> None:
    def hole(x):
        x = np.asarray(x, dtype=float)
        return np.tanh(x / 2) / (2 * np.sinh(x))

    result = check("sigmoid_derivative", hole)
    assert result.slip == "nan"
    assert "0/0" in result.message


def test_a_mean_is_not_a_constant() -> None:
    result = check("sigmoid_derivative", lambda x: np.full_like(x, np.mean(sigmoid_derivative(x))))
    assert not result.passed
    assert result.slip != "constant"


def test_an_array_that_is_filled_again_at_each_call_is_fine() -> None:
    buffers: dict = {}

    def filling(x, k):
        out = buffers.setdefault((np.shape(x), np.asarray(x).dtype), np.empty(np.shape(x)))
        out[...] = k * sigmoid_derivative(k * x)
        return out

    assert check("steep_sigmoid_derivative", filling).points == 10


def test_a_huge_long_double_does_not_make_us_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not check("sigmoid_derivative", lambda x: np.full(np.shape(x), np.longdouble("1e400"))).passed


def test_double_for_single_is_noted() -> None:
    result = check("sigmoid_derivative", lambda x: sigmoid_derivative(np.asarray(x, dtype=np.float64)))
    assert result.points == 10
    assert "For single precision (float32) it returns float64. That costs no points" in result.message
    assert "shapes, its argument" in result.message


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("return np.array([v for t in range(x)])", "range needs one whole number"),
        ("out = np.zeros(x.shape)\n    for i in x:\n        out[i] = 1\n    return out", "not their places"),
    ],
)
def test_the_usual_cause_fits_the_error(source: str, cause: str) -> None:
    cell = in_a_cell(f"def sigmoid_derivative(x):\n    {source}\n")
    assert cause in check(cell["sigmoid_derivative"]).message
