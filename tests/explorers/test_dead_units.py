"""Dead units: the training, the claims that lesson 05 makes with it, and the experiment around it."""

from itertools import pairwise

import numpy as np
import pytest
import threadpoolctl

from course_lib import finite_difference
from course_lib.activations.registry import CourseError
from course_lib.explorers.dead_units import dead_fraction, dead_units, digits, train

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def data():
    return digits()


def loss(X, y, parameters, slope, units):
    """The mean logistic loss, written once more without the course's code."""
    n = X.shape[1]
    W, b, w, c = np.split(parameters, np.cumsum([n * units, units, units]))
    Z = X @ W.reshape(n, units) + b
    score = np.where(Z > 0, Z, slope * Z) @ w + c
    return float(np.mean(np.log1p(np.exp(-np.abs(score))) + np.maximum(score, 0) - y * score))


@pytest.mark.parametrize("slope", [0.0, 0.1])
def test_each_step_goes_down_the_gradient_of_the_loss(slope):
    random = np.random.default_rng(5)
    X, y = random.normal(size=(7, 3)), np.array([0, 1, 1, 0, 1, 0, 0.0])
    paths = [train(X, y, bias=0.2, rate=0.7, slope=slope, units=4, steps=steps, seed=1).weights for steps in range(4)]
    flat = [np.concatenate([np.ravel(part) for part in weights]) for weights in paths]
    for before, after in pairwise(flat):
        gradient = finite_difference.gradient(lambda p: loss(X, y, p, slope, 4), before)
        np.testing.assert_allclose(after, before - 0.7 * gradient, atol=1e-8)


def test_a_dead_unit_is_left_exactly_as_it_was(data):
    first, last = (train(*data, bias=-1.0, rate=3.0, steps=steps) for steps in (0, 100))
    dead = first.active[0] == 0
    assert 10 < dead.sum() < 50
    for before, after in zip(first.weights[:3], last.weights[:3], strict=True):
        assert np.array_equal(before[..., dead], after[..., dead])
        assert not np.array_equal(before[..., ~dead], after[..., ~dead])
    assert np.all(last.active[:, dead] == 0)


def test_with_relu_the_dead_stay_dead(data):
    for bias in (-1.0, 0.0, 1.0):
        run = train(*data, bias=bias, rate=10.0)
        assert np.all(np.diff(run.dead) >= 0)
        np.testing.assert_allclose(run.dead, np.mean(run.active == 0, axis=1))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_negative_bias_kills_before_training(data, seed):
    """Half of the units and more at -1; at -2 all, and then no learning rate helps: the network guesses."""
    assert train(*data, bias=0.0, seed=seed).dead.max() == 0
    assert train(*data, bias=-1.0, seed=seed, steps=0).dead[0] > 0.5
    for rate in (0.1, 1.0, 10.0):
        run = train(*data, bias=-2.0, rate=rate, seed=seed)
        assert run.dead[-1] == 1
        assert run.accuracy == pytest.approx(max(data[1].mean(), 1 - data[1].mean()))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_large_rate_kills_units_that_were_alive(data, seed):
    for rate in (0.1, 0.3, 1.0):
        assert train(*data, bias=1.0, rate=rate, seed=seed).dead[-1] == 0
    assert train(*data, bias=0.0, rate=10.0, seed=seed).dead[-1] > 0.3
    assert train(*data, bias=1.0, rate=10.0, seed=seed).dead[-1] > 0.7


@pytest.mark.parametrize("seed", SEEDS)
def test_a_leak_brings_units_back(data, seed):
    """With slope 0.1 left of 0 a layer that was all dead learns; 0.01 is too little for so few steps."""
    relu, small, leaky = (train(*data, bias=-2.0, rate=10.0, slope=slope, seed=seed) for slope in (0.0, 0.01, 0.1))
    assert relu.dead[0] == small.dead[0] == leaky.dead[0] == 1
    assert leaky.dead[-1] < 0.2
    assert leaky.accuracy > 0.95
    assert small.dead[-1] > 0.8
    assert relu.accuracy < 0.6


def test_one_thread_is_enough_for_small_products(data):
    """Several would wait for each other: on a busy computer that made a picture twenty times as slow."""
    pools = threadpoolctl.ThreadpoolController().select(user_api="blas")
    seen = []

    class Watched(np.ndarray):
        def __matmul__(self, other):
            seen.extend(pool["num_threads"] for pool in pools.info())
            return np.asarray(self) @ np.asarray(other)

    train(data[0].view(Watched), data[1], steps=1)
    assert min(seen) == 1, "numpy's own; scipy's may be loaded later"


def test_dead_means_positive_for_none():
    Z = np.array([[1.0, -1.0, 0.0, -2.0], [-1.0, -3.0, 0.0, 1e-9]])
    assert dead_fraction(Z) == 0.5
    assert dead_fraction(np.ones((1, 1))) == 0
    assert dead_fraction(np.zeros((1, 1))) == 1


def test_the_digits_are_centred(data):
    X, y = data
    assert X.shape == (200, 64)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-12)
    assert np.ptp(X, axis=0).max() == 1
    assert set(y) == {0.0, 1.0}
    assert 0.4 < y.mean() < 0.6


def test_numbers_are_those_of_the_training(data):
    experiment = dead_units(bias=-1.0)
    frame = experiment.frame
    experiment.slope, experiment.rate = 0.1, 10.0
    assert experiment.frame != frame
    alive = train(*data, bias=-1.0, rate=10.0, slope=0.1).active > 0
    first, last = np.sum(~alive[0]), np.sum(~alive[-1])
    assert experiment.readout.startswith(f"dead of 50 units: {first} at first, {last} after 100 steps")
    revived = np.sum(~alive[0] & alive[-1])
    assert f"{revived} came back to life" in experiment.readout
    assert [row[:2] for row in experiment.table["rows"]] == [
        [str(i), str(np.sum(~alive[i]))] for i in range(0, 101, 10)
    ]
    assert str(experiment) == f"{experiment.note}\n{experiment.alt}\n{experiment.readout}"


def test_another_seed_is_another_run():
    assert dead_units(bias=-1.0, seed=1).readout != dead_units(bias=-1.0).readout


def test_a_layer_of_only_dead_units_can_be_drawn():
    experiment = dead_units(bias=-2.0)
    assert "50 at first, 50 after 100 steps" in experiment.readout
    assert {row[2] for row in experiment.table["rows"]} == {"no live unit"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"bias": 2}, "bias must lie between -2 and 1, but it is 2."),
        ({"rate": 0}, "rate must lie between 0.01 and 10, but it is 0."),
        ({"slope": 0.5}, "slope must be one of 0, 0.01, 0.1, but it is 0.5."),
        ({"slope": "leaky"}, "slope must be a number, not 'leaky'."),
        ({"seed": -1}, "seed must be a whole number, 0 or larger, but it is -1."),
        ({"seed": 1.5}, "seed must be a whole number, 0 or larger, but it is 1.5."),
        ({"seed": True}, "seed must be a whole number, 0 or larger, but it is True."),
    ],
)
def test_what_is_out_of_range_is_one_sentence(arguments, sentence):
    with pytest.raises(CourseError) as caught:
        dead_units(**arguments)
    assert str(caught.value) == sentence


def test_a_wrong_choice_of_the_browser_becomes_a_sentence():
    experiment = dead_units()
    experiment.set_state({"slope": 0.3})
    assert experiment.problem == "slope must be one of 0, 0.01, 0.1, but it is 0.3."
    assert experiment.slope == 0
