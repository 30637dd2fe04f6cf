"""Lesson 03 in a real JupyterLab in a real Chromium, as a learner works through it."""

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.jupyterlab import set_theme, texts_of
from course_lib import DERIVATIONS

LESSON = Path(__file__).parents[2] / "notebooks" / "03_sigmoid.ipynb"


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def slope(x):
    return sigmoid(x) * sigmoid(-x)


@pytest.fixture(scope="module")
def page(run_notebook) -> Page:
    page = run_notebook(LESSON)
    # An error in a cell or a widget would be shown where its output belongs.
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    return page


@pytest.fixture
def tangent(page, tangent_view):
    view = tangent_view(page)
    view.go(0)
    return view


def assert_shows(view, x):
    """The picture, the read-out and what a screen reader says are those of `x`."""
    drawn_slope, height = view.drawn_line()
    assert view.x == pytest.approx(x, abs=1e-9)
    assert drawn_slope == pytest.approx(slope(x), rel=1e-6)
    assert height == pytest.approx(sigmoid(x), abs=1e-6)
    assert view.numbers() == pytest.approx([x, sigmoid(x), slope(x)], rel=5e-3, abs=1e-9)
    said = view.slider.get_attribute("aria-valuetext").replace("−", "-")
    assert said.startswith(f"x = {x:.2f}, slope ")
    assert float(said.rsplit(" ", 1)[1]) == pytest.approx(slope(x), rel=5e-3)


def test_keys_move_the_tangent(tangent, artefacts):
    assert_shows(tangent, 0.0)
    tangent.slider.focus()
    cells = tangent.page.locator(".jp-Cell").count()
    for key, x in [("ArrowRight", 0.02), ("ArrowUp", 0.04), ("ArrowLeft", 0.02), ("PageUp", 1.62),
                   ("End", 8.0), ("PageDown", 6.4), ("Home", -8.0)]:  # fmt: skip
        tangent.page.keyboard.press(key)
        assert_shows(tangent, x)
    tangent.page.keyboard.press("b")  # a shortcut of the notebook: would insert a cell
    assert tangent.page.locator(".jp-Cell").count() == cells
    assert tangent.slider.evaluate("(node) => node === document.activeElement")
    tangent.go(1.2)
    tangent.root.screenshot(path=artefacts / "tangent-light.png")


def test_dragging_moves_the_tangent(tangent):
    box = tangent.slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    mouse = tangent.page.mouse
    mouse.move(box["x"] + box["width"] / 2, middle)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.6, middle, steps=8)
    mouse.move(box["x"] + box["width"] * 0.7, middle, steps=8)
    mouse.up()
    assert tangent.x == pytest.approx(-8 + 16 * 0.7, abs=0.2)
    assert_shows(tangent, tangent.x)


def test_after_a_held_key_the_picture_is_the_last_value(tangent):
    tangent.slider.focus()
    presses = 0
    for _ in range(60):  # two seconds of a keyboard's repetition: 30 keydown events a second
        tangent.page.keyboard.down("ArrowRight")  # repeated calls send repeated keydown events
        presses += 1
        tangent.page.wait_for_timeout(33)
    tangent.page.keyboard.up("ArrowRight")
    assert_shows(tangent, round(0.02 * presses, 2))


def test_number_box_rounds_and_stays_inside(tangent):
    for typed, x in [(1.763, 1.76), (-2.5, -2.5), (99, 8.0)]:
        tangent.go(typed)
        assert_shows(tangent, x)
        assert float(tangent.root.locator("input[type=number]").input_value()) == x


@pytest.mark.parametrize(
    ("quest", "wrong", "told", "right", "confirmed"),
    [
        ("steepest", 2.0, "too small", 0.0, "0.250"),
        ("half_slope", 1.0, "too large", -1.76, "1.763"),
        ("half_slope", 3.0, "too small", 1.76, "1.763"),
        ("flat", 3.0, "too large", 6.0, "5.986"),
        ("flat", 7.0, "smaller", -6.0, "5.986"),
    ],
)
def test_quests_answer_wrong_and_right_positions(tangent, quest, wrong, told, right, confirmed):
    item = tangent.root.locator(f"[data-quest={quest}]")
    tangent.go(wrong)
    item.get_by_role("button").click()
    expect(item.locator(".feedback")).to_contain_text(told)
    assert confirmed not in item.inner_text(), "the answer was given away"
    tangent.go(right)
    item.get_by_role("button").click()
    expect(item.locator(".feedback")).to_contain_text("Right")
    expect(item.locator(".feedback")).to_contain_text(confirmed)


def test_numbers_are_one_click_away(tangent):
    tangent.root.get_by_text("Numbers as a table").click()
    rows = texts_of(tangent.root.locator("tbody tr"))
    assert len(rows) == 17
    for row in rows:
        x, value, steep = (float(cell) for cell in row.replace("−", "-").split())
        assert [value, steep] == pytest.approx([sigmoid(x), slope(x)], rel=5e-3)
    tangent.root.get_by_text("Numbers as a table").click()


