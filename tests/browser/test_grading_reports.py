"""What grading reports, in a real browser: readable in both themes, on a telephone and on paper, and inert."""

from collections.abc import Callable
from pathlib import Path

import hostile
import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile import answer, graded
from playwright.sync_api import Browser, Page

from course_lib.checking import EXERCISES
from course_lib.grading.reports.report import Change, Marks, write_feedback, write_summary
from course_lib.grading.reports.slip_words import in_short
from course_lib.grading.results import not_graded

LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"color_scheme": "light", "viewport": {"width": 400, "height": 800}},
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    telling = "It raises ValueError in the line `return x`.\nAt x = 2 you return -2."
    every = [
        graded(
            f"learner_{n:02}",
            answer("sigmoid", float(n % 11), f"sigmoid: {n % 11} of 10 points.\n{telling}", fingerprint=f"f{n // 2}"),
            answer("sigmoid_derivative", 0.0, slip="input_for_output"),
            assignment=("03_sigmoid", "04_tanh")[n % 3 == 0],
            notes=("Handed in after the deadline.",),
        )
        for n in range(30)
    ]
    every.append(not_graded("broken.ipynb", "bert", "", "It is not JSON."))
    every += map(hostile.everywhere, hostile.HTML[:3])
    marks = Marks(trusted_learners=True, changes=(Change("a.ipynb", "anna", "03_sigmoid", 1.0, 2.0),))
    for one in (*every, *map(hostile.everywhere, hostile.HTML[3:])):
        write_feedback(out, one, marks)
    write_summary(out, every, marks)
    return out


Open = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, request: pytest.FixtureRequest) -> Open:
    """Open pages in one tab, each of which must neither load nor say anything."""
    tabs: dict[str, Page] = {}
    said: list[str] = []

    def open_page(path: Path, look: str) -> Page:
        if look not in tabs:
            tabs[look] = chromium.new_page(**LOOKS[look])
            request.addfinalizer(tabs[look].close)
            tabs[look].on("console", lambda message: said.append(message.text))
            tabs[look].on("dialog", lambda dialog: said.append(dialog.message))
            tabs[look].on("request", lambda asked: said.append(asked.url))
        page = tabs[look]
        said.clear()
        page.goto(path.as_uri())
        assert said == [path.as_uri()], "nothing is blocked, and nothing else is asked for"
        return page

    return open_page


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["overview.html", "feedback/learner_01/03_sigmoid.html"])
def test_axe_finds_nothing(report: Path, opened: Open, artefacts: Path, name: str, look: str) -> None:
    page = opened(report / name, look)
    page.screenshot(path=artefacts / f"grading-{Path(name).stem}-{look}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "only tables scroll sideways"
    results = Axe().run(page, options={})
    assert results.violations_count == 0, results.generate_report()
    seen = {rule["id"]: len(rule["nodes"]) for rule in results.response["passes"]}
    assert seen.get("color-contrast", 0) >= 8, f"axe saw next to nothing: {seen}"


@pytest.mark.parametrize("name", ["overview.html", "feedback/learner_01/03_sigmoid.html"])
def test_on_paper_it_is_dark_on_white_and_nothing_is_cut_off(report: Path, opened: Open, name: str) -> None:
    page = opened(report / name, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 700, "height": 1000})  # A4 with its margins
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    right = (
        "[...document.querySelectorAll('table')].map((t) => [t.caption.textContent, t.getBoundingClientRect().right])"
    )
    assert [(caption, edge) for caption, edge in page.evaluate(right) if edge > 701] == []


def test_what_is_folded_opens_without_a_script(report: Path, opened: Open) -> None:
    page = opened(report / "overview.html", "light")
    for details in page.locator("details").all():
        assert not details.locator("table, p").first.is_visible()
        details.locator("summary").click()
        assert details.locator("table, p").first.is_visible()
    assert page.locator("details").count() == 4


def test_a_large_class_is_taken_in_at_a_glance(chromium: Browser, tmp_path: Path) -> None:
    """Four assignments of 225 learners, all the longest sentences there are, and files that could not be read."""
    lessons = ("03_sigmoid", "04_tanh", "05_relu", "06_softmax")
    every = [not_graded(f"b{n}.ipynb", f"b{n}", "", f"It is not JSON from line {n % 7} on.") for n in range(20)]
    for lesson in lessons:
        names = [name for name, exercise in EXERCISES.items() if exercise.lesson == lesson]
        longest = {n: max(EXERCISES[n].slips, key=lambda slip: len(in_short(slip.sentence))).name for n in names}
        every += [
            graded(
                f"learner_{n:05}",
                *(answer(e, 0.0, slip=longest[e], fingerprint=f"{n // 2}") for e in names),
                assignment=lesson,
            )
            for n in range(225)
        ]
    write_summary(tmp_path, every, Marks())
    page = chromium.new_page(viewport={"width": 1000, "height": 800})
    page.goto((tmp_path / "overview.html").as_uri())
    assert page.locator("tbody").first.is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 2_500, "with sentences as they come it is 2,000"
    page.close()


def test_a_hostile_page_does_nothing(report: Path, opened: Open) -> None:
    pages = sorted((report / "feedback").glob("*~*/*.html"))
    assert len(pages) == len(hostile.HTML)
    for path in pages:
        page = opened(path, "light")
        assert page.locator("h1").count() == 1
        assert page.locator("script, img, iframe, svg, math, base, a, [onload], [onerror]").count() == 0


def test_a_script_that_got_in_would_not_run(report: Path, chromium: Browser, tmp_path: Path) -> None:
    path = report / "feedback/learner_01/03_sigmoid.html"
    script = "<script>document.title = 'ran'</script><img src='x' onerror=\"document.title = 'ran'\">"
    planted = path.read_text(encoding="utf-8").replace("<main>", f"<main>{script}")
    for name, text, title in (
        ("planted", planted, "Feedback on 03_sigmoid"),
        ("without the policy", planted.replace("Content-Security-Policy", "none"), "ran"),
    ):
        place = tmp_path / f"{name}.html"
        place.write_text(text, encoding="utf-8")
        page = chromium.new_page()
        page.goto(place.as_uri())
        assert page.title() == title, name
        page.close()
