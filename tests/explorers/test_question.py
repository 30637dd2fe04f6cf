"""The questions: right options are computed here again, and a slip in the file says where it is."""

import re
import tomllib

import numpy as np
import pytest

from course_lib import explore
from course_lib.activations.registry import CourseError
from course_lib.explorers.question import questions, read_question

LESSON_03 = ["predict", "find_the_slip", "trust_left", "trust_one_point", "recall_1", "recall_2", "recall_3"]


def value_of_the_right_option(key):
    return next(option.value for option in questions()[key].options if option.right)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


GRID = np.linspace(-5, 5, 100_001)
SLOPES = np.gradient(sigmoid(GRID), GRID)


@pytest.mark.parametrize("key", ["03_sigmoid/predict", "03_sigmoid/recall_2"])
def test_the_largest_slope_is_the_right_option(key):
    assert value_of_the_right_option(key) == pytest.approx(SLOPES.max(), abs=1e-6)


def test_how_many_formulas_agree_beside_zero():
    s = sigmoid(np.array([0.0, 2.0]))
    slopes = np.interp([0.0, 2.0], GRID, SLOPES)
    formulas = [s * (1 - s), s**2, (1 - s) ** 2]
    assert all(np.isclose(f[0], slopes[0], atol=1e-6) for f in formulas), "they do agree at 0"
    agree = sum(np.isclose(f[1], slopes[1], atol=1e-6) for f in formulas)
    assert value_of_the_right_option("03_sigmoid/trust_one_point") == agree


SUPERSCRIPTS = {"e⁻ˣ": "E", "⁻²": "**-2", "σ": "S", "−": "-", "·": "*"}


def test_the_first_wrong_line_is_the_right_option():
    """The published lines, as they stand in the file, computed at one test value."""
    x = 0.7
    names = {"E": np.exp(-x), "S": sigmoid(x)}

    def value(line):
        text = line.removeprefix("σ′ = ").replace("(1 + e⁻ˣ)′", "(−e⁻ˣ)")
        for shown, python in SUPERSCRIPTS.items():
            text = text.replace(shown, python)
        return eval(re.sub(r"S\(", "S*(", text), {"__builtins__": {}}, names)

    values = [value(line) for line in questions()["03_sigmoid/find_the_slip"].lines]
    assert values[0] == pytest.approx(np.interp(x, GRID, SLOPES), abs=1e-6)
    assert values[-1] == pytest.approx(-values[0]), "it ends in exactly minus the derivative"
    wrong = next(n for n in range(2, len(values) + 1) if not np.isclose(values[n - 1], values[n - 2]))
    assert value_of_the_right_option("03_sigmoid/find_the_slip") == wrong


def test_where_the_difference_dies():
    """What 'trust_left' claims: at every step the right side dies and the left one stays good."""
    exact = np.exp(-30) / (1 + np.exp(-30)) ** 2
    for h in (1e-2, 1e-5):
        left, right = ((sigmoid(x + h) - sigmoid(x - h)) / (2 * h) for x in (-30, 30))
        assert abs(left / exact - 1) < 1e-4
        assert abs(right / exact - 1) > 1e-3


@pytest.mark.parametrize("name", LESSON_03)
def test_every_option_answers_back(name):
    text = questions()[f"03_sigmoid/{name}"]
    assert sum(option.right for option in text.options) == 1
    assert len({option.feedback for option in text.options}) == len(text.options)
    assert all(len(option.feedback) > 30 for option in text.options)


@pytest.mark.parametrize("key", questions())
def test_the_saved_notebook_does_not_give_the_answer(key):
    words = str(explore.question(key))
    for option in questions()[key].options:
        assert option.text in words
        assert option.feedback not in words


def test_chosen_and_answered():
    for number in range(4):
        question = explore.question("03_sigmoid/predict")
        assert not question.answered
        question.set_state({"chosen": number})
        assert question.answered == question.question["options"][number]["right"]


@pytest.mark.parametrize("by", ["the page", "Python"])
def test_the_right_option_stays_found_when_others_are_tried(by):
    question = explore.question("03_sigmoid/predict")
    right = next(number for number, option in enumerate(question.question["options"]) if option["right"])
    others = [number for number in range(4) if number != right]
    for number in (others[0], right, *others):
        if by == "Python":
            question.chosen = number
        else:  # it sends both at once
            question.set_state({"chosen": number, "tried": list(dict.fromkeys([*question.tried, number]))})
    assert question.tried == [others[0], right, *others[1:]]
    assert question.answered
    kept = question.get_state()  # what a saved notebook keeps
    again = explore.question("03_sigmoid/predict")
    again.set_state({name: kept[name] for name in ("chosen", "tried")})
    assert (again.chosen, again.tried, again.answered) == (others[-1], question.tried, True)


@pytest.mark.parametrize("tried", [[4], [-1], [0, 99]])
def test_what_is_no_option_was_not_tried(tried):
    question = explore.question("03_sigmoid/predict")
    with pytest.raises(CourseError, match=r"^tried must hold numbers from 0 to 3"):
        question.tried = tried
    assert question.tried == []


@pytest.mark.parametrize("chosen", [99, 4, -2, 1.5, "a", None, True])
def test_an_option_that_is_not_there_cannot_be_chosen(chosen):
    question = explore.question("03_sigmoid/predict")
    assert len(question.question["options"]) == 4
    with pytest.raises(CourseError, match=r"^chosen must be"):
        question.chosen = chosen
    assert question.chosen == -1
    assert not question.answered


def test_a_choice_can_be_taken_back():
    question = explore.question("03_sigmoid/predict")
    question.chosen = np.int64(3)
    assert question.tried == [3]
    question.chosen = -1
    assert question.tried == []
    assert not question.answered


def test_an_unknown_question_suggests_the_nearest():
    with pytest.raises(CourseError, match="did you mean '03_sigmoid/predict'"):
        explore.question("03_sigmoid/predikt")


GOOD = """
ask = "Which?"
[[options]]
text = "this"
feedback = "yes"
right = true
[[options]]
text = "that"
feedback = "no"
"""


def test_a_good_question_is_read():
    assert read_question("t/q", tomllib.loads(GOOD)).options[0].right


@pytest.mark.parametrize(
    ("found", "instead", "told"),
    [
        ("ask =", "aks =", "'aks' is not a part of t/q of this course; did you mean 'ask'"),
        ('feedback = "no"', "", "option 2 of t/q lacks 'feedback'"),
        ('feedback = "no"', "feedback = 3", "'feedback' of option 2 of t/q has the wrong kind: 3"),
        ("right = true", "", "exactly one of them right"),
        ('text = "that"', 'text = "that"\nright = true', "exactly one of them right"),
        ('text = "that"', 'text = "that"\nrigth = true', "did you mean 'right'"),
    ],
)
def test_a_slip_in_the_file_says_where_it_is(found, instead, told):
    with pytest.raises(CourseError, match=re.escape(told)):
        read_question("t/q", tomllib.loads(GOOD.replace(found, instead)))
