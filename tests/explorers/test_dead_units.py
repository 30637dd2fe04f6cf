"""Dead units: the training, the claims that lesson 05 makes with it, and the experiment around it."""

from itertools import pairwise

import numpy as np
import pytest
import threadpoolctl

from course_lib import finite_difference
from course_lib.activations.registry import CourseError
from course_lib.explorers.dead_units import Run, dead_units, digits, other_digits, train

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
        assert np.all(np.diff(run.negative) >= 0)
        assert np.all(run.share == 0)
        assert np.all(run.gradient[run.active == 0] == 0)
        calm = train(*data, bias=bias, rate=1.0)
        assert np.array_equal(calm.gradient == 0, calm.active == 0), "0 for the dead, and only for them"


def test_with_a_leak_a_unit_negative_for_every_digit_has_a_gradient(data):
    for slope in (0.01, 0.1):
        run = train(*data, bias=-1.0, rate=1.0, slope=slope)
        silent = run.active == 0
        assert np.all(silent.any(axis=1))
        assert np.all(run.gradient[silent] > 0)
        assert np.all((run.share > 0) & (run.share < 1))


def test_the_size_of_the_gradient_is_that_of_the_steps(data):
    before, after = (train(*data, bias=-1.0, rate=0.5, slope=0.1, steps=steps) for steps in (3, 4))
    moved = sum(
        np.abs(np.atleast_2d(b - a)).sum(axis=0) for a, b in zip(before.weights[:2], after.weights[:2], strict=True)
    )
    np.testing.assert_allclose(before.gradient[3], moved / 0.5, rtol=1e-9)
    np.testing.assert_array_equal(after.gradient[:4], before.gradient)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_negative_bias_kills_before_training(data, seed):
    """Half of the units and more at -1; at -2 all, and then no learning rate helps: the network guesses."""
    assert train(*data, bias=0.0, seed=seed).negative.max() == 0
    assert train(*data, bias=-1.0, seed=seed, steps=0).negative[0] > 0.5
    for rate in (0.3, 1.0, 10.0):
        run = train(*data, bias=-2.0, rate=rate, seed=seed)
        assert run.negative[-1] == 1
        assert run.accuracy(*data) == pytest.approx(max(data[1].mean(), 1 - data[1].mean()))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_large_rate_kills_units_that_were_alive(data, seed):
    """In the middle of the slider, which goes from 0.3 to 30."""
    for bias, harmless, deadly in ((0.0, 5.0, 10.0), (0.5, 3.0, 5.0), (1.0, 1.0, 5.0)):
        assert train(*data, bias=bias, rate=harmless, seed=seed).negative[-1] == 0
        assert train(*data, bias=bias, rate=deadly, seed=seed).negative[-1] > 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_a_leak_brings_units_back(data, seed):
    """With slope 0.1 left of 0 a layer that was all dead learns; 0.01 is too little for so few steps."""
    relu, small, leaky = (train(*data, bias=-2.0, rate=10.0, slope=slope, seed=seed) for slope in (0.0, 0.01, 0.1))
    assert relu.negative[0] == small.negative[0] == leaky.negative[0] == 1
    assert leaky.negative[-1] < 0.2
    assert leaky.accuracy(*other_digits()) > 0.75
    assert small.negative[-1] > 0.8
    assert relu.accuracy(*other_digits()) < 0.55


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


def test_shares_are_of_units_that_are_positive_for_no_sample():
    weights = (np.ones((1, 2)), np.zeros(2), np.ones(2), -1.0)
    run = Run(
        np.array([[0.0, 1e-9], [0.0, 0.0], [0.5, 1.0]]), np.array([[1.0, 3.0], [0.0, 0.0], [2.0, 2.0]]), weights, 0.1
    )
    np.testing.assert_array_equal(run.negative, [0.5, 1, 0])
    np.testing.assert_array_equal(run.share, [0.25, 0, 0])


def test_the_accuracy_uses_the_activation_that_was_trained():
    X, y = np.array([[-8.0], [1.0]]), np.array([1.0, 1.0])
    weights = (np.array([[1.0]]), np.zeros(1), np.array([-1.0]), -0.5)
    assert Run(np.ones((1, 1)), np.ones((1, 1)), weights, 0.1).accuracy(X, y) == 0.5
    assert Run(np.ones((1, 1)), np.ones((1, 1)), weights, 0.0).accuracy(X, y) == 0


def test_positive_for_no_sample_means_not_above_0():
    X, y = np.array([[0.0], [0.0]]), np.array([0.0, 1.0])
    assert train(X, y, bias=0.0, units=3, steps=0).negative == 1
    assert train(X, y, bias=1e-9, units=3, steps=0).negative == 0


def test_the_digits_are_centred(data):
    X, y = data
    assert X.shape == (200, 64)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-12)
    assert np.ptp(X, axis=0).max() == 1
    assert set(y) == {0.0, 1.0}
    assert 0.4 < y.mean() < 0.6


