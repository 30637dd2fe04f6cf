"""What an instructor hands out: everything that a learner needs, and nothing that answers an exercise."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from course_lib.activations.registry import CourseError
from course_lib.authoring.bundle import FOLDER, bundle
from course_lib.authoring.seal import is_as_made

ROOT = Path(__file__).resolve().parents[2]
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bundle") / "course.zip"
    bundle(ROOT, out)
    return out


@pytest.fixture(scope="module")
def unpacked(archive: Path) -> Path:
    folder = archive.parent / "a learner's folder"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    assert [p.name for p in folder.iterdir()] == [FOLDER]
    return folder / FOLDER


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {name.removeprefix(f"{FOLDER}/") for name in archive.namelist()}


def notebooks_in(folder: Path) -> list[Path]:
    return [path for room in ("notebooks", "exercises") for path in sorted((folder / room).rglob("*.ipynb"))]


def sources(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def solution_lines() -> set[str]:
    """The lines of all solutions that say something: not an import, a bracket or a lone word."""
    texts = [text for path in (ROOT / "solutions").rglob("*.ipynb") for text in sources(path)]
    lines = {line.strip() for text in texts for block in SOLUTION.findall(text) for line in block.splitlines()}
    return {line for line in lines if len(line) > 12 and not line.startswith(("import ", "from "))}


# --- what is in it ----------------------------------------------------------------------------------------


def test_no_room_that_answers_is_in_it(archive):
    rooms = {name.split("/")[0] for name in names(archive)}
    assert rooms == {
        *("README.md", "LICENSE", "Makefile", "pyproject.toml", "environment.yml"),
        *("course_lib", "notebooks", "exercises"),
    }


def test_all_lessons_exercises_and_modules_are_in_it(archive):
    folders = ("notebooks", "exercises", "course_lib")
    course = {p.relative_to(ROOT).as_posix() for room in folders for p in (ROOT / room).rglob("*") if p.is_file()}
    course = {name for name in course if "__pycache__" not in name and ".ipynb_checkpoints" not in name}
    assert {n for n in names(archive) if "/" in n} == {n for n in course if "/grading/" not in n}


def test_nothing_in_it_gives_an_answer_away(unpacked):
    lines = solution_lines()
    assert len(lines) > 5
    solved = "\n".join(text for path in (ROOT / "solutions").rglob("*.ipynb") for text in sources(path))
    assert all(line in solved for line in lines)
    for path in notebooks_in(unpacked):
        cells = sources(path)
        assert not any("SOLUTION" in text for text in cells), path
        # A lesson may teach a step of an answer, but what is returned stands in no cell of it.
        is_lesson = "notebooks" in path.relative_to(unpacked).parts
        given_away = [line for line in lines if not is_lesson or line.startswith("return")]
        assert not [line for line in given_away for text in cells if line in text], path


def test_no_output_answers_a_question(unpacked):
    for path in notebooks_in(unpacked):
        for cell in nbformat.read(path, as_version=4).cells:
            assert cell.cell_type != "code" or (cell.outputs, cell.execution_count) == ([], None)
        assert is_as_made(path)


def test_what_instructors_grade_with_stays_with_them(course):
    (course / "course_lib" / "grading").mkdir(exist_ok=True)
    (course / "course_lib" / "grading" / "answers.py").write_text("secret = 1\n")
    (course / "notebooks" / "mine.ipynb").write_text("{}")
    bundle(course, course / "out.zip")
    assert not {n for n in names(course / "out.zip") if "grading" in n or "mine" in n}


# --- that it works ----------------------------------------------------------------------------------------


def run(unpacked: Path, *arguments: str | Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    done = subprocess.run(arguments, cwd=unpacked, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def executed(notebook: nbformat.NotebookNode, unpacked: Path) -> nbformat.NotebookNode:
    resources = {"metadata": {"path": str(unpacked)}}
    return NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute(
        env={**os.environ, "PYTHONPATH": str(unpacked)}
    )


def points(notebook: nbformat.NotebookNode) -> list[tuple[float, float]]:
    """Points reached and points to be had, for each test cell."""
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return [(float(cell.outputs[-1].data["text/plain"]), cell.metadata.nbgrader.points) for cell in graded]


def test_an_exercise_is_judged_by_the_course_in_the_bundle(unpacked):
    path = unpacked / "exercises" / "03_sigmoid" / "03_sigmoid.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import course_lib\nprint(course_lib.__file__)"))
    assert all(reached == 0 for reached, _ in points(executed(notebook, unpacked)))
    assert notebook.cells[-1].outputs[0].text.strip() == str(unpacked / "course_lib" / "__init__.py")

    answers = nbformat.read(ROOT / "solutions" / "03_sigmoid" / "03_sigmoid.ipynb", as_version=4).cells
    by_id = {cell.metadata.nbgrader.grade_id: cell.source for cell in answers if "nbgrader" in cell.metadata}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = by_id[cell.metadata.nbgrader.grade_id]
    scored = points(executed(notebook, unpacked))
    assert scored
    assert all(reached == most for reached, most in scored)


def test_the_command_works_in_the_bundle(unpacked):
    said = run(unpacked, sys.executable, "-m", "course_lib", "fresh", "03_sigmoid")
    assert "03_sigmoid_fresh.ipynb" in said
    assert (unpacked / "workspace" / "exercises" / "03_sigmoid" / "03_sigmoid_fresh.ipynb").exists()
    assert f"notebooks in {unpacked}" in run(unpacked, sys.executable, "-m", "course_lib", "doctor")


def test_make_offers_what_a_learner_can_do(unpacked):
    offered = re.findall(r"^make (\w+)", run(unpacked, "make"), flags=re.MULTILINE)
    assert offered == ["help", "lab"]
    assert "dev.installed" not in (unpacked / "Makefile").read_text()


def test_it_can_be_installed(unpacked, tmp_path):
    run(unpacked, sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", f"--target={tmp_path}", unpacked)
    installed = {p.relative_to(tmp_path).as_posix() for p in (tmp_path / "course_lib").rglob("*") if p.is_file()}
    given = {p.relative_to(unpacked).as_posix() for p in (unpacked / "course_lib").rglob("*") if p.is_file()}
    assert {n for n in given if "__pycache__" not in n} == {n for n in installed if "__pycache__" not in n}


def test_conda_installs_the_course_and_not_its_tests(unpacked):
    text = (unpacked / "environment.yml").read_text()
    assert re.findall(r"^      - (.*)$", text, flags=re.MULTILINE) == ["--editable ."]


# --- a part of it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lessons", [["03"], ["3"], ["00", " 03"]])
def test_chosen_lessons_come_with_the_first(tmp_path, lessons):
    sentence = bundle(ROOT, tmp_path / "part.zip", lessons)
    assert sentence.endswith("part.zip holds lessons 00, 03 and exercise 03, and no solutions.")
    assert {n for n in names(tmp_path / "part.zip") if n.endswith(".ipynb")} == {
        "notebooks/00_start_here.ipynb",
        "notebooks/03_sigmoid.ipynb",
        "exercises/03_sigmoid/03_sigmoid.ipynb",
    }


def test_no_link_leads_to_what_is_not_in_it(course):
    cell = (
        "See [the sigmoid](03_sigmoid.ipynb), [a word](03_sigmoid.ipynb#Word), [its exercise]"
        "(../exercises/03_sigmoid/03_sigmoid.ipynb), [nowhere](../../../out.ipynb) and [the web](https://example.org/a.ipynb)."
    )
    start = course / "notebooks" / "00_start_here.ipynb"
    notebook = json.loads(start.read_text())
    notebook["cells"].append({"cell_type": "markdown", "id": "links", "metadata": {}, "source": [cell]})
    start.write_text(json.dumps(notebook))
    bundle(course, course / "part.zip", ["00"])
    with zipfile.ZipFile(course / "part.zip") as archive:
        archive.extractall(course / "part")
    without = course / "part" / FOLDER / "notebooks" / start.name
    assert sources(without)[-1] == (
        "See the sigmoid, a word, its exercise, nowhere and [the web](https://example.org/a.ipynb)."
    )
    assert is_as_made(without), "else it would count as changed by the learner, and not be updated"
    bundle(course, course / "all.zip", ["00", "03"])
    with zipfile.ZipFile(course / "all.zip") as archive:
        whole = archive.read(f"{FOLDER}/notebooks/{start.name}").decode()
    assert cell.replace("[nowhere](../../../out.ipynb)", "nowhere") in whole


def test_every_link_between_notebooks_leads_somewhere(unpacked):
    links = [
        (path, target)
        for path in notebooks_in(unpacked)
        for text in sources(path)
        for target in re.findall(r"\]\(([^)#:]+\.ipynb)", text)
    ]
    assert links
    assert not [(path.name, target) for path, target in links if not (path.parent / target).exists()]


@pytest.mark.parametrize(
    ("lessons", "sentence"),
    [
        (["77"], "'77' is not a lesson of this course; there are: 00, "),
        (["sigmoid"], "'sigmoid' is not a lesson of this course"),
        ([], "No lesson is named; there are: 00, "),
    ],
)
def test_a_lesson_that_is_not_there_is_one_sentence(tmp_path, lessons, sentence):
    with pytest.raises(CourseError) as refused:
        bundle(ROOT, tmp_path / "part.zip", lessons)
    assert str(refused.value).startswith(sentence)
    assert not list(tmp_path.iterdir())


# --- how it is written ------------------------------------------------------------------------------------


def test_the_same_course_gives_the_same_bytes(course, archive):
    for path in course.rglob("*"):
        os.utime(path, (1e9, 1e9))
    bundle(course, course / "again.zip")
    assert (course / "again.zip").read_bytes() == archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == sorted(opened.namelist())
    assert "nothing changed" in bundle(course, course / "again.zip")


@pytest.mark.parametrize("content", [b"my own file", b""])
def test_nothing_is_overwritten(tmp_path, content):
    out = tmp_path / "mine.zip"
    out.write_bytes(content)
    with pytest.raises(CourseError, match=r"mine\.zip exists and holds something else; choose another name"):
        bundle(ROOT, out)
    assert out.read_bytes() == content
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_or_another_ending_is_refused(tmp_path):
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(CourseError, match=r"folder\.zip exists"):
        bundle(ROOT, tmp_path / "folder.zip")
    with pytest.raises(CourseError, match=r"must end in \.zip"):
        bundle(ROOT, tmp_path / "course.tar")
