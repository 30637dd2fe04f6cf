"""What Gradescope gets: the archive as the README makes it, the two scripts, and their results.json."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from handed_in import COURSE, as_bytes, handed_in, solutions
from nbgrader_course import EXERCISES_OF, NAME, graded

from course_lib.grading.confinement.sandbox import find_bubblewrap
from course_lib.grading.gradebooks.gradescope import gradescope_results
from course_lib.grading.results import not_graded

DEPLOY = COURSE / "deploy" / "gradescope"
SCHEMA = json.loads((Path(__file__).parent / "gradescope.schema.json").read_text())
FULL = dict.fromkeys(EXERCISES_OF[NAME], 10.0)


def valid(results: Any) -> dict[str, Any]:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(results)
    return dict(results)


def test_a_test_for_each_exercise():
    results = valid(gradescope_results([graded("ada", {"sigmoid": 10.0, "sigmoid_derivative": 2.5})]))
    assert results["score"] == 12.5
    assert [test["name"] for test in results["tests"]] == EXERCISES_OF[NAME]
    assert [test["max_score"] for test in results["tests"]] == [10.0] * 5
    assert [(test["score"], test["status"]) for test in results["tests"]][:3] == [
        (10.0, "passed"),
        (2.5, "failed"),
        (0.0, "failed"),
    ]
    assert results["tests"][0]["output"] == "What is said of sigmoid."
    assert results["output"] == "Graded."


def test_what_could_not_be_graded_is_0_with_the_reason():
    bad = not_graded("a.ipynb", "a", NAME, "It ends too early.")
    results = valid(gradescope_results([bad]))
    assert (results["score"], results["tests"]) == (0, [])
    assert results["output"] == "a.ipynb could not be graded. It ends too early."
    assert valid(gradescope_results([]))["output"] == "No notebook was found in what you uploaded."


def test_no_assignment_counts_twice():
    every = [
        graded("a", {"sigmoid": 3.0}, submission="1.ipynb"),
        graded("b", {"sigmoid": 7.0}, submission="2.ipynb"),
        graded("c", FULL, submission="3.ipynb", superseded=True),
        graded("d", {"tanh_derivative": 10.0}, "04_tanh", notes=("One cell was found twice.",)),
    ]
    results = valid(gradescope_results(every))
    assert results["score"] == 17.0
    assert results["tests"][0]["name"] == "03_sigmoid: sigmoid"
    assert results["output"].splitlines() == [
        "1.ipynb was left out: another notebook for 03_sigmoid counts.",
        "3.ipynb was left out: there is a newer one.",
        "One cell was found twice.",
    ]


def test_what_a_learner_wrote_is_text_and_can_be_seen():
    notes = ("\x1b[2J\ud800 <b>\0",)
    results = valid(gradescope_results([graded("ada", FULL, notes=notes)], trusted_learners=True))
    assert results["output"].splitlines()[0] == "Graded with --trusted-learners: the answers ran without a sandbox."
    assert results["output"].splitlines()[1] == "␛[2J⟨U+D800⟩ <b>␀"
    formats = {test["output_format"] for test in results["tests"]} | {results["output_format"]}
    assert formats == {"text"}, "Gradescope escapes it"
    json.dumps(results, ensure_ascii=False).encode()


def git(folder: Path, *arguments: str) -> None:
    person = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | person
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that the README's command makes of the course as it stands here."""
    course = tmp_path_factory.mktemp("gradescope") / "course"
    course.mkdir()
    for name in ("course_lib", "exercises", "deploy"):
        shutil.copytree(COURSE / name, course / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(COURSE / name, course)
    git(course, "init", "--quiet")
    git(course, "add", ".")
    git(course, "commit", "--quiet", "--message=The course")
    command = (DEPLOY / "README.md").read_text().split("```bash\n")[1].split("```")[0]
    subprocess.run(["bash", "-euc", command], cwd=course, check=True)
    return course / "03_sigmoid.zip"


@pytest.fixture
def gradescope(bubblewrap: None, archive: Path, tmp_path: Path) -> Callable[..., tuple[dict[str, Any], str]]:
    """Be Gradescope in a folder: lay the archive, build, take an upload, run; give results.json and the output."""

    def run(uploads: dict[str, bytes], options: str = "", container: Sequence[str] = ()) -> tuple[dict[str, Any], str]:
        root = tmp_path / "autograder"
        (root / "submission").mkdir(parents=True)
        with zipfile.ZipFile(archive) as file:
            file.extractall(root / "source")
        shutil.copy(root / "source" / "run_autograder", root)
        if options:
            (root / "source" / "options").write_text(options)
        for name, content in uploads.items():
            path = root / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        variables = {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable}
        printed = ""
        for command in (["bash", root / "source" / "setup.sh"], [*container, "bash", root / "run_autograder"]):
            done = subprocess.run(
                command,
                cwd=root,
                env={**os.environ, **variables},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=120,
            )
            printed += done.stdout
            assert done.returncode == 0, printed
        return valid(json.loads((root / "results" / "results.json").read_text())), printed

    return run


def test_an_upload_is_graded_as_on_any_machine(gradescope):
    right = dict(solutions(NAME))
    wrong = {**right, "sigmoid_derivative": "def sigmoid_derivative(x):\n    return x * (1 - x)"}
    tanh = as_bytes(handed_in("04_tanh", dict(solutions("04_tanh"))))
    results, printed = gradescope({"my work/03_sigmoid.ipynb": as_bytes(handed_in(NAME, wrong)), "tanh.ipynb": tanh})
    assert results["score"] == 40.0, printed
    assert {test["name"]: test["score"] for test in results["tests"]} == {**FULL, "sigmoid_derivative": 0.0}
    assert "At x = 2 you return -2" in results["tests"][1]["output"]


@pytest.mark.parametrize("uploads", [{"x.ipynb": b"{"}, {"a.ipynb": b"", "b.ipynb": b""}, {"answers.py": b"pass"}])
def test_an_upload_that_is_no_notebook_gets_the_reason(gradescope, uploads):
    results, _ = gradescope(uploads)
    assert results["score"] == 0
    count = len([name for name in uploads if name.endswith(".ipynb")])
    expected = (
        "The file ends too early" if count == 1 else f"Upload one notebook, 03_sigmoid.ipynb; there were {count} "
    )
    assert expected in results["output"]


def test_where_a_container_forbids_the_sandbox_nothing_is_run_and_everybody_is_told(gradescope, tmp_path):
    touched = tmp_path / "touched"
    answer = f"open({str(touched)!r}, 'w').close()\ndef sigmoid(x):\n    return x"
    upload = {f"{NAME}.ipynb": as_bytes(handed_in(NAME, {"sigmoid": answer}))}
    container = [find_bubblewrap(), "--dev-bind", "/", "/", "--unshare-user", "--disable-userns", "--"]
    results, printed = gradescope(upload, container=container)
    assert (results["score"], results["tests"]) == (0, [])
    assert "That is not your doing" in results["output"]
    assert "--trusted-learners" in printed
    assert "The upload was not graded, and nothing was run; the line above says why and what to do." in printed
    assert not touched.exists()


def test_learners_are_trusted_only_where_the_instructor_says_so(gradescope):
    upload = {f"{NAME}.ipynb": as_bytes(handed_in(NAME, dict(solutions(NAME))))}
    results, printed = gradescope(upload, options="--trusted-learners\n")
    assert results["score"] == 50.0, printed
    assert "Graded with --trusted-learners" in results["output"]
