"""The next line of a derivation, typed by a learner in a real JupyterLab: wrong, unreadable, equal, right."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from benchmarks.jupyterlab import run_code, set_theme, value_of, write_notebook

#: ms after which the page says that the kernel does not answer, and some more.
PATIENCE = 2500
CELLS = [
    "import time\nfrom course_lib import explore",
    "steps = explore.derivation('sigmoid')\nsteps",
    "explore.derivation('slopes/central_error')",
    "short = explore.derivation('sigmoid/symmetric')\nshort",
    "explore.derivation('slopes/square')",
]


@pytest.fixture(scope="module")
def page(run_notebook, server) -> Page:
    path: Path = server[1] / "derive.ipynb"
    write_notebook(path, CELLS)
    return run_notebook(path)


@pytest.fixture
def stepper(page: Page) -> Locator:
    run_code(page, "steps.key, steps.shown = 'sigmoid/quotient', 2\nsteps.shown = short.shown = 1")
    found = page.locator(".course-derivation").first
    expect(lines(found)).to_have_count(1)
    expect(feedback(found)).to_be_hidden()  # so that no test takes for an answer what was said in the one before
    field(found).scroll_into_view_if_needed()
    field(found).fill("")
    return found


def lines(stepper: Locator) -> Locator:
    return stepper.locator("ol.derivation > li")


def field(stepper: Locator) -> Locator:
    return stepper.get_by_label("Or type the next line")


def feedback(stepper: Locator) -> Locator:
    return stepper.locator(".feedback")


def enter(stepper: Locator, line: str) -> None:
    """Type a line with the keyboard, in place of what is in the field."""
    field(stepper).focus()
    stepper.page.keyboard.press("Escape")
    stepper.page.keyboard.type(line)
    stepper.page.keyboard.press("Enter")


def wait_until_the_kernel_knows(page: Page, name: str, value: object) -> None:
    for _ in range(200):
        if value_of(page, name) == value:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the kernel does not hear that {name} is {value}")


def test_a_wrong_line_is_answered_with_one_point(stepper, page):
    enter(stepper, "s*(1+s)")
    expect(feedback(stepper)).to_contain_text("Not equal: at x = 1 the line before is 0.19661, yours is 1.2655.")
    expect(feedback(stepper).locator("math")).to_have_count(1)
    expect(feedback(stepper).locator(".only-spoken")).to_have_text("s times the quantity one plus s, end of quantity")
    expect(lines(stepper)).to_have_count(1)
    expect(field(stepper)).to_have_value("s*(1+s)")
    expect(field(stepper)).to_be_focused()
    assert value_of(page, "(steps.typed, steps.verdict['kind'])") == ("s*(1+s)", "not_equal")


def test_an_unreadable_line_is_marked_at_its_place(stepper, artefacts):
    enter(stepper, "σ(x)*(1-2x)")
    expect(feedback(stepper)).to_contain_text("Character 10: A sign is missing here; for a product write 2*x.")
    typed, caret = feedback(stepper).locator("pre").inner_text().split("\n")[:2]
    assert typed == "σ(x)*(1-2x)"
    assert typed[caret.index("^")] == "x"
    stepper.screenshot(path=artefacts / "derive-unreadable.png")
    field(stepper).press("Escape")
    expect(field(stepper)).to_have_value("")
    expect(field(stepper)).to_be_focused()


def test_an_equal_line_reveals_nothing(stepper):
    enter(stepper, "s*σ(-x)")
    expect(feedback(stepper)).to_contain_text("Equal to the line before, but not the course's next line.")
    expect(feedback(stepper)).to_have_class("feedback right")
    expect(lines(stepper)).to_have_count(1)


def test_the_result_is_recognised_at_once(stepper):
    enter(stepper, "s*(1-s)")
    expect(feedback(stepper)).to_contain_text("Equal to the line before, and already the result.")
    expect(lines(stepper)).to_have_count(1)


def test_from_the_first_line_to_the_result_by_keyboard_alone(stepper, page, artefacts):
    typed = [
        "D(1/(1+e^-x))",
        "(D(1)*(1+e^-x) - 1*D(1+e^-x)) / (1+e^-x)^2",
        "(0*(1+e^-x) - 1*(-e^-x)) / (1+e^-x)^2",
        "e^-x/(1+e^-x)^2",
        "(1+exp(-x)-1)/(1+exp(-x))**2",
        "(1+e^-x)/(1+e^-x)² − 1/(1+e^-x)²",
        "1/(1+e^-x) - (1/(1+e^-x))^2",
        "s - s²",
    ]
    for number, line in enumerate(typed, 2):
        enter(stepper, line)
        expect(lines(stepper)).to_have_count(number)
        expect(feedback(stepper)).to_contain_text("Right: this is also the course's next line.")
        expect(field(stepper)).to_have_value("")
        expect(field(stepper)).to_be_focused()
    stepper.screenshot(path=artefacts / "derive-light.png")
    enter(stepper, "s*(1-s)")
    expect(lines(stepper)).to_have_count(10)
    expect(feedback(stepper)).to_contain_text("Right: this is the result.")
    expect(field(stepper)).to_be_hidden()
    expect(stepper.get_by_role("button", name="Previous")).to_be_focused()
    assert value_of(page, "steps.shown") == 10


def test_the_button_checks_as_well(stepper):
    field(stepper).fill("2*s")
    stepper.get_by_role("button", name="Check my line").click()
    expect(feedback(stepper)).to_contain_text("Not equal")


def test_what_was_said_goes_when_another_line_is_revealed(stepper, page):
    enter(stepper, "2*s")
    expect(feedback(stepper)).to_contain_text("Not equal")
    stepper.get_by_role("button", name="Next").click()
    expect(feedback(stepper)).to_be_hidden()
    enter(stepper, "3*s")
    expect(feedback(stepper)).to_contain_text("Not equal")
    stepper.get_by_label("Derivation").select_option("By the chain rule")
    expect(feedback(stepper)).to_be_hidden()
    wait_until_the_kernel_knows(page, "steps.key", "sigmoid/chain")  # or the choice undoes what the next test asks for


def test_naming_the_rule_and_typing_the_line_answer_in_one_place(stepper):
    rules = stepper.get_by_label("Which rule makes the next line?")
    enter(stepper, "2*s")
    expect(feedback(stepper)).to_contain_text("Not equal")
    rules.select_option("quotient rule")
    stepper.get_by_role("button", name="Check the rule").click()
    expect(feedback(stepper)).to_contain_text("Not “quotient rule” this time")
    expect(feedback(stepper)).not_to_contain_text("Not equal")
    rules.select_option("factor out")
    stepper.get_by_role("button", name="Check the rule").click()
    expect(feedback(stepper)).to_contain_text("Not “factor out” this time")
    enter(stepper, "2*s")
    expect(feedback(stepper)).to_contain_text("Not equal")
    rules.select_option("definition")
    stepper.get_by_role("button", name="Check the rule").press("Enter")
    expect(feedback(stepper)).to_have_text("Right: definition.")
    expect(lines(stepper)).to_have_count(2)


def test_a_limit_is_typed_as_the_names_say(page, artefacts):
    square = page.locator(".course-derivation").nth(3)
    square.scroll_into_view_if_needed()
    names = square.locator(".help code")
    expect(names).to_have_text(["x", "D(formula)", "lim(formula, h)", "D(x**2)"])
    expect(square.locator(".help")).to_contain_text("lim(formula, h) for h → 0. The line above")
    enter(square, "lim(((x+h)^2-x^2)/h)")
    expect(feedback(square)).to_contain_text("write lim(formula, h), which means h → 0.")
    square.screenshot(path=artefacts / "derive-names.png")
    enter(square, "lim(((x+h)^2-x^2)/h, h)")
    expect(lines(square)).to_have_count(2)


def test_brackets_grow_with_what_is_in_them_and_not_with_their_neighbours(stepper, page):
    run_code(page, "steps.shown = 8")

    def heights(brackets: str) -> list[float]:
        return stepper.locator(f".formula mo:text-is('{brackets}')").evaluate_all(
            "(found) => found.map((node) => node.getBoundingClientRect().height)"
        )

    expect(lines(stepper)).to_have_count(8)
    grown = heights("[") + heights("(")
    assert max(grown) > 1.5 * min(grown)


def test_no_key_reaches_the_notebook(stepper, page):
    cells = page.locator(".jp-Cell").count()
    field(stepper).focus()
    for key in ("a", "b", "x", "d", "d", "z", "m", "y", "0", "0", "ArrowUp", "ArrowDown", "Shift+Enter", "Control+a"):
        page.keyboard.press(key)
        expect(field(stepper)).to_be_focused()
    assert page.locator(".jp-Cell").count() == cells
    page.keyboard.type("x")
    expect(field(stepper)).to_have_value("x")


def test_what_looks_like_markup_is_text(stepper, page):
    enter(stepper, "<img src=x onerror=document.title='no'>")
    expect(feedback(stepper)).to_contain_text("Character 1: < is not used in formulas; leave it out.")
    expect(feedback(stepper).locator("img")).to_have_count(0)
    assert page.title() != "no"


def test_each_stepper_speaks_for_itself(stepper, page):
    other = page.locator(".course-derivation").nth(2)
    enter(stepper, "2*s")
    expect(feedback(stepper)).to_contain_text("Not equal")
    expect(feedback(other)).to_be_hidden()
    enter(other, "s*s")
    expect(feedback(other)).to_contain_text("Not equal")


def test_python_may_ask_too(stepper, page):
    run_code(page, "steps.check('D(1/(1+e^-x))')")
    expect(lines(stepper)).to_have_count(2)
    expect(feedback(stepper)).to_contain_text("Right: this is also the course's next line.")


def keep_busy(page: Page, seconds: float) -> None:
    """Let the kernel do something else for so long."""
    page.evaluate(
        """(seconds) => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({ code: `time.sleep(${seconds})` }); }""",
        seconds,
    )


def test_an_answer_that_comes_when_the_page_has_gone_on_is_not_shown(stepper, page):
    keep_busy(page, 4)
    enter(stepper, "2*s")
    stepper.get_by_role("button", name="Next").click()
    page.wait_for_timeout(PATIENCE)
    expect(feedback(stepper)).to_be_hidden()  # nor is it said that the kernel does not answer
    wait_until_the_kernel_knows(page, "steps.shown", 2)  # which it hears after the question
    expect(feedback(stepper)).to_be_hidden()
    enter(stepper, "3*s")
    expect(feedback(stepper)).to_contain_text("Not equal")


def test_a_busy_kernel_answers_later(stepper, page):
    keep_busy(page, 4)
    enter(stepper, "2*s")
    expect(feedback(stepper)).to_contain_text("The kernel does not answer. Is it busy?", timeout=3500)
    expect(feedback(stepper)).to_contain_text("Not equal", timeout=8000)


@pytest.mark.parametrize("theme", ["Dark", "Light"])
def test_axe_finds_nothing_in_either_theme(stepper, page, artefacts, theme):
    page.add_style_tag(content="body { height: 100vh; }")  # else axe takes all in it for hidden
    set_theme(page, theme)
    for number, line in enumerate(["2*s", "2x", "s*σ(-x)"]):
        enter(stepper, line)
        expect(feedback(stepper)).to_contain_text(["Not equal", "Character 2", "Equal"][number])
        stepper.evaluate("(node) => node.setAttribute('data-axe', 'derive')")
        stepper.scroll_into_view_if_needed()
        results = Axe().run(page, context="[data-axe=derive]", options={})
        assert results.violations_count == 0, results.generate_report()
        seen = {rule["id"]: len(rule["nodes"]) for rule in results.response["passes"]}
        assert seen.get("color-contrast", 0) >= 8, f"axe saw next to nothing: {seen}"
        stepper.screenshot(path=artefacts / f"derive-{theme.lower()}-{number}.png")


def test_readable_at_twice_the_size(stepper, page, artefacts):
    page.set_viewport_size({"width": 640, "height": 500})  # what 200 % zoom leaves of 1280 by 1000
    enter(stepper, "(1+exp(-x)-1)/(1+exp(-x))**2 + 2x")
    expect(feedback(stepper)).to_contain_text("Character 33")
    assert stepper.evaluate("(node) => node.scrollWidth <= node.clientWidth"), "nothing sticks out sideways"
    stepper.screenshot(path=artefacts / "derive-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_a_line_wider_than_the_page_is_scrolled_by_keyboard(page):
    long = page.locator(".course-derivation").nth(1)
    long.get_by_role("button", name="Show all").click()
    line = long.locator(".scroll").nth(1)
    line.scroll_into_view_if_needed()
    expect(line).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 640, "height": 500})
    expect(line).to_have_attribute("tabindex", "0")
    assert long.evaluate("(node) => node.scrollWidth <= node.clientWidth"), "nothing sticks out sideways"
    line.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("(node) => node.scrollLeft > 50", arg=line.element_handle())
    long.evaluate("(node) => node.setAttribute('data-axe', 'long')")
    assert Axe().run(page, context="[data-axe=long]", options={}).violations_count == 0
    page.set_viewport_size({"width": 1280, "height": 1000})
    expect(line).not_to_have_attribute("tabindex", "0")


def test_without_a_kernel_the_page_says_so(stepper, page):
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    enter(stepper, "2*s")
    expect(feedback(stepper)).to_contain_text("The kernel does not answer", timeout=4000)
    stepper.get_by_role("button", name="Next").click()
    expect(lines(stepper)).to_have_count(2)
    expect(feedback(stepper)).to_be_hidden()
