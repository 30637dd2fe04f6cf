"""One suite for every activation: what is claimed in the registry is recomputed here."""

import warnings
from dataclasses import fields
from fractions import Fraction
from functools import partial

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib import ACTIVATIONS, finite_difference
from course_lib.activations import Activation
from course_lib.activations.registry import UnknownName
from course_lib.derivations.expression import evaluate, parse

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))

TURNING_POINTS = [0.0, 5e-324, 1e-310, 1e-300, 1e-20, 1e-8, 1e-3, 16.5, 36.7, 37.0, 40.0, 354.9, 355.0]
TURNING_POINTS += [700.0, 708.3, 709.8, 710.0, 740.0, 745.1, 746.0, 800.0, 1e4, 1e16, 1e300, 1e308]


def sweep() -> np.ndarray:
    """About 2,500 inputs of both signs, from subnormal to the largest, dense on [-1000, 1000]."""
    rng = np.random.default_rng(20261122)
    positive = [TURNING_POINTS, rng.uniform(0, 8, 400), rng.uniform(0, 40, 300), rng.uniform(0, 1000, 300)]
    positive += [10.0 ** rng.uniform(-320, 308, 200)]
    x = np.concatenate([np.asarray(p) for p in positive])
    return np.concatenate([x, -x])


FUNCTIONS = {"exp": mpmath.exp, "log": mpmath.log, "max": max, "min": min}


def exact(activation: Activation, x: np.ndarray, derivative: bool) -> list[mpmath.mpf]:
    """The formula of the registry, or its derivative away from kinks, with as many digits as it takes."""
    tree = parse(activation.expression)
    parameters = {name: mpmath.mpf(p.default) for name, p in activation.parameters.items()}
    saturates = "exp" in activation.expression

    def f(v: mpmath.mpf) -> mpmath.mpf:
        return evaluate(tree, FUNCTIONS, {"x": v, **parameters})

    found = []
    for v in x:
        digits = (
            60 + 3 * int(min(abs(v), 1000)) + int(max(0, -np.log10(abs(float(v)) or 1)))
        )  # tiny x: e^x - e^-x cancels
        with mpmath.workdps(digits):
            point = mpmath.mpf(float(v))
            if abs(v) > 1000:  # beyond it every derivative here is its limit, to far below the smallest float
                point = mpmath.sign(point) * 1000 if derivative else point
            if not derivative:
                found.append(limit(activation, v) if saturates and abs(v) > 1000 else f(point))
                continue
            to_kink = [abs(point - kink) / 2 for kink in activation.kinks]
            step = min([mpmath.mpf(10) ** (-digits // 3), *to_kink])
            found.append((f(point + step) - f(point - step)) / (2 * step))
    return found


def limit(activation: Activation, v: float) -> mpmath.mpf:
    low, high = activation.properties.range
    return mpmath.mpf(low if v < 0 else high)


def without_kinks(activation: Activation, x: np.ndarray) -> np.ndarray:
    return x[~np.isin(x, list(activation.kinks))]


def ulps(got: np.ndarray, exactly: list[mpmath.mpf]) -> np.ndarray:
    """How far `got` is from the exact value, in units in the last place of it."""
    rounded = np.array([float(e) for e in exactly], dtype=got.dtype)
    spacing = np.spacing(np.abs(rounded))
    differences = [abs(Fraction(float(g)) - as_fraction(e)) for g, e in zip(got, exactly, strict=True)]
    return np.array([float(d / Fraction(float(s))) for d, s in zip(differences, spacing, strict=True)])


def as_fraction(value: mpmath.mpf) -> Fraction:
    sign, mantissa, exponent, _ = mpmath.mpf(value)._mpf_
    return Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** int(exponent)


@every_activation
@pytest.mark.parametrize("which", ["f", "derivative"])
def test_right_to_the_last_digits(activation: Activation, which: str) -> None:
    x = without_kinks(activation, sweep())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = getattr(activation, which)(x)
    assert ulps(got, exact(activation, x, which == "derivative")).max() <= 4.1


@every_activation
@pytest.mark.parametrize("which", ["f", "derivative"])
def test_single_precision_is_rounded_once(activation: Activation, which: str) -> None:
    x = without_kinks(activation, sweep())
    x = x[np.abs(x) < 3e38].astype(np.float32)
    x = without_kinks(activation, x)  # the tiniest have become 0
    got = getattr(activation, which)(x)
    assert got.dtype == np.float32
    assert ulps(got, exact(activation, x.astype(np.float64), which == "derivative")).max() <= 1


@every_activation
def test_limits_and_nan(activation: Activation) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = activation.f(np.array([-np.inf, np.inf, np.nan]))
        slopes = activation.derivative(np.array([-np.inf, np.inf, np.nan]))
    np.testing.assert_array_equal(values[:2], activation.properties.range)
    expected = activation.derivative(np.array([-1e300, 1e300]))
    np.testing.assert_array_equal(slopes[:2], expected)
    assert np.isnan(values[2])
    assert np.isnan(slopes[2])


@every_activation
@pytest.mark.parametrize("which", ["f", "derivative", "derivative_from_output"])
@given(data=st.data())
def test_shape_and_dtype_are_kept_and_the_argument_too(activation: Activation, which: str, data: st.DataObject) -> None:
    function = getattr(activation, which)
    if function is None:
        return
    dtype = data.draw(st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, np.bool_]))
    x = data.draw(hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0)))
    before = x.tobytes()
    with np.errstate(all="ignore"):
        y = function(x)
    assert y.shape == x.shape
    assert y.dtype == (dtype if np.issubdtype(dtype, np.floating) else np.float64)
    assert x.tobytes() == before
    assert not np.shares_memory(x, y)


