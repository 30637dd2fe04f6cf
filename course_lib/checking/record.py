"""A learner's own record: every check is noted on this machine, and nowhere else."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.activations.registry import CourseError

if TYPE_CHECKING:
    from course_lib.checking.result import Result

#: Where the record is kept instead of the user's data folder; tests and lessons use a temporary file.
VARIABLE = "COURSE_RECORD"

_COLUMNS = "time, exercise, passed, points, max_points, slip, seed"
_TABLE = """CREATE TABLE IF NOT EXISTS checks (
    time TEXT NOT NULL, exercise TEXT NOT NULL, passed INTEGER NOT NULL,
    points REAL NOT NULL, max_points REAL NOT NULL, slip TEXT, seed INTEGER NOT NULL)"""


class RecordUnreadable(CourseError):
    """The record can't be read or written; the sentence says why and where it is."""


@dataclass(frozen=True)
class Row:
    """One check, as it was noted. `time` is local, in ISO format to the second."""

    time: str
    exercise: str
    passed: bool
    points: float
    max_points: float
    slip: str | None
    seed: int


def path() -> Path:
    """Return where the record is kept."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("activation-derivatives", appauthor=False) / "record.sqlite"


def append(result: "Result") -> None:
    """Note the result of a check.

    Raises
    ------
    RecordUnreadable
        If the record can't be written.
    """
    row = (
        datetime.now().isoformat(timespec="seconds"),
        result.exercise,
        result.passed,
        result.points,
        result.max_points,
        result.slip,
        result.seed,
    )
    place = path()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(place, timeout=0.2)) as database, database:
            database.execute(_TABLE)
            database.execute(f"INSERT INTO checks ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    except (OSError, sqlite3.Error) as error:
        raise RecordUnreadable(_sentence("written", place, error)) from error


def read() -> list[Row]:
    """Return every check that was noted, oldest first; none where there is no record yet.

    Raises
    ------
    RecordUnreadable
        If there is a file, but it can't be read as a record.
    """
    place = path()
    try:
        if not place.exists():
            return []
        with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True, timeout=0.2)) as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'checks'").fetchone():
                return []
            rows = database.execute(f"SELECT {_COLUMNS} FROM checks ORDER BY rowid").fetchall()
    except (OSError, sqlite3.Error) as error:
        raise RecordUnreadable(_sentence("read", place, error)) from error
    return [Row(time, name, bool(passed), *others) for time, name, passed, *others in rows]


def _sentence(done: str, place: Path, error: Exception) -> str:
    return (
        f"Your record {place} could not be {done} ({error}); checks work without it. "
        f"Rename the file, or set {VARIABLE} to another place, to begin a new one."
    )
