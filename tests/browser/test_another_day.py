"""`course lab` on two days: what the learner finds again, and the terminal that knows the course."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course_lib.explorers.question import questions


@contextmanager
def a_day_with(course: Path, chromium: Browser, home: Path) -> Iterator[Page]:
    """Start `course lab` as a learner does, open lesson 00, and end it with Ctrl-C."""
    environment = {**os.environ, "PYTHONPATH": str(course), "HOME": str(home), "SHELL": "/bin/bash"}
    server = subprocess.Popen(
        [sys.executable, "-m", "course_lib", "lab", "--no-browser"],
        cwd=course,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    try:
        assert server.stdout is not None
        address = next(line.split()[1] for line in server.stdout if line.startswith("Open "))
        page.goto(address)
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
        yield page
    finally:
        page.close()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0
        if server.stdout is not None:
            server.stdout.close()


def first_question(page: Page) -> Locator:
    question = page.locator(".course-question").first
    question.scroll_into_view_if_needed(timeout=30_000)
    return question


def answer_rightly_then_try_the_rest(page: Page) -> None:
    """Choose the right option of the first question, then all others, as who wants to know them all."""
    question = first_question(page)
    asked = question.locator(".ask").inner_text()
    options = next(text.options for text in questions().values() if text.ask == asked)
    for option in sorted(options, key=lambda option: not option.right):
        question.get_by_role("button", name=option.text, exact=True).click()
    expect(question.locator(".feedback.right")).to_contain_text("Right.")
    expect(question.locator(".feedback").nth(1)).to_contain_text("Not this one.")


def save(page: Page) -> None:
    page.locator(".jp-MarkdownOutput p").first.click()  # an explorer keeps all keys to itself
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0, timeout=10_000)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent differently there")
def test_an_explorer_still_moves_on_another_day(course: Path, chromium: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with a_day_with(course, chromium, home) as page:
        assert page.locator(".jp-OutputArea-output").count() == 0  # nothing is answered before it is asked
        page.locator(".jp-Notebook").click()
        for name in ("Run", "Run All Cells"):
            page.get_by_role("menuitem", name=name, exact=True).first.click()
        expect(page.get_by_text("square_derivative: not attempted yet.")).to_be_visible(timeout=30_000)
        answer_rightly_then_try_the_rest(page)
        save(page)
    with a_day_with(course, chromium, home) as page:
        slider = page.locator(".course-tangent input[type=range]")
        slider.scroll_into_view_if_needed(timeout=30_000)
        slider.focus()
        page.keyboard.press("End")
        expect(page.locator(".course-tangent .readout")).to_have_text("x = 3.00, value 9.00, slope 6.00")
        assert page.get_by_text("model not found").count() == 0
        save(page)  # without having run a cell
    with a_day_with(course, chromium, home) as page:
        slider = page.locator(".course-tangent input[type=range]")
        slider.scroll_into_view_if_needed(timeout=30_000)
        slider.focus()
        page.keyboard.press("End")
        expect(page.locator(".course-tangent .readout")).to_have_text("x = 3.00, value 9.00, slope 6.00")
        assert page.get_by_text("model not found").count() == 0
        question = first_question(page)
        expect(question.locator(".feedback.right")).to_contain_text("Right.")
        expect(question.locator(".feedback").nth(1)).to_contain_text("Not this one.")
        assert question.locator(".mark:not(:empty)").count() == question.locator(".options button").count()
        page.get_by_role("menuitem", name="File", exact=True).click()
        menu = page.locator(".lm-Menu")
        menu.get_by_text("New", exact=True).hover()
        menu.get_by_text("Terminal", exact=True).click()
        page.locator(".jp-Terminal").click()
        page.wait_for_timeout(1500)  # until the shell listens
        told = home / "progress.txt"
        page.keyboard.type(f"course progress > '{told}'\n")
        for _ in range(100):
            if told.exists() and "square_derivative" in told.read_text():
                return
            page.wait_for_timeout(100)
        pytest.fail("the terminal does not know the command course")
