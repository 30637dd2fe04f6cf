"""Reads a notebook that was handed in: which assignment it is, and what stands in its answer cells.

This runs where the judgement is made, on whatever was handed in. So it takes the file for data: nothing of it is
compiled or run, and no type is taken for granted.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from course_lib.activations.registry import CourseError
from course_lib.checking import EXERCISES
from course_lib.grading.reports.safe_text import shortened_name

#: The assignments of the course, in its order.
ASSIGNMENTS: tuple[str, ...] = tuple(dict.fromkeys(exercise.lesson for exercise in EXERCISES.values()))

#: So many cells are searched for functions whose own cell is lost; the last ones of the notebook.
OTHERS = 20

_DEFINED = re.compile(r"^[ \t]*(?:>>> )?def[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)
_STUB = "raise NotImplementedError"
_HALF_A_WORD = 6  # what is left of the longest word or escape of JSON that was cut off
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,32}")
_OTHER_FILES = (
    ("<", "The file is a web page, not a notebook: download the notebook itself (.ipynb), and hand that in."),
    ("PK\x03\x04", "The file is a zip archive that was named like a notebook: hand in the notebook inside it."),
    ("%PDF", "The file is a PDF that was named like a notebook: hand in the notebook itself (.ipynb)."),
)


class Unreadable(CourseError):
    """A submission that can't be graded as it stands; the sentence says why."""


@dataclass(frozen=True)
class HandedIn:
    """What was found in a notebook.

    Attributes
    ----------
    assignment : str
        Such as ``"03_sigmoid"``.
    version : str or None
        The version of the course that the notebook was made by; None where its metadata does not tell.
    cells : mapping
        The source of each answer cell, by its grade_id.
    untouched : set of str
        Those of the answers whose cell is as it was released, with nothing written into it.
    others : tuple of str
        The sources of other cells that define an answer whose own cell is missing or untouched, in their order.
    notes : tuple of str
        What an instructor and a learner should know; a sentence each.
    """

    assignment: str
    version: str | None
    cells: Mapping[str, str]
    untouched: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_notebook(content: bytes, assignment: str = "") -> HandedIn:
    """Find the answers in a notebook.

    An answer cell is found by its grade_id, or by its cell id where nbgrader's metadata is lost. Where several cells
    define one answer, the last one before its test counts, as when the notebook is run from top to bottom; an
    untouched copy, or the half of a cell that was split, costs nobody an answer.

    Parameters
    ----------
    content : bytes
        The file.
    assignment : str
        What it was handed in for, as its folder or its name tells. That decides: each learner has one place for each
        assignment. A notebook whose answer cells all belong to another assignment is refused, because 0 points
        would say that nothing was done.

    Raises
    ------
    Unreadable
        If it is no notebook, if nobody can tell its assignment, or if none of its answers is there.
    """
    notebook = _parsed(content)
    cells, broken = _cells(notebook)
    course = _mapping(_mapping(notebook.get("metadata")).get("course"))
    named = next((name for name in ASSIGNMENTS if name == course.get("name")), "")
    chosen = _assignment(cells, named, assignment if assignment in ASSIGNMENTS else "")
    found = _Search(cells, chosen)
    if not found.answers and not found.others:
        raise Unreadable(
            f"None of the answers of {chosen} is in the notebook, neither its cells nor functions of their names: "
            "hand in the notebook of the exercise."
        )
    notes = [
        *([f"The notebook says that it is {named}; it is graded as {chosen}."] if named not in ("", chosen) else []),
        *([f"{broken} {_cell_is(broken)} broken and left out."] if broken else []),
        *found.notes,
    ]
    version = _version(course, named == chosen)
    return HandedIn(chosen, version, found.answers, frozenset(found.untouched), found.others, tuple(notes))


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """A cell whose types are as they should be; what was not is left empty. Two cells are never equal."""

    code: bool
    kind: str
    source: str
    grade_id: str
    cell_id: str
    marks: Mapping[str, Any]

    @property
    def exercise(self) -> str:
        """The exercise that it answers, as far as it is marked; else empty."""
        return next((mark for mark in (self.grade_id, self.cell_id) if mark in EXERCISES), "")

    def defines(self) -> set[str]:
        """Return the names that seem to be defined in it."""
        return {function or value for function, value in _DEFINED.findall(self.source)} if self.code else set()

    def is_as_released(self) -> bool | None:
        """Whether nbgrader's checksum fits; None where there is none."""
        flags = [self.marks.get(flag, False) for flag in ("grade", "solution", "locked")]
        checksum, points = self.marks.get("checksum"), self.marks.get("points")
        if not isinstance(checksum, str) or not all(isinstance(flag, bool) for flag in flags):
            return None
        grade, solution, locked = flags
        parts = [self.source, self.kind, str(grade), str(solution), str(not solution and (grade or locked))]
        parts.append(self.grade_id)
        if grade:
            parts.append(str(float(points)) if isinstance(points, int | float) and abs(points) < 1e9 else "")
        return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest() == checksum


