"""nbgrader's gradebook in PostgreSQL: a real server, started here in a folder of its own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from handed_in import as_bytes, handed_in, solutions
from nbgrader.api import Gradebook
from nbgrader_course import EXERCISES_OF, NAME, Page, exported, graded, lay_course, run, submit

from course_lib.activations.registry import CourseError
from course_lib.grading.gradebooks import gradebook
from course_lib.grading.gradebooks.gradebook import write_gradebook
from course_lib.grading.results import not_graded

FULL = dict.fromkeys(EXERCISES_OF[NAME], 10.0)


def programs() -> Path:
    """Return the folder of PostgreSQL's own programs, the newest; Debian keeps them off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = installed[-1] if installed else Path(shutil.which("pg_ctl") or "").parent
    if (found / "initdb").exists():
        return found
    missing = "PostgreSQL is not installed; on Debian or Ubuntu: sudo apt install postgresql"
    pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of an empty database; the server listens on a socket in its folder, and nowhere else."""
    place = programs()
    # PostgreSQL does not run as root: there it is the user that its package has made.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)

        def postgresql(program: str, *arguments: str | Path) -> None:
            # What the server says goes to a file: it would hold a pipe open for as long as it lives.
            subprocess.run([place / program, *arguments], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        postgresql("initdb", "--pgdata", folder / "data", "--username", "teacher", "--auth=trust", "--no-sync")
        options = f"-k '{folder}' -c listen_addresses='' -c fsync=off"
        control = ("--pgdata", folder / "data", "--log", folder / "log", "--wait")
        postgresql("pg_ctl", *control, "--options", options, "start")
        try:
            postgresql("createdb", "--host", folder, "--username", "teacher", "gradebook")
            yield f"postgresql://teacher@/gradebook?host={folder}"
        finally:
            postgresql("pg_ctl", *control, "--mode=immediate", "stop")


def test_the_whole_way_with_nbgraders_own_commands(server, tmp_path, monkeypatch):
    """Refuse an empty database; release, write twice, grade one for real, make feedback, export."""
    monkeypatch.setattr(gradebook, "BATCH", 5)
    course = lay_course(tmp_path / "a course", NAME)
    with pytest.raises(CourseError, match=r"There is no gradebook in postgresql://teacher@/gradebook\?host=\S+ yet"):
        write_gradebook(server, course, [graded("ada", FULL)], lambda name: None)
    run(course, "nbgrader", "generate_assignment", NAME, "--force", f"--db={server}")
    content = as_bytes(handed_in(NAME, dict(solutions(NAME))))
    # PostgreSQL takes neither a zero byte nor half a character, which SQLite does.
    bad = not_graded("mal.ipynb", "mal", NAME, "It says \0 and \ud800.")
    for points in ({"sigmoid": 1.5}, {"sigmoid": 2.5}):
        every = [graded("ada", FULL), graded("bob", points), bad, *(graded(f"l{n}", {}) for n in range(10))]
        said = write_gradebook(server, course, every, lambda name: content)
        assert said[0] == f"{NAME}: 13 submissions in the gradebook."
    submit(course, "eva", NAME, {"sigmoid": solutions(NAME)["sigmoid"]})
    run(course, "course_lib", "grade", "submitted", "--out=report", f"--nbgrader={server}")
    assert ",eva,03_sigmoid,10,50,graded," in (course / "report" / "grades.csv").read_text()
    run(course, "nbgrader", "generate_feedback", NAME, "--student=ada", f"--db={server}")
    scores = {learner: float(row["score"]) for (_, learner), row in exported(course, f"--db={server}").items()}
    assert scores == {"ada": 50.0, "bob": 2.5, "eva": 10.0, "mal": 0.0, **{f"l{n}": 0.0 for n in range(10)}}
    page = Page((course / "feedback" / "ada" / NAME / f"{NAME}.html").read_text())
    assert "Score: 50.0 / 50.0" in page.text
    assert "What is said of sigmoid_derivative." in page.text
    with contextlib.closing(Gradebook(server, course_id="")) as book:
        grade = book.find_grade("sigmoid-test", NAME, NAME, "mal")
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
        assert "␀" in book.find_comment("sigmoid", NAME, NAME, "mal").auto_comment
