"""The headline and the notes of `check` do not contradict each other, and speak of what the exercise returns."""

import numpy as np
import pytest

from course_lib import check
from course_lib.checking import EXERCISES, functions
from course_lib.checking.answer import OwnAnswer


def told(name: str, answer) -> str:
    return check(name, answer, seed=1, record=False).message


# --- dtype -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [np.ones_like, lambda x: np.ones(np.shape(x), dtype=int)], ids=["like", "whole"])
def test_whole_numbers_earn_full_marks_and_one_consistent_note(answer) -> None:
    result = check("identity_derivative", answer, seed=1, record=False)
    assert result.points == 10
    _, right, note = result.message.splitlines()
    assert "dtype" not in right
    assert "shapes" in right
    assert "float64 is the safer choice. That costs no points" in note
    assert note.startswith("For whole numbers" if answer is np.ones_like else "It returns")


def test_what_the_lesson_recommends_gets_no_remark_on_the_dtype() -> None:
    for name, answer in (
        ("relu_derivative", lambda x: np.where(x > 0, 1.0, 0.0)),
        ("relu6_derivative", lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0)),
        ("leaky_relu_derivative", lambda x, alpha=0.01: np.where(x > 0, 1.0, alpha)),
    ):
        result = check(name, answer, seed=1, record=False)
        assert result.points == 10
        assert "float" not in result.message
        assert "whole" not in result.message


def test_a_product_of_whole_matrices_is_not_remarked_on() -> None:
    said = told("collapse_linear_layers", lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2))
    assert "whole numbers" not in said
    assert "whole numbers" in told("identity_jacobian", lambda x: np.eye(len(x), dtype=int))


def test_an_empty_array_of_whole_numbers_is_not_remarked_on() -> None:
    def answer(x):
        return np.zeros(0, dtype=int) if np.size(x) == 0 else np.ones(np.shape(x), dtype=x.dtype) * 1.0

    def cut(x):
        return answer(x).astype(x.dtype) if x.dtype.kind == "f" and np.size(x) else answer(x)

    result = check("identity_derivative", cut, seed=1, record=False)
    assert result.points == 10
    assert "whole" not in result.message


# --- by kind -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "answer", "opening"),
    [
        (
            "gradient_check",
            lambda f, derivative, x, h=1e-5, tol=1e-6: True,
            "It takes x of any shape and leaves its arguments alone; its verdicts are not all right yet.",
        ),
        ("first_wrong_line", lambda lines, x: 1, "leaves its arguments alone; its indices are not all right yet."),
        ("dead_unit_fraction", np.mean, "It returns one number and leaves its argument alone; the number is not"),
        ("softmax_jacobian", lambda z: np.eye(len(z)), "It gives the right shape and leaves its argument alone; its"),
        ("collapse_linear_layers", lambda W1, b1, W2, b2: (W1 @ W2, b2), "It gives the right shapes and leaves"),
        ("tanh_from_sigmoid", lambda x, sigmoid: sigmoid(x), "not right yet for the sigmoid that is handed in."),
    ],
)
def test_the_opening_fits_what_is_returned(name: str, answer, opening: str) -> None:
    assert opening in told(name, answer).splitlines()[1]


def test_no_part_is_called_what_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnAnswer, "lets_the_course_answer", lambda *_: False)
    for exercise in EXERCISES.values():
        right = told(exercise.name, exercise.reference).splitlines()[1]
        assert "saturated" not in right
        if not exercise.elementwise:
            assert "dtype" not in right


# --- examples ------------------------------------------------------------------------------------------------------


def test_functions_are_shown_only_where_they_matter_and_with_their_formulas() -> None:
    assert "At x = 1 you return" in told("tanh_from_sigmoid", lambda x, sigmoid: sigmoid(x))
    assert "sigmoid = sigmoid_of_triple (sigmoid(3*x)) you" in told("tanh_from_sigmoid", lambda x, sigmoid: np.tanh(x))
    lax = told("gradient_check", lambda f, d, x, h=1e-5, tol=1e-6: bool(np.allclose(d(x), d(x), rtol=tol)))
    assert "f = sine (sin(x)), derivative = nearly_cosine (1.001*cos(x))" in lax


