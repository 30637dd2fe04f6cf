"""Every claim of lesson 06, recomputed here with plain numbers; each test fails where the effect is absent."""

import tracemalloc
from decimal import Decimal
from math import exp, log

import numpy as np
import pytest
from sklearn.datasets import load_digits

from course_lib.activations.vector import softmax, softmax_jacobian, softmax_vjp
from course_lib.explorers.question import questions

LOGITS = np.array([2.0, 1.0, 0.0, -1.0])


def plain(z):
    """Softmax as the definition says it: right for moderate logits, complex ones too."""
    return np.exp(z) / np.sum(np.exp(z))


def slopes(z):
    """The Jacobian by the complex step: no formula of the lesson is used, and no digits are lost."""
    return np.stack([plain(z + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(z))], axis=1)


def right_value(name):
    return next(o.value for o in questions()[f"06_softmax/{name}"].options if o.right)


@pytest.mark.parametrize("key", [key for key in questions() if key.startswith("06_softmax/")])
def test_every_option_answers_back(key):
    feedback = [option.feedback for option in questions()[key].options]
    assert len(set(feedback)) == len(feedback)
    assert all(len(text) > 30 for text in feedback)


# --- predict and look ------------------------------------------------------------------------------------------


def test_the_other_classes_lose_in_proportion_to_what_they_have():
    first = slopes(np.log([0.7, 0.2, 0.1]))[:, 0]
    assert first == pytest.approx([0.21, -0.14, -0.07])
    assert right_value("predict") == pytest.approx(first[1] / first[2])


def test_which_logit_gives_nine_tenths_against_two_others_and_against_one():
    options = questions()["06_softmax/look_one_against_two"].options
    against_one, against_two = options[1].value, options[2].value
    assert options[2].right
    assert plain(np.array([against_two, 0, 0]))[0] == pytest.approx(0.9)
    assert plain(np.array([against_one, 0]))[0] == pytest.approx(0.9)
    assert 0.5 < plain(np.array([options[0].value, 0, 0]))[0] < 0.6
    assert plain(np.array([options[3].value, 0, 0]))[0] > 0.999


def test_a_shift_of_all_logits_changes_none_of_the_nine_numbers_and_of_one_logit_all():
    z = np.array([2.0, 1.0, 0.0])
    changed = np.abs(slopes(z + 1) - slopes(z)) > 1e-12
    assert np.count_nonzero(changed) == right_value("look_add_to_all")
    assert np.count_nonzero(np.abs(slopes(z + np.eye(3)[0]) - slopes(z)) > 1e-3) == 9


def test_cold_it_chooses_the_largest_and_hot_it_is_fair():
    z = np.array([2.0, 1.0, 0.0])
    for temperature, wanted, tolerance in ((0.1, [1, 0, 0], 1e-4), (1000.0, [1 / 3] * 3, 1e-3)):
        np.testing.assert_allclose(plain(z / temperature), wanted, atol=tolerance)
        np.testing.assert_allclose(softmax(z, temperature=temperature), plain(z / temperature), rtol=1e-12)
    assert np.abs(plain(z) - [1, 0, 0]).max() > 0.1
    assert np.abs(plain(z) - 1 / 3).max() > 0.1


# --- derive ----------------------------------------------------------------------------------------------------


def test_the_formulas_of_step_4():
    s, matrix = plain(LOGITS), slopes(LOGITS)
    assert s.sum() == pytest.approx(1)
    for i in range(4):
        for k in range(4):
            assert matrix[i, k] == pytest.approx(s[k] * (1 - s[k]) if i == k else -s[i] * s[k])
            assert matrix[i, k] == pytest.approx(s[i] * ((i == k) - s[k]))
    np.testing.assert_allclose(matrix, np.diag(s) - np.outer(s, s), atol=1e-15)
    np.testing.assert_allclose(matrix, matrix.T, atol=1e-15)
    for axis in (0, 1):
        np.testing.assert_allclose(matrix.sum(axis=axis), 0, atol=1e-15)
    np.testing.assert_allclose(plain(LOGITS + 3.7), s)


def test_the_vjp_is_the_chain_rule_through_all_outputs():
    def loss(z):
        return np.sum(plain(z) ** 2 * [1, 2, 3, 4])

    s = plain(LOGITS)
    g = 2 * s * [1, 2, 3, 4]
    gradient = [loss(LOGITS + 1e-30j * unit).imag / 1e-30 for unit in np.eye(4)]
    np.testing.assert_allclose(s * (g - np.sum(g * s)), gradient)
    np.testing.assert_allclose(softmax_vjp(LOGITS, g), gradient)


