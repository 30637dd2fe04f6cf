"""Every claim of lesson 05, recomputed here with plain numpy; each test fails where the effect is absent."""

import re
from pathlib import Path

import numpy as np
import pytest

from course_lib import ACTIVATIONS, finite_difference
from course_lib.activations import leaky, rectified
from course_lib.explorers.dead_units import digits, other_digits, train
from course_lib.explorers.question import questions

LESSON = Path(__file__).resolve().parents[2] / "sources" / "lessons" / "05_relu.md"


def relu(x):
    return np.maximum(x, 0)


def central(x: float, h: float) -> float:
    return float((relu(x + h) - relu(x - h)) / (2 * h))


def right_value(name: str) -> float | None:
    return next(option.value for option in questions()[f"05_relu/{name}"].options if option.right)


# --- the kink ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("h", [1.0, 1e-3, 1e-9])
def test_the_central_difference_at_the_kink_is_a_half_whatever_h_is(h: float) -> None:
    assert central(0.0, h) == right_value("predict") == 0.5
    assert (relu(h) - relu(0.0)) / h == 1
    assert (relu(0.0) - relu(-h)) / h == 0


def test_a_smooth_curve_has_one_slope_and_relu_has_two() -> None:
    for f, differ in ((relu, True), (np.tanh, False)):
        right, left = ((f(side * 1e-6) - f(0.0)) / (side * 1e-6) for side in (1, -1))
        assert (abs(right - left) > 0.5) == differ
    np.testing.assert_array_equal(finite_difference.kinks(relu, np.array([-1.0, 0.0, 1.0])), [False, True, False])


def test_near_the_kink_the_difference_is_wrong_and_farther_off_it_is_right() -> None:
    assert central(3e-6, 1e-5) == pytest.approx(right_value("trust"))
    assert central(-3e-6, 1e-5) == pytest.approx(0.35)
    assert central(2e-5, 1e-5) == pytest.approx(1)
    assert central(-2e-5, 1e-5) == 0


def test_the_first_wrong_line_is_the_one_about_0_itself() -> None:
    """Lines 1 to 3 hold wherever they are tried; line 4 says 0, and the slope from the right says 1."""
    left = -np.logspace(-6, 3, 40)
    assert np.all(relu(np.append(left, 0.0)) == 0)
    around = np.array([0.9, 1.1]) * left[:, None]
    assert np.all(np.ptp(relu(around), axis=1) == 0)
    assert (relu(1e-6) - relu(0.0)) / 1e-6 == 1
    assert right_value("find_the_slip") == 4


def test_a_subgradient_is_the_slope_of_a_line_that_is_nowhere_above_the_curve() -> None:
    x = np.linspace(-5, 5, 101)
    for alpha, name in ((0.0, "relu"), (0.01, "leaky_relu"), (0.25, "prelu")):
        curve = np.where(x > 0, x, alpha * x)
        below = [slope for slope in np.linspace(-1, 2, 301) if np.all(slope * x <= curve + 1e-12)]
        ((place, (low, high)),) = ACTIVATIONS[name].kinks.items()
        assert place == 0
        assert (min(below), max(below)) == pytest.approx((low, high))
        assert low <= ACTIVATIONS[name].derivative(0.0) <= high


def test_what_this_course_chooses_is_what_the_table_says() -> None:
    table = dict(
        re.findall(r"^\| (leaky ReLU, slope at 0|ReLU, slope at nan)[^|]*\| ([^|]+?) \|", LESSON.read_text(), re.M)
    )
    assert table == {"leaky ReLU, slope at 0": r"$\alpha = 0.01$", "ReLU, slope at nan": "nan"}
    assert leaky.leaky_relu_derivative(0.0) == 0.01
    assert np.isnan(rectified.relu_derivative(np.nan))
    assert rectified.relu_derivative(0.0) == 0


# --- the family ----------------------------------------------------------------------------------------------


