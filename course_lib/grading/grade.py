"""Grades submissions: reads each, lets its answers be asked in the sandbox, and judges what comes back."""

import contextlib
import functools
import hashlib
import itertools
import threading
import zlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from course_lib.activations.registry import CourseError
from course_lib.checking.exercise import Exercise
from course_lib.checking.judge import Judgement, judge, too_much_memory
from course_lib.checking.known_slips import Diagnosis
from course_lib.checking.message import message
from course_lib.checking.trial import Asked, draw
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.process import AnswerProcess
from course_lib.grading.confinement.sandbox import Sandbox, SandboxFailed
from course_lib.grading.confinement.unconfined import Unconfined
from course_lib.grading.intake.notebook import HandedIn, read_notebook
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.reports.safe_text import without_long_numbers
from course_lib.grading.results import GRADED, Graded, GradedAnswer
from course_lib.grading.rules import Rules
from course_lib.grading.settings import Settings


class Place(Protocol):
    """Where answers run."""

    def process(self) -> AbstractContextManager[AnswerProcess]:
        """Give a process for one answer, and end it."""

    def renew(self) -> None:
        """Begin anew, as if nothing had run here."""

    def close(self) -> None:
        """End."""


#: So many papers are drawn for each assignment; which one a submission gets follows from its content. With one for all,
#: who brings to light what was asked could hand in a table next time.
PAPERS = 8

# Bytes that Python may take for other things while an answer computes.
_MEMORY_BESIDE_ARRAYS = 2**25

_kept = threading.local()


def grade_batch(batch: Sequence[tuple[Submission, bytes]], settings: Settings) -> list[Graded]:
    """Grade submissions one after the other; whatever they contain, each gets its outcome.

    The sandbox is kept from one call to the next. One learner's submissions in a row may share a process.

    Parameters
    ----------
    batch : sequence of pairs
        Submissions and the bytes of their notebooks.
    settings : Settings
        How they are graded.
    """
    exam = _exam(settings)
    graded: list[Graded] = []
    for _, of_one in itertools.groupby(batch, key=_whose):
        with _Room(settings) as room:
            graded += [_outcome(submission, content, exam, room, settings) for submission, content in of_one]
    return graded


def _whose(work: tuple[Submission, bytes]) -> tuple[str, str]:
    """Return what is the same for submissions of one learner; who handed it in is not always known."""
    submission, _ = work
    return submission.learner, "" if submission.learner else submission.name


def _outcome(submission: Submission, content: bytes, exam: "_Exam", room: "_Room", settings: Settings) -> Graded:
    reason = ""
    for _ in range(2):  # once more, in a new sandbox
        try:
            return _graded(submission, content, exam, room, settings)
        except SandboxFailed as failed:
            reason = f"The sandbox failed twice: {failed}."
        except CourseError:
            raise  # nothing at all can be graded here
        except Exception as error:  # a mistake of ours, that somebody found: it must not cost the others their grades
            what = without_long_numbers(f"{type(error).__name__}: {error}", 200)
            reason = f"The grader itself failed on it ({what}); please report that to the course's authors."
        room.forget()
    return submission.not_graded(reason)


def _graded(submission: Submission, content: bytes, exam: "_Exam", room: "_Room", settings: Settings) -> Graded:
    try:
        handed = read_notebook(content, submission.assignment)
        digest = hashlib.sha256(content).digest()
        paper = exam.paper(handed.assignment, handed.version, digest[0] % PAPERS)
    except CourseError as refused:
        return submission.not_graded(str(refused))
    if settings.mode == "strict":
        room.renew()
    budget = Budget(settings.limits.submission)
    rng = np.random.default_rng([settings.seed, *digest])
    answers = {}
    for task in sorted(paper.tasks, key=_is_measured):  # the process is measured when it ends
        answers[task.exercise.name] = _answer(task, handed, room, settings, budget, rng)
    notes = handed.notes
    if paper.older:
        rules = f"Graded by the rules of version {handed.version}, from which it was made: {', '.join(paper.older)}."
        notes = (*notes, rules)
    in_order = tuple(answers[task.exercise.name] for task in paper.tasks)
    return Graded(submission.name, submission.learner, handed.assignment, GRADED, notes, in_order)


@dataclass(frozen=True)
class _Task:
    """An exercise, and what is asked about it."""

    exercise: Exercise
    drawn: tuple[Asked, ...]


@dataclass(frozen=True)
class _Paper:
    """What is asked in one assignment, and which of it by the rules of an older version."""

    tasks: tuple[_Task, ...]
    older: tuple[str, ...]


