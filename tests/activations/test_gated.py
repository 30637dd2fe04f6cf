"""What is special about the gated activations: their lowest value, their tails, any beta, and carried rounding."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from benchmarks.accuracy.exact import exact, ulps
from course_lib import ACTIVATIONS
from course_lib.activations import carried
from course_lib.activations.gated import (
    hard_swish,
    hard_swish_derivative,
    silu,
    silu_beta_derivative,
    silu_derivative,
)

#: The four smooth ones: where their slope is 0, roughly, and where their left tail leaves the normal numbers.
SMOOTH = {"silu": (-1.28, 708.0), "mish": (-1.19, 708.0), "gelu": (-0.75, 37.5), "gelu_tanh": (-0.75, 21.2)}
BETAS = (1.702, -2.0, 0.3, 1e300, -1.7e308, 3.3e-306, 5e-324)


def exactly(name: str, by: str | None = None) -> Callable[[Any], Any]:
    return lambda x: exact(ACTIVATIONS[name], [float(x)], by)[0]


@pytest.mark.parametrize("name", SMOOTH)
def test_the_lowest_value_is_where_the_slope_is_0(name: str) -> None:
    low, high = SMOOTH[name][0] - 0.1, SMOOTH[name][0] + 0.1
    while np.nextafter(low, high) != high:  # until two floats are left, on either side of the zero
        middle = (low + high) / 2
        low, high = (middle, high) if exactly(name, "x")(middle) < 0 else (low, middle)
    activation = ACTIVATIONS[name]
    assert activation.properties.range[0] == float(exactly(name)(high))
    assert activation.f(high) == pytest.approx(activation.properties.range[0], rel=4e-16)
    assert activation.derivative(high) == pytest.approx(0, abs=4e-16)
    assert activation.derivative(high - 1e-9) < 0 < activation.derivative(high + 1e-9)


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize(("which", "by"), [("f", None), ("derivative", "x")])
def test_the_far_left_tail_keeps_its_digits(name: str, which: str, by: str | None) -> None:
    end = SMOOTH[name][1]
    x = -end * np.linspace(0.8, 1.06, 261)  # from normal numbers through all subnormal ones to 0
    values = exact(ACTIVATIONS[name], x, by)
    got = getattr(ACTIVATIONS[name], which)(x)
    assert 0 < -got[0] < 1e-150
    assert -1e-318 < got[-15] <= 0
    assert ulps(got, values).max() <= 5


@pytest.mark.parametrize("beta", BETAS)
def test_every_beta_keeps_its_digits(beta: float) -> None:
    x = np.linspace(-1, 1, 149) * min(760 / abs(beta), 1.7e308)
    activation = ACTIVATIONS["silu"]
    assert ulps(silu(x, beta), exact(activation, x, beta=beta)).max() <= 4
    assert ulps(silu_beta_derivative(x, beta), exact(activation, x, "beta", beta=beta)).max() <= 5
    assert ulps(silu_derivative(x, beta), exact(activation, x, "x", beta=beta)).max() <= 8


@pytest.mark.parametrize("beta", BETAS)
def test_a_negative_beta_mirrors_the_graph(beta: float) -> None:
    x = np.concatenate([np.linspace(-30, 30, 61) / max(abs(beta), 1e-305), [np.inf, -np.inf]])
    np.testing.assert_array_equal(silu(x, -beta), -silu(-x, beta))
    np.testing.assert_array_equal(silu_derivative(x, -beta), silu_derivative(-x, beta))
    np.testing.assert_array_equal(silu_beta_derivative(x, -beta), silu_beta_derivative(x, beta))


@pytest.mark.parametrize("beta", BETAS)
def test_every_beta_has_its_limits(beta: float) -> None:
    ends = np.array([-np.inf, np.inf]) * np.sign(beta)
    np.testing.assert_array_equal(silu(ends, beta), [0, np.inf * np.sign(beta)])
    np.testing.assert_array_equal(silu_derivative(ends, beta), [0, 1])
    np.testing.assert_array_equal(silu_beta_derivative(ends, beta), [0, 0])


def test_with_beta_0_the_gate_stands_half_open() -> None:
    x = np.array([-np.inf, -1e200, -3.0, 0.0, 5.0, np.inf, np.nan])
    np.testing.assert_array_equal(silu(x, 0), x / 2)
    np.testing.assert_array_equal(silu_derivative(x, 0), [0.5] * 6 + [np.nan])
    np.testing.assert_array_equal(silu_beta_derivative(x, 0), [np.inf, np.inf, 2.25, 0, 6.25, np.inf, np.nan])


def test_the_square_of_x_does_not_overflow_where_the_rest_makes_up_for_it() -> None:
    x, beta = 1e200, 9e-198  # x**2 is 1e400, and exp(-beta x) is exp(-900)
    value = exact(ACTIVATIONS["silu"], x, "beta", beta=beta)
    assert 1e8 < value[0] < 1e10
    assert ulps(silu_beta_derivative(x, beta), value).max() <= 5


def test_hard_swish_is_its_input_from_3_on_and_nothing_up_to_minus_3() -> None:
    x = np.concatenate([3 + np.geomspace(1e-15, 1e300, 500), [3.0, np.finfo(float).max, np.inf]])
    np.testing.assert_array_equal(hard_swish(x), x)
    np.testing.assert_array_equal(hard_swish(-x), 0 * np.ones_like(x))
    np.testing.assert_array_equal(hard_swish_derivative(x), np.ones_like(x))
    np.testing.assert_array_equal(hard_swish_derivative(-x), np.zeros_like(x))


def test_hard_swish_divides_by_6_to_the_last_digit() -> None:
    x = np.concatenate([np.linspace(-3, 3, 2003)[1:-1], [-1.5, np.nextafter(-1.5, 0), np.nextafter(-3, 0), 1e-300]])
    slopes = [mpmath.mpf(v.numerator) / v.denominator for v in (Fraction(float(t)) / 3 + Fraction(1, 2) for t in x)]
    assert ulps(hard_swish_derivative(x), slopes).max() <= 1.5
    assert ulps(hard_swish(x), exact(ACTIVATIONS["hard_swish"], x)).max() <= 2


# --- what rounding leaves out ---------------------------------------------------------------------------------


def test_a_product_and_its_rest_are_exact() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(0, 1e3, 200), rng.normal(0, 1e-3, 200)
    rounded, rest = carried.product(a, b)
    np.testing.assert_array_equal(rounded, a * b)
    for triple in zip(a, b, rounded, rest, strict=True):
        one, other, high, low = (Fraction(float(v)) for v in triple)
        assert one * other == high + low
    assert np.count_nonzero(rest) > 150


def test_a_sum_and_its_rest_are_exact() -> None:
    a = np.concatenate([np.geomspace(1e-20, 1e20, 200), -np.geomspace(1e-20, 1e20, 200)])
    for one, high, low in zip(a, *carried.one_plus(a), strict=True):
        assert 1 + Fraction(float(one)) == Fraction(float(high)) + Fraction(float(low))


def test_a_quotient_and_its_rest_have_twice_the_digits() -> None:
    a = np.geomspace(1e-3, 1e3, 200)
    for one, high, low in zip(a, *carried.quotient(a, 0.3), strict=True):
        true = Fraction(float(one)) / Fraction(0.3)
        assert abs(Fraction(float(high)) + Fraction(float(low)) - true) < true / 2**104


def test_the_two_factors_of_an_exponential() -> None:
    u = -np.linspace(0, 1400, 141)
    first, tail = carried.exponential(u)
    assert first.min() > np.finfo(float).tiny
    assert np.all(tail[u >= -708] == 1)
    with mpmath.workdps(40):
        for one, high, low in zip(u, first, tail, strict=True):
            true = mpmath.exp(mpmath.mpf(float(one)))
            assert abs(mpmath.mpf(float(high)) * mpmath.mpf(float(low)) / true - 1) < 4e-16
