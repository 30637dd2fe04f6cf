"""Every claim of lesson 08, recomputed here with mpmath and plain numpy; each test fails where the effect is absent."""

import inspect
import re
from math import erf, exp, log, pi, sqrt, tanh
from pathlib import Path

import numpy as np
import pytest
from mpmath import diff, findroot, mp, mpf, ncdf, npdf

from course_lib import ACTIVATIONS, explore
from course_lib.activations.gated import silu_derivative
from course_lib.activations.gelu import gelu_derivative
from course_lib.explorers.question import questions
from course_lib.measurements import where_libraries_lose_digits

LESSON = Path(__file__).resolve().parents[2] / "sources" / "lessons" / "08_smooth_and_gated.md"
mp.dps = 40


def options(name):
    return questions()[f"08_smooth_and_gated/{name}"].options


def right(name):
    return next(option for option in options(name) if option.right)


# --- the functions and their slopes, exactly, none of them the course's -----------------------------------------


def gate(x):
    return 1 / (1 + mp.exp(-x))


EXACT = {
    "relu": lambda x: max(x, mpf(0)),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "elu": lambda x: x if x > 0 else mp.expm1(x),
    "silu": lambda x: x * gate(x),
    "gelu": lambda x: x * ncdf(x),
    "gelu_tanh": lambda x: x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3))),
}
SLOPES = {
    "relu": lambda x: mpf(x > 0),
    "softplus": gate,
    "elu": lambda x: mpf(1) if x > 0 else mp.exp(x),
    "silu": lambda x: gate(x) + x * gate(x) * gate(-x),
    "gelu": lambda x: ncdf(x) + x * npdf(x),
}


@pytest.mark.parametrize("name", SLOPES)
def test_the_slopes_used_here_are_slopes(name):
    for x in (-3.3, -0.4, 0.7, 2.6):
        assert SLOPES[name](mpf(x)) == pytest.approx(diff(EXACT[name], mpf(x)), abs=1e-15)


@pytest.mark.parametrize("key", [key for key in questions() if key.startswith("08_smooth_and_gated/")])
def test_every_option_answers_back(key):
    feedback = [option.feedback for option in questions()[key].options]
    assert len(set(feedback)) == len(feedback)
    assert all(len(text) > 30 for text in feedback)


# --- predict and look ------------------------------------------------------------------------------------------


def extremes(name):
    """Return where the slope is smallest and largest, and both slopes: roots of the second derivative."""
    found = [findroot(lambda x: diff(EXACT[name], x, 2), start, tol=1e-20) for start in (-2.4, 2.4)]
    return [(float(x), float(SLOPES[name](x))) for x in found]


def test_silu_leaves_the_interval_from_0_to_1_at_both_ends():
    (steepest_down, low), (steepest_up, high) = extremes("silu")
    assert right("predict").value == (low < 0) + 2 * (high > 1) == 3
    assert steepest_up == pytest.approx(2.4, abs=0.01)
    assert steepest_down == pytest.approx(-steepest_up)
    assert (low, high) == pytest.approx((-0.0998, 1.0998), abs=1e-4)
    x = [mpf(i) / 50 for i in range(-500, 501)]
    assert all(0 < SLOPES["softplus"](v) < 1 for v in x), "what the feedback says of softplus"


def test_silu_at_0_1_and_far_out_beside_the_line():
    """The feedback of the prediction: on the line at 0, below it at 1, nearly on it far out; negative left of 0."""
    assert EXACT["silu"](0) == 0
    assert EXACT["silu"](1) < 0.74
    assert 20 - EXACT["silu"](mpf(20)) < 1e-7
    assert -1e-7 < EXACT["silu"](mpf(-20)) < 0


def test_gelu_is_steepest_at_the_root_of_2():
    x = findroot(lambda x: diff(EXACT["gelu"], x, 2), 1.4, tol=1e-20)
    assert float(x) == pytest.approx(sqrt(2))
    assert SLOPES["gelu"](x) > 1.1


