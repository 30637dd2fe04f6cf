"""Linked terms carry their meaning from the glossary of lesson 00."""

from pathlib import Path

import nbformat
import pytest

from course_lib.authoring.glossary import explain_terms, glossary, plain

ROOT = Path(__file__).resolve().parents[2]
LESSON_00 = ROOT / "sources" / "lessons" / "00_start_here.md"


def explained(text: str) -> str:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(text)])
    explain_terms(notebook, ROOT)
    assert notebook.cells[1].source == text, "code is left alone"
    return notebook.cells[0].source


def test_a_link_to_a_term_says_what_it_means() -> None:
    meaning = glossary(LESSON_00)["Tangent"]
    assert meaning.startswith("The straight line that touches a curve")
    for target in ("00_start_here.ipynb#Tangent", "../../notebooks/00_start_here.ipynb#Tangent", "#Tangent"):
        assert explained(f"the [tangent]({target}), here") == f'the [tangent]({target} "{meaning}"), here'


@pytest.mark.parametrize("text", ["[x](00_start_here.ipynb)", "[x](01_slopes.ipynb#Tangent)", "[x](#Nothing)", "#Unit"])
def test_other_links_stay_as_they_are(text: str) -> None:
    assert explained(text) == text


def test_without_lesson_00_nothing_changes(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("[x](#Tangent)")])
    assert explain_terms(notebook, tmp_path).cells[0].source == "[x](#Tangent)"


def test_every_meaning_is_one_plain_text() -> None:
    terms = glossary(LESSON_00)
    headings = [
        line for line in LESSON_00.read_text().partition("## Glossary")[2].splitlines() if line.startswith("### ")
    ]
    assert len(terms) == len(headings) >= 35
    for term, meaning in terms.items():
        assert 30 < len(meaning) < 260, term
        assert meaning.endswith("."), meaning
        assert not set(meaning) & set('"$\\{}`*[') - ({"["} if "entry [i, k]" in meaning else set()), meaning
        assert "lesson" not in meaning, meaning


def test_the_sample() -> None:
    assert plain("See *it*, $e^{710}$ ([lesson 01](a.ipynb), going further).") == "See it, e^710."
