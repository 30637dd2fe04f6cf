"""Every claim of lesson 04, recomputed here with plain mathematics; each test fails where the effect is absent."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from math import cosh, exp, log, sinh, tanh

import numpy as np
import pytest
from mpmath import findroot, mp

from course_lib import finite_difference
from course_lib.activations import sigmoidal
from course_lib.explorers.question import questions


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def sigmoid_slope(x: float) -> float:
    return 1 / (exp(x / 2) + exp(-x / 2)) ** 2


def tanh_slope(x: float) -> float:
    return (2 / (exp(x) + exp(-x))) ** 2


SIGMOID, TANH = (sigmoid, sigmoid_slope), (tanh, tanh_slope)


def right_value(name: str) -> float | None:
    return next(option.value for option in questions()[f"04_tanh/{name}"].options if option.right)


def nearest_option(name: str, value: float) -> float:
    offered = [option.value for option in questions()[f"04_tanh/{name}"].options if option.value is not None]
    return min(offered, key=lambda option: abs(option - value))


# --- the look ------------------------------------------------------------------------------------------------


def test_range_oddness_and_what_is_near_zero() -> None:
    x = np.linspace(-6, 6, 1201)
    y = sigmoidal.tanh(x)
    assert -1 < y.min() < -0.999
    assert 0.999 < y.max() < 1
    np.testing.assert_array_equal(sigmoidal.tanh(-x), -y)
    assert np.all(y[x < 0] < 0)
    assert abs(sigmoidal.tanh(0.1)) < 0.1
    assert sigmoidal.sigmoid(x).min() > 0


def test_the_slope_at_0_is_1_and_four_times_that_of_the_sigmoid() -> None:
    assert sigmoidal.tanh_derivative(0.0) == 1
    assert sigmoidal.tanh_derivative(0.0) / sigmoidal.sigmoid_derivative(0.0) == 4
    x = np.linspace(-3, 3, 601)
    assert np.max(sigmoidal.tanh_derivative(x) / sigmoidal.sigmoid_derivative(x)) == 4, "in the middle up to four times"


def test_where_the_slopes_are_equal() -> None:
    crossing = float(findroot(lambda x: mp.sech(x) ** 2 - mp.sech(x / 2) ** 2 / 4, 1.5))
    assert crossing == pytest.approx(1.663, abs=0.0005)
    assert right_value("crossing") == nearest_option("crossing", crossing) == round(crossing, 2)
    for beyond in (1.7, 3.0, 8.0, 100.0):
        assert tanh_slope(beyond) < sigmoid_slope(beyond)
    for inside in (0.0, 0.88, 1.32, 1.6):
        assert tanh_slope(inside) > sigmoid_slope(inside)


def test_what_the_wrong_crossings_say_of_themselves() -> None:
    assert tanh_slope(0.88) == pytest.approx(1 / 2, abs=0.003)
    assert tanh_slope(1.32) == pytest.approx(1 / 4, abs=0.003)
    assert sigmoid_slope(1.32) < 1 / 4


def test_at_minus_5_the_sigmoid_is_37_times_as_steep() -> None:
    assert round(sigmoid_slope(-5) / tanh_slope(-5)) == 37


# --- the derivations -----------------------------------------------------------------------------------------


def test_tanh_is_a_stretched_sigmoid_and_saturates_at_half_the_distance() -> None:
    for x in (-3.0, -0.2, 0.0, 1.0, 6.0):
        assert 2 * sigmoid(2 * x) - 1 == pytest.approx(tanh(x), abs=1e-15)
        assert 4 * sigmoid_slope(2 * x) == pytest.approx(tanh_slope(x))
    assert right_value("recall_2") == pytest.approx(tanh_slope(0.7) / sigmoid_slope(1.4))
    assert 2 * sigmoid_slope(1.4) != pytest.approx(tanh_slope(0.7))
    assert 4 * sigmoid_slope(0.7) != pytest.approx(tanh_slope(0.7))
    assert 4 * sigmoid_slope(0.0) == tanh_slope(0.0), "the last wrong option is right at 0 only"


def test_the_first_wrong_line_is_the_right_option() -> None:
    """The lines as they stand in the file, with numbers for s and c."""
    lines = questions()["04_tanh/find_the_slip"].lines
    x = 0.7
    names = {"s": sinh(x), "c": cosh(x), "tanh": tanh(x)}

    def value(line: str) -> float:
        text = line.removeprefix("tanh′ = ").replace("²", "**2").replace("·", "*").replace("−", "-")
        return eval(text, {"__builtins__": {}}, names)

    values = [tanh_slope(x), *(value(line) for line in lines[1:])]
    wrong = next(n for n in range(2, len(values) + 1) if values[n - 1] != pytest.approx(values[n - 2]))
    assert right_value("find_the_slip") == wrong
    assert values[-1] == pytest.approx(-(tanh(x) ** 2))


# --- the computer --------------------------------------------------------------------------------------------


def forms(x: float) -> dict[str, float]:
    with np.errstate(all="ignore"):
        s, c, t = np.sinh(x), np.cosh(x), np.tanh(x)
        return {"quotient": (c**2 - s**2) / c**2, "square": 1 - t**2, "sech": 1 / c**2}


def exact_slope(x: float) -> Decimal:
    with localcontext(prec=50):
        return (2 / (Decimal(x).exp() + Decimal(-x).exp())) ** 2


def relative_error(value: float, x: float) -> float:
    return float(abs(Decimal(float(value)) / exact_slope(x) - 1))


def test_where_each_form_fails() -> None:
    assert max(relative_error(value, 2.0) for value in forms(2.0).values()) < 1e-14
    assert relative_error(forms(18.0)["square"], 18.0) > 0.01
    assert relative_error(forms(18.0)["sech"], 18.0) < 1e-14
    assert forms(20.0)["quotient"] == forms(20.0)["square"] == 0
    assert relative_error(forms(20.0)["sech"], 20.0) < 1e-14
    assert np.isnan(forms(356.0)["quotient"])
    assert not np.isnan(forms(355.0)["quotient"])
    assert forms(356.0)["sech"] == 0 < exact_slope(356.0)
    for x in (2.0, 18.0, 20.0):
        assert relative_error(sigmoidal.tanh_derivative(x), x) < 1e-15
    assert relative_error(sigmoidal.tanh_derivative(356.0), 356.0) < 1e-12  # a subnormal number has fewer digits


def test_one_minus_tanh_squared_is_0_from_19_on() -> None:
    x = np.arange(0, 25, 0.001)
    zero = 1 - np.tanh(x) ** 2 == 0
    assert x[zero][0] == pytest.approx(19.0, abs=0.1)
    assert np.all(zero[x > 19.1])


def test_from_the_output_the_square_loses_digits_and_the_product_does_not() -> None:
    y = np.tanh(np.linspace(0, 15, 1001))
    with localcontext(prec=60):
        exact = [1 - Decimal(float(v)) ** 2 for v in y]
        square, product = (
            max(abs(Decimal(float(g)) / e - 1) for g, e in zip(got, exact, strict=True))
            for got in (1 - y**2, (1 - y) * (1 + y))
        )
    assert square > Decimal("1e-9"), "half of the 16 digits are gone"
    assert product < Decimal("1e-15")
    assert (1 - np.tanh(20.0)) * (1 + np.tanh(20.0)) == 0 < sigmoidal.tanh_derivative(20.0)


def test_the_finite_difference_of_tanh_dies_on_both_sides() -> None:
    dead = sum(finite_difference.central(np.tanh, x) == 0 for x in (-30.0, 30.0))
    assert right_value("trust") == dead
    assert finite_difference.central(np.tanh, 2.0) == pytest.approx(tanh_slope(2.0), rel=1e-8)
    left = finite_difference.central(lambda x: 1 / (1 + np.exp(-x)), -30.0)
    assert left == pytest.approx(sigmoid_slope(-30.0), rel=1e-8), "the sigmoid's stays good on the left"


def test_at_0_four_formulas_agree_and_at_1_one_is_left() -> None:
    for x, agreeing in ((0.0, 4), (1.0, 1)):
        t = tanh(x)
        handed_in = (1 - t**2, 1 - t, 1 / cosh(x), 4 * sigmoid_slope(x))
        assert sum(abs(f - tanh_slope(x)) < 1e-9 for f in handed_in) == agreeing


# --- the network ---------------------------------------------------------------------------------------------


def steps_of_the_bias(unit: tuple, goal: float = 0.9, rate: float = 1.0) -> int:
    f, slope = unit
    b, steps = -5.0, 0
    while f(b) < goal:
        b -= rate * (f(b) - 1) * slope(b)
        steps += 1
    return steps


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
def test_a_bias_alone_needs_six_times_as_many_steps_with_tanh(rate: float) -> None:
    ratio = steps_of_the_bias(TANH, rate=rate) / steps_of_the_bias(SIGMOID, rate=rate)
    assert ratio == pytest.approx(6, abs=0.3)
    offered = [option.value for option in questions()["04_tanh/predict"].options]
    assert right_value("predict") == min(offered, key=lambda value: abs(log(value / ratio)))


def test_the_delay_is_in_the_flat_part_and_once_out_tanh_is_the_quicker_one() -> None:
    assert steps_of_the_bias(TANH, tanh(0)) > 0.98 * steps_of_the_bias(TANH)
    assert steps_of_the_bias(TANH, 0.99) < steps_of_the_bias(SIGMOID, 0.99)
    # At the start the slope is 37 times smaller, the error twice as large; both slopes then grow exponentially.
    assert (1 - tanh(-5)) / (1 - sigmoid(-5)) == pytest.approx(2, abs=0.02)
    assert tanh_slope(-4) / tanh_slope(-5) == pytest.approx(exp(2), rel=0.01)
    assert sigmoid_slope(-4) / sigmoid_slope(-5) == pytest.approx(exp(1), rel=0.03)


def gradients(unit: tuple, b: float, w: float) -> tuple[float, float]:
    f, slope = unit
    return (w * f(b) - 1) * w * slope(b), (w * f(b) - 1) * f(b)


def test_the_gradients_are_those_of_the_loss() -> None:
    for unit in (SIGMOID, TANH):

        def loss(v: np.ndarray, f: Callable[[float], float] = unit[0]) -> float:
            return (v[1] * f(v[0]) - 1) ** 2 / 2

        np.testing.assert_allclose(gradients(unit, -1.0, 0.7), finite_difference.gradient(loss, [-1.0, 0.7]), rtol=1e-6)


def test_tanh_is_worse_for_the_bias_and_better_for_the_next_weight() -> None:
    (sigmoid_bias, sigmoid_weight), (tanh_bias, tanh_weight) = (gradients(unit, -5.0, 1.0) for unit in (SIGMOID, TANH))
    assert abs(tanh_bias) < abs(sigmoid_bias) / 15
    assert abs(tanh_weight) == pytest.approx(2.0, abs=0.001)
    assert abs(sigmoid_weight) == pytest.approx(0.0066, abs=0.0001)
    far = -8.0
    assert abs(gradients(TANH, far, 1.0)[0]) < abs(gradients(SIGMOID, far, 1.0)[0]) / 100
    assert abs(gradients(TANH, far, 1.0)[1]) == pytest.approx(2.0, abs=0.001)


def test_with_both_trained_tanh_is_right_through_the_next_weight_and_its_unit_still_stuck() -> None:
    found = {}
    for unit in (SIGMOID, TANH):
        b, w = -5.0, 1.0
        for _ in range(50):
            for_b, for_w = gradients(unit, b, w)
            b, w = b - 0.1 * for_b, w - 0.1 * for_w
        found[unit] = b, w, w * unit[0](b)
    b, w, z = found[TANH]
    assert z == pytest.approx(1, abs=0.02)
    assert w == pytest.approx(-1, abs=0.02)
    assert abs(b + 5) < 0.01
    assert found[SIGMOID][2] < 0.02


def test_outputs_of_one_sign_only() -> None:
    x = np.random.default_rng(0).normal(size=(10_000, 8))
    share = {}
    for name, y in (("sigmoid", 1 / (1 + np.exp(-x))), ("tanh", np.tanh(x))):
        share[name] = np.mean(np.all(y > 0, axis=1) | np.all(y < 0, axis=1))
        assert abs(y.mean()) == pytest.approx({"sigmoid": 0.5, "tanh": 0.0}[name], abs=0.01)
    assert share["sigmoid"] == 1
    assert share["tanh"] < 0.01


def test_the_recalled_slope_is_one_minus_the_output_squared() -> None:
    x, y = 2.0, 0.964
    assert tanh(x) == pytest.approx(y, abs=0.0005)
    assert right_value("recall_1") == pytest.approx(tanh_slope(x), abs=0.0005)
    offered = sorted(option.value for option in questions()["04_tanh/recall_1"].options)
    assert offered == pytest.approx(sorted([1 - x**2, 1 - y**2, y * (1 - y), 1 - tanh(y) ** 2]), abs=0.001)
