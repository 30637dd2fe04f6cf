"""By which rules an assignment is graded: its exercises, the instructor's own points, and older versions."""

import functools
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from packaging.version import InvalidVersion, Version

import course_lib
from course_lib.activations.registry import CourseError, Registry, UnknownName
from course_lib.checking.exercise import PARTS, Exercise
from course_lib.checking.exercises import EXERCISES

#: More points than anybody gives for one part; a larger number is a slip of the finger.
MOST_POINTS = 1000
#: What is longer is no name of an assignment, and no version, whatever else it may be.
LONGEST_NAME = 60

#: The code that a score follows from, below ``course_lib``: where it changes, old scores may not be today's.
JUDGING = (
    "activations",
    "checking",
    "finite_difference.py",
    "losses.py",
    "grading/confinement/confined.py",
    "grading/confinement/process.py",
    "grading/confinement/protocol.py",
    "grading/confinement/untrusted",
    "grading/grade.py",
    "grading/intake/notebook.py",
    "grading/rules.py",
)


class Refused(CourseError):
    """A submission that can't be graded by the rules of this course, with the reason in one sentence."""


@dataclass(frozen=True)
class Superseded:
    """What an exercise was before a version of the course changed it.

    A learner can write any version into a notebook, so what is kept here must be as good as today's rules are.

    Attributes
    ----------
    before : str
        The version that changed it: this held for older ones.
    exercise : Exercise or None
        What it was; None where that is gone, or where there was none.
    reason : str
        Why the older notebooks can't be graded any more, as the end of a sentence: 'its arguments are others now'.
        Empty where there was no such exercise: then they are graded without it.
    """

    before: str
    exercise: Exercise | None = None
    reason: str = ""


