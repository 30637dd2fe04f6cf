import doctest
import math
import sys

import mpmath
import numpy as np
import pytest

from course_lib import explore
from course_lib.activations.registry import CourseError, UnknownName
from course_lib.explorers.errors import STEPS, differences, landmarks

mpmath.mp.dps = 50


def tables(explorer):
    """The grid of x, the slopes there, and the slopes of the secants: [forward, central] x place x step."""
    places, slopes = (np.frombuffer(getattr(explorer, name)) for name in ("places", "slopes"))
    return places, slopes, np.frombuffer(explorer.differences).reshape(2, places.size, STEPS.size)


def marks(explorer, x, rule=0):
    places, _, _ = tables(explorer)
    best, error, rounding, truncation = explorer.setting["landmarks"][rule][int(np.argmin(np.abs(places - x)))]
    return (STEPS[best] if best >= 0 else None), error, rounding, truncation


@pytest.fixture(scope="module")
def tanh():
    return explore.secant("tanh")


def test_the_steps_are_round_and_reach_from_1e_16_to_2():
    assert [STEPS[0], STEPS[-1]] == [1e-16, 2.0]
    assert {1e-5, 1e-8, 0.1, 0.5, 1.0} <= set(STEPS)
    ratios = STEPS[1:] / STEPS[:-1]
    assert ratios.min() > 1.2
    assert ratios.max() < 1.3


@pytest.mark.parametrize("h", [1.0, 0.1, 1e-2, 1e-3])
@pytest.mark.parametrize("x", [-2.0, 0.0, 0.5, 1.0, 3.0])
def test_secant_slopes_where_nothing_is_rounded_away(tanh, x, h):
    """Compared with 50 digits; rounding costs at most a few units of eps / h."""
    places, slopes, secants = tables(tanh)
    i, k = int(np.argmin(np.abs(places - x))), int(np.argmin(np.abs(STEPS - h)))
    at, step = mpmath.mpf(places[i]), mpmath.mpf(STEPS[k])
    rise = mpmath.tanh(at + step) - mpmath.tanh(at)
    both = mpmath.tanh(at + step) - mpmath.tanh(at - step)
    assert places[i] == pytest.approx(x, abs=1e-12)
    assert slopes[i] == pytest.approx(float(mpmath.sech(at) ** 2), rel=1e-15)
    assert secants[0, i, k] == pytest.approx(float(rise / step), abs=4e-16 / h)
    assert secants[1, i, k] == pytest.approx(float(both / (2 * step)), abs=4e-16 / h)


def test_a_step_that_is_lost_in_rounding_gives_0(tanh):
    places, _, secants = tables(tanh)
    i = int(np.argmin(np.abs(places - 1.0)))
    assert 1.0 + STEPS[0] == 1.0
    assert secants[0, i, 0] == 0.0


@pytest.mark.parametrize("x", [-2.0, -0.8, 0.4, 1.0, 1.5])
def test_the_best_step_is_where_theory_puts_it(tanh, x):
    """Truncation h |f''| / 2 and h^2 |f'''| / 6 against rounding of about eps |f| / h."""
    f, t = math.tanh(x), math.tanh(x) ** 2
    second, third = 2 * abs(f) * (1 - t), abs((1 - t) * (6 * t - 2))
    eps = np.finfo(float).eps
    forward, error, *sides = marks(tanh, x)
    assert 1 / 6 < forward / math.sqrt(2 * eps * abs(f) / second) < 6
    assert 1e-9 < error < 1e-7
    assert sides == [True, True]
    central, error, *sides = marks(tanh, x, rule=1)
    assert 1 / 8 < central / (3 * eps * abs(f) / third) ** (1 / 3) < 8
    assert 1e-12 < error < 2e-10
    assert sides == [True, True]


def test_near_the_best_step_the_error_is_as_small_as_is_said(tanh):
    places, slopes, secants = tables(tanh)
    errors = np.abs(secants - slopes[:, None])
    for rule in (0, 1):
        for i, x in enumerate(places):
            h, bound, _, _ = marks(tanh, x, rule)
            near = np.abs(np.log10(STEPS / h)) < 0.35
            assert errors[rule, i, near].max() <= bound


def test_a_lucky_step_is_not_the_best():
    """One step without any error among worse neighbours is luck: it changes from x to x."""
    errors = 1e-16 / STEPS + STEPS
    usual = landmarks(errors, 1.0).best
    lucky = errors.copy()
    lucky[30] = 0.0
    assert landmarks(lucky, 1.0).best == usual
    assert STEPS[usual] == pytest.approx(1e-8, rel=0.5)


def test_at_0_the_tanh_has_no_rounding(tanh):
    """f(0) is 0, so nothing cancels, however small h is."""
    h, error, rounding, truncation = marks(tanh, 0.0)
    assert (rounding, truncation) == (False, True)
    assert error < 1e-15
    assert 1e-9 < h < 1e-7


