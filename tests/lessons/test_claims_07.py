"""Every claim of lesson 07, recomputed here with plain numbers; each test fails where the effect is absent."""

from itertools import pairwise
from math import exp, log, log1p

import mpmath
import numpy as np
import pytest

from course_lib import finite_difference
from course_lib.activations.softplus import softplus
from course_lib.activations.vector import softmax
from course_lib.activations.vector_logarithms import log_softmax
from course_lib.explorers.question import questions
from course_lib.losses import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
    cross_entropy,
    cross_entropy_gradient,
)

LOGITS = np.array([1.0, -2.0, 0.5])
SOFT = np.array([0.2, 0.5, 0.3])


def plain(z):
    """Softmax as the definition says it: right for moderate logits, complex ones too."""
    return np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)


def loss(z, y):
    """The cross-entropy as the definition says it."""
    return -np.sum(y * np.log(plain(z)), axis=-1)


def gradient(f, z):
    """The gradient by the complex step: no formula of the lesson is used, and no digits are lost."""
    return np.array([f(z + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(z))])


def exact(z, y):
    """Loss and gradient by the definition, with 400 digits."""
    with mpmath.workdps(400):
        e = [mpmath.exp(entry) for entry in z]
        s = [entry / sum(e) for entry in e]
        total = -sum(weight * mpmath.log(chance) for weight, chance in zip(y, s, strict=True) if weight)
        return float(total), [float(chance - weight) for chance, weight in zip(s, y, strict=True)]


def question(name):
    return questions()[f"07_cross_entropy/{name}"]


def right_value(name):
    return next(option.value for option in question(name).options if option.right)


def values(name):
    return [option.value for option in question(name).options]


@pytest.mark.parametrize("key", [key for key in questions() if key.startswith("07_cross_entropy/")])
def test_every_option_answers_back(key):
    feedback = [option.feedback for option in questions()[key].options]
    assert len(set(feedback)) == len(feedback)
    assert all(len(text) > 30 for text in feedback)


# --- predict and look ------------------------------------------------------------------------------------------


def test_a_mistake_twice_as_sure_pulls_just_as_strongly():
    slopes = [gradient(lambda z: loss(z, [1, 0]), np.array([-gap, 0.0]))[0] for gap in (10.0, 20.0)]
    assert slopes == pytest.approx([-1, -1], abs=1e-4)
    assert slopes[1] / slopes[0] == pytest.approx(right_value("predict"), abs=1e-4)
    saturated, _, losses, probabilities = values("predict")
    assert plain(np.array([-20.0, 0]))[0] / plain(np.array([-10.0, 0]))[0] == pytest.approx(saturated, rel=1e-4)
    assert loss(np.array([-20.0, 0]), [1, 0]) / loss(np.array([-10.0, 0]), [1, 0]) == pytest.approx(losses, rel=1e-4)
    assert 1 / saturated == pytest.approx(probabilities)
    squared = [gradient(lambda z: (plain(z)[0] - 1) ** 2, np.array([-gap, 0.0]))[0] for gap in (10.0, 20.0)]
    assert abs(squared[0]) < 1e-3, "the squared error is flat there"


def test_where_the_loss_of_nine_in_ten_is_smallest():
    z1 = np.linspace(-6, 6, 12_001)
    losses = loss(np.stack([z1, 0 * z1], axis=-1), np.array([0.9, 0.1]))
    assert z1[np.argmin(losses)] == pytest.approx(right_value("look_valley"), abs=1e-3)
    assert plain(np.array([0.9, 0]))[0] == pytest.approx(0.71, abs=0.005)
    assert losses[-1] > losses.min() + 0.1
    hard = loss(np.stack([z1, 0 * z1], axis=-1), np.array([1.0, 0.0]))
    assert np.argmin(hard) == len(z1) - 1, "for y = 1 it is the end of the slider"
    assert gradient(lambda z: loss(z, [0.9, 0.1]), np.zeros(2))[0] < 0, "at 0 downhill is to the right"


def test_a_one_hot_label_has_no_lowest_point():
    corner, middle, _ = values("look_hard")
    assert loss(np.array([6.0, -6.0]), [1, 0]) == pytest.approx(corner, rel=1e-4)
    assert loss(np.zeros(2), [1, 0]) == pytest.approx(middle)
    falling = [exact((half, -half), (1, 0))[0] for half in (0, 3, 6, 20, 300)]
    assert all(after < before for before, after in pairwise(falling))
    assert falling[-1] > 0
    assert right_value("look_hard") == pytest.approx(falling[-1], abs=1e-200)
    assert falling[2] == pytest.approx(corner, rel=1e-4)
    slopes = [abs(exact((half, -half), (1, 0))[1][0]) for half in (0, 3, 6, 20)]
    assert all(after < before for before, after in pairwise(slopes)), "ever more slowly"


