"""The loss surface in Python: its numbers against exact ones, its traits, its still and its words."""

import doctest
import io
import re
import sys

import mpmath
import numpy as np
import pytest
from PIL import Image

from course_lib.activations.registry import CourseError
from course_lib.explorers.loss_surface import loss_surface

mpmath.mp.dps = 40


def exact(z1, z2, y):
    """Probabilities, loss and gradient by the definition, with 40 digits."""
    e = [mpmath.exp(mpmath.mpf(z)) for z in (z1, z2)]
    p = [entry / sum(e) for entry in e]
    label = [mpmath.mpf(y), 1 - mpmath.mpf(y)]
    loss = -sum(weight * mpmath.log(chance) for weight, chance in zip(label, p, strict=True))
    gradient = [chance - weight for weight, chance in zip(label, p, strict=True)]
    return [float(v) for v in p], float(loss), [float(v) for v in gradient]


def numbers(text):
    return [float(word) for word in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text.replace("−", "-"))]


@pytest.mark.parametrize(
    ("logits", "y"), [((1.0, -1.0), 1.0), ((-6.0, 6.0), 1.0), ((6.0, -6.0), 1.0), ((0.3, 2.5), 0.25), ((-2.0, -2.0), 0)]
)
def test_words_say_the_exact_numbers(logits, y):
    explorer = loss_surface(logits, y=y)
    p, loss, gradient = exact(*logits, y)
    assert explorer.p == pytest.approx(p, rel=1e-14)
    assert explorer.loss == pytest.approx(loss, rel=1e-14)
    assert explorer.gradient == pytest.approx(gradient, rel=1e-9)
    shown = re.search(r"p = \((.*?)\), loss (.*?) nats, gradient \((.*?)\)\.", str(explorer))
    for text, expected in zip(shown.groups(), (p, [loss], gradient), strict=True):
        assert numbers(text) == pytest.approx(expected, rel=5e-3)


def test_the_table_holds_the_loss_of_each_class_at_all_positions():
    explorer = loss_surface()
    n = explorer.setting["count"]
    losses = np.frombuffer(explorer.losses).reshape(2, n, n)
    z = np.linspace(-8, 8, n)
    assert z[1] - z[0] == pytest.approx(explorer.setting["controls"]["z1"]["step"])
    for i, j in ((0, 0), (0, n - 1), (n - 1, 0), (70, 13), (61, 60)):
        for y in (1.0, 0.0, 0.3):
            mixed = y * losses[0, i, j] + (1 - y) * losses[1, i, j]
            assert mixed == pytest.approx(exact(z[i], z[j], y)[1], rel=1e-12)


def test_a_shift_of_both_logits_changes_nothing():
    explorer = loss_surface((1.0, -1.0), y=0.7)
    before = explorer.loss, *explorer.gradient
    explorer.z1, explorer.z2 = 5.0, 3.0
    assert (explorer.loss, *explorer.gradient) == pytest.approx(before)


@pytest.mark.parametrize(("y", "logits"), [(0.01, (-2.3, 2.3)), (0.3, (0.2, 1.0)), (0.5, (-3, -3)), (0.9, (2.2, 0))])
def test_the_valley_that_the_words_name_is_the_lowest_line(y, logits):
    explorer = loss_surface(logits, y=y)
    place, least = numbers(re.search(r"lowest on the line (.*) nats", str(explorer))[1])
    losses = np.frombuffer(explorer.losses).reshape(2, 161, 161)
    surface = y * losses[0] + (1 - y) * losses[1]
    i, j = np.unravel_index(np.argmin(surface), surface.shape)
    assert (i - j) * 0.1 == pytest.approx(place, abs=0.06)
    assert surface.min() == pytest.approx(least, rel=5e-3)
    assert least == pytest.approx(exact(place, 0, y)[1], rel=5e-3)


