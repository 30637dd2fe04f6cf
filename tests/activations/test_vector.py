"""What holds for every vector activation: one suite over the records."""

import inspect
import tracemalloc
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib import VECTOR_ACTIVATIONS, finite_difference
from course_lib.activations import VectorActivation
from course_lib.activations.vectorwise import BLOCK
from course_lib.derivations.expression import parse

every = pytest.mark.parametrize("v", VECTOR_ACTIVATIONS.values(), ids=list(VECTOR_ACTIVATIONS))

#: Parameters other than the defaults, among them some at the ends of their ranges.
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "softmax": [{"temperature": t} for t in (0.3, 2.0, 1e6)],
    "softmin": [{"temperature": t} for t in (0.3, 2.0, 1e6)],
    "gumbel_softmax": [{"temperature": 0.7}, {"noise": -3.0}, {"noise": np.array([0.5, -1, 2, 0, 0.1, -0.2])}],
    "maxout": [{"pieces": 1}, {"pieces": 3}, {"pieces": 6}],
}
every_setting = pytest.mark.parametrize(
    ("v", "setting"),
    [(v, setting) for v in VECTOR_ACTIVATIONS.values() for setting in [{}, *SETTINGS.get(v.name, [])]],
    ids=lambda value: value.name if isinstance(value, VectorActivation) else "-".join(value) or "defaults",
)
Z = np.array([1.5, -0.5, 0.0, 2.0, -3.25, 0.75])  # no kinks here


@pytest.fixture(autouse=True)
def nothing_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@every_setting
def test_the_jacobian_agrees_with_finite_differences(v: VectorActivation, setting: dict[str, Any]) -> None:
    jacobian = v.jacobian(Z, **setting)
    assert jacobian.shape == (np.size(v.f(Z, **setting)), Z.size)
    for k, unit in enumerate(np.eye(Z.size)):
        for i in range(len(jacobian)):

            def entry(t: np.ndarray, i: int = i, unit: np.ndarray = unit) -> np.ndarray:
                outputs = v.f(Z + t[..., np.newaxis] * unit, **without_batch(setting, t))
                return outputs if v.name == "logsumexp" else outputs[..., i]

            estimate = finite_difference.extrapolated(entry, np.zeros(1))
            assert np.abs(estimate.value[0] - jacobian[i, k]) <= estimate.error[0] + 1e-15, (i, k)


def without_batch(setting: dict[str, Any], t: np.ndarray) -> dict[str, Any]:
    """Give every vector of a batch the same noise."""
    return {name: np.broadcast_to(v, (*t.shape, v.size)) if np.ndim(v) else v for name, v in setting.items()}


@every_setting
def test_parameter_derivatives_agree_with_finite_differences(v: VectorActivation, setting: dict[str, Any]) -> None:
    for name, derivative in v.parameter_derivatives.items():
        at = {**{n: p.default for n, p in v.parameters.items()}, **setting}
        got = derivative(Z, **at)
        assert got.shape == v.f(Z, **at).shape
        step = 2.0**-10 * at[name]
        values = [v.f(Z, **{**at, name: at[name] + k * step}) for k in (-2, -1, 1, 2)]
        slope = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)
        np.testing.assert_allclose(got, slope, rtol=0, atol=1e-9 / at[name])


