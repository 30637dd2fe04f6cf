"""`check` against answers that were written without looking at it: right ones, wrong ones, and junk."""

import gc
import warnings
from collections import Counter

import pytest
from answers_03 import JUNK, RIGHT, WRONG, Answer

from course_lib import check
from course_lib.checking import EXERCISES


def pairs(answers: dict[str, list[Answer]]) -> list:
    return [pytest.param(name, a, id=f"{name}-{a.label}") for name, given in answers.items() for a in given]


@pytest.mark.parametrize(("name", "answer"), pairs(RIGHT))
def test_a_right_answer_passes(name: str, answer: Answer) -> None:
    result = check(name, answer.function)
    assert result.passed
    assert (result.points == result.max_points) == answer.full_marks
    if not answer.full_marks:
        assert result.points >= EXERCISES[name].parts["values"]
        assert "nan" in result.message


# Their values are right wherever floats are given: they lose the part that they break, and only that.
BREAKS_A_PART = {
    "flattened": "wrong_shape",
    "cut to whole numbers for int input": "shapes_wrong",
    "negates its argument in place": "changes_argument",
    "negates its argument through out=": "changes_argument",
    "clips its argument in place": "changes_argument",
    "absolute value of its argument in place": "changes_argument",
    "multiplies in place": "changes_argument",
    "squares in place": "changes_argument",
    "steps the weights in place": "changes_argument",
    "relabels in place": "changes_argument",
    "scales the samples in place": "changes_argument",
    "scales its argument in place": "changes_argument",
}


@pytest.mark.parametrize(("name", "answer"), pairs(WRONG))
def test_a_wrong_answer_is_rejected_and_never_named_wrongly(name: str, answer: Answer) -> None:
    result = check(name, answer.function)
    if answer.label in BREAKS_A_PART:
        assert result.points < result.max_points
        assert result.slip == BREAKS_A_PART[answer.label]
        return
    assert not result.passed
    assert result.points == 0
    if answer.slips is not None:
        # What a wrong number of arguments raises has a name of its own here.
        assert result.slip in answer.slips | ({"wrong_arguments"} if "raises" in answer.slips else set())
    lines = result.message.splitlines()
    assert lines[0] == f"{name}: 0 of 10 points."
    assert len(lines) >= 2


def test_the_lists_are_long_enough() -> None:
    assert len(RIGHT["sigmoid_derivative"]) >= 15
    assert len(WRONG["sigmoid_derivative"]) >= 30
    assert set(RIGHT) == set(WRONG) == {e.name for e in EXERCISES.values() if e.lesson == "03_sigmoid"}


def test_most_wrong_answers_that_have_a_name_are_named() -> None:
    named = Counter(
        check(name, a.function).slip is not None for name, given in WRONG.items() for a in given if a.slips is not None
    )
    assert named[True] / named.total() > 0.95


@pytest.mark.parametrize("junk", JUNK, ids=[j.label for j in JUNK])
def test_junk_gets_a_verdict(junk: Answer) -> None:
    for name in ("sigmoid_derivative", "logistic_loss_gradient"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = check(name, junk.function)
            gc.collect()  # a coroutine that nobody closed would warn now
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
