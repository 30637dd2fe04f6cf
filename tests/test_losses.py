"""The losses against their definitions in many digits, and their gradients against finite differences."""

import warnings
from typing import Any

import mpmath
import numpy as np
import pytest

from course_lib import finite_difference
from course_lib.losses import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
    cross_entropy,
    cross_entropy_gradient,
    logistic_loss,
    logistic_loss_gradient,
)
from tests.activations.exact_vectors import (
    DIGITS,
    digits,
    hard_vectors,
    log_softmax_of,
    softmax_of,
    worst_ulp,
)


@pytest.fixture(autouse=True)
def many_digits_and_no_warnings():
    with mpmath.workdps(DIGITS), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


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


# --- cross-entropy of softmax -----------------------------------------------------------------------------------


def labels_for(z: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """One-hot, smoothed, and drawn labels; those of the largest logit among them."""
    n = z.size
    hot = np.eye(n, dtype=z.dtype)
    soft = rng.dirichlet(np.ones(n)).astype(z.dtype)
    smoothed = (hot[int(np.argmax(z))] * (1 - 2**-20) + 2.0**-20 / n).astype(z.dtype)
    return [hot[int(np.argmax(z))], hot[int(np.argmin(z))], hot[0], soft, smoothed]


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 6), (np.float32, 0.51)])
def test_cross_entropy_is_right_to_the_last_digits(dtype: Any, bound: float) -> None:
    rng = np.random.default_rng(0)
    worst = 0.0
    for z in hard_vectors(60, dtype):
        logarithms = log_softmax_of(digits(z))
        for y in labels_for(z, rng):
            exact = -mpmath.fsum(a * b for a, b in zip(digits(y), logarithms, strict=True))
            worst = max(worst, worst_ulp(cross_entropy(z, y), [exact]))
    assert worst <= bound, worst


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 4.1), (np.float32, 0.51)])
def test_the_gradient_of_cross_entropy_is_right_to_the_last_digits(dtype: Any, bound: float) -> None:
    rng = np.random.default_rng(1)
    worst = of_terms = 0.0
    for z in hard_vectors(60, dtype):
        s, rest = softmax_of(digits(z))
        for y in labels_for(z, rng):
            got, shares = cross_entropy_gradient(z, y), digits(y)
            exact = [(1 - y) - r if v > 0.5 else v - y for v, r, y in zip(s, rest, shares, strict=True)]
            if set(y.tolist()) <= {0, 1}:
                worst = max(worst, worst_ulp(got, exact))
            for value, e, v, r, share in zip(got, exact, s, rest, shares, strict=True):
                terms = (1 - share) + r if v > 0.5 else v + share
                size = max(terms, float(np.finfo(dtype).smallest_normal))
                of_terms = max(of_terms, float(abs(mpmath.mpf(float(value)) - e) / size) / float(np.finfo(dtype).eps))
    assert worst <= bound, worst
    assert of_terms <= 2.1, of_terms


def test_the_gradient_of_cross_entropy_is_its_slope():
    rng = np.random.default_rng(2)
    z, y = rng.normal(size=(3, 5)), rng.dirichlet(np.ones(5), size=3)
    gradient = cross_entropy_gradient(z, y)
    for sample, label, got in zip(z, y, gradient, strict=True):
        slopes = finite_difference.gradient(
            lambda v, label=label: cross_entropy(v, np.broadcast_to(label, v.shape)), sample
        )
        np.testing.assert_allclose(got, slopes, rtol=0, atol=1e-9)
    np.testing.assert_allclose(gradient.sum(axis=-1), 0, atol=1e-15)


