"""Every claim of lesson 01, recomputed here with plain Python and numpy; each test fails where the effect is absent."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import e, exp, inf, nextafter, sin

import numpy as np
import pytest
from sklearn.datasets import load_diabetes

from course_lib import check, finite_difference
from course_lib.explorers.question import questions

NAMES = ["predict", "find_the_slip", "trust_kink", "recall_1", "recall_2", "recall_3"]


def forward(f: Callable[[float], float], x: float, h: float) -> float:
    return (f(x + h) - f(x)) / h


def central(f: Callable[[float], float], x: float, h: float) -> float:
    return (f(x + h) - f(x - h)) / (2 * h)


def relative_error(a: float, b: float) -> float:
    return abs(a - b) / max(abs(a), abs(b))


def options(name: str) -> dict[float, bool]:
    """Return the options of a question that are numbers, and whether each is the right one."""
    return {o.value: o.right for o in questions()[f"01_slopes/{name}"].options if o.value is not None}


def right_value(name: str) -> float:
    return next(value for value, right in options(name).items() if right)


# --- the questions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_option_answers_back(name: str) -> None:
    text = questions()[f"01_slopes/{name}"]
    assert sum(option.right for option in text.options) == 1
    assert len({option.feedback for option in text.options}) == len(text.options)
    assert all(len(option.feedback) > 30 for option in text.options)


def test_the_best_of_the_four_steps_is_the_right_option() -> None:
    errors = {h: relative_error(forward(exp, 1.0, h), e) for h in options("predict")}
    assert min(errors, key=errors.__getitem__) == right_value("predict")
    # what the feedback says of each of them
    assert errors[1e-2] == pytest.approx(0.005, rel=0.01)
    assert errors[1e-2] / errors[1e-4] == pytest.approx(100, rel=0.01)
    assert 1e-9 < errors[1e-8] < 1e-8
    assert forward(exp, 1.0, 1e-16) == 0


def test_the_first_wrong_line_is_the_right_option() -> None:
    """The lines as they stand in the file, computed at one test value."""
    x = 0.7
    shown = {"(x²)′": "2*x", "(e³ˣ)′": "3*E", "2x": "2*x", "x²": "x**2", "e³ˣ": "E", "·": "*"}

    def value(line: str) -> float:
        text = line.removeprefix("f′ = ")
        for character, python in shown.items():
            text = text.replace(character, python)
        return float(eval(text, {"__builtins__": {}}, {"x": x, "E": exp(3 * x)}))

    first, *others = questions()["01_slopes/find_the_slip"].lines
    assert first == "f′ = (x² · e³ˣ)′"
    values = [central(lambda t: t * t * exp(3 * t), x, 1e-5), *map(value, others)]
    wrong = next(n for n, (a, b) in enumerate(pairwise(values), 2) if relative_error(a, b) > 1e-6)
    assert right_value("find_the_slip") == wrong


def test_the_central_difference_of_a_kink_is_the_right_option() -> None:
    assert central(abs, 0.0, 1e-5) == right_value("trust_kink")
    assert forward(abs, 0.0, 1e-5) in options("trust_kink")


def test_a_tenth_of_the_step_is_a_hundredth_of_the_central_error() -> None:
    errors = [relative_error(central(exp, 1.0, h), e) for h in (1e-2, 1e-3)]
    assert errors[1] / errors[0] == pytest.approx(right_value("recall_1"), rel=0.01)


def test_the_slope_of_the_product_is_the_right_option() -> None:
    assert central(lambda x: x * exp(2 * x), 0.0, 1e-5) == pytest.approx(right_value("recall_2"), abs=1e-8)


def test_a_relative_error_of_2_means_the_opposite_number_and_is_the_largest() -> None:
    assert relative_error(3.7, -3.7) == right_value("recall_3") == 2
    assert relative_error(2 * 3.7, 3.7) in options("recall_3")
    a, b = np.random.default_rng(0).normal(size=(2, 10_000))
    assert np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))) < 2


# --- steps and digits ----------------------------------------------------------------------------------------


def test_the_secant_of_the_square_at_1_has_slope_2_plus_h() -> None:
    for h in (Fraction(1), Fraction(1, 10), Fraction(1, 1000)):
        assert ((1 + h) ** 2 - 1) / h == 2 + h


def test_the_gap_between_floats_grows_with_their_size() -> None:
    gaps = [nextafter(x, inf) - x for x in (1e-8, 1.0, 1e8, 1e16)]
    assert all(small < large for small, large in pairwise(gaps))
    assert gaps[1] == pytest.approx(2.2e-16, rel=0.02)
    assert 1 + 1e-16 == 1


def test_with_a_tiny_step_the_rounded_digits_are_what_is_left() -> None:
    change = exp(1 + 1e-13) - exp(1.0)
    assert exp(1 + 1e-13) != exp(1.0)
    assert relative_error(change, e * 1e-13) > 1e-5


def test_each_method_has_a_best_step_and_the_central_one_is_better_and_longer() -> None:
    steps = 10.0 ** np.linspace(-16, 0, 65)
    best = {}
    for name, slope in (("forward", forward), ("central", central)):
        errors = [relative_error(slope(exp, 1.0, h), e) for h in steps]
        least = int(np.argmin(errors))
        assert errors[0] > 0.1
        assert errors[-1] > 0.1
        best[name] = steps[least], errors[least]
    assert 1e-9 < best["forward"][0] < 1e-7
    assert 1e-6 < best["central"][0] < 2e-5
    assert best["central"][1] < best["forward"][1] / 10


def test_on_the_right_of_the_v_truncation_rules_and_on_the_left_rounding() -> None:
    def gain(slope: Callable[..., float], h: float) -> float:
        return relative_error(slope(exp, 1.0, h), e) / relative_error(slope(exp, 1.0, h / 10), e)

    assert gain(forward, 1e-2) == pytest.approx(10, rel=0.05)
    assert gain(central, 1e-2) == pytest.approx(100, rel=0.05)
    for slope in (forward, central):  # on the left the error is that of rounding, about one ULP over h
        typical = np.median([relative_error(slope(exp, 1.0, h), e) * h for h in 10.0 ** np.linspace(-15, -10, 41)])
        assert 1e-18 < typical < 2e-16


def test_the_complex_step_keeps_all_digits_and_says_0_through_abs() -> None:
    assert finite_difference.complex_step(np.exp, 1.0) == pytest.approx(e, rel=3e-16)
    assert finite_difference.complex_step(np.abs, 1.0) == 0


def test_the_bound_of_the_extrapolated_difference_holds() -> None:
    value, bound = finite_difference.extrapolated(np.exp, 1.0)
    assert abs(value - e) <= bound < 1e-10


# --- where finite differences lie ------------------------------------------------------------------------------


def test_a_kink_is_noticed_from_its_sides() -> None:
    x = np.array([-1.0, 0.0, 1.0])
    np.testing.assert_allclose(finite_difference.one_sided(np.abs, x, -1).value, [-1, -1, 1], atol=1e-9)
    np.testing.assert_allclose(finite_difference.one_sided(np.abs, x, 1).value, [-1, 1, 1], atol=1e-9)
    assert finite_difference.kinks(np.abs, x).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (lambda x: 1 - exp(-x), 35.0, exp(-35)),
        (lambda x: x * x, 1e12, 2e12),
        (lambda x: sin(1e5 * x), 0.0, 1e5),
    ],
    ids=["levelled off", "step too short", "step too long"],
)
def test_where_the_central_difference_lies(f: Callable[[float], float], x: float, slope: float) -> None:
    assert relative_error(central(f, x, 1e-5), slope) > 0.1
    assert float(finite_difference.central(np.vectorize(f), x)) == pytest.approx(central(f, x, 1e-5))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("points", [[2], [3, -1, 0.5], [0, 1, 2, -3, -1, 0.5, 3, 4.25]])
def test_a_formula_that_is_right_at_some_points_does_not_pass(points: list[float], seed: int) -> None:
    def impostor(x: np.ndarray) -> np.ndarray:
        return 2 * x + np.prod([x - p for p in points], axis=0)

    assert all(impostor(np.float64(p)) == 2 * p for p in points)
    assert not check("square_derivative", impostor, seed=seed, record=False).passed
    assert check("square_derivative", lambda x: 2 * x, seed=seed, record=False).passed


def test_the_other_impostor_agrees_at_2_only() -> None:
    assert [x + 2 == 2 * x for x in (1, 2, 3)] == [False, True, False]
    result = check("square_derivative", lambda x: x + 2, seed=3, record=False)
    assert "finite difference of the square there is 6" in result.message


# --- the gradient check --------------------------------------------------------------------------------------

X, Y = load_diabetes().data[:, 2], load_diabetes().target


def loss(a: float, b: float) -> float:
    return float(np.mean((a * X + b - Y) ** 2) / 2)


def by_hand(a: float, b: float, sign: int) -> tuple[float, float]:
    """Return the gradient of the loss, with the first entry times `sign`: -1 is the slip of the lesson."""
    distance = a * X + b - Y
    return sign * float(np.mean(distance * X)), float(np.mean(distance))


def descend(sign: int, steps: int = 20) -> tuple[float, float]:
    a = b = 0.0
    for _ in range(steps):
        da, db = by_hand(a, b, sign)
        a, b = a - 0.2 * da, b - 0.2 * db
    return a, b


def test_the_data_are_as_the_lesson_says() -> None:
    assert len(X) == 442
    assert X.mean() == pytest.approx(0, abs=1e-12)
    assert np.sum(X**2) == pytest.approx(1)
    assert np.polyfit(X, Y, 1)[0] > 0, "a heavier body goes with a worse year"


def test_the_loss_falls_by_three_quarters_in_spite_of_the_slip() -> None:
    start, wrong, right = loss(0, 0), loss(*descend(-1)), loss(*descend(1))
    assert wrong < start / 4
    assert wrong == pytest.approx(right, rel=0.02), "so the loss does not tell"
    assert right < wrong


def test_the_wrong_program_learns_b_and_moves_a_the_wrong_way() -> None:
    (a, b), (right_a, right_b) = descend(-1), descend(1)
    assert a < 0 < right_a
    assert b == pytest.approx(right_b) == pytest.approx(Y.mean(), rel=0.02)


def test_the_gradient_check_finds_the_slip_and_where_it_is() -> None:
    for a, b in ((300.0, 100.0), (-200.0, 50.0), (10.0, 300.0)):
        measured = finite_difference.gradient(lambda w: loss(*w), np.array([a, b]))
        wrong = [relative_error(*pair) for pair in zip(by_hand(a, b, -1), measured, strict=True)]
        right = [relative_error(*pair) for pair in zip(by_hand(a, b, 1), measured, strict=True)]
        assert wrong[0] == pytest.approx(2, abs=1e-6)
        assert wrong[1] < 1e-6
        assert max(right) < 1e-6