def test_stripes_and_an_even_ramp():
    for y in ([1, 0], [0.7, 0.3]):
        assert loss(np.array([1.5, -1.0]), y) == pytest.approx(loss(np.array([4.5, 2.0]), y))

    def gap_of(level):
        return log(exp(level) - 1)  # the loss of class 1 is ln(1 + e^gap)

    steps = np.diff([gap_of(level) for level in (2, 4, 6, 8, 10, 12)])
    assert steps == pytest.approx([2] * 5, abs=0.15)
    squares = [(1 - plain(np.array([-gap, 0.0]))[0]) ** 2 for gap in (10, 20)]
    assert squares[1] - squares[0] < 1e-3, "the squared error has no such ramp"


def test_nats_bits_and_perplexity_of_a_blind_guess():
    blind = loss(np.zeros(10), np.eye(10)[3])
    assert blind == pytest.approx(log(10))
    assert float(cross_entropy(np.zeros(10), np.eye(10)[3])) == pytest.approx(blind)
    assert exp(blind) == pytest.approx(10)
    assert blind / log(2) == pytest.approx(np.log2(10))


def test_the_smallest_loss_is_at_the_label_and_is_its_entropy():
    y = np.array([0.9, 0.1])
    entropy = -np.sum(y * np.log(y))
    tried = {p: loss(np.log([p, 1 - p]), y) for p in np.linspace(0.001, 0.999, 999)}
    assert min(tried, key=tried.get) == pytest.approx(0.9)
    assert min(tried.values()) == pytest.approx(entropy)
    assert entropy > 0.3
    np.testing.assert_allclose(gradient(lambda z: loss(z, y), np.log(y)), 0, atol=1e-15)
    for p in (0.5, 0.8, 0.9, 0.99, 0.9999):
        assert cross_entropy(np.log([p, 1 - p]), y) == pytest.approx(loss(np.log([p, 1 - p]), y))


def test_the_mean_loss_is_the_negative_log_likelihood():
    rng = np.random.default_rng(0)
    z, seen = rng.normal(size=(6, 3)), rng.integers(0, 3, 6)
    likelihood = np.prod(plain(z)[np.arange(6), seen])
    assert np.mean(cross_entropy(z, np.eye(3)[seen])) == pytest.approx(-log(likelihood) / 6)


# --- derive ----------------------------------------------------------------------------------------------------


def test_the_formulas_of_step_4():
    s = plain(LOGITS)

    def logsumexp(z):
        return np.log(np.sum(np.exp(z)))

    np.testing.assert_allclose(gradient(logsumexp, LOGITS), s)
    assert logsumexp(LOGITS + 3.7) == pytest.approx(logsumexp(LOGITS) + 3.7)
    np.testing.assert_allclose(LOGITS - logsumexp(LOGITS), np.log(s))
    jacobian = [gradient(lambda z, i=i: z[i] - logsumexp(z), LOGITS) for i in range(3)]
    np.testing.assert_allclose(jacobian, np.eye(3) - s, atol=1e-15)
    for y in (SOFT, np.eye(3)[1]):
        np.testing.assert_allclose(gradient(lambda z, y=y: loss(z, y), LOGITS), s - y)
        np.testing.assert_allclose(cross_entropy_gradient(LOGITS, y), s - y, rtol=1e-13)


@pytest.mark.parametrize("y", [0.0, 1.0, 0.8, 0.37])
def test_yes_or_no_is_the_same_with_two_classes_also_with_a_soft_label(y):
    for x in (-3.0, 0.0, 1.5):
        sigma = 1 / (1 + exp(-x))
        definition = -y * log(sigma) - (1 - y) * log(1 - sigma)
        assert log1p(exp(x)) - y * x == pytest.approx(definition)
        assert float(binary_cross_entropy_with_logits(x, y)) == pytest.approx(definition)
        two = loss(np.array([x, 0.0]), np.array([y, 1 - y]))
        assert two == pytest.approx(definition)
        slope = gradient(lambda z, y=y: loss(z, np.array([y, 1 - y])), np.array([x, 0.0]))[0]
        assert slope == pytest.approx(sigma - y)
        assert float(binary_cross_entropy_with_logits_gradient(x, y)) == pytest.approx(sigma - y)


def test_along_any_straight_way_the_slope_never_falls():
    rng = np.random.default_rng(0)
    for _ in range(50):
        z, u = rng.normal(size=(2, 4))
        s = plain(z)
        jacobian = np.diag(s) - np.outer(s, s)
        assert u @ jacobian @ u == pytest.approx(s @ (u - s @ u) ** 2)
        along = [u @ plain(z + t * u) for t in np.linspace(-3, 3, 61)]
        assert np.all(np.diff(along) > -1e-12)


