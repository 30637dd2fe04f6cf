import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.activations.registry import CourseError
from course_lib.authoring.canonical import canonical
from course_lib.authoring.workspace import fresh_copy, lay_workspace

LESSON = Path("notebooks/03_sigmoid.ipynb")
EXERCISE = Path("exercises/03_sigmoid/03_sigmoid.ipynb")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a course with one lesson and one exercise."""
    for path in (LESSON, EXERCISE):
        publish(tmp_path, path, "first edition")
    return tmp_path


def publish(course: Path, path: Path, text: str) -> bytes:
    """Put a notebook of the course where `git pull` would put it."""
    (course / path).parent.mkdir(parents=True, exist_ok=True)
    (course / path).write_text(canonical(new_notebook(cells=[new_code_cell(f"# {text}")]), path.stem))
    return (course / path).read_bytes()


def lay(course: Path) -> list[str]:
    return list(lay_workspace(course, course / "workspace"))


def write_in(path: Path, text: str) -> bytes:
    """Do what a learner does in JupyterLab: write into a cell and save."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += f"\n{text}"
    nbformat.write(notebook, path)
    return path.read_bytes()


def run_in(path: Path) -> bytes:
    """Do what a learner does in JupyterLab: run a cell and save."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].execution_count = 7
    nbformat.write(notebook, path)
    return path.read_bytes()


def test_the_workspace_holds_copies_where_their_links_work(small):
    assert lay(small) == []
    for path in (LESSON, EXERCISE):
        assert (small / "workspace" / path).read_bytes() == (small / path).read_bytes()


def test_the_copies_have_no_outputs_that_would_answer_their_questions(small):
    notebook = nbformat.read(small / LESSON, as_version=4)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="the answer")]
    notebook.cells[0].execution_count = 1
    nbformat.write(notebook, small / LESSON)
    lay(small)
    (cell,) = nbformat.read(small / "workspace" / LESSON, as_version=4).cells
    assert (cell.outputs, cell.execution_count) == ([], None)
    assert cell.source == notebook.cells[0].source


def test_a_second_start_changes_nothing(small):
    lay(small)
    ran = run_in(small / "workspace" / LESSON)
    wrote = write_in(small / "workspace" / EXERCISE, "return 1")
    assert lay(small) == []
    assert (small / "workspace" / LESSON).read_bytes() == ran
    assert (small / "workspace" / EXERCISE).read_bytes() == wrote


@pytest.mark.parametrize("touch", [lambda path: None, run_in])
def test_after_a_pull_an_unchanged_notebook_is_updated(small, touch):
    lay(small)
    touch(small / "workspace" / LESSON)
    newer = publish(small, LESSON, "second edition")
    assert lay(small) == ["notebooks/03_sigmoid.ipynb is updated; you had not changed it."]
    assert (small / "workspace" / LESSON).read_bytes() == newer
    assert lay(small) == []


def test_after_a_pull_what_the_learner_wrote_is_kept_and_the_newer_is_laid_beside_once(small):
    lay(small)
    theirs = small / "workspace" / EXERCISE
    wrote = write_in(theirs, "return 1")
    newer = publish(small, EXERCISE, "second edition")
    assert "03_sigmoid_new.ipynb" in lay(small)[0]
    assert theirs.read_bytes() == wrote
    assert theirs.with_name("03_sigmoid_new.ipynb").read_bytes() == newer
    assert lay(small) == []
    theirs.with_name("03_sigmoid_new.ipynb").unlink()
    assert lay(small) == []


def test_a_third_edition_overwrites_neither_the_first_nor_the_second(small):
    lay(small)
    theirs = small / "workspace" / EXERCISE
    first = write_in(theirs, "return 1")
    publish(small, EXERCISE, "second edition")
    lay(small)
    second = write_in(theirs.with_name("03_sigmoid_new.ipynb"), "return 2")
    third = publish(small, EXERCISE, "third edition")
    assert "03_sigmoid_new_2.ipynb" in lay(small)[0]
    assert theirs.read_bytes() == first
    assert theirs.with_name("03_sigmoid_new.ipynb").read_bytes() == second
    assert theirs.with_name("03_sigmoid_new_2.ipynb").read_bytes() == third


def test_an_offer_in_which_nothing_was_written_makes_room_for_the_next(small):
    lay(small)
    write_in(small / "workspace" / EXERCISE, "return 1")
    publish(small, EXERCISE, "second edition")
    lay(small)
    third = publish(small, EXERCISE, "third edition")
    lay(small)
    folder = (small / "workspace" / EXERCISE).parent
    assert {p.name for p in folder.iterdir()} == {"03_sigmoid.ipynb", "03_sigmoid_new.ipynb"}
    assert (folder / "03_sigmoid_new.ipynb").read_bytes() == third


@pytest.mark.parametrize("content", [b"my work", b"", b"{}", b'{"cells": 1, "metadata": {"course": 5}}', b"\xff\xfe"])
def test_a_file_that_is_no_notebook_any_more_is_the_learners(small, content):
    lay(small)
    theirs = small / "workspace" / EXERCISE
    theirs.write_bytes(content)
    publish(small, EXERCISE, "second edition")
    lay(small)
    assert theirs.read_bytes() == content


@pytest.mark.parametrize("content", [b"not JSON", b"[]", b"\xff"])
def test_a_lost_or_broken_memory_of_offers_costs_a_second_offer_only(small, content):
    lay(small)
    wrote = write_in(small / "workspace" / EXERCISE, "return 1")
    publish(small, EXERCISE, "second edition")
    lay(small)
    (small / "workspace" / ".offered.json").write_bytes(content)
    assert len(lay(small)) == 1
    assert (small / "workspace" / EXERCISE).read_bytes() == wrote
    assert json.loads((small / "workspace" / ".offered.json").read_text())


def test_work_done_in_the_courses_own_folder_goes_nowhere_it_was_not_put(small):
    lay(small)
    wrote = write_in(small / EXERCISE, "return 1")
    before = (small / "workspace" / EXERCISE).read_bytes()
    assert lay(small) == []
    assert (small / EXERCISE).read_bytes() == wrote
    assert (small / "workspace" / EXERCISE).read_bytes() == before


def test_fresh_copies_never_overwrite(small):
    lay(small)
    theirs = write_in(small / "workspace" / EXERCISE, "return 1")
    workspace = small / "workspace"
    laid = [fresh_copy(small, workspace, "03_sigmoid") for _ in range(2)]
    wrote = write_in(laid[0], "return 2")
    laid.append(fresh_copy(small, workspace, "03_sigmoid"))
    assert [p.name for p in laid] == [f"03_sigmoid_fresh{n}.ipynb" for n in ("", "_2", "_3")]
    assert laid[2].read_bytes() == (small / EXERCISE).read_bytes()
    assert laid[0].read_bytes() == wrote
    assert (workspace / EXERCISE).read_bytes() == theirs


def test_an_unknown_exercise_names_the_nearest(small):
    with pytest.raises(
        CourseError, match=r"'03_sigmod' is not an exercise of this course; did you mean '03_sigmoid'\?"
    ):
        fresh_copy(small, small / "workspace", "03_sigmod")
