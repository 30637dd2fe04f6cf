"""How long a learner waits for the picture after moving a slider, against what a course usually does.

Three pictures are each made twice in one notebook, with the same things in them: by the course's explorers, and by
``interact`` with inline matplotlib; one of them has two sliders. Keys are pressed in turn, so that all meet the same
machine at the same time. The browser's own clock is read: from the keydown event to the first frame after the picture
changed.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from benchmarks import jupyterlab as lab

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUNDS = 40
WARM_UP = 5
HELD_KEYS = 60
KEY_INTERVAL_MS = 33

CELLS = [
    """%matplotlib inline
from time import perf_counter
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import FloatSlider, interact
from course_lib import ACTIVATIONS, explore
from course_lib.explorers import logistic
from course_lib.losses import logistic_loss
spent = {"experiment": [], "interact_experiment": []}
def timed(name, function):
    def run(*arguments, **named):
        began = perf_counter()
        result = function(*arguments, **named)
        spent[name].append(perf_counter() - began)
        return result
    return run""",
    "tangent = explore.tangent('sigmoid')\ntangent",
    """sigmoid, grid = ACTIVATIONS["sigmoid"], np.linspace(-8, 8, 801)
def draw_tangent(x):
    value, slope = sigmoid.f(x), sigmoid.derivative(x)
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    axes.plot(grid, sigmoid.derivative(grid), color="#B84A00")
    axes.plot(grid, sigmoid.f(grid), color="#0062A3")
    axes.fill([x, x + 1, x + 1], [value, value, value + slope], color="#B84A00", alpha=0.2)
    axes.axline((x, value), slope=slope, color="black")
    axes.vlines(x, slope, value, linestyle=":")
    axes.plot(x, slope, "s", color="#B84A00"); axes.plot(x, value, "o", color="#0062A3")
    axes.set(xlim=(-8, 8), ylim=(-0.06, 1.06), xlabel="x (pre-activation, dimensionless)",
             ylabel="value and slope (dimensionless)",
             title=f"x = {x:.2f}, value {value:.3g}, slope {slope:.3g}")
    axes.annotate("sigmoid", (8, 1), xytext=(6, 0), textcoords="offset points", annotation_clip=False)
    axes.annotate("derivative", (8, 0), xytext=(6, 0), textcoords="offset points", annotation_clip=False)
    axes.grid(axis="y")
    plt.show()
_ = interact(draw_tangent, x=FloatSlider(value=0, min=-8, max=8, step=0.02))""",
    """experiment = explore.logistic_regression()
experiment._drawing.canvas.png = timed("experiment", experiment._drawing.canvas.png)
experiment""",
    """X, y = logistic.breast_cancer()
def draw_experiment(exponent):
    path = logistic.descend(X, y, 10**exponent, 100)
    losses, w = logistic_loss(X, y, path), path[-1]
    began = perf_counter()
    figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.4))
    for label, marker in ((0, 'o'), (1, '^')):
        left.scatter(*X[y == label, :2].T, s=14, marker=marker)
    across = np.array([-3.0, 5.0])
    left.plot(across, -(w[2] + w[0] * across) / w[1]); left.set(xlim=(-2.2, 4.2), ylim=(-2.4, 5.2))
    right.semilogy(losses); right.set(ylim=(0.2, 25), xlabel='step', ylabel='loss')
    plt.show()
    spent["interact_experiment"].append(perf_counter() - began)
_ = interact(draw_experiment, exponent=FloatSlider(value=-1, min=-3, max=2, step=0.02))""",
    "gallery = explore.gallery('silu', 'gelu', 'relu')\ngallery.parameters = {'silu': {'beta': -0.5}}\ngallery",
    """across = np.linspace(-8, 8, 321)
def draw_gallery(x, beta):
    figure, panels = plt.subplots(2, 1, figsize=(7, 4.7), sharex=True, layout="constrained")
    for name, line, point in (("silu", "-", "o"), ("gelu", "--", "s"), ("relu", ":", "D")):
        activation = ACTIVATIONS[name]
        given = {"beta": beta} if name == "silu" else {}
        for axes, f, colour in zip(panels, (activation.f, activation.derivative), ("#0062A3", "#B84A00")):
            axes.plot(across, f(across, **given), line, color=colour)
            axes.plot(x, f(x, **given), point, color=colour)
            axes.annotate(name, (4, f(4.0, **given)), xytext=(6, 0), textcoords="offset points", annotation_clip=False)
            axes.axvline(x, linestyle=":"); axes.set(xlim=(-4, 4)); axes.grid(axis="y")
    panels[0].set(ylim=(-0.6, 4.3), ylabel="value (dimensionless)")
    panels[1].set(ylim=(-0.2, 1.2), ylabel="slope (dimensionless)", xlabel="x (pre-activation, dimensionless)")
    plt.show()
