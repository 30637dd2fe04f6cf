import re
import subprocess
import sys

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


@pytest.mark.parametrize("name", ["backpropagation", ["a"], 3, None])
def test_what_is_no_derivation_is_told_which_there_are(name):
    with pytest.raises(CourseError, match=f"is not a derivation of this course; there are: .*{SIGMOID[-1]}"):
        explore.derivation(name)
    stepper = explore.derivation("sigmoid")
    with pytest.raises(CourseError, match="is not a derivation of this course; there are: "):
        stepper.key = name
    assert stepper.key == SIGMOID[0]


# --- deriving it oneself ----------------------------------------------------------------------------------


def ask(stepper, typed, **line):
    """Ask as the page does: by its state."""
    line = {"key": stepper.key, "shown": stepper.shown, **line}
    stepper.set_state({"asked": {"typed": typed, "number": stepper.asked.get("number", 0) + 1, **line}})
    return stepper.verdict


def test_the_next_line_is_revealed_when_it_was_typed():
    stepper = explore.derivation("sigmoid")
    sentence = stepper.check("D(1/(1+e^-x))")
    assert sentence == stepper.verdict["sentence"] == "Right: this is also the course's next line."
    assert (stepper.shown, stepper.typed) == (2, "D(1/(1+e^-x))")
    assert (stepper.verdict["kind"], stepper.verdict["right"], stepper.verdict["revealed"]) == ("next", True, True)


def test_the_last_line_ends_it():
    stepper = explore.derivation("sigmoid/chain")
    (offered,) = stepper.derivations
    stepper.shown = len(offered["lines"]) - 1
    stepper.check("s*(1-s)")
    assert (stepper.shown, stepper.verdict["kind"]) == (len(offered["lines"]), "result")
    stepper.check("s*(1-s)")
    assert (stepper.shown, stepper.verdict["kind"]) == (len(offered["lines"]), "same")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("s*(1-s)", "result"), ("s-s^2+0*x", "equal"), ("s", "not_equal"), ("2x", "unreadable"), ("x" * 999, "too_large")],
)
def test_any_other_line_is_answered_and_reveals_nothing(typed, kind):
    stepper = explore.derivation("sigmoid/chain")
    stepper.shown = 3
    verdict = ask(stepper, typed)
    assert (verdict["kind"], stepper.shown, stepper.typed, stepper.problem) == (kind, 3, typed, "")
    assert verdict["sentence"]


def test_what_was_read_is_shown_back_and_spoken():
    verdict = ask(explore.derivation("sigmoid"), "= 0.5·σ(x)²")
    assert re.sub("<.*?>", "", verdict["mathml"]) == "12⋅σ(x)2"
    assert verdict["spoken"] == "one over two times sigma of x squared"
    assert verdict["place"] is None


def test_what_cannot_be_read_is_never_markup():
    verdict = ask(explore.derivation("sigmoid"), "<img src=x onerror=alert(1)>")
    assert "mathml" not in verdict
    assert (verdict["typed"], verdict["place"]) == ("<img src=x onerror=alert(1)>", 0)


def test_every_question_is_answered_also_the_same_one_again():
    stepper = explore.derivation("sigmoid")
    heard = []
    stepper.observe(lambda change: heard.append(change.new["asked"]), "verdict")
    ask(stepper, "s")
    ask(stepper, "s")
    assert heard == [1, 2]


@pytest.mark.parametrize("line", [{"shown": 2}, {"key": "sigmoid/quotient"}])
def test_what_was_asked_of_another_line_is_not_judged_by_this_one(line):
    stepper = explore.derivation("sigmoid")
    assert ask(stepper, "s", **line) == {}
    assert ask(stepper, "s")["kind"] == "not_equal"


def test_a_verdict_says_of_which_line_it_is():
    stepper = explore.derivation("sigmoid/chain")
    for typed in ("2*s", "D(1/(1+e^-x))"):
        verdict = ask(stepper, typed)
        assert (verdict["key"], verdict["shown"]) == ("sigmoid/chain", stepper.shown)
    assert stepper.shown == 2


@pytest.mark.parametrize("turn", [{"shown": 2}, {"key": "sigmoid/quotient"}])
def test_on_another_line_nothing_is_said_of_the_last_one(turn):
    stepper = explore.derivation("sigmoid")
    stepper.check("s")
    for name, value in turn.items():
        setattr(stepper, name, value)
    assert stepper.verdict == {}


def test_the_still_and_the_words_are_those_of_the_course():
    stepper, other = explore.derivation("sigmoid/chain"), explore.derivation("sigmoid/chain")
    stepper.check("D(1/(1+e^-x))")
    assert stepper.description() == other.description()
    assert stepper.still() == other.still()


@pytest.mark.parametrize("key", list(DERIVATIONS))
def test_each_line_says_how_it_is_typed_and_which_names_there_are(key):
    stepper = explore.derivation(key)
    (offered,) = stepper.derivations
    for number, line in enumerate(offered["lines"], 1):
        stepper.shown = number
        stepper.check(line["typed"])
        assert stepper.verdict["kind"] == "same", line
        derivation = DERIVATIONS[key]
        assert {*derivation.variables, *derivation.local_names(number - 1)} <= {word["write"] for word in line["names"]}


def names_of(key, line):
    (offered,) = explore.derivation(key).derivations
    return [" ".join(filter(None, word.values())) for word in offered["lines"][line - 1]["names"]]


def test_the_names_do_not_give_the_next_line_away():
    assert names_of("sigmoid/chain", 2) == ["x", "exp", "sigma", "D(formula)", "s = sigma(x)"]
    assert names_of("sigmoid/chain", 3) == [
        "x", "exp", "sigma", "D(formula) with respect to x", "D(formula, u) with respect to u", "s = sigma(x)", "u",
    ]  # fmt: skip


@pytest.mark.parametrize("key", list(DERIVATIONS))
def test_no_next_line_stands_among_the_names(key):
    for number, step in enumerate(DERIVATIONS[key].steps[1:], 1):
        assert not any(step.expression in name for name in names_of(key, number) if "(" in step.expression)


def test_the_names_say_how_a_limit_a_sum_and_a_slope_are_written():
    assert "lim(formula, h) for h → 0" in names_of("slopes/square", 1)
    assert "lim_left(formula, h) for h → 0 from below" in names_of("relu/left_limit", 1)
    assert {"P(formula, x[k])", "sum(i, formula)"} < set(names_of("identity/gradient", 1))
    assert {"sum(j, formula)", "sum(k, formula)"} < set(names_of("softmax/rows", 1))
    assert names_of("slopes/partial", 1) == ["w", "x", "b", "y", "P(formula, w)"]
    assert "D(formula, u) with respect to u" in names_of("slopes/partial", 2)
    assert any(name.startswith("delta(") for name in names_of("identity/jacobian", 1))


def test_a_learner_needs_no_computer_algebra():
    """SymPy and mpmath belong to the course's own tests; a learner does not have them."""
    code = (
        "import sys; sys.modules['sympy'] = sys.modules['mpmath'] = None\n"
        "from course_lib import explore\n"
        "print(explore.derivation('softmax/both').check('S[i]*(delta(i, k) - S[k])'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("Equal to the line before, and already the result."), done