def test_the_first_wrong_line_is_the_right_option():
    """The lines of the question, as they stand in the file, computed for three logits."""
    s, i = plain(LOGITS), 0
    delta = np.eye(3)
    lines = {
        "−Σₖ yₖ · ∂ln Sₖ/∂zᵢ": gradient(lambda z: loss(z, SOFT), LOGITS)[i],
        "−Σₖ yₖ (δₖᵢ − Sᵢ)": -sum(SOFT[k] * (delta[k, i] - s[i]) for k in range(3)),
        "−Σₖ yₖ δₖᵢ + Σₖ yₖ Sᵢ": -sum(SOFT * delta[:, i]) + sum(SOFT * s[i]),
        "−yᵢ + yᵢ Sᵢ": -SOFT[i] + SOFT[i] * s[i],
        "yᵢ (Sᵢ − 1)": SOFT[i] * (s[i] - 1),
    }
    shown = [line.removeprefix("∂L/∂zᵢ = ") for line in question("find_the_slip").lines]
    assert shown == list(lines)
    found = list(lines.values())
    wrong = next(n for n in range(2, len(found) + 1) if not np.isclose(found[n - 1], found[n - 2]))
    assert right_value("find_the_slip") == wrong
    assert abs(sum(SOFT * (s - 1))) > 0.1, "the entries of line 5 do not sum to 0"


# --- compute ---------------------------------------------------------------------------------------------------


def test_where_the_logarithm_of_softmax_fails():
    def definition(gap, kind):
        with np.errstate(divide="ignore"):
            return np.log(softmax(np.array([-gap, 0], dtype=kind)))[0]

    assert definition(100, np.float32) == pytest.approx(-100, rel=1e-3)
    assert 0.1 < abs(definition(103, np.float32) + 103) < 1, "few digits are left"
    assert definition(104, np.float32) == -np.inf
    assert definition(740, np.float64) == pytest.approx(-740, rel=1e-4)
    assert 0.1 < abs(definition(745, np.float64) + 745) < 1
    assert definition(746, np.float64) == -np.inf
    assert float(np.nextafter(np.float32(0), np.float32(1))) == pytest.approx(1.4e-45, rel=0.01)
    assert np.nextafter(0, 1) == pytest.approx(5e-324)
    for gap in (10, 100, 103, 104, 740, 745, 746, 800):
        assert log_softmax(np.array([-gap, 0.0]))[0] == pytest.approx(-exact((gap, 0), (0, 1))[0], rel=1e-15)


def test_what_the_shift_alone_keeps_and_what_it_does_not():
    def shifted(z):
        gap = z - np.max(z)
        return gap - np.log(np.sum(np.exp(gap)))

    assert shifted(np.array([-800.0, 0.0]))[0] == -800
    np.testing.assert_allclose(shifted(np.array([1000.0, 999.0, 0.0]))[:2], np.log(plain(np.array([1.0, 0.0]))))
    assert shifted(np.array([40.0, 0.0]))[0] == 0
    assert log_softmax(np.array([40.0, 0.0]))[0] == pytest.approx(-exact((40, 0), (1, 0))[0], rel=1e-15)


def test_prediction_minus_label_cancels_where_the_prediction_is_sure():
    for gap in (10, 30, 36, 40):
        z, y = np.array([gap, 0.0]), np.array([1.0, 0.0])
        wanted = exact(z, y)[1]
        np.testing.assert_allclose(cross_entropy_gradient(z, y), wanted, rtol=1e-14)
        error = abs((softmax(z) - y)[0] / wanted[0] - 1)
        assert {10: error < 1e-10, 30: 1e-6 < error < 0.01, 36: error > 0.01, 40: error == 1}[gap]
        assert cross_entropy_gradient(z, np.array([0.0, 1.0]))[1] == pytest.approx(-1, abs=1e-4)


