"""One JupyterLab and one Chromium for all browser tests; a page with an opened, executed notebook for each module."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import jupyterlab as lab

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser all tests are skipped, in one line; on CI that would hide too much."""
    try:
        lab.find_browser()
    except lab.NoBrowser as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason} On CI that is a failure: install Chromium before the tests.", pytrace=False)
        pytest.skip(f"{reason} Install Chromium to run the browser tests.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, lab.browser(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab, and the folder of its notebooks."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    with lab.jupyterlab(folder) as address:
        yield address, folder / "notebooks"


OpenNotebook = Callable[[Path], AbstractContextManager[Page]]
RunNotebook = Callable[[Path], Page]


@pytest.fixture(scope="session")
def open_notebook(chromium: Browser, server: tuple[str, Path]) -> OpenNotebook:
    """Open a copy of a notebook and run all its cells; the page fails the test when its own code fails."""
    address, folder = server

    @contextmanager
    def opened(path: Path) -> Iterator[Page]:
        if path.parent != folder:
            shutil.copy(path, folder)
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(10_000)
        try:
            lab.open_notebook(page, address, path.name)
            assert lab.run_all(page), f"a cell of {path.name} failed"
            yield page
        finally:
            # Its kernel too: whoever opens a notebook of this name next would go on in it.
            page.evaluate("() => window.jupyterapp?.serviceManager.sessions.shutdownAll()")
            page.close()

    return opened


@pytest.fixture(scope="module")
def run_notebook(open_notebook: OpenNotebook) -> Iterator[RunNotebook]:
    """The same for notebooks that stay open until the last test of the module."""
    with ExitStack() as opened:
        yield lambda path: opened.enter_context(open_notebook(path))


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots are kept, for a person to look at."""
    folder = ROOT / "test-artifacts"
    folder.mkdir(exist_ok=True)
    return folder


class TangentView:
    """A tangent explorer as a learner sees it: what is drawn is read back from the SVG's coordinates."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".course-tangent").first
        self.slider = self.root.locator("input[type=range]")
        self.readout = self.root.locator(".readout")
        self.slider.scroll_into_view_if_needed()

    @property
    def x(self) -> float:
        return float(self.slider.input_value())

    def go(self, x: float) -> None:
        box = self.root.locator("input[type=number]")
        box.fill(f"{x:.2f}")
        box.press("Enter")

    def drawn_line(self) -> tuple[float, float]:
        """Slope of the drawn tangent, and its height at the slider's x, in the units of the axes."""
        svg = self.root.locator("svg")
        x0, x1 = map(float, svg.get_attribute("data-x").split())
        y0, y1 = map(float, svg.get_attribute("data-y").split())
        left, right, bottom, top = map(float, svg.get_attribute("data-frame").split())
        line = self.root.locator("line.tangent")
        (xa, ya), (xb, yb) = (
            (
                x0 + (float(line.get_attribute(f"x{end}")) - left) / (right - left) * (x1 - x0),
                y0 + (float(line.get_attribute(f"y{end}")) - bottom) / (top - bottom) * (y1 - y0),
            )
            for end in (1, 2)
        )
        slope = (yb - ya) / (xb - xa)
        return slope, ya + slope * (self.x - xa)

    def numbers(self) -> list[float]:
        """The numbers of the read-out: x, value, slope."""
        text = self.readout.inner_text().replace("−", "-")
        return [float(word) for word in text.replace("=", " ").replace(",", " ").split() if word[-1].isdigit()]


@pytest.fixture(scope="session")
def tangent_view() -> type[TangentView]:
    return TangentView


@pytest.fixture(scope="session")
def accessible() -> Callable[..., None]:
    """Assert that axe finds nothing inside the explorers, in the light theme and in the dark one."""
    from axe_playwright_python.sync_playwright import Axe

    def check(
        page: Page, kinds: Sequence[str] = ("tangent", "derivation", "question", "experiment", "picture")
    ) -> None:
        # JupyterLab's body has no height of its own, so that axe takes all in it for hidden.
        page.add_style_tag(content="body { height: 100vh; }")
        for theme in ("Dark", "Light"):
            lab.set_theme(page, theme)
            for kind in kinds:
                explorer = page.locator(f".course-{kind}").first
                explorer.scroll_into_view_if_needed()  # axe cannot judge the colours of what is out of sight
                explorer.evaluate("(node, kind) => node.setAttribute('data-axe', kind)", kind)
                results = Axe().run(page, context=f"[data-axe={kind}]", options={})
                assert results.violations_count == 0, f"{kind}, {theme}:\n{results.generate_report()}"
                seen = {rule["id"]: len(rule["nodes"]) for rule in results.response["passes"]}
                if kind != "picture":
                    assert seen.get("color-contrast", 0) >= 3, f"axe saw next to nothing: {seen}"

    return check
