"""The loss surface in a real JupyterLab: every control, the pointer, and what is drawn, against plain math."""

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.jupyterlab import run_code, set_theme, value_of, write_notebook

CELLS = ["from course_lib import explore", "surface = explore.loss_surface()\nsurface"]
#: Milliseconds after which the kernel has heard of a movement.
LET_REST = 250
LABELS = {"z1": "z₁", "z2": "z₂", "y": "y, label of class 1"}


@pytest.fixture(scope="module")
def page(run_notebook, server) -> Page:
    path: Path = server[1] / "loss_surface.ipynb"
    write_notebook(path, CELLS)
    return run_notebook(path)


@pytest.fixture
def root(page) -> Locator:
    """The explorer as it is at first."""
    found = page.locator(".course-loss-surface")
    found.scroll_into_view_if_needed()
    page.wait_for_timeout(LET_REST)  # the kernel has heard of the last test's movements
    run_code(page, "surface.z1, surface.z2, surface.y = 1.0, -1.0, 1.0")
    expect(found.get_by_label("y, label of class 1", exact=True)).to_have_value("1")
    expect(found.get_by_label("z₁", exact=True)).to_have_value("1")
    expect(found.get_by_label("z₂", exact=True)).to_have_value("-1")
    return found


def put(root: Locator, name: str, value: float) -> None:
    """Type a value into the number box beside a slider."""
    box = root.get_by_label(f"{LABELS[name]}, as a number", exact=True)
    box.fill(str(value))
    box.press("Enter")


def plain(z1: float, z2: float, y: float) -> tuple[list[float], float, list[float]]:
    first = 1 / (1 + math.exp(z2 - z1))
    p = [first, 1 / (1 + math.exp(z1 - z2))]
    loss = y * math.log1p(math.exp(z2 - z1)) + (1 - y) * math.log1p(math.exp(z1 - z2))
    slope = (1 - y) * p[0] - y * p[1]
    return p, loss, [slope, -slope]


def assert_shown(root: Locator, z1: float, z2: float, y: float) -> None:
    """The numbers of the read-out, the places of both points, and the arrow."""
    p, loss, gradient = plain(z1, z2, y)
    data = root.locator(".readout").evaluate("(node) => ({ ...node.dataset })")
    assert [float(word) for word in data["p"].split()] == pytest.approx(p, rel=1e-12)
    assert float(data["loss"]) == pytest.approx(loss, rel=1e-12)
    assert [float(word) for word in data["gradient"].split()] == pytest.approx(gradient, rel=1e-9, abs=1e-15)
    text = root.locator(".readout").inner_text().replace("−", "-")
    shown = [float(word) for word in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text)]
    assert shown == pytest.approx([*p, loss, *gradient], rel=5e-3, abs=1e-12)
    scales = [scale(root, panel) for panel in (0, 1)]
    for panel, place in ((0, (z1, z2)), (1, (z1 - z2, loss))):
        moved = root.locator("svg").nth(panel).locator("path.point").get_attribute("transform")
        assert coordinates(moved, scales[panel]) == pytest.approx(place, abs=1e-6)
    if abs(gradient[0]) > 0.25:  # the head of a shorter arrow is not drawn
        tip = root.locator(".arrow path").get_attribute("transform")
        assert coordinates(tip, scales[0]) == pytest.approx((z1 + 2 * gradient[0], z2 + 2 * gradient[1]), abs=1e-6)


def scale(root: Locator, panel: int) -> list[list[float]]:
    svg = root.locator("svg").nth(panel)
    x, y, frame = (list(map(float, svg.get_attribute(f"data-{name}").split())) for name in ("x", "y", "frame"))
    return [x, y, frame]


def coordinates(transform: str, scales: list[list[float]]) -> tuple[float, float]:
    """Where a mark stands, in the units of the axes."""
    px, py = map(float, re.search(r"translate\((\S+) ([^)]+)\)", transform).groups())
    (x0, x1), (y0, y1), (left, right, bottom, top) = scales
    return x0 + (px - left) / (right - left) * (x1 - x0), y0 + (py - bottom) / (top - bottom) * (y1 - y0)