def bottom(name, start):
    return float(findroot(SLOPES[name], start))


def test_where_the_dips_are():
    by_text = {option.text: option.value for option in options("look_dip")}
    assert right("look_dip").value == pytest.approx(bottom("silu", -1.3), abs=1e-9)
    assert by_text["near x = −2.40"] == pytest.approx(extremes("silu")[0][0], abs=1e-9)
    assert by_text["near x = −0.75"] == pytest.approx(bottom("gelu", -0.75), abs=1e-9)
    for text, value in by_text.items():
        assert value is None or f"{value:.2f}".replace("-", "−") in text
    assert EXACT["silu"](mpf(-1.3)) < EXACT["silu"](mpf(-3)) < EXACT["silu"](mpf(-9)) < 0, "it comes back to 0"


def left_by(**wanted):
    """Return what the gallery leaves under these filters: what a learner sees."""
    gallery = explore.gallery("identity", "sigmoid", "tanh")
    gallery.filters = wanted
    return set(gallery.left)


def test_what_the_filters_leave():
    both = left_by(smooth=True, bounded=True, zero_centred=True)
    assert both == {"tanh", "softsign"}
    assert right("look_smooth_bounded_centred").value == len(both)
    assert right("look_smooth_bounded_centred").text == "tanh and softsign"
    assert "sigmoid" in left_by(smooth=True, bounded=True)
    assert "hard_tanh" in left_by(bounded=True, zero_centred=True)


def test_all_that_are_smooth_and_not_monotonic_are_gated_but_the_polynomial():
    found = left_by(smooth=True, monotonic=False)
    assert found == {"silu", "mish", "gelu", "gelu_tanh", "polynomial"}
    x = np.linspace(-9, 9, 901)
    x = x[np.abs(x) > 1e-3]
    in_between = {name for name in found if np.all(np.abs(ACTIVATIONS[name].f(x) / x - 0.5) <= 0.5 + 1e-12)}
    assert found - in_between == {right("look_smooth_not_monotonic").text}
    offered = {option.text for option in options("look_smooth_not_monotonic")}
    assert offered - found == {"softplus"}
    assert ACTIVATIONS["softplus"].properties.monotonic


def test_the_slopes_at_x_and_at_minus_x_add_up_to_1_for_four_of_five():
    for name in SLOPES:
        sums = [SLOPES[name](mpf(x)) + SLOPES[name](mpf(-x)) for x in (0.3, 2.4, 5.0)]
        assert all(abs(s - 1) < 1e-12 for s in sums) == (name != "elu"), name
        back = [EXACT[name](mpf(x)) - EXACT[name](mpf(-x)) - x for x in (0.3, 2.4, 5.0)]
        assert all(abs(b) < 1e-12 for b in back) == (name != "elu"), name


# --- derive ----------------------------------------------------------------------------------------------------


def test_softplus_is_the_log_sum_exp_of_0_and_x_and_ln_2_at_0():
    for x in (-2.0, 0.0, 3.0):
        assert float(EXACT["softplus"](mpf(x))) == pytest.approx(log(exp(0) + exp(x)))
    assert right("recall_1").value == pytest.approx(float(diff(EXACT["softplus"], mpf(0))))
    values = {option.text: option.value for option in options("recall_1")}
    assert values["ln 2"] == pytest.approx(float(EXACT["softplus"](mpf(0))))
    assert values["1/4"] == pytest.approx(float(diff(gate, mpf(0))))


def test_the_gates_at_x_and_minus_x_add_up_to_1():
    for x in (0.3, 2.4, 5.0):
        assert gate(mpf(x)) + gate(mpf(-x)) == pytest.approx(1, abs=1e-30)
        assert x * gate(mpf(x)) + x * gate(mpf(-x)) == pytest.approx(x, abs=1e-15)


