"""secant, kink and compare: every control moved by hand, and what is shown checked against plain mathematics."""

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.jupyterlab import run_code, set_theme, texts_of, value_of, write_notebook

KINDS = ("secant", "kink", "compare")
#: Milliseconds after which the kernel has heard of a movement; tables follow it a little later.
LET_REST = 200
CELLS = [
    "import math, time\nfrom course_lib import explore",
    "secant = explore.secant('tanh')\nsecant",
    "kink = explore.kink('relu')\nkink",
    "compare = explore.compare('sigmoid', 'tanh', quests='same_slope')\ncompare",
    "root = explore.secant(math.sqrt, low=0.3, high=4)\nroot",
    "six = explore.kink('relu6', x=6)\nsix",
]


@pytest.fixture(scope="module")
def page(run_notebook, server) -> Page:
    path: Path = server[1] / "curves.ipynb"
    write_notebook(path, CELLS)
    return run_notebook(path)


class Drawing:
    """One <svg> of an explorer, read back in the units of its axes."""

    def __init__(self, svg):
        self.svg = svg
        self.log = svg.get_attribute("data-log")
        self._ends = {axis: self._numbers(f"data-{axis}") for axis in "xy"}
        frame = self._numbers("data-frame")
        self._frame = {"x": frame[:2], "y": frame[2:]}

    def _numbers(self, attribute):
        return [float(number) for number in self.svg.get_attribute(attribute).split()]

    def _to_data(self, axis, pixel):
        (low, high), (first, last) = self._ends[axis], self._frame[axis]
        share = (pixel - first) / (last - first)
        return low * (high / low) ** share if axis in self.log else low + share * (high - low)

    def line(self, selector):
        """Slope of a straight line, and a function that gives its height at x."""
        node = self.svg.locator(selector)
        (x0, y0), (x1, y1) = (
            tuple(self._to_data(axis, float(node.get_attribute(f"{axis}{end}"))) for axis in "xy") for end in (1, 2)
        )
        slope = (y1 - y0) / (x1 - x0)
        return slope, lambda x: y0 + slope * (x - x0)

    def points(self, selector):
        """The places of all points that can be seen."""
        places = []
        for node in self.svg.locator(selector).all():
            if node.is_visible():
                x, y = re.findall(r"-?\d[-\d.e]*", node.get_attribute("transform"))
                places.append((self._to_data("x", float(x)), self._to_data("y", float(y))))
        return places

    def path(self, selector):
        """The points of a curve."""
        numbers = re.findall(r"[ML](\S+) ([^ML]+)", self.svg.locator(selector).get_attribute("d"))
        return [(self._to_data("x", float(x)), self._to_data("y", float(y))) for x, y in numbers]


class View:
    """An explorer as a learner sees it."""

    def __init__(self, page, kind, number=0):
        self.page = page
        self.root = page.locator(f".course-{kind}").nth(number)
        self.readout = self.root.locator(".readout")
        self.root.scroll_into_view_if_needed()

    def slider(self, label):
        return self.root.get_by_label(label, exact=True)

    def go(self, label, value):
        box = self.root.get_by_label(f"{label}, as a number")
        box.fill(str(value))
        box.press("Enter")

    def drawing(self, number=0):
        return Drawing(self.root.locator("svg[role=img]:visible").nth(number))

    def number(self, words):
        """The number that follows some words in the read-out."""
        text = self.readout.inner_text().replace("−", "-")
        return float(re.search(rf"\b{words}\s+([-\d.e]+)", text)[1])

    def press(self, label, *keys):
        self.slider(label).focus()
        for key in keys:
            self.page.keyboard.press(key)


def tanh_secant(x, h, rule):
    if rule == "forward":
        return (math.tanh(x + h) - math.tanh(x)) / h
    return (math.tanh(x + h) - math.tanh(x - h)) / (2 * h)


