"""Lesson 08's exercises: what the usual forms of smooth and gated functions' slopes earn, and what is told."""

import math

import numpy as np
import pytest
from scipy.special import erf, erfc

from course_lib import check


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def through_the_exponential(x):
    return np.exp(x) / (1 + np.exp(x))


def bell(x):
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def gelu_by_loop(x):
    out = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        t = float(x[index])
        share = 0.5 * (1 + math.erf(t / math.sqrt(2)))
        out[index] = share + t * math.exp(-0.5 * min(abs(t), 100) ** 2) / math.sqrt(2 * math.pi)
    return out


def glu_vjp(z, g, activation=sigmoid):
    a, b = np.split(z, 2, axis=-1)
    s = activation(b)
    return np.concatenate([g * s, g * a * s * (1 - s)], axis=-1)


def filled(z, g):
    n = z.shape[-1] // 2
    s = sigmoid(z[..., n:])
    out = np.empty(z.shape)
    out[..., :n] = g * s
    out[..., n:] = g * z[..., :n] * s * (1 - s)
    return out


@pytest.mark.parametrize(
    ("name", "answer", "points", "slip"),
    [
        ("softplus_derivative", sigmoid, 10, None),
        ("softplus_derivative", lambda x: 1 - 1 / (1 + np.exp(x)), 10, None),
        ("softplus_derivative", lambda x: 0.5 + 0.5 * np.tanh(x / 2), 10, None),
        ("softplus_derivative", through_the_exponential, 8, "overflow"),
        ("elu_derivative", lambda x, alpha=1.0: np.where(x > 0, 1, alpha * np.exp(x)), 10, None),
        ("elu_derivative", lambda x, alpha=1.0: np.where(x > 0, 1, alpha * (np.exp(x) - 1) + alpha), 10, None),
        ("elu_derivative", lambda x, alpha=1.0: (x > 0) + (x <= 0) * alpha * np.exp(x), 9, "overflow"),
        ("elu_derivative", lambda x, alpha=1.0: np.minimum(1, alpha * np.exp(x)), 0, None),
        ("silu_derivative", lambda x: (s := sigmoid(x)) * (1 + x * (1 - s)), 10, None),
        ("silu_derivative", lambda x: (f := x * (s := sigmoid(x))) + s * (1 - f), 10, None),
        ("silu_derivative", lambda x: (1 + (e := np.exp(-x)) + x * e) / (1 + e) ** 2, 8, "overflow"),
        ("silu_derivative", lambda x: (s := through_the_exponential(x)) + x * s * (1 - s), 8, "overflow"),
        ("gelu_derivative", lambda x: 0.5 * (1 + erf(x / np.sqrt(2))) + x * bell(x), 10, None),
        ("gelu_derivative", lambda x: 0.5 * erfc(-x / np.sqrt(2)) + x * bell(x), 10, None),
        ("gelu_derivative", gelu_by_loop, 10, None),
        ("gelu_derivative", lambda x: 0.5 * (1 + erf(x / 1.414)) + x * 0.3989 * np.exp(-(x**2) / 2), 0, "approximate"),
        ("glu_vjp", glu_vjp, 10, None),
        ("glu_vjp", filled, 10, None),
        ("glu_vjp", lambda z, g: glu_vjp(z, g, through_the_exponential), 8, "overflow"),
        ("swish_beta_gradient", lambda x, beta: x**2 * (s := sigmoid(beta * x)) * (1 - s), 10, None),
        ("swish_beta_gradient", lambda x, beta: x**2 / (2 + 2 * np.cosh(beta * x)), 10, None),
        (
            "swish_beta_gradient",
            lambda x, beta: x**2 * (s := through_the_exponential(beta * x)) * (1 - s),
            9,
            "overflow",
        ),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_what_the_usual_forms_earn(name: str, answer, points: float, slip: str | None, seed: int) -> None:
    result = check(name, answer, seed=seed, record=False)
    assert (result.points, result.slip) == (points, slip)


# --- GELU's approximations -----------------------------------------------------------------------------------------


ROOT = math.sqrt(2 / math.pi)


def tanh_form(x, root=ROOT):
    t = np.tanh(root * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * root * (1 + 3 * 0.044715 * x**2)


def sigmoid_form(x):
    s = sigmoid(1.702 * x)
    return s + 1.702 * x * s * (1 - s)


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (tanh_form, "tanh_form"),
        (lambda x: tanh_form(x, root=0.7978845608), "tanh_form"),
        (lambda x: tanh_form(x, root=0.797885), "tanh_form"),
        (sigmoid_form, "sigmoid_form"),
        (lambda x: tanh_form(x) * 1.001, None),
    ],
    ids=["exact constant", "ten digits", "six digits", "sigmoid", "another one"],
)
def test_an_approximation_of_gelu_is_told_by_its_name(answer, slip: str | None) -> None:
    for seed in range(5):
        result = check("gelu_derivative", answer, seed=seed, record=False)
        assert result.points == 0
        assert result.slip == slip or (slip is None and result.slip not in ("tanh_form", "sigmoid_form"))


def test_the_tanh_form_is_right_to_three_digits_as_its_sentence_says() -> None:
    x = np.linspace(-8, 8, 20001)
    exact = 0.5 * (1 + erf(x / np.sqrt(2))) + x * bell(x)
    assert 5e-4 < np.max(np.abs(tanh_form(x) - exact)) < 1e-3


def test_digits_lost_far_to_the_left_are_told() -> None:
    textbook = check("gelu_derivative", lambda x: 0.5 * (1 + erf(x / np.sqrt(2))) + x * bell(x), record=False)
    assert (
        "your form has 1 right digit left at x = -10 and is 0 from x = -38.6; step 5 of lesson 08" in textbook.message
    )
    kept = check("gelu_derivative", lambda x: 0.5 * erfc(-x / np.sqrt(2)) + x * bell(x), record=False)
    assert "keeps its digits even at x = -10" in kept.message


def test_what_the_published_form_of_silus_slope_gives_very_far_out_is_told() -> None:
    by_output = check("silu_derivative", lambda x: (f := x * (s := sigmoid(x))) + s * (1 - f), record=False)
    assert "at x = 1e20 your form gives 0, not 1" in by_output.message
    by_input = check("silu_derivative", lambda x: (s := sigmoid(x)) * (1 + x * (1 - s)), record=False)
    assert "1e20" not in by_input.message


@pytest.mark.parametrize("name", ["gelu_derivative", "silu_derivative"])
def test_a_step_is_not_taken_for_a_lower_precision(name: str) -> None:
    for seed in range(40):
        step = check(name, lambda x: np.where(x > 0, 1.0, 0.0), seed=seed, record=False)
        assert (step.points, step.slip) == (0, "relu_derivative")
        rounded = check(name, lambda x: np.where(x > 0.5, 1, 0), seed=seed, record=False)
        assert (rounded.points, rounded.slip) == (0, None)
        three_values = check(name, lambda x: 0.5 * (np.sign(x) + 1), seed=seed, record=False)
        assert three_values.slip != "lower_precision"


# --- GLU -----------------------------------------------------------------------------------------------------------


def test_the_way_back_need_not_take_an_empty_batch() -> None:
    def one(v):
        n = len(v) // 3
        return glu_vjp(v[: 2 * n], v[2 * n :])

    def along_vectors(z, g):
        return np.apply_along_axis(one, -1, np.concatenate([z * 1.0, g * 1.0], axis=-1))

    assert check("glu_vjp", along_vectors, record=False).points == 10


@pytest.mark.parametrize(
    ("answer", "slip", "words"),
    [
        (
            lambda z, g: tuple(np.split(glu_vjp(z, g), 2, axis=-1)),
            "not_an_array",
            "np.concatenate puts arrays together",
        ),
        (lambda z, g: np.array(np.split(glu_vjp(z, g), 2, axis=-1)), "stacked", "on top of each other"),
        (lambda z, g: np.concatenate(np.split(glu_vjp(z, g), 2, axis=-1)), "wrong_axis", "one below the other"),
        (lambda z, g: np.concatenate(np.split(glu_vjp(z, g), 2, axis=-1)[::-1], axis=-1), "halves_swapped", "places"),
    ],
    ids=["tuple", "stacked", "first axis", "swapped"],
)
def test_how_the_halves_are_put_together_is_told(answer, slip: str, words: str) -> None:
    result = check("glu_vjp", answer, seed=0, record=False)
    assert (result.points, result.slip) == (0, slip)
    assert words in result.message
