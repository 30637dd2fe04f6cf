"""Every claim of lesson 03, recomputed here with plain numpy; each test fails where the effect is absent."""

from math import exp, log, sqrt

import numpy as np
import pytest

from course_lib import finite_difference
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.explorers.logistic import accuracy, breast_cancer, descend
from course_lib.losses import logistic_loss


def slope(x: float) -> float:
    return 1 / (exp(x / 2) + exp(-x / 2)) ** 2


def test_a_unit_that_is_99_percent_sure_learns_25_times_slower() -> None:
    sure = log(0.99 / 0.01)
    assert sure == pytest.approx(4.6, abs=0.01)
    assert slope(0) / slope(sure) == pytest.approx(25, abs=0.5)


def test_the_largest_slope_is_a_quarter_and_lies_at_0() -> None:
    x = np.linspace(-8, 8, 16_001)
    assert sigmoid_derivative(x).max() == 0.25
    assert x[np.argmax(sigmoid_derivative(x))] == 0


def test_where_the_slope_has_half_and_a_hundredth_of_its_largest_value() -> None:
    half = log((1 + sqrt(1 / 2)) / (1 - sqrt(1 / 2)))
    assert half == pytest.approx(1.763, abs=0.001)
    assert slope(half) == pytest.approx(1 / 8)
    assert slope(5.98) > 0.0025 > slope(6.0)


def test_where_the_forms_fail() -> None:
    with np.errstate(all="ignore"):
        quotient = np.exp(-np.array([-720.0, -400.0])) / (1 + np.exp(-np.array([-720.0, -400.0]))) ** 2
    assert np.isnan(quotient[0])
    assert quotient[1] == 0
    assert slope(400) > 1e-175
    assert sigmoid(40.0) * (1 - sigmoid(40.0)) == 0
    assert sigmoid_derivative(40.0) == pytest.approx(slope(40))


def test_the_finite_difference_dies_on_the_right_and_not_on_the_left() -> None:
    for x, low, high in ((25.0, 0.05, 1.0), (30.0, 0.99, 1.01), (-30.0, 0.0, 1e-9), (2.0, 0.0, 1e-9)):
        error = abs(finite_difference.central(sigmoid, x) - slope(x)) / slope(x)
        assert low <= error <= high


def test_at_0_three_formulas_agree_and_at_2_one_is_left() -> None:
    for x, agreeing in ((0.0, 3), (2.0, 1)):
        s = 1 / (1 + exp(-x))
        assert sum(abs(f - slope(x)) < 1e-9 for f in (s * (1 - s), s**2, (1 - s) ** 2)) == agreeing


def test_a_sure_and_wrong_unit_is_stuck_with_the_squared_error_only() -> None:
    def last_output(slope_of_loss: object) -> float:
        x = 6.9
        for _ in range(100):
            s = 1 / (1 + exp(-x))
            x -= slope_of_loss(s)
        return 1 / (1 + exp(-x))

    assert last_output(lambda s: s * s * (1 - s)) > 0.998
    assert last_output(lambda s: s) < 0.05


def test_standardised_features_are_learnt_and_raw_ones_are_not() -> None:
    found = {}
    for standardise in (False, True):
        X, y = breast_cancer(standardise=standardise)
        found[standardise] = accuracy(X, y, descend(X, y, rate=0.1, steps=200)[-1])
    assert found[True] > 0.87
    assert found[False] < 0.7


def test_the_gradient_is_the_one_that_was_derived() -> None:
    X, y = breast_cancer()
    w = np.array([0.5, -0.2, 0.1])
    gradient = X.T @ (1 / (1 + np.exp(-X @ w)) - y) / len(y)
    np.testing.assert_allclose(
        gradient, finite_difference.gradient(lambda v: float(logistic_loss(X, y, v)), w), rtol=1e-6, atol=1e-9
    )
