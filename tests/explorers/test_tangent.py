import math

import mpmath
import numpy as np
import pytest

from course_lib import explore
from course_lib.activations.registry import CourseError, UnknownName

mpmath.mp.dps = 40


def table(explorer, name):
    return np.frombuffer(getattr(explorer, name), dtype=np.float64)


def test_the_tables_hold_the_exact_values_of_every_position():
    explorer = explore.tangent("sigmoid")
    setting = explorer.setting
    xs = setting["low"] + setting["step"] * np.arange(table(explorer, "values").size)
    assert xs[-1] == pytest.approx(setting["high"])
    for x, value, slope in zip(xs, table(explorer, "values"), table(explorer, "slopes"), strict=True):
        exact = 1 / (1 + mpmath.exp(-mpmath.mpf(round(x, 2))))
        assert value == pytest.approx(float(exact), rel=1e-14)
        assert slope == pytest.approx(float(exact * (1 - exact)), rel=1e-13)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [(1.763, 1.76), (-8, -8), (8, 8), (0.011, 0.02), (3, 3.0), (np.float32(1.5), 1.5), (np.int64(2), 2)],
)
def test_x_is_on_the_grid(wanted, got):
    explorer = explore.tangent(x=wanted)
    assert explorer.x == pytest.approx(got, abs=1e-12)
    explorer.x = 0
    explorer.x = wanted
    assert explorer.x == pytest.approx(got, abs=1e-12)


@pytest.mark.parametrize("x", [8.01, -9, math.inf, math.nan, "1", None, True])
def test_x_out_of_range_is_one_sentence(x):
    explorer = explore.tangent()
    with pytest.raises(CourseError, match="x must"):
        explorer.x = x
    with pytest.raises(CourseError, match="x must"):
        explore.tangent(x=x)
    assert explorer.x == 0.0


def test_words_say_the_numbers():
    assert "x = −2.00, value 0.119, slope 0.105" in str(explore.tangent(x=-2))


def test_ones_own_function_with_its_derivative():
    explorer = explore.tangent(np.square, derivative=lambda x: 2 * x, x=1, low=-3, high=3)
    assert "square" in str(explorer)
    assert "slope 2.00" in str(explorer)


@pytest.mark.parametrize("function", [np.tanh, math.tanh, lambda x: math.tanh(x)])
def test_ones_own_function_without_derivative(function):
    """Also a function that takes one number at a time."""
    explorer = explore.tangent(function, low=-4, high=4)
    xs = np.linspace(-4, 4, table(explorer, "slopes").size)
    np.testing.assert_allclose(table(explorer, "slopes"), 1 / np.cosh(xs) ** 2, atol=1e-9)


def test_gaps_in_a_function_are_left_out_of_the_axes():
    def root(x):
        return np.sqrt(x) if np.all(x >= 0) else math.nan

    explorer = explore.tangent(root, derivative=lambda x: 0 * x, low=-1, high=4)
    low, high = explorer.setting["limits"]
    assert -0.2 < low < 0
    assert 2 < high < 2.2


def test_a_slope_that_jumps_leaves_a_gap():
    """At a kink the course chooses the slope of one side: the jump is beside the kink, never at both of its ends."""
    explorer = explore.tangent("relu6")
    slopes = table(explorer, "slopes")
    assert explorer.setting["jumps"] == (np.flatnonzero(np.diff(slopes)) + 1).tolist()
    assert len(explorer.setting["jumps"]) == 2
    assert explore.tangent("tanh").setting["jumps"] == []


def raises(x):
    raise RuntimeError("no")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"function": "sigmiod"}, "did you mean 'sigmoid'"),
        ({"function": 3}, "not 3"),
        ({"function": raises}, "raises stopped at x = -8 with RuntimeError: no"),
        ({"function": lambda x: math.nan}, "no finite value"),
        ({"function": lambda x: "a"}, "ValueError"),
        ({"function": lambda x: 1e307 * np.asarray(x)}, "f reaches 8e\\+307"),
        ({"function": "sigmoid", "derivative": raises}, "the derivative of sigmoid stopped at x = -8"),
        ({"low": 1, "high": 1}, "low must lie below high"),
        ({"low": "a"}, "low must be a number, not 'a'"),
        ({"high": None}, "high must be a number, not None"),
        ({"high": 10**400}, "high is too far from 0"),
        ({"low": math.nan}, "low and high must lie between"),
        ({"low": -math.inf}, "low and high must lie between"),
        ({"low": -1e308, "high": 1e308}, "low and high must lie between -1e\\+06 and 1e\\+06"),
        ({"low": 0, "high": 5e-324}, "at least 1e-06 apart, but low is 0.0 and high is 5e-324"),
        ({"low": 1, "high": 1 + 3e-16}, "at least 1e-06 apart"),
        ({"x": 10**400}, "x is too far from 0"),
        ({"quests": ("steepst",)}, "did you mean 'steepest'"),
        ({"quests": "steepst"}, "'steepst' is not a quest of this course; did you mean 'steepest'"),
        ({"quests": 3}, "quests must be names, not 3"),
        ({"quests": [["flat"]]}, "is not a quest"),
    ],
)
def test_bad_input_is_one_sentence(arguments, told):
    with pytest.raises(CourseError, match=told) as caught:
        explore.tangent(**arguments)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("low", "high"), [(-1e6, 1e6), (1e6 - 1e-6, 1e6), (1000, 1000 + 1e-6), (-1e-6, 0)])
def test_the_widest_and_the_narrowest_axis_can_be_drawn(low, high):
    explorer = explore.tangent("identity", low=low, high=high, x=low)
    assert explorer.x == low
    assert explorer.setting["high"] == pytest.approx(high, abs=1.001 * explorer.setting["step"], rel=0)
    assert 300 < table(explorer, "values").size <= 1001
    assert np.all(np.diff(table(explorer, "values")) > 0), "neighbouring positions differ"
    assert explorer.still().startswith(b"\x89PNG")


def test_an_unknown_name_is_the_registrys_error():
    with pytest.raises(UnknownName):
        explore.tangent("sigmiod")


@pytest.mark.parametrize(("low", "high", "step"), [(-8, 8, 0.02), (-3, 3, 0.01), (0, 1, 0.002), (-500, 500, 2)])
def test_steps_are_round_numbers(low, high, step):
    assert explore.tangent(low=low, high=high).setting["step"] == pytest.approx(step)


def test_a_function_that_jumps_leaves_a_gap_too():
    explorer = explore.tangent("hard_shrink")
    values = np.frombuffer(explorer.values)
    gaps = explorer.setting["gaps"]
    assert len(gaps) == 2
    steps = np.abs(np.diff(values))
    assert sorted(gaps) == (np.flatnonzero(steps > 0.4) + 1).tolist()
    assert sorted(explorer.setting["jumps"]) == sorted(gaps)
    assert explore.tangent("relu").setting["gaps"] == []
