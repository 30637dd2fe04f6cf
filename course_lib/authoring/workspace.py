"""The learner's own folder: copies of lessons and exercises that nothing but the learner overwrites."""

import json
from collections.abc import Iterator
from pathlib import Path

from course_lib.activations.registry import Registry
from course_lib.authoring.rooms import EXERCISES, LESSONS
from course_lib.authoring.seal import is_as_made, read_seal
from course_lib.authoring.writing import lay_beside, replace


def lay_workspace(course: Path, workspace: Path) -> Iterator[str]:
    """Lay copies of the course's notebooks into `workspace`; yield a sentence for each that needs one.

    The copies are without outputs, so that a lesson does not answer its own questions before they are asked.
    A notebook in which the learner wrote nothing (running it does not count) is replaced when the course has
    a newer one. Where they did write, theirs stays, and the newer is laid beside it as ``..._new.ipynb``,
    once.

    Parameters
    ----------
    course : Path
        The folder that holds ``notebooks/`` and ``exercises/``; only read.
    workspace : Path
        Made if it is not there. Links between lessons and exercises work in it as they do in the course.
    """
    offered = _Offered(workspace / ".offered.json")
    for source in notebooks(course):
        path = source.relative_to(course)
        theirs, content = workspace / path, without_outputs(source)
        if not theirs.exists():
            replace(theirs, content)
            continue
        newest, origin = read_seal(source), read_seal(theirs)
        if newest is None or newest == origin:
            continue
        if is_as_made(theirs):
            replace(theirs, content)
            yield f"{path.as_posix()} is updated; you had not changed it."
        elif newest["digest"] not in (offered.digest(path), (origin or {}).get("digest")):
            new = _offer(theirs, content)
            offered.note(path, newest["digest"])
            yield f"{path.as_posix()} has a newer version: it is beside yours, as {new.name}."


def fresh_copy(course: Path, workspace: Path, name: str) -> Path:
    """Lay a fresh copy of the exercise `name` beside the learner's own, as ``..._fresh.ipynb``; return where.

    Raises
    ------
    CourseError
        If there is no such exercise; the nearest names are suggested.
    """
    exercises = Registry(
        "exercise",
        {path.stem: path for path in notebooks(course) if path.relative_to(course).parts[0] == EXERCISES},
    )
    source = exercises[name]
    return lay_beside(workspace / source.relative_to(course), "fresh", without_outputs(source))


def without_outputs(path: Path) -> bytes:
    """Return the notebook as a learner begins it: saved outputs would answer what the lesson asks first."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def notebooks(course: Path) -> Iterator[Path]:
    """Yield the course's own notebooks; copies that a person keeps beside them are theirs."""
    for room in (LESSONS, EXERCISES):
        for path in sorted((course / room).rglob("*.ipynb")):
            if (read_seal(path) or {}).get("name") == path.stem and ".ipynb_checkpoints" not in path.parts:
                yield path


def _offer(theirs: Path, content: bytes) -> Path:
    # An earlier offer in which nothing was written makes room, so that offers do not pile up.
    for earlier in sorted(theirs.parent.glob(f"{theirs.stem}_new*.ipynb")):
        if is_as_made(earlier):
            replace(earlier, content)
            return earlier
    return lay_beside(theirs, "new", content)


class _Offered:
    """Which newer version was laid beside which notebook, so that it comes once even if it is deleted.

    Losing this file costs nothing but a second offer.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        self._digests: dict[str, str] = kept if isinstance(kept, dict) else {}

    def digest(self, path: Path) -> str | None:
        return self._digests.get(path.as_posix())

    def note(self, path: Path, digest: str) -> None:
        self._digests[path.as_posix()] = digest
        replace(self._path, json.dumps(self._digests, indent=1, sort_keys=True).encode())
