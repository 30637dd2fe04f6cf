"""Sparsemax and maxout, which are linear in pieces: against exact fractions, at ties and on their kinks."""

from fractions import Fraction

import numpy as np
import pytest

from course_lib.activations.vector_maxout import maxout, maxout_jacobian, maxout_vjp
from course_lib.activations.vector_sparsemax import sparsemax, sparsemax_jacobian, sparsemax_vjp
from tests.activations.exact_vectors import EPS, hard_vectors


def exactly(z: np.ndarray) -> list[Fraction]:
    """Return sparsemax by its definition, in fractions: raise the threshold until the sum is 1."""
    entries = [Fraction(float(v)) for v in z]
    support = sorted(entries, reverse=True)
    while (tau := (sum(support) - 1) / len(support)) >= support[-1]:
        support.pop()
    return [max(v - tau, Fraction(0)) for v in entries]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sparsemax_is_within_4_eps(dtype: type) -> None:
    rng = np.random.default_rng(0)
    spread = [rng.normal(size=rng.integers(2, 40)) * rng.choice([0.01, 0.3, 1]) for _ in range(200)]
    worst = 0.0
    for z in [*hard_vectors(100, dtype), *(v.astype(dtype) for v in spread), np.linspace(0, 0.01, 500).astype(dtype)]:
        got, exact = sparsemax(z), exactly(z)
        worst = max(worst, *(abs(float(Fraction(float(v)) - e)) for v, e in zip(got, exact, strict=True)))
        assert abs(float(got.astype(float).sum()) - 1) <= 4 * np.finfo(dtype).eps * max(1, np.sqrt(z.size))
    assert worst <= 4 * EPS if dtype == np.float64 else worst <= 2.0**-25


def test_sparsemax_leaves_out_what_is_far_below() -> None:
    np.testing.assert_array_equal(sparsemax([3.0, 1.0, 1.9]), [1, 0, 0])
    np.testing.assert_allclose(sparsemax([3.0, 1.0, 2.5]), [0.75, 0, 0.25], rtol=1e-15)
    np.testing.assert_array_equal(sparsemax([0.0, -np.inf]), [1, 0])
    np.testing.assert_array_equal(sparsemax(np.zeros(8)), np.full(8, 1 / 8))
    for undefined in ([np.nan, 0], [np.inf, 0], [np.inf, -np.inf], [-np.inf, -np.inf], [np.inf], [np.nan]):
        assert np.isnan(sparsemax(undefined)).all()
        assert np.isnan(sparsemax_jacobian(undefined)).all()
        assert np.isnan(sparsemax_vjp(undefined, np.ones(len(undefined)))).all()


def test_sparsemax_jacobian_is_that_of_a_mean_on_the_support() -> None:
    third = 1 / 3
    wanted = [
        [1 - third, -third, 0, -third],
        [-third, 1 - third, 0, -third],
        [0, 0, 0, 0],
        [-third, -third, 0, 1 - third],
    ]
    np.testing.assert_array_equal(sparsemax_jacobian([0.5, 0.4, -3.0, 0.3]), wanted)
    g = np.array([1.0, 2.0, 50.0, 6.0])
    np.testing.assert_allclose(sparsemax_vjp([0.5, 0.4, -3.0, 0.3], g), [-2, -1, 0, 3], rtol=1e-15)


def test_a_logit_on_the_threshold_is_outside_the_support() -> None:
    """There the one-sided slopes differ: that from the left is taken."""
    np.testing.assert_array_equal(sparsemax([1.0, 0.0]), [1, 0])
    np.testing.assert_array_equal(sparsemax_jacobian([1.0, 0.0]), np.zeros((2, 2)))
    np.testing.assert_array_equal(sparsemax_vjp([1.0, 0.0], [5.0, 7.0]), [0, 0])
    np.testing.assert_array_equal(sparsemax_jacobian([1.0, 2.0**-50]), [[0.5, -0.5], [-0.5, 0.5]])


def test_maxout_takes_the_largest_of_neighbours() -> None:
    z = np.array([1, 5, 7, 2, -3, -1])
    np.testing.assert_array_equal(maxout(z), [5, 7, -1])
    np.testing.assert_array_equal(maxout(z, pieces=3), [7, 2])
    np.testing.assert_array_equal(maxout(z, pieces=1), z)
    np.testing.assert_array_equal(maxout(z, pieces=6), [7])
    np.testing.assert_array_equal(maxout(np.stack([z, -z], axis=1), 0, pieces=3), [[7, -1], [2, 3]])
    np.testing.assert_array_equal(maxout([-np.inf, -np.inf, np.inf, 0]), [-np.inf, np.inf])
    big = np.float32(3.4e38)
    assert maxout(np.array([big, 0], np.float32))[0] == big


def test_of_several_largest_the_first_gets_it_all() -> None:
    z, g = np.array([2.0, 2.0, 2.0, 1.0, 4.0, 4.0]), np.array([3.0, -5.0])
    np.testing.assert_array_equal(maxout_vjp(z, g, pieces=3), [3, 0, 0, 0, -5, 0])
    np.testing.assert_array_equal(maxout_jacobian(z, pieces=3), [[1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0]])
    np.testing.assert_array_equal(maxout_vjp([-np.inf, -np.inf], [1.0]), [1, 0])
    np.testing.assert_array_equal(maxout_vjp([0.0, 1.0], [np.inf]), [0, np.inf])


def test_nan_spoils_its_own_group_only() -> None:
    z, g = np.array([np.nan, 1.0, 2.0, 3.0]), np.array([1.0, 5.0])
    np.testing.assert_array_equal(maxout(z), [np.nan, 3])
    np.testing.assert_array_equal(maxout_vjp(z, g), [np.nan, np.nan, 0, 5])
    np.testing.assert_array_equal(maxout_jacobian(z), [[np.nan, np.nan, 0, 0], [0, 0, 0, 1]])
