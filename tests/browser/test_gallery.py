"""The gallery as a learner uses it: filters, choices and sliders by hand, what is drawn checked against mathematics."""

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.jupyterlab import run_code, set_theme, texts_of, value_of, write_notebook

#: Milliseconds after which the kernel has heard of a movement and has answered it.
LET_REST = 700
CELLS = [
    "import time\nfrom pathlib import Path\nfrom course_lib import explore",
    "gallery = explore.gallery()\ngallery",
]


#: Lets the kernel answer only when a file is there: a busy kernel may answer widgets in a thread beside its work.
SLOW_KERNEL = """
import sys, time
from pathlib import Path
module = sys.modules["course_lib.explorers.gallery"]
compute = module._drawn
def compute_later(*arguments):
    while not Path("released").exists():
        time.sleep(0.05)
    return compute(*arguments)
module._drawn = compute_later
"""


@pytest.fixture(scope="module")
def page(run_notebook, server) -> Page:
    path: Path = server[1] / "gallery.ipynb"
    write_notebook(path, CELLS)
    return run_notebook(path)


class View:
    """The gallery as a learner sees it; drawings are read back in the units of their axes."""

    def __init__(self, page):
        self.page = page
        self.root = page.locator(".course-gallery")
        self.readout = self.root.locator(".readout")
        self.list = self.root.get_by_role("toolbar")
        self.root.scroll_into_view_if_needed()

    def slider(self, label):
        return self.root.get_by_label(label, exact=True)

    def go(self, label, value):
        box = self.root.get_by_label(f"{label}, as a number")
        box.fill(str(value))
        box.press("Enter")

    def press(self, label, *keys):
        self.slider(label).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def choose(self, name):
        self.list.get_by_role("button", name=name, exact=True).click()

    def pressed(self):
        return self.list.locator("[aria-pressed=true]").all_inner_texts()

    def said(self, name):
        """The value and the slope of a function in the read-out."""
        text = self.readout.inner_text().replace("−", "-")
        value, slope = re.search(rf"\b{name}: value (\S+), slope ([^\s,]+)", text.replace("≈ ", "")).groups()
        return float(value), float(slope)

    def _scales(self, panel):
        svg = self.root.locator("svg[role=img]").nth(panel)
        ends, frame = ([*map(float, svg.get_attribute(f"data-{name}").split())] for name in ("x", "frame"))
        heights = [*map(float, svg.get_attribute("data-y").split())]
        left, right, bottom, top = frame

        def to_x(pixel):
            return ends[0] + (pixel - left) / (right - left) * (ends[1] - ends[0])

        def to_y(pixel):
            return heights[0] + (pixel - bottom) / (top - bottom) * (heights[1] - heights[0])

        return svg, to_x, to_y

    def curve(self, panel, number):
        """The strokes of a curve: lists of points (x, y)."""
        svg, to_x, to_y = self._scales(panel)
        d = svg.locator("path.curve").nth(number).get_attribute("d")
        return [
            [(to_x(float(x)), to_y(float(y))) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", stroke)]
            for stroke in d.split("M")[1:]
        ]

    def points(self, panel):
        svg, to_x, to_y = self._scales(panel)
        moved = [node.get_attribute("transform") for node in svg.locator("path.point").all()]
        return [(to_x(float(x)), to_y(float(y))) for x, y in (re.findall(r"-?\d[-\d.e]*", text) for text in moved)]

    def ends(self, panel, kind):
        svg, to_x, to_y = self._scales(panel)
        nodes = svg.locator(f"circle.{kind}").all()
        return sorted((to_x(float(n.get_attribute("cx"))), to_y(float(n.get_attribute("cy")))) for n in nodes)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def silu(x, beta=1.0):
    s = sigmoid(beta * x)
    return x * s, s + beta * x * s * (1 - s)


def gelu(x):
    below = (1 + math.erf(x / math.sqrt(2))) / 2
    return x * below, below + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


@pytest.fixture
def view(page):
    page.wait_for_timeout(LET_REST)
    run_code(
        page,
        "gallery.filters, gallery.parameters, gallery.reach, gallery.x = {}, {}, 4.0, 0.0\n"
        "gallery.chosen = ['silu', 'gelu', 'relu']",
    )
    view = View(page)
    expect(view.readout).to_contain_text(re.compile(r"At x = 0.00.*silu.*gelu.*relu", re.DOTALL))
    return view


def assert_drawn(view, number, f, *, at_x, within=0.02):
    """The point, the read-out and the whole curve of a function with its derivative, a pair of numbers."""
    for panel in (0, 1):
        place, height = view.points(panel)[number]
        assert place == pytest.approx(at_x, abs=1e-6)
        assert height == pytest.approx(f(at_x)[panel], abs=within)
        for stroke in view.curve(panel, number):
            for x, y in stroke:
                assert y == pytest.approx(f(x)[panel], abs=within)


def test_x_moves_through_all_three(view, artefacts):
    view.root.screenshot(path=artefacts / "gallery-light.png")
    for key, x in [("ArrowRight", 0.02), ("PageUp", 0.82), ("Home", -4.0), ("End", 4.0)]:
        view.press("x", key)
        for number, (name, f) in enumerate({"silu": silu, "gelu": gelu}.items()):
            assert view.said(name) == pytest.approx(f(x), rel=6e-3, abs=1e-4)
            assert_drawn(view, number, f, at_x=x)
    view.go("x", -1.28)
    assert view.said("silu") == pytest.approx(silu(-1.28), rel=6e-3, abs=1e-4)
    assert "≈" not in view.readout.inner_text(), "only x has moved: the numbers are the kernel's"
    assert "≈" not in view.slider("x").get_attribute("aria-valuetext")
    assert view.said("relu") == (0, 0)
    view.page.wait_for_timeout(LET_REST)
    assert value_of(view.page, "gallery.x") == -1.28


def test_the_mouse_drags_x(view):
    box = view.slider("x").bounding_box()
    middle = box["y"] + box["height"] / 2
    view.page.mouse.move(box["x"] + box["width"] / 2, middle)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=8)
    view.page.mouse.up()
    x = float(view.slider("x").input_value())
    assert x == pytest.approx(2, abs=0.1)
    assert_drawn(view, 0, silu, at_x=x)


