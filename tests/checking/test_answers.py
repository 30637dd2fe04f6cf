"""`check` against answers that were written without looking at it: right ones, wrong ones, disputed ones, junk.

The lists are packages beside this file, one for each lesson. A wrong answer there may carry the names that would
be right for its mistake; its author could not know the checker's own, so that some are matched by their meaning.
"""

import gc
import importlib
import warnings
from functools import cache
from pathlib import Path

import pytest
from answer import Answer
from answers_03 import JUNK

from course_lib import check
from course_lib.checking import EXERCISES
from course_lib.checking.result import Result

#: What is drawn; that verdicts do not depend on it was tried with many.
SEED = 6
PACKAGES = [importlib.import_module(p.name) for p in sorted(Path(__file__).parent.glob("answers_*"))]


def gathered(kind: str) -> list[tuple[str, Answer]]:
    lists = [getattr(package, kind, {}) for package in PACKAGES]
    return [(name, a) for answers in lists for name, given in answers.items() for a in given]


def pairs(kind: str) -> list:
    return [pytest.param(name, a, id=f"{name}-{a.label}") for name, a in gathered(kind)]


# --- right -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "answer"), pairs("RIGHT"))
def test_a_right_answer_passes(name: str, answer: Answer) -> None:
    result = check(name, answer.function, seed=SEED, record=False)
    assert result.passed
    assert (result.points == result.max_points) == answer.full_marks
    if not answer.full_marks:
        assert result.points >= EXERCISES[name].parts["values"]
        assert result.slip is not None


# --- wrong -----------------------------------------------------------------------------------------------------------

#: What names mean the same mistake, or the same in other words; the checker's own come first.
SYNONYMS = {
    "all_or_nothing": {"whole_number_division"},
    "averaged": {"factor"},
    "inner_constant": {"constant"},
    "small_number_added": {"approximate"},
    "exactly_zero": {"equal_for_less", "zero_pre_activation"},
    "mean_for_sum": {"factor"},
    "missing_abs": {"sign"},
    "opposite": {"sign"},
    "relu_derivative": {"missing_upper"},
    "wrong_way": {"sign"},
}
#: What can be seen of a mistake that has a more telling name: an exception, or something of the wrong kind.
OUTWARD = {"raises", "returns_none", "not_an_array", "not_a_number", "wrong_shape", "wrong_arguments", "scalar_only"}


def is_named_rightly(exercise_name: str, slip: str, wanted: frozenset[str]) -> bool:
    if slip in wanted or SYNONYMS.get(slip, set()) & wanted:
        return True
    own = {s.name for s in EXERCISES[exercise_name].slips} | {"transposed"}
    return bool(wanted & OUTWARD) and slip in own | OUTWARD


@cache
def checked(name: str, answer: Answer) -> Result:
    """What `check` says of a wrong answer; two tests ask, and some answers take seconds."""
    return check(name, answer.function, seed=SEED, record=False)


def verdict_on(name: str, answer: Answer) -> tuple[Result, str]:
    """The result, and in one word what became of a wrong answer."""
    result = checked(name, answer)
    if result.points == result.max_points:
        return result, "accepted"
    return result, "in part" if result.passed else "rejected"


@pytest.mark.parametrize(("name", "answer"), pairs("WRONG"))
def test_a_wrong_answer_is_not_accepted_and_never_named_wrongly(name: str, answer: Answer) -> None:
    result, verdict = verdict_on(name, answer)
    assert verdict != "accepted"
    if verdict == "in part":  # its values are right wherever they are moderate: it loses the part that it breaks
        assert result.slip in LOSES_A_PART
        return
    assert result.points == 0
    if answer.slips and result.slip:
        assert is_named_rightly(name, result.slip, answer.slips)
    lines = result.message.splitlines()
    assert lines[0] == f"{name}: 0 of 10 points."
    assert len(lines) >= 2


#: What an answer that is right on moderate inputs can be told.
LOSES_A_PART = {
    *("changes_argument", "wrong_shape", "wrong_dtype", "boolean", "shapes_wrong"),
    *("extremes_wrong", "wrong_at_kink", "nan", "overflow", "parameters_wrong", "too_much_memory"),
    *("maximum_of_all", "small_number_added", "log_of_softmax"),
    *("probability_of_0", "clipped_probability", "divided_by_0"),
    *("raises", "wrong_arguments"),
}