@dataclass
class _Search:
    """Looks for the answers of an assignment, and notes what is odd."""

    cells: Sequence[_Cell]
    assignment: str
    answers: dict[str, str] = field(default_factory=dict)
    untouched: set[str] = field(default_factory=set)
    others: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = [exercise.name for exercise in EXERCISES.values() if exercise.lesson == self.assignment]
        defining: dict[str, list[_Cell]] = {name: [] for name in names}
        for cell in self.cells:
            for name in cell.defines() & defining.keys():
                defining[name].append(cell)
        twice: list[str] = []
        as_text: list[str] = []
        elsewhere: list[str] = []
        unmarked: list[str] = []
        again: list[str] = []
        beside: list[str] = []
        ignored: list[str] = []
        missing: list[str] = []
        taken: set[_Cell] = set()
        for name in names:
            own = self._own(name)
            written = [cell for cell in own if not cell.is_as_released()]
            definers = [cell for cell in written if name in cell.defines()]
            chosen = next(reversed(definers or written or own), None)
            strangers = [cell for cell in defining[name] if self._belongs_to_nobody(cell)]
            if len({cell.source for cell in written}) > 1:
                twice.append(name)
            if chosen is None or not written:
                # A helper in the answer of another exercise does not answer one that was left out on purpose.
                places = [cell for cell in defining[name] if not (own and cell.exercise)]
                taken.update(places)
                if places:
                    (elsewhere if own else unmarked).append(name)
                    continue
            if chosen is None:
                missing.append(name)
                continue
            self.answers[name] = chosen.source
            if not written and not strangers and _STUB in chosen.source:
                self.untouched.add(name)
            if strangers and chosen.code:
                below = self._before_its_test(chosen, strangers)
                if not definers:
                    beside.append(name)
                    chosen = (below or strangers)[-1]
                elif below:
                    again.append(name)
                    chosen = below[-1]
                elif self.cells.index(strangers[-1]) > self.cells.index(chosen):
                    ignored.append(name)
                self.answers[name] = chosen.source
            if not chosen.code:
                as_text.append(name)
        self.others = tuple(cell.source for cell in self.cells if cell in taken)[-OTHERS:]
        changed = [name for name in names if self._test_is_changed(name)]
        for concerned, sentence in (
            (twice, "More than one cell answers {}; the last one that defines it counts."),
            (as_text, "The answer cell of {} had been turned into text; it is read as code."),
            (elsewhere, "The answer cell of {} is untouched; the function was taken from another cell."),
            (unmarked, "No cell is marked as the answer of {}; the function was looked for by its name."),
            (again, "A cell between the answer cell of {} and its test defines it; that one counts."),
            (beside, "The answer cell of {} does not define it; the function was taken from another cell."),
            (ignored, "Other cells define {} too; the answer cell counts."),
            (missing, "There is no answer cell of {}."),
            (changed, "The test cell of {} was changed, or its points; the grade does not depend on it."),
        ):
            if concerned:
                self.notes.append(sentence.format(_listed(concerned)))
        if len(taken) > OTHERS:
            self.notes.append(f"Only the last {OTHERS} cells that define one of the answers were looked at.")

    def _belongs_to_nobody(self, cell: _Cell) -> bool:
        return not cell.exercise and not cell.marks.get("grade")

    def _before_its_test(self, own: _Cell, strangers: Iterable[_Cell]) -> list[_Cell]:
        """Return those that stand between an answer cell and its test, or what else comes next."""
        after = self.cells[self.cells.index(own) + 1 :]
        between = takewhile(self._belongs_to_nobody, after)
        return [cell for cell in between if cell in strangers]

    def _own(self, name: str) -> list[_Cell]:
        by_mark = [cell for cell in self.cells if cell.grade_id == name]
        return by_mark or [cell for cell in self.cells if cell.cell_id == name and cell.grade_id not in EXERCISES]

    def _test_is_changed(self, name: str) -> bool:
        tests = [cell for cell in self.cells if cell.grade_id == f"{name}-test"]
        return any(test.is_as_released() is False for test in tests)