class _Exam:
    """The papers of one run: what is asked in each is drawn, and what is right computed, once for many submissions."""

    def __init__(self, settings: Settings) -> None:
        self._rules, self._seed = Rules(settings.points), settings.seed
        # Of each assignment there are a few; but a notebook may name any version.
        self.paper = functools.lru_cache(maxsize=16 * PAPERS)(self._paper)

    def _paper(self, assignment: str, version: str | None, number: int) -> _Paper:
        exercises = self._rules.of(assignment, version)
        tasks = tuple(self._task(exercise, number) for exercise in exercises)
        return _Paper(tasks, self._rules.older(assignment, version))

    def _task(self, exercise: Exercise, number: int) -> _Task:
        rng = np.random.default_rng([self._seed, number, zlib.crc32(exercise.name.encode())])
        return _Task(exercise, tuple(draw(exercise, rng, graded=True)))


def _exam(settings: Settings) -> _Exam:
    """Return this thread's papers, which are drawn when they are first needed."""
    if getattr(_kept, "settings", None) != settings:
        _kept.settings, _kept.exam = settings, _Exam(settings)
    exam: _Exam = _kept.exam
    return exam


def _answer(
    task: _Task, handed: HandedIn, room: "_Room", settings: Settings, budget: Budget, rng: np.random.Generator
) -> GradedAnswer:
    exercise = task.exercise
    if exercise.name in handed.untouched:
        return _verdict(exercise, Judgement(diagnosis=Diagnosis("not_attempted")))
    candidates = [handed.cells[exercise.name]] if exercise.name in handed.cells else list(handed.others)
    if not candidates:
        return _verdict(
            exercise, Judgement(diagnosis=Diagnosis("no_function", "Its cell is missing from the notebook."))
        )
    process = room.process()
    budget.seconds = max(budget.seconds, settings.limits.call)  # what others have used up costs no innocent answer
    answer = ConfinedAnswer(process, exercise, settings.limits, budget)
    answer.load_first(candidates)
    judgement = judge(exercise, answer, rng, task.drawn)
    if _is_measured(task) or not answer.may_be_followed():
        room.leave()
    if _is_measured(task):
        _compare_memory(judgement, process.most_memory)
    return replace(_verdict(exercise, judgement), fingerprint=answer.fingerprint)


def _is_measured(task: _Task) -> bool:
    return "memory" in task.exercise.parts


def _compare_memory(judgement: Judgement, counted: int) -> None:
    """Hold what an answer's process says of its memory against what the kernel counted, once it has ended."""
    allowed = judgement.bytes_allowed
    if judgement.earned.get("memory") and counted > allowed + _MEMORY_BESIDE_ARRAYS:
        judgement.earned["memory"] = False
        judgement.tell(too_much_memory("It holds", counted, allowed))


class _Room:
    """The process that one learner's answers share, as long as none leaves in it what could change the next."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._open = settings, contextlib.ExitStack()
        self._process: AnswerProcess | None = None

    def process(self) -> AnswerProcess:
        if self._process is None:
            self._process = self._open.enter_context(_place(self._settings).process())
        return self._process

    def leave(self) -> None:
        """End the process; raise SandboxFailed where it was not the answer that made it end before."""
        self._process = None
        self._open.close()

    def renew(self) -> None:
        """Leave, for a new sandbox."""
        self.leave()
        _place(self._settings).renew()

    def forget(self) -> None:
        """Leave for good a sandbox that failed, or may have."""
        with contextlib.suppress(SandboxFailed):
            self.leave()
        _forget_place()

    def __enter__(self) -> "_Room":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.leave()
        except SandboxFailed:  # after all was answered
            _forget_place()


def _verdict(exercise: Exercise, judgement: Judgement) -> GradedAnswer:
    return GradedAnswer(
        exercise=exercise.name,
        points=judgement.points(exercise),
        max_points=exercise.max_points,
        passed=judgement.passed,
        slip=judgement.diagnosis.slip if judgement.diagnosis else None,
        message=message(exercise, judgement),
    )


def _place(settings: Settings) -> Place:
    """Return this thread's sandbox, which is started when it is first needed."""
    wanted = (settings.mode == "trusted", settings.limits)
    if getattr(_kept, "wanted", None) != wanted:
        _forget_place()
        _kept.place = Unconfined(settings.limits) if settings.mode == "trusted" else Sandbox(settings.limits)
        _kept.wanted = wanted
    place: Place = _kept.place
    return place


def _forget_place() -> None:
    if getattr(_kept, "wanted", None) is not None:
        _kept.wanted = None
        _kept.place.close()