@every
@given(data=st.data())
def test_any_axis_shape_and_dtype(v: VectorActivation, data: st.DataObject) -> None:
    dtype = data.draw(st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.bool_]))
    shape = list(data.draw(hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=4)))
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    shape[axis] = v.group() * max(shape[axis], 1)
    floats = st.floats(-16, 16, width=16) if dtype == np.float16 else st.floats(-1000, 1000, width=32)
    entries = {np.int64: st.integers(-30, 30), np.bool_: st.booleans()}.get(dtype, floats)
    z = data.draw(hnp.arrays(dtype, shape, elements=entries))
    outputs = v.f(z, axis=axis)
    g = data.draw(hnp.arrays(dtype, outputs.shape, elements=entries))
    before = z.tobytes(), g.tobytes()
    product = v.vjp(z, g, axis=axis)
    assert (z.tobytes(), g.tobytes()) == before
    wanted = dtype if np.issubdtype(dtype, np.floating) else np.float64
    assert outputs.dtype == product.dtype == wanted
    assert product.shape == z.shape
    assert len(outputs.shape) == len(shape) - (v.name == "logsumexp")
    # each vector alone gives the same, and the product is that with the Jacobian
    rows = np.moveaxis(z, axis, -1).reshape(-1, shape[axis])
    results = outputs.reshape(-1, 1) if v.name == "logsumexp" else _rows(outputs, axis)
    pulled = g.reshape(-1, 1) if v.name == "logsumexp" else _rows(g, axis)
    assert len(results) == len(rows)
    slack = 10 * np.finfo(wanted).eps  # the Jacobian's own entries are rounded, too
    for row, result, back, got in zip(rows, results, pulled, _rows(product, axis), strict=True):
        np.testing.assert_array_equal(np.ravel(v.f(row)), result)
        jacobian = v.jacobian(row.astype(np.float64))
        size = np.abs(back.astype(float)) @ np.abs(jacobian)
        last_places = (1 + size + np.max(np.abs(back.astype(float)))) * np.finfo(wanted).smallest_subnormal
        assert np.all(np.abs(got - back.astype(float) @ jacobian) <= slack * size + 8 * last_places)


def _rows(a: np.ndarray, axis: int) -> np.ndarray:
    return np.moveaxis(a, axis, -1).reshape(-1, a.shape[axis])


