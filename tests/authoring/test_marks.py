import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator

from course_lib.activations.registry import CourseError
from course_lib.authoring.marks import expand_marks
from course_lib.checking import EXERCISES

LESSON = "03_sigmoid"
NAMES = [exercise.name for exercise in EXERCISES.values() if exercise.lesson == LESSON]


def marked(*marks: tuple[str, str]):
    return new_notebook(
        cells=[new_code_cell(f"{name}\n", metadata={role: name, "tags": ["kept"]}) for role, name in marks]
    )


def all_marks() -> list[tuple[str, str]]:
    return [(role, name) for name in NAMES for role in ("answer", "test")]


def test_marks_become_legal_metadata_with_the_points_of_the_exercise():
    notebook = expand_marks(marked(*all_marks()), LESSON)
    MetadataValidator().validate_nb(notebook)
    for (role, name), cell in zip(all_marks(), notebook.cells, strict=True):
        meta = cell.metadata["nbgrader"]
        assert meta["grade_id"] == (name if role == "answer" else f"{name}-test")
        assert (meta["solution"], meta["grade"], meta["locked"]) == (
            role == "answer",
            role == "test",
            role == "test",
        )
        assert meta.get("points") == (EXERCISES[name].max_points if role == "test" else None)
        assert set(cell.metadata) == {"nbgrader", "tags"}


@pytest.mark.parametrize("index", range(2 * len(NAMES)))
def test_a_missing_mark_is_named(index):
    marks = all_marks()
    role, name = marks.pop(index)
    with pytest.raises(CourseError, match=f"has 0 cells marked ':{role}: {name}'; it needs exactly one"):
        expand_marks(marked(*marks), LESSON)


def test_a_mark_that_comes_twice_is_named():
    with pytest.raises(CourseError, match=f"has 2 cells marked ':test: {NAMES[0]}'"):
        expand_marks(marked(*all_marks(), ("test", NAMES[0])), LESSON)


def test_an_unknown_exercise_suggests_the_nearest():
    with pytest.raises(CourseError, match="did you mean 'sigmoid_derivative'"):
        expand_marks(marked(("answer", "sigmoid_derivativ")), LESSON)


def test_an_exercise_of_another_lesson_is_refused():
    with pytest.raises(CourseError, match=f"'{NAMES[0]}' is an exercise of {LESSON}, not of 04_tanh"):
        expand_marks(marked(("answer", NAMES[0])), "04_tanh")
