"""Writes the scores into nbgrader's gradebook, in SQLite or PostgreSQL, and the notebooks for its feedback.

There is one writer, which writes many submissions in one transaction: one by one, as nbgrader's own functions do it,
the writing takes longer than the grading.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.activations.registry import CourseError
from course_lib.authoring.writing import replace
from course_lib.checking import EXERCISES
from course_lib.grading.gradebooks.autograded import autograded, paragraphs, read_released
from course_lib.grading.intake.notebook import read_notebook
from course_lib.grading.reports.page import TRUSTED
from course_lib.grading.results import GRADED, Graded, GradedAnswer

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from sqlalchemy import URL

#: Submissions in one transaction: what is lost when the writing is stopped.
BATCH = 100

#: Gives the content of a submission by its name; None where there is none that can be read.
Sources = Callable[[str], bytes | None]

# What nbgrader makes a folder of, and writes into its CSV without quotes: no separators, and nothing that a
# spreadsheet takes for a formula.
_LEARNER = re.compile(r"\w[\w .@+'()-]{0,127}")


class _Unfit(CourseError):
    """An assignment that can't be written, with the reason in one sentence; the others can."""


@dataclass(frozen=True)
class _Place:
    """An assignment as it is in the gradebook: ids of rows, by what they belong to."""

    name: str
    id: str
    #: The rows that every submission has: notebook, its graded cells, its cells that take a comment.
    notebooks: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    #: The exercise by the id of its test cell, and by that of its answer cell.
    tests: Mapping[str, str]
    answers: Mapping[str, str]
    #: The most points of each exercise; 0 where the instructor leaves it out.
    most: Mapping[str, float]


def write_gradebook(
    database: str, course: Path, every: Iterable[Graded], sources: Sources, *, trusted_learners: bool = False
) -> list[str]:
    """Write what grading found out into nbgrader's gradebook, and into ``autograded/`` for nbgrader's feedback.

    It can be repeated: scores and comments of the grader are replaced, those of a teacher stay. The most points of
    an exercise are those of this grading; where that would mix two scales in one class, nothing is written.
    What could not be graded gets no score, and nbgrader lists it as to be graded by hand.

    Parameters
    ----------
    database : str
        A path for SQLite, or a URL such as ``postgresql://user@host/name``.
    course : Path
        The folder with ``nbgrader_config.py`` and ``exercises/``.
    every : iterable of Graded
        What was graded; what a newer submission supersedes is passed over.
    sources : callable
        ``sources(graded.submission)`` gives the content of that submission, for the learner's answers.
    trusted_learners : bool
        Whether the answers ran without a sandbox, which the feedback says.

    Returns
    -------
    list of str
        Sentences for the person: what was written, what was not and why, what to do next.

    Raises
    ------
    CourseError
        If there is no such gradebook yet, or it can't be opened or written.
    """
    said: list[str] = []
    classes: dict[str, dict[str, Graded]] = defaultdict(dict)
    for graded in every:
        if graded.superseded:
            continue
        if reason := _no_place(graded):
            said.append(f"{graded.submission} is not in the gradebook: {reason}.")
        elif before := classes[graded.assignment].pop(graded.learner, None):
            said.append(
                f"{graded.learner} handed in {graded.assignment} twice: the gradebook has {graded.submission}, "
                f"and not {before.submission}."
            )
            classes[graded.assignment][graded.learner] = graded
        else:
            classes[graded.assignment][graded.learner] = graded
    with _opened(database, course) as gradebook:
        written: list[str] = []
        for assignment, learners in sorted(classes.items()):
            try:
                place = _find(gradebook, assignment, learners, course, said)
            except _Unfit as error:
                said.append(str(error))
                continue
            released = read_released(course, assignment)
            submissions = list(learners.values())
            for first in range(0, len(submissions), BATCH):
                batch = submissions[first : first + BATCH]
                _write(gradebook, place, batch)
                if released is not None:
                    _lay_notebooks(course, released, batch, sources, TRUSTED if trusted_learners else "")
            written.append(assignment)
            said.append(f"{assignment}: {_count(len(submissions), 'submission')} in the gradebook.")
            if released is None:
                said.append(
                    f"There is no exercises/{assignment} in {course}, so that nbgrader can make no feedback for it."
                )
    if written:
        commands = "; ".join(f"nbgrader generate_feedback {name} --force" for name in written)
        said.append(f"Next, in {course}: {commands}; nbgrader export.")
    return said


def _no_place(graded: Graded) -> str:
    """Say why a submission can't be written, as the end of a sentence; empty where it can."""
    if not graded.learner:
        return "nothing says who handed it in"
    if not _LEARNER.fullmatch(graded.learner):
        return (
            f"nbgrader can't make a folder and a line of its table with the learner's name {graded.learner[:40]!r}: it "
            "must begin with a letter or digit, have letters, digits, spaces and . _ - @ + ' ( ) only, at most 128"
        )
    if graded.assignment not in {exercise.lesson for exercise in EXERCISES.values()}:
        return "nothing says which assignment of this course it is"
    return ""


