"""Softmax, the stack of linear layers and the dead units in a real JupyterLab: every control, against plain math."""

import json
import math
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.jupyterlab import run_code, set_theme, value_of, write_notebook
from course_lib.explorers.dead_units import digits, other_digits, train

CELLS = [
    "from course_lib import explore\nfrom course_lib.activations.vector import softmax, softmax_jacobian\n"
    "import numpy as np",
    "soft = explore.softmax()\nsoft",
    "stack = explore.linear_stack()\nstack",
    "dead = explore.dead_units()\ndead",
]
#: Milliseconds after which the kernel has heard of a movement.
LET_REST = 200
KINDS = ("softmax", "linear-stack", "experiment")


@pytest.fixture(scope="module")
def page(run_notebook, server) -> Page:
    path: Path = server[1] / "explorers_b.ipynb"
    write_notebook(path, CELLS)
    return run_notebook(path)


def widget(page: Page, kind: str) -> Locator:
    root = page.locator(f".course-{kind}")
    root.scroll_into_view_if_needed()
    return root


def put(root: Locator, label: str, value: float) -> None:
    """Type a value into the number box beside a slider."""
    box = root.get_by_label(f"{label}, as a number", exact=True)
    box.fill(str(value))
    box.press("Enter")


def values(cells: Locator) -> list[float]:
    return cells.evaluate_all("(nodes) => nodes.map((node) => Number(node.dataset.value))")


def plain_softmax(logits: list[float], temperature: float) -> tuple[list[float], list[float]]:
    """Probabilities, and the Jacobian row by row."""
    e = [math.exp((z - max(logits)) / temperature) for z in logits]
    s = [entry / sum(e) for entry in e]
    return s, [si * ((i == k) - sk) / temperature for i, si in enumerate(s) for k, sk in enumerate(s)]


def assert_softmax(root: Locator, logits: list[float], temperature: float) -> None:
    s, jacobian = plain_softmax(logits, temperature)
    assert values(root.locator(".fill")) == pytest.approx(s, rel=1e-12)
    assert values(root.locator(".heat td[data-value]")) == pytest.approx(jacobian, rel=1e-9, abs=1e-12)
    shown = root.locator(".number").all_inner_texts()
    assert [float(text.split(" = ")[1].replace("−", "-")) for text in shown] == pytest.approx(s, rel=5e-3)


def test_every_control_of_softmax(page):
    root = widget(page, "softmax")
    logits = [2.0, 1.0, 0.0]
    assert_softmax(root, logits, 1.0)
    expect(root.locator(".readout")).to_have_text("S = (0.665, 0.245, 0.0900), largest: S₁")
    for i, value in enumerate((-8.0, 3.35, 1.5)):
        logits[i] = value
        put(root, f"z{'₁₂₃'[i]}", value)
        assert_softmax(root, logits, 1.0)
    put(root, "temperature T", 0.1)
    assert_softmax(root, logits, 0.1)
    put(root, "temperature T", 2.5)
    assert_softmax(root, logits, 2.5)
    expect(root.locator(".heat .sum")).to_have_text(["row sum", "0.000", "0.000", "0.000"])
    page.wait_for_timeout(LET_REST)
    assert value_of(page, "soft.logits") == logits
    python = value_of(page, "[softmax(soft.logits, temperature=2.5).tolist(), "
                      "softmax_jacobian(soft.logits, temperature=2.5).ravel().tolist()]")  # fmt: skip
    assert values(root.locator(".fill")) == pytest.approx(python[0], rel=1e-12)
    assert values(root.locator(".heat td[data-value]")) == pytest.approx(python[1], rel=1e-12)


def test_a_shift_changes_nothing_but_the_naive_formula(page, artefacts):
    root = widget(page, "softmax")
    run_code(page, "soft.logits, soft.temperature, soft.shift = [2, 1, 0], 1, 0")
    expect(root.locator(".readout")).to_contain_text("(0.665, 0.245, 0.0900)")
    naive = root.locator(".naive")
    expect(naive).to_contain_text("exp((z + c)/T) is (7.39, 2.72, 1.00); divided by the sum, (0.665, 0.245, 0.0900)")
    slider = root.get_by_label("c, added to each", exact=True)
    slider.focus()
    for key, exponentials in [("End", "(∞, ∞, ∞)"), ("Home", "(0.00, 0.00, 0.00)")]:
        page.keyboard.press(key)
        assert_softmax(root, [2.0, 1.0, 0.0], 1.0)
        expect(naive).to_contain_text(f"exp((z + c)/T) is {exponentials}")
        expect(naive).to_contain_text("(not a number, not a number, not a number)")
        expect(naive).to_have_class("naive broken")
    put(root, "c, added to each", 709)  # only the first two are beyond the largest float
    expect(naive).to_contain_text("(∞, ∞, 8.22e307); divided by the sum, (not a number, not a number, 0.00)")
    root.get_by_text("Numbers as a table").click()
    row = root.locator("details tbody tr").nth(2)
    expect(row).to_have_text("3709" + "8.22e307" + "0.00" + "−2.00" + "0.135" + "0.0900")
    root.get_by_text("Numbers as a table").click()
    root.get_by_label("z₂", exact=True).focus()
    expect(root.locator(".heat .moved")).to_have_count(4)
    root.screenshot(path=artefacts / "softmax-overflow.png")
    put(root, "c, added to each", 0)
    expect(naive).to_have_class("naive")