def test_the_points_themselves_are_dragged(view):
    """In either panel; a plain click moves them too, and beyond the axis they stay at its end."""
    mouse = view.page.mouse
    for panel, wanted in ((0, -1.28), (1, 2.4)):
        svg = view.root.locator("svg[role=img]").nth(panel)
        svg.scroll_into_view_if_needed()
        box = svg.bounding_box()
        left, right, bottom, _ = map(float, svg.get_attribute("data-frame").split())
        scale = box["width"] / float(svg.get_attribute("viewBox").split()[2])

        def at(x, left=left, right=right, box=box, scale=scale):
            return box["x"] + scale * (left + (x + 4) / 8 * (right - left))

        height = box["y"] + scale * bottom / 2
        mouse.move(at(0), height)
        mouse.down()
        mouse.move(at(wanted), height, steps=6)
        mouse.up()
        x = float(view.slider("x").input_value())
        assert x == pytest.approx(wanted, abs=0.04)
        assert view.points(panel)[0][0] == pytest.approx(x, abs=0.01)
        mouse.move(at(0.5), height)
        assert float(view.slider("x").input_value()) == x, "only while it is held down"
        mouse.click(at(-4) - 15, height)
        assert float(view.slider("x").input_value()) == -4


def test_a_number_beyond_the_axis_is_not_cut_silently(view):
    told = view.root.locator(".feedback")
    view.go("x", 9)
    expect(view.root.get_by_label("x, as a number")).to_have_value("4.00")
    expect(told).to_have_text("x goes from −4 to 4; choose a longer horizontal axis for more.")
    view.root.get_by_label("Horizontal axis").select_option("−8 to 8")
    expect(told).to_be_hidden()
    assert view.slider("x").get_attribute("title") == "from −8 to 8"
    view.go("x", -9)
    expect(told).to_have_text("x goes from −8 to 8.")
    view.go("x", 7)
    expect(told).to_be_hidden()