def test_elu_has_a_corner_unless_alpha_is_1():
    for alpha in (0.5, 1.0, 2.0):
        from_the_left = (0 - alpha * (exp(-1e-9) - 1)) / 1e-9
        assert from_the_left == pytest.approx(alpha, rel=1e-6)
        at_0 = ACTIVATIONS["elu"].kinks_at(alpha=alpha)
        assert at_0 == ({} if alpha == 1 else {0.0: (min(alpha, 1), max(alpha, 1))})


def test_the_gates_own_movement_wins_left_of_the_dip():
    for x, wins in ((-1.25, False), (-1.31, True), (-4.0, True)):
        assert (-x * gate(mpf(x)) * gate(mpf(-x)) > gate(mpf(x))) == wins


SLIP = {
    1: lambda x: ncdf(x) + x * diff(ncdf, x),
    2: lambda x: ncdf(x) + x * diff(lambda t: 1 + mp.erf(t / mp.sqrt(2)), x) / 2,
    3: lambda x: ncdf(x) + x * (2 / mp.sqrt(mp.pi) * mp.exp(-((x / mp.sqrt(2)) ** 2))) / 2,
    4: lambda x: ncdf(x) + x * mp.exp(-(x**2) / 2) / mp.sqrt(mp.pi),
}


def test_the_first_wrong_line_is_the_right_option_and_0_does_not_show_it():
    assert len(questions()["08_smooth_and_gated/find_the_slip"].lines) == len(SLIP)
    wrong = [number for number, line in SLIP.items() if abs(line(mpf(1)) - SLOPES["gelu"](mpf(1))) > 1e-9]
    assert right("find_the_slip").value == wrong[0] == 3
    assert all(abs(line(mpf(0)) - 0.5) < 1e-15 for line in SLIP.values())
    too_large = (SLIP[4](mpf(1)) - ncdf(1)) / (SLOPES["gelu"](mpf(1)) - ncdf(1))
    assert too_large == pytest.approx(sqrt(2)), "what the feedback says of it"


def test_the_mirror_catches_a_lost_half_but_neither_the_slip_nor_a_wrong_sign():
    wrong = {
        "slip": SLIP[4],
        "sign": lambda x: ncdf(x) - x * npdf(x),
        "half": lambda x: 1 + mp.erf(x / mp.sqrt(2)) + x * npdf(x),
    }
    for name, formula in wrong.items():
        assert abs(formula(mpf(2)) - SLOPES["gelu"](mpf(2))) > 0.01
        assert (abs(formula(mpf(2)) + formula(mpf(-2)) - 1) > 0.5) == (name == "half")


def test_the_gradients_of_a_gate():
    by_value, by_gate = (diff(lambda a, b: a * gate(b), (3, 0), order) for order in ((1, 0), (0, 1)))
    assert right("recall_3").value == pytest.approx(float(by_gate))
    values = {option.text: option.value for option in options("recall_3")}
    assert values["0.25"] == pytest.approx(float(diff(gate, mpf(0))))
    assert values["0.5"] == pytest.approx(float(by_value)), "exchanged halves give another number"
    assert values["1.5"] == pytest.approx(float(3 * gate(mpf(0))))


# --- derive, going further -------------------------------------------------------------------------------------


def test_softsign_fades_more_slowly_than_tanh():
    assert diff(lambda x: x / (1 + x), mpf(10)) == pytest.approx(1 / 121)
    assert 1 / np.cosh(10) ** 2 < 1e-7


SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772


def selu(x):
    return SCALE * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0)))


def test_selus_constants_keep_mean_0_and_variance_1():
    x = np.linspace(-12, 12, 240_001)
    weights = np.exp(-(x**2) / 2) / sqrt(2 * pi) * (x[1] - x[0])
    assert np.sum(selu(x) * weights) == pytest.approx(0, abs=1e-6)
    assert np.sum(selu(x) ** 2 * weights) == pytest.approx(1, abs=1e-6)
    assert pytest.approx(1.76, abs=0.005) == SCALE * ALPHA
    assert pytest.approx(1.05, abs=0.005) == SCALE
    assert ACTIVATIONS["selu"].kinks[0.0] == pytest.approx((SCALE, SCALE * ALPHA))


