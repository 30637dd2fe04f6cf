"""The logistic loss against its definition in many digits, and its gradient against finite differences."""

import mpmath
import numpy as np
import pytest

from course_lib import finite_difference
from course_lib.losses import logistic_loss, logistic_loss_gradient


def problem(m: int, n: int, scale: float = 1.0):
    rng = np.random.default_rng(7)
    X = scale * rng.normal(size=(m, n))
    return X, (rng.uniform(size=m) < 0.5).astype(float), rng.normal(size=n)


def exact_loss(X, y, w):
    """The mean of -ln sigma(z) for the label 1 and -ln(1 - sigma(z)) for the label 0."""
    with mpmath.workdps(1000):
        scores = [mpmath.fdot(row, w) for row in X.tolist()]
        chances = [1 / (1 + mpmath.exp(-z)) for z in scores]
        return float(-sum(mpmath.log(p if label else 1 - p) for p, label in zip(chances, y, strict=True)) / len(y))


@pytest.mark.parametrize(("m", "n", "scale"), [(7, 3, 1.0), (1, 3, 1.0), (6, 1, 1.0), (5, 2, 100.0), (5, 2, 600.0)])
def test_the_loss_is_the_mean_negative_log_likelihood(m, n, scale):
    X, y, w = problem(m, n, scale)
    loss = logistic_loss(X, y, w)
    assert isinstance(loss, float)
    assert loss == pytest.approx(exact_loss(X, y, w.tolist()), rel=1e-12)


@pytest.mark.parametrize(("m", "n"), [(7, 3), (1, 3), (6, 1)])
def test_the_gradient_is_the_slope_of_the_loss(m, n):
    X, y, w = problem(m, n)
    gradient = logistic_loss_gradient(X, y, w)
    assert gradient.shape == (n,)
    slopes = finite_difference.gradient(lambda v: logistic_loss(X, y, v), w)
    np.testing.assert_allclose(gradient, slopes, rtol=1e-8, atol=1e-10)


def test_scores_of_a_thousand_do_not_overflow():
    X, y = np.array([[1000.0], [-1000.0]]), np.array([0.0, 0.0])
    assert logistic_loss(X, y, np.ones(1)) == 500.0
    assert logistic_loss_gradient(X, y, np.ones(1)) == 500.0


def test_many_weights_at_once():
    X, y, _ = problem(7, 3)
    weights = np.random.default_rng(8).normal(size=(4, 5, 3))
    losses = logistic_loss(X, y, weights)
    assert losses.shape == (4, 5)
    np.testing.assert_allclose(losses[2, 3], logistic_loss(X, y, weights[2, 3]))


def test_whole_numbers_are_taken_and_nothing_is_changed():
    X, y, w = np.array([[1, 2], [3, -1]]), np.array([1, 0]), np.array([1, 1])
    before = X.copy(), y.copy(), w.copy()
    as_floats = (X.astype(float), y.astype(float), w.astype(float))
    assert logistic_loss(X, y, w) == logistic_loss(*as_floats)
    np.testing.assert_array_equal(logistic_loss_gradient(X, y, w), logistic_loss_gradient(*as_floats))
    for array, copy in zip((X, y, w), before, strict=True):
        np.testing.assert_array_equal(array, copy)