_ = interact(draw_gallery, x=FloatSlider(value=0, min=-4, max=4, step=0.02),
             beta=FloatSlider(value=-0.5, min=-2, max=2, step=0.02))""",
]

# name -> (number of the code cell, the slider that has the focus, where the picture is)
PLACES = {
    "tangent": (1, "input[type=range]", ".course-tangent"),
    "interact_tangent": (2, ".noUi-handle", ".jp-OutputArea"),
    "experiment": (3, "input[type=range]", ".course-experiment"),
    "interact_experiment": (4, ".noUi-handle", ".jp-OutputArea"),
    "gallery_x": (5, "input[type=range]", ".course-gallery .overlay"),
    "interact_gallery_x": (6, ".noUi-handle", ".jp-OutputArea"),
    "gallery_beta": (5, ".dials input[type=range]", ".course-gallery .overlay"),
    "interact_gallery_beta": (6, ".noUi-handle >> nth=1", ".jp-OutputArea"),
}

# Watches one picture. A drawing counts as changed when the SVG's attributes change, an image when a new one has
# loaded; the frame that shows it has been made when a task after the next animation frame runs.
WATCH = """([cell, control, picture]) => {
    const root = document.querySelectorAll(".jp-CodeCell")[cell];
    const area = root.querySelector(picture);
    const watch = { pressed: 0, changed: false, frames: [] };
    const svg = area.querySelector("svg");
    const drawn = svg?.closest(".overlay") ?? svg; // two drawings count as one picture
    const changes = { attributes: true, childList: true, subtree: true };
    if (drawn) new MutationObserver(() => { watch.changed = true; }).observe(drawn, changes);
    area.addEventListener("load", (event) => {
        if (event.target.tagName === "IMG") event.target.decode().then(() => { watch.changed = true; }, () => {});
    }, true);
    window.addEventListener("keydown", (event) => { watch.pressed = event.timeStamp; }, true);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => watch.frames.push(performance.now());
    const everyFrame = () => {
        if (watch.changed) { watch.changed = false; channel.port2.postMessage(null); }
        requestAnimationFrame(everyFrame);
    };
    requestAnimationFrame(everyFrame);
    return watch;
}"""


@dataclass(frozen=True)
class Timings:
    """What was measured of one way to draw.

    Attributes
    ----------
    waits : list of float
        Milliseconds from each key to its frame.
    frames : int
        Frames that changed the picture while a key was held.
    settle : float
        Milliseconds from the last of the held keys to the last change.
    """

    waits: list[float]
    frames: int
    settle: float

    @property
    def median(self) -> float:
        """The median wait in milliseconds."""
        return median(self.waits)

    @property
    def p95(self) -> float:
        """The wait in milliseconds that 95 % of the keys stayed within."""
        return quantiles(self.waits, n=20)[-1]


def measure() -> tuple[dict[str, Timings], dict[str, float]]:
    """Return the timings of all pictures, and the median kernel milliseconds for each frame of two."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        lab.browser(playwright) as browser,
        lab.jupyterlab(Path(folder)) as address,
    ):
        lab.write_notebook(Path(folder) / "notebooks" / "slider.ipynb", CELLS)
        page = browser.new_page(viewport={"width": 1280, "height": 2600})
        lab.open_notebook(page, address, "slider.ipynb")
        if not lab.run_all(page):
            raise RuntimeError("A cell of the benchmark's notebook failed.")
        page.wait_for_timeout(2000)
        sliders = {name: _Slider(page, *place) for name, place in PLACES.items()}
        waits: dict[str, list[float]] = {name: [] for name in sliders}
        for turn in range(WARM_UP + ROUNDS):
            for name, slider in sliders.items():
                wait = slider.press()
                if turn >= WARM_UP:
                    waits[name].append(wait)
        held = {name: slider.hold() for name, slider in sliders.items()}
        spent = json.loads(lab.value_of(page, "__import__('json').dumps(spent)"))
    kernel = {name: 1000 * median(seconds) for name, seconds in spent.items() if seconds}
    return {name: Timings(waits[name], *held[name]) for name in sliders}, kernel


class _Slider:
    def __init__(self, page: Page, cell: int, control: str, picture: str) -> None:
        self._page = page
        self._control = page.locator(".jp-CodeCell").nth(cell).locator(control).first
        self._watch = page.evaluate_handle(WATCH, [cell, control, picture])

    def press(self) -> float:
        """Press a key once; return the milliseconds until the first frame with the new picture."""
        self._control.focus()
        self._watch.evaluate("(watch) => { watch.frames = []; }")
        self._page.keyboard.press("ArrowRight")
        wait = self._page.wait_for_function(
            "(watch) => watch.frames.length ? watch.frames[0] - watch.pressed : 0",
            arg=self._watch,
            polling=5,
            timeout=10_000,
        ).json_value()
        self._page.wait_for_timeout(250)  # let everything come to rest: turns must not disturb each other
        return float(wait)

    def hold(self) -> tuple[int, float]:
        """Hold a key; return how many frames changed the picture, and how long it moved after the last key."""
        self._control.focus()
        self._watch.evaluate("(watch) => { watch.frames = []; }")
        for _ in range(HELD_KEYS):
            self._page.keyboard.down("ArrowRight")  # repeated calls send repeated keydown events
            self._page.wait_for_timeout(KEY_INTERVAL_MS)
        self._page.keyboard.up("ArrowRight")
        self._page.wait_for_timeout(2000)
        result: dict[str, Any] = self._watch.evaluate(
            "(watch) => ({ frames: watch.frames.length, settle: watch.frames.at(-1) - watch.pressed })"
        )
        return int(result["frames"]), float(result["settle"])
