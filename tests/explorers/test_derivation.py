import re

import pytest

from course_lib import DERIVATIONS, explore
from course_lib.activations.registry import CourseError

SIGMOID = [key for key in DERIVATIONS if key.startswith("sigmoid/")]


def test_an_activation_offers_all_its_derivations():
    stepper = explore.derivation("sigmoid")
    assert [d["key"] for d in stepper.derivations] == SIGMOID
    assert (stepper.key, stepper.shown) == (SIGMOID[0], 1)


@pytest.mark.parametrize("key", SIGMOID)
def test_one_key_offers_one_with_every_line(key):
    stepper = explore.derivation(key)
    (offered,) = stepper.derivations
    steps = DERIVATIONS[key].steps
    assert [line["rule"] for line in offered["lines"]] == [step.rule for step in steps]
    assert [line["reason"] for line in offered["lines"]] == [step.reason for step in steps]
    for line in offered["lines"]:
        assert line["mathml"].startswith("<math")
        assert line["spoken"] in str(stepper)
        for where in line["where"]:
            assert where["mathml"].count("<math") == where["mathml"].count("</math>") == 1


def test_a_primed_letter_is_one_letter_and_a_prime():
    (offered,) = explore.derivation("sigmoid/quotient").derivations
    names = next(line["where"] for line in offered["lines"] if len(line["where"]) == 4)
    for where, letter in zip(names, ["u", "u′", "v", "v′"], strict=True):
        left = where["mathml"].split("<mo>=</mo>")[0]
        assert re.sub("<.*?>", "", left) == letter
        assert f"<mi>{letter[0]}</mi>" in left, "only a single letter is italic inside <mi>"


def test_python_turns_the_pages():
    stepper = explore.derivation("sigmoid")
    stepper.key, stepper.shown = "sigmoid/symmetric", 3
    assert "symmetric" in str(stepper)


@pytest.mark.parametrize("shown", [0, -1, 99, "a", 1.5])
def test_there_is_no_line_outside(shown):
    stepper = explore.derivation("sigmoid")
    with pytest.raises(CourseError, match=r"shown must be (from 1 to|a whole number)"):
        stepper.shown = shown
    assert stepper.shown == 1


def test_another_derivation_begins_at_its_first_line():
    stepper = explore.derivation("sigmoid")
    stepper.shown = 4
    stepper.key = "sigmoid/quotient"
    assert stepper.shown == 1


@pytest.mark.parametrize("name", ["sigmoit", "sigmoid/chian"])
def test_unknown_names_suggest_the_nearest(name):
    with pytest.raises(CourseError, match="did you mean 'sigmoid"):
        explore.derivation(name)
    stepper = explore.derivation("sigmoid")
    with pytest.raises(CourseError, match="is not a derivation"):
        stepper.key = name


@pytest.mark.parametrize("name", ["tanh", ["a"], 3, None])
def test_what_is_no_derivation_is_told_which_there_are(name):
    with pytest.raises(CourseError, match=f"is not a derivation of this course; there are: .*{SIGMOID[-1]}"):
        explore.derivation(name)
    stepper = explore.derivation("sigmoid")
    with pytest.raises(CourseError, match="is not a derivation of this course; there are: "):
        stepper.key = name
    assert stepper.key == SIGMOID[0]