def test_what_the_filters_hide_is_said_to_be_drawn(view):
    told = view.root.get_by_text("Still drawn")
    expect(told).to_be_hidden()
    view.root.get_by_label("monotonic").select_option("yes")
    expect(told).to_have_text("Still drawn, though the filters hide them here: silu and gelu.")
    expect(told).to_be_visible()
    view.root.get_by_role("button", name="Take away gelu").click()
    expect(told).to_have_text("Still drawn, though the filters hide it here: silu.")
    view.root.get_by_label("monotonic").select_option("any")
    expect(told).to_be_hidden()


def test_the_words_of_the_filters_are_explained(view):
    view.root.get_by_text("What the words of the filters mean").click()
    for word in ("bounded", "monotonic", "smooth", "zero-centred"):
        expect(view.root.locator(".meanings li", has_text=f"{word}: ")).to_be_visible()
        assert f"{word}: " in view.root.locator(".filters label", has_text=word).get_attribute("title")
    view.root.get_by_text("What the words of the filters mean").click()


def test_a_card_says_for_which_parameters_it_speaks(view):
    run_code(view.page, "gallery.chosen, gallery.parameters = ['elu'], {'elu': {'alpha': 2.0}}")
    card = view.root.get_by_label("elu", exact=True)
    expect(card).to_contain_text("With alpha = 1: values from −1 to ∞; it is monotonic and smooth")
    expect(card).to_contain_text("Kink at x = 0")


def test_a_parameter_bends_its_curve(view):
    low, high = (float(view.slider("beta of silu").get_attribute(end)) for end in ("min", "max"))
    view.go("x", 1)
    for beta in (0.34, 1.42, -0.7):
        assert low < beta < high
        view.go("beta of silu", beta)
        assert_drawn(view, 0, lambda x, beta=beta: silu(x, beta), at_x=1.0)
        expect(view.readout).not_to_contain_text("≈")  # the kernel has answered
        assert view.said("silu") == pytest.approx(silu(1.0, beta), rel=6e-3)
        assert value_of(view.page, "gallery.parameters['silu']['beta']") == pytest.approx(beta)
    assert_drawn(view, 1, gelu, at_x=1.0)
    view.root.get_by_role("button", name="Parameters back to their defaults").click()
    expect(view.slider("beta of silu")).to_have_value("1")
    assert_drawn(view, 0, silu, at_x=1.0)


def test_no_kernel_is_needed_while_something_moves(view, server):
    released = server[1] / "released"
    view.go("x", 1)
    view.page.wait_for_timeout(LET_REST)
    run_code(view.page, SLOW_KERNEL)
    view.press("beta of silu", "ArrowRight", "ArrowRight", "PageUp")
    beta = float(view.slider("beta of silu").input_value())
    assert beta > 1.3
    assert_drawn(view, 0, lambda x: silu(x, beta), at_x=1.0)
    expect(view.readout).to_contain_text("≈")
    assert view.said("silu") == pytest.approx(silu(1.0, beta), abs=0.01)
    view.choose("relu")
    view.choose("tanh")
    assert_drawn(view, 2, lambda x: (math.tanh(x), math.cosh(x) ** -2), at_x=1.0)
    view.page.wait_for_timeout(LET_REST)
    expect(view.readout).to_contain_text("≈")
    released.touch()
    expect(view.readout).not_to_contain_text("≈")


