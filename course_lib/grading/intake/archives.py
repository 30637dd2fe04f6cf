"""Reads zip archives that nobody has to trust: nothing is unpacked, and no more is read than was asked for."""

import functools
import os
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

from course_lib.grading.intake.notebook import Unreadable

#: A table of contents of more bytes is refused; one of 100,000 notebooks has some 15 MB.
CONTENTS = 64 * 2**20

_LONGEST_NAME = 4096
_DRIVE = re.compile(r"[A-Za-z]:")
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of other methods zipfile unpacks more than it is asked for
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Member:
    """What an archive holds under one name.

    Attributes
    ----------
    name : str
        As the archive has it, to be given to `read_member`.
    parts : tuple of str
        Its folders and its own name, without empty ones.
    modified : float or None
        In seconds since 1970. A zip has no time zone: that of this machine is meant.
    reason : str
        Why it is not read, in one sentence; else empty.
    """

    name: str
    parts: tuple[str, ...]
    modified: float | None
    reason: str


class _Bounded:
    """A file of which nobody reads more than `CONTENTS` at once; closed when nobody uses it any more."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = open_regular(path)
        self.seek, self.tell, self.close = self._file.seek, self._file.tell, self._file.close

    def read(self, size: int = -1) -> bytes:
        if size > CONTENTS:
            raise zipfile.BadZipFile("its table of contents is too large")
        return self._file.read(size if size >= 0 else CONTENTS)

    def seekable(self) -> bool:
        return True

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading that must be a regular one: no link, no pipe that never ends, no device.

    Raises
    ------
    OSError
        If it can't be opened.
    Unreadable
        If it is something else.
    """
    kind = os.lstat(path).st_mode
    if not stat.S_ISREG(kind):
        raise Unreadable(why_not_regular(kind))
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # not every system has each of them
        flags |= getattr(os, name, 0)
    file = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was exchanged in the meantime
        file.close()
        raise Unreadable(why_not_regular(0))
    return file


def why_not_regular(kind: int) -> str:
    """Return the reason why a file of this kind (``st_mode``) is not read."""
    if stat.S_ISLNK(kind):
        return "It is a symbolic link, which is never followed: put the file itself in its place."
    if stat.S_ISDIR(kind):
        return "It is a folder that is named like a notebook: hand in the notebook inside it."
    return "It is not a regular file, so it is not opened."


def members(path: Path) -> Iterator[Member]:
    """Yield everything in the archive in its order, except folders that are not named like a notebook.

    Of several under one name the last one counts, as it would if the archive were unpacked.

    Raises
    ------
    Unreadable
        If it is no zip archive, or a broken one.
    """
    archive, counted = _opened(path)
    for info in archive.infolist():
        name = _name(info)
        parts = tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
        folder = name.endswith(("/", "\\"))
        if not parts or (folder and not parts[-1].lower().endswith(".ipynb")):
            continue
        reason = why_not_regular(stat.S_IFDIR) if folder else _why_not(info, name, parts)
        if not reason and counted[info.orig_filename] is not info:
            reason = "The archive holds another file of the same name further on, which counts instead."
        yield Member(info.orig_filename, parts, _modified(info), reason)


def read_member(path: Path, name: str, limit: int) -> bytes:
    """Return the first `limit` bytes of a file in an archive, whatever size the archive says that it has.

    Raises
    ------
    Unreadable
        If it can't be read.
    """
    archive, counted = _opened(path)
    if name not in counted:
        raise Unreadable("The file is not in the archive any more.")
    try:
        with archive.open(counted[name]) as file:
            return file.read(limit)
    except Exception:  # a broken archive may raise anything at all
        raise Unreadable("The archive is broken at this file: zip it again, and hand it in again.") from None


def _opened(path: Path) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    try:
        state = os.lstat(path)
        return _kept_open(path, state.st_size, state.st_mtime_ns, os.getpid())
    except OSError as error:
        raise Unreadable(f"The archive can't be read ({error.strerror or 'it is broken'}).") from None


@functools.lru_cache(maxsize=16)  # to read the contents again for each of 100,000 files would take days
def _kept_open(path: Path, *state: int) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    file = _Bounded(path)
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, file))
    except UnicodeDecodeError:
        raise Unreadable("The archive holds a file name that is not text: zip it again.") from None
    except Exception:
        raise Unreadable("The archive is broken, or it is no zip archive: zip it again.") from None
    readable = (info for info in archive.infolist() if not info.is_dir())
    return archive, MappingProxyType({info.orig_filename: info for info in readable})


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name; many programs write UTF-8 without saying so."""
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _why_not(info: zipfile.ZipInfo, name: str, parts: tuple[str, ...]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if "\0" in name or len(name) > _LONGEST_NAME:
        return "Its name in the archive is broken: zip it again."
    if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in parts:
        return "Its name in the archive leads out of the archive: zip the folder again."
    if kind not in (0, stat.S_IFREG):
        return why_not_regular(kind)
    if info.flag_bits & 0x1:
        return "It is encrypted: zip it without a password."
    if info.compress_type not in _READABLE:
        return "It is packed by a method that is not read here: zip it in the usual way (deflate)."
    return ""


def _modified(info: zipfile.ZipInfo) -> float | None:
    if info.date_time <= _NO_TIME:
        return None
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
