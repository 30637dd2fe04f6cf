"""The run itself: from what was handed in to the report, with nothing lost and nothing graded twice."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from course_lib.activations.registry import CourseError
from course_lib.grading.executors import Workers, WorkersLost
from course_lib.grading.intake.submissions import Submission, Unreadable, load
from course_lib.grading.journal import Journal, content_key
from course_lib.grading.lateness import lateness
from course_lib.grading.progress import Progress
from course_lib.grading.reports.places import feedback_place
from course_lib.grading.reports.report import Change, Marks, write_feedback, write_summary
from course_lib.grading.results import GRADED, NOT_GRADED, Graded
from course_lib.grading.settings import Settings

#: What grades: `grade_batch`, or what a test puts in its place.
Grade = Callable[[Sequence[tuple[Submission, bytes]], Settings], list[Graded]]

_UNFINISHED = re.compile(r"\..+\.(csv|html|json|md)\.[a-z0-9_]{8}")

#: A piece of work: at most so many submissions, of about so many bytes together, and so many pieces for each worker,
#: so that all have something to do until the end, and the progress moves.
_MOST, _BYTES, _ROUNDS = 25, 4 * 2**20, 8


@dataclass(frozen=True)
class _Work:
    """One submission to be graded."""

    key: str
    submission: Submission
    content: bytes


_Piece = Sequence[_Work]


def grade_all(
    found: Sequence[Submission],
    out: Path,
    journal: Journal,
    settings: Settings,
    workers: Workers,
    grade: Grade,
    progress: Progress,
    deadline: float | None = None,
) -> list[Graded]:
    """Grade what was found, but for what the journal has already, and write the report.

    Parameters
    ----------
    found : sequence of Submission
        In the order in which they are to be listed.
    out : Path
        The report's folder.
    journal : Journal
        The open journal of that report.
    settings : Settings
        How to grade; the seed is the journal's.
    workers : Workers
        Who does it.
    grade : callable
        A module-level function with the signature of `grade_batch`.
    progress : Progress
        Is told of each submission.
    deadline : float, optional
        In seconds since 1970. What was handed in later gets a note, and nothing more.

    Returns
    -------
    list of Graded
        One for each submission.
    """
    _sweep(out)
    marks = Marks(trusted_learners=settings.mode == "trusted")
    outcomes: dict[str, Graded] = {}

    def settle(submission: Submission, graded: Graded, *, fresh: bool = False) -> None:
        late = lateness(submission.submitted, deadline)
        # Whose it is may have changed since it was graded: two of one name are told apart once both are there.
        graded = replace(
            graded, learner=submission.learner, superseded=submission.superseded, notes=(*graded.notes, *late)
        )
        outcomes[submission.name] = graded
        if not graded.superseded:  # the newer one's feedback has that place
            write_feedback(out, graded, marks)
        progress.advance(fresh=fresh)

    def to_do() -> Iterator[_Work]:
        for submission in sorted(found, key=lambda one: one.learner):  # whose answers may share a process
            if submission.superseded:
                settle(submission, submission.not_graded(submission.reason or _SUPERSEDED))
                continue
            try:
                content = load(submission, settings.limits)
            except Unreadable as error:
                settle(submission, submission.not_graded(str(error)))
                continue
            key = content_key(submission.name, content)
            if key in journal.kept:
                settle(submission, journal.kept[key])
            else:
                yield _Work(key, submission, content)

    size = max(1, min(_MOST, len(found) // (workers.slots() * _ROUNDS)))
    for piece, results in _graded(_pieces(to_do(), size), workers, grade, settings):
        if isinstance(results, str):  # not for the journal: the next run tries once more
            for work in piece:
                settle(work.submission, work.submission.not_graded(results), fresh=True)
            continue
        journal.append((work.key, graded) for work, graded in zip(piece, results, strict=True))
        for work, graded in zip(piece, results, strict=True):
            settle(work.submission, graded, fresh=True)

    every = [outcomes[submission.name] for submission in found]
    for graded in _last_of_several(out, every):
        write_feedback(out, graded, marks)
    write_summary(out, every, replace(marks, changes=_changes(journal, every)))
    journal.finish()
    return every


_SUPERSEDED = "A newer submission of the same learner counts instead."
_DIED = (
    "The process that graded it died twice, most likely for want of memory; "
    "the same command tries once more, and a smaller --jobs leaves more memory to each."
)
_FAILED = "The course itself failed to grade it ({error}); please report that to its authors."


def _sweep(out: Path) -> None:
    """Remove what a killed run was just writing: such files have hidden names until they are whole."""
    for path in (*out.glob(".*"), *out.glob("feedback/*/.*")):
        if _UNFINISHED.fullmatch(path.name) and path.is_file():
            path.unlink()


def _last_of_several(out: Path, every: Iterable[Graded]) -> list[Graded]:
    """Return whose feedback counts where several share one place: a graded one before one that could not be read.

    Which of them was written last depends on chance, and on where a killed run stopped.
    """
    sharing: dict[Path, list[Graded]] = {}
    for graded in every:
        if not graded.superseded:
            sharing.setdefault(feedback_place(out, graded), []).append(graded)
    return [max(several, key=lambda g: g.status == GRADED) for several in sharing.values() if len(several) > 1]


def _pieces(works: Iterable[_Work], size: int) -> Iterator[_Piece]:
    piece: list[_Work] = []
    total = 0
    for work in works:
        piece.append(work)
        total += len(work.content)
        if len(piece) >= size or total >= _BYTES:
            yield piece
            piece, total = [], 0
    if piece:
        yield piece


def _graded(
    pieces: Iterator[_Piece], workers: Workers, grade: Grade, settings: Settings
) -> Iterator[tuple[_Piece, list[Graded] | str]]:
    """Yield each piece with its results as they come; for a submission that twice gave none, yield the reason."""
    suspects: set[str] = set()  # what was in a piece that gave no results: which of them it was will show
    alone: deque[_Piece] = deque()
    on_the_way: dict[Future[list[Graded]], _Piece] = {}

    def send(piece: _Piece) -> None:
        batch = [(work.submission, work.content) for work in piece]
        on_the_way[workers.submit(grade, batch, settings)] = piece

    def refill() -> None:
        while len(on_the_way) < workers.slots() and (piece := next(pieces, None)):
            send(piece)
        if not on_the_way and alone:  # last of all, one by one: nothing beside it can be to blame, or be blamed
            send(alone.popleft())

    def came(piece: _Piece, future: Future[list[Graded]]) -> list[Graded] | str | None:
        try:
            return future.result()
        except workers.died:
            reason = _DIED
        except CancelledError:
            raise WorkersLost from None
        except CourseError:
            raise
        except Exception as error:
            reason = _FAILED.format(error=f"{type(error).__name__}: {error}")
        keys = {work.key for work in piece}
        if keys <= suspects:
            return reason
        suspects.update(keys)
        alone.extend([work] for work in piece)
        return None

    refill()
    while on_the_way:
        done, _ = wait(on_the_way, return_when=FIRST_COMPLETED)
        pairs = [(piece := on_the_way.pop(future), came(piece, future)) for future in done]
        refill()  # first of all, so that nobody waits while the results are written
        yield from ((piece, results) for piece, results in pairs if results is not None)


def _changes(journal: Journal, every: Iterable[Graded]) -> tuple[Change, ...]:
    """Return whose points differ from what the journal before this one says."""

    def points(graded: Graded) -> float | None:
        return None if graded.status == NOT_GRADED else graded.points

    return tuple(
        Change(now.submission, now.learner, now.assignment, points(before), points(now))
        for now in every
        if not now.superseded
        and (before := journal.before.get(now.submission)) is not None
        and points(before) != points(now)
    )
