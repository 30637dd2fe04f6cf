"""Softmax, softmin and Gumbel-softmax against many digits, and at the ends of the range."""

from typing import Any

import mpmath
import numpy as np
import pytest

from course_lib.activations.exponents import total, two_sum
from course_lib.activations.vector import (
    softmax,
    softmax_jacobian,
    softmax_temperature_derivative,
    softmax_vjp,
)
from course_lib.activations.vector_gumbel import (
    gumbel_softmax,
    gumbel_softmax_jacobian,
    gumbel_softmax_temperature_derivative,
    gumbel_softmax_vjp,
)
from course_lib.activations.vector_softmin import (
    softmin,
    softmin_jacobian,
    softmin_temperature_derivative,
    softmin_vjp,
)
from tests.activations.exact_vectors import DIGITS, EPS, Exact, digits, hard_vectors, softmax_of, worst_ulp

TEMPERATURES = [1.0, 0.7, 3.3, 1e-3, 1e5, 0.25]
at_each_temperature = pytest.mark.parametrize("temperature", TEMPERATURES)
in_each_precision = pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 4.1), (np.float32, 0.51)])


@pytest.fixture(autouse=True)
def many_digits():
    with mpmath.workdps(DIGITS):
        yield


def noise_for(z: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(z.size)
    return rng.gumbel(size=z.shape) * rng.choice([1, 1e3])


def divided(z: Any, temperature: float, sign: int = 1) -> Exact:
    return [sign * v / mpmath.mpf(temperature) for v in digits(z)]


@in_each_precision
@at_each_temperature
def test_every_entry_is_right_to_the_last_digits(temperature: float, dtype: Any, bound: float) -> None:
    vectors = hard_vectors(60, dtype)
    assert (
        max(worst_ulp(softmax(z, temperature=temperature), softmax_of(divided(z, temperature))[0]) for z in vectors)
        <= bound
    )


@in_each_precision
def test_softmin_is_as_right(dtype: Any, bound: float) -> None:
    assert max(worst_ulp(softmin(z), softmax_of(divided(z, 1, -1))[0]) for z in hard_vectors(60, dtype)) <= bound
    z = hard_vectors(60, dtype)[-5]
    assert worst_ulp(softmin(z, temperature=0.3), softmax_of(divided(z, 0.3, -1))[0]) <= bound


@in_each_precision
@pytest.mark.parametrize("temperature", [1.0, 0.3])
def test_the_sum_of_logit_and_noise_keeps_its_digits(temperature: float, dtype: Any, bound: float) -> None:
    worst = 0.0
    for z in [*hard_vectors(60, dtype), np.array([1e17, 1e17, 1e17 - 64], dtype), np.array([1e30, -1e30], dtype)]:
        noise = noise_for(z)
        noisy = [(a + b) / mpmath.mpf(temperature) for a, b in zip(digits(z), digits(noise), strict=True)]
        got = gumbel_softmax(z, noise=noise, temperature=temperature)
        worst = max(worst, worst_ulp(got, softmax_of(noisy)[0]))
    assert worst <= bound


def exact_jacobian(z: Exact) -> list[Exact]:
    s, rest = softmax_of(z)
    return [[s[i] * (rest[i] if i == k else -s[k]) for k in range(len(s))] for i in range(len(s))]


def test_every_entry_of_the_jacobian_is_right_to_the_last_digits() -> None:
    worst = 0.0
    for z in hard_vectors(60):
        if z.size > 20:
            continue
        flat = [entry for row in exact_jacobian(divided(z, 1)) for entry in row]
        worst = max(worst, worst_ulp(softmax_jacobian(z), flat))
        at_half = [2 * entry for row in exact_jacobian(divided(z, 0.5, -1)) for entry in row]
        worst = max(worst, worst_ulp(-softmin_jacobian(z, temperature=0.5), at_half))
    assert worst <= 8  # a product of two entries: their errors add up


SUBNORMAL = mpmath.mpf(2) ** -1074


def in_eps(got: float, exact: mpmath.mpf, terms: mpmath.mpf, last_place: mpmath.mpf) -> float:
    """Return the error in eps of the size of the terms, apart from what one last place costs."""
    error = abs(mpmath.mpf(float(got)) - exact) - last_place
    return float(error / terms) / EPS if error > 0 else 0.0


def one_hot_and_drawn(n: int, rng: np.random.Generator) -> list[np.ndarray]:
    return [
        np.eye(n)[0],
        np.eye(n)[-1],
        np.full(n, 3.7),
        rng.normal(size=n) * 10.0 ** rng.uniform(-3, 3),
        1e8 + rng.normal(size=n),
    ]


def test_the_vector_jacobian_product_is_within_3_eps() -> None:
    rng = np.random.default_rng(1)
    worst = 0.0
    for z in hard_vectors(60):
        s, rest = softmax_of(divided(z, 1))
        for g in one_hot_and_drawn(z.size, rng):
            got, pulled = softmax_vjp(z, g), digits(g)
            for k, value in enumerate(got):
                others = [s[i] * pulled[i] for i in range(z.size) if i != k]
                exact = s[k] * (pulled[k] * rest[k] - mpmath.fsum(others))
                terms = s[k] * (abs(pulled[k]) * rest[k] + mpmath.fsum(map(abs, others)))
                last_place = SUBNORMAL * (1 + np.max(np.abs(g)))  # where an entry of S is subnormal
                worst = max(worst, in_eps(value, exact, terms, last_place))
            np.testing.assert_array_equal(softmin_vjp(-z, g), -got)
            np.testing.assert_array_equal(softmax_vjp(z, g, temperature=2.0), softmax_vjp(z / 2, g) / 2)
    assert worst <= 3, worst


@at_each_temperature
def test_the_temperature_derivative_is_within_8_eps_of_its_terms(temperature: float) -> None:
    worst = 0.0
    for z in hard_vectors(40):
        z = z[:12]
        u = [v - max(divided(z, temperature)) for v in divided(z, temperature)]
        s, _ = softmax_of(u)
        mean = mpmath.fsum(a * b for a, b in zip(s, u, strict=True))
        for k, value in enumerate(softmax_temperature_derivative(z, temperature=temperature)):
            exact = -s[k] * (u[k] - mean) / mpmath.mpf(temperature)
            terms = s[k] * (abs(u[k]) + abs(mean)) / mpmath.mpf(temperature)
            worst = max(worst, in_eps(value, exact, terms, SUBNORMAL * 2000 / temperature))
    assert worst <= 8


def test_softmin_and_gumbel_softmax_are_softmax_of_something_else() -> None:
    rng = np.random.default_rng(2)
    z, g, noise = rng.integers(-64, 64, size=(3, 4, 5)) / 16.0  # sums of them are exact
    for t in (1.0, 0.3):
        np.testing.assert_array_equal(softmin(z, temperature=t), softmax(-z, temperature=t))
        np.testing.assert_array_equal(
            softmin_temperature_derivative(z, temperature=t), softmax_temperature_derivative(-z, temperature=t)
        )
        same = {"noise": noise, "temperature": t}
        np.testing.assert_allclose(gumbel_softmax(z, **same), softmax(z + noise, temperature=t), rtol=1e-15)
        np.testing.assert_allclose(
            gumbel_softmax_vjp(z, g, **same), softmax_vjp(z + noise, g, temperature=t), rtol=1e-14, atol=1e-16
        )
        np.testing.assert_allclose(
            gumbel_softmax_temperature_derivative(z, **same),
            softmax_temperature_derivative(z + noise, temperature=t),
            rtol=1e-14,
            atol=1e-16,
        )
        np.testing.assert_allclose(
            gumbel_softmax_jacobian(z[0], noise=noise[0], temperature=t),
            softmax_jacobian(z[0] + noise[0], temperature=t),
            rtol=1e-14,
        )


def test_a_vector_does_not_mind_what_else_is_in_the_batch() -> None:
    rng = np.random.default_rng(5)
    z, g, noise = rng.normal(size=(3, 6, 4)) * 10
    z[2], z[4], noise[5] = 1e17, np.nan, 1e17 * np.arange(4)
    for t in (1.0, 0.7):
        same = {"noise": noise, "temperature": t}
        whole, back = gumbel_softmax(z, **same), gumbel_softmax_vjp(z, g, **same)
        for row in range(6):
            one = {"noise": noise[row], "temperature": t}
            np.testing.assert_array_equal(whole[row], gumbel_softmax(z[row], **one))
            np.testing.assert_array_equal(back[row], gumbel_softmax_vjp(z[row], g[row], **one))
            np.testing.assert_array_equal(softmax_vjp(z, g)[row], softmax_vjp(z[row], g[row]))


def test_the_noise_chooses_as_softmax_says() -> None:
    z = np.array([1.0, 0.0, -1.0])
    noise = np.random.default_rng(3).gumbel(size=(40_000, 3))
    soft = gumbel_softmax(np.broadcast_to(z, noise.shape), noise=noise, temperature=1e-3)
    np.testing.assert_allclose(soft.mean(axis=0), softmax(z), atol=0.01)


def test_infinite_huge_and_missing_logits() -> None:
    np.testing.assert_array_equal(softmax([1.7e308, -1.7e308, 1e308]), [1, 0, 0])
    np.testing.assert_array_equal(softmax([0, -np.inf]), [1, 0])
    np.testing.assert_array_equal(softmin([0, np.inf]), [1, 0])
    np.testing.assert_array_equal(gumbel_softmax([0, -np.inf], noise=np.array([5.0, 7.0])), [1, 0])
    for t in (5e-324, 1e-300, 0.7):
        np.testing.assert_array_equal(softmax([1.0, -np.inf, 2000.0], temperature=t), [0, 0, 1])
    np.testing.assert_array_equal(softmax([1e300, 2e300], temperature=1.7e308), softmax([1e-8, 2e-8], temperature=1.7))
    np.testing.assert_allclose(softmax([-1.7e308, 1.7e308], temperature=1.7e308), softmax([-1.0, 1.0]), rtol=1e-15)
    np.testing.assert_array_equal(softmax_temperature_derivative([0, -np.inf]), [0, 0])
    for undefined in (
        [np.nan, 0],
        [np.inf, 0],
        [np.inf, np.inf],
        [np.inf, -np.inf],
        [np.nan],
        [np.inf],
        [-np.inf, -np.inf],
    ):
        for t in (1.0, 0.7):
            assert np.isnan(softmax(undefined, temperature=t)).all()
            assert np.isnan(softmin(-np.array(undefined), temperature=t)).all()
            assert np.isnan(gumbel_softmax(undefined, temperature=t)).all()
        assert np.isnan(softmax(np.array(undefined, np.float32))).all()
        assert np.isnan(softmax_vjp(undefined, np.ones(len(undefined)))).all()
        assert np.isnan(softmax_jacobian(undefined)).all()


def test_rows_sum_to_0_and_a_shift_changes_nothing() -> None:
    z = np.array([3.0, -1.0, 0.25])
    np.testing.assert_allclose(softmax_jacobian(z).sum(axis=1), 0, atol=1e-17)
    np.testing.assert_array_equal(softmax(z + 1024), softmax(z))
    np.testing.assert_array_equal(softmax_jacobian(z), softmax_jacobian(z).T)


def test_a_sum_is_exact_where_it_can_be_and_what_rounding_loses_is_known() -> None:
    rng = np.random.default_rng(4)
    for n in (*range(1, 20), 1000):
        rows = rng.integers(-1000, 1000, size=(n, 3)).astype(np.float64)
        before = rows.copy()
        np.testing.assert_array_equal(total(rows), rows.sum(axis=0, keepdims=True))
        np.testing.assert_array_equal(rows, before)
    a, b = rng.normal(size=(2, 100)) * 10.0 ** rng.uniform(-20, 20, size=(2, 100))
    rounded, lost = two_sum(a, b)
    for x, y, s, r in zip(*map(digits, (a, b, rounded, lost)), strict=True):
        assert x + y == s + r
