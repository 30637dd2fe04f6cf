import doctest
import math
import re
import sys
from itertools import pairwise

import numpy as np
import pytest
from scipy.interpolate import CubicHermiteSpline

from course_lib import ACTIVATIONS, explore
from course_lib.activations.registry import CourseError, UnknownName

FAMILY = ("relu", "leaky_relu", "prelu", "relu6")


def described(explorer, name):
    return next(given for given in explorer.setting["functions"] if given["name"] == name)


def table(given, name):
    return np.frombuffer(given[name])


def test_the_learner_may_choose_the_family_and_a_smooth_function():
    """But not relu6, whose slopes are the last exercise of the lesson; who asks for it by name may have it."""
    names = [given["name"] for given in explore.kink().setting["functions"]]
    assert names == ["relu", "leaky_relu", "prelu", "tanh"]
    assert [given["name"] for given in explore.kink("relu6").setting["functions"]] == [*names, "relu6"]


def test_any_other_activation_can_be_looked_at_too():
    explorer = explore.kink("sigmoid")
    assert [given["name"] for given in explorer.setting["functions"]][-1] == "sigmoid"
    assert "sigmoid under the microscope" in str(explorer)


@pytest.mark.parametrize("name", [*FAMILY, "tanh"])
def test_values_and_slopes_of_every_knot_are_the_librarys(name):
    given, activation = described(explore.kink(name), name), ACTIVATIONS[name]
    x, kinks = table(given, "x"), list(activation.kinks)
    smooth = ~np.isin(x, kinks)
    assert x[0] <= -11
    assert x[-1] >= 11
    assert np.all(np.diff(x) > 0)
    np.testing.assert_array_equal(table(given, "values"), activation.f(x))
    for side in ("left", "right"):
        np.testing.assert_array_equal(table(given, side)[smooth], activation.derivative(x[smooth]))
    assert [kink["place"] for kink in given["kinks"]] == kinks


@pytest.mark.parametrize(
    ("name", "place", "left", "right", "chosen", "convex"),
    [
        ("relu", 0, 0, 1, 0, True),
        ("leaky_relu", 0, 0.01, 1, 0.01, True),
        ("prelu", 0, 0.25, 1, 0.25, True),
        ("relu6", 0, 0, 1, 0, False),
        ("relu6", 6, 1, 0, 0, False),
    ],
)
def test_both_sides_of_every_kink(name, place, left, right, chosen, convex):
    given = described(explore.kink(name), name)
    kink = next(kink for kink in given["kinks"] if kink["place"] == place)
    assert kink == {"place": place, "left": left, "right": right, "chosen": chosen}
    assert given["convex"] is convex
    i = list(table(given, "x")).index(place)
    assert (table(given, "left")[i], table(given, "right")[i]) == (left, right)


@pytest.mark.parametrize(("name", "error"), [*((name, 1e-14) for name in FAMILY), ("tanh", 3e-9)])
def test_between_the_knots_the_cubics_follow_the_function(name, error):
    """Cubics with the slopes of their own side at both ends: this is what the browser draws."""
    given = described(explore.kink(name), name)
    x, y, left, right = (table(given, part) for part in ("x", "values", "left", "right"))
    corners = [0, *(list(x).index(kink["place"]) for kink in given["kinks"]), x.size - 1]
    for first, last in pairwise(corners):
        piece = slice(first, last + 1)
        slopes = np.append(right[first:last], left[last])
        cubics = CubicHermiteSpline(x[piece], y[piece], slopes)
        between = np.linspace(x[first], x[last], 7 * (last - first) + 3)
        np.testing.assert_allclose(cubics(between), ACTIVATIONS[name].f(between), rtol=0, atol=error)


@pytest.mark.parametrize(
    ("function", "x", "h", "slopes"),
    [
        ("relu", 0, 1, "left slope 0, right slope 1, central difference 0.5"),
        ("relu", 0, 1e-8, "left slope 0, right slope 1, central difference 0.5"),
        ("relu", 0.3, 1, "left slope 0.3, right slope 1, central difference 0.65"),
        ("relu", 0.3, 0.1, "left slope 1, right slope 1, central difference 1"),
        ("leaky_relu", 0, 0.01, "left slope 0.01, right slope 1, central difference 0.505"),
        ("relu6", 6, 1, "left slope 1, right slope 0, central difference 0.5"),
    ],
)
def test_words_say_the_slopes(function, x, h, slopes):
    assert slopes in str(explore.kink(function, x=x, h=h))


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_no_digit_is_shown_that_is_only_rounding(name):
    """With h = 1e-8 half of the digits are lost, on both sides alike."""
    explorer = explore.kink(name, h=1e-8)
    for explorer.x in np.arange(-8, 9):
        slope = ACTIVATIONS[name].derivative(explorer.x)
        numbers = re.findall(r"(?:slope|difference) ([-\d.e]+)", str(explorer).replace("−", "-"))
        noise = 4e-16 * max(1, abs(explorer.x)) / 1e-8
        assert [float(number) for number in numbers] == pytest.approx([slope] * 3, abs=10 * noise, rel=1e-4)
        for number in numbers[:2] if noise > 1e-7 else []:
            assert float(number) / 1e-6 == pytest.approx(round(float(number) / 1e-6), abs=1e-6)


@pytest.mark.parametrize(
    ("wanted", "got"), [(0.31, 0.3), (-8, -8.0), (8, 8.0), (np.float32(0.1), 0.1), (-0.04, 0.0), (5.96, 6.0)]
)
def test_x_is_on_the_grid(wanted, got):
    explorer = explore.kink(x=wanted)
    assert explorer.x == got
    explorer.x = 1
    explorer.x = wanted
    assert explorer.x == got
    assert math.copysign(1, explorer.x) == math.copysign(1, got)


def test_h_is_one_of_the_steps():
    explorer = explore.kink(h=3e-5)
    assert explorer.h == 3.2e-5
    assert explorer.h in explorer.setting["steps"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("x", 8.2, "x must lie between -8 and 8, but it is 8.2"),
        ("x", math.nan, "x must lie between"),
        ("x", "0", "x must be a number, not '0'"),
        ("h", 2, "h must lie between 1e−8 and 1, but it is 2"),
        ("h", 0, "h must lie between"),
        ("h", 1e-9, "h must lie between"),
        ("h", True, "h must be a number"),
        ("function", "relu7", "did you mean 'relu'"),
        ("function", 3, "3 is not an? "),
    ],
)
def test_a_bad_value_is_one_sentence(name, value, told):
    explorer = explore.kink()
    before = getattr(explorer, name)
    with pytest.raises(CourseError, match=told) as caught:
        setattr(explorer, name, value)
    assert getattr(explorer, name) == before
    with pytest.raises(CourseError, match=told) as caught:
        explore.kink(**{name: value})
    assert "\n" not in str(caught.value)


def test_an_unknown_name_is_the_registrys_error():
    with pytest.raises(UnknownName, match="did you mean 'relu'"):
        explore.kink("rleu")


@pytest.mark.parametrize("name", [*FAMILY, "tanh"])
def test_stills_of_all_functions(name):
    assert explore.kink(name, x=6, h=1e-3).still().startswith(b"\x89PNG")


def test_examples():
    assert doctest.testmod(sys.modules["course_lib.explorers.kink"]) == (0, 1)
