"""By which rules an assignment is graded: points of one's own, and notebooks of other versions."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from handed_in import ASSIGNMENTS, answer_cells, released
from packaging.version import Version

import course_lib
from course_lib.activations.registry import CourseError
from course_lib.checking import EXERCISES
from course_lib.grading import rules
from course_lib.grading.rules import SUPERSEDED, Refused, Rules, Superseded, read_points

TODAY = course_lib.__version__
SIGMOID = EXERCISES["sigmoid"]
EARLIER = replace(SIGMOID, parts={"values": 8, "shapes": 2}, wanted="the sigmoid, as it was asked for then")


def written(folder: Path, text: str) -> Path:
    """Write a points file."""
    path = folder / "points.toml"
    path.write_text(text, encoding="utf-8")
    return path


def names(rules: Rules, version: str | None, assignment: str = "03_sigmoid") -> list[str]:
    """Name what is graded."""
    return [exercise.name for exercise in rules.of(assignment, version)]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_answer_cell_of_an_assignment_is_graded_in_its_order(assignment):
    assert names(Rules({}), TODAY, assignment) == list(answer_cells(released(assignment)))
    assert all(exercise.max_points == 10 for exercise in Rules({}).of(assignment, TODAY))


def test_what_has_no_points_is_not_graded():
    with pytest.raises(Refused, match="'00_start_here' is not a graded assignment of this course"):
        Rules({}).of("00_start_here", TODAY)


@pytest.mark.parametrize("assignment", ["3_sigmoid", "", "x" * 10**6, "03_sigmoid\n"])
def test_an_unknown_assignment_is_refused_in_a_short_sentence(assignment):
    with pytest.raises(Refused, match="is not a graded assignment") as refused:
        Rules({}).of(assignment, TODAY)
    assert len(str(refused.value)) < 300


# --- the instructor's own points -----------------------------------------------------------------------------


def test_parts_that_are_not_named_keep_their_points():
    graded = {e.name: e for e in Rules({"sigmoid": {"values": 6.5}}).of("03_sigmoid", TODAY)}
    assert graded["sigmoid"].parts == {**SIGMOID.parts, "values": 6.5}
    assert graded["sigmoid"].max_points == 11.5
    assert graded["sigmoid_derivative"].parts == EXERCISES["sigmoid_derivative"].parts
    assert SIGMOID.max_points == 10, "the course's own exercise was changed"


def test_an_exercise_with_no_points_left_is_left_out():
    none = dict.fromkeys(SIGMOID.parts, 0)
    assert "sigmoid" not in names(Rules({"sigmoid": none}), TODAY)
    nothing = {e.name: dict.fromkeys(e.parts, 0) for e in Rules({}).of("04_tanh", TODAY)}
    with pytest.raises(Refused, match=r"Nothing is graded in 04_tanh: .* every part has 0\."):
        Rules(nothing).of("04_tanh", TODAY)


def test_a_points_file_is_read(tmp_path):
    text = "# fewer for extremes\n[sigmoid_derivative]\nvalues = 7\nextremes = 1.5\n[softmax_vjp]\nmemory = 0\n"
    read = read_points(written(tmp_path, text))
    assert read == {"sigmoid_derivative": {"values": 7.0, "extremes": 1.5}, "softmax_vjp": {"memory": 0.0}}
    assert {type(v) for parts in read.values() for v in parts.values()} == {float}
    assert Rules(read).of("06_softmax", TODAY)[2].max_points == 8
    assert read_points(written(tmp_path, "\ufeff[sigmoid]\nvalues = 1\n")) == {"sigmoid": {"values": 1.0}}, "with a BOM"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is empty. It needs a table for each exercise whose points change: [sigmoid]"),
        ("# nothing\n", "it is empty. It needs a table for each exercise whose points change: [sigmoid]"),
        ("[sigmoid_derivativ]\nvalues = 1", "'sigmoid_derivativ' is not an exercise of this course; did you mean"),
        ("[square_derivative]\nvalues = 1", "square_derivative has no points: it is an example, which is not graded."),
        ("[sigmoid]\nvalue = 1", "[sigmoid] 'value' is not a part of this exercise; did you mean 'values'?"),
        ("[sigmoid]\nmemory = 1", "[sigmoid] has no part 'memory'; it has values, extremes, shapes, argument."),
        ("[sigmoid]\n", "[sigmoid] names no part; it has values, extremes, shapes, argument."),
        ("sigmoid = 3", "sigmoid must be a table with the points of its parts: [sigmoid], and below it a line"),
        ("[[sigmoid]]\nvalues = 1", "sigmoid must be a table with the points of its parts"),
        ("[sigmoid]\nvalues = -1", "[sigmoid] values must be a number from 0 to 1000, but it is -1."),
        ("[sigmoid]\nvalues = nan", "[sigmoid] values must be a number from 0 to 1000, but it is nan."),
        ("[sigmoid]\nvalues = inf", "[sigmoid] values must be a number from 0 to 1000, but it is inf."),
        ("[sigmoid]\nvalues = true", "[sigmoid] values must be a number from 0 to 1000, but it is True."),
        ("[sigmoid]\nvalues = '6'", "[sigmoid] values must be a number from 0 to 1000, but it is '6'."),
        (f"[sigmoid]\nvalues = '{'6' * 999}'", "values must be a number from 0 to 1000, but it is '666666666666666"),
        ("[sigmoid]\nvalues = {a = 1}", "[sigmoid] values must be a number from 0 to 1000, but it is {'a': 1}."),
        ("[sigmoid]\nvalues 6", "is not a TOML file: Expected '=' after a key in a key/value pair (at line 2"),
        ("a = " + "[" * 9999, "is not a TOML file: "),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_with_the_name_of_the_file(text, sentence, tmp_path):
    path = written(tmp_path, text)
    with pytest.raises(CourseError, match=re.escape(sentence)) as error:
        read_points(path)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < len(str(path)) + 250


def test_a_points_file_that_cannot_be_read_is_one_sentence(tmp_path):
    with pytest.raises(CourseError, match=r"absent\.toml can't be read: No such file or directory\.$"):
        read_points(tmp_path / "absent.toml")
    with pytest.raises(CourseError, match=r"can't be read: Is a directory\.$"):
        read_points(tmp_path)
    (tmp_path / "points.toml").write_bytes(b"\xff\xfe[\0s\0")
    with pytest.raises(CourseError, match=r"points\.toml can't be read: it is not a text file in UTF-8\.$"):
        read_points(tmp_path / "points.toml")


def test_points_that_did_not_come_from_a_file_are_looked_at_too():
    with pytest.raises(CourseError, match="must be a number from 0"):
        Rules({"sigmoid": {"values": float("nan")}})


# --- other versions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [TODAY, None, "", "one", "0.0.0.0.0.0." * 999, "9" * 9999, 7, ["0.1"], {}])
def test_todays_rules_hold_where_no_version_can_be_read(version):
    table = {"sigmoid": (Superseded("0.0.9", EARLIER),)}
    assert Rules({}, table).of("03_sigmoid", version)[0].parts == SIGMOID.parts
    assert Rules({}, table).older("03_sigmoid", version) == ()


def test_a_notebook_of_a_newer_course_is_refused():
    for version in ("0.9", "1.0.0", "1000000"):
        with pytest.raises(Refused, match=rf"made with version {re.escape(version)} of the course.*update the course"):
            Rules({}).of("03_sigmoid", version)


def test_an_older_notebook_is_graded_by_the_rules_that_held_for_it():
    oldest = replace(EARLIER, parts={"values": 3})
    rules = Rules({}, {"sigmoid": (Superseded("0.1.0", EARLIER), Superseded("0.0.5", oldest))})
    parts = {version: rules.of("03_sigmoid", version)[0].parts for version in ("0.0.1", "0.0.5", "0.0.9", TODAY)}
    assert parts == {"0.0.1": oldest.parts, "0.0.5": EARLIER.parts, "0.0.9": EARLIER.parts, TODAY: SIGMOID.parts}
    assert names(rules, "0.0.1") == names(rules, TODAY), "the order, and the other exercises, stay"
    assert rules.older("03_sigmoid", "0.0.9") == ("sigmoid",)
    assert rules.older("04_tanh", "0.0.9") == ()
    assert names(rules, "0.0.1", "04_tanh") == names(Rules({}), TODAY, "04_tanh")


def test_an_instructors_points_hold_for_the_parts_that_there_were():
    rules = Rules({"sigmoid": {"values": 9, "extremes": 7}}, {"sigmoid": (Superseded("0.1.0", EARLIER),)})
    assert rules.of("03_sigmoid", "0.0.9")[0].parts == {"values": 9, "shapes": 2}


def test_an_older_notebook_whose_rules_are_gone_is_refused_with_the_reason():
    rules = Rules({}, {"sigmoid": (Superseded("0.1.0", reason="it took its argument by name"),)})
    told = r"version 0\.0\.9 of the course, whose rules for sigmoid are gone: it took its argument by name\. Ask for"
    with pytest.raises(Refused, match=told):
        rules.of("03_sigmoid", "0.0.9")
    assert names(rules, "0.0.9", "04_tanh") == names(Rules({}), TODAY, "04_tanh")
    assert names(rules, TODAY) == names(Rules({}), TODAY)


def test_exercises_that_came_or_went_are_graded_where_they_were():
    gone = replace(EARLIER, name="sigmoid_as_a_series")
    rules = Rules({}, {"sigmoid": (Superseded("0.1.0"),), gone.name: (Superseded("0.1.0", gone),)})
    before, now = names(rules, "0.0.9"), names(rules, TODAY)
    assert set(before) ^ set(now) == {"sigmoid", gone.name}


def test_the_table_of_earlier_rules_can_be_used():
    for name, entries in SUPERSEDED.items():
        for entry in entries:
            assert Version(entry.before) <= Version(TODAY)
            assert entry.exercise is None or entry.exercise.name == name
            assert entry.exercise is not None or name in EXERCISES
    assert len(names(Rules({}), "0.0.1")) == 5


# --- the digest ----------------------------------------------------------------------------------------------


def test_the_digest_changes_with_the_points_only():
    digest = Rules({}).digest
    assert Rules({}).digest == digest
    points = {"sigmoid": {"values": 6.0, "shapes": 2.0}, "tanh_derivative": {"values": 1.0}}
    turned = {"tanh_derivative": {"values": 1}, "sigmoid": {"shapes": 2, "values": 6}}
    assert Rules(points).digest not in (digest, Rules({"sigmoid": {"values": 6.0}}).digest)
    assert Rules(points).digest == Rules(turned).digest, "the order in the file, and 6 for 6.0, change no score"


def test_the_digest_changes_with_the_code_that_judges(tmp_path, monkeypatch):
    def digest() -> str:
        rules._code_digest.cache_clear()
        return Rules({}).digest

    root = tmp_path / "course_lib"
    (root / "checking" / "exercises").mkdir(parents=True)
    (root / "grading").mkdir()
    judge = root / "checking" / "exercises" / "lesson.py"
    judge.write_text("points = 10\n")
    monkeypatch.setattr(rules.course_lib, "__file__", str(root / "__init__.py"))
    try:
        first = digest()
        (root / "grading" / "report.py").write_text("colour = 'blue'\n")
        (root / "checking" / "exercises" / "lesson.pyc").write_text("compiled")
        assert digest() == first, "a report changes no score"
        judge.write_text("points = 11\n")
        second = digest()
        assert second != first
        judge.rename(judge.with_name("lessons.py"))
        assert digest() not in (first, second)
    finally:
        rules._code_digest.cache_clear()


def test_every_place_that_the_digest_names_is_there():
    root = Path(course_lib.__file__).parent
    assert [place for place in rules.JUDGING if not (root / place).exists()] == []
