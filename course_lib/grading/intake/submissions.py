"""Finds what was handed in: files, folders, nbgrader's tree, or the archive of a learning-management system."""

import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from course_lib.activations.registry import CourseError
from course_lib.grading.intake import archives
from course_lib.grading.intake.archives import Member, open_regular, why_not_regular
from course_lib.grading.intake.naming import Owner, Place, given_by_one, owners
from course_lib.grading.intake.notebook import Unreadable, read_notebook
from course_lib.grading.limits import Limits
from course_lib.grading.reports.safe_text import shortened_name
from course_lib.grading.results import Graded, not_graded

#: So many notebooks may be in one learner's own archive, and in an archive that lies in a folder.
FROM_ONE, IN_A_FOLDER = 20, 5000

_TIMESTAMP = "timestamp.txt"  # nbgrader's
_LONGEST_NAME = 200
_NEVER = float("-inf")
_LATEST = 1e10  # the year 2286: a time outside of this was made up, and not every calendar can show it


@dataclass(frozen=True, slots=True)
class Submission:
    """One notebook that was handed in; its content is read later.

    Attributes
    ----------
    name : str
        How it is listed: its path below what was given, with '/'; unique in a run.
    learner : str
        Who handed it in; empty where that can't be told.
    assignment : str
        Such as ``"03_sigmoid"``; empty where only the notebook itself can tell.
    path : Path
        The file, or the archive that holds it.
    member : str
        The name inside the archive; empty for a file.
    submitted : float or None
        When, in seconds since 1970; None where that is not known.
    reason : str
        Why it can't be graded, in one sentence, where that is known already; else empty.
    superseded : bool
        Whether a newer submission of the same learner for the same assignment counts instead.
    """

    name: str
    learner: str
    assignment: str
    path: Path
    member: str = ""
    submitted: float | None = None
    reason: str = ""
    superseded: bool = False

    def not_graded(self, reason: str) -> Graded:
        """Return the outcome where it can't be graded, with the reason in one sentence."""
        return not_graded(self.name, self.learner, self.assignment, reason)


@dataclass(frozen=True, slots=True)
class _Found:
    """A notebook before anybody knows whose it is; `shown` is its path below what was given."""

    path: Path
    shown: str
    place: Place
    member: str = ""
    modified: float | None = None
    reason: str = ""


def find_submissions(paths: Sequence[Path]) -> list[Submission]:
    """Find everything that was handed in, without reading more than names where these tell enough.

    Folders are searched with all their folders; hidden ones and ``__MACOSX`` are left out. What can't be graded,
    such as a symbolic link or a broken archive, is found too: with the reason.

    Of several from one learner for one assignment the newest counts, and the others are superseded. The time is that
    of nbgrader's ``timestamp.txt`` or of the name that Blackboard gave; elsewhere that of the file, or of its entry
    in an archive. Moodle and Canvas tell no time: a higher number from Canvas is newer. One without a time is older
    than one with a time, and among equals the last by its path counts. In nbgrader's tree the notebook that has the
    assignment's name counts before all others. Where the names do not tell the assignment, the notebooks of a learner
    who handed in several are read.

    Parameters
    ----------
    paths : sequence of Path
        Notebooks, folders and zip archives.

    Returns
    -------
    list of Submission
        Sorted by name. Where several paths were given, names begin with that of the path.

    Raises
    ------
    CourseError
        If a path does not exist, or if nothing was handed in at all.
    """
    found: dict[tuple[Path, str, str], _Found] = {}
    nothing: list[_Found] = []
    for given in paths:
        path = Path(os.path.abspath(given))
        if not os.path.lexists(path):
            raise CourseError(
                f"There is no {shortened_name(str(given), _LONGEST_NAME)}; give a file or folder that exists."
            )
        here = list(_search(path, path.name if len(paths) > 1 else ""))
        for one in here:
            found.setdefault((one.path, one.member, one.reason), one)
        if not here:
            reason = "There is no notebook (.ipynb) in it."
            nothing.append(_Found(path, path.name, Place(path.parts, len(path.parts)), reason=reason))
    if not found:
        listed = shortened_name(", ".join(map(str, paths)), _LONGEST_NAME)
        raise CourseError(f"No notebook (.ipynb) was found in {listed or 'nothing'}; give files, folders or archives.")
    everything = [*found.values(), *nothing]
    owned = zip(everything, owners([one.place for one in everything]), strict=True)
    return sorted(_counted(_named([(one, owner) for one, owner in owned])), key=lambda s: s.name)


