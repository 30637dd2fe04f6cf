"""Slopes that jump: what passes at a kink, and what is shown beside it."""

import numpy as np
import pytest

from course_lib import check
from course_lib.checking import EXERCISES


@pytest.mark.parametrize("at_0", [0.0, 0.25, 0.5, 1.0])
def test_at_a_kink_every_slope_between_the_two_sides_passes(at_0: float) -> None:
    result = check("relu_derivative", lambda x: np.heaviside(x, at_0))
    assert result.points == 10
    assert f"At x = 0 yours gives {at_0:g}" in result.message
    between = check("leaky_relu_derivative", lambda x, alpha=0.01: np.where(x == 0, 1, np.where(x > 0, 1, alpha)))
    assert between.points == 10
    both = check("relu6_derivative", lambda x: np.where((x == 0) | (x == 6), at_0, (x > 0) & (x < 6)))
    assert both.points == 10


@pytest.mark.parametrize("at_0", [0.0, 0.5, 1.0], ids=["left", "between", "right"])
def test_at_the_kink_of_elu_every_slope_from_alpha_to_1_passes(at_0: float) -> None:
    def answer(x, alpha=1.0):
        return np.where(x == 0, alpha + at_0 * (1 - alpha), np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0))))

    result = check("elu_derivative", answer)
    assert result.points == 10
    assert f"At x = 0, with alpha = 0.5, yours gives {0.5 + 0.5 * at_0:g}: a choice" in result.message


def test_at_the_kink_of_elu_0_loses_the_extremes() -> None:
    result = check("elu_derivative", lambda x, alpha=1.0: np.where(x > 0, 1, (x < 0) * alpha * np.exp(x)), seed=0)
    assert (result.passed, result.points, result.slip) == (True, 9, "wrong_at_kink")
    assert "it returns 0 instead of a number from 0." in result.message


@pytest.mark.parametrize("at_0", [-0.1, 1.1, np.nan])
def test_at_a_kink_other_numbers_lose_the_extremes(at_0: float) -> None:
    for name, where in (("relu_derivative", 0), ("relu6_derivative", 6)):
        right = {"relu_derivative": lambda x: np.heaviside(x, 0.0)}.get(name, lambda x: 1.0 * ((x > 0) & (x < 6)))
        result = check(name, lambda x, f=right, k=where: np.where(x == k, at_0, f(x)))
        assert result.passed
        assert result.points == 10 - EXERCISES[name].parts["extremes"]
        assert f"At x = {where} " in result.message
        assert "a number from 0 to 1" in result.message


@pytest.mark.parametrize("width", [1e-9, 1e-4, 1e-3])
def test_a_slope_that_is_smeared_over_the_kink_loses_the_extremes(width: float) -> None:
    result = check("relu_derivative", lambda x: np.clip(x / width, 0, 1))
    assert result.points < 10


def test_what_is_shown_near_a_kink_comes_from_one_side() -> None:
    shown = EXERCISES["relu_derivative"].shown
    assert np.allclose(shown(np.array([1e-9, -1e-9, 0.1, -0.1])), [1, 0, 1, 0])
    shown = EXERCISES["relu6_derivative"].shown
    assert np.allclose(shown(np.array([1e-9, -1e-9, 5.99, 6.01, 3.0])), [1, 0, 1, 0, 1])


@pytest.mark.parametrize("name", ["relu_derivative", "relu6_derivative"])
def test_whole_numbers_are_fine_and_truth_values_lose_the_dtype(name: str) -> None:
    def rises(x):
        return x > 0 if name == "relu_derivative" else (x > 0) & (x < 6)

    whole = check(name, lambda x: np.where(rises(x), 1, 0))
    assert whole.points == 10
    assert "whole numbers" in whole.message
    truth = check(name, rises)
    assert (truth.passed, truth.points, truth.slip) == (True, 9, "boolean")


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, alpha=0.01: (1 - alpha) * (x > 0) + alpha,
        lambda x, alpha=0.01: alpha + (1 - alpha) * np.heaviside(x, 0.5),
        lambda x, alpha=0.01: np.where(x > 0, 1, alpha),
    ],
)
def test_adding_alpha_is_not_taken_for_a_finite_difference(answer) -> None:
    assert check("leaky_relu_derivative", answer).points == 10