@pytest.mark.parametrize("name", list(functions.FUNCTIONS))
def test_a_formula_is_what_its_function_computes(name: str) -> None:
    formula = functions.FORMULAS.get(name)
    if formula is None:
        assert name in ("sigmoid", "ramp", "step")  # known by these names
        return
    x = np.array([-1.3, 0.2, 2.1])
    letters = {"x": x, "exp": np.exp, "sin": np.sin, "cos": np.cos, "abs": np.abs, "sigmoid": functions.sigmoid}
    assert np.allclose(eval(formula, {"__builtins__": {}}, letters), functions.FUNCTIONS[name](x), rtol=1e-14, atol=0)


def test_no_more_digits_than_show_the_difference() -> None:
    def wrong(x):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s) * np.where(np.abs(x) > 0.2, 1.00001, 1)

    said = told("sigmoid_derivative", wrong).splitlines()[2]
    got, right = said.removeprefix("At x = ").removesuffix(".").split(" you return ")[1].split(", not ")
    assert got != right
    assert max(len(n.replace("0.", "").lstrip("0")) for n in (got, right)) <= 6


# --- slips that have a name now ------------------------------------------------------------------------------------


def of_own_maximum(z, axis=-1):
    e = np.exp(z - np.max(z))
    return e / np.sum(e, axis=axis, keepdims=True)


def by_allclose(f, derivative, x, h=1e-5, tol=1e-6):
    return np.allclose(derivative(x), (f(x + h) - f(x - h)) / (2 * h), rtol=tol)


def vjp_of_own_maximum(z, g):
    s = of_own_maximum(z)
    return s * (g - np.sum(s * g, axis=-1, keepdims=True))


@pytest.mark.parametrize(
    ("name", "answer", "slip", "points"),
    [
        ("softmax", of_own_maximum, "maximum_of_all", 7),
        ("softmax_vjp", vjp_of_own_maximum, "maximum_of_all", 8),
        ("relative_error", lambda a, b: abs(a - b) / (np.maximum(abs(a), abs(b)) + 1e-12), "small_number_added", 0),
        ("relative_error", lambda a, b: abs(a - b) / (np.maximum(abs(a), abs(b)) + 1e-20), "small_number_added", 8),
        ("relative_error", lambda a, b: abs(a - b) / np.fmax(np.fmax(abs(a), abs(b)), 1e-9), "small_number_added", 8),
        ("gradient_check", by_allclose, "hidden_tolerance", 0),
        ("forward_difference", lambda f, x, h: (f(x + h) - f(x)) / 1e-5, "ignores_h", 0),
        ("forward_difference", lambda f, x, h: (f(x + 1e-4) - f(x)) / h, "ignores_h", 0),
        ("central_difference", lambda f, x, h: (f(x + 1e-3) - f(x - 1e-3)) / 2e-3, "ignores_h", 0),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_a_common_slip_is_named(name: str, answer, slip: str, points: float, seed: int) -> None:
    result = check(name, answer, seed=seed, record=False)
    assert (result.slip, result.points) == (slip, points)


def test_an_overflow_is_not_taken_for_the_maximum_of_all() -> None:
    plain = check("softmax", lambda z, axis=-1: np.exp(z) / np.sum(np.exp(z), axis=axis, keepdims=True), record=False)
    assert plain.slip == "overflow"
    assert "(logits of about 1000) it returns nan" in plain.message


def test_a_jacobian_times_the_logits_is_named() -> None:
    def product(z, T, inner):
        s = np.exp(z / T) / np.sum(np.exp(z / T))
        return (np.diag(s) - np.outer(s, s)) @ inner

    for inner, slip in (
        (lambda z, T: z, "inner_ignored"),
        (lambda z, T: np.full(z.shape, 1 / T), "inner_constant"),
        (lambda z, T: z / T, "inner_by_logit"),
    ):
        assert check("softmax_temperature_derivative", lambda z, T, i=inner: product(z, T, i(z, T))).slip == slip