@contextmanager
def _opened(database: str, course: Path) -> "Iterator[Gradebook]":
    """Open a gradebook that exists; its troubles become one sentence."""
    try:
        from nbgrader.api import Gradebook
        from sqlalchemy import create_engine, inspect
        from sqlalchemy.exc import DBAPIError, SQLAlchemyError
    except ImportError:
        raise CourseError(
            "To write into nbgrader's gradebook, nbgrader is needed; install it with: pip install -e '.[instructor]'"
        ) from None
    url = _url(database)
    shown = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    missing = CourseError(
        f"There is no gradebook in {shown} yet: in {course}, run for each assignment, such as 03_sigmoid, "
        "'nbgrader generate_assignment 03_sigmoid --force', and for another database than gradebook.db with --db."
    )
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise missing  # opening it would make an empty file
    try:
        engine = create_engine(url)
        try:
            if not inspect(engine).has_table("submitted_assignment"):
                raise missing
        finally:
            engine.dispose()
        with Gradebook(url, course_id="") as gradebook:  # the course is that of the assignment
            yield gradebook
    except ImportError as error:
        raise CourseError(
            f"The gradebook {shown} needs a package that is not installed ({error.name}); for PostgreSQL: "
            "pip install -e '.[postgresql]'"
        ) from None
    except SQLAlchemyError as error:
        cause = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).strip()
        raise CourseError(
            f"The gradebook {shown} could not be read or written: {cause.splitlines()[0]}. What was written before "
            "that is kept, and writing it again does no harm."
        ) from None


def _url(database: str) -> "URL":
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).absolute()))
    try:
        return make_url(database)
    except (ArgumentError, ValueError):  # the text is not repeated: there may be a password in it
        raise CourseError(
            "--nbgrader takes a file or a URL such as postgresql://user@host/gradebook, and this is neither."
        ) from None


def _find(
    gradebook: "Gradebook", assignment: str, learners: Mapping[str, Graded], course: Path, said: list[str]
) -> _Place:
    """Find an assignment in the gradebook, and let its points be those of this grading."""
    from nbgrader.api import MissingEntry

    try:
        found = gradebook.find_assignment(assignment)
    except MissingEntry:
        raise _Unfit(
            f"{assignment} is not in the gradebook, and nothing was written for it: "
            f"in {course}, run 'nbgrader generate_assignment {assignment} --force', then write again."
        ) from None
    exercises = [exercise.name for exercise in EXERCISES.values() if exercise.lesson == assignment]
    tests = {cell.name.removesuffix("-test"): cell for book in found.notebooks for cell in book.grade_cells}
    answers = {cell.name: cell for book in found.notebooks for cell in book.solution_cells}
    if lacking := [name for name in exercises if name not in tests or name not in answers]:
        raise _Unfit(
            f"The gradebook has another {assignment} than this course, without {', '.join(lacking)}, and nothing was "
            f"written for it: in {course}, run 'nbgrader generate_assignment {assignment} --force', then write again."
        )
    most = _most_points(exercises, learners.values(), {name: tests[name].max_score for name in exercises})
    if other := {name: tests[name].max_score for name in exercises if tests[name].max_score != most[name]}:
        _refuse_two_scales(gradebook, found.id, assignment, learners, other, most)
        for name, before in other.items():
            tests[name].max_score = most[name]
            said.append(f"{assignment}: {name} has {most[name]:g} points in the gradebook now; it had {before:g}.")
        gradebook.db.flush()
    return _Place(
        assignment,
        found.id,
        tuple(
            (
                book.id,
                tuple(cell.id for cell in (*book.grade_cells, *book.task_cells)),
                tuple(cell.id for cell in (*book.solution_cells, *book.task_cells)),
            )
            for book in found.notebooks
        ),
        {tests[name].id: name for name in exercises},
        {answers[name].id: name for name in exercises},
        most,
    )


def _most_points(
    exercises: Sequence[str], submissions: Iterable[Graded], otherwise: Mapping[str, float]
) -> dict[str, float]:
    """Return what could be earned for each exercise: in most submissions, where older versions differ."""
    seen: dict[str, Counter[float]] = {name: Counter() for name in exercises}
    for graded in submissions:
        if graded.status != GRADED:
            continue
        answers = {answer.exercise: answer.max_points for answer in graded.answers}
        for name in exercises:
            seen[name][answers.get(name, 0.0)] += 1
    return {name: seen[name].most_common(1)[0][0] if seen[name] else otherwise[name] for name in exercises}


