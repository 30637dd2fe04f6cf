"""What lesson 08 claims of units and layers that learn, trained anew; each test fails where the effect is absent."""

from functools import cache
from math import e, erf, log, pi, sqrt

import numpy as np
import pytest
from sklearn.datasets import load_digits
from threadpoolctl import threadpool_limits

from course_lib import ACTIVATIONS, finite_difference
from course_lib.explorers.question import questions


def sigma(x):
    return np.exp(-np.logaddexp(0, -x))


def share(x):
    return np.vectorize(lambda v: (1 + erf(v / sqrt(2))) / 2)(x)


PLAIN = {
    "relu": (lambda x: np.where(x > 0, x, 0.0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "tanh": (np.tanh, lambda x: 1 / np.cosh(x) ** 2),
    "elu": (lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1), lambda x: np.exp(np.minimum(x, 0))),
    "softplus": (lambda x: np.logaddexp(0, x), sigma),
    "silu": (lambda x: x * sigma(x), lambda x: sigma(x) + x * sigma(x) * sigma(-x)),
    "gelu": (lambda x: x * share(x), lambda x: share(x) + x * np.exp(-(x**2) / 2) / sqrt(2 * pi)),
}


@pytest.mark.parametrize("name", [name for name in PLAIN if name != "relu"])
def test_the_slopes_used_here_are_slopes(name):
    f, slope = PLAIN[name]
    x = np.array([-3.3, -0.4, 0.7, 2.6])
    np.testing.assert_allclose(slope(x), finite_difference.central(f, x), atol=1e-9)


# --- a unit that walks away ----------------------------------------------------------------------------------------

WHICH_WAY = next(option for option in questions()["08_smooth_and_gated/use_which_way"].options if option.right)


def walk(name, b, rate=0.5, steps=100):
    f, slope = PLAIN[name]
    places = [b]
    for _ in range(steps):
        b = b - rate * float((f(b) - 1) * slope(b))
        places.append(b)
    return np.array(places)


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
def test_left_of_its_dip_a_unit_walks_away_and_monotonic_ones_arrive(rate):
    for name in ("elu", "softplus"):
        places = walk(name, -3.0, rate, steps=1000)
        assert np.all(np.diff(places) >= -1e-12)
        assert float(PLAIN[name][0](places[-1])) > 0.99
    assert np.all(walk("relu", -3.0, rate, steps=1000) == -3.0)
    for name in ("silu", "gelu"):
        places = walk(name, -3.0, rate, steps=1000)
        assert np.all(np.diff(places) < 0)
        assert places[-1] < -3.3
    assert WHICH_WAY.value == np.sign(walk("silu", -3.0, rate, steps=1)[1] + 3.0)


def test_within_the_hundred_steps_of_the_figure_two_arrive():
    assert [float(PLAIN[name][0](walk(name, -3.0)[-1])) > 0.99 for name in ("elu", "softplus")] == [True, True]


def test_where_elu_and_softplus_are_1():
    for name, place in (("elu", 1.0), ("softplus", log(e - 1))):
        assert float(PLAIN[name][0](place)) == pytest.approx(1)
        assert walk(name, -3.0)[-1] == pytest.approx(place, abs=0.02)
    assert round(log(e - 1), 2) == 0.54


def test_right_of_the_dip_a_unit_comes_back():
    assert float(PLAIN["silu"][0](walk("silu", -1.0)[-1])) > 0.99
    assert walk("silu", -1.5)[-1] < -1.5
    assert walk("gelu", -1.0)[-1] < -1.0, "its dip lies farther right"


# --- use: a layer that starts nearly dead -------------------------------------------------------------------------

DIGITS = load_digits()
INK = DIGITS.data / 16 - (DIGITS.data / 16)[:500].mean(axis=0)
NAMES = ("relu", "tanh", "elu", "softplus", "silu", "gelu")


@cache
def trained(name, bias, seed):
    """Return the share of new digits that is told right, and the share of units that is negative for every digit."""
    with threadpool_limits(1):  # in so small products several threads wait longer than they compute
        return train(name, bias, seed)


def train(name, bias, seed):
    f, slope = ACTIVATIONS[name].f, ACTIVATIONS[name].derivative  # the plain GELU above is too slow here
    rng = np.random.default_rng(seed)
    w, v = rng.normal(0, sqrt(2 / 64), (64, 32)), rng.normal(0, sqrt(2 / 32), (32, 10))
    b, c = np.full(32, bias), np.zeros(10)
    labels = np.eye(10)[DIGITS.target[:500]]
    for _ in range(150):
        z = INK[:500] @ w + b
        a = f(z)
        scores = np.exp(a @ v + c)
        error = (scores / scores.sum(axis=1, keepdims=True) - labels) / 500
        back = error @ v.T * slope(z)
        v, c = v - 0.5 * a.T @ error, c - 0.5 * error.sum(axis=0)
        w, b = w - 0.5 * INK[:500].T @ back, b - 0.5 * back.sum(axis=0)
    told = (f(INK[500:] @ w + b) @ v + c).argmax(axis=1)
    return np.mean(told == DIGITS.target[500:]), np.mean((INK[:500] @ w + b).max(axis=0) <= 0)


@pytest.mark.parametrize("seeds", [(0, 1, 2), (3, 4, 5)], ids=str)
def test_from_0_the_choice_makes_no_more_difference_than_the_random_start(seeds):
    scores = np.array([[trained(name, 0.0, seed)[0] for seed in seeds] for name in NAMES])
    assert scores.min() > 0.85
    assert np.ptp(scores.mean(axis=1)) < np.ptp(scores, axis=1).max()


@pytest.mark.parametrize("seed", range(6))
def test_from_minus_2_relu_guesses_and_all_others_learn(seed):
    told, negative = trained("relu", -2.0, seed)
    assert told < 0.25
    assert negative > 0.9
    for name in NAMES[1:]:
        told, negative = trained(name, -2.0, seed)
        assert told > 0.55, name
        if name in ("silu", "gelu"):
            assert negative > 0.8, "most of its units stay negative, and learn all the same"
            assert all(told < trained(other, -2.0, seed)[0] for other in ("tanh", "elu", "softplus"))


# --- thirty layers -------------------------------------------------------------------------------------------------


def selu(x):
    return 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("mean", "spread"), [(0.5, 3.0), (-0.5, 0.5)])
def test_thirty_layers_of_selu_keep_the_spread_and_of_relu_lose_it(seed, mean, spread):
    ends = {}
    for name, f in (("selu", selu), ("relu", lambda x: np.maximum(x, 0))):
        rng = np.random.default_rng(seed)
        a = rng.normal(mean, spread, (500, 200))
        for _ in range(30):
            a = f(a @ rng.normal(0, sqrt(1 / 200), (200, 200)))
        ends[name] = a.mean(), a.std()
    assert abs(ends["selu"][0]) < 0.15
    assert 0.75 < ends["selu"][1] < 1.25
    assert max(ends["relu"]) < 0.001
