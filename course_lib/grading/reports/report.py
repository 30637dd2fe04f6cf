"""The report on a class: ``grades.csv``, ``overview.html``, feedback for each learner, and what else there is to list.

Every file follows from the outcomes alone, byte for byte, and is replaced in one step: a reader never sees half
of one, and a run that was interrupted and resumed leaves the same report as one that was not.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.writing import replace
from course_lib.grading.reports.feedback import feedback
from course_lib.grading.reports.identical import Alike, identical
from course_lib.grading.reports.overview import overview
from course_lib.grading.reports.page import TRUSTED, number
from course_lib.grading.reports.places import feedback_place
from course_lib.grading.reports.safe_text import visible
from course_lib.grading.results import GRADED, Graded

_GRADES = ("submission", "learner", "assignment", "points", "max_points", "status", "note")
_CHANGES = ("submission", "learner", "assignment", "before", "after")
_IDENTICAL = ("group", "learner", "assignment", "exercises", "whole", "right", "rarest", "gave", "answered")
_LONGEST_NOTE = 2000

# What a spreadsheet takes for a formula, in plain, full-width and other forms, also behind blanks and quotes.
# An apostrophe that stands there already gets another one, so that two cells never become the same.
_FORMULA = re.compile(r"[\s\"'\u2018\u2019`]*[=+\-@\u2212\t\r]|\s*[\t\r]")
# Where a semicolon parts cells, as in much of Europe, a formula may also stand behind one.
_LATER_FORMULA = re.compile(r";(?=[\s\"']*[=+\-@\u2212＝＋－＠﹦﹢﹣﹫])")


@dataclass(frozen=True)
class Change:
    """What a regrade changed for one submission.

    Attributes
    ----------
    submission, learner, assignment : str
        Which one.
    before, after : float or None
        The points; None where it could not be graded.
    """

    submission: str
    learner: str
    assignment: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Marks:
    """What a report says beside the outcomes.

    Attributes
    ----------
    trusted_learners : bool
        Whether the answers ran without a sandbox.
    changes : tuple of Change
        Whose points a regrade changed.
    """

    trusted_learners: bool = False
    changes: tuple[Change, ...] = ()


def write_feedback(out: Path, graded: Graded, marks: Marks) -> None:
    """Write the feedback on one submission, ``out/feedback/<learner>/<assignment>.html`` and ``.md``.

    A superseded submission gets none: the newer one's feedback stands in its place.

    Parameters
    ----------
    out : pathlib.Path
        The report's folder.
    graded : Graded
        The outcome.
    marks : Marks
        What else is to be said.

    Raises
    ------
    OSError
        If a file can't be written; the one that was there before is still whole.
    """
    if graded.superseded:
        return
    html, markdown = feedback(graded, trusted_learners=marks.trusted_learners)
    place = feedback_place(out, graded)
    replace(place.with_name(f"{place.name}.html"), html)
    replace(place.with_name(f"{place.name}.md"), markdown)


def write_summary(out: Path, every: Sequence[Graded], marks: Marks) -> None:
    """Write what is said about the class: ``grades.csv`` and ``overview.html``.

    Beside them stand ``changes.csv`` after a regrade that changed points, and ``identical.csv`` where answers are
    identical.

    Parameters
    ----------
    out : pathlib.Path
        The report's folder.
    every : sequence of Graded
        The outcomes, in any order.
    marks : Marks
        What else is to be said.

    Raises
    ------
    OSError
        If a file can't be written; the one that was there before is still whole.
    """
    in_order = sorted(every, key=lambda g: (g.submission, g.learner, g.assignment))
    replace(out / "grades.csv", _table(_GRADES, (_row(graded, marks) for graded in in_order)))
    changes = sorted(marks.changes, key=lambda c: (c.submission, c.learner, c.assignment))
    rows = ((*_texts(c.submission, c.learner, c.assignment), _points(c.before), _points(c.after)) for c in changes)
    _list(out / "changes.csv", _CHANGES, rows)
    alike = identical(in_order)
    _list(out / "identical.csv", _IDENTICAL, _identical_rows(alike))
    replace(out / "overview.html", overview(in_order, marks, alike))


def _list(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table that not every report has; one of an earlier run says nothing about this one."""
    if found := list(rows):
        replace(path, _table(columns, found))
    else:
        path.unlink(missing_ok=True)


def _identical_rows(found: Iterable[Alike]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each learner of each group, so that a spreadsheet can look for one of them."""
    for group, alike in enumerate(found, 1):
        for learner in alike.learners:
            yield (
                str(group),
                *_texts(learner, alike.assignment, " ".join(alike.exercises)),
                "yes" if alike.whole else "no",
                str(alike.right),
                *_texts(alike.rarest),
                str(alike.gave),
                str(alike.answered),
            )


def _row(graded: Graded, marks: Marks) -> tuple[str, ...]:
    counts = graded.status == GRADED
    note = visible(" ".join([*([TRUSTED] if marks.trusted_learners else []), *graded.notes]), _LONGEST_NOTE)
    return (
        *_texts(graded.submission, graded.learner or "unknown", graded.assignment),
        _points(graded.points if counts else None),
        _points(graded.max_points if counts else None),
        graded.status,
        _harmless(note),
    )


def _points(points: float | None) -> str:
    return "" if points is None else number(points)


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(map(_harmless, texts))


def _harmless(text: str) -> str:
    """Return a cell that no spreadsheet computes: where one might, an apostrophe stands in front."""
    cell = _LATER_FORMULA.sub(";'", visible(text))
    return f"'{cell}" if _FORMULA.match(unicodedata.normalize("NFKC", text)) else cell


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return rows as RFC 4180 wants them: commas, quotes where they are needed, and CR LF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
