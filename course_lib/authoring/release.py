"""Make all notebooks from their sources: ``make notebooks`` and ``course release``."""

from collections.abc import Iterator
from pathlib import Path

from course_lib.activations.registry import CourseError
from course_lib.authoring.canonical import canonical
from course_lib.authoring.execute import execute
from course_lib.authoring.glossary import explain_terms
from course_lib.authoring.learner_copy import learner_copy
from course_lib.authoring.marks import expand_marks
from course_lib.authoring.rooms import EXERCISES, LESSONS, SOLUTIONS
from course_lib.authoring.seal import is_as_made, read_seal
from course_lib.authoring.source import read_source
from course_lib.authoring.writing import lay_beside, replace


def release(course: Path, *, check: bool = False) -> Iterator[str]:
    """Make every lesson, solution and exercise from its source; yield a sentence for each file that changes.

    Everything is made before the first file is written. A file whose bytes would stay the same is not
    touched; one that a person has changed is kept beside the new one, as ``..._yours.ipynb``. No file is ever
    deleted: notebooks whose source is gone are named.

    Parameters
    ----------
    course : Path
        The folder that holds ``sources/``.
    check : bool
        Only say what would change.

    Raises
    ------
    CourseError
        If a source cannot be made into a notebook: a cell fails, or a mark is wrong.
    """
    made = {course / path: text.encode() for path, text in _make_all(course)}
    for path, content in made.items():
        shown = path.relative_to(course).as_posix()
        existed = path.exists()
        if existed and path.read_bytes() == content:
            continue
        if check:
            yield f"{shown} would change."
            continue
        if existed and not is_as_made(path):
            kept = lay_beside(path, "yours", path.read_bytes())
            yield f"{shown} had been changed by hand; that copy is kept as {kept.name}."
        replace(path, content)
        yield f"{shown} is {'made anew' if existed else 'new'}."
    for path in _without_source(course, set(made)):
        yield f"{path.relative_to(course).as_posix()} has no source any more; delete it if nobody needs it."


def _make_all(course: Path) -> Iterator[tuple[Path, str]]:
    lessons, exercises = course / "sources" / "lessons", course / "sources" / "exercises"
    if not lessons.is_dir():
        raise CourseError(f"There is no folder {lessons}; the notebooks are made from the course's sources.")
    for source in sorted(lessons.glob("*.md")):
        yield Path(LESSONS, f"{source.stem}.ipynb"), make_lesson(source, course)
    for source in sorted(exercises.glob("*.md")):
        solution, exercise = make_exercise(source, course)
        yield Path(SOLUTIONS, source.stem, f"{source.stem}.ipynb"), solution
        yield Path(EXERCISES, source.stem, f"{source.stem}.ipynb"), exercise


def make_lesson(source: Path, course: Path) -> str:
    """Return the text of the notebook made from the lesson `source`: read, run, made canonical."""
    notebook = explain_terms(read_source(source), course)
    notebook = execute(notebook, course / LESSONS, source.name)
    return canonical(notebook, source.stem)


def make_exercise(source: Path, course: Path) -> tuple[str, str]:
    """Return the texts of the solution and of the learner's notebook made from the exercise `source`.

    The marks are expanded before the run, so that what runs is what nbgrader will run; the learner's copy is
    made from the solution as it stands, so that the two cannot drift apart.
    """
    notebook = explain_terms(read_source(source), course)
    notebook = expand_marks(notebook, source.stem)
    notebook = execute(notebook, course / SOLUTIONS / source.stem, source.name)
    exercise = learner_copy(notebook)
    return canonical(notebook, source.stem), canonical(exercise, source.stem)


def _without_source(course: Path, made: set[Path]) -> Iterator[Path]:
    for room in (LESSONS, SOLUTIONS, EXERCISES):
        for path in sorted((course / room).rglob("*.ipynb")):
            of_the_course = (read_seal(path) or {}).get("name") == path.stem
            if of_the_course and path not in made and ".ipynb_checkpoints" not in path.parts:
                yield path
