"""One page on the whole class, for the instructor: who was graded, how it went, and what went wrong most often."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.grading import distribution, page
from course_lib.grading.class_exercises import class_exercises, hardest
from course_lib.grading.identical import FEW, identical
from course_lib.grading.page import number
from course_lib.grading.results import GRADED, Graded

if TYPE_CHECKING:
    from course_lib.grading.report import Marks

#: A page that can be read: the rest is counted, and stands in the files beside it.
_REASONS, _NAMES, _CHANGES, _ALIKE = 20, 8, 50, 20


@dataclass(frozen=True)
class _Reason:
    """Why submissions could not be graded, how many, and whose."""

    reason: str
    count: int
    who: str


def overview(every: Sequence[Graded], marks: "Marks") -> bytes:
    """Return the overview of a class.

    Parameters
    ----------
    every : sequence of Graded
        The outcomes, in the order of the grades.
    marks : Marks
        What else is to be said.

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
    alike = identical(graded)
    return page.html(
        "overview.html.jinja",
        trusted=page.TRUSTED if marks.trusted_learners else "",
        submissions=len(every),
        learners=len({one.learner or (one.submission,) for one in every}),
        graded=len(graded),
        failed=len(failed),
        superseded=sum(one.superseded for one in every),
        reasons=_reasons(failed),
        reasons_shown=_REASONS,
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
        alike=alike[:_ALIKE],
        more_alike=max(0, len(alike) - _ALIKE),
        few=f"{FEW:.0%}".replace("%", " %"),
        changes=[
            (c.learner or "unknown", c.assignment, _points(c.before), _points(c.after), c.submission)
            for c in sorted(marks.changes, key=lambda c: (c.learner, c.assignment, c.submission))[:_CHANGES]
        ],
        changed=len(marks.changes),
        percent=_percent,
        named=_named,
    )


def _shares(graded: Iterable[Graded]) -> Iterable[float]:
    return (one.points / one.max_points for one in graded if one.max_points > 0)


def _reasons(failed: Sequence[Graded]) -> list[_Reason]:
    who = defaultdict(list)
    for one in failed:
        who[one.notes[0] if one.notes else "No reason is known."].append(one.submission)
    counts = Counter({reason: len(names) for reason, names in who.items()})
    in_order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [_Reason(reason, count, _named(who[reason])) for reason, count in in_order]


def _named(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    shown = [name if len(name) <= 60 else name[:59] + "…" for name in names[:_NAMES]]
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
