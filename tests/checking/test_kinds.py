"""Answers of every kind: those that take functions or have defaults, that give verdicts, places and pairs."""

import numpy as np
import pytest

from course_lib import check
from course_lib.checking import EXERCISES
from course_lib.checking.functions import FUNCTIONS

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def arguments_of(exercise, part=None, seed=0):
    return [p.arguments for p in exercise.probes(np.random.default_rng(seed)) if part in (None, p.part)]


# --- functions as arguments ------------------------------------------------------------------------------------


@every_exercise
def test_every_function_that_is_handed_over_is_on_the_list(exercise) -> None:
    for arguments in [*arguments_of(exercise), *exercise.examples]:
        for argument in arguments:
            for function in argument if isinstance(argument, list) else [argument]:
                if callable(function):
                    assert FUNCTIONS[function.__name__] is function


def test_functions_are_shown_by_their_names() -> None:
    result = check("forward_difference", lambda f, x, h: f(x + h) - f(x), seed=0)
    assert "At f = square (x**2), x = 3, h = 0.5 you return 3.25;" in result.message
    assert "<" not in result.message + "".join(c.input for c in result.cases)
    result = check("first_wrong_line", lambda lines, x: 0 * len(lines), seed=0)
    lines = "[square_of_sum ((x + 1)**2), square_expanded (x**2 + 2*x + 1), square_without_middle (x**2 + 1)]"
    assert f"lines = {lines}, x = [0, 2] you return 0" in result.message
    result = check("tanh_from_sigmoid", lambda x, sigmoid: np.tanh(x), seed=0)
    assert result.slip == "ignores_sigmoid"
    assert "sigmoid = sigmoid_of_triple" in result.message


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, s: 2 * s(2 * x) - 1,
        lambda x, s: 1 - 2 * s(-2 * x),
        lambda x, s: s(2 * x) - s(-2 * x),
        lambda x, s: (s(x) ** 2 - s(-x) ** 2) / (s(x) ** 2 + s(-x) ** 2),
    ],
)
def test_every_way_from_the_sigmoid_to_tanh_passes(answer) -> None:
    assert check("tanh_from_sigmoid", answer).points == 10


def test_a_difference_is_the_right_answer_where_one_is_asked_for() -> None:
    assert check("forward_difference", lambda f, x, h: (f(x + h) - f(x)) / ((x + h) - x)).points == 10
    assert check("central_difference", lambda f, x, h: (0.5 * f(x + h) - 0.5 * f(x - h)) / h).points == 10


@pytest.mark.parametrize("fixed", [1e-4, 1e-5, 1e-6, 1e-8])
def test_a_step_that_is_not_the_one_handed_in_is_named(fixed: float) -> None:
    for name in ("forward_difference", "central_difference"):
        assert check(name, lambda f, x, h: (f(x + fixed) - f(x - fixed)) / (2 * fixed)).slip == "ignores_h"


def test_a_list_that_is_changed_counts_as_an_argument_that_is() -> None:
    def emptying(lines, x):
        values = [line(x) for line in lines]
        lines.clear()
        wrong = [i for i in range(1, len(values)) if not np.allclose(values[i], values[i - 1], rtol=1e-9, atol=0)]
        return wrong[0] if wrong else -1

    result = check("first_wrong_line", emptying)
    assert (result.passed, result.points, result.slip) == (True, 9, "changes_argument")


# --- verdicts, places and single numbers -------------------------------------------------------------------------


def verdict(f, derivative, x, h=1e-5, tol=1e-6):
    a, b = derivative(x), (f(x + h) - f(x - h)) / (2 * h)
    return np.all(np.abs(a - b) <= tol * np.maximum(np.abs(a), np.abs(b)))


@pytest.mark.parametrize(
    ("change", "noted"),
    [(bool, False), (np.bool_, False), (int, True), (float, True), (np.array, False)],
    ids=["bool", "np.bool_", "int", "float", "0-d array"],
)
def test_a_verdict_may_be_any_truth_value_and_a_number_is_noted(change, noted: bool) -> None:
    def answer(f, derivative, x, h=1e-5, tol=1e-6):
        return change(verdict(f, derivative, x, h, tol))

    result = check("gradient_check", answer)
    assert result.points == 10
    assert ("bool(...)" in result.message) == noted


def test_what_is_no_verdict_is_told() -> None:
    def error(f, d, x, h=1e-5, tol=1e-6):
        return np.max(np.abs(d(x) - (f(x + h) - f(x - h)) / (2 * h)))

    assert check("gradient_check", error).slip == "not_a_truth_value"
    assert check("gradient_check", lambda f, d, x, h=1, tol=1: True).slip == "constant"
    assert check("gradient_check", lambda f, d, x, h=1e-5, tol=1e-6: not verdict(f, d, x, h, tol)).slip == "opposite"
    per_entry = check("gradient_check", lambda f, d, x, h=1e-5, tol=1e-6: d(x) > tol)
    assert per_entry.slip == "wrong_shape"
    assert "where one number is asked for" in per_entry.message


def test_a_check_says_why_the_verdict_is_the_right_one() -> None:
    message = check("gradient_check", lambda f, d, x, h=1e-5, tol=1e-6: False, seed=0).message
    assert "At f = sine (sin(x)), derivative = cosine (cos(x)), x = [0.5, 1], h = 1e-05, tol = 1e-06" in message
    assert "tol = 1e-06 you return False" in message
    assert "the right verdict is True: the largest relative error is" in message