#: Earlier rules by the exercise's name. Exercises that are gone today may be here too.
SUPERSEDED: Mapping[str, tuple[Superseded, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Rules:
    """The rules of one run of grading.

    Attributes
    ----------
    points : mapping
        The instructor's own points by exercise and part: ``{"sigmoid_derivative": {"values": 6.0}}``. Parts that are
        not named keep theirs; an exercise whose parts all have 0 points is left out.
    superseded : mapping
        What held for older versions.

    Raises
    ------
    CourseError
        If the points name an exercise or a part that there is not, or are no sensible numbers.
    """

    points: Mapping[str, Mapping[str, float]]
    superseded: Mapping[str, tuple[Superseded, ...]] = field(default_factory=lambda: SUPERSEDED)

    def __post_init__(self) -> None:
        _checked(self.points)

    def of(self, assignment: str, version: str | None) -> tuple[Exercise, ...]:
        """Return what is graded in a submission.

        Parameters
        ----------
        assignment : str
            Such as ``"03_sigmoid"``.
        version : str or None
            The version of the course that the notebook says it was made with. Where there is none, or none that
            can be read, today's rules hold.

        Returns
        -------
        tuple of Exercise
            In the order of the assignment, with the instructor's points.

        Raises
        ------
        Refused
            If the assignment has nothing that is graded, if it is newer than this course, or if the rules that it
            was made for are gone.
        """
        made_with = _read_version(version)
        if made_with is not None and made_with > Version(course_lib.__version__):
            raise Refused(
                f"It was made with version {made_with} of the course, and this is version {course_lib.__version__}: "
                "update the course, then grade it again."
            )
        found = (self._with_points(e) for e, _ in self._exercises(assignment, made_with))
        graded = tuple(exercise for exercise in found if exercise.max_points)
        if not graded:
            raise Refused(_nothing_graded(assignment))
        return graded

    def older(self, assignment: str, version: str | None) -> tuple[str, ...]:
        """Return the names of the exercises that are graded by older rules than today's: worth a note.

        Parameters
        ----------
        assignment, version : str
            As for `of`, which must have accepted them.
        """
        return tuple(e.name for e, earlier in self._exercises(assignment, _read_version(version)) if earlier)

    @property
    def digest(self) -> str:
        """Changes when scores may change: with the points, and with the course's code that judges."""
        plain = {name: {part: float(p) for part, p in parts.items()} for name, parts in self.points.items()}
        points = json.dumps(plain, sort_keys=True)
        return hashlib.sha256(f"{_code_digest()} {points}".encode()).hexdigest()[:16]

    def _exercises(self, assignment: str, made_with: Version | None) -> Iterator[tuple[Exercise, bool]]:
        """Yield the exercises of an assignment as they were in a version, and whether that is not today's."""
        for name in dict.fromkeys((*EXERCISES, *self.superseded)):
            earlier = _held(self.superseded.get(name, ()), made_with)
            exercise = earlier.exercise if earlier else EXERCISES.get(name)
            if exercise is not None and exercise.lesson == assignment:
                yield exercise, earlier is not None
            elif earlier is not None and earlier.reason and EXERCISES[name].lesson == assignment:
                raise Refused(
                    f"It was made with version {made_with} of the course, whose rules for {name} are gone: "
                    f"{earlier.reason}. Ask for it again, made from today's notebook."
                )

    def _with_points(self, exercise: Exercise) -> Exercise:
        own = self.points.get(exercise.name, {})
        return replace(exercise, parts={part: own.get(part, points) for part, points in exercise.parts.items()})


def read_points(path: Path) -> dict[str, dict[str, float]]:
    """Read the instructor's own points.

    Parameters
    ----------
    path : Path
        A TOML file with a table for each exercise, and in it a line for each part that is to have other points::

            [sigmoid_derivative]
            values = 7
            extremes = 1

    Returns
    -------
    dict
        The points by exercise and part.

    Raises
    ------
    CourseError
        If the file can't be read, or says what can't be meant; with its name.
    """
    try:
        points = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CourseError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path} can't be read: it is not a text file in UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CourseError(f"{path} is not a TOML file: {error}.") from None
    try:
        if not points:
            raise CourseError("it is empty. It needs a table for each exercise whose points change: [sigmoid]")
        _checked(points)
    except CourseError as problem:
        raise CourseError(f"{path}: {problem}") from None
    return {name: {part: float(value) for part, value in parts.items()} for name, parts in points.items()}


def _checked(points: Mapping[str, object]) -> None:
    """Raise on the first thing that can't be meant."""
    for name, parts in points.items():
        try:
            exercise = EXERCISES[name]
        except UnknownName as unknown:
            raise CourseError(str(unknown)) from None
        if not exercise.max_points:
            raise CourseError(f"{name} has no points: it is an example, which is not graded.")
        if not isinstance(parts, Mapping):
            example = f"[{name}], and below it a line such as values = 6"
            raise CourseError(f"{name} must be a table with the points of its parts: {example}.")
        if not parts:
            raise CourseError(f"[{name}] names no part; it has {', '.join(exercise.parts)}.")
        for part, value in parts.items():
            _check_part(exercise, part, value)


def _check_part(exercise: Exercise, part: str, value: object) -> None:
    if part not in PARTS:
        try:
            Registry("part", {p: p for p in exercise.parts})[part]
        except UnknownName as unknown:
            raise CourseError(
                f"[{exercise.name}] {str(unknown).replace('of this course', 'of this exercise')}"
            ) from None
    if part not in exercise.parts:
        raise CourseError(f"[{exercise.name}] has no part {part!r}; it has {', '.join(exercise.parts)}.")
    if not (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_POINTS):
        raise CourseError(
            f"[{exercise.name}] {part} must be a number from 0 to {MOST_POINTS}, but it is {_short(value)}."
        )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _read_version(version: str | None) -> Version | None:
    """Read what a notebook says, which may be anything."""
    if not isinstance(version, str) or len(version) > LONGEST_NAME:
        return None
    try:
        return Version(version)
    except InvalidVersion:
        return None


def _held(entries: tuple[Superseded, ...], made_with: Version | None) -> Superseded | None:
    """Return the rules that held for a version; None where today's do."""
    if made_with is None:
        return None
    later = [entry for entry in entries if made_with < Version(entry.before)]
    return min(later, key=lambda entry: Version(entry.before), default=None)


def _nothing_graded(assignment: str) -> str:
    graded = {exercise.lesson: exercise for exercise in EXERCISES.values() if exercise.max_points}
    try:
        Registry("graded assignment", graded)[assignment[:LONGEST_NAME]]  # a notebook may say anything
    except UnknownName as unknown:
        return f"It can't be graded: {unknown}"
    return f"Nothing is graded in {assignment}: by the instructor's points every part has 0."


@functools.cache
def _code_digest() -> str:
    """Return a digest of the code that judges; the layout of the files is not part of it, only their order."""
    root = Path(course_lib.__file__).parent
    digest = hashlib.sha256()
    for place in JUDGING:
        for path in sorted([root / place, *(root / place).rglob("*.py")]):
            if path.is_file():
                digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
