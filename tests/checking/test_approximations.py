"""Finite differences, complex steps, rounded and narrowed numbers handed in where a formula is asked for."""

import numpy as np
import pytest
from cells import sigmoid_derivative
from scipy.special import erf

from course_lib import check

WEIGHTS = (4 / 5, -1 / 5, 4 / 105, -1 / 280)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def forward(h):
    return lambda f, x: (f(x + h) - f(x)) / h


def central(h):
    return lambda f, x: (f(x + h) - f(x - h)) / (2 * h)


def five_points(h):
    return lambda f, x: (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)


def order_8(h):
    return lambda f, x: sum(w * (f(x + k * h) - f(x - k * h)) for k, w in enumerate(WEIGHTS, 1)) / h


def complex_step(f, x):
    return np.imag(f(x + 1e-30j)) / 1e-30


# With a step that is a power of two a difference of a straight line is exact: its values can't tell.
METHODS = {
    "forward 1e-4": forward(1e-4),
    "forward 2^-26": forward(2.0**-26),
    "central 0.01": central(0.01),
    "central 1e-5": central(1e-5),
    "central 2^-20": central(2.0**-20),
    "five points 1e-3": five_points(1e-3),
    "order 8, 2^-3": order_8(2.0**-3),
    "order 8, 2^-6": order_8(2.0**-6),
    "complex step": complex_step,
}


def by_columns(f, slope):
    return lambda z: np.stack([slope(lambda t, e=e: f(z + t * e), 0.0) for e in np.eye(len(z))], axis=-1)


def by_entries(f, slope):
    return lambda z: np.stack([slope(lambda t, e=e: f(z + t * e), 0.0) for e in np.eye(z.shape[-1])], axis=-1)


ANSWERS = {
    "identity_derivative": lambda d: lambda x: d(lambda t: 1.0 * t, x),
    "identity_jacobian": lambda d: by_columns(lambda t: 1.0 * t, d),
    "sigmoid_derivative": lambda d: lambda x: d(logistic, x),
    "steep_sigmoid_derivative": lambda d: lambda x, k: d(lambda t: logistic(k * t), x),
    "tanh_derivative": lambda d: lambda x: d(np.tanh, x),
    "tanh_derivative_from_output": lambda d: lambda y: d(np.tanh, np.arctanh(y)),
    "scaled_tanh_derivative": lambda d: lambda x, a, b: d(lambda t: a * np.tanh(b * t), x),
    "relu_derivative": lambda d: lambda x: d(lambda t: np.maximum(t, 0), x),
    "leaky_relu_derivative": lambda d: lambda x, alpha=0.01: d(lambda t: np.where(t > 0, t, alpha * t), x),
    "prelu_alpha_gradient": lambda d: lambda x, alpha: d(lambda a: np.where(x > 0, x, a * x), alpha),
    "relu6_derivative": lambda d: lambda x: d(lambda t: np.minimum(np.maximum(t, 0), 6), x),
    "softmax_jacobian": lambda d: by_columns(softmax, d),
    "softmin_jacobian": lambda d: by_columns(lambda z: softmax(-z), d),
    "softmax_temperature_derivative": lambda d: lambda z, T: d(lambda t: softmax(z / t), T),
    "softmax_vjp": lambda d: lambda z, g: d(lambda t: softmax(z + t * g), 0.0),  # its Jacobian is symmetric
    "cross_entropy_gradient": lambda d: (
        lambda z, y: by_entries(lambda v: np.log(np.sum(np.exp(v), axis=-1)) - np.sum(y * v, axis=-1), d)(z)
    ),
    "binary_cross_entropy_with_logits_gradient": lambda d: lambda x, y: d(lambda t: np.log(1 + np.exp(t)) - y * t, x),
    "softplus_derivative": lambda d: lambda x: d(lambda t: np.log(1 + np.exp(t)), x),
    "elu_derivative": lambda d: lambda x, alpha=1.0: d(lambda t: np.where(t.real > 0, t, alpha * (np.exp(t) - 1)), x),
    "silu_derivative": lambda d: lambda x: d(lambda t: t * logistic(t), x),
    "gelu_derivative": lambda d: lambda x: d(lambda t: t * (1 + erf(t / np.sqrt(2))) / 2, x),
    "glu_vjp": lambda d: (
        lambda z, g: by_entries(
            lambda v: np.sum(g * v[..., : g.shape[-1]] * logistic(v[..., g.shape[-1] :]), axis=-1), d
        )(z)
    ),
    "swish_beta_gradient": lambda d: lambda x, beta: d(lambda b: x * logistic(b * x), beta),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ANSWERS)
