"""Tries to break out of the sandbox before any submission is graded: what gets out is told, and nothing is graded."""

from collections.abc import Collection

from course_lib.activations.registry import CourseError
from course_lib.checking.answer import Gone
from course_lib.checking.deadline import TimeIsUp
from course_lib.checking.exercise import Exercise
from course_lib.checking.exercises import EXERCISES
from course_lib.checking.returned import flat
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.sandbox import Sandbox
from course_lib.grading.limits import Limits
from course_lib.grading.settings import Mode

# What bubblewrap says where the system keeps it from making namespaces.
_FORBIDDEN = ("uid map", "No permissions to creat", "RTM_NEWADDR", "Creating new namespace failed", "ENOSPC")

#: Each probe tries one thing, and returns 1 where it could be done; what it means is told where it could.
PROBES = {
    "read a home folder": """
import os
return float(any(os.path.exists(folder) for folder in ("/home", "/root", "/Users")))
""",
    "read the list of users": """
return float(bool(open("/etc/passwd").read()))
""",
    "see other processes": """
import os
return float(os.path.exists("/proc/self") or os.getpid() > 2)
""",
    "see the environment of the grader": """
import os
return float(bool({"HOME", "USER", "PATH"} & set(os.environ)))
""",
    "write a file": """
import os
for folder in ("/tmp", "/", "/dev/shm", "/sandbox", os.getcwd()):
    try:
        with open(os.path.join(folder, "course-self-test"), "w") as file:
            file.write("x")
        return 1.0
    except OSError:
        pass
return 0.0
""",
    "open a network connection": """
import socket
socket.socket(socket.AF_INET, socket.SOCK_STREAM)
return 1.0
""",
    "open a local connection": """
import socket
socket.socketpair()
return 1.0
""",
    "start a process": """
import os
if os.fork() == 0:
    os._exit(0)
return 1.0
""",
    "start a thread": """
import threading
threading.Thread(target=print).start()
return 1.0
""",
    "run a program": """
import os, sys
os.posix_spawn(sys.executable or "/bin/sh", ["sh"], {})
return 1.0
""",
    "send a signal": """
import os
os.kill(os.getppid() or 1, 0)
return 1.0
""",
    "take more memory than it may": """
return float(np.empty(MEMORY // 4).size > 0)
""",
    "find the course's answers": """
import course_lib.activations
return 1.0
""",
    "be the administrator": """
import os
return float(os.getuid() == 0)
""",
}


def self_test(mode: Mode, limits: Limits | None = None, without: Collection[str] = ()) -> list[str]:
    """Return sentences on what escapes from the sandbox, or why there is none; empty when all is well.

    Parameters
    ----------
    mode : str
        How answers will be confined; of ``"trusted"`` there is nothing to test.
    limits : Limits, optional
        What an answer may take.
    without : collection of str
        Defences that are left out; only tests leave any out.
    """
    if mode == "trusted":
        return []
    try:
        with Sandbox(limits or Limits(), without) as sandbox:
            return _escapes(sandbox, limits or Limits())
    except CourseError as failed:
        return [f"{failed}{_advice(str(failed))}"]


def _escapes(sandbox: Sandbox, limits: Limits) -> list[str]:
    if _outcome(sandbox, limits, "return 7.0") != 7.0:
        return ["the sandbox starts, but nothing can be computed in it"]
    bodies = {does: body.replace("MEMORY", str(limits.memory)) for does, body in PROBES.items()}
    escaped = [does for does, body in bodies.items() if _outcome(sandbox, limits, body) == 1.0]
    if not escaped:
        return []
    return [f"the sandbox is not tight here: an answer could {' and '.join(escaped)}"]


def _outcome(sandbox: Sandbox, limits: Limits, body: str) -> float | None:
    """Return what an answer with this body returns; None where it can't."""
    exercise: Exercise = EXERCISES["sigmoid"]
    source = "def sigmoid(x):\n" + "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    with sandbox.process() as process:
        answer = ConfinedAnswer(process, exercise, limits, Budget(limits.submission))
        try:
            if answer.load([source]):
                return None
            values = answer(1.0).values
        except (Gone, TimeIsUp):
            return None
    return None if values is None else float(flat(values)[0])


def _advice(said: str) -> str:
    """Return what to do about the kernel's refusals, in bubblewrap's words."""
    if any(words in said for words in _FORBIDDEN):
        return (
            ". This system forbids namespaces to ordinary programs. On Ubuntu 24.04 allow them to bubblewrap with an "
            "AppArmor profile (docs/instructors.md), elsewhere with: sudo sysctl kernel.unprivileged_userns_clone=1; "
            "in a container start that with the right to make namespaces (--security-opt seccomp=unconfined)"
        )
    return ""
