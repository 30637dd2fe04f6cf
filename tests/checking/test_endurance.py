"""What `check` survives: endless loops, floods of output, and things that raise wherever they are touched."""

import contextlib
import io
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from cells import in_a_cell, sigmoid_derivative

from course_lib import check
from course_lib.checking import EXERCISES, judge, record
from course_lib.checking.answer import OwnAnswer
from course_lib.checking.calling import Caller
from course_lib.checking.deadline import TimeIsUp, deadline

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def endless(x):
    while True:
        pass


def endless_and_catching(x):
    while True:
        with contextlib.suppress(Exception):
            x = x + 1


def endless_and_deaf():
    """A loop that catches everything; from text, since a bare except is a thing that only learners write."""
    source = """
import time
def deaf(x):
    while True:
        try:
            time.sleep(0.05)
        except:
            pass
"""
    return in_a_cell(source)["deaf"]


ENDLESS = [endless, endless_and_catching, lambda x: endless_and_deaf()(x)]


@pytest.mark.parametrize("answer", ENDLESS, ids=["plain", "catching", "deaf"])
def test_an_endless_loop_is_stopped_with_a_sentence(answer) -> None:
    start = time.monotonic()
    exercise = EXERCISES["sigmoid_derivative"]
    result = judge.judge(exercise, OwnAnswer(answer, exercise, seconds=0.3), np.random.default_rng(0))
    assert time.monotonic() - start < 3
    assert result.diagnosis is not None
    assert result.diagnosis.slip == "endless"
    assert result.telling == "It was stopped after 0.3 seconds: is there a loop that never ends, or does it wait?"


@pytest.mark.parametrize("answer", ENDLESS, ids=["plain", "catching", "deaf"])
def test_an_endless_loop_is_stopped_where_there_are_no_signals(answer) -> None:
    found = []

    def in_a_thread() -> None:
        try:
            with deadline(0.3):
                answer(0)
        except TimeIsUp:
            found.append("stopped")

    thread = threading.Thread(target=in_a_thread, daemon=True)
    thread.start()
    thread.join(10)
    assert found == ["stopped"]


def test_a_deadline_inside_a_deadline_leaves_the_outer_one() -> None:
    def both() -> None:
        with deadline(0.5):
            with deadline(5):
                pass
            endless(0)

    start = time.monotonic()
    with pytest.raises(TimeIsUp):
        both()
    assert time.monotonic() - start < 2


def test_a_check_inside_the_function_that_is_checked_is_pointed_out(fresh_record: Path) -> None:
    def recursive(x):
        check("sigmoid_derivative", recursive)
        return x

    result = check("sigmoid_derivative", recursive)
    assert "check was called inside the function that it checks" in result.message
    assert len(record.read()) == 1


def test_the_deadline_leaves_nothing_behind() -> None:
    import signal

    before = signal.getsignal(signal.SIGALRM)
    with deadline(5):
        pass
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_interrupt_by_the_learner_gets_through() -> None:
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("sigmoid_derivative", interrupted)


def test_a_megabyte_of_output_is_shortened_and_kept_off_the_streams(capfd: pytest.CaptureFixture[str]) -> None:
    def chatty(x):
        print("x" * 1_000_000)
        sys.stderr.write("y" * 1_000_000)
        warnings.warn("careful", stacklevel=1)
        return sigmoid_derivative(x)

    result = check("sigmoid_derivative", chatty)
    assert result.points == 10
    assert "Your function printed: xxx" in result.message
    assert len(result.message) < 1000
    out, err = capfd.readouterr()
    assert "xxx" not in out + err
    assert "yyy" not in out + err
    assert "careful" not in out + err


def test_the_learners_numpy_settings_don_t_matter() -> None:
    with np.errstate(all="raise"):
        assert check(sigmoid_derivative).points == 10


def test_a_lying_subclass_is_seen_through() -> None:
    class Agrees(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __sub__(self, other):
            return np.zeros(self.shape)

        def __array_ufunc__(self, *a, **k):
            return np.zeros(self.shape)

    assert not check("sigmoid_derivative", lambda x: np.ones(x.shape).view(Agrees)).passed


class Awkward:
    """A function-like thing that raises wherever it is looked at."""

    @property
    def __name__(self):
        raise RuntimeError("no name")

    @property
    def __signature__(self):
        raise RuntimeError("no signature")

    def __call__(self, x):
        class Mute(Exception):
            def __str__(self):
                raise RuntimeError("no words")

        raise Mute


def test_awkward_things_get_a_verdict() -> None:
    assert check("sigmoid_derivative", Awkward()).slip == "raises"
    assert not check(Awkward()).passed


def test_an_answer_that_leaves_when_it_is_watched() -> None:
    def shy(x):
        if type(x) is not np.ndarray:
            raise SystemExit
        return sigmoid_derivative(x)

    assert check("sigmoid_derivative", shy).points == 10


def test_a_caller_keeps_what_was_printed_first() -> None:
    out = io.StringIO()
    caller = Caller(lambda x: print("first", x.size) or x, ("x",))
    caller(np.zeros(1))
    caller(np.zeros(2))
    assert caller.printed.strip() == "first 1"
    assert out.getvalue() == ""
