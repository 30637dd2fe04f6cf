"""How the distance from the exact values is counted, and that what is measured beside ours is what it says."""

import mpmath
import numpy as np
import pytest

from benchmarks.accuracy import textbook
from benchmarks.accuracy.exact import Digits, exact
from benchmarks.accuracy.measure import measured
from benchmarks.accuracy.vectors import Row, rows
from benchmarks.speed.timing import medians
from benchmarks.speed.ways import inputs, ways
from course_lib import ACTIVATIONS

X = np.array([-1e-310, -30.0, -2.0, -1.0, 0.0, 1.0, 2.0, 30.0])


def digits_of(values: np.ndarray) -> Digits:
    return Digits.of(mpmath.mpf(float(v)) for v in values)


def test_what_is_right_has_no_errors() -> None:
    assert measured(np.copy, [X], digits_of(X)).as_record() == {"worst": 0.0, "at": -30.0}


def test_everything_wrong_is_counted() -> None:
    def wrong(x: np.ndarray) -> np.ndarray:
        y = x.copy()
        y[x == -2] = np.nan
        y[x == -30] = 0
        y[x == 2] = np.inf
        y[x == 1] *= 1 + 4 * np.finfo(float).eps
        y[x == 30] = 90  # off by more than all of it
        y[np.abs(x) < 1e-300] = 0
        return y

    found = measured(wrong, [X], digits_of(X))
    assert found.wrong_nans == 1
    assert found.wrong_zeros == 2  # one of them for a subnormal number
    assert found.wrong_infinities == 1
    assert found.lost == 4  # nan, 0, inf and 90; a subnormal number has lost its digits anyway
    assert found.lost_from == [-2, 2]
    assert found.half_from == [-2, 2]  # 4 units are far from half of the digits
    assert found.nan_from == [-2]
    assert found.worst == 60 * 2.0**48
    assert found.at == 30
    assert found.worst_of_subnormals == pytest.approx(1e-310 / 5e-324)


def test_half_of_the_digits() -> None:
    x = np.array([-3.0, 0.5, 1.0, 2.0])
    off = x * (1 + np.array([2.0**-20, 2.0**-30, -(2.0**-24), 1]))
    found = measured(lambda x: off, [x], digits_of(x))
    assert found.half_from == [-3, 1]
    assert found.lost_from == [2]


def test_warnings_are_counted_by_kind() -> None:
    found = measured(lambda x: np.sqrt(x) + np.exp(1e5 * x) + np.sqrt(x - 1), [X], digits_of(X))
    assert found.warnings == 2  # roots of negative numbers, and an overflow


def test_units_of_the_terms_of_a_sum() -> None:
    x = np.array([1.0, 2.0, 20.0])
    near_zero = np.array([2.0**-40, 1.0, 1.0])
    off = near_zero + np.array([3 * 2.0**-52, 2 * 2.0**-52, 2.0**-52])
    found = measured(lambda x: off, [x], digits_of(near_zero), np.spacing(np.ones(3)))
    assert found.worst == 3 * 2.0**40
    assert found.worst_of_terms == 3
    assert found.worst_away_from_zero == 2  # the first is near the zero of its sum


def test_single_precision_is_measured_in_its_own_units() -> None:
    x = np.array([1.0, 3.0], dtype=np.float32)
    found = measured(lambda x: x + np.float32(2.0**-22), [x], digits_of(x))
    assert found.worst == 2
    assert found.at == 1


# --- textbook formulas are the formulas of the same functions ---------------------------------------------------

EACH = [(a, by) for a in ACTIVATIONS for by in ("value", "derivative")]


@pytest.mark.parametrize(("name", "by"), EACH)
def test_textbook_formulas_are_right_where_nothing_is_lost(name: str, by: str) -> None:
    x = np.linspace(-4, 4, 58)  # no kink among them
    formulas = (textbook.VALUES if by == "value" else textbook.DERIVATIVES)[name]
    exactly = np.array(exact(ACTIVATIONS[name], x, None if by == "value" else "x"), dtype=float)
    for formula in formulas.values():
        np.testing.assert_allclose(formula(x), exactly, rtol=1e-9, atol=1e-12)


# --- vectors ------------------------------------------------------------------------------------------------------


def test_exact_values_of_vectors_are_those_of_the_definitions() -> None:
    by_name = {row.name: row for row in rows()}
    for name, by_hand in (("softmax", _softmax), ("softmax VJP", _vjp), ("cross-entropy gradient", _minus)):
        row: Row = by_name[name]
        few = {letter: array[:14] for letter, array in row.inputs(np.float64).items()}
        with mpmath.workdps(2000):
            expected = [v for vectors in zip(*few.values(), strict=True) for v in by_hand(*vectors)]
            near = np.array([float(e) for e in expected])
        np.testing.assert_array_equal(row.exactly(few).rounded(), near)


def _softmax(z: np.ndarray) -> list[mpmath.mpf]:
    powers = [mpmath.exp(mpmath.mpf(float(v))) for v in z]
    return [p / mpmath.fsum(powers) for p in powers]


def _vjp(z: np.ndarray, g: np.ndarray) -> list[mpmath.mpf]:
    s = _softmax(z)
    weights = [mpmath.mpf(float(v)) for v in g]
    mean = mpmath.fsum(a * b for a, b in zip(s, weights, strict=True))
    return [a * (b - mean) for a, b in zip(s, weights, strict=True)]


def _minus(z: np.ndarray, y: np.ndarray) -> list[mpmath.mpf]:
    return [a - mpmath.mpf(float(b)) for a, b in zip(_softmax(z), y, strict=True)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_all_ways_compute_the_same_of_vectors(row: Row, dtype: type) -> None:
    few = {name: array[:12] for name, array in row.inputs(dtype).items()}
    arrays, exactly = list(few.values()), row.exactly(few).rounded()
    for compute in (row.ours, row.textbook):
        with np.errstate(all="ignore"):
            got = np.asarray(compute(*arrays)).ravel()
        finite = np.isfinite(got)  # the textbook takes the logarithm of a share that has become 0
        np.testing.assert_allclose(got[finite], exactly[finite], rtol=1e-3, atol=1e-6)


# --- speed --------------------------------------------------------------------------------------------------------


def test_every_way_has_its_turn_in_every_round() -> None:
    order: list[str] = []
    works = {name: lambda name=name: order.append(name) for name in ("a", "b")}
    found = medians(works, rounds=3)
    assert set(found) == {"a", "b"}
    assert all(seconds > 0 for seconds in found.values())
    changes = [name for name, before in zip(order[4:], ["", *order[4:]], strict=False) if name != before]
    assert changes == ["a", "b"] * 3


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_is_timed_computes_slopes(name: str) -> None:
    for dtype in (np.float64, np.float32):
        x = inputs(1000, dtype)
        works = ways(name, x, [])
        assert list(works) == ["copy", "ours", "textbook"]
        ours = works["ours"]()
        assert ours.dtype == dtype
        np.testing.assert_allclose(ours, works["textbook"](), rtol=1e-3, atol=1e-5)