def segments(root: Locator) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The pieces of the lines of equal loss, in the units of the axes."""
    scales = scale(root, 0)
    pieces = re.findall(r"M(\S+) (\S+?)L(\S+) ([\d.]+)", root.locator(".contour").get_attribute("d"))
    return [
        (coordinates(f"translate({a} {b})", scales), coordinates(f"translate({c} {d})", scales))
        for a, b, c, d in pieces
    ]


def test_every_control(page, root, artefacts):
    state = {"z1": 1.0, "z2": -1.0, "y": 1.0}
    assert_shown(root, **state)
    expect(root.locator(".verdict")).to_have_text("")
    root.screenshot(path=artefacts / "loss-surface.png")
    for name, value in (("z1", -3.5), ("z2", 2.4), ("y", 0.9), ("z1", 6), ("z2", -6), ("y", 0.37), ("y", 0)):
        state[name] = value
        put(root, name, value)
        assert_shown(root, **state)
    expect(root.locator(".verdict")).to_have_text("")
    root.get_by_role("button", name="Say where the loss is lowest").click()
    expect(root.locator(".verdict")).to_contain_text("falls for ever as z₂ − z₁ grows")
    put(root, "y", 1)
    expect(root.locator(".verdict")).to_have_text("")
    put(root, "y", 0)
    page.wait_for_timeout(LET_REST)
    assert value_of(page, "[surface.z1, surface.z2, surface.y]") == [6, -6, 0]
    _, loss, gradient = plain(**state)
    assert value_of(page, "float(surface.loss)") == pytest.approx(loss)
    assert value_of(page, "surface.gradient.tolist()") == pytest.approx(gradient)


def test_keys_move_the_point_one_step_at_a_time(page, root):
    slider = root.get_by_label("z₁", exact=True)
    slider.focus()
    cells = page.locator(".jp-Cell").count()
    for key, place in (("ArrowRight", 1.1), ("ArrowLeft", 1.0), ("ArrowLeft", 0.9), ("b", 0.9), ("End", 6.0)):
        page.keyboard.press(key)
        assert_shown(root, place, -1.0, 1.0)
    assert page.locator(".jp-Cell").count() == cells
    expect(slider).to_have_attribute("aria-valuetext", "z₁ = 6.0, loss 0.000911, gradient (−0.000911, 0.000911)")


def test_the_point_is_dragged(page, root):
    left, right, bottom, top = scale(root, 0)[2]
    box = root.locator("svg").first.bounding_box()
    factor = box["width"] / 348

    def at(z1, z2):
        x, y = left + (z1 + 8) / 16 * (right - left), bottom + (z2 + 8) / 16 * (top - bottom)
        return box["x"] + factor * x, box["y"] + factor * y

    page.mouse.move(*at(-2.0, 3.0))
    page.mouse.down()
    assert_shown(root, -2.0, 3.0, 1.0)
    page.mouse.move(*at(4.0, -4.5), steps=5)
    assert_shown(root, 4.0, -4.5, 1.0)
    page.mouse.move(box["x"] - 50, box["y"] + box["height"] / 2)  # out of the map: it stays at the edge
    page.mouse.up()
    assert float(root.get_by_label("z₁", exact=True).input_value()) == -6
    page.mouse.move(*at(0.0, 0.0))  # the button is up: nothing moves any more
    assert float(root.get_by_label("z₁", exact=True).input_value()) == -6


@pytest.mark.parametrize("y", [1.0, 0.9, 0.5, 0.0])
def test_each_line_joins_points_of_the_loss_that_it_names(root, y):
    put(root, "y", y)
    levels = [0.01, 0.1, 0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]
    found = segments(root)
    assert len(found) > 200
    met = set()
    for start, end in found:
        assert start[0] - start[1] == pytest.approx(end[0] - end[1], abs=0.02), "straight, along the shift"
        loss = plain(*start, y)[1]
        level = min(levels, key=lambda known: abs(known - loss))
        assert loss == pytest.approx(level, abs=0.02 if level > 0.05 else 0.001)
        met.add(level)
    along = [plain(k / 10, -k / 10, y)[1] for k in range(-80, 81)]
    assert met == {level for level in levels if min(along) < level < max(along)}


def test_numbers_stand_on_their_lines(root):
    put(root, "y", 0.9)
    scales = scale(root, 0)
    names = root.locator(".contour-names text")
    assert names.count() >= 6
    for name in names.all():
        x, y = float(name.get_attribute("x")), float(name.get_attribute("y")) - 4
        z1, z2 = coordinates(f"translate({x} {y})", scales)
        assert z1 + z2 == pytest.approx(2)
        assert plain(z1, z2, 0.9)[1] == pytest.approx(float(name.text_content()), rel=0.01)


def test_the_valley_of_a_soft_label_shows_when_the_point_has_come_there(page, root, artefacts):
    valley, verdict = root.locator("line.valley"), root.locator(".verdict")
    put(root, "y", 0.9)
    for z1 in (1.0, 1.1, 1.3):
        put(root, "z1", z1)
        expect(valley).to_be_hidden()
        expect(verdict).to_have_text("")
    root.screenshot(path=artefacts / "loss-surface-soft.png")
    put(root, "z1", 1.2)
    expect(valley).to_be_visible()
    expect(verdict).to_contain_text("z₁ − z₂ = 2.20, where p = y: there it is 0.325 nats.")
    ends = [
        coordinates(f"translate({valley.get_attribute(f'x{k}')} {valley.get_attribute(f'y{k}')})", scale(root, 0))
        for k in (1, 2)
    ]
    for z1, z2 in ends:
        assert z1 - z2 == pytest.approx(math.log(9), abs=1e-9)
    assert ends[1][0] - ends[0][0] == pytest.approx(16)
    put(root, "z1", -4)
    put(root, "z2", 3)
    expect(valley).to_be_visible()  # what was found stays, until the label changes
    root.screenshot(path=artefacts / "loss-surface-valley.png")
    put(root, "y", 0.8)
    expect(valley).to_be_hidden()
    expect(verdict).to_have_text("")


@pytest.mark.parametrize(("z1", "z2", "y"), [(-6, 6, 1.0), (6, -6, 0.0), (-5, 0, 1.0), (6, 0, 0.0)])
def test_point_and_arrow_are_whole_at_the_edge(root, artefacts, z1, z2, y):
    for name, value in (("z1", z1), ("z2", z2), ("y", y)):
        put(root, name, value)
    assert_shown(root, z1, z2, y)
    drawing = root.locator("svg").first.bounding_box()
    for part in (".arrow path", "path.point"):
        mark = root.locator("svg").first.locator(part)
        expect(mark).to_be_visible()
        assert mark.evaluate("(node) => node.closest('[clip-path]') === null")
        box = mark.bounding_box()
        assert drawing["x"] <= box["x"]
        assert drawing["y"] <= box["y"]
        assert box["x"] + box["width"] <= drawing["x"] + drawing["width"]
        assert box["y"] + box["height"] <= drawing["y"] + drawing["height"]
    root.screenshot(path=artefacts / f"loss-surface-edge-{z1}-{z2}.png")


def test_the_point_of_the_cut_is_dragged(page, root):
    left, right = scale(root, 1)[2][:2]
    box = root.locator("svg").nth(1).bounding_box()
    factor = box["width"] / 348

    def at(gap):
        return box["x"] + factor * (left + (gap + 12) / 24 * (right - left)), box["y"] + box["height"] / 2

    put(root, "z1", 3)  # so z₁ + z₂ is 2
    page.mouse.move(*at(4.0))
    page.mouse.down()
    page.mouse.move(*at(-3.0), steps=4)
    assert_shown(root, -0.5, 2.5, 1.0)
    page.mouse.move(*at(12.0), steps=4)
    assert_shown(root, 6.0, -6.0, 1.0)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == ""


def test_the_colour_is_as_strong_as_the_loss_is_large(page, root):
    """Read the pixels of the drawn map: none for no loss, full from 12 nats on."""
    depths = root.locator("svg").first.evaluate(
        """async (svg) => {
            const image = new Image();
            image.src = svg.querySelector("image").getAttribute("href");
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), { width: 161, height: 161 });
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const data = context.getImageData(0, 0, 161, 161).data;
            return [[0, 0], [160, 0], [80, 80], [160, 160], [0, 160]].map(([x, y]) => data[4 * (y * 161 + x) + 3]);
        }"""
    )
    places = ((-8, 8), (8, 8), (0, 0), (8, -8), (-8, -8))
    expected = [255 * min(1, math.sqrt(plain(*place, 1.0)[1] / 12)) for place in places]
    assert depths == pytest.approx(expected, abs=1.5)


def test_its_numbers_as_a_table(root):
    put(root, "y", 0.9)
    root.get_by_text("Numbers as a table").click()
    row = root.locator("details tbody tr").nth(14)
    expect(row).to_have_text("2" + "0.881" + "0.327" + "−0.0192")
    root.get_by_text("Numbers as a table").click()


def test_words_come_at_rest(page, root):
    run_code(page, "surface.z1 = 0.5")
    expect(root.locator("[role=status]")).to_have_text(
        re.compile(r"p = \(0\.818, 0\.182\), loss 0\.201 nats, gradient \(−0\.182, 0\.182\)\s*$")
    )


def test_the_notebook_takes_no_key_from_a_control(root):
    reached = root.locator("input, select, button, summary, [tabindex]")
    assert reached.count() >= 7
    assert set(reached.evaluate_all("(nodes) => nodes.map((node) => node.dataset.lmSuppressShortcuts)")) == {"true"}


def test_readable_at_twice_the_size(page, root, artefacts):
    page.set_viewport_size({"width": 640, "height": 500})  # what 200 % zoom leaves of 1280 by 1000
    root.scroll_into_view_if_needed()
    assert root.evaluate("(node) => node.scrollWidth <= node.clientWidth"), "nothing sticks out sideways"
    root.screenshot(path=artefacts / "loss-surface-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_nothing_for_axe_to_find(page, accessible, artefacts):
    accessible(page, ["loss-surface"])
    set_theme(page, "Dark")
    page.locator(".course-loss-surface").screenshot(path=artefacts / "loss-surface-dark.png")
    set_theme(page, "Light")


def test_the_sliders_keep_their_order_when_a_saved_state_comes_with_its_names_sorted(run_notebook, server):
    path: Path = server[1] / "loss_surface_sorted.ipynb"
    mixed = 'surface.setting = surface.setting | {"controls": dict(sorted(surface.setting["controls"].items()))}'
    write_notebook(
        path,
        [
            "from course_lib import explore",
            f"surface = explore.loss_surface()\n{mixed}\nsurface.send_state('setting')\nsurface",
        ],
    )
    sliders = run_notebook(path).locator(".course-loss-surface .slider-row input[type=range]")
    expect(sliders).to_have_count(3)
    assert sliders.evaluate_all("(nodes) => nodes.map((node) => node.ariaLabel)") == list(LABELS.values())