def load(submission: Submission, limits: Limits) -> bytes:
    """Return the content of a submission.

    Raises
    ------
    Unreadable
        If it can't be read, is larger than the limit, or was found to be no notebook.
    """
    if submission.reason:
        raise Unreadable(submission.reason)
    content = _read(submission.path, submission.member, limits.notebook + 1)
    if len(content) > limits.notebook:
        raise Unreadable(
            f"The notebook is larger than {limits.notebook / 2**20:g} MiB: clear its outputs, and hand it in again."
        )
    return content


def _read(path: Path, member: str, limit: int) -> bytes:
    if member:
        return archives.read_member(path, member, limit)
    try:
        with open_regular(path) as file:
            return file.read(limit)
    except OSError as error:
        raise Unreadable(_sentence(error)) from None


def _search(path: Path, prefix: str) -> Iterator[_Found]:
    """Yield what is at a path that was given."""
    try:
        state = os.lstat(path)
    except OSError as error:
        yield _Found(path, path.name, Place(path.parts, len(path.parts)), reason=_sentence(error))
        return
    if stat.S_ISDIR(state.st_mode):
        yield from _folder(path, prefix)
    elif path.suffix.lower() == ".zip":
        yield from _archive(path, prefix, len(path.parts), None)
    elif path.suffix.lower() == ".ipynb" or stat.S_ISLNK(state.st_mode):
        yield _file(path, path.name, len(path.parts) - 1, state)


def _folder(given: Path, prefix: str) -> Iterator[_Found]:
    depth = len(given.parts)
    waiting = [given]
    while waiting:
        folder = waiting.pop()
        inside = folder.parts[depth:]
        shown = "/".join((prefix, *inside) if prefix else inside)
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield _Found(folder, shown or folder.name, Place(folder.parts, depth), reason=_sentence(error))
            continue
        dated = any(entry.name == _TIMESTAMP for entry in listed)
        for entry in listed:
            if _is_skipped(entry.name):
                continue
            path, name = folder / entry.name, f"{shown}/{entry.name}" if shown else entry.name
            suffix = os.path.splitext(entry.name)[1].lower()
            try:
                a_folder = entry.is_dir()  # also where a link leads to one: that is told, and not followed
                if suffix == ".ipynb" or (a_folder and entry.is_symlink()):
                    yield _file(path, name, depth, entry.stat(follow_symlinks=False), dated)
                elif a_folder:
                    waiting.append(path)
                elif suffix == ".zip":
                    yield from _archive(path, name, depth, IN_A_FOLDER)
            except OSError as error:
                yield _Found(path, name, Place(path.parts, depth), reason=_sentence(error))


def _file(path: Path, shown: str, given: int, state: os.stat_result, dated: bool = False) -> _Found:
    reason = "" if stat.S_ISREG(state.st_mode) else why_not_regular(state.st_mode)
    return _Found(path, shown, Place(path.parts, given, dated=dated), modified=state.st_mtime, reason=reason)


def _archive(path: Path, shown: str, given: int, most: int | None) -> Iterator[_Found]:
    """Yield the notebooks of an archive, or one line that says why there are none."""
    outer = Place(path.parts, given, len(path.parts) - 1)
    if given_by_one(outer):
        most = FROM_ONE
    whole = _Found(path, shown or path.name, outer)
    try:
        inside = [member for member in archives.members(path) if not any(map(_is_skipped, member.parts))]
    except Unreadable as error:
        yield replace(whole, reason=str(error))
        return
    dated = {member.parts[:-1] for member in inside if member.parts[-1] == _TIMESTAMP}
    notebooks = [member for member in inside if member.parts[-1].lower().endswith((".ipynb", ".zip"))]
    if most is not None and len(notebooks) > most:
        yield replace(whole, reason=f"The archive holds more than {most} notebooks: hand in one.")
        return
    if most is not None and not notebooks:
        yield replace(whole, reason="The archive holds no notebook (.ipynb).")
    for member in notebooks:
        yield _Found(
            path,
            "/".join((shown, *member.parts) if shown else member.parts),
            Place((*path.parts, *member.parts), given, outer.archive, member.parts[:-1] in dated),
            member.name,
            member.modified,
            _why_not(member),
        )


