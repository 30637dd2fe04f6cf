"""Tells from names alone who handed in a notebook, and for which assignment."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from course_lib.grading.intake.notebook import ASSIGNMENTS
from course_lib.grading.reports.safe_text import shortened_name

#: A path from the root of the disk: folders, an archive's own name, the folders inside it, the file.
Parts = tuple[str, ...]

# The learner's own file name comes last in each of these, and the first fit counts: so nobody can pass for another.
_MOODLE = re.compile(r"(?P<learner>.+?)_(?P<number>[0-9]+)_assignsubmission_[a-z]+_?(?P<file>.*)", re.DOTALL)
_CANVAS = re.compile(
    r"(?P<learner>.+?)(?:_late)?_(?P<number>[0-9]+)_(?P<attempt>[0-9]{3,18})_(?P<file>.+)", re.IGNORECASE | re.DOTALL
)
_BLACKBOARD = re.compile(
    r"(?P<before>.+?)_attempt_(?P<time>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<file>.*))?", re.IGNORECASE | re.DOTALL
)
# Gradescope's export has a folder for each submission; a file beside the folders says whose it is.
_GRADESCOPE = re.compile(r"submission_[0-9]+")
# An archive may well be called 'class_2026_110_all.zip', and it holds everybody's: real numbers are longer.
_CANVAS_ARCHIVE = re.compile(r".+?(?:_late)?_[0-9]{2,}_[0-9]{5,}_", re.IGNORECASE | re.DOTALL)

_A_NAME = "|".join(re.escape(name).replace("_", "[-_ ]") for name in ASSIGNMENTS)
_ASSIGNMENT = re.compile(rf"(?<![^\W_])(?:{_A_NAME})(?![^\W_])", re.IGNORECASE)
_COPY = re.compile(r"[-_ ]*(?:copy)?[-_ ]*(?:\(?[0-9]{1,2}\)?)?|_(?:yours|new|fresh)(?:_[0-9]+)?", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:ipynb|zip)\Z", re.IGNORECASE)
_LONGEST_LEARNER = 80
_SEVERAL = 3  # two folders that hold an ada.ipynb each are rather two attempts of hers


@dataclass(frozen=True, slots=True)
class Owner:
    """Who handed in a notebook, and what else its names tell.

    Attributes
    ----------
    learner, assignment : str
        Empty where the names do not tell.
    number : str
        The number that tells people of the same name apart; within `scope`.
    scope : tuple of str
        Where that number holds; empty for everywhere.
    attempt : int
        Of two from one learner without a time, the one with the larger attempt is newer.
    submitted : float or None
        The time that stands in the name.
    file_time : bool
        Whether the file's own time may be that of the hand-in.
    in_nbgrader, in_place : bool
        Whether it lies in nbgrader's tree; and whether it is the very file that nbgrader would grade.
    """

    learner: str
    assignment: str
    number: str = ""
    scope: Parts = ()
    attempt: int = 0
    submitted: float | None = None
    file_time: bool = True
    in_nbgrader: bool = False
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notebook was found.

    Attributes
    ----------
    parts : tuple of str
        Its whole path.
    given : int
        So many of the parts, from the first, were given on the command line.
    archive : int or None
        Which of the parts is an archive.
    dated : bool
        Whether a ``timestamp.txt`` lies beside it.
    """

    parts: Parts
    given: int
    archive: int | None = None
    dated: bool = False

    def part(self, index: int) -> str:
        """Return a folder's name; an archive counts as a folder that is called by its name without '.zip'."""
        return _stem(self.parts[index]) if index == self.archive else self.parts[index]


def owners(places: Sequence[Place]) -> list[Owner]:
    """Return whose notebook lies at each place.

    The outermost name decides, because a learner may choose all names within their own folder: that of a learning
    management system (Moodle, Canvas, Blackboard, Gradescope), or the learner's folder of nbgrader's tree. Elsewhere
    a notebook is called by its learner; or it is called like the assignment, and its folder by the learner. So are
    several folders that hold one notebook each, and all of the same name, such as ``answers.ipynb``.
    """
    naming = _Naming(places)
    return _told_apart([naming.owner(place) for place in places])


def given_by_one(place: Place) -> bool:
    """Whether the names say that all of an archive is from one learner."""
    return _from_system(place) is not None


