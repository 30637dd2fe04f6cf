"""The line of progress, the deadline, the number of processes."""

import io
import os
from datetime import datetime, timedelta, timezone

import pytest

from course_lib.activations.registry import CourseError
from course_lib.grading.executors import usable_cores
from course_lib.grading.lateness import lateness, read_deadline
from course_lib.grading.progress import Progress


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(terminal: bool, steps: int, seconds: float, *, kept: int = 0) -> str:
    """What is written when `kept` come at once and then `steps` at this distance, of 1000."""
    clock, stream = Clock(), Stream(terminal)
    progress = Progress(1000, stream, clock)
    for _ in range(kept):
        progress.advance(fresh=False)
    for _ in range(steps):
        clock.now += seconds
        progress.advance(fresh=True)
    progress.end()
    return stream.getvalue()


def test_on_a_terminal_one_line_is_drawn_over_and_cleared():
    written = shown(True, 200, 0.01)
    assert "\n" not in written
    lines = written.split("\r")
    assert 15 <= len(lines) <= 23, "not more often than ten times a second"
    assert lines[-3].rstrip() == "200 of 1,000 (20 %), 100 a second, 8 s left"
    assert lines[-2].strip() == lines[-1] == ""
    assert len(lines[-2]) >= len(lines[-3].rstrip())


def test_elsewhere_a_line_is_written_now_and_then():
    written = shown(False, 480, 0.125)
    assert "\r" not in written
    lines = written.splitlines()
    assert len(lines) == 4
    assert lines[0] == "120 of 1,000 (12 %), 8 a second, 1 min 50 s left"


def test_a_short_run_in_a_log_says_nothing():
    assert shown(False, 100, 0.01) == ""


def test_what_was_kept_does_not_make_the_rate():
    assert shown(False, 200, 0.125, kept=500).splitlines()[0] == "620 of 1,000 (62 %), 8 a second, 48 s left"


def test_long_is_said_in_hours():
    assert shown(False, 3, 20).splitlines()[0] == "1 of 1,000 (0 %), 0.05 a second, 5 h 33 min left"


def test_a_line_is_no_wider_than_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    assert max(map(len, shown(True, 200, 0.01).split("\r"))) == 19


@pytest.fixture(params=["Europe/Berlin", "America/St_Johns", "UTC"])
def zone(request, monkeypatch):
    import time

    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_a_date_is_the_end_of_that_day_here(zone):
    here = datetime(2026, 12, 1).astimezone()
    assert read_deadline("2026-11-30") == here.timestamp()
    assert read_deadline("2026-11-30T18:00") == (here - timedelta(hours=6)).timestamp()
    assert read_deadline("2026-11-30 18:00:00") == (here - timedelta(hours=6)).timestamp()
    there = datetime(2026, 11, 30, 18, tzinfo=timezone(timedelta(hours=1)))
    assert read_deadline("2026-11-30T18:00+01:00") == there.timestamp()


@pytest.mark.parametrize("text", ["", "tomorrow", "30.11.2026", "2026-02-30", "2026-11-30T25:00", "9999-12-31"])
def test_what_is_no_date_is_one_sentence(text):
    with pytest.raises(CourseError, match=r"--deadline .* is not a date such as 2026-11-30"):
        read_deadline(text)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "less than a minute"),
        (60, "1 min"),
        (7500, "2 h 5 min"),
        (7200, "2 h"),
        (86400 + 60, "1 day 1 min"),
        (3 * 86400 + 3600, "3 days 1 h"),
    ],
)
def test_how_late(seconds, said):
    assert lateness(1000.0 + seconds, 1000.0) == (f"Handed in {said} after the deadline.",)


def test_in_time_or_not_known():
    assert lateness(1000.0, 1000.0) == lateness(5.0, None) == lateness(None, None) == ()
    assert lateness(None, 1000.0) == ("It is not known when this was handed in, before or after the deadline.",)


def test_as_many_processes_as_may_be_used():
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, before)
    assert usable_cores() == len(before)