def test_only_negative_inputs_have_a_say_in_alpha() -> None:
    for x, slope in ((-3.0, -3.0), (0.0, 0.0), (2.0, 0.0)):
        plus, minus = (np.where(x > 0, x, a * x) for a in (0.26, 0.24))
        assert (plus - minus) / 0.02 == pytest.approx(slope)
    assert right_value("recall_2") == -3.0
    assert 0.25 * -3.0 in [option.value for option in questions()["05_relu/recall_2"].options]


def test_prelu_finds_the_slope_of_its_data() -> None:
    x = np.random.default_rng(0).normal(size=200)
    alpha = 0.25
    for _ in range(100):
        alpha -= 0.5 * np.mean((alpha - 0.4) * np.minimum(x, 0) ** 2)
    assert alpha == pytest.approx(0.4, abs=0.001)


def test_two_ways_to_write_relu_fail_at_the_ends() -> None:
    x = np.array([-np.inf, 1e308])
    with np.errstate(all="ignore"):
        by_product, by_half = x * (x > 0), (x + np.abs(x)) / 2
    assert np.isnan(by_product[0])
    assert np.isnan(by_half[0])
    assert np.isinf(by_half[1])
    np.testing.assert_array_equal(np.maximum(x, 0), [0, 1e308])


def test_truth_values_cannot_be_subtracted() -> None:
    with pytest.raises(TypeError):
        (np.ones(2) > 0) - (np.zeros(2) > 0)


# --- training at a corner ------------------------------------------------------------------------------------


def cosine_network(x: np.ndarray, at_zero: float, steps: int) -> tuple[int, float]:
    y, rng, landed = np.cos(3 * x), np.random.default_rng(0), 0
    w, b, v = rng.normal(size=16), np.zeros(16), rng.normal(size=16) / 4
    for _ in range(steps):
        z = x[:, None] * w + b
        landed += int(np.sum(z == 0))
        slope = np.where(z == 0, at_zero, np.where(z > 0, 1.0, 0.0))
        error = (relu(z) @ v - y) / len(x)
        g = error[:, None] * v * slope
        v, w, b = v - 0.1 * (error @ relu(z)), w - 0.1 * (x @ g), b - 0.1 * g.sum(axis=0)
    return landed, float(np.mean((relu(x[:, None] * w + b) @ v - y) ** 2) / 2)


def test_random_numbers_never_land_on_the_kink_and_where_some_do_training_ends_well() -> None:
    drawn, grid = np.random.default_rng(3).uniform(-1, 1, 21), np.linspace(-1, 1, 21)
    at_first = cosine_network(grid, 0.0, 0)[1]
    for at_zero in (0.0, 0.5, 1.0):
        assert cosine_network(drawn, at_zero, 1000)[0] == 0
        landed, loss = cosine_network(grid, at_zero, 1000)
        assert landed == 16, "all units, once, at x = 0"
        assert cosine_network(grid, at_zero, 1)[0] == 16
        assert loss < 0.01 * at_first


def test_on_the_kink_the_choice_is_felt_but_hardly() -> None:
    """Otherwise the experiment would show nothing: the three runs on the grid do differ."""
    losses = [cosine_network(np.linspace(-1, 1, 21), at_zero, 100)[1] for at_zero in (0.0, 0.5, 1.0)]
    assert len(set(losses)) == 3
    assert max(losses) < 1.2 * min(losses)


# --- dead units ----------------------------------------------------------------------------------------------

X = np.linspace(-1, 1, 41)


