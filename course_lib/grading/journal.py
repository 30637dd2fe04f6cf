"""What has been graded, kept as it comes: a run that is killed at any moment goes on where it stopped.

``journal.jsonl`` in the report's folder holds lines of JSON. The first says how everything in it was graded: the seed,
the mode, the rules and the limits. Then comes a line for each submission, and one whenever a report was completed.
Lines are only ever added. The last one may be torn, where a run was killed: it never counted.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course_lib.activations.registry import CourseError
from course_lib.grading.limits import Limits
from course_lib.grading.results import Graded
from course_lib.grading.settings import Mode

JOURNAL = "journal.jsonl"
_LOCK = ".lock"
_VERSION = 1


@dataclass(frozen=True)
class Terms:
    """How everything in one journal is graded.

    Attributes
    ----------
    mode : str
        How answers are confined, as in `Settings`.
    rules : str
        The digest of the rules.
    limits : Limits
        What a submission may take.
    """

    mode: Mode
    rules: str
    limits: Limits

    def differences(self, other: "Terms") -> list[str]:
        """Return what differs, in words."""
        mode = f"the mode ({other.mode}, now {self.mode})" if self.mode != other.mode else ""
        rules = "the rules (the course, or the file of points)" if self.rules != other.rules else ""
        before, now = asdict(other.limits), asdict(self.limits)
        limits = [
            f"the limit '{name}' ({before[name]:g}, now {now[name]:g})" for name in now if before[name] != now[name]
        ]
        return [*filter(None, (mode, rules)), *limits]


def content_key(name: str, content: bytes) -> str:
    """Return what tells one submission, with this content, from all others."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass") + b"\0" + content).hexdigest()


@dataclass(frozen=True)
class _Read:
    """What a journal's file holds."""

    seed: int
    terms: Terms
    regrades: str | None
    results: dict[str, Graded]
    finished: bool
    size: int


class Journal:
    """The open journal of a report. `open_journal` makes it.

    Attributes
    ----------
    seed : int
        With which everything in it is graded.
    kept : dict
        What was graded before, by `content_key`.
    before : dict
        When grades are made again: what the journal before this one says, by the submission's name.
    """

    def __init__(self, path: Path, descriptor: int, read: _Read, before: dict[str, Graded]) -> None:
        self.seed, self.kept, self.before = read.seed, read.results, before
        self._path, self._descriptor, self._finished = path, descriptor, read.finished

    def append(self, results: Iterable[tuple[str, Graded]]) -> None:
        """Keep results, each with its `content_key`; when this returns they are on the disk."""
        lines = [{"content": key, "graded": graded.as_data()} for key, graded in results]
        if lines:
            self._write(lines)
            self._finished = False

    def finish(self) -> None:
        """Note that the report is complete."""
        if not self._finished:
            self._write([{"finished": True}])
            self._finished = True

    def _write(self, lines: Iterable[dict[str, Any]]) -> None:
        rest = memoryview("".join(map(_line, lines)).encode())
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        os.fsync(self._descriptor)


@contextlib.contextmanager
def open_journal(out: Path, terms: Terms, seed: int | None = None, *, regrade: bool = False) -> Iterator[Journal]:
    """Open the journal of the report in the folder `out`, which is made where it is missing.

    Parameters
    ----------
    out : Path
        The report's folder. Nobody else can open its journal meanwhile.
    terms : Terms
        How the submissions are to be graded.
    seed : int, optional
        By default that of the journal, or a new one.
    regrade : bool
        Whether everything is to be graded anew. The journal so far is kept under another name. One that was begun
        for this, and not finished, goes on.

    Raises
    ------
    CourseError
        If the folder can't be used, another run is using it, or what it holds was graded in another way.
    """
    path = out / JOURNAL
    with _alone(out):
        read = _read(path)
        if read is None or (not read.results and not read.regrades):
            read = _begin(path, seed, terms, None)
        elif regrade and (read.finished or not read.regrades or _refusal(read, terms, seed)):
            read = _begin(path, read.seed if seed is None else seed, terms, _keep(path))
        elif refusal := _refusal(read, terms, seed):
            raise CourseError(
                f"What {path} holds was graded with other settings: {refusal}. Give the same as then to go on, add "
                "--regrade to grade everything anew, or name another folder with --out."
            )
        before = _read(out / read.regrades) if read.regrades else None
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            os.truncate(path, read.size)  # what follows is a torn line
            by_name = {} if before is None else {graded.submission: graded for graded in before.results.values()}
            yield Journal(path, descriptor, read, by_name)
        finally:
            os.close(descriptor)


def _refusal(read: _Read, terms: Terms, seed: int | None) -> str:
    other_seed = [] if seed in (None, read.seed) else [f"the seed ({read.seed}, now {seed})"]
    return ", ".join([*terms.differences(read.terms), *other_seed])


def _begin(path: Path, seed: int | None, terms: Terms, regrades: str | None) -> _Read:
    """Put a journal with nothing but its first line in the place of the one that is there."""
    if seed is None:
        seed = secrets.randbits(32)
    first = _line({"journal": _VERSION, "seed": seed, **asdict(terms), "regrades": regrades}).encode()
    begun = path.with_suffix(".new")
    with begun.open("wb") as file:
        file.write(first)
        file.flush()
        os.fsync(file.fileno())
    os.replace(begun, path)
    return _Read(seed, terms, regrades, {}, False, len(first))


def _keep(path: Path) -> str:
    """Copy the journal to a name that is free, and return that."""
    number = 1
    while (kept := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    copied = path.with_suffix(".new")
    shutil.copyfile(path, copied)
    os.replace(copied, kept)
    return kept.name


def _read(path: Path) -> _Read | None:
    """Read a journal; None where there is none, or not even its first line is whole."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    results: dict[str, Graded] = {}
    header: dict[str, Any] | None = None
    finished, size = False, 0
    with file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                data = json.loads(line)
                if header is None:
                    header = data
                    if header["journal"] != _VERSION:
                        raise ValueError("another version")
                    terms = Terms(header["mode"], header["rules"], Limits(**header["limits"]))
                elif not (finished := "finished" in data):
                    results[data["content"]] = Graded.from_data(data["graded"])
            except (ValueError, KeyError, TypeError):
                raise CourseError(
                    f"Line {number} of {path} is not what this course has written there; move the file away, or name "
                    "another folder with --out, and everything is graded anew."
                ) from None
            size += len(line)
    return None if header is None else _Read(header["seed"], terms, header["regrades"], results, finished, size)


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":")) + "\n"


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Let no second run into the folder, which is made where it is missing."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / _LOCK).open("ab")
    except (FileExistsError, NotADirectoryError):
        raise CourseError(f"There is a file where the folder {out} would be; name another one with --out.") from None
    except OSError as error:
        raise CourseError(
            f"The folder {out} can't be written to ({error.strerror}); name another one for the report with --out."
        ) from None
    with lock:
        try:
            import fcntl
        except ImportError:  # Windows: two runs on one report are not told from each other there
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(
                f"Another run is writing the report in {out}; wait until it ends, or name another folder with --out."
            ) from None
        yield