def test_the_new_digits_are_the_others_less_the_same_mean(data):
    from sklearn.datasets import load_digits

    ink, (X, y), (new, answers) = load_digits().data / 16, data, other_digits()
    np.testing.assert_allclose(np.diff(np.vstack([X, new]), axis=0), np.diff(ink, axis=0), atol=1e-12)
    np.testing.assert_array_equal(np.append(y, answers), load_digits().target >= 5)


def percent(share):
    return f"{100 * share:#.3g}".rstrip(".") + " %"


def test_numbers_are_those_of_the_training(data):
    experiment = dead_units(bias=-1.0)
    frame = experiment.frame
    experiment.slope, experiment.rate = 0.1, 10.0
    assert experiment.frame != frame
    run = train(*data, bias=-1.0, rate=10.0, slope=0.1)
    silent = run.active == 0
    first, last = np.sum(silent[0]), np.sum(silent[-1])
    back = np.sum(silent[0] & ~silent[-1])
    assert back > 0
    theirs = run.gradient[:-1][silent[:-1]].sum() / run.gradient[:-1].sum()
    new, answers = other_digits()
    assert experiment.readout == (
        f"Units negative for every digit: {first} of 50 at first, {last} after 100 steps "
        f"({np.sum(~silent[0] & silent[-1])} new, {back} came back); they got {percent(theirs)} of the gradient, so "
        f"none is dead. Told right: {percent(run.accuracy(*data))} of the 200 digits it learnt from, "
        f"{percent(run.accuracy(new, answers))} of {len(new)} new ones (guessing: {percent(1 - answers.mean())})."
    )
    assert [row[:2] for row in experiment.table["rows"]] == [
        [str(i), str(np.sum(silent[i]))] for i in range(0, 101, 10)
    ]
    assert [row[2] for row in experiment.table["rows"]] == [
        percent(run.share[i]) if run.share[i] else "0 %" for i in range(0, 101, 10)
    ]
    assert str(experiment) == f"{experiment.note}\n{experiment.alt}\n{experiment.readout}"
    assert "200 handwritten digits" in experiment.note
    assert f"{len(new)} new digits" in experiment.note


@pytest.mark.parametrize("bias", [-1.0, 0.5, -2.0])
def test_dead_is_said_of_relu_alone(bias):
    experiment = dead_units(bias=bias, rate=10.0)
    assert experiment.readout.startswith("Dead units: ")
    assert "they got 0 % of the gradient. " in experiment.readout
    assert experiment.table["head"][1] == "dead units"
    assert {row[2] for row in experiment.table["rows"]} == {"0 %"}
    assert "hatched where it is dead" in experiment.alt
    for slope in (0.01, 0.1):
        experiment.slope = slope
        assert experiment.readout.lower().count("dead") == experiment.readout.count("so none is dead") == 1
        assert experiment.table["head"][1] == "units negative for every digit"
        assert "dead" not in experiment.alt
        assert "dotted where it is negative for every digit" in experiment.alt


def pixels(experiment):
    """What the picture shows, as an array."""
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(experiment.frame)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_the_ground_and_the_titles_tell_dead_from_negative():
    """With all 50 units negative from the first step to the last the rows are all ground."""
    dead = dead_units(bias=-2.0, rate=0.3)
    leaky = dead_units(bias=-2.0, rate=0.3, slope=0.01)
    assert "50 of 50 at first, 50 after" in dead.readout
    assert "50 of 50 at first, 50 after" in leaky.readout
    one, other = pixels(dead), pixels(leaky)
    height, width = one.shape[:2]
    for side in (slice(width // 2), slice(width // 2, width)):
        assert np.any(one[: height // 20, side] != other[: height // 20, side]), "the titles"
    ground = slice(height // 6, height // 2), slice(width * 3 // 5, width * 4 // 5)
    hatching, dots = (np.all(picture[ground] < 128, axis=-1) for picture in (one, other))
    assert np.any(hatching & ~dots)
    assert np.any(dots & ~hatching)
    dead.slope = 0.01
    assert np.array_equal(pixels(dead), other), "nothing is left of the picture before"


def test_another_seed_is_another_run():
    assert dead_units(bias=-1.0, seed=1).readout != dead_units(bias=-1.0).readout


def test_where_no_unit_is_ever_negative_for_every_digit_nothing_is_said_of_them():
    experiment = dead_units()
    assert experiment.readout.startswith("Dead units: 0 of 50 at first, 0 after 100 steps. Told right")
    experiment.slope = 0.1
    assert "0 of 50 at first, 0 after 100 steps (0 new, 0 came back). Told right" in experiment.readout


def test_a_layer_of_only_dead_units_can_be_drawn():
    experiment = dead_units(bias=-2.0)
    assert "50 of 50 at first, 50 after 100 steps" in experiment.readout
    assert {row[3] for row in experiment.table["rows"]} == {"no other unit"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"bias": 2}, "bias must lie between -2 and 1, but it is 2."),
        ({"rate": 0}, "rate must lie between 0.3 and 30, but it is 0."),
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