def test_words_of_softmax_come_at_rest(page):
    root = widget(page, "softmax")
    run_code(page, "soft.logits = [0, 0, -1]")
    expect(root.locator("[role=status]")).to_have_text("S = (0.422, 0.422, 0.155), largest: S₁ and S₂")
    slider = root.get_by_label("z₃", exact=True)
    slider.focus()
    cells = page.locator(".jp-Cell").count()
    for key in ("ArrowRight", "PageUp", "b"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    expect(slider).to_have_attribute("aria-valuetext", "z₃ = 0.65, S₃ = 0.489")
    page.wait_for_timeout(600)
    expect(root.locator("[role=status]")).to_have_text("S = (0.422, 0.422, 0.155), largest: S₁ and S₂")
    put(root, "z₃", 0)
    expect(root.locator(".readout")).to_have_text("S = (0.333, 0.333, 0.333), largest: S₁, S₂ and S₃")


def plain_layers(c: dict[str, float], hidden: int) -> tuple[list[list[float]], list[float]]:
    """The fold of the two layers, entry by entry."""

    def turn(degrees):
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return [[cos, sin], [-sin, cos]]

    def times(A, B):
        return [[sum(row[j] * B[j][k] for j in range(len(B))) for k in range(len(B[0]))] for row in A]

    s1, s2 = c["stretch 1"], c["stretch 2"]
    W1 = times(turn(c["turn 1 (degrees)"]), [[s1, 0, 0.7][:hidden], [0, 1, 0.7][:hidden]])
    W2 = times([[s2, 0], [0, 1], [0.5, -0.5]][:hidden], turn(c["turn 2 (degrees)"]))
    W = times(W1, W2)
    b = [entry + c["bias 2"] for entry in times([[c["bias 1"]] * hidden], W2)[0]]
    return W, b


def folded(root: Locator) -> tuple[list[list[float]], list[float], float]:
    data = root.locator(".matrices").evaluate("(node) => ({ ...node.dataset })")
    return json.loads(data["w"]), json.loads(data["b"]), float(data["distance"])


def drawn(root: Locator, kind: str, line: str = "letter") -> list[float]:
    path = root.locator(f".plane.{kind} path.{line}").get_attribute("d") or ""
    return [float(number) for number in path.replace("M", " ").replace("L", " ").split()]


def test_every_control_of_the_stack(page, artefacts):
    root = widget(page, "linear-stack")
    state = {"turn 1 (degrees)": 30, "stretch 1": 1.3, "bias 1": 0.3}
    state |= {"turn 2 (degrees)": -75, "stretch 2": 0.8, "bias 2": -0.2}
    news = {"turn 1 (degrees)": -45, "stretch 1": 0.9, "bias 1": -0.4}
    news |= {"turn 2 (degrees)": 110, "stretch 2": -1.1, "bias 2": 0.5}
    for label, value in news.items():
        state[label] = value
        before = drawn(root, "output")
        put(root, label, value)
        W, b, distance = folded(root)
        expected, bias = plain_layers(state, 2)
        for row, wanted in zip([*W, b], [*expected, bias], strict=True):
            assert row == pytest.approx(wanted, abs=1e-13)
        assert distance < 1e-14
        assert drawn(root, "output") != before
        assert drawn(root, "output") == pytest.approx(drawn(root, "single"), abs=0.011)
    page.wait_for_timeout(LET_REST)
    for row, python in zip(W, value_of(page, "stack.W.tolist()"), strict=True):
        assert row == pytest.approx(python, abs=1e-13)
    for width, words in (("1", "rank 1: the plane collapses onto a line"), ("3", "rank 2: the plane stays a plane")):
        root.get_by_label("hidden units").select_option(width)
        expect(root.locator(".readout")).to_contain_text(words)
        assert folded(root)[0][0] == pytest.approx(plain_layers(state, int(width))[0][0], abs=1e-13)
    expect(root.locator(".plane.middle text")).to_have_text(["h₁", "h₂", "h₃"])
    assert drawn(root, "output", "dashes") == []
    fold = root.get_by_label("Fold")
    fold.focus()
    page.keyboard.press("Space")
    assert drawn(root, "output", "dashes")[: len(drawn(root, "single"))] == drawn(root, "single")
    root.screenshot(path=artefacts / "linear-stack-folded.png")


def test_nothing_folds_over_tanh(page, artefacts):
    root = widget(page, "linear-stack")
    root.get_by_label("between the layers").select_option("tanh")
    expect(root.locator(".readout")).to_contain_text("With tanh between the layers straight lines bend")
    page.wait_for_timeout(LET_REST)
    _, _, distance = folded(root)
    assert distance == pytest.approx(value_of(page, "stack.distance"), rel=1e-9)
    assert distance > 0.1
    assert max(abs(a - b) for a, b in zip(drawn(root, "output"), drawn(root, "single"), strict=True)) > 2
    root.screenshot(path=artefacts / "linear-stack-tanh.png")
    run_code(page, "stack.between, stack.bias_1, stack.stretch_1, stack.turn_1 = 'relu', 1.0, 0.5, 0.0\n"
             "stack.hidden, stack.fold = 2, False")  # fmt: skip
    expect(root.locator(".readout")).to_contain_text("On this square ReLU bends nothing.")
    expect(root.get_by_label("stretch 1", exact=True)).to_have_value("0.5")
    expect(root.get_by_label("Fold")).not_to_be_checked()
    root.get_by_text("Numbers as a table").click()
    expect(root.locator("details tbody tr").first).to_have_text("W₁" + "1" + "0.50, 0.00")
    root.get_by_text("Numbers as a table").click()


def test_every_control_of_the_dead_units(page, artefacts):
    root = widget(page, "experiment")
    readout, picture = root.locator(".readout"), root.locator("img")
    values = {"bias": 0.0, "rate": 1.0, "slope": 0.0}
    data, new = digits(), other_digits()

    def expect_trained(**news: float) -> None:
        values.update(news)
        run = train(*data, **values)
        first, last = (round(50 * share) for share in (run.negative[0], run.negative[-1]))
        who = "Units negative for every digit" if values["slope"] else "Dead units"
        expect(readout).to_contain_text(f"{who}: {first} of 50 at first, {last} after 100 steps", timeout=3000)
        right = 100 * run.accuracy(*new)
        expect(readout).to_contain_text(f"{right:.1f} % of {len(new[1])} new ones", timeout=3000)

    expect_trained()
    before = picture.get_attribute("src")
    slider = root.get_by_label("bias at first", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    expect_trained(bias=-2.0)
    assert picture.get_attribute("src") != before
    put(root, "bias at first", -1.0)
    expect_trained(bias=-1.0)
    put(root, "learning rate", 3)
    expect_trained(rate=3.0)
    root.screenshot(path=artefacts / "dead-units-relu.png")
    choice = root.get_by_label("slope left of 0")
    choice.focus()
    for slope in (0.01, 0.1):
        page.keyboard.press("ArrowDown")
        expect_trained(slope=slope)
    run_code(page, "dead.rate = 10.0")
    expect_trained(rate=10.0)
    page.wait_for_timeout(600)  # the words follow when the hand rests
    assert "dotted where it is negative for every digit" in picture.get_attribute("alt")
    root.screenshot(path=artefacts / "dead-units-leaky.png")
    run_code(page, "dead.slope = 0.0")
    expect(choice).to_have_value("0 (ReLU)")
    expect(readout).to_contain_text("they got 0 % of the gradient")
    root.get_by_text("Numbers as a table").click()
    expect(root.locator("tbody tr")).to_have_count(11)
    root.get_by_text("Numbers as a table").click()


@pytest.mark.parametrize("kind", KINDS)
def test_the_notebook_takes_no_key_from_a_control(page, kind):
    root = widget(page, kind)
    page.wait_for_timeout(LET_REST)
    reached = root.locator("input, select, button, summary, [tabindex]")
    assert reached.count() >= 4
    assert set(reached.evaluate_all("(nodes) => nodes.map((node) => node.dataset.lmSuppressShortcuts)")) == {"true"}


def test_readable_at_twice_the_size(page, artefacts):
    page.set_viewport_size({"width": 640, "height": 500})  # what 200 % zoom leaves of 1280 by 1000
    for kind in KINDS:
        root = widget(page, kind)
        assert root.evaluate("(node) => node.scrollWidth <= node.clientWidth"), "nothing sticks out sideways"
        root.screenshot(path=artefacts / f"{kind}-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_nothing_for_axe_to_find(page, accessible, artefacts):
    accessible(page, KINDS)
    set_theme(page, "Dark")
    for kind, name in zip(KINDS, ("softmax", "linear-stack", "dead-units"), strict=True):
        widget(page, kind).screenshot(path=artefacts / f"{name}-dark.png")
