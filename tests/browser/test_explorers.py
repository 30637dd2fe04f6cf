"""What lesson 03 does not show of the explorers: Python's side, failing callbacks, pictures, stills."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.jupyterlab import run_code, value_of, write_notebook

CELLS = [
    "import math, time\nfrom course_lib import explore",
    "tangent = explore.tangent('sigmoid', x=1.2)\ntangent",
    "own = explore.tangent(lambda x: math.tanh(x) if x > 0 else 0.0, low=-3, high=3)\nown",
    "experiment = explore.logistic_regression()\nexperiment",
    "explore.derivation('sigmoid')",
    "steps = explore.derivation('sigmoid/quotient')\nsteps",
    "explore.question('03_sigmoid/find_the_slip')",
    "from course_lib.explorers.figure import new_figure\nfigure, (axes,) = new_figure(4, 2)\n"
    "_ = axes.plot([0, 1], [0, 2])\n"
    "explore.picture(figure, 'a line with slope 2', table={'x': [0, 1], 'y': [0.0, 2.0]})",
]


@pytest.fixture(scope="module")
def page(run_notebook, server) -> Page:
    path: Path = server[1] / "workbench.ipynb"
    write_notebook(path, CELLS)
    return run_notebook(path)


def test_python_moves_the_picture(page, tangent_view):
    view = tangent_view(page)
    run_code(page, "tangent.x = -3.0")
    expect(view.readout).to_contain_text("x = −3.00")
    slope, _ = view.drawn_line()
    assert slope == pytest.approx(0.045176659730912, rel=1e-6)


def until_python_has(page, x):
    for _ in range(100):
        if value_of(page, f"abs(tangent.x - {x}) < 1e-9"):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Python has not heard of x = {x}")


def test_python_hears_of_a_movement_when_the_hand_rests(page, tangent_view):
    view = tangent_view(page)
    view.go(0)
    until_python_has(page, 0)
    run_code(page, "heard = []\ntangent.observe(lambda change: heard.append(change.new), 'x')")
    view.slider.evaluate(
        "(slider) => { window.moves = []; slider.oninput = () => window.moves.push(performance.now()); }"
    )
    view.slider.focus()
    for _ in range(20):
        page.keyboard.down("ArrowRight")
        page.wait_for_timeout(20)
    page.keyboard.up("ArrowRight")
    until_python_has(page, 0.4)
    moves = page.evaluate("window.moves")
    assert len(moves) == 20
    # On a busy machine keys may come so late that the hand has rested in between: after 150 ms, by the page's clock.
    rests = sum(later - earlier > 100 for earlier, later in pairwise(moves))
    assert 1 <= value_of(page, "len(heard)") <= 1 + rests
    run_code(page, "tangent.unobserve_all('x')")


def keep_busy(page, seconds):
    page.evaluate(
        """(code) => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            window.busy = kernel.requestExecute({ code });
        }""",
        f"time.sleep({seconds})",
    )


def is_busy(page):
    return page.evaluate("() => Promise.race([window.busy.done.then(() => false), true])")


def test_the_picture_moves_while_the_kernel_is_busy(page, tangent_view):
    view = tangent_view(page)
    view.go(0)
    page.wait_for_timeout(400)
    keep_busy(page, 1.5)
    view.slider.focus()
    page.keyboard.press("PageUp")
    assert view.numbers()[0] == pytest.approx(1.6)
    assert is_busy(page), "the kernel was idle, so nothing was shown"
    page.evaluate("() => window.busy.done.then(() => true)")


def test_typing_is_not_interrupted(page, tangent_view):
    view = tangent_view(page)
    view.go(3)
    view.root.locator("input[type=number]").fill("0.50")
    page.wait_for_timeout(400)  # meanwhile the kernel hears of the 3
    page.keyboard.press("Enter")
    assert view.x == pytest.approx(0.5)


def test_a_failing_callback_says_one_sentence(page, tangent_view):
    view = tangent_view(page)
    problem = view.root.locator(".problem")
    expect(problem).to_be_hidden()
    run_code(page, "def on_move(change):\n    return 1 / 0\ntangent.observe(on_move, 'x')")
    view.go(2)
    expect(problem).to_have_text("on_move stopped at its line 2 with ZeroDivisionError: division by zero")
    run_code(page, "tangent.unobserve_all('x')")
    view.go(3)
    expect(problem).to_be_hidden()


def test_a_failing_experiment_says_one_sentence(page):
    experiment = page.locator(".course-experiment")
    slider = experiment.locator("input[type=range]")
    run_code(
        page,
        "def broken(**values):\n    raise FloatingPointError('the loss is not a number')\n"
        "working, experiment._drawing.update = experiment._drawing.update, broken",
    )
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(experiment.locator(".problem")).to_contain_text("FloatingPointError: the loss is not a number")
    run_code(page, "experiment._drawing.update = working")
    page.keyboard.press("ArrowRight")
    expect(experiment.locator(".problem")).to_be_hidden()


def test_python_moves_the_experiment_and_the_stepper(page):
    run_code(page, "experiment.rate = 10.0\nsteps.shown = 3")
    expect(page.locator(".course-experiment .readout")).to_contain_text("learning rate 10.0")
    assert float(page.locator(".course-experiment input[type=range]").input_value()) == pytest.approx(1.0)
    expect(page.locator(".course-derivation").nth(1).locator("ol.derivation > li")).to_have_count(3)


def test_another_derivation_begins_at_its_first_line(page):
    stepper = page.locator(".course-derivation").first
    stepper.get_by_role("button", name="Show all").click()
    lines = stepper.locator("ol.derivation > li")
    assert lines.count() > 5
    stepper.get_by_label("Derivation").select_option("The symmetric form")
    expect(lines).to_have_count(1)
    expect(stepper.locator(".note").first).to_contain_text("the slope is the same on both sides of 0")


def test_a_function_of_ones_own_is_drawn(page):
    own = page.locator(".course-tangent").nth(1)
    own.scroll_into_view_if_needed()
    expect(own.get_by_role("img")).to_have_accessible_name(re.compile("^f, its derivative"))
    assert own.locator("path.curve").count() == 2
    expect(own.locator(".label.function")).to_have_text("f")


def test_a_picture_has_words_and_numbers(page):
    picture = page.locator(".course-picture")
    image = picture.get_by_role("img", name="a line with slope 2")
    image.scroll_into_view_if_needed()
    assert image.evaluate("(node) => node.complete && node.naturalWidth > 0")
    picture.get_by_text("Numbers as a table").click()
    expect(picture.locator("tbody tr").nth(1)).to_have_text("12.00")


def test_readable_at_twice_the_size(page, artefacts):
    page.set_viewport_size({"width": 640, "height": 500})  # what 200 % zoom leaves of 1280 by 1000
    view = page.locator(".course-tangent").first
    view.scroll_into_view_if_needed()
    assert view.evaluate("(node) => node.scrollWidth <= node.clientWidth"), "nothing sticks out sideways"
    view.screenshot(path=artefacts / "tangent-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_nothing_for_axe_to_find(page, accessible):
    accessible(page)