def test_what_approximates_is_recognised(name: str, method: str) -> None:
    result = check(name, ANSWERS[name](METHODS[method]))
    assert (result.passed, result.points) == (False, 0)
    if method == "complex step":
        assert result.slip == "complex_step"
    elif name == "softmax_vjp":  # no step of a single number is seen there
        assert result.slip == "approximate"
    else:
        assert result.slip in ("finite_difference", "approximate")


@pytest.mark.parametrize("h", [1e-1, 1e-2, 1e-4, 1e-5, 1e-6, 1e-8])
@pytest.mark.parametrize("kind", [forward, central, five_points], ids=lambda kind: kind.__name__)
def test_a_finite_difference_is_recognised_whatever_its_step(h: float, kind) -> None:
    result = check("sigmoid_derivative", lambda x: kind(h)(logistic, x))
    assert (result.passed, result.points) == (False, 0)
    if kind is not forward or h < 0.1:  # that one is off by 5 % and may be anything
        assert result.slip == "finite_difference"


@pytest.mark.parametrize("seed", range(20))
def test_a_finite_difference_of_the_loss_is_no_gradient(seed: int) -> None:
    def by_differences(X, y, w, h=2.0**-6):
        def loss(v):
            z = X @ v
            return np.mean(np.logaddexp(0, z) - y * z)

        steps = np.eye(len(w)) * h
        return np.array([
            sum(c * (loss(w + k * e) - loss(w - k * e)) for k, c in enumerate(WEIGHTS, 1)) / h for e in steps
        ])  # fmt: skip

    result = check("logistic_loss_gradient", by_differences, seed=seed)
    assert (result.passed, result.points, result.slip) == (False, 0, "finite_difference")


def test_a_finite_difference_comes_near() -> None:
    message = check("sigmoid_derivative", lambda x: central(1e-5)(logistic, x)).message
    assert "its values come near the slope, but not to its last digits" in message


def test_an_approximation_that_passes_point_by_point_is_still_one() -> None:
    result = check("sigmoid_derivative", lambda x: sigmoid_derivative(x) * (1 + 6e-15))
    assert (result.passed, result.points, result.slip) == (False, 0, "approximate")


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("tanh_derivative", lambda x: 1 - np.tanh(x) ** 2),
        ("softmax_jacobian", lambda z: np.diag(s := softmax(z)) - np.outer(s, s)),
        ("prelu_alpha_gradient", lambda x, alpha: np.minimum(x, 0)),
    ],
)
def test_rounded_and_narrowed_numbers_are_named(name: str, right) -> None:
    if name != "prelu_alpha_gradient":
        assert check(name, lambda *a: np.round(right(*a), 5)).slip == "rounded"
    assert check(name, lambda *a: right(*a).astype(np.float32).astype(float)).slip == "lower_precision"
    assert check(name, right).points == 10


@pytest.mark.parametrize("name", ["forward_difference", "central_difference"])
def test_where_a_difference_is_asked_for_it_is_not_called_an_approximation(name: str) -> None:
    for h in (1e-3, 1e-7):
        assert check(name, lambda f, x, _, h=h: (f(x + h) - f(x)) / h).slip not in ("finite_difference", "approximate")