def test_derivation_line_by_line(page, artefacts):
    stepper = page.locator(".course-derivation").first
    stepper.scroll_into_view_if_needed()
    lines = stepper.locator("ol.derivation > li")
    expect(lines).to_have_count(1)
    expect(stepper.get_by_role("button", name="Previous")).to_be_disabled()

    rules = stepper.get_by_label("Which rule makes the next line?")
    feedback = stepper.locator(".feedback")
    offered = [text for text in rules.locator("option").all_inner_texts() if text != "choose …"]
    assert offered == sorted(offered)
    rules.select_option("chain rule")
    stepper.get_by_role("button", name="Check the rule").click()
    expect(feedback).to_contain_text("Not “chain rule” this time: the course goes on by another rule.")
    expect(lines).to_have_count(1)
    rules.select_option("definition")
    stepper.get_by_role("button", name="Check the rule").press("Enter")
    expect(feedback).to_have_text("Right: definition.")
    expect(lines).to_have_count(2)
    expect(rules).to_have_value("")
    expect(lines.nth(1)).to_contain_text("definition")
    expect(stepper.locator("[role=status].only-spoken")).to_contain_text("one plus e to the minus x")
    stepper.get_by_role("button", name="Next").press("Enter")
    expect(feedback).to_be_hidden()
    expect(lines.nth(2).locator(".why b")).to_have_text("chain rule")
    assert lines.nth(2).locator("math").count() >= 1
    stepper.screenshot(path=artefacts / "derivation-light.png")
    stepper.get_by_role("button", name="Previous").click()
    expect(lines).to_have_count(2)

    stepper.get_by_role("button", name="Show all").click()
    expect(stepper.get_by_role("button", name="Next")).to_be_disabled()
    expect(stepper.locator(".guess")).to_be_hidden()
    expect(lines).to_have_count(len(DERIVATIONS["sigmoid/chain"].steps))

    count, rule = lines.count(), lines.last.locator(".why b").inner_text()
    stepper.get_by_role("button", name="Previous").click()
    expect(lines).to_have_count(count - 1)
    rules.select_option(rule)
    stepper.get_by_role("button", name="Check the rule").press("Enter")
    expect(lines).to_have_count(count)
    expect(stepper.locator(".guess")).to_be_hidden()
    expect(feedback).to_have_text(f"Right: {rule}.")
    expect(stepper.get_by_role("button", name="Previous")).to_be_focused()


def test_what_the_names_stand_for_is_one_list(page, artefacts):
    stepper = page.locator(".course-derivation").filter(has_text="as a fraction").first
    stepper.get_by_role("button", name="Show all").click()
    names = stepper.locator(".why:has(.where)").nth(1)
    expect(names.locator(".where")).to_have_count(4)
    shown = names.evaluate("""(node) => {
        const copy = node.cloneNode(true);
        copy.querySelectorAll(".only-spoken").forEach((words) => words.remove());
        return copy.textContent;
    }""")
    assert "with u=1, u′=0, v=" in shown
    assert ", v′=" in shown
    assert shown.count("with u") == 1
    stepper.screenshot(path=artefacts / "derivation-names.png")


def test_question_answers_every_option(page, artefacts):
    question = page.locator(".course-question").filter(has_text="how large can the slope").first
    question.scroll_into_view_if_needed()
    feedback = question.locator(".feedback:visible")
    expect(feedback).to_have_count(0)
    for text, verdict in [("1", "Not yet"), ("1/2", "Not yet"), ("1/e", "Not yet"), ("1/4", "Right")]:
        question.get_by_role("button", name=text, exact=True).click()
        expect(feedback).to_contain_text(verdict)
        assert len(feedback.inner_text()) > 40, "every option says what it would mean"

    explanation = feedback.inner_text()
    question.get_by_role("button", name="1/e", exact=True).click()
    expect(feedback).to_have_text([explanation, re.compile("^Not this one. A fair guess")])
    expect(question.get_by_role("listitem").filter(has_text="1/4")).to_contain_text("✓ right")
    question.screenshot(path=artefacts / "question-light.png")

    # A button keeps letters and arrows for itself, but saving is the notebook's.
    dirty = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
    assert page.evaluate(dirty)
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    assert question.get_by_role("button", name="1/e", exact=True).get_attribute("data-lm-suppress-shortcuts") == "true"


def test_logistic_regression_follows_the_learning_rate(page, artefacts):
    experiment = page.locator(".course-experiment").first
    slider = experiment.locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    readout = experiment.locator(".readout")
    picture = experiment.locator("img")
    before, first = readout.inner_text(), picture.get_attribute("src")
    slider.focus()
    for _ in range(40):
        page.keyboard.down("ArrowRight")
        page.wait_for_timeout(30)
    page.keyboard.up("ArrowRight")
    rate = 10 ** float(slider.input_value())
    expect(readout).to_contain_text(f"learning rate {rate:#.3g}".rstrip("."), timeout=3000)
    assert readout.inner_text() != before
    assert picture.get_attribute("src") != first
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
    expect(experiment.locator(".problem")).to_be_hidden()
    page.wait_for_timeout(600)  # words and table follow when the hand rests
    assert "569 tumours" in picture.get_attribute("alt")
    experiment.get_by_text("Numbers as a table").click()
    assert experiment.locator("tbody tr").count() == 11
    experiment.screenshot(path=artefacts / "experiment-light.png")


def test_nothing_for_axe_to_find(page, accessible):
    accessible(page)


def test_dark_theme_is_looked_at(page, artefacts):
    set_theme(page, "Dark")
    for kind in ("tangent", "derivation", "question", "experiment"):
        explorer = page.locator(f".course-{kind}").first
        explorer.scroll_into_view_if_needed()
        explorer.screenshot(path=artefacts / f"{kind}-dark.png")
    title = page.locator(".course-tangent .title").first
    red, green, blue = (int(part) for part in re.findall(r"\d+", title.evaluate("(e) => getComputedStyle(e).color")))
    assert min(red, green, blue) > 180, "the letters are light in the dark theme"
