"""The yardstick itself: exact values against closed forms in mpmath, and units in the last place by hand."""

import mpmath
import numpy as np
import pytest

from benchmarks.accuracy.exact import Digits, exact, exact_of, full_sweep, short_sweep, ulps
from course_lib import ACTIVATIONS
from course_lib.derivations.expression import parse

DIGITS = 30
ENOUGH = 3000  # decimal digits with which nothing below is lost

# Derivatives as calculus books have them, written without the course's formulas.
CLOSED = {
    "sigmoid": lambda x: mpmath.sech(x / 2) ** 2 / 4,
    "tanh": lambda x: mpmath.sech(x) ** 2,
    "softplus": lambda x: (1 + mpmath.tanh(x / 2)) / 2,
    "softsign": lambda x: 1 / (1 + abs(x)) ** 2,
    "elu": lambda x: mpmath.exp(min(x, 0)),
    "squareplus": lambda x: (1 + x / mpmath.sqrt(x**2 + 4)) / 2,
    "tanh_shrink": lambda x: mpmath.tanh(x) ** 2,
}
# The same for formulas that hold an error function or a root, whatever the registry has.
FORMULAS = {
    "x*(1 + erf(x/sqrt(2)))/2": lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x),
    "x*tanh(log(1 + exp(x)))": lambda x: (
        mpmath.tanh(mpmath.log1p(mpmath.exp(x)))
        + x * mpmath.sech(mpmath.log1p(mpmath.exp(x))) ** 2 / (1 + mpmath.exp(-x))
    ),
    "sqrt(pi)*x**3/4 - 2*x**-2": lambda x: 3 * mpmath.sqrt(mpmath.pi) * x**2 / 4 + 4 / x**3,
    "step(x)*x**2 + max(x, 1)": lambda x: mpmath.mpf(2 * x if x > 0 else 0) + (x > 1),
    "abs(x)*min(x, 3)": lambda x: 2 * abs(x) if x < 3 else mpmath.mpf(3),
}
POINTS = [1e-300, 1e-8, 0.3, 0.7, 2.5, 17.0, 36.5, 37.9, 130.0, 371.0, 720.0]
POINTS += [-x for x in POINTS]


def nearly(got: mpmath.mpf, expected: mpmath.mpf) -> bool:
    return abs(got - expected) <= mpmath.mpf(10) ** -DIGITS * abs(expected) + mpmath.mpf(2) ** -1190


@pytest.mark.parametrize("name", CLOSED)
def test_derivatives_are_those_of_the_calculus_books(name: str) -> None:
    for x, got in zip(POINTS, exact(ACTIVATIONS[name], POINTS, "x"), strict=True):
        with mpmath.workdps(ENOUGH):
            assert nearly(got, CLOSED[name](mpmath.mpf(x))), x


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_function_of_the_language_has_its_slope(formula: str) -> None:
    for x, got in zip(POINTS, exact_of(parse(formula), [{"x": x} for x in POINTS], "x"), strict=True):
        with mpmath.workdps(ENOUGH):
            assert nearly(got, FORMULAS[formula](mpmath.mpf(x))), x


def test_values_need_no_closed_form() -> None:
    for x, got in zip(POINTS, exact(ACTIVATIONS["softplus"], POINTS), strict=True):
        with mpmath.workdps(ENOUGH):
            assert nearly(got, mpmath.log(1 + mpmath.exp(x)))


def test_derivatives_with_respect_to_a_parameter() -> None:
    values = exact(ACTIVATIONS["celu"], [-3.0, 2.0], "alpha", alpha=0.7)
    with mpmath.workdps(ENOUGH):
        a, x = mpmath.mpf(0.7), mpmath.mpf(-3)
        assert nearly(values[0], mpmath.exp(x / a) - 1 - x / a * mpmath.exp(x / a))
    assert values[1] == 0
    assert exact(ACTIVATIONS["polynomial"], [3.0], "c2") == [9]


@pytest.mark.parametrize("x", [5e-324, 1e-310, 1e20, 1e300, 1.7e308])
def test_the_ends_of_the_floats(x: float) -> None:
    assert exact(ACTIVATIONS["tanh"], [x, -x], "x") == ([0, 0] if x > 1 else pytest.approx([1, 1], abs=1e-30))
    assert exact(ACTIVATIONS["sigmoid"], [-x]) == pytest.approx([0.0 if x > 1 else 0.5], abs=1e-30)
    smallest = exact(ACTIVATIONS["elu"], [-x])[0]
    assert nearly(smallest, -1 if x > 1 else -mpmath.mpf(x))


