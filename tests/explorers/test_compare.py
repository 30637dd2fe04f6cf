import doctest
import math
import sys
from itertools import combinations

import mpmath
import numpy as np
import pytest

from course_lib import ACTIVATIONS, explore
from course_lib.activations.registry import CourseError, UnknownName

mpmath.mp.dps = 40
#: sigmoid'(x) = tanh'(x) where cosh(x)^2 = 4 cosh(x/2)^2; with c = cosh(x): c^2 = 2 (c + 1).
SAME_SLOPE = math.acosh(1 + math.sqrt(3))


def tables(explorer):
    rows = len(explorer.setting["names"])
    return (np.frombuffer(getattr(explorer, name)).reshape(rows, -1) for name in ("values", "slopes"))


def test_the_tables_hold_the_exact_values_of_every_position():
    explorer = explore.compare("sigmoid", "tanh")
    values, slopes = tables(explorer)
    setting = explorer.setting
    for i in range(values.shape[1]):
        x = mpmath.mpf(round(setting["low"] + i * setting["step"], 2))
        exact = 1 / (1 + mpmath.exp(-x))
        assert values[0, i] == pytest.approx(float(exact), rel=1e-14)
        assert slopes[0, i] == pytest.approx(float(exact * (1 - exact)), rel=1e-13)
        assert values[1, i] == pytest.approx(float(mpmath.tanh(x)), rel=1e-14)
        assert slopes[1, i] == pytest.approx(float(mpmath.sech(x) ** 2), rel=1e-13)


def test_three_functions_and_functions_of_ones_own():
    def steep(x):
        return 3 * np.sin(x)

    explorer = explore.compare("relu", steep, math.atan, x=2)
    assert explorer.setting["names"] == ["relu", "steep", "atan"]
    assert str(explorer).startswith("relu, steep and atan with their slopes")
    _, slopes = tables(explorer)
    np.testing.assert_allclose(slopes[1], 3 * np.cos(np.linspace(-8, 8, slopes.shape[1])), atol=1e-9)
    assert explorer.still().startswith(b"\x89PNG")


def test_a_slope_that_jumps_leaves_a_gap():
    explorer = explore.compare("relu", "relu6")
    at = {x: round((x + 8) / explorer.setting["step"]) for x in (0, 6)}
    assert explorer.setting["jumps"] == [[at[0] + 1], [at[0] + 1, at[6]]]
    _, slopes = tables(explorer)
    for row, jumps in zip(slopes, explorer.setting["jumps"], strict=True):
        assert np.flatnonzero(np.diff(row)).tolist() == [i - 1 for i in jumps]


@pytest.mark.parametrize(
    ("names", "ends"),
    [(("sigmoid", "tanh"), (1e-7, 2.0)), (("relu", "leaky_relu"), (1e-2, 2.0)), (("relu", "identity"), (0.1, 10.0))],
)
def test_the_logarithmic_axis_holds_all_slopes_above_0(names, ends):
    explorer = explore.compare(*names)
    assert explorer.setting["log_limits"] == pytest.approx(ends)
    _, slopes = tables(explorer)
    assert np.all((slopes <= 0) | ((slopes >= ends[0]) & (slopes <= ends[1])))
    plain = explorer.still()
    explorer.log_slopes = True
    assert explorer.still() != plain


def test_slopes_that_are_nowhere_above_0():
    explorer = explore.compare(lambda x: -x, "relu", x=-4, low=-8, high=-1)
    explorer.log_slopes = True
    assert explorer.setting["log_limits"] == (0.1, 10.0)
    assert explorer.still().startswith(b"\x89PNG")


def test_words_say_the_numbers():
    assert str(explore.compare("sigmoid", "tanh", x=-5)) == (
        "sigmoid and tanh with their slopes from x = -8 to 8; at x = −5.00: sigmoid 0.00669, slope 0.00665; "
        "tanh −1.00, slope 0.000182"
    )


def test_the_quest_is_answered_by_bisection():
    (quest,) = explore.compare("sigmoid", "tanh", quests="same_slope").quests
    assert quest["places"] == pytest.approx([-SAME_SLOPE, SAME_SLOPE], abs=1e-9)
    assert "±1.663 both slopes are 0.134" in quest["right"]
    assert quest["tolerance"] == pytest.approx(0.04, abs=1e-6)
    for text in (quest["task"], quest["too_large"], quest["too_small"]):
        assert "1.6" not in text


def test_the_quest_of_other_functions():
    """The slopes of sin and cos are equal where tan is -1."""
    (quest,) = explore.compare(np.sin, np.cos, low=-1, high=3, quests=("same_slope",)).quests
    assert quest["places"] == pytest.approx([-math.pi / 4, 3 * math.pi / 4], abs=1e-8)
    assert "−0.785 and 2.356" in quest["right"]
    assert "0.707 and −0.707" in quest["right"]


@pytest.mark.parametrize(
    ("functions", "arguments", "told"),
    [
        ((), {}, "compare needs two or three functions, but it was given 0"),
        (("sigmoid",), {}, "but it was given 1"),
        (("sigmoid", "tanh", "relu", "relu6"), {}, "but it was given 4"),
        (("sigmoid", "tahn"), {}, "did you mean 'tanh'"),
        (("sigmoid", 3), {}, "not 3"),
        (("sigmoid", "sigmoid"), {}, "Two of the functions to compare are called sigmoid"),
        ((lambda x: x, lambda x: 2 * x), {}, "are called f: give each a name of its own, with def"),
        (("sigmoid", "tanh"), {"x": 9}, "x must lie between -8 and 8"),
        (("sigmoid", "tanh"), {"low": 1, "high": 1}, "low must lie below high"),
        (("sigmoid", "tanh"), {"quests": "same_slop"}, "did you mean 'same_slope'"),
        (("sigmoid", "tanh"), {"quests": 3}, "quests must be names, not 3"),
        (("sigmoid", "tanh", "relu"), {"quests": "same_slope"}, "A quest compares two functions, but here are three"),
        (("relu", "leaky_relu"), {"quests": "same_slope"}, "equal in more than single places"),
        (("sigmoid", "identity"), {"quests": "same_slope"}, "no answer for sigmoid and identity between -8 and 8"),
    ],
)
def test_bad_input_is_one_sentence(functions, arguments, told):
    with pytest.raises(CourseError, match=told) as caught:
        explore.compare(*functions, **arguments)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("x", math.inf, "x must lie between"),
        ("x", None, "x must be a number"),
        ("log_slopes", 1, "True or False, not 1"),
    ],
)
def test_a_bad_value_is_one_sentence(name, value, told):
    explorer = explore.compare("sigmoid", "tanh")
    with pytest.raises(CourseError, match=told):
        setattr(explorer, name, value)
    assert (explorer.x, explorer.log_slopes) == (0.0, False)


def test_an_unknown_name_is_the_registrys_error():
    with pytest.raises(UnknownName):
        explore.compare("sigmoid", "tahn")


def test_every_pair_of_activations_can_be_compared():
    for first, second in combinations(ACTIVATIONS, 2):
        explorer = explore.compare(first, second)
        low, high = explorer.setting["slope_limits"]
        assert low < high


def test_examples():
    assert doctest.testmod(sys.modules["course_lib.explorers.compare"]) == (0, 1)
