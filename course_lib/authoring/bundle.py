"""What an instructor hands to learners: ``course bundle OUT.zip``.

One archive, made of bytes that depend on the course alone: fixed dates, sorted names, nothing compressed (another
zlib would compress differently). It holds what a learner needs to begin with nothing but Python: the notebooks
without their outputs, and ``course_lib``, which `check` and the explorers live in. It holds nothing that answers an
exercise: neither ``solutions/`` nor ``sources/``, from which they are made, nor ``tests/``, nor what grades.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from os.path import normpath
from pathlib import Path

from course_lib.activations.registry import CourseError, Registry
from course_lib.authoring.rooms import EXERCISES, LESSONS
from course_lib.authoring.seal import seal
from course_lib.authoring.workspace import notebooks, without_outputs
from course_lib.authoring.writing import replace

#: The one folder that the archive unpacks into.
FOLDER = "activation-derivatives"
#: Every lesson links to its glossary, and JupyterLab opens it first.
ALWAYS = "00"

_PACKAGE = "course_lib"
_FOR_INSTRUCTORS = "grading"  # a room of the package that learners' machines need not have
_FOR_AUTHORS = (
    *("test", "soak", "lint", "format", "notebooks", "bench", "accuracy", "speed"),
    *("$(VENV)/dev.installed", "$(VENV)/peers.installed"),
)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s#]+\.ipynb)(?:#[^)\s]*)?(?: \"[^\"]*\")?\)")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

_README = """\
# The derivatives of activation functions

An interactive course, in Jupyter notebooks. Here are {what}.

You need Python 3.11 or newer, and, the first time, the internet: what the course builds on is installed from there.
Open a terminal in this folder. Then, on Linux and macOS:

```
make lab
```

Without make:

```
python3 -m venv .venv
.venv/bin/pip install -e .
.venv/bin/course lab
```

On Windows:

```
py -m venv .venv
.venv\\Scripts\\pip install -e .
.venv\\Scripts\\course lab
```

With conda: `conda env create -f environment.yml`, `conda activate activation-derivatives`, `course lab`.

JupyterLab opens in your browser, with lesson 00. You work on copies of your own, in `workspace/`; nothing overwrites
them. Something is missing? `course doctor` says what, and what to do. Hand in the notebooks in `workspace/exercises/`.

## What is in here, and what is not

- `notebooks/`: the lessons, without outputs, so that none answers its own questions before you do.
- `exercises/`: the functions to write.
- `course_lib/`: what the notebooks import. The course's own functions are in it, because `check` compares yours with
  them and the lessons read them line by line. They answer some exercises, but only what you write teaches you.

The solutions, the tests and the text that all this is made from stay with your instructor.

The code is under the MIT licence, the text under CC BY 4.0: see LICENSE.
"""


def bundle(course: Path, out: Path, lessons: Sequence[str] | None = None) -> str:
    """Write the archive that learners get; return a sentence that says what is in it.

    Parameters
    ----------
    course : Path
        The folder that holds ``notebooks/`` and ``exercises/``; only read.
    out : Path
        Where to write; its name ends in '.zip'. A file that is there already is never overwritten.
    lessons : sequence of str, optional
        Numbers of lessons, such as '03'; by default all. Lesson 00 always comes along.

    Raises
    ------
    CourseError
        If a lesson is not there, or `out` is the name of something else.
    """
    if out.suffix != ".zip":
        raise CourseError(f"{out} must end in .zip.")
    chosen = _chosen(course, lessons)
    content = _archive(_files(course, chosen))
    what = _counted(chosen)
    if out.exists():
        if out.is_file() and out.read_bytes() == content:
            return f"{out} is there already, with {what}; nothing changed."
        raise CourseError(f"{out} exists and holds something else; choose another name, or move it away.")
    replace(out, content)
    return f"{out} holds {what}, and no solutions."


def _chosen(course: Path, lessons: Sequence[str] | None) -> list[Path]:
    """Return the notebooks of the chosen lessons and of their exercises, relative to the course."""
    every = [path.relative_to(course) for path in notebooks(course)]
    numbers = Registry("lesson", {number: number for number in sorted({path.stem[:2] for path in every})})
    if lessons is None:
        return every
    if not lessons:
        raise CourseError(f"No lesson is named; there are: {', '.join(numbers)}.")
    wanted = {numbers[number.strip().zfill(2)] for number in lessons} | {ALWAYS}
    return [path for path in every if path.stem[:2] in wanted]


def _counted(chosen: Iterable[Path]) -> str:
    def of(room: str) -> list[str]:
        return sorted(path.stem[:2] for path in chosen if path.parts[0] == room)

    def called(one: str, several: str, numbers: list[str]) -> str:
        return f"{one if len(numbers) == 1 else several} {', '.join(numbers)}"

    parts = [called("lesson", "lessons", of(LESSONS))]
    if exercises := of(EXERCISES):
        parts.append(called("exercise", "exercises", exercises))
    return " and ".join(parts)


def _files(course: Path, chosen: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    for path in chosen:
        yield path.as_posix(), _for_learners(course, path, chosen)
    package = course / _PACKAGE
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        left_out = inside[0] == _FOR_INSTRUCTORS or any(part.startswith((".", "__pycache__")) for part in inside)
        if path.is_file() and not left_out:
            yield path.relative_to(course).as_posix(), _read(path)
    for name in ("LICENSE", "pyproject.toml"):
        yield name, _read(course / name)
    yield "Makefile", _learners_makefile(_read(course / "Makefile").decode()).encode()
    yield "environment.yml", _read(course / "environment.yml").replace(b".[instructor,dev]", b".")
    yield "README.md", _README.format(what=_counted(chosen)).encode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CourseError(f"{path} is missing; a bundle is made from a whole clone of the course.") from None


def _for_learners(course: Path, path: Path, chosen: Sequence[Path]) -> bytes:
    """Return the notebook without outputs, and without links to lessons that are not in the archive."""
    import nbformat

    begun = without_outputs(course / path)
    notebook = nbformat.reads(begun.decode(), as_version=4)
    changed = False
    for cell in notebook["cells"]:
        if cell["cell_type"] != "markdown" or "nbgrader" in cell["metadata"]:
            continue  # what nbgrader watches over has a checksum
        plain = _LINK.sub(
            lambda link: link[0] if _is_there(link["target"], path, chosen) else link["text"], cell["source"]
        )
        changed |= plain != cell["source"]
        cell["source"] = plain
    if not changed:
        return begun
    text = str(nbformat.writes(seal(notebook, path.stem)))  # else it would look as if the learner had changed it
    return (text.rstrip("\n") + "\n").encode()


def _is_there(target: str, path: Path, chosen: Sequence[Path]) -> bool:
    """Whether a link in the notebook `path` leads to a chosen notebook, or out into the web."""
    if "://" in target:
        return True
    return Path(normpath(path.parent / target)) in chosen


def _learners_makefile(text: str) -> str:
    """Keep of the Makefile what a learner needs: ``make lab`` and ``make help``."""
    blocks = text.rstrip("\n").split("\n\n")
    kept = [block for block in blocks if not any(re.match(f"(#.*\n)?{re.escape(t)}:", block) for t in _FOR_AUTHORS)]
    return re.sub(r"(?m)^\.PHONY:.*$", ".PHONY: help lab", "\n\n".join(kept)) + "\n"


def _archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, whoever makes it
            archive.writestr(entry, content)
    return stream.getvalue()
