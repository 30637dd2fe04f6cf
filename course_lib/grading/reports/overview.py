"""One page on the whole class, for the instructor: who was graded, how it went, and what went wrong most often.

It is to be taken in at a glance. What an instructor asks first stands open; the rest is folded away on the same page,
or stands in the files beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_lib.grading.reports import distribution, page
from course_lib.grading.reports.class_exercises import class_exercises, commonest, hardest
from course_lib.grading.reports.identical import FEW, Alike
from course_lib.grading.reports.page import number
from course_lib.grading.reports.slip_words import in_short
from course_lib.grading.results import GRADED, Graded

if TYPE_CHECKING:
    from course_lib.grading.reports.report import Change, Marks

#: How much of each stands open on the page.
_REASONS, _CHANGES, _SLIPS, _ALIKE = 5, 5, 10, 5
#: How much is on the page at all, folded or open; the rest is counted, and stands in the files beside it.
_MOST = 30
#: How many names one row holds, in the open and in what is folded.
_NAMES, _MORE_NAMES = 3, 12


@dataclass(frozen=True)
class _Reason:
    """Why submissions could not be graded, and which."""

    reason: str
    who: tuple[str, ...]


def overview(every: Sequence[Graded], marks: "Marks", alike: Sequence[Alike]) -> bytes:
    """Return the overview of a class.

    Parameters
    ----------
    every : sequence of Graded
        The outcomes, in the order of the grades.
    marks : Marks
        What else is to be said.
    alike : sequence of Alike
        Who handed in the same, the most remarkable first.

    Returns
    -------
    bytes
        HTML. Superseded submissions are counted, and count for nothing else.
    """
    graded = [one for one in every if one.status == GRADED and not one.superseded]
    failed = [one for one in every if one.status != GRADED and not one.superseded]
    by_assignment = defaultdict(list)
    for one in graded:
        by_assignment[one.assignment].append(one)
    assignments = sorted(by_assignment)
    bins = {name: distribution.counts(list(_shares(by_assignment[name]))) for name in assignments}
    together = [sum(column) for column in zip(*bins.values(), strict=True)]
    exercises = class_exercises(graded)
    changes = sorted(marks.changes, key=_by_size)
    telling = [one for one in alike if one.telling]
    return page.html(
        "overview.html.jinja",
        trusted=page.TRUSTED if marks.trusted_learners else "",
        submissions=len(every),
        learners=len({one.learner or (one.submission,) for one in every}),
        graded=len(graded),
        failed=len(failed),
        superseded=sum(one.superseded for one in every),
        reasons=_open_and_folded(_reasons(failed), _REASONS),
        changes=_open_and_folded(changes, _CHANGES),
        more_points=sum((c.after or 0.0) > (c.before or 0.0) for c in changes),
        fewer_points=sum((c.after or 0.0) < (c.before or 0.0) for c in changes),
        spreads=[
            distribution.spread(name, [g.points for g in them], [g.max_points for g in them])
            for name, them in sorted(by_assignment.items())
        ],
        several=len(assignments) > 1,
        columns=distribution.COLUMNS,
        counts=[
            *((name or "unknown", bins[name]) for name in assignments),
            *([("together", together)] if len(assignments) > 1 else []),
        ],
        picture=distribution.picture(together) if any(together) else None,
        exercises=exercises,
        hardest=hardest(exercises),
        slips=_open_and_folded(commonest(exercises), _SLIPS),
        unnamed=sum(exercise.unnamed for exercise in exercises),
        alike=_open_and_folded([*telling, *(one for one in alike if not one.telling)], min(_ALIKE, len(telling))),
        few=f"{FEW:.0%}".replace("%", " %"),
        names=_NAMES,
        more_names=_MORE_NAMES,
        percent=_percent,
        points=_points,
        named=_named,
        short=in_short,
    )


@dataclass(frozen=True)
class _Rows:
    """What stands open, what is folded, how many there are, and how many are left out."""

    open: Sequence[Any]
    folded: Sequence[Any]
    count: int
    left_out: int


def _open_and_folded(rows: Sequence[Any], open_: int) -> _Rows:
    most = max(open_, _MOST)
    return _Rows(rows[:open_], rows[open_:most], len(rows), max(0, len(rows) - most))


def _by_size(change: "Change") -> tuple[float, str, str, str]:
    """Return what sorts: who gained or lost most comes first."""
    return -abs((change.after or 0.0) - (change.before or 0.0)), change.learner, change.assignment, change.submission


def _shares(graded: Iterable[Graded]) -> Iterable[float]:
    return (one.points / one.max_points for one in graded if one.max_points > 0)


def _reasons(failed: Sequence[Graded]) -> list[_Reason]:
    who: defaultdict[str, list[str]] = defaultdict(list)
    for one in failed:
        who[one.notes[0] if one.notes else "No reason is known."].append(one.submission)
    in_order = sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_Reason(reason, tuple(names)) for reason, names in in_order]


def _named(names: Sequence[str], most: int = _NAMES, longest: int = 60) -> str:
    """Return the first names, and how many more there are."""
    shown = [name if len(name) <= longest else name[: longest - 1] + "…" for name in names[:most]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _points(points: float | None) -> str:
    return "not graded" if points is None else number(points)


def _percent(part: float | None, whole: float = 1.0) -> str:
    """Return a share in whole percents; 100 only where nothing is missing, and 0 only where there is nothing."""
    if part is None or not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 1:
        return "below 1 %"
    return f"{99 if 99 <= share < 100 - 1e-9 else share:.0f} %"
