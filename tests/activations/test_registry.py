"""One suite for every element-wise activation: what is claimed in its record is recomputed here.

Its values are compared with its formula in ``test_accuracy``; that its code is its formula's derivative is proven
in ``tests/derivations``.
"""

import inspect
import warnings
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib import ACTIVATIONS, finite_difference
from course_lib.activations import Activation
from course_lib.activations.elementwise import BLOCK
from course_lib.activations.registry import UnknownName

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))


def functions_of(activation: Activation) -> list[Callable[..., Any]]:
    found = [activation.f, activation.derivative, *activation.parameter_derivatives.values()]
    return found if activation.derivative_from_output is None else [*found, activation.derivative_from_output]


FUNCTIONS = {f.__name__: f for a in ACTIVATIONS.values() for f in functions_of(a)}
PER_COEFFICIENT = "polynomial_coefficients_derivative"  # the one whose results have an axis more
every_function = pytest.mark.parametrize(
    "function", [f for name, f in FUNCTIONS.items() if name != PER_COEFFICIENT], ids=lambda f: f.__name__
)

PARAMETERS = [(a, name) for a in ACTIVATIONS.values() for name in a.parameters]
every_parameter = pytest.mark.parametrize(
    ("activation", "name"), PARAMETERS, ids=[f"{a.name}-{n}" for a, n in PARAMETERS]
)


# --- what goes in and what comes out -----------------------------------------------------------------------


@every_function
@settings(max_examples=30)  # for each of a hundred functions that go through the same few lines
@given(data=st.data())
def test_shape_and_dtype_are_kept_and_the_argument_too(function: Callable[..., Any], data: st.DataObject) -> None:
    dtype = data.draw(st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, np.bool_]))
    x = data.draw(hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)))
    before = x.tobytes()
    with np.errstate(all="ignore"):
        y = function(x)
        one_by_one = [function(v) for v in x.ravel()]
    assert y.shape == x.shape
    assert y.dtype == (dtype if np.issubdtype(dtype, np.floating) else np.float64)
    assert x.tobytes() == before
    assert not np.shares_memory(x, y)
    # To the last digit on most machines; numpy may use other code for the odd end of an array.
    np.testing.assert_allclose(y.ravel(), np.array(one_by_one, dtype=y.dtype), rtol=4 * np.finfo(y.dtype).eps)


@every_function
def test_scalars_lists_and_views(function: Callable[..., Any]) -> None:
    assert isinstance(function(1), np.float64)
    assert isinstance(function(np.float32(1)), np.float32)
    np.testing.assert_array_equal(function([0, 0.5]), function(np.array([0, 0.5])))
    table = np.linspace(-3, 3, 24).reshape(4, 6)
    with np.errstate(all="ignore"):  # some of these are no outputs
        whole = function(table)
        np.testing.assert_array_equal(function(table[::2, ::3]), whole[::2, ::3])
        np.testing.assert_array_equal(function(np.asfortranarray(table)), whole)
        np.testing.assert_array_equal(function(table[::-1].T), whole[::-1].T)


@every_function
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_an_array_of_several_blocks_is_computed_like_its_parts(function: Callable[..., Any], dtype: type) -> None:
    x = np.linspace(0, 1, 2 * BLOCK + 7).astype(dtype).reshape(25, -1)
    assert x.size > 2 * BLOCK
    parts = np.concatenate([function(part) for part in np.array_split(x.ravel(), 7)])
    np.testing.assert_array_equal(function(x), parts.reshape(x.shape))
    np.testing.assert_array_equal(function(x.T), parts.reshape(x.shape).T)