def test_a_jump_is_a_gap_that_moves(view, artefacts):
    run_code(view.page, "gallery.chosen = ['hard_shrink', 'relu']")
    for lambd in (0.5, 1.2):
        view.go("lambd of hard_shrink", lambd)
        left, middle, right = view.curve(0, 0)
        for stroke, (low, high) in ((left, (-4, -lambd)), (middle, (-lambd, lambd)), (right, (lambd, 4))):
            assert stroke[0][0] == pytest.approx(low, abs=0.17 if low == -4 else 0.01)
            assert stroke[-1][0] == pytest.approx(high, abs=0.17 if high == 4 else 0.01)
        assert all(y == pytest.approx(0, abs=0.02) for _, y in middle)
        for kind, height in (("open", lambd), ("closed", 0)):
            (x0, y0), (x1, y1) = view.ends(0, kind)
            assert [x0, y0, x1, y1] == pytest.approx([-lambd, -height, lambd, height], abs=0.02)
        assert len(view.curve(0, 1)) == 1, "a kink lifts no pen where values are drawn"
        assert len(view.curve(1, 1)) == 2, "and does where slopes are"
    view.go("x", 1.2)
    expect(view.readout).to_contain_text("hard_shrink: value 0.00, slope 0.00, the course's choice here")
    card = view.root.get_by_label("hard_shrink", exact=True)
    expect(card).to_contain_text("Jump at x = 1.2: from the left the limit is 0, from the right 1.2.")
    view.root.screenshot(path=artefacts / "gallery-jumps-light.png")


def test_coefficients_of_a_polynomial(view, artefacts):
    run_code(view.page, "gallery.chosen, gallery.reach = ['polynomial'], 2.0")
    for symbol, number in (("c0", 0.5), ("c1", -0.4), ("c2", -0.3)):
        view.go(f"{symbol} of polynomial", number)
    view.go("x", 1)
    assert_drawn(view, 0, lambda x: (0.5 - 0.4 * x - 0.3 * x * x, -0.4 - 0.6 * x), at_x=1.0)
    expect(view.readout).not_to_contain_text("≈")
    assert view.said("polynomial") == pytest.approx((-0.2, -1.0))
    assert value_of(view.page, "[*gallery.parameters['polynomial'].values()]") == [0.5, -0.4, -0.3]
    view.root.screenshot(path=artefacts / "gallery-polynomial-light.png")


def test_a_curve_never_leaves_its_axis(view):
    run_code(view.page, "gallery.chosen, gallery.reach = ['silu'], 4.0")
    axis = view.root.locator("svg[role=img]").first

    def ends():
        return [float(end) for end in axis.get_attribute("data-y").split()]

    before = ends()
    view.press("beta of silu", "ArrowRight")
    assert ends() == before, "a small movement is seen as one"
    view.press("beta of silu", "Home")  # beta is -2: silu looks to the left
    low, high = ends()
    assert low < -4
    assert high < 1
    view.press("beta of silu", "End")
    low, high = ends()
    assert low > -1
    assert high > 4


def test_low_stays_below_high(view):
    run_code(view.page, "gallery.chosen = ['rrelu']")
    view.go("low of rrelu", 0.9)
    assert float(view.slider("low of rrelu").input_value()) < 1 / 3
    view.page.wait_for_timeout(LET_REST)
    low, high = value_of(view.page, "[gallery.parameters['rrelu'][end] for end in ('low', 'high')]")
    assert low < high == pytest.approx(1 / 3)
    view.go("high of rrelu", 0)
    view.page.wait_for_timeout(LET_REST)
    low, high = value_of(view.page, "[gallery.parameters['rrelu'][end] for end in ('low', 'high')]")
    assert low < high < 0.35
    expect(view.root.locator(".problem")).to_be_hidden()