def test_three_ways_to_write_the_loss_of_a_label_0():
    x = np.array([-40.0, 0.0, 40.0, 800.0])
    with np.errstate(all="ignore"):
        sigma = 1 / (1 + np.exp(-x))
        by_sigma, by_logarithm = -np.log(1 - sigma), np.log(1 + np.exp(x))
    wanted = [exact((v, 0), (0, 1))[0] for v in x]
    assert wanted[0] == pytest.approx(4.2e-18, rel=0.02)
    assert by_sigma[0] == by_logarithm[0] == 0
    assert by_sigma[2] == np.inf
    assert by_logarithm[2] == 40
    assert by_logarithm[3] == np.inf
    np.testing.assert_allclose(softplus(x), wanted, rtol=1e-15)
    np.testing.assert_allclose(binary_cross_entropy_with_logits(x, 0 * x), wanted, rtol=1e-15)
    sigma_of_40 = 1 / (1 + exp(-40))
    assert sigma_of_40 - 1 == 0
    slope = binary_cross_entropy_with_logits_gradient(40.0, 1.0)
    assert slope == pytest.approx(exact((40, 0), (1, 0))[1][0], rel=1e-14)
    assert softplus(-800.0) == exp(-800) == 0
    with mpmath.workdps(20):
        assert 0 < mpmath.exp(-800) < mpmath.mpf(2) ** -1075, "smaller than any float"


# --- trust -----------------------------------------------------------------------------------------------------


def test_differences_agree_and_the_entries_sum_to_0():
    difference = finite_difference.gradient(lambda z: float(loss(z, SOFT)), LOGITS)
    np.testing.assert_allclose(cross_entropy_gradient(LOGITS, SOFT), difference, atol=1e-9)
    assert cross_entropy_gradient(LOGITS, SOFT).sum() == pytest.approx(0, abs=1e-15)


def test_the_gradient_for_two_labels_at_once():
    s, y = np.array([0.5, 0.3, 0.2]), np.array([1.0, 1.0, 0.0])
    found = gradient(lambda z: loss(z, y), np.log(s))
    np.testing.assert_allclose(found, 2 * s - y)
    assert found[0] == pytest.approx(right_value("trust_two_labels"), abs=1e-15)
    assert found.sum() == pytest.approx(0, abs=1e-15)
    minus, _, twice, itself = values("trust_two_labels")
    assert (minus, twice, itself) == pytest.approx(((s - y)[0], 2 * (s - y)[0], s[0]))
    np.testing.assert_allclose(s - y, [-0.5, -0.7, 0.2])


def test_the_difference_is_blind_where_the_loss_is_large():
    z = np.array([40.0, 0.0, 0.0])
    for label, seen in ((0, True), (1, False)):
        y = np.eye(3)[label]
        total, slopes = exact(z, y)
        assert cross_entropy_gradient(z, y)[2] == pytest.approx(slopes[2], rel=1e-14)
        difference = finite_difference.gradient(lambda v, y=y: float(cross_entropy(v, y)), z)[2]
        assert difference == (pytest.approx(slopes[2], rel=1e-6) if seen else 0)
        assert (total < 1e-15) == seen


# --- use -------------------------------------------------------------------------------------------------------


def test_a_small_number_added_makes_a_sure_mistake_silent():
    small = mpmath.mpf(10) ** -12
    with mpmath.workdps(50):
        slope = mpmath.diff(lambda z: -mpmath.log(1 / (1 + mpmath.exp(-z)) + small), mpmath.mpf(-100))
        assert float(slope) == pytest.approx(right_value("use_small_number"), rel=1e-6)
        value = float(-mpmath.log(mpmath.exp(-100) + small))
    assert value == pytest.approx(27.6, abs=0.05)
    assert -values("use_small_number")[2] == pytest.approx(value)
    assert gradient(lambda z: loss(z, [1, 0]), np.array([-100.0, 0]))[0] == pytest.approx(-1)


# --- recall ----------------------------------------------------------------------------------------------------


def test_the_slope_with_respect_to_the_right_class_s_logit():
    s = np.array([0.7, 0.2, 0.1])
    found = gradient(lambda z: loss(z, np.eye(3)[1]), np.log(s))
    np.testing.assert_allclose(found, [0.7, -0.8, 0.1])
    expected = [found[1], -1 / s[1], -s[1] * (1 - s[1]), -log(s[1])]
    assert values("recall_1") == pytest.approx(expected)
    assert right_value("recall_1") == pytest.approx(found[1])


def test_a_fair_coin_costs_one_bit():
    least = min(-0.5 * log(p) - 0.5 * log(1 - p) for p in np.linspace(0.001, 0.999, 999))
    assert least == pytest.approx(right_value("recall_2"))
    assert least / log(2) == pytest.approx(1)


def test_probabilities_in_the_place_of_logits():
    best = np.eye(10)[4]
    assert loss(best, best) == pytest.approx(right_value("recall_3"))
    assert float(cross_entropy(best, best)) == pytest.approx(right_value("recall_3"))
    assert plain(best)[4] == pytest.approx(0.23, abs=0.005)
    rng = np.random.default_rng(0)
    assert all(loss(plain(z), best) > right_value("recall_3") for z in 10 * rng.normal(size=(200, 10)))