def test_most_wrong_answers_that_have_a_name_are_named() -> None:
    for package in PACKAGES:
        with_a_name = [(name, a) for name, given in package.WRONG.items() for a in given if a.slips]
        named = sum(checked(name, a).slip is not None for name, a in with_a_name)
        assert named / len(with_a_name) > 0.9, package.__name__


def test_the_lists_are_long_enough() -> None:
    right, wrong = (list(dict(gathered(kind))) for kind in ("RIGHT", "WRONG"))
    points = [e.name for e in EXERCISES.values() if e.max_points]
    assert right == wrong == points
    for name in points:
        assert sum(n == name for n, _ in gathered("RIGHT")) >= 8, name
        assert sum(n == name for n, _ in gathered("WRONG")) >= 30, name


# --- disputed --------------------------------------------------------------------------------------------------------

#: What the exercises neither allow nor forbid, where it does not earn full marks: points, and what it is told.
NOT_IN_FULL = {
    ("forward_difference", "moves x to and fro in place"): (7, "changes_argument"),
    ("identity_derivative", "forward difference, h=1e-6"): (0, "finite_difference"),
    ("identity_derivative", "central difference, h=1e-5"): (0, "finite_difference"),
    ("identity_derivative", "five-point difference, h=1e-3"): (0, "finite_difference"),
    ("identity_jacobian", "forward differences, h=1e-6"): (0, "approximate"),
    ("identity_jacobian", "central differences, h=1e-5"): (0, "approximate"),
    ("softmax", "mean taken off"): (7, "nan"),
    ("softmax", "nan replaced by 0"): (7, "extremes_wrong"),
    ("softmax", "logits clipped at +-500"): (7, "extremes_wrong"),
    ("softmax_jacobian", "complex steps"): (0, "complex_step"),
    ("softmax_temperature_derivative", "complex step"): (0, "complex_step"),
    ("softmin_jacobian", "complex steps"): (0, "complex_step"),
    ("log_softmax", "mean taken off"): (7, "overflow"),
    ("log_softmax", "nan and inf replaced"): (7, "extremes_wrong"),
    ("log_softmax", "1e-300 added before the logarithm"): (7, "small_number_added"),
    ("log_softmax", "logits clipped at +-300"): (7, "extremes_wrong"),
    ("cross_entropy_gradient", "mean taken off"): (8, "overflow"),
    ("cross_entropy_gradient", "nan replaced by 0"): (8, "extremes_wrong"),
    ("binary_cross_entropy_with_logits_gradient", "nan replaced by 0"): (8, "extremes_wrong"),
    ("silu_derivative", "clipped at +-20"): (8, "extremes_wrong"),
    ("swish_beta_gradient", "beta x clipped at +-30"): (7, "parameters_wrong"),
}


@pytest.mark.parametrize(("name", "answer"), pairs("DISPUTED"))
def test_a_disputed_answer_gets_a_considered_verdict(name: str, answer: Answer) -> None:
    result = check(name, answer.function, seed=SEED, record=False)
    assert (result.points, result.slip) == NOT_IN_FULL.get((name, answer.label), (10, None))


# --- junk ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("junk", JUNK, ids=[j.label for j in JUNK])
def test_junk_gets_a_verdict(junk: Answer) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        names = ("sigmoid_derivative", "logistic_loss_gradient")
        results = [check(name, junk.function, record=False) for name in names]
        gc.collect()  # a coroutine that nobody closed would warn now
    for result in results:
        assert not result.passed
        assert result.points == 0
        assert "Traceback" not in result.message
        assert "course_lib" not in result.message
        assert len(result.message) < 1500


@pytest.mark.parametrize("junk", [j for j in JUNK if not callable(j.function)], ids=lambda j: j.label)
def test_junk_without_a_name_gets_a_verdict_too(junk: Answer) -> None:
    result = check(junk.function)
    assert not result.passed
    assert "check" in result.message or "not an exercise" in result.message
