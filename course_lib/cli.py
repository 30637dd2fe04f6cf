"""The command ``course``: arguments in, sentences out. The work is done where it belongs."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from course_lib.activations.registry import CourseError

DONE, SOMETHING_IS_WRONG, WRONG_USAGE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.prog}: {message}; '{self.prog} --help' shows what there is.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command ``course``.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows ``course`` on the command line; by default that of this process.

    Returns
    -------
    int
        0 done, 1 something is missing or would change, 2 wrong usage; errors go to standard error.
    """
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except CourseError as error:
        print(f"course: {error}", file=sys.stderr)
        return WRONG_USAGE
    except BrokenPipeError:  # the reader of our output, `head` for instance, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"course: {error.strerror or error}{where}.", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="course", description="A course on the derivatives of activation functions.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, command: Callable[[argparse.Namespace], int], does: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        added.set_defaults(command=command)
        return added

    lab = add("lab", _lab, "open the lessons in JupyterLab, in your own workspace")
    lab.add_argument("--port", type=int, help="where to listen (default: 8888, or the next that is free)")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    fresh = add("fresh", _fresh, "lay a fresh copy of an exercise beside your own")
    fresh.add_argument("exercise", help="its name, such as 03_sigmoid")
    add("progress", _progress, "show your own record of checks")
    add("doctor", _doctor, "say what is installed, what is missing and what to do")
    release = add("release", _release, "make lessons, solutions and exercises from their sources")
    release.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would change")
    bundle = add("bundle", _bundle, "make the archive that an instructor hands to learners: no solutions in it")
    bundle.add_argument("out", metavar="OUT.zip", type=Path, help="where to write; nothing is overwritten")
    bundle.add_argument(
        "--lessons", metavar="03,04", help="only these, with their exercises; lesson 00 always comes along"
    )
    does = "grade what learners have handed in, without trusting any of it"
    if (Path(__file__).parent / "grading").is_dir():
        from course_lib.grading.command import add_arguments

        add_arguments(add("grade", _grade, does))
    else:  # a learner's copy: whatever follows is taken, to be answered with a sentence
        grade = commands.add_parser("grade", help=does, prefix_chars="\0", add_help=False)
        grade.add_argument("anything", nargs="*")
        grade.set_defaults(command=_no_grading)
    return parser


def _lab(options: argparse.Namespace) -> int:
    from course_lib.authoring.lab import choose_port, open_lab
    from course_lib.authoring.rooms import WORKSPACE, find_course
    from course_lib.authoring.workspace import lay_workspace

    course = find_course()
    port = choose_port(options.port)
    for sentence in lay_workspace(course, course / WORKSPACE):
        print(sentence)
    print("Starting JupyterLab ...", flush=True)
    return open_lab(course / WORKSPACE, port=port, browser=not options.no_browser)


def _fresh(options: argparse.Namespace) -> int:
    from course_lib.authoring.rooms import WORKSPACE, find_course
    from course_lib.authoring.workspace import fresh_copy

    course = find_course()
    laid = fresh_copy(course, course / WORKSPACE, options.exercise)
    print(f"A fresh copy is in {laid.relative_to(course).as_posix()}.")
    return DONE


def _progress(options: argparse.Namespace) -> int:
    from course_lib.checking import EXERCISES, record

    rows = record.read()
    heading = ""
    print(f"{'exercise':32} {'best':12} {'checks':>6}  last")
    for name in dict.fromkeys([*EXERCISES, *(row.exercise for row in rows)]):
        lesson = EXERCISES[name].lesson if name in EXERCISES else "no exercise of this course any more"
        if lesson != heading:
            heading = lesson
            print(f"\n{heading}")
        checks = [row for row in rows if row.exercise == name]
        if not checks:
            print(f"{name:32} not tried yet")
            continue
        best, last = max(checks, key=lambda row: (row.passed, row.points)), checks[-1]
        score = f"{best.points:g} of {best.max_points:g}" if best.max_points else "right" if best.passed else "not yet"
        outcome = "right" if last.passed else (last.slip or "not right yet").replace("_", " ")
        print(f"{name:32} {score:12} {len(checks):6}  {last.time.replace('T', ' ')} {outcome}")
    print(f"\nThe record is {record.path()}; it never leaves this machine.")
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    from course_lib.authoring.doctor import examine

    findings = list(examine())
    for finding in findings:
        print(finding)
    missing = sum(f.needed and not f.ok for f in findings)
    print("\nThe course has what it needs." if not missing else f"\n{missing} needed things are missing; see above.")
    return SOMETHING_IS_WRONG if missing else DONE


def _release(options: argparse.Namespace) -> int:
    from course_lib.authoring.release import release
    from course_lib.authoring.rooms import find_course

    sentences = 0
    for sentence in release(find_course(), check=options.check):
        print(sentence, flush=True)
        sentences += 1
    if not sentences:
        print("Nothing would change." if options.check else "Nothing changed.")
    return SOMETHING_IS_WRONG if options.check and sentences else DONE


def _bundle(options: argparse.Namespace) -> int:
    from course_lib.authoring.bundle import bundle
    from course_lib.authoring.rooms import find_course

    lessons = None if options.lessons is None else list(filter(None, options.lessons.split(",")))
    print(bundle(find_course(), options.out, lessons))
    return DONE


def _grade(options: argparse.Namespace) -> int:
    from course_lib.grading.command import run

    return run(options)


def _no_grading(options: argparse.Namespace) -> int:
    raise CourseError(
        "This copy of the course is a learner's: grading stays with your instructor. "
        "`check` in the notebooks tells you the same points."
    )