def test_filters_by_hand(view, artefacts):
    def listed():
        return view.list.get_by_role("button").all_inner_texts()

    everything = listed()
    assert everything == value_of(view.page, "[*__import__('course_lib').ACTIVATIONS]")
    view.root.get_by_label("bounded").select_option("yes")
    view.root.get_by_label("smooth").focus()
    view.page.keyboard.press("ArrowDown")
    expect(view.root.get_by_role("status").first).to_have_text(f"{len(listed())} of {len(everything)} functions")
    assert {"sigmoid", "tanh"} <= set(listed()) < set(everything) - {"relu6", "identity"}
    view.page.wait_for_timeout(LET_REST)
    assert value_of(view.page, "gallery.left") == listed()
    view.root.get_by_label("smooth").select_option("any")
    view.root.get_by_label("monotonic").select_option("no")
    view.root.get_by_label("zero-centred").select_option("yes")
    told = view.root.get_by_role("status").first
    expect(told).to_contain_text("No function here is bounded, not monotonic and zero-centred. Set “monotonic” to any")
    expect(view.list).to_be_hidden()
    view.root.screenshot(path=artefacts / "gallery-nothing-left-light.png")
    assert_drawn(view, 0, silu, at_x=0.0)  # what was chosen stays
    view.root.get_by_label("monotonic").select_option("any")
    given = int(re.search(r"^(\d+) of", told.inner_text())[1])
    assert given == len(listed()) > 0


def test_a_fourth_replaces_nothing_silently(view):
    view.choose("tanh")
    expect(view.root.locator(".feedback")).to_have_text(
        "silu, gelu and relu are drawn, and more could not be told apart: to see tanh, take one of them away first."
    )
    assert sorted(view.pressed()) == ["gelu", "relu", "silu"]
    view.go("x", 1)
    expect(view.root.locator(".feedback")).to_be_hidden()
    view.go("x", 0)
    view.choose("tanh")
    view.root.get_by_role("button", name="Take away gelu").click()
    expect(view.root.locator(".feedback")).to_be_hidden()
    view.choose("tanh")
    assert sorted(view.pressed()) == ["relu", "silu", "tanh"]
    assert_drawn(view, 2, lambda x: (math.tanh(x), math.cosh(x) ** -2), at_x=0.0)
    view.choose("relu")
    view.choose("silu")
    view.choose("tanh")
    expect(view.root.locator(".feedback")).to_contain_text("tanh stays, for it is the only one")
    view.page.wait_for_timeout(LET_REST)
    assert value_of(view.page, "gallery.chosen") == ["tanh"]


def test_keys_go_through_the_list(view):
    cells = view.page.locator(".jp-Cell").count()
    view.root.get_by_label("zero-centred").focus()
    view.page.keyboard.press("Tab")  # one stop for the whole list
    for key, name in [("Home", "identity"), ("ArrowRight", "polynomial"), ("ArrowLeft", "identity"), ("End", None)]:
        view.page.keyboard.press(key)
        focused = view.page.evaluate("document.activeElement.innerText")
        assert focused == (name or view.list.get_by_role("button").last.inner_text())
    view.page.keyboard.press("b")  # a shortcut of the notebook: would insert a cell
    assert view.page.locator(".jp-Cell").count() == cells
    run_code(view.page, "gallery.chosen = ['relu']")
    view.page.keyboard.press("Home")
    view.page.keyboard.press("Enter")
    assert view.pressed() == ["identity", "relu"]
    view.page.keyboard.press("Tab")
    assert view.page.evaluate("document.activeElement.getAttribute('aria-label')") == "x"


def test_what_is_being_typed_is_left_alone(view):
    view.go("beta of silu", 1.5)
    box = view.root.get_by_label("x, as a number")
    box.fill("1.2")
    view.page.wait_for_timeout(LET_REST)  # in the meantime the kernel answers
    expect(box).to_have_value("1.2")
    box.press("Enter")
    expect(box).to_have_value("1.20")
    assert view.said("silu") == pytest.approx(silu(1.2, 1.5), rel=6e-3)
    box.fill("")
    box.press("Enter")
    expect(box).to_have_value("1.20")


