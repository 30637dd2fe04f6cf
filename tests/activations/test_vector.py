"""Softmax with its Jacobian and its vector-Jacobian product, against 80 digits and against its promises."""

import warnings

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib import VECTOR_ACTIVATIONS, finite_difference
from course_lib.activations import VectorActivation

every_vector_activation = pytest.mark.parametrize(
    "activation", VECTOR_ACTIVATIONS.values(), ids=list(VECTOR_ACTIVATIONS)
)
softmax, softmax_jacobian, softmax_vjp = (
    getattr(VECTOR_ACTIVATIONS["softmax"], name) for name in ("f", "jacobian", "vjp")
)
EPS = 2.0**-52
SMALLEST = mpmath.mpf(10) ** -290  # below it floats have fewer digits


def logits() -> list[np.ndarray]:
    """Close, spread and saturated logits, with offsets."""
    rng = np.random.default_rng(20261122)
    chosen = [[0.0], [1000, 0], [-1000, -1000], [0, 0, 0], [40, 0, -40], [900, 0, -900], [1e8, 1e8 - 0.3], [37, 0]]
    drawn = [
        rng.normal(size=rng.integers(1, 12)) * 10.0 ** rng.uniform(-3, 2.6) + rng.choice([0, 1000, -1000, 0.1])
        for _ in range(300)
    ]
    return [np.array(z, dtype=np.float64) for z in chosen] + drawn


def exactly(z: np.ndarray) -> tuple[list[mpmath.mpf], list[mpmath.mpf]]:
    """The entries of softmax, and one minus each (as a sum, since a difference would cancel)."""
    e = [mpmath.exp(mpmath.mpf(float(v)) - float(max(z))) for v in z]
    total = mpmath.fsum(e)
    rest = [mpmath.fsum(other for j, other in enumerate(e) if j != i) for i in range(len(e))]
    return [v / total for v in e], [r / total for r in rest]


def ulp(got: float, exact: mpmath.mpf) -> float:
    return abs(float((mpmath.mpf(float(got)) - exact) / float(np.spacing(abs(float(exact))))))


def test_every_entry_is_right_to_the_last_digits() -> None:
    worst = worst_of_jacobian = 0.0
    with mpmath.workdps(80):
        for z in logits():
            s, rest = exactly(z)
            got, jacobian = softmax(z), softmax_jacobian(z)
            for i in range(z.size):
                if s[i] > SMALLEST:
                    worst = max(worst, ulp(got[i], s[i]))
                for k in range(z.size):
                    entry = s[i] * (rest[i] if i == k else -s[k])
                    if abs(entry) > SMALLEST:
                        worst_of_jacobian = max(worst_of_jacobian, ulp(jacobian[i, k], entry))
    assert worst <= 4.1
    assert worst_of_jacobian <= 6  # a product of two entries: their errors add up


def test_the_vector_jacobian_product_is_within_3_eps() -> None:
    rng = np.random.default_rng(1)
    worst = 0.0
    with mpmath.workdps(80):
        for z in logits():
            s, rest = exactly(z)
            g = rng.normal(size=z.size) * 10.0 ** rng.uniform(-3, 3)
            got = softmax_vjp(z, g)
            for k in range(z.size):
                terms = [s[i] * (rest[i] if i == k else -s[k]) * float(g[i]) for i in range(z.size)]
                size = mpmath.fsum(map(abs, terms))
                if size > SMALLEST:
                    worst = max(worst, float(abs(float(got[k]) - mpmath.fsum(terms)) / size) / EPS)
    assert worst <= 3


@pytest.mark.parametrize("temperature", [0.1, 0.5, 3.0, 100.0])
def test_temperature_divides_the_logits(temperature: float) -> None:
    z, g = np.array([2.0, -1.0, 0.5]), np.array([1.0, 3.0, -2.0])
    np.testing.assert_allclose(softmax(z, temperature=temperature), softmax(z / temperature), rtol=1e-13)
    jacobian = softmax_jacobian(z, temperature=temperature)
    np.testing.assert_allclose(jacobian, softmax_jacobian(z / temperature) / temperature, rtol=1e-12)
    np.testing.assert_allclose(softmax_vjp(z, g, temperature=temperature), g @ jacobian, rtol=1e-12, atol=1e-15)


@every_vector_activation
def test_the_jacobian_agrees_with_finite_differences(activation: VectorActivation) -> None:
    z = np.array([1.5, -0.5, 0.0, 2.0])
    jacobian = activation.jacobian(z)
    for k in range(z.size):

        def along(t: np.ndarray, k: int = k) -> np.ndarray:
            return activation.f(z + np.eye(z.size)[k] * t)

        estimate = finite_difference.extrapolated(lambda t: np.array([along(t)]), 0.0)
        assert np.all(np.abs(estimate.value[0] - jacobian[:, k]) <= estimate.error[0])