@every_function
@pytest.mark.parametrize("wrong", ["text", [None], [1j], object(), [[1], [1, 2]], np.array(["1"]), None])
def test_what_is_not_real_numbers_is_refused_in_one_sentence(function: Callable[..., Any], wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        function(wrong)
    assert "\n" not in str(refused.value)


@every_function
def test_a_parameter_that_it_does_not_have_is_refused(function: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match=rf"^{function.__name__} has no parameter 'gamma'; it has "):
        function(1.0, gamma=2.0)
    with pytest.raises(TypeError, match=rf"^{function.__name__} takes x and at most \d parameters?, but "):
        function(1.0, *[0.5] * 9)


# --- slopes --------------------------------------------------------------------------------------------------


def away_from(places: Any, x: np.ndarray) -> np.ndarray:
    return x[~np.isin(x, list(places))]


@every_activation
def test_derivative_agrees_with_finite_differences(activation: Activation) -> None:
    x = away_from([*activation.kinks, *activation.jumps], np.linspace(-8, 8, 801))
    estimate = finite_difference.extrapolated(activation.f, x)
    off = np.abs(estimate.value - activation.derivative(x))
    # Steps of 1/16 to both sides don't find the slope beside a jump, and find it roughly where the slope has a kink.
    bends = x[finite_difference.kinks(activation.derivative, x)]
    beside_a_jump, beside_a_bend = beside(activation.jumps, x), beside(bends, x)
    assert np.all((off <= estimate.error) | beside_a_jump | beside_a_bend)
    assert np.all(off[~beside_a_jump] < 0.02)
    assert np.all((estimate.error < 1e-10) | beside_a_jump | beside_a_bend | (np.abs(activation.f(x)) > 10))


def beside(places: Any, x: np.ndarray) -> np.ndarray:
    return np.any([np.abs(x - place) < 0.3 for place in places] or [np.zeros(x.shape, bool)], axis=0)


@every_activation
def test_kinks_are_where_it_is_said_and_the_slopes_beside_them_too(activation: Activation) -> None:
    x = away_from(activation.jumps, np.linspace(-8, 8, 1601))
    np.testing.assert_array_equal(x[finite_difference.kinks(activation.f, x)], sorted(activation.kinks))
    for kink, (low, high) in activation.kinks.items():
        sides = sorted(float(finite_difference.one_sided(activation.f, kink, side).value) for side in (-1, 1))
        np.testing.assert_allclose(sides, [low, high], atol=1e-11)
        assert low <= activation.derivative(kink) <= high
        central = finite_difference.extrapolated(activation.f, kink)
        assert abs(central.value - low) <= central.error


@every_activation
def test_jumps_are_where_it_is_said(activation: Activation) -> None:
    for place, (left, right) in activation.jumps.items():
        assert left != right
        np.testing.assert_allclose(activation.f(np.nextafter(place, -np.inf)), left, atol=1e-15)
        np.testing.assert_allclose(activation.f(np.nextafter(place, np.inf)), right, atol=1e-15)
        assert activation.f(place) in (left, right)
        assert np.isfinite(activation.derivative(place))
    x = np.linspace(-8, 8, 160_001)
    steps = np.abs(np.diff(activation.f(x)))
    found = x[:-1][steps > 0.01 + 2e-4 * np.maximum(1, np.abs(activation.derivative(x[:-1])))]
    np.testing.assert_allclose(found, sorted(activation.jumps), atol=1e-4)


# --- parameters ------------------------------------------------------------------------------------------------


def ends_of(activation: Activation, name: str) -> list[Any]:
    """The smallest and the largest value that a parameter may have."""
    parameter = activation.parameters[name]
    if isinstance(parameter.default, tuple):
        return [(0.0,), (1e308, -1e308), (5e-324, 0.0, 0.0)]
    largest = np.finfo(float).max
    return [max(parameter.low, -largest), min(parameter.high, largest)]


@every_parameter
def test_a_parameter_may_be_at_its_bounds(activation: Activation, name: str) -> None:
    x = np.array([-np.inf, -1e308, -750.0, -2.0, -5e-324, 0.0, 1e-300, 0.75, 40.0, 1e308, np.inf, np.nan])
    for value in ends_of(activation, name):
        for function in functions_of(activation)[:2]:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                y = function(x, **{name: value})
            assert y.shape == x.shape
            assert not np.isnan(y[:-1]).any(), (function.__name__, name, value, y)
            assert np.isnan(y[-1])
        for places in (activation.kinks_at, activation.jumps_at):
            given = {n: p.default for n, p in activation.parameters.items()} | {name: value}
            assert all(low <= high for low, high in places(**given).values()) or places is activation.jumps_at


@every_parameter
def test_kinks_and_jumps_move_with_the_parameters(activation: Activation, name: str) -> None:
    parameter = activation.parameters[name]
    if isinstance(parameter.default, tuple):
        return
    for value in (max(parameter.low, -1.25), min(parameter.high, 2.25)):
        value = 0.5 if value < 1e-300 and parameter.low > 0 else value
        f = partial(activation.f, **{name: value})
        given = {n: p.default for n, p in activation.parameters.items()} | {name: value}
        places = away_from(activation.jumps_at(**given), np.linspace(-8, 8, 1601))
        found = places[finite_difference.kinks(f, places)]
        np.testing.assert_array_equal(found, sorted(activation.kinks_at(**given)))


@every_parameter
def test_a_parameter_out_of_range_is_refused_in_one_sentence(activation: Activation, name: str) -> None:
    parameter = activation.parameters[name]
    if isinstance(parameter.default, tuple):
        out_of_range: list[Any] = [(), [], (1.0, np.nan), (np.inf,)]
        nothing: list[Any] = [None, "1, 2", 1.0, (1.0, "2"), np.eye(2)]
    else:
        out_of_range = [np.nan, np.inf, -np.inf, parameter.low - 1, parameter.high + 1]
        nothing = [None, "0.1", [0.1, 0.2], 1j, *([] if parameter.per_entry else [np.array([0.1, 0.2])])]
    for function in functions_of(activation):
        for wrong in out_of_range:
            with pytest.raises(ValueError, match=f"^{function.__name__}: {name} must be .*, but it is ") as refused:
                function(1.0, **{name: wrong})
            assert "\n" not in str(refused.value)
        for wrong in nothing:
            with pytest.raises(TypeError, match=f"^{function.__name__}: {name} must be .* but it is "):
                function(1.0, **{name: wrong})


@every_activation
def test_every_function_has_the_parameters_of_the_record_with_their_defaults(activation: Activation) -> None:
    for function in functions_of(activation):
        _, *parameters = inspect.signature(function).parameters.values()
        assert {p.name: p.default for p in parameters} == {n: p.default for n, p in activation.parameters.items()}


def test_the_noise_of_rrelu_may_differ_for_each_entry() -> None:
    rrelu = ACTIVATIONS["rrelu"]
    x, noise = np.array([[-1.0, -2.0], [3.0, -np.inf]]), np.array([[0.0, 1.0], [0.5, 0.25]])
    np.testing.assert_allclose(rrelu.f(x, noise=noise), [[-1 / 8, -2 / 3], [3, -np.inf]])
    np.testing.assert_allclose(rrelu.derivative(x, noise=noise), [[1 / 8, 1 / 3], [1, 1 / 8 + 0.25 * (1 / 3 - 1 / 8)]])
    with pytest.raises(ValueError, match=r"rrelu: noise must be one number or have the shape of x, \(2, 2\)"):
        rrelu.f(x, noise=noise[0])
    with pytest.raises(ValueError, match=r"rrelu: noise must be between 0 and 1, but it holds 1.5"):
        rrelu.f(x, noise=1.5 * np.ones((2, 2)))
    large = np.linspace(-1, 1, 2 * BLOCK)
    np.testing.assert_array_equal(rrelu.f(large, noise=np.ones(large.shape)), rrelu.f(large, noise=1.0))


def test_each_coefficient_of_a_polynomial_has_its_own_derivative() -> None:
    by_coefficients = ACTIVATIONS["polynomial"].parameter_derivatives["coefficients"]
    x = np.array([[-2.0, 0.5], [0.0, np.inf]], dtype=np.float32)
    got = by_coefficients(x, coefficients=[1.0, 1.0, 1.0])
    assert got.dtype == np.float32
    np.testing.assert_array_equal(got, [np.ones((2, 2)), x, x**2])


# --- what else is claimed ----------------------------------------------------------------------------------------


@every_activation
def test_derivative_from_output_agrees(activation: Activation) -> None:
    if activation.derivative_from_output is None:
        assert inputs_with_one_output_and_two_slopes(activation)
        return
    x = np.linspace(-2.9, 2.9, 201)  # further out the output has lost digits of the slope
    np.testing.assert_allclose(activation.derivative_from_output(activation.f(x)), activation.derivative(x), rtol=1e-12)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        far = activation.derivative_from_output(activation.f(np.array([-np.inf, -1e308, 1e308, np.inf, np.nan])))
    assert not np.isnan(far[:-1]).any()
    assert np.isnan(far[-1])


def inputs_with_one_output_and_two_slopes(activation: Activation) -> bool:
    """Whether two inputs give one output with different slopes, or no formula of it is known (tanh-shrink)."""
    x = np.linspace(-30, 30, 60_001)
    y, slopes = activation.f(x), activation.derivative(x)
    order = np.argsort(y)
    near, change = np.diff(y[order]) < 1e-4, np.abs(np.diff(slopes[order])) > 0.05
    negative = any(
        parameter.low < 0 for parameter in activation.parameters.values() if not isinstance(parameter.default, tuple)
    )
    return bool(np.any(near & change)) or negative or activation.name == "tanh_shrink"


@every_activation
def test_properties_are_measured(activation: Activation) -> None:
    x = np.unique(np.concatenate([np.linspace(-50, 50, 100_001), np.linspace(-4, 4, 400_001)]))
    y, p = activation.f(x), activation.properties
    low, high = p.range
    far = activation.f(np.array([-1e4, 1e4, -1e300, 1e300]))
    everything = np.concatenate([y, far])
    assert everything.min() >= low
    assert everything.max() <= high
    assert low == (-np.inf if everything.min() < -1e200 else pytest.approx(everything.min(), abs=1e-9))
    assert high == (np.inf if everything.max() > 1e200 else pytest.approx(everything.max(), abs=1e-9))
    assert p.bounded == (np.isfinite(low) and np.isfinite(high))
    assert p.monotonic == bool(np.all(np.diff(y) >= -1e-14 * np.abs(y[1:])))
    assert p.zero_centred == bool(np.allclose(y, -activation.f(-x), atol=1e-12))
    assert p.smooth == (not activation.kinks and not activation.jumps)


@every_activation
def test_the_record_is_complete(activation: Activation) -> None:
    assert ACTIVATIONS[activation.name] is activation
    for field in fields(activation):
        assert getattr(activation, field.name) is not None or field.name == "derivative_from_output"
    assert activation.f.__name__ == activation.name
    assert activation.derivative.__name__ == f"{activation.name}_derivative"
    assert activation.reference[-5:-1].isdigit()
    for function in functions_of(activation):
        for section in ("Parameters", "Returns", "Raises"):
            assert section in (function.__doc__ or "")
        for name in activation.parameters:
            assert name in (function.__doc__ or "")
    assert "Source" in (activation.f.__doc__ or "") or activation.name in ("identity", "tanh", "log_sigmoid")


COMPLETE = [
    *("identity", "sigmoid", "tanh", "relu", "relu6", "leaky_relu", "prelu", "rrelu", "elu", "celu", "selu"),
    *("gelu", "gelu_tanh", "silu", "mish", "hard_swish", "hard_sigmoid", "hard_tanh", "softplus", "squareplus"),
    *("sparse_plus", "sparse_sigmoid", "softsign", "log_sigmoid", "tanh_shrink", "soft_shrink", "hard_shrink"),
    *("threshold", "exponential", "polynomial"),
]


def test_the_registry_holds_the_complete_list() -> None:
    assert sorted(ACTIVATIONS) == sorted(COMPLETE)


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean 'sigmoid'") as unknown:
        ACTIVATIONS["sigmod"]
    assert isinstance(unknown.value, UnknownName)
    with pytest.raises(KeyError, match="'swish' is not an activation of this course; did you mean 'silu'"):
        ACTIVATIONS["swish"]
    with pytest.raises(KeyError, match="there are: identity, polynomial, sigmoid"):
        ACTIVATIONS["zzz"]
