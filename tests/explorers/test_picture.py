import pytest

from course_lib import explore
from course_lib.activations.registry import CourseError
from course_lib.explorers.figure import new_figure


@pytest.fixture
def figure():
    figure, (axes,) = new_figure()
    axes.plot([0, 1], [0, 2])
    return figure


def test_words_and_numbers(figure):
    picture = explore.picture(figure, "a line", table={"x": [0, -1], "y": [0.25, 1e-12], "who": ["a", "b"]})
    assert str(picture) == "a line"
    assert picture.setting["table"] == {
        "head": ["x", "y", "who"],
        "rows": [["0", "0.250", "a"], ["−1", "1.00e−12", "b"]],
    }


def test_it_may_have_no_table(figure):
    assert explore.picture(figure, "a line").setting["table"]["head"] == []


def test_a_picture_needs_words(figure):
    with pytest.raises(CourseError, match="no words"):
        explore.picture(figure, "  ")


def test_columns_need_one_length(figure):
    with pytest.raises(CourseError, match="one length"):
        explore.picture(figure, "a line", table={"x": [1, 2], "y": [1]})
