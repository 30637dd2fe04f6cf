"""Every activation and every derivative against its formula, computed with as many digits as it takes.

This is the short sweep; ``make accuracy`` measures the full one, beside textbook formulas, torch and jax.
"""

import warnings
from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.accuracy.exact import exact, short_sweep, ulps
from course_lib import ACTIVATIONS
from course_lib.activations import Activation

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
either = pytest.mark.parametrize("which", ["f", "derivative"])

#: In units in the last place; for the slopes of the gated ones of the larger of the two terms of the product rule,
#: since they have a zero, near which a sum of two floats keeps no digits.
GOAL, GOAL_OF_LARGEST_TERM = 4.1, 8.0
GATED = ("silu", "mish", "gelu", "gelu_tanh")


def smooth_places(activation: Activation, dtype: type = np.float64) -> NDArray[Any]:
    """The sweep without the places where there is no derivative to compare with."""
    x = short_sweep(dtype)
    return x[~np.isin(x, [dtype(place) for place in (*activation.kinks, *activation.jumps)])]


def quietly(function: Any, x: NDArray[Any]) -> NDArray[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return np.asarray(function(x))


@every_activation
@either
def test_right_to_the_last_digits(activation: Activation, which: str) -> None:
    x = smooth_places(activation)
    exactly = exact(activation, x, "x" if which == "derivative" else None)
    got = quietly(getattr(activation, which), x)
    if which == "derivative" and activation.name in GATED:
        unit = np.spacing(largest_term(activation, x, exactly))
        off = np.array([float(abs(mpmath.mpf(float(g)) - e) / u) for g, e, u in zip(got, exactly, unit, strict=True)])
        assert off.max() <= GOAL_OF_LARGEST_TERM
        near_its_zero = (np.abs(x) < 4) & (np.abs(got) < 1 / 16)
        assert ulps(got, exactly)[~near_its_zero].max() <= GOAL_OF_LARGEST_TERM
    else:
        assert ulps(got, exactly).max() <= (GOAL_OF_LARGEST_TERM if activation.name in GATED else GOAL)


def largest_term(activation: Activation, x: NDArray[Any], slopes: list[mpmath.mpf]) -> NDArray[Any]:
    """Of f(x) = x g(x) the slope is g(x) + x g'(x): the larger of the two, and of their sum."""
    g = [f / mpmath.mpf(float(v)) if v else s for f, v, s in zip(exact(activation, x), x, slopes, strict=True)]
    return np.array([float(max(abs(a), abs(s - a), abs(s))) for a, s in zip(g, slopes, strict=True)])


@every_activation
@either
def test_single_precision_is_rounded_once(activation: Activation, which: str) -> None:
    x = smooth_places(activation, np.float32)
    got = quietly(getattr(activation, which), x)
    assert got.dtype == np.float32
    assert ulps(got, exact(activation, x, "x" if which == "derivative" else None)).max() <= 1


@every_activation
@either
def test_infinities_have_their_limits_and_nan_stays_nan(activation: Activation, which: str) -> None:
    far = np.array([-1e300, 1e300])
    limits = quietly(getattr(activation, which), np.array([-np.inf, np.inf, np.nan]))
    beyond = [float(e) for e in exact(activation, far, "x" if which == "derivative" else None)]
    for limit, near in zip(limits, beyond, strict=False):
        assert limit == (np.copysign(np.inf, near) if abs(near) > 1e100 else 0 if abs(near) < 1e-100 else near)
    assert np.isnan(limits[2])


def values_of(activation: Activation, name: str) -> list[Any]:
    """Values of a parameter inside its range: its ends where they are finite, the default, and others."""
    parameter = activation.parameters[name]
    if isinstance(parameter.default, tuple):
        return [parameter.default, (1.0, -2.0, 0.5), (0.0, 0.0, 0.0)]
    low = parameter.low if parameter.low in (0, 1) else max(parameter.low, 0.3 if parameter.low > 0 else -2.5)
    return [low, parameter.default, min(parameter.high, 0.7), min(parameter.high, 3.0)]


PARAMETERS = [(a, name) for a in ACTIVATIONS.values() for name in a.parameters]
every_parameter = pytest.mark.parametrize(
    ("activation", "name"), PARAMETERS, ids=[f"{a.name}-{n}" for a, n in PARAMETERS]
)


@every_parameter
@either
def test_other_parameters_follow_the_formula(activation: Activation, name: str, which: str) -> None:
    x = np.concatenate([np.linspace(-8, 8, 98), [-1e-9, 1e-9, -300.0, 300.0]])  # not at kinks
    for value in values_of(activation, name):
        exactly = exact(activation, x, "x" if which == "derivative" else None, **{name: value})
        got = quietly(lambda v, value=value: getattr(activation, which)(v, **{name: value}), x)
        # A rounded product such as beta x costs abs(beta x) ULP in an exponential.
        np.testing.assert_allclose(got, np.array(exactly, dtype=float), rtol=1e-12, atol=1e-15)


LEARNABLE = [(a, name) for a in ACTIVATIONS.values() for name in a.parameter_derivatives]


@pytest.mark.parametrize(("activation", "name"), LEARNABLE, ids=[f"{a.name}-{n}" for a, n in LEARNABLE])
def test_derivatives_with_respect_to_parameters(activation: Activation, name: str) -> None:
    x = np.concatenate([np.linspace(-8, 8, 98), [-1e-9, 1e-9, -300.0, 300.0]])
    for value in values_of(activation, name):
        got = quietly(lambda v, value=value: activation.parameter_derivatives[name](v, **{name: value}), x)
        letters = activation.parameters[name].as_symbols(name, value)
        for slope, letter in zip(got.reshape(len(letters), -1), letters, strict=True):
            exactly = np.array(exact(activation, x, letter, **{name: value}), dtype=float)
            np.testing.assert_allclose(slope, exactly, rtol=1e-12, atol=1e-15)
    assert np.isnan(activation.parameter_derivatives[name](np.nan)).any()


@pytest.mark.parametrize(("activation", "name"), LEARNABLE, ids=[f"{a.name}-{n}" for a, n in LEARNABLE])
def test_those_are_right_to_the_last_digits_too(activation: Activation, name: str) -> None:
    x = smooth_places(activation)
    letters = activation.parameters[name].as_symbols(name, activation.parameters[name].default)
    got = quietly(activation.parameter_derivatives[name], x).reshape(len(letters), -1)
    for slopes, letter in zip(got, letters, strict=True):
        assert ulps(slopes, exact(activation, x, letter)).max() <= GOAL_OF_LARGEST_TERM


def test_celu_carries_the_rounding_of_its_quotient() -> None:
    celu = ACTIVATIONS["celu"]
    x = -np.concatenate([np.linspace(0.01, 40, 200), np.linspace(40, 500, 200)])
    for alpha in (0.7, 1 / 3, 1e-200, 3e200):
        at = x * alpha
        for which, by in ((celu.f, None), (celu.derivative, "x")):
            assert (
                ulps(quietly(lambda v, f=which, a=alpha: f(v, alpha=a), at), exact(celu, at, by, alpha=alpha)).max()
                <= 4.1
            )
