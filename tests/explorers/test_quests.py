import math

import numpy as np
import pytest

from course_lib import explore
from course_lib.activations.registry import CourseError

EXACT = {
    "steepest": (0.0,),
    "half_slope": (-math.log((1 + math.sqrt(0.5)) / (1 - math.sqrt(0.5))),
                   math.log((1 + math.sqrt(0.5)) / (1 - math.sqrt(0.5)))),
    "flat": (-math.log((1 + math.sqrt(0.99)) / (1 - math.sqrt(0.99))),
             math.log((1 + math.sqrt(0.99)) / (1 - math.sqrt(0.99)))),
}  # fmt: skip


@pytest.mark.parametrize("name", EXACT)
def test_places_of_the_sigmoid(name):
    """s(1 - s) = c / 4 has the solutions +-ln((1 + sqrt(1 - c)) / (1 - sqrt(1 - c)))."""
    (quest,) = explore.tangent("sigmoid", quests=(name,)).quests
    assert quest["places"] == pytest.approx(EXACT[name], abs=1e-7)
    assert f"{abs(EXACT[name][-1]):.3f}" in quest["right"]


def test_no_sentence_gives_the_answer_away():
    for quest in explore.tangent("sigmoid", quests=tuple(EXACT)).quests:
        for text in (quest["task"], quest["too_large"], quest["too_small"]):
            assert not any(f"{abs(place):.{digits}f}" in text for place in quest["places"] for digits in (1, 2, 3))


def test_places_of_another_function():
    """The slope of sin is largest at 0, half of it at +-pi/3; it is never below 1 % from somewhere on."""
    quests = explore.tangent(np.sin, low=-2, high=2, quests=("steepest", "half_slope")).quests
    assert quests[0]["places"] == pytest.approx([0], abs=1e-6)
    assert quests[1]["places"] == pytest.approx([-math.pi / 3, math.pi / 3], abs=1e-8)


def test_a_place_between_two_positions_is_found():
    (quest,) = explore.tangent(lambda x: np.sin(x - 0.3337), low=-2, high=2, quests=("steepest",)).quests
    assert quest["places"] == pytest.approx([0.3337], abs=1e-6)


@pytest.mark.parametrize("name", EXACT)
def test_a_straight_line_has_no_answer(name):
    with pytest.raises(CourseError, match="the same everywhere"):
        explore.tangent("identity", quests=(name,))


def test_an_answer_outside_of_the_axis_is_no_answer():
    with pytest.raises(CourseError, match="'flat' has no answer for sigmoid between -2 and 2"):
        explore.tangent("sigmoid", low=-2, high=2, quests=("flat",))


def test_a_bare_name_is_one_quest():
    (quest,) = explore.tangent("sigmoid", quests="steepest").quests
    assert quest["name"] == "steepest"


def test_two_steps_of_the_slider_count_as_right():
    (quest,) = explore.tangent("sigmoid", quests=("half_slope",)).quests
    assert quest["tolerance"] == pytest.approx(0.04, abs=1e-6)