def test_each_sample_has_its_own_loss():
    rng = np.random.default_rng(3)
    z, y = rng.normal(size=(2, 3, 4)), rng.dirichlet(np.ones(4), size=(2, 3))
    before = z.tobytes(), y.tobytes()
    losses, gradient = cross_entropy(z, y), cross_entropy_gradient(z, y)
    assert losses.shape == (2, 3)
    assert gradient.shape == z.shape
    assert (z.tobytes(), y.tobytes()) == before
    assert losses[1, 2] == cross_entropy(z[1, 2], y[1, 2])
    moved = np.moveaxis(z, -1, 0), np.moveaxis(y, -1, 0)
    np.testing.assert_array_equal(cross_entropy(*moved, axis=0), losses)
    np.testing.assert_array_equal(np.moveaxis(cross_entropy_gradient(*moved, axis=0), 0, -1), gradient)
    whole = cross_entropy([[2, 0], [0, 3]], [[True, False], [False, True]])
    assert whole.dtype == np.float64
    assert isinstance(cross_entropy(np.zeros(2, np.float32), [1, 0]), np.float32)
    assert cross_entropy(np.empty((0, 3)), np.empty((0, 3))).shape == (0,)


def test_sure_answers():
    assert cross_entropy([1000.0, 0], [1, 0]) == 0
    assert cross_entropy([1000.0, 0], [0, 1]) == 1000
    assert cross_entropy([40.0, 0], [1, 0]) == pytest.approx(np.exp(-40.0), rel=1e-15)
    np.testing.assert_allclose(cross_entropy_gradient([40.0, 0], [1, 0]), [-np.exp(-40.0), np.exp(-40.0)], rtol=1e-15)
    assert cross_entropy([0, -np.inf], [1, 0]) == 0
    assert cross_entropy([0, -np.inf], [0, 1]) == np.inf
    np.testing.assert_array_equal(cross_entropy_gradient([0, -np.inf], [0, 1]), [1, -1])
    for undefined in ([np.nan, 0], [np.inf, 0], [-np.inf, -np.inf]):
        assert np.isnan(cross_entropy(undefined, [1, 0]))
        assert np.isnan(cross_entropy_gradient(undefined, [1, 0])).all()


# --- cross-entropy of the sigmoid -------------------------------------------------------------------------------

SCORES = np.concatenate([np.linspace(-60, 60, 97), [-745, -708, 708, 745, 1e4, -1e4, 1e-300, 5e-324, 0.0, 1e300]])
SHARES = [0.0, 1.0, 0.5, 0.1, 2.0**-30, 1 - 2.0**-53, 0.3]


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 3), (np.float32, 0.51)])
def test_binary_cross_entropy_is_right_to_the_last_digits(dtype: Any, bound: float) -> None:
    with np.errstate(over="ignore", under="ignore"):
        scores = SCORES.astype(dtype)
    scores = scores[np.isfinite(scores)]
    for share in SHARES:
        y = dtype(share)
        exact = [(1 - float(y)) * softplus_of(x) + mpmath.mpf(float(y)) * softplus_of(-x) for x in digits(scores)]
        assert worst_ulp(binary_cross_entropy_with_logits(scores, y), exact) <= bound


def softplus_of(x: mpmath.mpf) -> mpmath.mpf:
    return max(x, mpmath.mpf(0)) + mpmath.log1p(mpmath.exp(-abs(x)))


def sigmoid_of(x: mpmath.mpf) -> mpmath.mpf:
    return 1 / (1 + mpmath.exp(-x)) if abs(x) < 1e5 else mpmath.mpf(x > 0)


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 4.1), (np.float32, 0.51)])
def test_the_gradient_of_binary_cross_entropy_is_right_to_the_last_digits(dtype: Any, bound: float) -> None:
    scores = SCORES[np.abs(SCORES) < 1e5].astype(np.float64)
    scores = scores[(np.abs(scores) < 80) | (dtype == np.float64)].astype(dtype)
    for share in SHARES:
        y = dtype(share)
        got = binary_cross_entropy_with_logits_gradient(scores, np.full_like(scores, y))
        terms = [
            ((1 - mpmath.mpf(float(y))) * sigmoid_of(x), mpmath.mpf(float(y)) * sigmoid_of(-x)) for x in digits(scores)
        ]
        if y in (0, 1):
            assert worst_ulp(got, [a - b for a, b in terms]) <= bound
        for value, (a, b) in zip(got, terms, strict=True):
            slack = 3 * float(np.finfo(dtype).eps) * (a + b) + float(np.finfo(dtype).smallest_subnormal)
            assert abs(mpmath.mpf(float(value)) - (a - b)) <= slack