def _refuse_two_scales(
    gradebook: "Gradebook",
    identity: str,
    assignment: str,
    learners: Mapping[str, Graded],
    other: Mapping[str, float],
    most: Mapping[str, float],
) -> None:
    """Refuse to change the points of an exercise under scores that this grading does not write."""
    from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    scored = (
        select(SubmittedAssignment.student_id, Grade.manual_score)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .where(SubmittedAssignment.assignment_id == identity)
        .where(Grade.auto_score.is_not(None) | Grade.manual_score.is_not(None))
    )
    stay = {
        learner for learner, by_hand in gradebook.db.execute(scored) if learner not in learners or by_hand is not None
    }
    if stay:
        name, before = next(iter(other.items()))
        raise _Unfit(
            f"Nothing was written for {assignment}: in the gradebook {name} has {before:g} points, in this grading "
            f"{most[name]:g}, and {_count(len(stay), 'learner')} would keep a score by the old points "
            f"({', '.join(sorted(stay)[:3])}{', ...' if len(stay) > 3 else ''}). Grade the whole class with the new "
            "points, with no score given by hand, or this part with the old ones."
        )


def _write(gradebook: "Gradebook", place: _Place, batch: Sequence[Graded]) -> None:
    """Write scores and comments of some submissions in one transaction."""
    from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select, update

    db = gradebook.db
    learners = {graded.learner: graded for graded in batch}
    here = (SubmittedAssignment.assignment_id == place.id) & SubmittedAssignment.student_id.in_(learners)
    students = set(db.scalars(select(Student.id).where(Student.id.in_(learners))))
    submitted = set(db.scalars(select(SubmittedAssignment.student_id).where(here)))
    db.add_all(Student(id=learner) for learner in learners if learner not in students)
    for learner in learners:
        if learner not in submitted:
            submission = SubmittedAssignment(assignment_id=place.id, student_id=learner)
            for notebook_id, graded_cells, commented_cells in place.notebooks:
                notebook = SubmittedNotebook(notebook_id=notebook_id, assignment=submission)
                notebook.grades = [Grade(cell_id=cell) for cell in graded_cells]
                notebook.comments = [Comment(cell_id=cell) for cell in commented_cells]
            db.add(submission)
    db.flush()

    def rows(table: Any, *columns: Any) -> Any:
        return db.execute(
            select(SubmittedAssignment.student_id, table.cell_id, table.id, *columns)
            .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .where(here)
        )

    answers = {learner: {a.exercise: a for a in graded.answers} for learner, graded in learners.items()}
    scores, comments = [], []
    for learner, cell, identity, before, by_hand in rows(Grade, Grade.auto_score, Grade.manual_score):
        if (name := place.tests.get(cell)) is not None:
            score = _score(answers[learner].get(name), place.most[name])
            # A teacher's own score stays; where the grader changed its mind, the teacher should look again.
            if by_hand is None or score != before:
                look = score is None or by_hand is not None
                scores.append({"id": identity, "auto_score": score, "needs_manual_grade": look})
    for learner, cell, identity in rows(Comment):
        if (name := place.answers.get(cell)) is not None:
            comment = _comment(learners[learner], answers[learner].get(name), place.most[name])
            comments.append({"id": identity, "auto_comment": comment})
    if scores:
        db.execute(update(Grade), scores)
    if comments:
        db.execute(update(Comment), comments)
    db.commit()


def _score(answer: GradedAnswer | None, most: float) -> float | None:
    """Return what nbgrader shall count; None where a person must look."""
    if answer is not None and math.isclose(answer.max_points, most):
        return answer.points
    return None if most else 0.0


def _comment(graded: Graded, answer: GradedAnswer | None, most: float) -> str | None:
    """Return what nbgrader shall say at an answer; its feedback reads it as Markdown with HTML in it."""
    if graded.status != GRADED:
        return paragraphs("\n".join(graded.notes))
    if answer is None:
        return "This exercise is not in the version of the course that the notebook was made with." if most else None
    if math.isclose(answer.max_points, most):
        return paragraphs(answer.message)
    return paragraphs(
        f"{answer.message}\nThat is {answer.points:g} of {answer.max_points:g} points by the rules for this notebook, "
        f"and the class has {most:g}: a person must decide."
    )


def _lay_notebooks(
    course: Path, released: Mapping[str, Any], batch: Sequence[Graded], sources: Sources, remark: str
) -> None:
    for graded in batch:
        content = sources(graded.submission)
        try:
            handed_in = None if content is None else read_notebook(content, graded.assignment)
        except CourseError:
            handed_in = None
        notebook = autograded(released, graded, handed_in, remark)
        path = course / "autograded" / graded.learner / graded.assignment / f"{graded.assignment}.ipynb"
        replace(path, json.dumps(notebook).encode())


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