class _Naming:
    def __init__(self, places: Sequence[Place]) -> None:
        in_folder = Counter(place.parts[:-1] for place in places)
        homes = [place for place in places if _is_home(place.parts)]
        # A released copy among plain files lies like a learner's own, but neither alone nor with a timestamp.
        self._trees = {place.parts[:-3] for place in homes if place.dated or in_folder[place.parts[:-1]] == 1}
        self._learners = {place.parts[:-2] for place in homes if place.parts[:-3] in self._trees}
        alone = (place.parts[-1] for place in places if in_folder[place.parts[:-1]] == 1)
        self._told_by_folders = {name for name, count in Counter(alone).items() if count >= _SEVERAL}
        self._in_folder = in_folder

    def owner(self, place: Place) -> Owner:
        nbgrader = self._nbgrader_learner(place)
        system = _from_system(place)
        if system and (nbgrader is None or system[0] <= nbgrader):
            return system[1]
        if nbgrader is not None:
            below = place.parts[nbgrader + 1 :]
            return Owner(
                _learner(place.part(nbgrader)),
                below[0] if below[0] in ASSIGNMENTS else _assignment_of(place),
                file_time=False,
                in_nbgrader=True,
                in_place=len(below) == 2 and _is_home(place.parts),
            )
        return Owner(_learner(self._by_file_name(place)), _assignment_of(place))

    def _nbgrader_learner(self, place: Place) -> int | None:
        """Return which part of the path is the learner's folder in nbgrader's tree; of several the outermost."""
        for index in range(max(place.given - 3, 0), len(place.parts) - 1):
            if place.parts[:index] in self._trees and (
                place.parts[index + 1] in ASSIGNMENTS
                or (index >= place.given and place.parts[: index + 1] in self._learners)
            ):
                return index
        return None

    def _by_file_name(self, place: Place) -> str:
        stem = _stem(place.parts[-1])
        named = _ASSIGNMENT.search(stem)
        rest = f"{stem[: named.start()]}{stem[named.end() :]}" if named else stem
        if named and not _COPY.fullmatch(rest):
            return rest.strip("-_ .") or stem
        if named or self._is_told_by_folder(place):
            folders = (place.part(index) for index in range(len(place.parts) - 2, 0, -1))
            return next((folder for folder in folders if not _ASSIGNMENT.fullmatch(folder)), "")
        return stem

    def _is_told_by_folder(self, place: Place) -> bool:
        """Whether this is one of several folders that hold nothing but a notebook, and all of the same name."""
        *folder, name = place.parts
        return (
            name in self._told_by_folders
            and self._in_folder[tuple(folder)] == 1
            and len(folder) > place.given
            and not _ASSIGNMENT.search(folder[-1])
        )


def _is_home(parts: Parts) -> bool:
    """Whether a path ends like '03_sigmoid/03_sigmoid.ipynb'."""
    return len(parts) > 2 and parts[-2] in ASSIGNMENTS and parts[-1] == f"{parts[-2]}.ipynb"


def _from_system(place: Place) -> tuple[int, Owner] | None:
    """Return the outermost name that a learning-management system gave, by its index, and what it tells."""
    for index, part in enumerate(place.parts):
        a_file = index == len(place.parts) - 1 or index == place.archive
        stem = _stem(part) if a_file else part
        if moodle := _MOODLE.fullmatch(stem):
            return index, Owner(
                _learner(moodle["learner"]),
                _assignment_of(place),
                number=moodle["number"],
                scope=place.parts[:index],
                file_time=False,
            )
        if not a_file and _GRADESCOPE.fullmatch(part):
            return index, Owner(part, _assignment_of(place), file_time=False)
        if not a_file:
            continue
        if blackboard := _BLACKBOARD.fullmatch(stem):
            named = _ASSIGNMENT.match(blackboard["before"])
            learner = blackboard["before"][named.end() :] if named else blackboard["before"].rpartition("_")[2]
            return index, Owner(
                _learner(learner.strip("_ ")),
                _assignment_of(place),
                submitted=_time(blackboard["time"]),
                file_time=False,
            )
        canvas = _CANVAS.fullmatch(stem)
        if canvas and (index != place.archive or _CANVAS_ARCHIVE.match(stem)):
            return index, Owner(
                _learner(canvas["learner"]),
                _assignment_of(place),
                number=canvas["number"],
                attempt=int(canvas["attempt"]),
                file_time=False,
            )
    return None


def _assignment_of(place: Place) -> str:
    """Return the assignment that a name tells, the outermost one: an instructor names the folders, a learner files."""
    for part in place.parts[place.given - 1 :]:
        if named := _ASSIGNMENT.search(part):
            return re.sub("[- ]", "_", named[0].lower())
    return ""


def _told_apart(found: Sequence[Owner]) -> list[Owner]:
    """Return the owners; people of the same name, but of different numbers, get their number added."""
    numbers: defaultdict[tuple[Parts, str], set[str]] = defaultdict(set)
    for owner in found:
        numbers[owner.scope, owner.learner].add(owner.number)
    return [
        replace(owner, learner=f"{owner.learner} {owner.number}")
        if owner.number and len(numbers[owner.scope, owner.learner]) > 1
        else owner
        for owner in found
    ]


def _learner(name: str) -> str:
    return shortened_name(unicodedata.normalize("NFC", name).strip(), _LONGEST_LEARNER)


def _stem(name: str) -> str:
    return _SUFFIX.sub("", name)


def _time(text: str) -> float | None:
    """Return the time in the name of a file from Blackboard; it has no time zone: that of this machine is meant."""
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S").timestamp()
    except (ValueError, OverflowError, OSError):
        return None
