"""The checker's own tools are checked, against 50 digits."""

import inspect
from collections.abc import Callable

import mpmath
import numpy as np
import pytest

from course_lib import finite_difference
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative


def test_the_error_estimate_covers_the_true_error() -> None:
    x = np.random.default_rng(3).uniform(-30, 30, 20_000)
    for f, slope in ((sigmoid, sigmoid_derivative), (np.tanh, lambda v: 1 / np.cosh(v) ** 2), (np.sin, np.cos)):
        value, error = finite_difference.extrapolated(f, x)
        covered = np.abs(value - slope(x)) <= error
        assert covered.mean() >= 0.999
        assert np.median(error) < 1e-10  # a bound that is always infinite would cover everything


def test_a_wrong_slope_is_not_covered() -> None:
    x = np.linspace(-3, 3, 101)
    value, error = finite_difference.extrapolated(sigmoid, x)
    assert np.all(np.abs(value - 1.0001 * sigmoid_derivative(x)) > error)


@pytest.mark.parametrize(
    ("method", "largest"),
    [(finite_difference.forward, 4e-7), (finite_difference.central, 3e-10)],
)
def test_the_simple_differences_are_as_good_as_lesson_01_says(
    method: Callable[..., np.ndarray], largest: float
) -> None:
    x = np.linspace(-30, 30, 2001)
    with mpmath.workdps(50):
        exact = np.array([float(1 / (2 + 2 * mpmath.cosh(mpmath.mpf(float(v))))) for v in x])
    error = np.abs(method(sigmoid, x) - exact).max()
    assert largest / 1000 < error <= largest


def test_the_complex_step_loses_no_digits() -> None:
    x = np.linspace(-5, 5, 101)
    slope = finite_difference.complex_step(lambda z: 1 / (1 + np.exp(-z)), x)
    np.testing.assert_allclose(slope, sigmoid_derivative(x), rtol=2e-15)


def test_shapes_are_kept() -> None:
    for shape in ((), (0,), (1,), (2, 3)):
        x = np.ones(shape)
        for method in (finite_difference.forward, finite_difference.central, finite_difference.complex_step):
            assert method(np.square, x).shape == shape
        assert finite_difference.extrapolated(np.square, x).value.shape == shape
        assert finite_difference.one_sided(np.square, x, 1).error.shape == shape
        assert finite_difference.kinks(np.square, x).shape == shape


@pytest.mark.parametrize("side", [-1, 1])
def test_the_one_sided_slope_and_its_error(side: int) -> None:
    x = np.random.default_rng(5).uniform(-8, 8, 20_000)
    for f, slope in ((sigmoid, sigmoid_derivative), (np.tanh, lambda v: 1 / np.cosh(v) ** 2), (np.sin, np.cos)):
        value, error = finite_difference.one_sided(f, x, side)
        assert (np.abs(value - slope(x)) <= error).mean() >= 0.999
        assert np.median(error) < 1e-8
    assert finite_difference.one_sided(np.abs, 0.0, side).value == pytest.approx(side, abs=1e-12)


@pytest.mark.parametrize("jump", [1.0, 1e-2, 1e-4])
def test_no_kink_is_missed_in_20_000(jump: float) -> None:
    places = np.random.default_rng(6).uniform(-8, 8, 20_000)
    assert finite_difference.kinks(lambda x: np.tanh(x) + jump / 2 * np.abs(x - places), places).all()


def test_a_smooth_function_has_no_kink_and_beside_a_kink_there_is_none() -> None:
    x = np.random.default_rng(7).uniform(-8, 8, 20_000)
    for f in (sigmoid, np.tanh, np.sin, np.square):
        assert not finite_difference.kinks(f, x).any()
    beside = np.geomspace(0.002, 1, 200)
    assert not finite_difference.kinks(np.abs, np.concatenate([beside, -beside])).any()
    assert finite_difference.kinks(np.abs, [0.0, 1.0]).tolist() == [True, False]


def test_gradient_of_a_quadratic_form() -> None:
    A = np.array([[2.0, 1.0], [1.0, 3.0]])
    w = np.array([0.5, -1.0])
    np.testing.assert_allclose(finite_difference.gradient(lambda v: v @ A @ v, w), 2 * A @ w, rtol=1e-9)


@pytest.mark.parametrize("side", [0, 2, "left"])
def test_there_are_two_sides(side: object) -> None:
    with pytest.raises(ValueError, match=r"side must be 1 .* or -1"):
        finite_difference.one_sided(np.sin, 0.0, side)


@pytest.mark.parametrize("h", [0.0, -1e-5, float("nan"), float("inf"), None])
def test_a_step_that_is_not_positive_is_refused(h: float) -> None:
    for name in ("forward", "central", "complex_step", "gradient"):
        with pytest.raises(ValueError, match="must be positive"):
            getattr(finite_difference, name)(np.sin, np.zeros(2), h)


def test_the_module_is_short_enough_to_be_read_aloud() -> None:
    assert len(inspect.getsource(finite_difference).splitlines()) < 250
