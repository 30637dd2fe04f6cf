"""Runs answers without a sandbox: only for learners whom the instructor trusts (``--trusted-learners``).

Each answer still runs in a process of its own, away from the judge and from the course's answers: so a score can't be
patched here either. But that process may do on this machine what the grader may.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from course_lib.grading.confinement import layout
from course_lib.grading.confinement.process import AnswerProcess
from course_lib.grading.confinement.sandbox import SandboxFailed
from course_lib.grading.limits import Limits

#: Seconds that Python and numpy may take to start.
PATIENCE = 60.0

_START = """
import socket, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[4]),) * 2)  # should the grader have gone away
except ImportError:
    pass
sys.path.insert(0, sys.argv[1])
channel = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
channel.sendall(sys.argv[3].encode())
from course_lib.grading.confinement.untrusted import worker
worker.serve(channel)
"""


class Unconfined:
    """A place that runs answers as plain processes.

    Parameters
    ----------
    limits : Limits
        What an answer may take; its memory is not limited here.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._start()

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="course-grading-")
        for inside, file in layout.library().items():
            laid = Path(self._folder.name) / inside
            laid.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if file.is_dir() else shutil.copyfile)(file, laid)

    @contextlib.contextmanager
    def process(self) -> Iterator[AnswerProcess]:
        """Start a process for one answer; it is ended at the end of the block."""
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            port, seconds = str(listener.getsockname()[1]), str(self._limits.processor)
            started = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _START, self._folder.name, port, token, seconds],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                channel, _ = listener.accept()
                with channel:
                    channel.settimeout(PATIENCE)  # somebody else may have come, and say nothing
                    if channel.recv(len(token), socket.MSG_WAITALL) != token.encode():
                        raise SandboxFailed("somebody else on this machine answered in place of an answer's process")
                    process = AnswerProcess(channel, self._limits.reply)
                    if not process.is_ready(PATIENCE):
                        raise SandboxFailed("the process of an answer does not start")
                    yield process
            except OSError:
                raise SandboxFailed("the process of an answer does not start") from None
            finally:
                _end(started)

    def renew(self) -> None:
        """Begin anew, with fresh copies of what answers are asked by."""
        self.close()
        self._start()

    def close(self) -> None:
        """Remove what was laid out."""
        self._folder.cleanup()


def _end(started: subprocess.Popen[bytes]) -> None:
    """End a process, and those that it began and did not send away."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(started.pid, signal.SIGKILL)  # it is first of its group, and its number is taken until the wait
    started.kill()
    started.wait()