def test_a_place_may_be_any_whole_number_and_a_float_is_noted() -> None:
    def place(lines, x):
        values = [line(x) for line in lines]
        return next((i for i in range(1, len(values)) if not np.allclose(values[i], values[i - 1], 1e-9, 0)), -1)

    assert check("first_wrong_line", place).points == 10
    assert check("first_wrong_line", lambda lines, x: np.int32(place(lines, x))).points == 10
    noted = check("first_wrong_line", lambda lines, x: float(place(lines, x)))
    assert noted.points == 10
    assert "no whole number by its type" in noted.message


def test_numpys_usual_comparison_overlooks_tiny_values_and_loses_that_part_only() -> None:
    def loose(lines, x):
        values = [line(x) for line in lines]
        return next((i for i in range(1, len(values)) if not np.allclose(values[i], values[i - 1])), -1)

    result = check("first_wrong_line", loose)
    assert (result.passed, result.points) == (True, 8)
    assert "lines with tiny values" in result.message


@pytest.mark.parametrize("change", [float, np.float64, np.array, np.float32], ids=str)
def test_a_share_may_be_any_number(change) -> None:
    right = check("dead_unit_fraction", lambda Z: change(np.mean(np.all(Z <= 0, axis=0))))
    assert right.passed == (change is not np.float32)


# --- several results ---------------------------------------------------------------------------------------------


def layers(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


def test_a_pair_may_be_a_tuple_or_a_list() -> None:
    assert check("collapse_linear_layers", layers).points == 10
    assert check("collapse_linear_layers", lambda *a: list(layers(*a))).points == 10


@pytest.mark.parametrize(
    ("answer", "slip", "words"),
    [
        (lambda *a: layers(*a)[0], "not_an_array", "returns one array; it should return 2 arrays, `return W, b`"),
        (lambda *a: (*layers(*a), 0), "not_an_array", "returns 3 things"),
        (lambda *a: (layers(*a)[0], None), "not_an_array", "In the place of b: the function returns None"),
        (lambda *a: layers(*a)[::-1], "wrong_shape", "W of shape (3,), b of shape (3, 3) where W of shape (3, 3)"),
        (lambda *a: (layers(*a)[0].T, layers(*a)[1]), "transposed", "W came out transposed"),
        (lambda *a: (layers(*a)[0], layers(*a)[1][None]), "wrong_shape", "b of shape (1, 3)"),
        (lambda *a: tuple(-part for part in layers(*a)), "sign", "minus the right value"),
    ],
    ids=["one", "three", "None", "swapped", "transposed", "extra axis", "minus"],
)
def test_what_is_wrong_with_a_pair_is_told(answer, slip: str, words: str) -> None:
    result = check("collapse_linear_layers", answer)
    assert (result.passed, result.slip) == (False, slip)
    assert words in result.message


def test_the_wrong_one_of_two_results_is_shown() -> None:
    message = check("collapse_linear_layers", lambda W1, b1, W2, b2: (W1 @ W2, b2), seed=0).message
    assert "your b is [0.5, 1]; measured at the two layers it is [0.5, -1]." in message
    assert "your W" not in message


# --- defaults ------------------------------------------------------------------------------------------------------


def softmax(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("leaky_relu_derivative", lambda x, alpha: np.where(x > 0, 1, alpha), "without alpha; the default is alpha = "),
        ("leaky_relu_derivative", lambda x, alpha=0.1: np.where(x > 0, 1, alpha), "the default alpha"),
        ("elu_derivative", lambda x, alpha: np.where(x > 0, 1, alpha * np.exp(x)), "without alpha; the default is alp"),
        ("elu_derivative", lambda x, alpha=0.5: np.where(x > 0, 1, alpha * np.exp(x)), "the default alpha"),
        ("softmax", lambda z, axis: softmax(z, axis), "without axis; the default is axis = -1"),
        ("softmax", lambda z, axis=0: softmax(z, axis), "with the default axis"),
        ("gradient_check", lambda f, d, x, h, tol: verdict(f, d, x, h, tol), "without h and tol"),
        ("gradient_check", lambda f, d, x, h=1e-5, tol=1e-2: verdict(f, d, x, h, tol), "the default h and tol"),
        ("gradient_check", lambda f, d, x, h=1e-2, tol=1e-6: verdict(f, d, x, h, tol), "the default h and tol"),
    ],
)
def test_a_default_that_is_missing_or_wrong_loses_the_parameters(name: str, answer, words: str) -> None:
    result = check(name, answer)
    assert result.passed
    assert result.points == 10 - EXERCISES[name].parts["parameters"]
    assert words in result.message


@pytest.mark.parametrize(
    ("name", "answer", "slip"),
    [
        ("leaky_relu_derivative", lambda x, alpha=0.01: np.where(x > 0, 1, 0.01), "ignores_alpha"),
        ("elu_derivative", lambda x, alpha=1.0: np.where(x > 0, 1, np.exp(x)), "ignores_alpha"),
        ("swish_beta_gradient", lambda x, beta: x**2 / (2 + 2 * np.cosh(x)), "ignores_beta"),
        ("softmax", lambda z, axis=-1: softmax(z, -1), "ignores_axis"),
        ("gradient_check", lambda f, d, x, h=1e-5, tol=1e-6: verdict(f, d, x, h, 1e-6), "ignores_tol"),
        ("gradient_check", lambda f, d, x, h=1e-5, tol=1e-6: verdict(f, d, x, 1e-5, tol), "ignores_h"),
    ],
)
def test_an_argument_that_is_not_used_is_pointed_out(name: str, answer, slip: str) -> None:
    result = check(name, answer)
    assert (result.passed, result.slip) == (False, slip)