def test_logits_that_all_move_contribute_each_their_share():
    speed = np.array([0.3, -1.0, 2.0, 0.5])
    moved = plain(LOGITS + 1e-30j * speed).imag / 1e-30
    s = plain(LOGITS)
    np.testing.assert_allclose(slopes(LOGITS) @ speed, moved)
    np.testing.assert_allclose(s * (speed - np.sum(speed * s)), moved)  # since the Jacobian is symmetric


def test_two_classes_are_the_sigmoid_of_the_difference():
    for a, b in ((2.0, 0.0), (5.0, 3.0), (-1.0, 0.5)):
        assert plain(np.array([a, b]))[0] == pytest.approx(1 / (1 + exp(b - a)))


def test_the_first_wrong_line_is_the_right_option():
    """The lines of the question, as they stand in the file, computed for three logits."""
    z, i, k = np.array([1.0, 0.5, -1.0]), 0, 1
    numbers = {"exp_i": exp(z[0]), "exp_k": exp(z[1]), "total": np.exp(z).sum()}
    numbers |= {"slope_of_exp_i": 0.0, "slope_of_total": exp(z[1])}
    numbers |= {"s_i": plain(z)[i], "s_k": plain(z)[k]}
    names = {
        "exp(zᵢ)′": "slope_of_exp_i", "Σ′": "slope_of_total", "Σ²": "total**2", "exp(zᵢ)": "exp_i",
        "exp(zₖ)": "exp_k", "Σ": "total", "Sᵢ (": "s_i*(", "Sₖ": "s_k", "·": "*", "−": "-",
    }  # fmt: skip

    def value(line):
        text = line.removeprefix("∂Sᵢ/∂zₖ = ")
        for shown, python in names.items():
            text = text.replace(shown, python)
        return eval(text, {"__builtins__": {}}, numbers)

    values = [value(line) for line in questions()["06_softmax/find_the_slip"].lines]
    assert values[0] == pytest.approx(slopes(z)[i, k])
    wrong = next(n for n in range(2, len(values) + 1) if not np.isclose(values[n - 1], values[n - 2]))
    assert right_value("find_the_slip") == wrong
    assert values[0] < 0 < values[-1], "the sign could have told"


# --- compute ---------------------------------------------------------------------------------------------------


def test_where_the_plain_formula_fails_and_the_max_trick_does_not():
    with np.errstate(all="ignore"):
        found = {top: plain(np.array([top, 0.0])) for top in (400.0, 709.0, 710.0, 1000.0)}
        both_low = plain(np.array([-1000.0, -1000.0]))
    np.testing.assert_allclose(found[400.0], [1, exp(-400)])
    assert np.isfinite(found[709.0]).all()
    assert np.isnan(found[710.0]).any()
    assert np.isnan(found[1000.0]).any()
    assert np.isnan(both_low).all()
    assert log(np.finfo(float).max) == pytest.approx(709.78, abs=0.005)
    np.testing.assert_array_equal(plain(np.array([1000.0, 0.0]) - 1000), [1, 0])
    np.testing.assert_array_equal(plain(np.array([-1000.0, -1000.0]) + 1000), [0.5, 0.5])
    np.testing.assert_array_equal(softmax(np.array([1000.0, 0.0])), [1, 0])


class Counted:
    """A number that counts the operations made with it."""

    operations = 0

    def __init__(self, value):
        self.value = value

    def _count(self, value):
        Counted.operations += 1
        return Counted(value)

    def __add__(self, other):
        return self._count(self.value + other.value)

    def __sub__(self, other):
        return self._count(self.value - other.value)

    def __mul__(self, other):
        return self._count(self.value * other.value)


def total(terms):
    first, *rest = terms
    for term in rest:
        first = first + term
    return first


@pytest.mark.parametrize("n", [2, 5, 30])
def test_the_operations_are_as_many_as_the_lesson_says(n):
    outputs = plain(np.linspace(-1, 1, n))
    s, minus_s, g = ([Counted(v) for v in values] for values in (outputs, -outputs, np.arange(n)))

    Counted.operations = 0
    mean = total(a * b for a, b in zip(g, s, strict=True))
    short = [a * (b - mean) for a, b in zip(s, g, strict=True)]
    assert Counted.operations == 4 * n - 1

    Counted.operations = 0
    matrix = [[a * b for b in s] for a in minus_s]
    for i in range(n):
        matrix[i][i] = matrix[i][i] + s[i]
    long = [total(g[i] * matrix[i][k] for i in range(n)) for k in range(n)]
    assert Counted.operations == 3 * n**2
    assert [v.value for v in short] == pytest.approx([v.value for v in long])


def test_the_library_sends_a_gradient_back_through_20_000_classes_without_the_matrix():
    assert softmax_jacobian(np.zeros(1_000)).nbytes == 8 * 1_000**2
    z, g = np.random.default_rng(0).normal(size=(2, 20_000))
    tracemalloc.start()
    back = softmax_vjp(z, g)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert back.nbytes == 8 * 20_000
    assert peak < 8 * 20_000**2 / 500