def test_the_gradient_of_binary_cross_entropy_is_its_slope():
    x = np.linspace(-5, 5, 11)
    for y in (0.0, 0.3, 1.0):
        slope = finite_difference.central(lambda t, y=y: binary_cross_entropy_with_logits(t, y), x)
        np.testing.assert_allclose(binary_cross_entropy_with_logits_gradient(x, y), slope, rtol=0, atol=1e-9)


def test_it_is_the_cross_entropy_of_two_classes():
    x, y = np.random.default_rng(4).normal(size=(2, 3, 4)) * 5
    y = 1 / (1 + np.exp(-y))
    two = np.stack([x, np.zeros_like(x)], axis=-1), np.stack([y, 1 - y], axis=-1)
    np.testing.assert_allclose(binary_cross_entropy_with_logits(x, y), cross_entropy(*two), rtol=1e-13)
    np.testing.assert_allclose(
        binary_cross_entropy_with_logits_gradient(x, y), cross_entropy_gradient(*two)[..., 0], rtol=0, atol=1e-15
    )


def test_infinite_scores_have_their_limits():
    inf = np.inf
    x, y = np.array([inf, inf, -inf, -inf, inf, np.nan]), np.array([1, 0, 1, 0, 0.25, 0.5])
    np.testing.assert_array_equal(binary_cross_entropy_with_logits(x, y), [0, inf, inf, 0, inf, np.nan])
    np.testing.assert_array_equal(binary_cross_entropy_with_logits_gradient(x, y), [0, 1, -1, 0, 0.75, np.nan])
    assert isinstance(binary_cross_entropy_with_logits(0, 1), np.float64)
    assert isinstance(binary_cross_entropy_with_logits_gradient(np.float32(0), 1), np.float32)


@pytest.mark.parametrize(
    ("function", "arguments", "error", "told"),
    [
        (cross_entropy, ([1.0, 2.0], [0.5, 0.6]), ValueError, "y must be distributions, .* but a sum is 1.1"),
        (cross_entropy, ([1.0, 2.0], [1.5, -0.5]), ValueError, "cross_entropy: y must be .* but it holds -0.5"),
        (cross_entropy_gradient, ([1.0, 2.0], [0, 0]), ValueError, "cross_entropy_gradient: y .* but a sum is 0"),
        (cross_entropy, ([1.0, 2.0], [1.0]), ValueError, "y must have the shape of z"),
        (cross_entropy, ([1.0, 2.0], 1), ValueError, "y must have the shape of z"),
        (cross_entropy, ([1.0, 2.0], ["a", "b"]), TypeError, "cross_entropy: y must hold real numbers"),
        (cross_entropy, (1.0, 1.0), ValueError, "z must have at least one dimension"),
        (cross_entropy, ([], []), ValueError, "z must not be empty"),
        (binary_cross_entropy_with_logits, ([1.0], [1.5]), ValueError, "y must be between 0 and 1, but it holds 1.5"),
        (binary_cross_entropy_with_logits_gradient, ([1.0], -1), ValueError, "gradient: y .* but it holds -1"),
        (binary_cross_entropy_with_logits, ([1.0], [1, 0]), ValueError, "y must have the shape of x"),
        (binary_cross_entropy_with_logits, ([1j], [1]), TypeError, "needs real numbers"),
        (binary_cross_entropy_with_logits, ([1.0], ["a"]), TypeError, "needs real numbers"),
    ],
)
def test_bad_input_is_one_sentence(function, arguments, error, told):
    with pytest.raises(error, match=told) as refused:
        function(*arguments)
    assert "\n" not in str(refused.value)