def assert_secant_shows(view, x, h, rule="forward"):
    secant, slope = tanh_secant(x, h, rule), 1 / math.cosh(x) ** 2
    noise = 3e-16 / h
    assert view.number("x =") == pytest.approx(x)
    assert view.number("h =") == pytest.approx(h)
    assert view.number("secant slope") == pytest.approx(secant, rel=1e-6, abs=noise)
    assert view.number(r"(?<!secant )slope") == pytest.approx(slope, rel=1e-6)
    assert view.number("error") == pytest.approx(abs(secant - slope), rel=0.06, abs=noise)
    drawn, height = view.drawing().line("line.secant")
    assert drawn == pytest.approx(secant, abs=1e-3 + noise)
    assert height(x + h) == pytest.approx(math.tanh(x + h), abs=5e-3)
    first = x if rule == "forward" else x - h
    assert height(first) == pytest.approx(math.tanh(first), abs=5e-3)
    drawn, height = view.drawing().line("line.tangent")
    assert [drawn, height(x)] == pytest.approx([slope, math.tanh(x)], abs=1e-3)
    ((dot_h, dot_error),) = view.drawing(1).points(".point")
    assert dot_h == pytest.approx(h, rel=1e-6)
    assert math.log10(dot_error) == pytest.approx(math.log10(view.number("error")), abs=0.05)


@pytest.fixture
def secant(page):
    page.wait_for_timeout(LET_REST)
    run_code(page, "secant.x, secant.h, secant.difference, secant.magnified = 1.0, 1.0, 'forward', False")
    view = View(page, "secant")
    expect(view.readout).to_contain_text("x = 1.0, h = 1")
    return view


def test_keys_shrink_h(secant):
    assert_secant_shows(secant, 1.0, 1.0)
    cells = secant.page.locator(".jp-Cell").count()
    for key, h in [("ArrowLeft", 0.8), ("ArrowDown", 0.63), ("ArrowRight", 0.8), ("PageDown", 0.02), ("End", 2.0)]:
        secant.press("h", key)
        assert_secant_shows(secant, 1.0, h)
    secant.page.keyboard.press("b")  # a shortcut of the notebook: would insert a cell
    assert secant.page.locator(".jp-Cell").count() == cells
    secant.press("h", "Home")
    assert secant.number("h =") == 1e-16
    assert secant.number("secant slope") == 0
    expect(secant.root.locator(".verdict")).to_contain_text("x + h is rounded to x itself")


def test_boxes_take_powers_of_ten(secant):
    for typed, h in [("1e-5", 1e-5), ("3e-7", 3.2e-7), ("0.5", 0.5), ("99", 2.0), ("0", 1e-16), ("", 1e-16)]:
        secant.go("h", typed)
        assert secant.number("h =") == pytest.approx(h)
    box = secant.root.get_by_label("h, as a number")
    secant.go("h", "1e-5")
    box.press("ArrowUp")
    assert secant.number("h =") == 1.25e-5
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert secant.number("h =") == 8e-6
    expect(box).to_have_value("8e-6")
    secant.go("x", "-0.46")
    assert secant.number("x =") == -0.5


def test_the_mouse_drags_x(secant):
    box = secant.slider("x").bounding_box()
    middle = box["y"] + box["height"] / 2
    secant.page.mouse.move(box["x"] + box["width"] * 0.625, middle)
    secant.page.mouse.down()
    secant.page.mouse.move(box["x"] + box["width"] * 0.4, middle, steps=10)
    secant.page.mouse.up()
    x = float(secant.slider("x").input_value())
    assert x == pytest.approx(-0.8, abs=0.15)
    assert_secant_shows(secant, x, 1.0)


