"""The gated linear units against many digits, and which half is the gate."""

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from course_lib.activations.gated import silu, silu_derivative
from course_lib.activations.gelu import gelu, gelu_derivative
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.activations.vector_gated import (
    geglu,
    geglu_jacobian,
    geglu_vjp,
    glu,
    glu_jacobian,
    glu_vjp,
    swiglu,
    swiglu_jacobian,
    swiglu_vjp,
)
from tests.activations.exact_vectors import DIGITS, digits, worst_ulp

Real = Callable[[Any], Any]


def _sigmoid(b: Any) -> Any:
    return 1 / (1 + mpmath.exp(-b))


UNITS = {
    "glu": (glu, glu_jacobian, glu_vjp, sigmoid, sigmoid_derivative, _sigmoid),
    "swiglu": (swiglu, swiglu_jacobian, swiglu_vjp, silu, silu_derivative, lambda b: b * _sigmoid(b)),
    "geglu": (geglu, geglu_jacobian, geglu_vjp, gelu, gelu_derivative, lambda b: b * mpmath.ncdf(b)),
}
each = pytest.mark.parametrize("unit", UNITS.values(), ids=list(UNITS))


def values_and_gates(dtype: Any = np.float64) -> np.ndarray:
    rng = np.random.default_rng(0)
    far = 36.0 if dtype == np.float64 else 12.0  # further out a gate of gelu is subnormal
    gates = np.concatenate([rng.uniform(-far, far, 200), rng.normal(size=100), [0, 1e-300, -1e-10, 1.0, -1.0, 30]])
    values = rng.normal(size=gates.size) * 10.0 ** rng.uniform(-6, 6, size=gates.size)
    return np.stack([values, gates], axis=1).astype(dtype)


@each
@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 8), (np.float32, 0.51)])
def test_the_output_is_right_to_the_last_digits(unit: Any, dtype: Any, bound: float) -> None:
    f, exact = unit[0], unit[-1]
    z = values_and_gates(dtype)
    with mpmath.workdps(DIGITS):
        wanted = [a * exact(b) for a, b in (digits(row) for row in z)]
        if dtype == np.float32:  # subnormal singles have no more digits
            z, wanted = (
                z[np.abs(f(z)[:, 0]) > 1e-37],
                [w for w, v in zip(wanted, f(z)[:, 0], strict=True) if abs(v) > 1e-37],
            )
        assert worst_ulp(f(z), wanted) <= (4.1 if f is glu and dtype == np.float64 else bound)


@each
def test_the_first_half_is_let_through_and_the_second_is_the_gate(unit: Any) -> None:
    f, jacobian, vjp, gate, slope, _ = unit
    rng = np.random.default_rng(1)
    a, b, g = rng.normal(size=(3, 4, 5))
    for axis in (0, 1, -1):
        z = np.concatenate([a, b], axis=axis)
        np.testing.assert_allclose(f(z, axis), a * gate(b), rtol=1e-15)
        by_value, by_gate = np.split(vjp(z, g, axis), 2, axis)
        np.testing.assert_allclose(by_value, g * gate(b), rtol=1e-15)
        np.testing.assert_allclose(by_gate, g * a * slope(b), rtol=1e-14)
    wanted = np.hstack([np.diag(gate(b[0])), np.diag(a[0] * slope(b[0]))])
    np.testing.assert_allclose(jacobian(np.concatenate([a[0], b[0]])), wanted, rtol=1e-15)


@each
def test_gates_far_away_are_open_or_shut(unit: Any) -> None:
    f, vjp = unit[0], unit[2]
    np.testing.assert_array_equal(f([3.0, -np.inf]), [0])
    np.testing.assert_array_equal(f([3.0, -1e300]), [0])
    np.testing.assert_array_equal(vjp([3.0, -1e300], [2.0]), [0, 0])
    np.testing.assert_array_equal(vjp([0.0, 1e6], [2.0]), [2.0 if f is glu else 2e6, 0])
    assert f([3.0, 1e6]) == (3.0 if f is glu else 3e6)
    assert np.isnan(f([np.inf, -np.inf])).all()
    assert np.isnan(f([np.nan, 1.0])).all()
