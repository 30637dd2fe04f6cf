"""Every claim of lesson 02, recomputed here with plain numpy; each test fails where the effect is absent."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes

from course_lib import explore
from course_lib.activations.linear import identity_derivative
from course_lib.explorers.question import questions

NAMES = ["predict", "find_the_slip", "trust", "recall_1", "recall_2", "recall_3"]
Floats = NDArray[np.float64]


def right_option(name: str) -> object:
    return next(option for option in questions()[f"02_identity/{name}"].options if option.right)


def jacobian(f: Callable[[Floats], Floats], x: Floats, h: float = 1e-4) -> Floats:
    """Return the central differences of each output (row) by each input (column)."""
    return np.column_stack([(f(x + h * unit) - f(x - h * unit)) / (2 * h) for unit in np.eye(len(x))])


# --- the questions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_option_answers_back(name: str) -> None:
    text = questions()[f"02_identity/{name}"]
    assert sum(option.right for option in text.options) == 1
    assert len({option.feedback for option in text.options}) == len(text.options)
    assert all(len(option.feedback) > 30 for option in text.options)


def test_ten_linear_layers_are_one() -> None:
    rng = np.random.default_rng(0)
    layers = [(rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(10)]

    def stack(x: Floats) -> Floats:
        for W, b in layers:
            x = x @ W + b
        return x

    bias = stack(np.zeros(3))
    weights = np.stack([stack(unit) - bias for unit in np.eye(3)])
    x = rng.normal(size=(5, 3))
    np.testing.assert_allclose(x @ weights + bias, stack(x))  # one layer does it
    assert not np.allclose(stack(x), x)  # none does not
    assert right_option("predict").value == 1


def test_the_first_wrong_line_is_the_right_option() -> None:
    """The lines as they stand in the file, computed with square matrices, to which any order fits."""
    rng = np.random.default_rng(1)
    names = {letter: rng.normal(size=(2, 2)) for letter in ("W1", "W2")}
    names |= {letter: rng.normal(size=2) for letter in ("x", "b1", "b2")}

    def value(line: str) -> Floats:
        text, _, where = line.removeprefix("y = ").replace("₁", "1").replace("₂", "2").partition(", where ")
        for definition in filter(None, where.split(" and ")):
            name, _, meaning = definition.partition(" = ")
            names[name] = value(meaning)
        for gap in (" W", " ("):  # only a gap between two factors stands for a product
            for end in ("1", "2", "x", ")"):
                text = text.replace(f"{end}{gap}", f"{end} @{gap}")
        return np.asarray(eval(text, {"__builtins__": {}}, names))

    values = [value(line) for line in questions()["02_identity/find_the_slip"].lines]
    np.testing.assert_allclose(values[0], (names["x"] @ names["W1"] + names["b1"]) @ names["W2"] + names["b2"])
    wrong = [n for n, (a, b) in enumerate(pairwise(values), 2) if not np.allclose(a, b)]
    assert wrong == [right_option("find_the_slip").value], "and what follows from the wrong line is derived rightly"


def test_the_shapes_show_the_slip() -> None:
    W1, W2 = np.ones((3, 2)), np.ones((2, 5))
    assert (W1 @ W2).shape == (3, 5)
    with pytest.raises(ValueError, match="mismatch"):
        W2 @ W1


def test_the_difference_of_the_identity_is_off_by_rounding_alone() -> None:
    x, h = 1e10, 1e-5
    difference = ((x + h) - (x - h)) / (2 * h)
    assert abs(difference - 1) == pytest.approx(0.05, abs=0.01)
    step = Fraction(h)
    assert (Fraction(x) + step - (Fraction(x) - step)) / (2 * step) == 1, "no truncation at all"
    assert np.spacing(x) == pytest.approx(2e-6, rel=0.1)
    assert "rounded" in right_option("trust").text


def test_the_narrowest_place_is_the_right_option() -> None:
    rng = np.random.default_rng(0)
    whole = rng.normal(size=(8, 5)) @ rng.normal(size=(5, 2)) @ rng.normal(size=(2, 8))
    assert np.linalg.matrix_rank(whole) == right_option("recall_2").value


def test_the_shape_of_a_batch_is_the_right_option() -> None:
    Z = np.ones((32, 5)) @ np.ones((5, 3)) + np.ones(3)
    assert str(Z.shape) == right_option("recall_3").text


# --- three objects -------------------------------------------------------------------------------------------


def test_three_objects_of_the_identity() -> None:
    x = np.array([0.5, -1.0, 2.0])
    J = jacobian(lambda v: v, x)
    np.testing.assert_allclose(J, np.eye(3), atol=1e-9)
    np.testing.assert_allclose(J.sum(axis=0), np.ones(3), atol=1e-9)  # the sum of its rows
    np.testing.assert_allclose(J.diagonal(), identity_derivative(x), atol=1e-9)
    g = np.array([0.3, -2.0, 5.0])
    np.testing.assert_allclose(g @ J, g, atol=1e-8, err_msg="an error passes back as it is")


def test_a_layer_tells_the_objects_apart() -> None:
    W, b, x = np.array([[1.0, -1.0], [0.5, 0.0], [0.0, 2.0]]), np.array([0.5, -0.5]), np.array([0.5, -1.0, 2.0])
    J = jacobian(lambda v: v @ W + b, x)
    assert J.shape == (2, 3), "one row for each output, one column for each input"
    np.testing.assert_allclose(J, W.T, atol=1e-9)
    np.testing.assert_allclose(J.sum(axis=0), W.sum(axis=1), atol=1e-9)
    assert not np.allclose(J.sum(axis=0), 1)


def test_what_the_library_derivative_keeps() -> None:
    assert identity_derivative(np.array([1, 2])).dtype == np.float64
    assert identity_derivative(np.float32(7)).dtype == np.float32
    assert identity_derivative(np.zeros((2, 3))).shape == (2, 3)
    np.testing.assert_array_equal(identity_derivative(np.array([1.0, np.nan])), [1.0, np.nan])


# --- rank ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1, 2, 4, 6, 8])
def test_the_rank_is_at_most_the_hidden_width(width: int) -> None:
    rng = np.random.default_rng(2)
    product = rng.normal(size=(6, width)) @ rng.normal(size=(width, 6))
    assert np.linalg.matrix_rank(product) == min(width, 6)


def one_layer_misses(between: Callable[[Floats], Floats], hidden: int) -> float:
    """Return by how much the best single layer misses two layers, at the points of a square."""
    rng = np.random.default_rng(3)
    side = np.linspace(-1, 1, 21)
    x = np.array([(a, b, 1.0) for a in side for b in side])  # the ones are for the bias
    y = between(x @ rng.normal(size=(3, hidden))) @ rng.normal(size=(hidden, 2))
    return float(np.abs(x @ np.linalg.lstsq(x, y)[0] - y).max())


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_one_layer_does_what_two_do_unless_a_curve_is_between_them(hidden: int) -> None:
    assert one_layer_misses(lambda h: h, hidden) < 1e-12
    assert one_layer_misses(np.tanh, hidden) > 0.1
    assert one_layer_misses(lambda h: np.maximum(h, 0), hidden) > 0.1


def test_the_explorer_shows_both() -> None:
    stack = explore.linear_stack()
    assert stack.rank == 2
    assert stack.distance < 1e-12
    stack.between = "tanh"
    assert stack.distance > 0.1
    stack.between, stack.hidden = "identity", 1
    for stack.turn_2 in (-90.0, 0.0, 45.0):
        for stack.stretch_2 in (-1.5, 0.5):
            assert stack.rank == 1, "the second layer does not bring the plane back"


def test_a_narrow_middle_saves_weights() -> None:
    assert 1000 * 1000 == 50 * (1000 * 10 + 10 * 1000)


# --- the output of a regression ------------------------------------------------------------------------------

DATA = load_diabetes()
X = DATA.data[:, [2, 3, 8]] / DATA.data[:, [2, 3, 8]].std(axis=0)
Y = (DATA.target - DATA.target.mean()) / DATA.target.std()


def sigmoid(z: Floats) -> Floats:
    return 1 / (1 + np.exp(-z))


def train(f: Callable[[Floats], Floats], slope: Callable[[Floats], Floats]) -> Floats:
    w, b = np.zeros(3), 0.0
    for _ in range(500):
        z = X @ w + b
        error = (f(z) - Y) * slope(z)
        w, b = w - 0.1 * error @ X / len(Y), b - 0.1 * error.mean()
    return f(X @ w + b)


def test_the_data_are_as_the_lesson_says() -> None:
    assert len(Y) == 442
    assert [DATA.feature_names[i] for i in (2, 3, 8)] == ["bmi", "bp", "s5"]
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(X.std(axis=0), 1)
    assert np.mean((Y < 0) | (Y > 1)) > 0.5, "most targets are out of the sigmoid's reach"


def test_with_the_identity_the_unit_reaches_the_best_linear_prediction_and_with_the_sigmoid_it_does_not() -> None:
    straight = train(lambda z: z, lambda z: np.ones_like(z))
    bent = train(sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)))
    with_ones = np.column_stack([X, np.ones(len(Y))])
    residual = np.linalg.lstsq(with_ones, Y)[1].item() / len(Y)
    assert np.mean((straight - Y) ** 2) == pytest.approx(residual, rel=1e-6)
    assert np.mean((bent - Y) ** 2) > 1.3 * residual
    assert bent.min() > 0
    assert bent.max() < 1
    assert straight.min() < -1
    assert straight.max() > 1