@pytest.mark.parametrize(
    ("y", "logits"), [(0.9, (0, 0)), (0.9, (1.0, -1.0)), (0.9, (2.3, 0)), (1, (6, -6)), (0, (-6, 6)), (1, (0, 0))]
)
def test_neither_words_nor_still_give_away_where_the_loss_is_lowest(y, logits):
    explorer = loss_surface(logits, y=y)
    assert "lowest" not in str(explorer)
    assert "2.20" not in str(explorer)
    assert "for ever" not in str(explorer)


def test_the_still_has_the_dashed_line_only_where_the_point_is_on_it():
    """Ink along the line z1 - z2 = 2.2 of the map, far from the point."""

    def dark(z1):
        image = picture(loss_surface((z1, 0.0), y=0.9)).sum(axis=2)
        return int(np.sum(image[:, : image.shape[1] // 2] < 150))

    assert dark(2.2) > dark(2.4) + 300


def test_the_example_of_its_docstring():
    module = sys.modules[loss_surface.__module__]
    assert doctest.testmod(module).attempted == 1
    assert doctest.testmod(module).failed == 0


def test_numpy_whole_numbers_and_values_between_the_steps_are_welcome():
    explorer = loss_surface(np.array([2, -3]), y=np.float32(0.5))
    assert (explorer.z1, explorer.z2, explorer.y) == (2.0, -3.0, 0.5)
    explorer.z1, explorer.z2, explorer.y = 0.26, -1, 0.123
    assert (explorer.z1, explorer.z2, explorer.y) == (0.3, -1.0, 0.12)
    assert all(type(value) is float for value in (explorer.z1, explorer.z2, explorer.y))


def test_the_browser_sets_the_state():
    explorer = loss_surface()
    heard = []
    explorer.observe(lambda change: heard.append(change.new), "z1")
    explorer.set_state({"z1": 3.5, "y": 0.25})
    assert heard == [3.5]
    assert (explorer.z1, explorer.y, explorer.problem) == (3.5, 0.25, "")
    explorer.set_state({"z1": 99.0})
    assert explorer.problem == "z1 must lie between -6 and 6, but it is 99."
    assert explorer.z1 == 3.5


def picture(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.still())).convert("RGB")).astype(int)


def test_the_still_follows_the_state():
    explorer = loss_surface()
    before = picture(explorer)
    explorer.y = 0.5
    soft = picture(explorer)
    explorer.z2 = 4.0
    assert np.any(before != soft)
    assert np.any(soft != picture(explorer))


def test_the_still_is_strong_on_the_wrong_side_and_pale_on_the_right_one():
    image = picture(loss_surface((0.0, 0.0), y=1.0))
    height, width, _ = image.shape
    map_of_it = image[:, : width // 2].sum(axis=2)
    above_left, below_right = map_of_it[height // 6, width // 7], map_of_it[3 * height // 4, 2 * width // 5]
    assert above_left < below_right - 100


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"logits": (1.0,)}, "logits must be two numbers, such as (1.0, -1.0), but it is (1.0,)."),
        ({"logits": 3}, "logits must be two numbers, such as (1.0, -1.0), but it is 3."),
        ({"logits": None}, "logits must be two numbers, such as (1.0, -1.0), but it is None."),
        ({"logits": np.zeros((2, 2))}, "logits[0] must be a number, not [0.0, 0.0]."),
        ({"logits": (0, "1")}, "logits[1] must be a number, not '1'."),
        ({"logits": (0, 6.1)}, "logits[1] must lie between -6 and 6, but it is 6.1."),
        ({"logits": (float("nan"), 0)}, "logits[0] must lie between -6 and 6, but it is nan."),
        ({"y": 1.5}, "y must lie between 0 and 1, but it is 1.5."),
        ({"y": None}, "y must be a number, not None."),
        ({"y": True}, "y must be a number, not True."),
    ],
)
def test_what_it_cannot_show_is_one_sentence(arguments, sentence):
    with pytest.raises(CourseError) as caught:
        loss_surface(**arguments)
    assert str(caught.value) == sentence
