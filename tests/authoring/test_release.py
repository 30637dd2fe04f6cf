import sys
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest

from course_lib.activations.registry import CourseError
from course_lib.authoring.release import make_lesson, release

ROOT = Path(__file__).resolve().parents[2]


def write_lesson(course: Path, *cells: str, name: str = "01_small") -> Path:
    source = course / "sources" / "lessons" / f"{name}.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    code = "\n\n".join(f"```{{code-cell}} ipython3\n{dedent(cell).strip()}\n```" for cell in cells)
    source.write_text(f"# A small lesson\n\nSome text.\n\n{code}\n", encoding="utf-8")
    return source


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.ipynb"))}


def test_what_is_committed_is_what_the_sources_make(monkeypatch):
    """With the outputs that are there; nbval and the browser see that each notebook gives these again."""

    def as_committed(notebook, folder, name):
        cells = nbformat.read((folder / name).with_suffix(".ipynb"), as_version=4).cells
        for cell, ran in zip(notebook.cells, cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        return notebook

    monkeypatch.setattr("course_lib.authoring.release.execute", as_committed)
    assert list(release(ROOT, check=True)) == [], "run 'make notebooks'"


def test_two_lessons_and_an_exercise_are_made_again_to_the_last_byte(course):
    kept = {"00_start_here", "05_relu"}
    for path in [*(course / "sources").rglob("*.md"), *course.rglob("*.ipynb")]:
        if path.stem not in kept:
            path.unlink()
    committed = bytes_of(course)
    assert len(committed) == 4
    for name in committed:
        (course / name).unlink()
    assert len(list(release(course))) == 4
    assert bytes_of(course) == committed


def test_a_second_run_changes_nothing(tmp_path):
    source = write_lesson(tmp_path, "x = 2\nprint('two', x)", "x + 1")
    assert list(release(tmp_path)) == ["notebooks/01_small.ipynb is new."]
    before = (tmp_path / "notebooks" / "01_small.ipynb").stat()
    assert list(release(tmp_path)) == []
    assert (tmp_path / "notebooks" / "01_small.ipynb").stat().st_mtime_ns == before.st_mtime_ns
    notebook = nbformat.reads(make_lesson(source, tmp_path), as_version=4)
    assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == [1, 2]
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "3"


def test_a_file_that_was_there_is_made_anew(tmp_path):
    write_lesson(tmp_path, "1 + 1")
    list(release(tmp_path))
    write_lesson(tmp_path, "1 + 2")
    assert list(release(tmp_path)) == ["notebooks/01_small.ipynb is made anew."]


def test_check_names_what_would_change_and_changes_nothing(tmp_path):
    write_lesson(tmp_path, "1 + 1")
    list(release(tmp_path))
    write_lesson(tmp_path, "1 + 2")
    before = bytes_of(tmp_path)
    assert list(release(tmp_path, check=True)) == ["notebooks/01_small.ipynb would change."]
    assert bytes_of(tmp_path) == before


def test_a_notebook_that_a_person_changed_is_kept_beside_the_new_one(tmp_path):
    write_lesson(tmp_path, "1 + 1")
    list(release(tmp_path))
    path = tmp_path / "notebooks" / "01_small.ipynb"
    theirs = path.read_text().replace("1 + 1", "1 + 1  # my note")
    path.write_text(theirs)
    sentences = list(release(tmp_path))
    assert "kept as 01_small_yours.ipynb" in sentences[0]
    assert path.with_name("01_small_yours.ipynb").read_text() == theirs
    assert "my note" not in path.read_text()
    assert list(release(tmp_path)) == []


def test_the_learners_workspace_is_not_looked_at(tmp_path):
    write_lesson(tmp_path, "1 + 1")
    theirs = tmp_path / "workspace" / "notebooks" / "01_small.ipynb"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")
    assert list(release(tmp_path)) == ["notebooks/01_small.ipynb is new."]
    assert [p.read_text() for p in (tmp_path / "workspace").rglob("*.ipynb")] == ["mine"]


def test_a_notebook_without_a_source_is_named_and_not_deleted(tmp_path):
    source = write_lesson(tmp_path, "1 + 1", name="02_gone")
    write_lesson(tmp_path, "1 + 1")
    list(release(tmp_path))
    source.unlink()
    sentence = "notebooks/02_gone.ipynb has no source any more; delete it if nobody needs it."
    assert list(release(tmp_path, check=True)) == [sentence]
    assert list(release(tmp_path)) == [sentence]
    assert (tmp_path / "notebooks" / "02_gone.ipynb").exists()


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ("slope = 1 / 0  # here", "01_small.md: cell 3 raises ZeroDivisionError: division by zero"),
        (
            "import sys\nprint('oh', file=sys.stderr)  # here",
            "01_small.md: cell 3 writes to standard error: oh",
        ),
        (
            "import warnings\nwarnings.warn('careful')  # here",
            "01_small.md: cell 3 writes to standard error:",
        ),
        ("import os\nos.getcwd()", "01_small: the output of cell 3 shows a path of this machine"),
        ("print(object())", "01_small: the output of cell 3 shows a memory address"),
    ],
)
def test_a_lesson_that_fails_is_refused_with_its_cell_and_writes_nothing(tmp_path, cell, complaint):
    write_lesson(tmp_path, "1 + 1", name="00_fine")
    write_lesson(tmp_path, "1 + 1", cell)
    with pytest.raises(CourseError) as failure:
        list(release(tmp_path))
    assert str(failure.value).startswith(complaint)
    assert ("# here" in cell) == ("# here" in str(failure.value))
    assert not bytes_of(tmp_path)


def test_a_source_without_code_is_refused(tmp_path):
    source = write_lesson(tmp_path, "1 + 1")
    source.write_text("# Only text\n")
    with pytest.raises(CourseError, match=r"01_small\.md has no code cell"):
        list(release(tmp_path))


def test_a_missing_kernel_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("jupyter_client.kernelspec.jupyter_path", lambda *folders: [])
    monkeypatch.setitem(sys.modules, "ipykernel.kernelspec", None)  # as if it were not installed
    write_lesson(tmp_path, "1 + 1")
    with pytest.raises(CourseError, match="There is no Jupyter kernel 'python3'; get it with"):
        list(release(tmp_path))


@pytest.mark.parametrize("package", ["jupytext", "nbgrader"])
def test_without_the_instructors_packages_it_says_how_to_get_them(course, monkeypatch, package):
    for module in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)  # as if it were not installed
    for lesson in (course / "sources" / "lessons").glob("*.md"):
        lesson.unlink()
    with pytest.raises(CourseError, match=rf"{package} is needed; install it with: pip install -e '\.\[instructor\]'"):
        list(release(course))


def test_a_lesson_runs_beside_its_files_and_knows_nothing_of_the_person(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "mine.sqlite"))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "data.txt").write_text("beside")
    cell = """
    import os
    print(open("data.txt").read(), "mine" in os.environ["COURSE_RECORD"])
    """
    notebook = nbformat.reads(make_lesson(write_lesson(tmp_path, cell), tmp_path), as_version=4)
    assert notebook.cells[-1].outputs[0].text == "beside False\n"
