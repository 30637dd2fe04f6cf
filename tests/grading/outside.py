"""What is outside the sandbox and attacks are after: a class's folder, servers, signals; and what they leave there."""

import contextlib
import os
import secrets
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handed_in import COURSE, as_bytes, handed_in, solutions

#: What attacks call their processes, their files and what they send.
MARK = "course-attack"


class Outside:
    """The surroundings of a grader, in which nothing may happen while submissions are graded."""

    def __init__(self, folder: Path) -> None:
        self._class = folder
        self._signals: list[int] = []
        self._listening = [socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)]
        self._listening[0].bind(("127.0.0.1", 0))
        self._port = self._listening[0].getsockname()[1]
        self._listening[1].bind(("127.0.0.1", self._port))
        self._name = f"{MARK}-listening-{secrets.token_hex(4)}"
        for address in (f"\0{self._name}", str(folder / "listening")):
            self._listening.append(socket.socket(socket.AF_UNIX))
            self._listening[-1].bind(address)
        for listening in self._listening:
            listening.setblocking(False)
            if listening.type == socket.SOCK_STREAM:
                listening.listen(100)
        with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as database, database:
            database.execute("create table grade (manual_score)")
            database.execute("insert into grade values (3)")
        other = folder / "submitted" / "ada" / "03_sigmoid"
        other.mkdir(parents=True)
        (other / "03_sigmoid.ipynb").write_bytes(as_bytes(handed_in("03_sigmoid", solutions("03_sigmoid"))))
        self._content = self._read()

    @property
    def places(self) -> dict[str, str]:
        """What stands in attacks for what only a run knows."""
        return {
            "LISTENING_PORT": str(self._port),
            "LISTENING_NAME": self._name,
            "CLASS_FOLDER": str(self._class),
            "COURSE_FOLDER": str(COURSE),
            "HOME_FOLDER": str(Path.home()),
            "GRADER_PROCESS": str(os.getpid()),
        }

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Note the signals that come, and keep a secret in the environment."""
        os.environ["COURSE_ATTACK_SECRET"] = "the password"
        before = signal.signal(signal.SIGURG, lambda number, frame: self._signals.append(number))
        try:
            yield
        finally:
            signal.signal(signal.SIGURG, before)
            del os.environ["COURSE_ATTACK_SECRET"]

    def evidence(self) -> list[str]:
        """Return what attacks did out here, and undo it."""
        found = [f"a message came to {listening.getsockname()!r}" for listening in self._listening if _heard(listening)]
        found += [f"signal {number} came" for number in self._signals]
        found += [f"{path} was left" for path in _files_left()]
        found += [f"process {pid} was left" for pid in _processes_left()]
        if self._read() != self._content:
            found.append("the folder of the class was changed")
            self._content = self._read()
        self._signals.clear()
        return found

    def _read(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self._class.rglob("*") if path.is_file()}

    def close(self) -> None:
        """Stop listening."""
        for listening in self._listening:
            listening.close()


def _heard(listening: socket.socket) -> bool:
    heard = False
    with contextlib.suppress(BlockingIOError):
        while True:
            if listening.type == socket.SOCK_STREAM:
                listening.accept()[0].close()
            else:
                listening.recv(100)
            heard = True
    return heard


def _files_left() -> list[Path]:
    """Return the files that attacks made, and remove them."""
    folders = {
        Path(p) for p in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/", Path.home(), Path.cwd(), *sys.path)
    }
    left = [path for folder in folders if folder.is_dir() for path in folder.glob(f"{MARK}*")]
    left += [
        path
        for folder in folders
        for name in ("sitecustomize.py", "usercustomize.py")
        if (path := folder / name).is_file() and MARK in path.read_text(encoding="utf-8")
    ]
    for path in left:
        path.unlink()
    return left


def _processes_left() -> list[int]:
    """Return the processes that attacks began and gave their mark to, and end them."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "comm").read_text().strip() == MARK and _is_alive(process):
                os.kill(int(process.name), signal.SIGKILL)
                left.append(int(process.name))
    return left


def _is_alive(process: Path) -> bool:
    return (process / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"


def descendants() -> set[int]:
    """Return the processes below this one, by their ids."""
    parents: dict[int, int] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(process.name)] = int((process / "stat").read_text().rpartition(")")[2].split()[1])
    found: set[int] = set()
    added: Any = {os.getpid()}
    while added:
        added = {pid for pid, parent in parents.items() if parent in added and pid not in found}
        found |= added
    return found