# --- trust -----------------------------------------------------------------------------------------------------


def by_differences(z, axis, h=1e-5):
    return np.stack([(plain(z + step) - plain(z - step)) / (2 * h) for step in h * np.eye(len(z))], axis=axis)


def test_differences_agree_column_by_column_and_the_transposed_is_not_noticed():
    np.testing.assert_allclose(by_differences(LOGITS, axis=1), softmax_jacobian(LOGITS), rtol=0, atol=1e-10)
    np.testing.assert_allclose(by_differences(LOGITS, axis=0), softmax_jacobian(LOGITS), rtol=0, atol=1e-10)


def test_wrong_matrices_that_are_symmetric_and_whose_rows_sum_to_0():
    right = slopes(np.array([0.0, 0.0, 1.0]))
    third = 3 * np.eye(3) - 1
    for wrong in (2 * right, 0 * right, third):
        np.testing.assert_allclose(wrong, wrong.T)
        np.testing.assert_allclose(wrong.sum(axis=1), 0, atol=1e-15)
        assert np.abs(wrong - right).max() > 0.1
    assert np.ptp(third / right) > 1, "it is no multiple of the right one"


def test_a_sure_softmax_keeps_its_digits_in_the_library_only():
    z = np.array([40.0, 0.0, 0.0])
    others = 2 * Decimal(-40).exp()
    exact = float(others / (1 + others) ** 2)
    s = plain(z)[0]
    assert s * (1 - s) == 0
    assert by_differences(z, axis=1)[0, 0] == 0
    assert softmax_jacobian(z)[0, 0] == pytest.approx(exact, rel=1e-14)


# --- use -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    return np.column_stack([data.data / 16, np.ones(1797)]), np.eye(10)[data.target]


def learn(X, Y, send_back, rate=1.0, steps=150):
    """The lesson's experiment with softmax and its VJP written out."""
    W, losses = np.zeros((65, 10)), []
    for _ in range(steps):
        e = np.exp(X @ W)
        s = e / e.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log(s[Y == 1])))
        W = W - rate * X.T @ send_back(s, -Y / s) / len(X)
    return W, np.array(losses)


def whole(s, g):
    return s * (g - np.sum(g * s, axis=1, keepdims=True))


def diagonal(s, g):
    return s * (1 - s) * g


def test_the_wrong_derivative_learns_too_but_less(digits):
    X, Y = digits
    seen, unseen = slice(0, -500), slice(-500, None)
    share, last = {}, {}
    for send_back in (whole, diagonal):
        W, losses = learn(X[seen], Y[seen], send_back)
        assert np.all(np.diff(losses) < 0)
        share[send_back] = np.mean(np.argmax(X[unseen] @ W, axis=1) == np.argmax(Y[unseen], axis=1))
        last[send_back] = losses[-1]
    assert share[whole] == pytest.approx(0.9, abs=0.02)
    assert 0.5 < share[diagonal] < share[whole] - 0.03
    assert last[diagonal] > last[whole] + 0.03
    assert np.mean(Y[unseen], axis=0).max() < 0.12, "guessing tells one of ten"


def test_what_comes_back_is_prediction_minus_label(digits):
    X, Y = digits
    z = X @ np.random.default_rng(0).normal(size=(65, 10))
    s = softmax(z)
    np.testing.assert_allclose(softmax_vjp(z, -Y / s), s - Y, atol=1e-12)
    assert np.abs(diagonal(s, -Y / s) - (s - Y)).max() > 0.1, "the diagonal alone does not give it"


# --- recall ----------------------------------------------------------------------------------------------------


def test_how_fast_the_second_probability_changes_with_the_first_logit():
    matrix = slopes(np.log([0.5, 0.3, 0.2]))
    assert right_value("recall_1") == pytest.approx(matrix[1, 0])
    assert questions()["06_softmax/recall_1"].options[0].value == pytest.approx(matrix[0, 0])


def test_the_gradient_of_the_sum_of_the_outputs_is_0():
    assert right_value("recall_2") == pytest.approx(np.abs(slopes(LOGITS).sum(axis=0)).max(), abs=1e-15)
    np.testing.assert_allclose(softmax_vjp(LOGITS, np.ones(4)), right_value("recall_2"), atol=1e-15)
    np.testing.assert_allclose(2 * slopes(LOGITS).T @ np.ones(4), 0, atol=1e-15)  # a wrong one, unnoticed


def test_of_the_three_cures_only_the_shift_leaves_the_result():
    z = np.array([1000.0, 900.0])
    np.testing.assert_allclose(plain(z - z.max()), [1, 0], atol=1e-40)
    assert plain(z / z.max())[0] < 0.6, "dividing makes them more alike"
    np.testing.assert_allclose(plain(np.minimum(z, 700)), [0.5, 0.5])