def _parsed(content: bytes) -> Mapping[str, Any]:
    """Return the notebook's outermost object; its list of cells is there."""
    text = _decoded(content)
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise Unreadable("The file is nested too deeply to be a notebook.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(_why_no_json(text, error)) from None
    except ValueError:  # Python refuses to read a number of thousands of digits
        raise Unreadable("The file holds a number with too many digits to be a notebook.") from None
    if not isinstance(notebook, dict) or "nbformat" not in notebook:
        raise Unreadable("The file is not a notebook: it says nowhere which notebook format it has.")
    edition = notebook["nbformat"]
    if not isinstance(edition, int) or isinstance(edition, bool):
        raise Unreadable("The file is not a notebook: its format (nbformat) is not a whole number.")
    if edition < 4:
        raise Unreadable(
            "The notebook has an old format, from before 2015: open it in JupyterLab, save it, and hand it in again."
        )
    if edition > 4:
        raise Unreadable(
            "The notebook has a format that is newer than format 4, which the course uses: "
            "open it in the course's JupyterLab, save it, and hand it in again."
        )
    if not isinstance(notebook.get("cells"), list):
        raise Unreadable("The notebook is broken: it has no list of cells.")
    return notebook


def _decoded(content: bytes) -> str:
    if not content.strip():
        raise Unreadable("The file is empty.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or "\0" in text[:4]:  # plain letters of UTF-16 are legal UTF-8, with a zero beside each
        for start, sentence in _OTHER_FILES[1:]:
            if content.startswith(start.encode()):
                raise Unreadable(sentence)
        raise Unreadable(
            "The file is not UTF-8 text, as every notebook is: open it in JupyterLab, save it, and hand it in again."
        )
    return text


def _why_no_json(text: str, error: json.JSONDecodeError) -> str:
    begin = text.lstrip()[:8]
    for start, sentence in _OTHER_FILES:
        if begin.startswith(start) and not begin.startswith("<<<<<<<"):
            return sentence
    if _CONFLICT.search(text):
        return "The file holds the marks of an unfinished git merge (<<<<<<<): finish the merge, and hand it in again."
    at_the_end = error.pos >= len(text.rstrip()) - _HALF_A_WORD and not error.msg.startswith("Extra data")
    if begin.startswith("{") and (at_the_end or error.msg.startswith("Unterminated string")):
        return "The file ends too early: only a part of the notebook was saved or sent. Hand it in again."
    return f"The file is not a notebook: it is not JSON from line {error.lineno} on."


def _cells(notebook: Mapping[str, Any]) -> tuple[list[_Cell], int]:
    """Return the cells, and how many were left out because they are broken."""
    cells = [cell for cell in map(_cell, notebook["cells"]) if cell]
    return cells, len(notebook["cells"]) - len(cells)


def _cell(cell: Any) -> _Cell | None:
    cell = _mapping(cell)
    source, kind = _text(cell.get("source")), cell.get("cell_type")
    if source is None or not isinstance(kind, str):
        return None
    marks = _mapping(_mapping(cell.get("metadata")).get("nbgrader"))
    names = (name if isinstance(name, str) else "" for name in (marks.get("grade_id"), cell.get("id")))
    grade_id, cell_id = (_whole(name) for name in names)
    return _Cell(kind == "code", _whole(kind), _whole(source), grade_id, cell_id, marks)


def _text(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else None


def _whole(text: str) -> str:
    """Return the text so that it can be sent on: JSON may hold halves of surrogate pairs, which no file can."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _assignment(cells: Sequence[_Cell], named: str, hint: str) -> str:
    """Return the assignment: where it was handed in counts, but not against all that stands in it."""
    marked = Counter(EXERCISES[cell.exercise].lesson for cell in cells if cell.exercise)
    content = _most(marked, named, hint) or named
    if hint:
        if content not in ("", hint) and not marked[hint]:
            raise Unreadable(
                f"It was handed in as {hint}, but it is the notebook of {content}: "
                f"hand in {hint}, or put this one where {content} belongs."
            )
        return hint
    if content:
        return content
    defined = Counter(EXERCISES[name].lesson for cell in cells for name in cell.defines() if name in EXERCISES)
    if not defined:
        raise Unreadable(
            f"Nobody can tell which exercise this is: hand in the course's own notebook, such as {_example()}."
        )
    return _most(defined)


def _most(votes: Mapping[str, int], *preferred: str) -> str:
    """Return what has most votes; of equals one that is preferred, else the first in the course's order."""
    if not votes:
        return ""
    most = max(votes.values())
    return next(a for a in (*preferred, *ASSIGNMENTS) if votes.get(a) == most)


def _example() -> str:
    return f"{ASSIGNMENTS[-1]}.ipynb"


def _version(course: Mapping[str, Any], fits: bool) -> str | None:
    version = course.get("version")
    return version if fits and isinstance(version, str) and _VERSION.fullmatch(version) else None


def _listed(names: Iterable[str]) -> str:
    *most, last = (shortened_name(name) for name in names)
    return f"{', '.join(most)} and {last}" if most else last


def _cell_is(number: int) -> str:
    return "cell is" if number == 1 else "cells are"
