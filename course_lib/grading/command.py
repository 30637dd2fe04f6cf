"""The command ``course grade``."""

import argparse
import errno
import functools
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.activations.registry import CourseError
from course_lib.grading.limits import Limits
from course_lib.grading.results import NOT_GRADED, Graded
from course_lib.grading.settings import Mode, Settings

if TYPE_CHECKING:  # the other commands need not wait for what only this one imports
    from course_lib.grading.batch import Grade
    from course_lib.grading.executors import Workers

DONE, SOME_NOT_GRADED, INTERRUPTED = 0, 1, 130

_MIB = 2**20
_NAMED = 5  # of those that could not be graded
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``course grade``."""
    limits = Limits()
    parser.add_argument(
        "submissions",
        metavar="SUBMISSIONS",
        nargs="+",
        type=Path,
        help="notebooks, folders of notebooks, nbgrader's submitted/ folder, or a zip from a learning platform",
    )
    parser.add_argument("--out", metavar="REPORT", type=Path, required=True, help="the folder for the report")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--jobs",
        metavar="N",
        type=functools.partial(_whole, least=1),
        help="processes on this machine (default: its cores)",
    )
    where.add_argument("--scheduler", metavar="URL", help="grade on a Dask cluster, such as tcp://10.0.0.1:8786")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--strict", action="store_true", help="a fresh sandbox for each submission; slower")
    how.add_argument(
        "--trusted-learners", action="store_true", help="no sandbox: only if you trust everybody whose work this is"
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=functools.partial(_whole, least=0),
        help="draw the same inputs as a run with this seed",
    )
    parser.add_argument("--deadline", metavar="WHEN", help="mark what is late: 2026-11-30, or 2026-11-30T18:00")
    parser.add_argument("--points", metavar="FILE", type=Path, help="your own points, in TOML")
    parser.add_argument("--regrade", action="store_true", help="grade everything anew, and list whose points changed")
    parser.add_argument("--nbgrader", metavar="DB", help="also write the scores into nbgrader's gradebook")
    parser.add_argument("--gradescope", action="store_true", help="also write results.json")
    for name, default, meaning in (
        ("--call-seconds", limits.call, "seconds for one call of an answer"),
        ("--submission-seconds", limits.submission, "seconds for all answers of a submission"),
        ("--memory", limits.memory / _MIB, "MiB of memory for an answer"),
        ("--notebook-size", limits.notebook / _MIB, "MiB for a notebook"),
    ):
        parser.add_argument(
            name, metavar="N", type=_positive, default=default, help=f"{meaning} (default: {default:g})"
        )


def run(options: argparse.Namespace, grade: "Grade | None" = None) -> int:
    """Grade, as the arguments say.

    Parameters
    ----------
    options : argparse.Namespace
        What `add_arguments` asked for.
    grade : callable, optional
        A module-level function with the signature of `grade_batch`, which is what grades by default.

    Returns
    -------
    int
        0 done, 1 some could not be graded, 130 interrupted.

    Raises
    ------
    CourseError
        If it can't be done as asked; the sentence says what to do.
    """
    if grade is None:
        from course_lib.grading.grade import grade_batch

        grade = grade_batch
    try:
        return _run(options, grade)
    except KeyboardInterrupt:
        print(f"Stopped. The same command goes on from here: what was graded is in {options.out}.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if error.errno in _FULL:
            trouble = f"There is no space left for the report in {options.out}. Make some"
        else:
            where = f" ({error.filename})" if error.filename else ""
            trouble = f"Grading had to stop: {error.strerror or error}{where}. Mend that"
        raise CourseError(f"{trouble}, and give the same command again: it goes on from here.") from None


def _run(options: argparse.Namespace, grade: "Grade") -> int:
    from course_lib.grading.batch import grade_all
    from course_lib.grading.intake.submissions import Unreadable, find_submissions, load
    from course_lib.grading.journal import Terms, open_journal
    from course_lib.grading.lateness import read_deadline
    from course_lib.grading.progress import Progress
    from course_lib.grading.rules import Rules, read_points

    deadline = read_deadline(options.deadline) if options.deadline is not None else None
    points = read_points(options.points) if options.points else {}
    mode: Mode = "trusted" if options.trusted_learners else "strict" if options.strict else "warm"
    limits = Limits(
        call=options.call_seconds,
        submission=options.submission_seconds,
        memory=round(options.memory * _MIB),
        notebook=round(options.notebook_size * _MIB),
    )
    terms = Terms(mode, Rules(points).digest, limits)
    found = find_submissions(options.submissions)
    if not options.scheduler:
        _prove_confinement(mode, limits)  # on a cluster each worker does
    by_name = {submission.name: submission for submission in found}

    def content(name: str) -> bytes | None:
        try:
            return load(by_name[name], limits)
        except Unreadable:
            return None

    with open_journal(options.out, terms, options.seed, regrade=options.regrade) as journal:
        settings = Settings(journal.seed, mode, limits, points)
        progress = Progress(len(found), sys.stderr)
        workers, function = _workers(options, grade, terms.rules)
        at_once = True
        try:
            every = grade_all(found, options.out, journal, settings, workers, function, progress, deadline)
            at_once = False
        finally:
            progress.end()
            workers.close(at_once=at_once)
        _hand_on(options, every, content)
    return _tell(options.out, every)


def _workers(options: argparse.Namespace, grade: "Grade", rules: str) -> "tuple[Workers, Grade]":
    if not options.scheduler:
        from course_lib.grading.executors import LocalWorkers, usable_cores

        return LocalWorkers(options.jobs or usable_cores()), grade
    from course_lib.grading.cluster import ClusterWorkers, grade_on_worker

    return ClusterWorkers(options.scheduler), functools.partial(grade_on_worker, grade, rules)


def _prove_confinement(mode: Mode, limits: Limits) -> None:
    """Refuse to grade where answers could do harm."""
    from course_lib.grading.confinement.self_test import self_test

    if found := self_test(mode, limits):
        raise CourseError(
            f"Nothing was graded: {'; '.join(found)}. "
            "Or give --trusted-learners, if you trust everybody whose work this is."
        )


def _hand_on(options: argparse.Namespace, every: Sequence[Graded], sources: Callable[[str], bytes | None]) -> None:
    """Write what other programs want to know; `sources` gives the content of a submission by its name."""
    if options.gradescope:
        from course_lib.authoring.writing import replace
        from course_lib.grading.gradebooks.gradescope import gradescope_results

        results = gradescope_results(every, trusted_learners=options.trusted_learners)
        replace(options.out / "results.json", (json.dumps(results, indent=1) + "\n").encode())
    if options.nbgrader:
        from course_lib.grading.gradebooks.gradebook import write_gradebook
        from course_lib.grading.reports.safe_text import visible

        for sentence in write_gradebook(
            options.nbgrader, _nbgrader_course(), every, sources, trusted_learners=options.trusted_learners
        ):
            print(visible(sentence))


def _nbgrader_course() -> Path:
    """Return the folder whose gradebook it is: where the command was given, or else the course itself."""
    from course_lib.authoring.rooms import find_course

    here = Path.cwd()
    return here if (here / "nbgrader_config.py").is_file() else find_course()


def _tell(out: Path, every: Sequence[Graded]) -> int:
    """Say what was done, and name some that could not be graded."""
    from course_lib.grading.reports.safe_text import visible

    not_graded = [graded for graded in every if graded.status == NOT_GRADED and not graded.superseded]
    for graded in not_graded[:_NAMED]:
        print(f"course: {visible(graded.submission)}: {visible(' '.join(graded.notes))}", file=sys.stderr)
    if len(not_graded) > _NAMED:
        print(f"course: and {len(not_graded) - _NAMED} more; see {out / 'grades.csv'}.", file=sys.stderr)
    superseded = sum(graded.superseded for graded in every)
    count = len(every) - len(not_graded) - superseded
    older = f", {superseded} older ones left out" if superseded else ""
    print(f"The report is in {out}: {count} graded, {len(not_graded)} could not be graded{older}.")
    return SOME_NOT_GRADED if not_graded else DONE


def _whole(text: str, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
    return int(text)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return number
