"""Vectors and matrices: softmax, its Jacobian, and the product that must not form it."""

import numpy as np
import pytest

from course_lib import check
from course_lib.checking import EXERCISES
from course_lib.checking.answer import OwnAnswer


def softmax(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def vjp(z, g):
    s = softmax(z)
    return s * (g - np.sum(s * g, axis=-1, keepdims=True))


def test_a_small_matrix_is_shown_in_one_line() -> None:
    message = check("softmax_jacobian", lambda z: np.diag(softmax(z) * (1 - softmax(z))), seed=0).message
    assert "At z = [1, 0] you return [[0.1966, 0], [0, 0.1966]]; the finite difference of softmax" in message
    assert "is [[0.1966, -0.1966], [-0.1966, 0.1966]]." in message


def test_the_naive_softmax_loses_the_extremes_and_hears_why() -> None:
    result = check("softmax", lambda z, axis=-1: np.exp(z) / np.sum(np.exp(z), axis=axis, keepdims=True))
    assert (result.passed, result.points, result.slip) == (True, 7, "overflow")


def test_one_largest_for_all_rows_is_not_enough() -> None:
    def global_largest(z, axis=-1):
        e = np.exp(z - (np.max(z) if z.size else 0))
        return e / np.sum(e, axis=axis, keepdims=True)

    result = check("softmax", global_largest)
    assert (result.passed, result.points) == (True, 7)
    assert "rows that lie 900 apart" in result.message or "900" in str(result.cases)


def test_through_the_logarithm_is_a_right_softmax() -> None:
    def by_logarithm(z, axis=-1):
        m = np.max(z, axis=axis, keepdims=True)
        return np.exp(z - (m + np.log(np.sum(np.exp(z - m), axis=axis, keepdims=True))))

    assert check("softmax", by_logarithm).points == 10


def test_forming_the_jacobian_costs_the_memory_part() -> None:
    def with_jacobian(z, g):
        s = softmax(z)
        J = s[..., :, None] * np.eye(z.shape[-1]) - s[..., :, None] * s[..., None, :]
        return np.einsum("...i,...ik->...k", g, J)

    result = check("softmax_vjp", with_jacobian)
    assert (result.passed, result.points, result.slip) == (True, 8, "too_much_memory")
    assert "MB at once" in result.message
    assert check("softmax_vjp", vjp).points == 10


def test_a_slow_answer_is_stopped_where_its_memory_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    def slow(z, g):
        time.sleep(1.0 if z.size > 1000 else 0.0)
        return vjp(z, g)

    monkeypatch.setattr(OwnAnswer, "measured_seconds", 0.2)
    result = check("softmax_vjp", slow)
    assert (result.passed, result.points, result.slip) == (True, 8, "slow")


def test_measuring_memory_leaves_the_learners_own_measurement_running() -> None:
    import tracemalloc

    tracemalloc.start()
    try:
        assert check("softmax_vjp", vjp).points == 10
        assert tracemalloc.is_tracing()
    finally:
        tracemalloc.stop()
    check("softmax_vjp", vjp)
    assert not tracemalloc.is_tracing()


@pytest.mark.parametrize(
    ("name", "answer", "slip"),
    [
        ("tanh_derivative", lambda x: 1.01 - np.tanh(x) ** 2, "offset"),
        ("tanh_derivative", lambda x: (1 - np.tanh(x) ** 2) ** 2, "squared"),
        ("sigmoid_derivative", lambda x: 2 + 2 * np.cosh(x), "reciprocal"),
        ("sigmoid_derivative", lambda x: 1 / np.sqrt(2 + 2 * np.cosh(x)), "root"),
        ("softmax", lambda z, axis=-1: 1 - softmax(z, axis), "complement"),
        ("tanh_from_sigmoid", lambda x, s: np.abs(2 * s(2 * x) - 1), "size"),
        ("prelu_alpha_gradient", lambda x, alpha: x**3 * (x < 0), "one_sided"),
        ("softmax_jacobian", lambda z: -jacobian(z), "sign"),
        ("softmax_jacobian", lambda z: 2 * jacobian(z), "factor"),
        ("softmax_jacobian", lambda z: np.zeros((len(z), len(z))), "constant"),
        ("softmax_jacobian", lambda z: np.diag(np.diag(jacobian(z))), "diagonal_only"),
        ("softmax_jacobian", lambda z: jacobian(z) + np.eye(len(z)), "on_the_diagonal"),
        ("softmax_jacobian", lambda z: jacobian(z) + 0.01 * (1 - np.eye(len(z))), "beside_the_diagonal"),
        ("softmin_jacobian", lambda z: -jacobian(-z) + 0.01 * np.tri(len(z)), None),
        ("identity_jacobian", lambda x: 3 * np.eye(len(x)), "factor"),
        ("identity_jacobian", lambda x: np.tri(len(x)), None),
    ],
)
def test_what_can_go_wrong_with_any_answer_is_named(name: str, answer, slip: str | None) -> None:
    result = check(name, answer)
    assert not result.passed
    assert result.slip == slip


def jacobian(z):
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


def test_a_sum_where_a_mean_belongs_is_named() -> None:
    right = EXERCISES["logistic_loss_gradient"].reference
    by_rows = check("dead_unit_fraction", lambda Z: Z.shape[0] * np.mean(np.all(Z <= 0, axis=0)))
    assert by_rows.slip == "summed"
    assert check("logistic_loss_gradient", lambda X, y, w: len(y) * right(X, y, w)).slip == "not_averaged"
