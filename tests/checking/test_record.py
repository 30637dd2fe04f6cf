"""The learner's own record."""

import sqlite3
import time
from pathlib import Path

import pytest
from cells import sigmoid_derivative

from course_lib import check
from course_lib.checking import EXERCISES, record

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def test_every_check_is_recorded(fresh_record: Path) -> None:
    assert record.read() == []
    check(sigmoid_derivative, seed=5)
    check("sigmoid_derivative", lambda x: x * (1 - x), seed=6)
    first, second = record.read()
    assert (first.exercise, first.passed, first.points, first.slip, first.seed) == (
        "sigmoid_derivative",
        True,
        10,
        None,
        5,
    )
    assert (second.passed, second.points, second.slip) == (False, 0, "input_for_output")


def test_what_is_no_attempt_is_not_recorded(fresh_record: Path) -> None:
    check("sigmoid_derivativ", sigmoid_derivative)
    check(None)
    check(sigmoid_derivative, record=False)
    assert record.read() == []


def test_a_corrupt_record_is_said_once_and_left_alone(fresh_record: Path) -> None:
    fresh_record.parent.mkdir()
    fresh_record.write_bytes(b"this is not a database, it is a letter" * 100)
    before = fresh_record.read_bytes()
    first, second = check(sigmoid_derivative), check(sigmoid_derivative)
    assert first.points == second.points == 10
    assert f"Your record {fresh_record} could not be written" in first.message
    assert "record" not in second.message
    assert fresh_record.read_bytes() == before
    with pytest.raises(record.RecordUnreadable, match="could not be read"):
        record.read()


def test_a_record_that_is_empty_or_of_another_kind(fresh_record: Path) -> None:
    fresh_record.parent.mkdir()
    fresh_record.touch()
    assert record.read() == []
    with sqlite3.connect(fresh_record) as database:
        database.execute("CREATE TABLE checks (a, b)")
        database.execute("INSERT INTO checks VALUES (1, 2)")
    database.close()
    with pytest.raises(record.RecordUnreadable, match="no such column"):
        record.read()
    assert "could not be written" in check(sigmoid_derivative).message


def test_a_record_in_an_unwritable_place_does_not_matter(
    fresh_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    monkeypatch.setenv(record.VARIABLE, str(file / "record.sqlite"))
    result = check(sigmoid_derivative)
    assert result.points == 10
    assert "could not be written" in result.message


def test_a_locked_record_does_not_hold_up_a_check(fresh_record: Path) -> None:
    check(sigmoid_derivative)
    other = sqlite3.connect(fresh_record)
    other.execute("BEGIN EXCLUSIVE")
    start = time.monotonic()
    assert check(sigmoid_derivative).points == 10
    assert time.monotonic() - start < 2
    other.close()
