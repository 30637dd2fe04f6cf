"""What every committed notebook promises to a reader who has no kernel."""

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.ipynb"))
EXERCISES = sorted((ROOT / "exercises").glob("*/*.ipynb"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def shown(path: Path) -> list[nbformat.NotebookNode]:
    return [o["data"] for cell in code_cells(path) for o in cell.outputs if "data" in o]


def test_there_is_a_notebook_for_each_source_and_no_other():
    lessons = {p.stem for p in (ROOT / "sources" / "lessons").glob("*.md")}
    exercises = {p.stem for p in (ROOT / "sources" / "exercises").glob("*.md")}
    assert {p.stem for p in LESSONS} == lessons
    assert {p.stem for p in SOLUTIONS} == {p.stem for p in EXERCISES} == exercises
    assert lessons
    assert exercises


@pytest.mark.parametrize("path", LESSONS + SOLUTIONS, ids=name)
def test_every_code_cell_was_run_once_from_top_to_bottom(path):
    # nbval compares nothing where a count is missing.
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.parametrize("path", LESSONS + SOLUTIONS, ids=name)
def test_every_picture_has_words_beside_it_and_no_widget_is_kept(path):
    for data in shown(path):
        assert not [mime for mime in data if "widget" in mime]
        if any(mime.startswith("image/") for mime in data):
            words = data.get("text/plain", "")
            assert len(words) >= 20, words
            assert not words.startswith("<"), words


@pytest.mark.parametrize("path", EXERCISES, ids=name)
def test_an_exercise_has_neither_outputs_nor_answers(path):
    for cell in code_cells(path):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert "SOLUTION" not in cell.source
        if cell.metadata.get("nbgrader", {}).get("solution"):
            assert "raise NotImplementedError()" in cell.source


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_a_lesson_begins_with_imports_and_has_short_cells(path):
    first, *others = code_cells(path)
    lines = [line for line in first.source.splitlines() if line and not line.startswith("#")]
    assert all(line.startswith(("import ", "from ")) for line in lines), first.source
    for cell in others:
        assert len(cell.source.splitlines()) <= 12, cell.source


@pytest.mark.parametrize("path", LESSONS + SOLUTIONS + EXERCISES, ids=name)
def test_links_to_other_files_lead_somewhere(path):
    for target, _ in links(path):
        if target:
            assert (path.parent / target).exists(), f"{name(path)} links to {target}"


@pytest.mark.parametrize("path", LESSONS + SOLUTIONS + EXERCISES, ids=name)
def test_links_into_a_notebook_lead_to_a_heading(path):
    for target, anchor in links(path):
        if anchor and (not target or target.endswith(".ipynb")):
            notebook = path.parent / target if target else path
            known = anchors(notebook.resolve())
            assert anchor in known, f"{name(path)} links to {target}#{anchor}; near it is {near(anchor, known)}"


def test_every_lesson_uses_the_glossary_and_every_link_to_it_is_seen():
    """The test above holds nothing if the links were not found."""
    terms = anchors(ROOT / "notebooks" / "00_start_here.ipynb")
    assert {"Pre-activation", "Jacobian", "Gradient"} <= terms
    for path in LESSONS:
        written = sum(cell.source.count("00_start_here.ipynb#") for cell in markdown_cells(path))
        assert written == sum(target.endswith("00_start_here.ipynb") and anchor != "" for target, anchor in links(path))
        assert written or path.stem == "00_start_here", f"{name(path)} explains no term by the glossary"


def markdown_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


def links(path: Path) -> list[tuple[str, str]]:
    """Return file and heading (both may be empty) of each link of a notebook that does not leave the course."""
    found = []
    for cell in markdown_cells(path):
        for target in re.findall(r"\]\((?!https?:|mailto:|attachment:)([^)\s]+)", cell.source):
            file, _, anchor = target.partition("#")
            found.append((file, anchor))
    return found


@cache
def anchors(path: Path) -> set[str]:
    """Return the anchors of a notebook's headings, as JupyterLab makes them: the text, '-' for each space."""
    text = "\n".join(re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL) for cell in markdown_cells(path))
    headings = re.findall(r"^#{1,6} +(.+?) *$", text, flags=re.MULTILINE)
    return {re.sub(r"[`*]", "", heading).replace(" ", "-") for heading in headings}


def near(anchor: str, known: set[str]) -> str:
    return ", ".join(get_close_matches(anchor, known, n=2)) or "nothing"
