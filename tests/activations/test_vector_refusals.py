"""Bad input: one sentence that names the function, the argument, its value and what is allowed."""

from typing import Any

import numpy as np
import pytest

from course_lib import VECTOR_ACTIVATIONS
from course_lib.activations import VectorActivation

every = pytest.mark.parametrize("v", VECTOR_ACTIVATIONS.values(), ids=list(VECTOR_ACTIVATIONS))
F = {name: v.f for name, v in VECTOR_ACTIVATIONS.items()}
VJP = {name: v.vjp for name, v in VECTOR_ACTIVATIONS.items()}
Z = np.ones((3, 4))


def refused(error: type[Exception], call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(error) as caught:
        call(*arguments, **named)
    said = str(caught.value)
    assert caught.type is error
    assert said.endswith(".")
    assert "\n" not in said
    return said


@every
def test_an_axis_that_is_none(v: VectorActivation) -> None:
    for axis in (2, -3, 10**30):
        said = refused(ValueError, v.f, Z, axis=axis)
        assert said == f"{v.name}: axis must be from -2 to 1 for z of shape (3, 4), but it is {axis}."
        assert v.vjp.__name__ in refused(ValueError, v.vjp, Z, v.f(Z), axis=axis)
    for axis in (None, 1.0, True, np.True_, "0", (0, 1)):
        assert refused(TypeError, v.f, Z, axis=axis) == f"{v.name}: axis must be a whole number, but it is {axis!r}."
    np.testing.assert_array_equal(v.f(Z, axis=np.int8(1)), v.f(Z))


@every
def test_what_is_no_table_of_real_numbers(v: VectorActivation) -> None:
    for z, dtype in (
        (["a", "b"], "<U1"),
        ([1j, 2], "complex128"),
        ([None, 1], "object"),
        (np.array(["2026-01-01"], "M8[D]"), "datetime64"),
    ):
        said = refused(TypeError, v.f, z)
        assert said.startswith(f"{v.name}: z must hold real numbers, but ")
        assert dtype in said
        assert "must hold real numbers" in refused(TypeError, v.jacobian, z)
        assert "z must hold" in refused(TypeError, v.vjp, z, [1.0])
        assert "g must hold" in refused(TypeError, v.vjp, Z, z)
    assert "rows differ in length" in refused(TypeError, v.f, [[1.0], [1.0, 2.0]])


@every
def test_too_few_dimensions_and_entries(v: VectorActivation) -> None:
    for number in (1.0, np.float64(1.0), np.array(1.0), 1):
        assert "z must have at least one dimension, but it is the single number 1" in refused(ValueError, v.f, number)
    said = refused(ValueError, v.f, np.empty((3, 0)))
    assert said == f"{v.name}: z must not be empty along axis -1, but it has shape (3, 0)."
    assert "empty along axis 0" in refused(ValueError, v.f, np.empty((0, 4)), axis=0)
    assert "z must not be empty" in refused(ValueError, v.jacobian, [])
    for z in (np.eye(2), 1.0):
        assert "z must be one vector, but it has shape" in refused(ValueError, v.jacobian, z)


@every
def test_g_of_another_shape(v: VectorActivation) -> None:
    wanted = v.f(Z).shape
    for g in (1.0 if wanted else [1.0], np.ones((5, 4)), np.ones((*wanted, 1)), np.ones(wanted).T[:1]):
        said = refused(ValueError, v.vjp, Z, g)
        assert said.startswith(f"{v.vjp.__name__}: g must have the shape of ")
        assert f"{wanted}, but it has {np.shape(g)}" in said


@every
def test_parameters_that_are_none(v: VectorActivation) -> None:
    for function in (v.f, v.jacobian, lambda z, **named: v.vjp(z, v.f(z), **named)):
        assert "has no parameter 'beta'; it has " in refused(TypeError, function, Z[0], beta=1.0)
    for name in v.parameters:
        assert f"{name} must be " in refused(TypeError, v.f, Z, **{name: "1"})
        assert f"{name} must be " in refused(TypeError, v.f, Z, **{name: None})


@pytest.mark.parametrize("name", ["softmax", "softmin", "gumbel_softmax"])
def test_temperatures(name: str) -> None:
    for wrong in (0, -1.0, np.inf, np.nan, 0.0):
        said = refused(ValueError, F[name], Z, temperature=wrong)
        assert said == f"{name}: temperature must be positive and finite, but it is {wrong!r}."
        assert "temperature must be" in refused(ValueError, VJP[name], Z, Z, temperature=wrong)
    assert "one real number" in refused(TypeError, F[name], Z, temperature=np.ones(4))
    for bound in (5e-324, 1.7976931348623157e308):
        assert np.isfinite(F[name](Z, temperature=bound)).all()


def test_noise() -> None:
    assert "noise must" in refused(TypeError, F["gumbel_softmax"], Z, noise=[1.0, 2.0, 3.0, 4.0])
    said = refused(ValueError, F["gumbel_softmax"], Z, noise=np.ones(4))
    assert said == "gumbel_softmax: noise must be one number or have the shape of z, (3, 4), but it has (4,)."
    assert "noise must be a finite number" in refused(ValueError, F["gumbel_softmax"], Z, noise=Z * np.nan)


def test_lengths_and_pieces() -> None:
    for name in ("glu", "swiglu", "geglu", "maxout"):
        said = refused(ValueError, F[name], np.ones((4, 3)))
        assert said == f"{name}: the length of z along axis -1 must be a multiple of 2, but it is 3."
    assert "must be a multiple of 3, but it is 4" in refused(ValueError, F["maxout"], Z, pieces=3)
    for wrong in (0, -2):
        assert refused(ValueError, F["maxout"], Z, pieces=wrong) == (
            f"maxout: pieces must be a whole number of at least 1, but it is {wrong}."
        )
    for wrong in (2.0, True, "2", None):
        assert refused(TypeError, F["maxout"], Z, pieces=wrong) == (
            f"maxout: pieces must be a whole number of at least 1, but it is {wrong!r}."
        )