@every_activation
def test_scalars_lists_and_views(activation: Activation) -> None:
    assert isinstance(activation.f(1), np.float64)
    assert isinstance(activation.derivative(np.float32(1)), np.float32)
    np.testing.assert_array_equal(activation.f([1, 2.5]), activation.f(np.array([1, 2.5])))
    table = np.linspace(-3, 3, 24).reshape(4, 6)
    np.testing.assert_array_equal(activation.derivative(table[::2, ::3]), activation.derivative(table)[::2, ::3])


@every_activation
@pytest.mark.parametrize("wrong", ["text", [None], [1j], object(), [[1], [1, 2]]])
def test_what_is_not_real_numbers_is_refused_in_one_sentence(activation: Activation, wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        activation.f(wrong)
    assert "\n" not in str(refused.value)


@every_activation
def test_derivative_agrees_with_finite_differences(activation: Activation) -> None:
    x = without_kinks(activation, np.linspace(-8, 8, 801))
    estimate = finite_difference.extrapolated(activation.f, x)
    assert np.all(np.abs(estimate.value - activation.derivative(x)) <= estimate.error)
    assert np.all(estimate.error < 1e-10)


@every_activation
def test_kinks_are_where_it_is_said_and_the_slopes_beside_them_too(activation: Activation) -> None:
    x = np.linspace(-8, 8, 1601)
    np.testing.assert_array_equal(x[finite_difference.kinks(activation.f, x)], sorted(activation.kinks))
    for kink, (low, high) in activation.kinks.items():
        sides = sorted(float(finite_difference.one_sided(activation.f, kink, side).value) for side in (-1, 1))
        np.testing.assert_allclose(sides, [low, high], atol=1e-11)
        assert low <= activation.derivative(kink) <= high
        central = finite_difference.extrapolated(activation.f, kink)
        assert abs(central.value - low) <= central.error


# --- parameters ------------------------------------------------------------------------------------------

PARAMETERS = [(a, name) for a in ACTIVATIONS.values() for name in a.parameters]
every_parameter = pytest.mark.parametrize(
    ("activation", "name"), PARAMETERS, ids=[f"{a.name}-{n}" for a, n in PARAMETERS]
)


def some_values(activation: Activation, name: str) -> list[float]:
    parameter = activation.parameters[name]
    return [max(parameter.low, -2.0), parameter.default, min(parameter.high, 3.0)]


@every_parameter
def test_every_value_of_a_parameter_is_honoured(activation: Activation, name: str) -> None:
    x = np.linspace(-8, 8, 200)  # no kink among them
    for value in some_values(activation, name):
        f = partial(activation.f, **{name: value})
        estimate = finite_difference.extrapolated(f, x)
        slope = activation.derivative(x, **{name: value})
        assert np.all(np.abs(estimate.value - slope) <= estimate.error)
        tree = parse(activation.expression)
        others = {n: p.default for n, p in activation.parameters.items()} | {name: value}
        formula = [evaluate(tree, FUNCTIONS, {"x": float(v), **others}) for v in x]
        np.testing.assert_allclose(f(x), np.array(formula, dtype=float), rtol=1e-14)
        kinks = activation.kinks_at(**{name: value})
        places = np.linspace(-8, 8, 1601)
        np.testing.assert_array_equal(places[finite_difference.kinks(f, places)], sorted(kinks))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            ends = f(np.array([-np.inf, np.inf, np.nan]))
        assert not np.isnan(ends[:2]).any()
        assert np.isnan(ends[2])


@every_parameter
def test_a_parameter_out_of_range_is_refused_in_one_sentence(activation: Activation, name: str) -> None:
    parameter = activation.parameters[name]
    for wrong in (np.nan, np.inf, parameter.low - 1, parameter.high + 1):
        for function in (activation.f, activation.derivative, *activation.parameter_derivatives.values()):
            with pytest.raises(ValueError, match=f"^{function.__name__}: {name} must be .*, but it is ") as refused:
                function(1.0, **{name: wrong})
            assert "\n" not in str(refused.value)
    for nothing in (None, "0.1", np.array([0.1, 0.2])):
        for function in (activation.f, activation.derivative, *activation.parameter_derivatives.values()):
            with pytest.raises(TypeError, match=f"^{function.__name__}: {name} must be one real number, but it is "):
                function(1.0, **{name: nothing})


LEARNABLE = [(a, name) for a in ACTIVATIONS.values() for name in a.parameter_derivatives]


@pytest.mark.parametrize(("activation", "name"), LEARNABLE, ids=[f"{a.name}-{n}" for a, n in LEARNABLE])
def test_the_derivative_with_respect_to_a_parameter(activation: Activation, name: str) -> None:
    x = np.linspace(-8, 8, 161)
    for value in some_values(activation, name):
        estimate = finite_difference.extrapolated(lambda p: np.array([activation.f(x, **{name: float(p)})]), value)
        got = activation.parameter_derivatives[name](x, **{name: value})
        assert np.all(np.abs(estimate.value[0] - got) <= estimate.error[0] + 1e-13)
        assert got.shape == x.shape
    assert np.isnan(activation.parameter_derivatives[name](np.nan))


# --- what else is claimed ----------------------------------------------------------------------------------


@every_activation
def test_derivative_from_output_agrees(activation: Activation) -> None:
    if activation.derivative_from_output is None:
        return
    x = np.linspace(-3, 3, 201)  # further out the output has lost digits of the slope
    np.testing.assert_allclose(activation.derivative_from_output(activation.f(x)), activation.derivative(x), rtol=1e-12)


@every_activation
def test_properties_are_measured(activation: Activation) -> None:
    x = np.linspace(-50, 50, 100_001)
    y, p = activation.f(x), activation.properties
    low, high = p.range
    assert np.all((y >= low) & (y <= high))
    assert p.bounded == (np.isfinite(low) and np.isfinite(high))
    if p.bounded:
        np.testing.assert_allclose([activation.f(-1e4), activation.f(1e4)], [low, high], atol=1e-12)
    assert p.monotonic == bool(np.all(np.diff(y) >= 0))
    assert p.zero_centred == bool(np.allclose(y, -activation.f(-x), atol=1e-12))
    assert p.smooth == (not activation.kinks and not activation.jumps_at())


@every_activation
def test_the_record_is_complete(activation: Activation) -> None:
    assert ACTIVATIONS[activation.name] is activation
    assert all(
        getattr(activation, f.name) is not None or f.name == "derivative_from_output" for f in fields(activation)
    )
    assert len(activation.reference) > 20
    for function in (activation.f, activation.derivative, *activation.parameter_derivatives.values()):
        for section in ("Parameters", "Returns", "Raises"):
            assert section in (function.__doc__ or "")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean 'sigmoid'") as unknown:
        ACTIVATIONS["sigmod"]
    assert isinstance(unknown.value, UnknownName)
    with pytest.raises(KeyError, match="there are: identity, sigmoid"):
        ACTIVATIONS["zzz"]