def test_a_straight_line_has_no_truncation():
    h, _, rounding, truncation = marks(explore.secant("identity"), 1.0)
    assert (h, rounding, truncation) == (2.0, True, False)


def test_a_kink_has_no_best_step():
    for rule, error in ((0, 1.0), (1, 0.5)):
        assert marks(explore.secant("relu"), 0.0, rule) == (None, error, False, False)


@pytest.mark.parametrize("f", [np.sign, np.cbrt, lambda x: 1e-6 * np.sign(x)])
def test_an_error_that_grows_by_a_jump_is_not_rounding(f):
    assert marks(explore.secant(f, derivative=lambda x: 0 * x, x=0), 0.0)[::2] == (None, False)


@pytest.mark.parametrize("f", [lambda x: np.exp(x) - 1, lambda x: 1e9 + x, lambda x: (1 - np.cos(1e-3 + x)) * 1e6])
def test_rounding_inside_a_function_is_rounding(f):
    _, _, rounding, _ = marks(explore.secant(f), 0.0)
    assert rounding


def constant(x):
    return np.full(np.shape(x), 3.0)


def test_errors_that_are_all_0_have_axes_too():
    explorer = explore.secant(constant, derivative=lambda x: 0 * x)
    assert explorer.setting["error_limits"] == (1e-16, 1.0)
    assert marks(explorer, 1.0) == (None, 0.0, False, False)
    assert "error 0" in str(explorer)
    assert explorer.still().startswith(b"\x89PNG")


def test_a_jump_of_1e300_has_an_axis_too():
    explorer = explore.secant(lambda x: 1e300 * np.sign(x), derivative=lambda x: 0 * x, x=0)
    assert explorer.setting["error_limits"][1] == 1e300
    explorer.magnified = True
    assert explorer.still().startswith(b"\x89PNG")


def test_single_errors_of_0_do_not_stretch_the_axis():
    """The central difference of x^2 is exact for many steps."""
    explorer = explore.secant(np.square, derivative=lambda x: 2 * x, low=-3, high=3)
    _, slopes, secants = tables(explorer)
    assert np.any(secants[1] == slopes[:, None])
    low, high = explorer.setting["error_limits"]
    assert 0 < low < 1e-13
    assert 1 <= high <= 100
    assert high / low < 1.1e18
    explorer.difference = "central"
    assert explorer.still().startswith(b"\x89PNG")


@pytest.mark.parametrize("root", [np.sqrt, math.sqrt])
def test_beyond_the_axis_a_function_may_fail(root):
    """At x = 0.1 the central difference with h = 1 would need the root of -0.9."""
    explorer = explore.secant(root, derivative=lambda x: 0.5 / np.sqrt(x), x=0.1, low=0.1, high=4)
    assert "secant slope 0.7325811," in str(explorer)
    explorer.difference = "central"
    assert "secant slope not a number" in str(explorer)
    assert explorer.still().startswith(b"\x89PNG")
    explorer.h = 0.01
    assert "secant slope 1.583124," in str(explorer)


@pytest.mark.parametrize("root", [np.sqrt, math.sqrt, np.emath.sqrt])
def test_an_estimated_slope_needs_nothing_beyond_the_axis(root):
    """Differences around x = 0.1 ask for the root of -0.15; numpy.emath gives an imaginary one."""
    explorer = explore.secant(root, x=0.1, low=0.1, high=4)
    _, slopes, _ = tables(explorer)
    assert slopes[0] == pytest.approx(0.5 / math.sqrt(0.1), rel=1e-9)
    explorer.difference = "central"
    assert "secant slope not a number" in str(explorer)


def test_functions_that_take_one_number_at_a_time():
    one_by_one = differences(lambda x: np.array([math.tanh(entry) for entry in x]), np.array([0.5, 1.0]))
    np.testing.assert_array_equal(one_by_one, differences(np.vectorize(math.tanh), np.array([0.5, 1.0])))


@pytest.mark.parametrize(
    ("function", "derivative", "exact"),
    [("tanh", None, True), (np.sin, np.cos, True), (np.sin, None, False)],
)
def test_an_estimated_slope_is_called_one(function, derivative, exact):
    assert explore.secant(function, derivative=derivative).setting["exact"] is exact


def rises(explorer):
    return np.frombuffer(explorer.magnifier["rises"], dtype=np.float32).reshape(STEPS.size, -1)