def test_the_ends_of_the_knob():
    x = np.array([-2.0, -0.5, 0.5, 2.0])
    for beta, limit in ((0.0, x / 2), (1000.0, np.maximum(x, 0))):
        swish = x * np.exp(-np.logaddexp(0, -beta * x))
        np.testing.assert_allclose(swish, limit, atol=1e-12)
        np.testing.assert_allclose(ACTIVATIONS["silu"].f(x, beta), swish, atol=1e-12)


def test_the_two_forms_of_gelu_are_less_than_a_thousandth_apart():
    x = [mpf(i) / 20 for i in range(-120, 121)]
    assert 4e-4 < max(abs(EXACT["gelu"](v) - EXACT["gelu_tanh"](v)) for v in x) < 1e-3
    assert 5e-4 < max(abs(SLOPES["gelu"](v) - diff(EXACT["gelu_tanh"], v)) for v in x) < 1e-3
    assert EXACT["gelu_tanh"](mpf(-5)) / EXACT["gelu"](mpf(-5)) < 0.2, "in the tail they differ by a factor"


def test_the_hard_gates_have_kinks():
    assert set(ACTIVATIONS["hard_sigmoid"].kinks) == set(ACTIVATIONS["hard_swish"].kinks) == {-3.0, 3.0}
    x = np.array([-4.0, -3.0, 0.0, 1.5, 3.0, 4.0])
    ramp = np.clip(x / 6 + 0.5, 0, 1)
    np.testing.assert_allclose(ACTIVATIONS["hard_sigmoid"].f(x), ramp)
    np.testing.assert_allclose(ACTIVATIONS["hard_swish"].f(x), x * ramp)


# --- compute ---------------------------------------------------------------------------------------------------


def test_one_output_two_inputs_two_slopes():
    places = [findroot(lambda x: EXACT["silu"](x) + mpf("0.2"), start) for start in (-2.5, -0.5)]
    assert places[0] < -2
    assert places[1] > -1
    assert SLOPES["silu"](places[0]) < 0 < SLOPES["silu"](places[1])
    assert "two inputs" in right("recall_2").text
    for name, known in (("softplus", True), ("elu", True), ("silu", False), ("gelu", False)):
        assert (ACTIVATIONS[name].derivative_from_output is not None) == known


def test_where_textbook_formulas_lose_their_digits():
    half = (1 + erf(-10 / sqrt(2))) / 2
    assert half == 0
    exact = SLOPES["gelu"](mpf(-10))
    assert 0.005 < abs((half - 10 * exp(-50) / sqrt(2 * pi)) / exact - 1) < 0.02
    assert 1 - tanh(20.0) ** 2 == 0 < diff(mp.tanh, mpf(20))
    with np.errstate(all="ignore"):
        e = np.exp(np.float64(720))
        assert np.isnan((1 + e - 720 * e) / (1 + e) ** 2)
        s = 1 / (1 + np.exp(np.float64(720)))
        assert s - 720 * s * (1 - s) == 0
    assert SLOPES["silu"](mpf(-720)) == pytest.approx((1 - 720) * mp.exp(-720))
    for name, x in (("gelu", -10.0), ("silu", -720.0)):
        assert float(ACTIVATIONS[name].derivative(x)) == pytest.approx(float(SLOPES[name](mpf(x))), rel=1e-14)


def test_nothing_but_the_last_digit_of_ours_suffers():
    table = where_libraries_lose_digits()
    last = {"".join(row[-1]) for row in [*table.rows, *table.folded]} - {"as above"}
    assert len(last) > 9
    assert all(float(error) < 10 for error in last)


@pytest.mark.parametrize("slope", [silu_derivative, gelu_derivative], ids=["silu", "gelu"])
def test_beyond_40_a_slope_is_0_or_1_to_all_digits(slope):
    assert [float(slope(x)) for x in (41.0, 1e9)] == [1.0, 1.0]
    assert slope is silu_derivative or [float(slope(-x)) for x in (41.0, 1e9)] == [0.0, 0.0]
    assert float(SLOPES["gelu"](mpf(-40))) == 0.0
    assert float(SLOPES["gelu"](mpf(40))) == 1.0


