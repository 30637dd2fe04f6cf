"""What was found by trying to break grading from within: replies that harm the judge, time and memory that are lost."""

import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from handed_in import as_bytes, handed_in, solutions

from course_lib.checking import EXERCISES
from course_lib.checking.deadline import TimeIsUp
from course_lib.grading import grade
from course_lib.grading.confinement import unconfined
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.process import AnswerProcess
from course_lib.grading.confinement.protocol import DTYPES, Nonsense, read_reply
from course_lib.grading.confinement.sandbox import Sandbox, SandboxFailed
from course_lib.grading.confinement.unconfined import Unconfined
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.limits import Limits
from course_lib.grading.settings import Settings

SIGMOID = EXERCISES["sigmoid"]
RIGHT = "def sigmoid(x):\n    return np.exp(-np.logaddexp(0, -x))"


@pytest.mark.parametrize("code", range(len(DTYPES)))
@pytest.mark.parametrize("shape", [(0, *[2**20] * 7), (2**20, 2**20, 2**20, 0), (0, 2**20, 2)])
def test_an_empty_array_that_numpy_could_not_make_is_no_reply(code, shape):
    content = struct.pack("<BBIQBB", 0, 0, 0, 0, 0, 1) + struct.pack(f"<BB{len(shape)}I", code, len(shape), *shape)
    with pytest.raises(Nonsense):
        read_reply(content)


def test_who_is_slow_to_read_the_question_has_less_time_to_reply():
    judge, answer = socket.socketpair()
    with judge, answer:

        def read_late_and_never_reply() -> None:
            time.sleep(0.3)
            while answer.recv(2**16):
                pass

        reading = threading.Thread(target=read_late_and_never_reply)
        reading.start()
        asked = ConfinedAnswer(AnswerProcess(judge, 2**20), EXERCISES["sigmoid"], Limits(call=0.5), Budget(10))
        start = time.monotonic()
        with pytest.raises(TimeIsUp):
            asked(np.zeros(2**19))
        assert 0.45 < time.monotonic() - start < 0.75
        judge.shutdown(socket.SHUT_RDWR)
        reading.join(5)


def test_a_mistake_of_the_grader_costs_the_one_who_found_it(bubblewrap, monkeypatch):
    honest = grade._answer

    def stumbling(task, handed, *rest):
        if "STUMBLE" in handed.cells[task.exercise.name]:
            raise RecursionError("\x1b[2J too deep")
        return honest(task, handed, *rest)

    monkeypatch.setattr(grade, "_answer", stumbling)
    answers = [{"sigmoid": "# STUMBLE"}, {"sigmoid": solutions("03_sigmoid")["sigmoid"]}]
    batch = [
        (Submission(str(i), "eve", "03_sigmoid", Path("x.ipynb")), as_bytes(handed_in("03_sigmoid", each)))
        for i, each in enumerate(answers)
    ]
    found, neighbour = grade.grade_batch(batch, Settings(seed=1))
    assert (found.status, neighbour.status) == ("could not be graded", "graded")
    assert "RecursionError: ␛[2J too deep" in found.notes[0]
    assert neighbour.points == 10


def test_a_hundred_answers_leave_nothing_behind(bubblewrap):
    def held() -> list[tuple[str, int]]:
        everybody = [psutil.Process(), *psutil.Process().children(recursive=True)]
        return [(process.name(), process.num_fds()) for process in everybody]

    with Sandbox(Limits()) as place:
        for i in range(101):
            with place.process() as process:
                answer = ConfinedAnswer(process, SIGMOID, Limits(), Budget(10.0))
                assert answer.load([RIGHT]) == ""
            if i == 0:
                before = held()
        assert held() == before


_GRADER = """
import sys
from course_lib.checking import EXERCISES
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.limits import Limits
from course_lib.grading.confinement.sandbox import Sandbox
limits = Limits(call=60.0, submission=60.0)
with Sandbox(limits) as place, place.process() as process:
    answer = ConfinedAnswer(process, EXERCISES["sigmoid"], limits, Budget(60.0))
    print("ready", flush=True)
    answer.load(["while True:\\n    try:\\n        while True: pass\\n    except BaseException: pass"])
"""


def test_when_the_grader_is_killed_what_it_started_ends_within_a_second(bubblewrap):
    with subprocess.Popen([sys.executable, "-c", _GRADER], stdout=subprocess.PIPE) as grader:
        assert grader.stdout.readline() == b"ready\n"
        started = psutil.Process(grader.pid).children(recursive=True)
        assert len(started) == 4  # bubblewrap's two, the one that forks, and the answer
        grader.kill()
        _, alive = psutil.wait_procs(started, timeout=1)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


# --- without a sandbox ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain_place():
    place = Unconfined(Limits())
    yield place
    place.close()


def test_a_stranger_who_says_nothing_does_not_stop_the_grader(plain_place, monkeypatch):
    monkeypatch.setattr(unconfined, "PATIENCE", 2.0)
    monkeypatch.setattr(
        unconfined, "_START", f"import time; time.sleep(1)\n{unconfined._START}"
    )  # the stranger is first
    open_connections, ended = [], threading.Event()

    def come_first() -> None:
        while not open_connections and not ended.is_set():
            for each in psutil.Process().net_connections("tcp4"):
                if each.status == psutil.CONN_LISTEN and each.laddr.port not in known:
                    open_connections.append(socket.create_connection(each.laddr))
                    return
            time.sleep(0.001)

    known = {each.laddr.port for each in psutil.Process().net_connections("tcp4") if each.status == psutil.CONN_LISTEN}
    stranger = threading.Thread(target=come_first)
    stranger.start()
    try:
        with pytest.raises(SandboxFailed), plain_place.process():
            pass
    finally:
        ended.set()
        stranger.join()
        for each in open_connections:
            each.close()
    assert open_connections


def test_what_a_trusted_answer_starts_ends_with_it(plain_place):
    source = f"""
import subprocess, sys
left = subprocess.Popen([{sys.executable!r}, "-c", "import time; time.sleep(60)"])
def sigmoid(x):
    return float(left.pid)
"""
    with plain_place.process() as process:
        answer = ConfinedAnswer(process, SIGMOID, Limits(), Budget(10.0))
        assert answer.load([source]) == ""
        left = psutil.Process(int(answer(1.0).value))
        assert left.is_running()
    gone, _ = psutil.wait_procs([left], timeout=2)
    assert gone or left.status() == psutil.STATUS_ZOMBIE