@every
def test_large_arrays_are_worked_through_in_pieces(v: VectorActivation) -> None:
    z = np.random.default_rng(0).normal(size=(3, BLOCK // 2, 6))
    g = np.random.default_rng(1).normal(size=v.f(z).shape)
    whole, product = v.f(z), v.vjp(z, g)
    some = np.s_[1:2, 100 : BLOCK // 2 : 1000]
    np.testing.assert_array_equal(whole[some], v.f(z[some]))
    np.testing.assert_array_equal(product[some], v.vjp(z[some], g[some]))
    swapped = np.moveaxis(z, -1, 1)
    pulled = g if v.name == "logsumexp" else np.moveaxis(g, -1, 1)
    np.testing.assert_array_equal(np.moveaxis(v.vjp(swapped, pulled, 1), 1, -1), product)


@every
def test_memory_may_lie_in_any_order(v: VectorActivation) -> None:
    z = np.random.default_rng(2).normal(size=(4, 5, 6))
    g = np.random.default_rng(3).normal(size=v.f(z).shape)
    wide = np.zeros((8, 5, 12))
    wide[::2, :, ::-2] = z
    locked = z.copy()
    locked.flags.writeable = False
    for same in (np.asfortranarray(z), wide[::2, :, ::-2], locked, z.byteswap().view(z.dtype.newbyteorder())):
        np.testing.assert_array_equal(v.f(same), v.f(z))
        np.testing.assert_array_equal(v.vjp(same, np.asfortranarray(g)), v.vjp(z, g))


@every
def test_an_empty_batch_has_empty_results(v: VectorActivation) -> None:
    for z, axis in ((np.empty((0, 6)), -1), (np.empty((6, 0)), 0), (np.empty((2, 6, 0)), 1)):
        outputs = v.f(z, axis=axis)
        assert outputs.size == 0
        assert outputs.ndim == z.ndim - (v.name == "logsumexp")
        assert v.vjp(z, outputs, axis=axis).shape == z.shape


@every
def test_nan_stays_in_its_own_vector(v: VectorActivation) -> None:
    z = np.stack([Z, Z, Z])
    z[1, 0] = np.nan
    alone = np.ones_like(v.f(Z))
    for axis, table in ((-1, z), (0, z.T)):
        outputs, back = v.f(table, axis=axis), v.vjp(table, np.ones_like(v.f(table, axis=axis)), axis=axis)
        if axis == 0:
            outputs, back = outputs.T, back.T
        assert np.isnan(outputs[1]).any()
        assert np.isnan(back[1]).any()
        for healthy in (0, 2):
            np.testing.assert_array_equal(outputs[healthy], v.f(Z))
            np.testing.assert_array_equal(back[healthy], v.vjp(Z, alone))
    assert np.isnan(v.jacobian(z[1])).any()


@every
def test_nothing_warns_at_the_ends_of_the_range(v: VectorActivation) -> None:
    ends = [0.0, -0.0, 5e-324, 2.2e-308, 1e8, 710.0, 745.2, 1e300, 1.7976931348623157e308, np.inf]
    rng = np.random.default_rng(4)
    z = rng.choice([*ends, *(-np.array(ends)), np.nan], size=(400, 6))
    with np.errstate(all="ignore"):
        single = z.astype(np.float32)
    with np.errstate(all="raise"):
        outputs = v.f(z)
        v.vjp(z, np.ones_like(outputs))
        v.vjp(single, v.f(single))
        for row in z[:40]:
            v.jacobian(row)
        for derivative in v.parameter_derivatives.values():
            derivative(z)
    finite = np.abs(z).max(axis=-1) < 1e150
    assert np.isfinite(outputs[finite]).all()


@every
def test_the_product_needs_no_matrix(v: VectorActivation) -> None:
    n = 200_000 - 200_000 % 6  # the matrix would take more than 1e11 bytes
    z = np.random.default_rng(5).normal(size=n)
    g = np.ones_like(v.f(z))
    tracemalloc.start()
    v.vjp(z, g)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1e8


@every
def test_properties_are_measured(v: VectorActivation) -> None:
    rng = np.random.default_rng(6)
    z = np.concatenate([rng.normal(size=(3000, 6)) * 10.0 ** rng.uniform(-2, 4, size=(3000, 1)), [[0] * 6, [7] * 6]])
    outputs, p = v.f(z), v.properties
    low, high = p.range
    assert np.all((low <= outputs) & (outputs <= high))
    assert low == -np.inf or np.min(outputs) < low + 1e-3
    assert high == np.inf or np.max(outputs) > high - 1e-3
    assert low > -np.inf or np.min(outputs) < -1e3
    assert high < np.inf or np.max(outputs) > 1e3
    assert p.bounded == (np.max(np.abs(outputs)) <= 1)
    if v.name != "logsumexp":
        assert p.sums_to_1 == np.allclose(outputs.sum(axis=-1), 1, rtol=1e-14, atol=0)
    near = rng.integers(-8, 8, size=(100, 6)) / 4.0
    assert p.shift_invariant == np.array_equal(v.f(near + 1024), v.f(near))
    assert p.shift_equivariant == np.allclose(v.f(near + 1024), v.f(near) + 1024, rtol=0, atol=1e-12)


@every
def test_smooth_ones_have_a_jacobian_without_jumps(v: VectorActivation) -> None:
    """Along a line the Jacobian of a smooth function changes little by little; at a kink it jumps."""
    a, b = np.random.default_rng(7).normal(size=(2, 20, 1, 6))
    z = a + np.linspace(-1, 1, 2001)[:, np.newaxis] * b
    outputs = v.f(z)
    g = np.broadcast_to(np.arange(1.0, 1 + v.f(Z).size), outputs.shape) if outputs.ndim == 3 else np.ones_like(outputs)
    jumps = np.max(np.abs(np.diff(v.vjp(z, g), axis=1)))
    assert v.properties.smooth == (jumps < 0.1)


@every
def test_the_record_is_complete(v: VectorActivation) -> None:
    assert VECTOR_ACTIVATIONS[v.name] is v
    assert v.f.__name__ == v.name
    assert len(v.reference) > 20
    assert any(year in v.reference for year in map(str, range(1900, 2027)))
    parse(v.formula)
    for function in (v.f, v.jacobian, v.vjp, *v.parameter_derivatives.values()):
        for section in ("Parameters", "Returns", "Raises"):
            assert section in (function.__doc__ or "")
        arguments = inspect.signature(function).parameters
        defaults = {name: p.default for name, p in arguments.items() if p.kind is p.KEYWORD_ONLY}
        assert defaults == {name: p.default for name, p in v.parameters.items()}
        assert all(f"\n    {name} : " in (function.__doc__ or "") for name in arguments)
        assert arguments.keys() >= ({"z"} if function is v.jacobian else {"z", "axis"})


def test_all_that_the_peers_have_is_there() -> None:
    wanted = "softmax softmin log_softmax logsumexp sparsemax glu swiglu geglu maxout gumbel_softmax"
    assert set(VECTOR_ACTIVATIONS) == set(wanted.split())