def _why_not(member: Member) -> str:
    if not member.reason and member.parts[-1].lower().endswith(".zip"):
        return "It is an archive inside an archive, which is not opened: unpack the outer one."
    return member.reason


def _is_skipped(name: str) -> bool:
    return name == "__MACOSX" or (name.startswith(".") and name != "..")


def _named(found: Sequence[tuple[_Found, Owner]]) -> Iterator[tuple[Submission, Owner, Place]]:
    """Yield the submissions with names that are unique and safe to print."""
    taken: Counter[str] = Counter()
    for one, owner in found:
        name = unique = shortened_name(one.shown, _LONGEST_NAME)
        while unique in taken:  # different names may look the same once they are safe to print
            taken[name] += 1
            unique = f"{name} ({taken[name]})"
        taken[unique] = 1
        submitted = one.modified if owner.file_time else owner.submitted
        if owner.in_place and not one.reason:
            submitted = _timestamp(one)
        if submitted is not None and not 0 < submitted < _LATEST:
            submitted = None
        yield (
            Submission(unique, owner.learner, owner.assignment, one.path, one.member, submitted, one.reason),
            owner,
            one.place,
        )


def _counted(submissions: Iterator[tuple[Submission, Owner, Place]]) -> Iterator[Submission]:
    """Yield the submissions, those marked that a newer one supersedes."""
    by_learner: defaultdict[str, list[tuple[Submission, Owner, Place]]] = defaultdict(list)
    for one in submissions:
        if one[0].reason or not one[0].learner:
            yield one[0]  # it can neither count nor be counted as somebody's
        else:
            by_learner[one[0].learner].append(one)
    for theirs in by_learner.values():
        if len(theirs) > 1 and not all(submission.assignment for submission, _, _ in theirs):
            theirs = [(_with_assignment(submission), owner, place) for submission, owner, place in theirs]
        newest: dict[str, tuple[Submission, Owner, Place]] = {}
        for one in sorted(theirs, key=_age):
            newest[one[0].assignment] = one
        for one in theirs:
            assignment = one[0].assignment
            yield replace(one[0], superseded=bool(assignment) and newest[assignment] is not one)


def _age(one: tuple[Submission, Owner, Place]) -> tuple[object, ...]:
    submission, owner, place = one
    time = _NEVER if submission.submitted is None else submission.submitted
    return owner.in_place, time, owner.attempt, place.parts


def _with_assignment(submission: Submission) -> Submission:
    """Return the submission with its assignment, from the notebook itself where its names do not tell."""
    if submission.assignment:
        return submission
    try:
        return replace(submission, assignment=read_notebook(load(submission, Limits())).assignment)
    except Unreadable:
        return submission  # the reason is told when it is graded


def _timestamp(one: _Found) -> float | None:
    """Return the time that nbgrader noted when the notebook was handed in.

    It looks like '2026-11-20 10:00:00.000000 UTC'; the zone may be a name, or hours such as '+0100'. A zone that is
    unknown makes the time unknown; one that is missing is UTC, as it is for nbgrader.
    """
    try:
        if one.member:
            text = _read(one.path, re.sub(r"[^/\\]*\Z", _TIMESTAMP, one.member, count=1), 200).decode()
        else:
            text = _read(one.path.with_name(_TIMESTAMP), "", 200).decode()
        day, time, zone = islice((*text.split(), "UTC", ""), 3)
        noted = datetime.fromisoformat(f"{day} {time}{zone if zone[0] in '+-' else ''}")
        if noted.tzinfo is None:
            noted = noted.replace(tzinfo=UTC if zone == "UTC" else ZoneInfo(zone))
        return noted.timestamp()
    except (Unreadable, ValueError, OverflowError, OSError, LookupError):
        return None


def _sentence(error: OSError) -> str:
    return f"It can't be read ({error.strerror or 'the system does not say why'}): look at its permissions."