def test_the_central_difference(secant):
    secant.root.locator("select").focus()
    secant.page.keyboard.press("ArrowDown")
    assert_secant_shows(secant, 1.0, 1.0, "central")
    assert len(secant.drawing().points(".point")) == 3
    secant.press("h", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert_secant_shows(secant, 1.0, 0.5, "central")
    secant.page.wait_for_timeout(LET_REST)
    assert value_of(secant.page, "[secant.difference, secant.h]") == ["central", 0.5]
    _, *shown = (part.inner_text().strip() for part in secant.readout.locator("> span").all())
    assert ", ".join(shown) in value_of(secant.page, "str(secant)"), "kernel and page write the same numbers"


def test_the_error_curve_and_its_best_step(secant, artefacts):
    secant.go("h", "1e-12")
    expect(secant.root.locator(".verdict")).to_contain_text("smaller than the best")
    curve = secant.drawing(1).path(".error-curve")
    assert len(curve) == 164
    for h, error in curve:
        exact = abs(tanh_secant(1.0, h, "forward") - 1 / math.cosh(1.0) ** 2)
        if h > 1e-6:  # to the right there is nothing but truncation
            assert math.log10(error) == pytest.approx(math.log10(exact), abs=0.06)
    expect(secant.root.get_by_text("rounding", exact=True)).to_be_visible()
    expect(secant.root.get_by_text("truncation", exact=True)).to_be_visible()
    best = secant.root.get_by_text("best h ≈").text_content()
    assert 3e-9 < float(best.split("≈")[1].replace("−", "-")) < 1e-7
    secant.root.screenshot(path=artefacts / "secant-light.png")
    secant.go("x", 0)
    expect(secant.root.get_by_text("rounding", exact=True)).to_have_count(0)


def test_under_the_magnifier_floats_are_stairs(secant, artefacts):
    secant.go("h", "1e-15")
    secant.root.get_by_role("checkbox").focus()
    secant.page.keyboard.press("Space")
    curve = secant.root.locator(".panels svg path.curve")
    expect(curve).to_have_attribute("d", re.compile("M.*L"))
    heights = {round(y / 2**-53) for _, y in secant.drawing().path("path.curve")}
    assert 5 < len(heights) < 20
    assert max(heights) - min(heights) == pytest.approx(3e-15 * 0.42 / 2**-53, abs=2)
    secant.root.screenshot(path=artefacts / "secant-magnified-light.png")
    secant.go("h", 0.5)
    for t, rise in secant.drawing().path("path.curve"):
        assert rise == pytest.approx(math.tanh(1 + t * 0.5) - math.tanh(1), abs=2e-3)
    secant.go("x", 2)
    expect(curve).to_have_attribute("d", re.compile("M.*L"))  # the kernel sends the curve when x rests
    for t, rise in secant.drawing().path("path.curve"):
        assert rise == pytest.approx(math.tanh(2 + t * 0.5) - math.tanh(2), abs=2e-3)
    slope, height = secant.drawing().line("line.secant")
    assert slope == pytest.approx(tanh_secant(2, 0.5, "forward") * 0.5, abs=1e-3)
    assert height(1) == pytest.approx(math.tanh(2.5) - math.tanh(2), abs=1e-3)


def test_secant_slopes_as_a_table(secant):
    table = secant.root.get_by_text("Numbers as a table")
    table.click()
    rows = secant.root.locator("tbody tr")
    expect(secant.root.locator("caption")).to_have_text("Secant slopes of tanh at x = 1.0")
    expect(rows).to_have_count(17)
    expect(rows.nth(0)).to_contain_text(f"{tanh_secant(1.0, 1, 'forward'):.6f}"[:7])  # the table follows at leisure
    for row in texts_of(rows)[:5]:
        h, slope, error = (float(cell) for cell in row.replace("−", "-").split())
        assert slope == pytest.approx(tanh_secant(1.0, h, "forward"), rel=1e-6)
        assert error == pytest.approx(abs(tanh_secant(1.0, h, "forward") - 1 / math.cosh(1.0) ** 2), rel=0.06)
    secant.go("x", 0.5)
    table.focus()
    expect(rows.nth(0)).to_contain_text(f"{tanh_secant(0.5, 1, 'forward'):.6f}"[:7])
    expect(table).to_be_focused()  # the numbers are new, the disclosure is not
    table.click()


def test_a_secant_needs_no_kernel(secant):
    secant.page.evaluate(
        """() => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            window.busy = kernel.requestExecute({ code: "time.sleep(1.5)" });
        }"""
    )
    secant.press("x", "ArrowRight")
    secant.press("h", "ArrowLeft")
    assert_secant_shows(secant, 1.1, 0.8)
    still_busy = secant.page.evaluate("() => Promise.race([window.busy.done.then(() => false), true])")
    assert still_busy, "the kernel was idle, so nothing was shown"
    secant.page.evaluate("() => window.busy.done.then(() => true)")


def test_a_screen_reader_hears_python_but_not_each_key(secant):
    spoken = secant.root.locator("[role=status].only-spoken")
    secant.page.wait_for_timeout(700)
    before = spoken.text_content()
    secant.press("h", "ArrowLeft", "ArrowLeft")
    said = secant.slider("h").get_attribute("aria-valuetext")
    assert said.startswith(f"h = 0.63, secant slope {tanh_secant(1, 0.63, 'forward'):.7f}, error ")
    secant.page.wait_for_timeout(700)
    assert spoken.text_content() == before, "the slider says its value itself"
    secant.slider("h").blur()
    run_code(secant.page, "secant.h = 0.1")
    expect(spoken).to_contain_text(f"x = 1.0, h = 0.1, secant slope {tanh_secant(1, 0.1, 'forward'):.7f}")


def test_beyond_a_functions_end_there_is_no_secant(page):
    root = View(page, "secant", 1)
    root.root.locator("select").select_option(index=1)
    root.go("x", 0.5)
    expect(root.readout).to_contain_text("secant slope not a number")
    expect(root.root.locator(".panels line.secant")).to_be_hidden()
    expect(root.root.locator(".verdict")).to_have_text(re.compile("no value at one of the points"))
    expect(root.root.get_by_text("The slope is itself an estimate here")).to_be_visible()
    root.go("h", 0.1)
    assert root.number("secant slope") == pytest.approx((math.sqrt(0.6) - math.sqrt(0.4)) / 0.2, rel=1e-6)


@pytest.fixture
def kink(page):
    page.wait_for_timeout(LET_REST)
    run_code(page, "kink.function, kink.x, kink.h = 'relu', 0.0, 1.0")
    view = View(page, "kink")
    expect(view.readout).to_contain_text("x = 0.0, h = 1")
    return view


def assert_kink_shows(view, f, x, h):
    left, right, central = (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h, (f(x + h) - f(x - h)) / (2 * h)
    near = view.drawing(1)
    for name, slope in (("left slope", left), ("right slope", right), ("central difference", central)):
        assert view.number(name) == pytest.approx(slope, rel=1e-4, abs=1e-6)
        drawn, _ = near.line(f"line.{name.split()[0]}")
        assert drawn == pytest.approx(slope, abs=1e-3)
    (back, here, there) = near.points(".point")
    assert [*back, *here, *there] == pytest.approx([-1, -left, 0, 0, 1, right], abs=1e-3)
    for t, rise in near.path("path.curve"):
        assert rise == pytest.approx((f(x + t * h) - f(x)) / h, abs=0.02)


def test_a_kink_stays_a_kink_at_every_h(kink, artefacts):
    def relu(x):
        return max(0.0, x)

    assert_kink_shows(kink, relu, 0.0, 1.0)
    kink.root.screenshot(path=artefacts / "kink-light.png")
    for key, h in [("ArrowLeft", 0.8), ("PageDown", 0.125), ("Home", 1e-8)]:
        kink.press("h", key)
        assert kink.number("h =") == pytest.approx(h)
        assert_kink_shows(kink, relu, 0.0, h)
    says = kink.root.locator(".verdict")
    expect(says).to_contain_text("the left slope is 0 and the right slope is 1")
    expect(says).to_contain_text("every number from 0 to 1 is a subgradient")
    kink.press("x", "ArrowRight", "ArrowRight", "ArrowRight")
    assert kink.number("x =") == 0.3
    assert_kink_shows(kink, relu, 0.3, 1e-8)
    expect(says).to_contain_text("No kink between x − h and x + h: the curve is straight there")
    kink.go("h", 1)
    assert_kink_shows(kink, relu, 0.3, 1.0)
    expect(says).to_contain_text("The slope at x is 1: make h smaller than 0.3")
    kink.root.screenshot(path=artefacts / "kink-beside-light.png")
    kink.go("h", 0.1)
    assert_kink_shows(kink, relu, 0.3, 0.1)


@pytest.mark.parametrize(
    ("name", "f", "x", "told"),
    [
        ("leaky_relu", lambda x: max(0.01 * x, x), 0, "every number from 0.01 to 1 is a subgradient"),
        ("prelu", lambda x: max(0.25 * x, x), 0, "The central difference is the mean, 0.625"),
        ("tanh", math.tanh, 1, "all three come to the slope, 0.41997"),
    ],
)
def test_other_functions_under_the_microscope(kink, name, f, x, told):
    kink.root.get_by_label("Function").select_option(name)
    kink.go("x", x)
    for h in (1, 0.5, 1e-4):
        kink.go("h", h)
        assert_kink_shows(kink, f, x, h)
    expect(kink.root.locator(".verdict")).to_contain_text(told)
    kink.root.get_by_text("Numbers as a table").click()
    expect(kink.root.locator("caption")).to_have_text(f"Slopes of {name} at x = {x}.0")
    rows = texts_of(kink.root.locator("tbody tr"))
    assert len(rows) == 9
    h, left, _, central = (float(cell) for cell in rows[1].replace("−", "-").split())
    assert [left, central] == pytest.approx([(f(x) - f(x - h)) / h, (f(x + h) - f(x - h)) / (2 * h)], rel=1e-4)
    kink.root.get_by_text("Numbers as a table").click()
    kink.page.wait_for_timeout(LET_REST)
    assert value_of(kink.page, "[kink.function, kink.x, kink.h]") == [name, x, 1e-4]


def test_the_upper_kink_of_relu6(page):
    view = View(page, "kink", 1)
    for h in (1, 1e-4):
        view.go("h", h)
        assert_kink_shows(view, lambda x: min(max(0.0, x), 6), 6, h)
    says = view.root.locator(".verdict")
    expect(says).to_contain_text("Every number from 0 to 1 lies between the one-sided slopes")
    assert page.locator(".course-kink").first.get_by_role("option", name="relu6").count() == 0


def test_page_and_kernel_leave_out_the_same_rounding(kink):
    kink.root.get_by_label("Function").select_option("tanh")
    kink.go("h", 1e-8)
    for x in (-8, -3.1, 5.7, 8):
        kink.go("x", x)
        kink.page.wait_for_timeout(LET_REST)
        _, *shown = (part.inner_text().strip() for part in kink.readout.locator("> span").all())
        assert value_of(kink.page, "str(kink)").endswith(": " + ", ".join(shown))


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


FUNCTIONS = {
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "tanh": (math.tanh, lambda x: math.cosh(x) ** -2),
}


@pytest.fixture
def compare(page):
    page.wait_for_timeout(LET_REST)
    run_code(page, "compare.x, compare.log_slopes = 0.0, False")
    view = View(page, "compare")
    expect(view.readout).to_contain_text("At x = 0.00")
    return view


def assert_compare_shows(view, x):
    assert view.number("x =") == pytest.approx(x)
    text = view.readout.inner_text().replace("−", "-")
    for k, (name, (f, slope)) in enumerate(FUNCTIONS.items()):
        shown = re.search(rf"{name}: value (\S+), slope (\S+)", text)
        assert [float(shown[1]), float(shown[2])] == pytest.approx([f(x), slope(x)], rel=6e-3, abs=1e-12)
        for number, height in ((0, f(x)), (1, slope(x))):
            drawn_x, drawn_y = view.drawing(number).points(".point")[k]
            assert [drawn_x, drawn_y] == pytest.approx([x, height], rel=1e-6, abs=1e-6)


def test_keys_move_the_mark_in_both_pictures(compare, artefacts):
    assert_compare_shows(compare, 0.0)
    for key, x in [("ArrowRight", 0.02), ("PageUp", 1.62), ("Home", -8.0), ("End", 8.0)]:
        compare.press("x", key)
        assert_compare_shows(compare, x)
    compare.go("x", -5)
    assert_compare_shows(compare, -5.0)
    times = FUNCTIONS["sigmoid"][1](-5) / FUNCTIONS["tanh"][1](-5)
    expect(compare.readout).to_contain_text(f"Here sigmoid is {times:.1f} times as steep as tanh.")
    compare.root.screenshot(path=artefacts / "compare-light.png")
    compare.go("x", 0)
    expect(compare.readout).to_contain_text("Here tanh is 4.00 times as steep as sigmoid.")


def test_slopes_on_a_logarithmic_axis(compare, artefacts):
    compare.go("x", -5)
    compare.root.get_by_role("checkbox").focus()
    compare.page.keyboard.press("Space")
    assert compare.drawing(1).log == "y"
    assert_compare_shows(compare, -5.0)
    compare.root.screenshot(path=artefacts / "compare-log-light.png")
    compare.page.wait_for_timeout(LET_REST)
    assert value_of(compare.page, "compare.log_slopes") is True
    compare.root.get_by_role("checkbox").click()
    assert compare.drawing(1).log == ""
    assert_compare_shows(compare, -5.0)


def test_the_mouse_drags_the_mark(compare):
    box = compare.slider("x").bounding_box()
    middle = box["y"] + box["height"] / 2
    compare.page.mouse.move(box["x"] + box["width"] / 2, middle)
    compare.page.mouse.down()
    compare.page.mouse.move(box["x"] + box["width"] * 0.7, middle, steps=8)
    compare.page.mouse.up()
    x = float(compare.slider("x").input_value())
    assert x == pytest.approx(3.2, abs=0.2)
    assert_compare_shows(compare, x)
    compare.page.wait_for_timeout(LET_REST)
    assert value_of(compare.page, "compare.x") == pytest.approx(x)


def test_the_quest_answers_both_sides(compare):
    quest = compare.root.locator("[data-quest=same_slope]")
    for x, told in [(3, "sigmoid has the larger slope"), (1, "tanh has the larger slope"), (-1.66, "±1.663")]:
        compare.go("x", x)
        quest.get_by_role("button").click()
        expect(quest.locator(".feedback")).to_contain_text(told)
    compare.page.wait_for_timeout(LET_REST)
    assert value_of(compare.page, "compare.solved") == ["same_slope"]


def test_compared_numbers_as_a_table(compare):
    compare.root.get_by_text("Numbers as a table").click()
    rows = texts_of(compare.root.locator("tbody tr"))
    assert len(rows) == 17
    x, *numbers = (float(cell) for cell in rows[3].replace("−", "-").split())
    exact = [g(x) for pair in FUNCTIONS.values() for g in pair]
    assert numbers == pytest.approx(exact, rel=6e-3)
    compare.root.get_by_text("Numbers as a table").click()


def test_readable_at_twice_the_size(page, artefacts):
    page.set_viewport_size({"width": 640, "height": 1500})  # as wide as 200 % zoom leaves of 1280
    for kind in KINDS:
        view = View(page, kind)
        table = view.root.get_by_text("Numbers as a table")
        table.click()
        assert view.root.evaluate("(node) => node.scrollWidth <= node.clientWidth"), f"{kind} sticks out sideways"
        table.click()
        heights = view.root.locator("svg[role=img]:visible text").evaluate_all(
            "(letters) => letters.map((letter) => letter.getBoundingClientRect().height).filter((height) => height > 0)"
        )
        assert min(heights) > 11, f"{kind} has letters of {min(heights):.1f} px"
        view.root.screenshot(path=artefacts / f"{kind}-narrow.png")
    x = float(view.slider("x").input_value())
    assert_compare_shows(view, x)
    drawings = page.locator(".course-secant .panels").first.locator("svg")
    first, second = drawings.first.bounding_box(), drawings.nth(1).bounding_box()
    assert second["y"] > first["y"] + first["height"] - 1, "the drawings stand one below the other"
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_nothing_for_axe_to_find(page, accessible, artefacts):
    accessible(page, KINDS)
    set_theme(page, "Dark")
    for kind in KINDS:
        View(page, kind).root.screenshot(path=artefacts / f"{kind}-dark.png")
    set_theme(page, "Light")
