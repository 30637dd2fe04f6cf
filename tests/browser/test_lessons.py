"""Every lesson in a real JupyterLab: it runs, every question answers every option, every derivation opens."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
#: What lives beside a kernel only; a saved notebook holds a still and a text in its place.
VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def page(lesson: Path, open_notebook, server) -> Iterator[Page]:
    shutil.copy(LESSONS[0], server[1])  # the glossary
    with open_notebook(lesson) as page:
        yield page


def all_of(page: Page, kind: str) -> list[Locator]:
    return page.locator(f".course-{kind}").all()


def test_nothing_went_wrong(page: Page) -> None:
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    problems = [text for text in page.locator(".course-explorer .problem").all_inner_texts() if text]
    assert problems == []
    assert page.get_by_text("could not be displayed").count() == 0
    assert page.locator(".course-explorer").count() >= 3


def test_it_gives_again_what_was_saved(page: Page, lesson: Path) -> None:
    """Pictures too. The kernel is a learner's: it hashes at random and knows their settings."""
    ran = page.evaluate("() => JSON.stringify(window.jupyterapp.shell.currentWidget.context.model.toJSON())")
    again, saved = code_cells(ran), code_cells(lesson.read_text(encoding="utf-8"))
    for cell in again:
        for output in cell.outputs:
            output.pop("transient", None)
            output.get("data", {}).pop(VIEW, None)
    for now, then in zip(again, saved, strict=True):
        assert now.outputs == then.outputs, now.source
        assert now.execution_count == then.execution_count


def code_cells(text: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.reads(text, as_version=4).cells if cell.cell_type == "code"]


def test_every_question_answers_wrong_options_and_then_the_right_one(page: Page) -> None:
    questions = all_of(page, "question")
    assert questions
    for question in questions:
        question.scroll_into_view_if_needed()
        options = question.locator(".options button").all()
        feedback = question.locator(".feedback:visible")
        told = set()
        for option in options:
            option.click()
            expect(option).to_have_attribute("aria-pressed", "true")
            expect(feedback.last).to_have_text(re.compile("^(Right|Not yet|Not this one).{25,}"))
            told.add(feedback.last.inner_text())
        # The right one's explanation stays; every other option has an answer of its own.
        expect(question.locator(".feedback.right")).to_contain_text("Right.")
        assert len(told) >= len(options) - 1


def test_every_derivation_can_be_shown_to_its_last_line(page: Page) -> None:
    for stepper in all_of(page, "derivation"):
        stepper.scroll_into_view_if_needed()
        stepper.get_by_role("button", name="Show all").click()
        expect(stepper.get_by_role("button", name="Next")).to_be_disabled()
        lines = stepper.locator("ol.derivation > li")
        assert lines.count() >= 3
        for line in lines.all():
            box, frame = line.locator("math").first.bounding_box(), stepper.bounding_box()
            assert box["width"] > 0
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1, "a formula is cut off on the right"


def test_a_term_says_what_it_means_and_leads_to_the_glossary(page: Page) -> None:
    link = page.locator(".jp-RenderedMarkdown a[title*=' ']").first
    link.scroll_into_view_if_needed()
    heading, meaning = link.get_attribute("href").split("#")[1], link.get_attribute("title")
    assert len(meaning) > 30
    lesson = page.evaluate("() => window.jupyterapp.shell.currentWidget.id")
    link.click()
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.context.path === '00_start_here.ipynb'")
    target = page.locator(f".jp-RenderedMarkdown [data-jupyter-id='{heading}']").last
    expect(target).to_be_attached()
    # JupyterLab scrolls to a heading only in a notebook that is open already; lesson 00 says to click again.
    page.evaluate("(id) => window.jupyterapp.shell.activateById(id)", lesson)
    link.click()
    expect(target).to_be_in_viewport()