def test_the_axis_reaches_further(view):
    view.root.get_by_label("Horizontal axis").select_option("−8 to 8")
    assert view.curve(0, 0)[0][0][0] == pytest.approx(-8, abs=0.05)
    view.go("x", 7)
    assert view.said("silu") == pytest.approx(silu(7.0), rel=6e-3)
    view.root.get_by_label("Horizontal axis").select_option("−2 to 2")
    assert view.points(0)[0][0] == pytest.approx(2)
    expect(view.slider("x")).to_have_attribute("max", "2")
    view.page.wait_for_timeout(LET_REST)
    assert value_of(view.page, "[gallery.x, gallery.reach]") == [2.0, 2.0]
    expect(view.root.locator(".problem")).to_be_hidden()


def test_cards_say_what_is_known(view):
    card = view.root.get_by_label("relu", exact=True)
    expect(card).to_contain_text("Kink at x = 0: every number from 0 to 1 is a subgradient. The course's choice is 0.")
    expect(card).to_contain_text("It is monotonic, but not bounded, smooth or zero-centred")
    assert card.locator("math").count() == 3
    expect(card.get_by_role("link")).to_have_attribute("href", "05_relu.ipynb")
    expect(view.root.get_by_label("gelu", exact=True)).to_contain_text("Not injective")
    view.root.locator(".vectors summary").click()
    rows = texts_of(view.root.locator(".vectors tbody th"))
    assert rows == value_of(view.page, "[*__import__('course_lib').VECTOR_ACTIVATIONS]")
    view.root.locator(".vectors summary").click()


def test_numbers_as_a_table(view):
    view.page.wait_for_timeout(LET_REST)
    view.root.locator("summary", has_text="Numbers as a table").click()
    rows = texts_of(view.root.locator("details:not(.vectors) tbody tr"))
    assert len(rows) == 17
    for row in rows:
        x, *numbers = (float(cell) for cell in row.replace("−", "-").split())
        assert numbers[:4] == pytest.approx([*silu(x), *gelu(x)], rel=6e-3, abs=1e-4)
    view.root.locator("summary", has_text="Numbers as a table").click()


def test_a_screen_reader_hears_python_but_not_each_key(view):
    spoken = view.root.locator("[role=status].only-spoken")
    view.page.wait_for_timeout(LET_REST)
    before = spoken.text_content()
    view.press("x", "ArrowRight", "ArrowRight")
    assert view.slider("x").get_attribute("aria-valuetext").startswith("x = 0.04. silu: value 0.0204, slope 0.520")
    view.page.wait_for_timeout(LET_REST)
    assert spoken.text_content() == before, "the slider says its value itself"
    view.slider("x").blur()
    run_code(view.page, "gallery.x = 1")
    expect(spoken).to_contain_text("At x = 1.00. silu: value 0.731")


def test_readable_at_twice_the_size(view, artefacts):
    page = view.page
    page.set_viewport_size({"width": 640, "height": 1500})  # as wide as 200 % zoom leaves of 1280
    page.wait_for_timeout(300)
    assert view.root.evaluate("(node) => node.scrollWidth <= node.clientWidth"), "it sticks out sideways"
    heights = view.root.locator("svg[role=img] text").evaluate_all(
        "(letters) => letters.map((letter) => letter.getBoundingClientRect().height).filter((height) => height > 0)"
    )
    assert min(heights) > 11, f"there are letters of {min(heights):.1f} px"
    assert_drawn(view, 0, silu, at_x=0.0, within=0.05)
    view.root.screenshot(path=artefacts / "gallery-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_nothing_for_axe_to_find(view, accessible, artefacts):
    view.choose("tanh")  # refused: the sentence is looked at too
    accessible(view.page, ["gallery"])
    set_theme(view.page, "Dark")
    view.root.screenshot(path=artefacts / "gallery-dark.png")
    set_theme(view.page, "Light")