def learn(w: np.ndarray, b: np.ndarray, alpha: float, rate: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    """Let each unit alone become ReLU, by 500 steps; `alpha` is the slope left of 0."""
    for _ in range(500):
        z = X[:, None] * w + b
        slope = np.where(z > 0, 1.0, alpha)
        g = (slope * z - relu(X)[:, None]) * slope / len(X)
        w, b = w - rate * (X @ g), b - rate * g.sum(axis=0)
    return w, b


def never_positive(w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.all(X[:, None] * w + b <= 0, axis=0)


def test_a_dead_unit_stays_as_it_is_to_the_last_bit_and_a_leaky_one_comes_back() -> None:
    w, b = np.array([0.8]), np.array([-1.5])
    assert never_positive(w, b).all()
    assert learn(w, b, alpha=0.0) == (w, b)
    new_w, new_b = learn(w, b, alpha=0.1)
    assert not never_positive(new_w, new_b).any()
    assert new_w == pytest.approx(1, abs=0.1)
    assert new_b == pytest.approx(0, abs=0.1)


WEIGHTS = np.random.default_rng(0).normal(size=200)


def test_the_lower_the_bias_the_more_are_dead_and_relu_revives_none() -> None:
    dead = []
    for bias in (0.0, -0.5, -1.0, -1.5, -2.0, -3.0):
        b = np.full(200, bias)
        before, after = never_positive(WEIGHTS, b), never_positive(*learn(WEIGHTS, b, alpha=0.0))
        np.testing.assert_array_equal(before, after)
        assert not never_positive(*learn(WEIGHTS, b, alpha=0.1)).any()
        dead.append(float(after.mean()))
    assert dead == sorted(dead)
    assert dead[0] == 0
    assert dead[-1] > 0.95


def test_the_larger_the_learning_rate_the_more_die_and_none_with_a_leak() -> None:
    b = np.full(200, 0.5)
    assert not never_positive(WEIGHTS, b).any()
    rates = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
    dead = [float(never_positive(*learn(WEIGHTS, b, 0.0, rate)).mean()) for rate in rates]
    assert dead == sorted(dead)
    assert dead[0] == 0
    assert dead[-1] > 0.5
    assert not any(never_positive(*learn(WEIGHTS, b, 0.1, rate)).any() for rate in rates)


def test_a_saturated_sigmoid_unit_comes_back_and_a_dead_one_does_not() -> None:
    """What the last question says of the two: slow is not still."""
    b = -5.0
    for _ in range(1000):
        s = 1 / (1 + np.exp(-b))
        b -= (s - 1) * s * (1 - s)
    assert 1 / (1 + np.exp(-b)) > 0.9
    w, still = learn(np.array([0.1]), np.array([-5.0]), alpha=0.0)
    assert (w, still) == (0.1, -5.0)


SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_layer_the_leak_helps_though_most_units_stay_negative(seed: int) -> None:
    """What the learner reads off the explorer in the first task, on digits that the network has not seen."""
    without, leaky = (train(*digits(), bias=-1.0, rate=1.0, slope=slope, seed=seed) for slope in (0.0, 0.1))
    assert without.negative[0] > 0.5
    assert without.negative[-1] >= without.negative[0]
    assert np.all(without.share == 0)
    first, last = leaky.active[0] == 0, leaky.active[-1] == 0
    assert np.mean(last[first]) > 0.5, "of those that were negative at first most still are"
    assert leaky.share.min() > 0.05
    new = other_digits()
    assert 0.55 < without.accuracy(*new) < leaky.accuracy(*new)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_large_rate_kills_many_units_and_the_living_do_the_work(seed: int) -> None:
    """The second task: at 5 the score is hardly lower, at 15 it falls towards a guess; the first steps kill."""
    new = other_digits()
    calm, large, huge = (train(*digits(), bias=0.5, rate=rate, seed=seed) for rate in (1.0, 5.0, 15.0))
    assert calm.negative[-1] == calm.negative[0] == 0
    assert large.negative[-1] > 0.4
    assert large.negative[20] > 0.75 * large.negative[-1]
    assert large.accuracy(*new) > calm.accuracy(*new) - 0.05
    assert huge.negative[-1] >= 0.8
    assert huge.accuracy(*new) < calm.accuracy(*new) - 0.1


def test_guessing_tells_about_half_of_the_new_digits() -> None:
    """Right answers must mean something: both answers are about as frequent."""
    assert 0.45 < other_digits()[1].mean() < 0.55