@pytest.mark.parametrize("row", ["silu′", "tanh′", "gelu′"])
def test_the_table_holds_the_functions_that_were_tried(row):
    found = [cells for cells in where_libraries_lose_digits().rows if list(cells[0]) == [row]]
    assert len(found) == 1
    _, textbook, *libraries, ours = ("; ".join(cell) for cell in found[0])
    assert all(re.search(r"lost|nan|e\d+", cell) for cell in (textbook, *libraries)), "each loses digits"
    assert float(ours) < 10


@pytest.mark.parametrize(
    ("f", "begins", "ends"),
    [
        (silu_derivative, "Here `u` is", "GELU's is made"),
        (gelu_derivative, "`left` is the slope", "### No slope"),
    ],
    ids=["silu", "gelu"],
)
def test_the_words_about_the_code_speak_of_names_that_are_in_it(f, begins, ends):
    told = LESSON.read_text(encoding="utf-8").partition(begins)[2].partition(ends)[0]
    names = set(re.findall(r"`(\w+)`", begins + told))
    assert len(names) >= 3
    assert names <= set(re.findall(r"\w+", inspect.getsource(f).split('"""')[2]))


def test_silus_slope_as_a_fraction():
    for u in (-2.0, 0.5, 3.0):
        p, q = (exp(u), 1.0) if u < 0 else (1.0, exp(-u))
        assert p * (p + (1 + u) * q) / (p + q) ** 2 == pytest.approx(float(SLOPES["silu"](mpf(u))), rel=1e-14)


# --- trust -----------------------------------------------------------------------------------------------------


def test_at_the_bottom_only_the_relative_error_is_large():
    h = 1e-3
    found = {}
    for x in (-10.0, -3.0, -1.278465, 0.5, 2.0, 5.0):
        truth = float(SLOPES["silu"](mpf(x)))
        error = abs(float(EXACT["silu"](mpf(x + h)) - EXACT["silu"](mpf(x - h))) / (2 * h) - truth)
        found[x] = error, error / abs(truth)
    absolute, relative = found.pop(-1.278465)
    assert 0.4 < relative < 0.6, "wrong by about a half"
    assert all(pair[1] < 2e-7 for pair in found.values()), "about seven digits elsewhere"
    assert absolute < 2 * max(pair[0] for pair in found.values())
    assert right("trust").text.startswith("Nothing")
    formula = float(ACTIVATIONS["silu"].derivative(-1.278465))
    truth = float(SLOPES["silu"](mpf(-1.278465)))
    assert abs(formula / truth - 1) < 1e-9, "ten digits of the formula are right there"


# --- use (what is trained is in test_claims_08_training.py) -----------------------------------------------------


def test_what_the_question_says_of_the_unit_at_minus_3():
    assert float(EXACT["silu"](mpf(-3))) == pytest.approx(-0.14, abs=0.005)
    assert float(SLOPES["silu"](mpf(-3))) == pytest.approx(-0.09, abs=0.005)


def test_ten_open_gates_pass_a_good_part_and_with_tanh_nothing():
    straight = float(diff(lambda a: a * gate(2), mpf(3)))
    bent = float(diff(lambda a: mp.tanh(a) * gate(2), mpf(3)))
    assert straight**10 > 0.2
    assert bent**10 < 1e-19
    assert float(diff(lambda a: a * gate(2), mpf(30))) == pytest.approx(straight), "however large the value"


# --- the text itself -----------------------------------------------------------------------------------------------


def test_the_lesson_does_not_show_its_transfer():
    text = LESSON.read_text(encoding="utf-8")
    assert "swish_beta" not in text
    assert "beta_derivative" not in text
    assert not re.search(r"partial.{0,20}\\beta", text)