@every_vector_activation
@given(data=st.data())
def test_any_axis_shape_and_dtype(activation: VectorActivation, data: st.DataObject) -> None:
    dtype = data.draw(st.sampled_from([np.float64, np.float32, np.int64]))
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4))
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    entries = st.integers(-30, 30) if dtype == np.int64 else st.floats(-1000, 1000, width=32)
    z, g = (data.draw(hnp.arrays(dtype, shape, elements=entries)) for _ in range(2))
    before = z.tobytes(), g.tobytes()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        s, product = activation.f(z, axis=axis), activation.vjp(z, g, axis=axis)
    assert (z.tobytes(), g.tobytes()) == before
    assert s.shape == product.shape == shape
    assert s.dtype == product.dtype == (np.float64 if dtype == np.int64 else dtype)
    tolerance = 1e-6 if dtype == np.float32 else 1e-14
    np.testing.assert_allclose(s.sum(axis=axis), 1, rtol=tolerance)
    vectors, gs = (np.moveaxis(a, axis, -1).reshape(-1, shape[axis]) for a in (z, g))
    products = np.moveaxis(product, axis, -1).reshape(vectors.shape)
    for vector, pulled, got in zip(vectors, gs, products, strict=True):
        jacobian = activation.jacobian(vector)
        slack = tolerance * np.abs(pulled).astype(float) @ np.abs(jacobian) + tolerance
        assert np.all(np.abs(got - pulled.astype(float) @ jacobian) <= 10 * slack)


def test_infinite_huge_and_missing_logits() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(softmax([1.7e308, -1.7e308, 1e308]), [1, 0, 0])
        np.testing.assert_array_equal(softmax([0, -np.inf]), [1, 0])
        np.testing.assert_array_equal(softmax([1.0, 2.0], temperature=5e-324), [0, 1])
        np.testing.assert_array_equal(
            softmax([1e300, 2e300], temperature=1.7e308), softmax([1e-8, 2e-8], temperature=1.7)
        )
        for undefined in ([np.nan, 0], [np.inf, 0], [-np.inf, -np.inf]):
            assert np.isnan(softmax(undefined)).all()


def test_rows_sum_to_0_and_a_shift_changes_nothing() -> None:
    z = np.array([3.0, -1.0, 0.25])
    np.testing.assert_allclose(softmax_jacobian(z).sum(axis=1), 0, atol=1e-17)
    np.testing.assert_array_equal(softmax(z + 1024), softmax(z))
    np.testing.assert_array_equal(softmax_jacobian(z), softmax_jacobian(z).T)


def test_the_product_needs_no_matrix() -> None:
    import tracemalloc

    n = 200_000  # the matrix would take 320 GB
    z, g = np.random.default_rng(0).normal(size=(2, n))
    tracemalloc.start()
    product = softmax_vjp(z, g)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * z.nbytes
    assert abs(product.sum()) < 1e-12


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda: softmax(1.0), ValueError, "axis -1 does not exist in an array of shape"),
        (lambda: softmax([1.0], axis=1), ValueError, "axis 1 does not exist"),
        (lambda: softmax([1.0], axis=None), ValueError, "axis None does not exist"),
        (lambda: softmax([1.0], temperature="1"), TypeError, "softmax: temperature must be one real number"),
        (lambda: softmax(np.empty((3, 0))), ValueError, "needs at least one logit"),
        (lambda: softmax([1.0], temperature=0), ValueError, "temperature must be positive and finite, but it is 0"),
        (lambda: softmax([1.0], temperature=np.inf), ValueError, "temperature must be positive"),
        (lambda: softmax(["a"]), TypeError, "softmax needs real numbers"),
        (lambda: softmax([1j]), TypeError, "softmax needs real numbers"),
        (lambda: softmax_jacobian(np.eye(2)), ValueError, "one vector of logits, but z has shape"),
        (lambda: softmax_jacobian([]), ValueError, "at least one logit"),
        (lambda: softmax_vjp([1.0, 2.0], [1.0]), ValueError, "g must have the shape of z"),
        (lambda: softmax_vjp([1.0], [None]), TypeError, "softmax_vjp needs real numbers"),
    ],
)
def test_bad_input_is_one_sentence(call, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told) as refused:
        call()
    assert "\n" not in str(refused.value)


@every_vector_activation
def test_the_record_is_complete(activation: VectorActivation) -> None:
    assert VECTOR_ACTIVATIONS[activation.name] is activation
    assert len(activation.reference) > 20
    for function in (activation.f, activation.jacobian, activation.vjp):
        for section in ("Parameters", "Returns", "Raises"):
            assert section in (function.__doc__ or "")