def test_two_pieces_that_meet_without_a_kink_have_one_slope() -> None:
    assert exact(ACTIVATIONS["elu"], [0.0], "x") == [1]
    assert exact(ACTIVATIONS["softsign"], [0.0], "x") == [1]
    assert exact(ACTIVATIONS["sparse_plus"], [-1.0, 1.0], "x") == [0, 1]
    assert exact(ACTIVATIONS["relu"], [0.0], "x") == [0.5]  # a real kink: the mean of both sides


def test_the_order_of_the_inputs_is_kept() -> None:
    x = np.array([[3.0, -1.0], [0.5, 2.0]], dtype=np.float32)
    with mpmath.workdps(40):
        expected = [mpmath.exp(mpmath.mpf(float(v))) for v in x.ravel()]
    assert exact(ACTIVATIONS["exponential"], x) == pytest.approx(expected, rel=1e-30)


def test_what_has_no_slope_is_refused() -> None:
    with pytest.raises(ArithmeticError, match="do not suffice"):
        exact_of(parse("sqrt(x)"), [{"x": 0.0}], "x")
    with pytest.raises(ValueError, match="finite inputs only"):
        exact(ACTIVATIONS["tanh"], [np.inf])


# --- units in the last place ----------------------------------------------------------------------------------

third = mpmath.mpf(1) / 3


@pytest.mark.parametrize(
    ("got", "exactly", "expected"),
    [
        (1.0, mpmath.mpf(1), 0),
        (1 + 2.0**-52, mpmath.mpf(1), 1),
        (-1.0, mpmath.mpf(1), 2.0**53),
        (0.0, mpmath.mpf(1.5), 1.5 * 2.0**52),
        (5e-324, mpmath.mpf(0), 1),
        (0.0, mpmath.ldexp(1, -1075), 0.5),
        (1e-310, mpmath.mpf(2e-310), 1e-310 / 5e-324),
        (-0.0, mpmath.mpf(0), 0),
        (np.nan, mpmath.mpf(1), np.inf),
        (np.inf, mpmath.mpf(1), np.inf),
        (np.inf, mpmath.ldexp(1, 1024), 0),
        (np.inf, mpmath.ldexp(1, 5000), 0),
        (-np.inf, mpmath.ldexp(1, 5000), np.inf),
        (1.7e308, mpmath.ldexp(1, 5000), np.inf),
        (np.float32(0), mpmath.mpf(1e-44), 1e-44 / 2.0**-149),
        (np.float32(1), mpmath.mpf(1 + 2.0**-24), 0.5),
        (np.float32(np.inf), mpmath.mpf(3.5e38), 0),
    ],
)
def test_units_in_the_last_place(got: float, exactly: mpmath.mpf, expected: float) -> None:
    found = ulps(np.array([got]), [exactly])
    assert found[0] == pytest.approx(expected, rel=1e-12)


def test_units_are_measured_from_the_exact_value_and_not_from_the_nearest_float() -> None:
    with mpmath.workprec(200):
        halfway = 1 + mpmath.ldexp(1, -53) + mpmath.ldexp(1, -90)
        assert ulps([1.0], [halfway])[0] == pytest.approx(0.5 + 2.0**-38, rel=1e-15)
        just_too_large = mpmath.ldexp(1, 1024) - mpmath.ldexp(1, 970)
        assert ulps([np.inf], [just_too_large])[0] == 0
        just_not = just_too_large - mpmath.ldexp(1, 940)
        assert ulps([np.inf], [just_not])[0] == np.inf
        assert ulps([np.finfo(float).max], [just_not])[0] == pytest.approx(0.5)


def test_digits_round_to_the_nearest_float() -> None:
    with mpmath.workprec(200):
        digits = Digits.of([mpmath.mpf(1) / 3, -mpmath.ldexp(3, -1075), mpmath.ldexp(1, 2000), mpmath.mpf(0)])
    assert digits.rounded().tolist() == [1 / 3, -1e-323, np.inf, 0]


# --- where it is measured -------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_sweep_reaches_all_floats(dtype: type) -> None:
    info = np.finfo(dtype)
    x = full_sweep(dtype)
    assert len(x) == 68_536
    assert x.dtype == dtype
    assert set(-x) == set(x)
    assert {0, info.max, info.tiny, info.smallest_subnormal} <= set(x.tolist())
    assert np.all(np.isfinite(x))
    for end, gap in ((40, 0.01), (1000, 0.2)):
        assert np.diff(np.sort(x[np.abs(x) <= end])).max() < gap
    decades = np.log10(np.abs(x[x != 0].astype(np.float64)))
    assert np.diff(np.sort(decades)).max() < 0.5
    assert len(short_sweep(dtype)) == 400