def test_the_magnifier_shows_what_the_computer_makes_of_f():
    explorer = explore.secant("tanh")
    assert explorer.magnifier == {}, "sent only when it is wanted"
    explorer.magnified = True
    t = np.linspace(-1.5, 1.5, rises(explorer).shape[1])
    for h in (1.0, 1e-3):
        exact = np.tanh(1 + t * h) - np.tanh(1)
        np.testing.assert_allclose(rises(explorer)[list(STEPS).index(h)], exact, rtol=1e-6, atol=1e-9 * h)
    stairs = np.unique(rises(explorer)[list(STEPS).index(1e-15)])
    assert 5 < stairs.size < 20, "floats near tanh(1) are 1.1e-16 apart"
    np.testing.assert_allclose(np.diff(stairs), 2.0**-53, rtol=1e-6)
    explorer.x = -2
    assert explorer.magnifier["x"] == explorer.x
    assert rises(explorer)[-1, 60] == 0
    assert rises(explorer)[-1, -1] == pytest.approx(math.tanh(-2 + 1.5 * 2) - math.tanh(-2), rel=1e-6)


@pytest.mark.parametrize(("wanted", "got"), [(1.234, 1.2), (-4, -4), (4, 4), (np.float32(0.51), 0.5), (0.06, 0.1)])
def test_x_is_on_the_grid(tanh, wanted, got):
    tanh.x = wanted
    assert tanh.x == pytest.approx(got, abs=1e-12)


@pytest.mark.parametrize(("wanted", "got"), [(1e-5, 1e-5), (1, 1.0), (2, 2.0), (1.1e-16, 1e-16), (3e-7, 3.2e-7)])
def test_h_is_one_of_the_steps(tanh, wanted, got):
    tanh.h = wanted
    assert tanh.h == got
    assert tanh.h in STEPS


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("x", 4.2, "x must lie between -4 and 4, but it is 4.2"),
        ("x", math.nan, "x must lie between"),
        ("x", "1", "x must be a number"),
        ("h", 0, "h must lie between 1e−16 and 2, but it is 0"),
        ("h", -1e-3, "h must lie between"),
        ("h", 3, "h must lie between"),
        ("h", math.nan, "h must lie between"),
        ("h", None, "h must be a number, not None"),
        ("difference", "centrl", "'centrl' is not a difference of this course; did you mean 'central'"),
        ("difference", 2, "2 is not a difference"),
        ("magnified", "yes", "magnified must be True or False, not 'yes'"),
    ],
)
def test_a_bad_value_is_one_sentence(tanh, name, value, told):
    before = getattr(tanh, name)
    with pytest.raises(CourseError, match=told) as caught:
        setattr(tanh, name, value)
    assert "\n" not in str(caught.value)
    assert getattr(tanh, name) == before


def raises(x):
    raise RuntimeError("no")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"function": "tnah"}, "did you mean 'tanh'"),
        ({"function": 3}, "not 3"),
        ({"function": raises}, "raises stopped at x = -4 with RuntimeError: no"),
        ({"function": lambda x: math.nan}, "no finite value"),
        ({"function": lambda x: x + 1j}, "f stopped at x = -4 with TypeError"),
        ({"function": np.emath.sqrt}, "sqrt stopped at x = -4 with TypeError"),
        ({"derivative": raises}, "the derivative of tanh stopped at x = -4"),
        ({"low": 2, "high": 2}, "low must lie below high"),
        ({"low": "a"}, "low must be a number, not 'a'"),
        ({"x": 9}, "x must lie between -4 and 4"),
        ({"h": 0.0}, "h must lie between"),
        ({"h": 10**400}, "h is too far from 0"),
    ],
)
def test_bad_input_is_one_sentence(arguments, told):
    with pytest.raises(CourseError, match=told) as caught:
        explore.secant(**arguments)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_is_the_registrys_error():
    with pytest.raises(UnknownName):
        explore.secant("tnah")


@pytest.mark.parametrize(("low", "high"), [(-1e6, 1e6), (1e6 - 1e-6, 1e6), (-0.123, 7), (-1e-6, 0)])
def test_any_axis_has_enough_positions(low, high):
    explorer = explore.secant("identity", low=low, high=high, x=low)
    places, _, _ = tables(explorer)
    assert explorer.x == places[0] == low
    assert 60 <= places.size <= 162
    assert explorer.still().startswith(b"\x89PNG")


def test_words_say_the_numbers():
    explorer = explore.secant("tanh", h=1e-5)
    assert str(explorer) == (
        "tanh with the secant through x and x + h, x = 1.0, h = 1e−5: secant slope 0.4199711, slope 0.4199743, "
        "error 3.2e−6; the best h is about 1.25e−8"
    )
    explorer.difference = "central"
    assert "through x − h and x + h" in str(explorer)


@pytest.mark.parametrize("module", ["secant", "steps"])
def test_examples(module):
    assert doctest.testmod(sys.modules[f"course_lib.explorers.{module}"]) == (0, 1)
