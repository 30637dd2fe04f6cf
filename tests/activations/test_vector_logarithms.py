"""Log-softmax and logsumexp against many digits, near their zeros and at the ends of the range."""

from typing import Any

import mpmath
import numpy as np
import pytest

from course_lib.activations.vector import softmax
from course_lib.activations.vector_logarithms import (
    log_softmax,
    log_softmax_jacobian,
    log_softmax_vjp,
    logsumexp,
    logsumexp_jacobian,
    logsumexp_vjp,
)
from tests.activations.exact_vectors import DIGITS, EPS, digits, hard_vectors, log_softmax_of, softmax_of, worst_ulp

in_each_precision = pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 4.1), (np.float32, 0.51)])


@pytest.fixture(autouse=True)
def many_digits():
    with mpmath.workdps(DIGITS):
        yield


@in_each_precision
def test_log_softmax_is_right_to_the_last_digits(dtype: Any, bound: float) -> None:
    worst = max(worst_ulp(log_softmax(z), log_softmax_of(digits(z))) for z in hard_vectors(100, dtype))
    assert worst <= bound, worst


def test_log_softmax_near_0() -> None:
    for gap in (1e-8, 0.5, 5, 36.7, 37, 40, 100, 400, 740):
        z = np.array([gap, 0.0, -1.0])
        assert worst_ulp(log_softmax(z), log_softmax_of(digits(z))) <= 4.1
    assert log_softmax([800.0, 0.0])[0] == 0  # exp(-800) is below the smallest number
    assert log_softmax([800.0, 0.0])[1] == -800


@in_each_precision
def test_logsumexp_is_right_but_for_cancellation(dtype: Any, bound: float) -> None:
    worst = of_terms = 0.0
    for z in hard_vectors(100, dtype):
        largest = max(digits(z))
        rest = max(digits(z)) - log_softmax_of(digits(z))[int(np.argmax(z))] - largest
        exact = largest + rest
        if largest >= 0 or exact < largest / 2:
            worst = max(worst, worst_ulp(logsumexp(z), [exact]))
        size = max(abs(largest), rest, float(np.finfo(dtype).smallest_normal))
        of_terms = max(of_terms, float(abs(mpmath.mpf(float(logsumexp(z))) - exact) / size) / np.finfo(dtype).eps)
    assert worst <= bound, worst
    assert of_terms <= (3 if dtype == np.float64 else 0.5), of_terms


def test_logsumexp_beside_its_zero() -> None:
    """No formula in doubles can do better there than one last place of the terms that cancel."""
    for n in (2, 3, 10, 100):
        z = np.full(n, -np.log(n))
        exact = mpmath.log(mpmath.fsum(map(mpmath.exp, digits(z))))
        assert abs(mpmath.mpf(float(logsumexp(z))) - exact) <= 2 * np.spacing(np.log(n))


def test_products_are_within_3_eps() -> None:
    rng = np.random.default_rng(1)
    worst = of_sum = 0.0
    for z in hard_vectors(60):
        s, rest = softmax_of(digits(z))
        for g in (
            np.eye(z.size)[0],
            np.eye(z.size)[-1],
            np.full(z.size, 3.7),
            rng.normal(size=z.size),
            1e8 + rng.normal(size=z.size),
        ):
            pulled = digits(g)
            for k, value in enumerate(log_softmax_vjp(z, g)):
                others = mpmath.fsum(p for i, p in enumerate(pulled) if i != k)
                size = mpmath.fsum(abs(p) for i, p in enumerate(pulled) if i != k)
                exact = pulled[k] * rest[k] - s[k] * others
                terms = abs(pulled[k]) * rest[k] + s[k] * size + mpmath.mpf(2) ** -1000
                worst = max(worst, float(abs(mpmath.mpf(float(value)) - exact) / terms) / EPS)
        of_sum = max(of_sum, worst_ulp(logsumexp_vjp(z, 0.7), [mpmath.mpf(0.7) * v for v in s]))
    assert worst <= 3, worst
    assert of_sum <= 5, of_sum


def test_jacobians_are_right_to_the_last_digits() -> None:
    for z in hard_vectors(30):
        if z.size > 20:
            continue
        s, rest = softmax_of(digits(z))
        exact = [rest[k] if i == k else -s[k] for i in range(z.size) for k in range(z.size)]
        assert worst_ulp(log_softmax_jacobian(z), exact) <= 5
        np.testing.assert_array_equal(logsumexp_jacobian(z), [softmax(z)])


def test_infinities_have_their_limits() -> None:
    inf = np.inf
    np.testing.assert_array_equal(log_softmax([0, -inf]), [0, -inf])
    np.testing.assert_array_equal(log_softmax([1.7e308, -1.7e308]), [0, -inf])
    for undefined in ([np.nan, 0], [inf, 0], [inf, -inf], [-inf, -inf], [inf], [np.nan]):
        assert np.isnan(log_softmax(undefined)).all()
        assert np.isnan(logsumexp_vjp(undefined, 1.0)).all()
    np.testing.assert_array_equal(logsumexp([[0, inf], [inf, inf], [-inf, inf]]), [inf, inf, inf])
    np.testing.assert_array_equal(logsumexp([[-inf, -inf], [-inf, 3], [1.7e308, 1.7e308]]), [-inf, 3, 1.7e308])
    assert np.isnan(logsumexp([[np.nan, 0], [np.nan, inf], [np.nan, -inf]])).all()
    assert logsumexp(np.array([3e38, 3e38], np.float32)) == np.float32(3e38)


def test_logsumexp_of_one_vector_is_a_number() -> None:
    assert isinstance(logsumexp([1.0, 2.0]), np.float64)
    assert isinstance(logsumexp(np.ones(2, np.float32)), np.float32)
    assert logsumexp(np.zeros((2, 3, 4)), axis=1).shape == (2, 4)
    assert logsumexp_vjp(np.zeros((2, 3, 4)), np.ones((2, 4)), axis=1).shape == (2, 3, 4)
    assert logsumexp_vjp([0.0, 0.0], 3).tolist() == [1.5, 1.5]
