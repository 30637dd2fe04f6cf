"""Experiments: the training itself, the canvas that draws it, and the widget around both."""

from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from course_lib import explore, finite_difference
from course_lib.activations.registry import CourseError
from course_lib.explorers.canvas import Canvas
from course_lib.explorers.experiment import Control
from course_lib.explorers.figure import new_figure
from course_lib.explorers.logistic import accuracy, breast_cancer, descend
from course_lib.losses import logistic_loss


def pixels(png):
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"), dtype=int)


@pytest.fixture(scope="module")
def tumours():
    return breast_cancer()


def test_each_step_goes_down_the_gradient_of_the_loss(tumours):
    X, y = tumours
    path = descend(X, y, rate=0.5, steps=3)
    assert path.shape == (4, 3)
    assert np.all(path[0] == 0)
    for before, after in pairwise(path):
        slope = finite_difference.gradient(lambda w: float(logistic_loss(X, y, w)), before)
        np.testing.assert_allclose(after, before - 0.5 * slope, atol=1e-9)


def test_features_are_standardised(tumours):
    X, y = tumours
    np.testing.assert_allclose(X.mean(axis=0), [0, 0, 1], atol=1e-12)
    np.testing.assert_allclose(X.std(axis=0), [1, 1, 0], atol=1e-12)
    assert set(y) == {0.0, 1.0}
    assert X.shape == (569, 3)


def test_the_claim_of_the_lesson_about_features(tumours):
    """Standardised features are learnt, raw ones are not: the same rate and steps."""
    raw = breast_cancer(standardise=False)
    learnt, not_learnt = (accuracy(*data, descend(*data, rate=0.1, steps=100)[-1]) for data in (tumours, raw))
    assert learnt > 0.88
    assert not_learnt < 0.7


def test_the_rate_matters(tumours):
    """Too small crawls, too large never settles."""
    losses = {rate: logistic_loss(*tumours, descend(*tumours, rate, 100)) for rate in (0.01, 1.0, 100.0)}
    assert losses[1.0][-1] < losses[0.01][-1] - 0.1
    assert losses[1.0][-1] < losses[100.0][-1] - 0.1
    assert np.all(np.diff(losses[0.01]) < 0)
    assert np.any(np.diff(losses[100.0][-20:]) > 0)


def test_loss_of_many_weights_is_the_loss_of_each(tumours):
    path = descend(*tumours, 1.0, 4)
    np.testing.assert_allclose(logistic_loss(*tumours, path), [logistic_loss(*tumours, w) for w in path])
    assert logistic_loss(*tumours, path)[0] == pytest.approx(np.log(2))


def moving_line():
    figure, (axes,) = new_figure()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    (line,) = axes.plot([0, 1], [0, 0.2])
    return Canvas(figure, [line]), line


def test_partly_drawn_is_like_drawn_anew():
    canvas, line = moving_line()
    first = canvas.png()
    line.set_ydata([1, 0.5])
    moved = canvas.png()
    fresh, same_line = moving_line()
    same_line.set_ydata([1, 0.5])
    assert np.array_equal(pixels(moved), pixels(fresh.png())), "no trace of the first position is left"
    assert not np.array_equal(pixels(moved), pixels(first))


def test_a_still_between_two_pictures_changes_nothing():
    canvas, _ = moving_line()
    before = canvas.png()
    still = canvas.still()
    assert pixels(still).shape[1] == pytest.approx(1.5 * pixels(before).shape[1], abs=2)
    assert canvas.png() == before


def test_the_rate_redraws_the_picture_and_its_words(tumours):
    experiment = explore.logistic_regression(rate=0.1)
    frame, alt = experiment.frame, experiment.alt
    experiment.rate = 1.0
    assert experiment.frame != frame
    assert experiment.alt != alt
    final = logistic_loss(*tumours, descend(*tumours, 1.0, 100))[-1]
    share = accuracy(*tumours, descend(*tumours, 1.0, 100)[-1])
    assert experiment.readout == f"learning rate 1.00: after 100 steps loss {final:.3f}, accuracy {share:.3f}"
    assert experiment.table["rows"][0] == ["0", "0.693"]
    assert experiment.table["rows"][-1] == ["100", f"{final:.3f}"]


def test_a_still_leaves_the_live_picture_alone():
    shown, untouched = explore.logistic_regression(rate=0.1), explore.logistic_regression(rate=0.1)
    shown.still()
    for experiment in (shown, untouched):
        experiment.rate = 3.0
    assert np.array_equal(pixels(shown.frame), pixels(untouched.frame))


@pytest.mark.parametrize("rate", [0, -1, 1e9, float("nan"), "fast"])
def test_a_rate_out_of_range_is_one_sentence(rate):
    with pytest.raises(CourseError, match="rate must"):
        explore.logistic_regression(rate=rate)
    experiment = explore.logistic_regression()
    with pytest.raises(CourseError, match="rate must"):
        experiment.rate = rate
    assert experiment.rate == 0.1


@pytest.mark.parametrize("steps", [3, 10.5, "a", None, True])
def test_what_is_no_number_of_steps_is_one_sentence(steps):
    with pytest.raises(CourseError, match="steps must be a whole number of at least 10, but it is"):
        explore.logistic_regression(steps=steps)


@pytest.mark.parametrize(("step", "decimals"), [(0.02, 2), (0.1, 1), (0.5, 1), (1, 0), (20, 0), (2e-9, 9)])
def test_decimals_of_a_slider(step, decimals):
    assert Control("rate", "rate", 0, 1, 0.5, step).decimals == decimals
    assert float(f"{step:.{decimals}f}") == step
