"""The page on the class: right numbers, in words, in tables and in one picture."""

import ast
import re
import time
from pathlib import Path

import hostile
import pytest
from hostile import answer, graded
from page_reader import Reader

from course_lib.checking import EXERCISES
from course_lib.explorers.palette import DARK, LIGHT
from course_lib.grading.reports import distribution, page
from course_lib.grading.reports.identical import identical
from course_lib.grading.reports.overview import overview
from course_lib.grading.reports.report import Change, Marks
from course_lib.grading.reports.slip_words import GENERAL, in_short, in_words
from course_lib.grading.results import NOT_GRADED, Graded, not_graded

COURSE_LIB = Path(page.__file__).parents[2]
CONFINED = Marks()
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "bdi", "strong", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "code", "div", "figure", "svg", "desc", "text", "line", "rect",
    "details", "summary",
}  # fmt: skip


def page_of(every: list[Graded], marks: Marks = CONFINED) -> bytes:
    return overview(every, marks, identical(every))


def text_of(every: list[Graded], marks: Marks = CONFINED, *, opened: bool = True) -> str:
    """Return what is read; where nothing is opened, without what is folded."""
    page = page_of(every, marks)
    if not opened:
        page = re.sub(rb"</summary>.*?</details>", rb"</summary></details>", page, flags=re.S)
    return " ".join(Reader(page).text.split())


def between(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


def test_how_many_were_graded_and_why_not() -> None:
    every = [
        graded("anna"),
        graded("bert"),
        *(not_graded(f"broken_{n:02}.ipynb", f"b{n}", "", "It is not JSON.") for n in range(10)),
        not_graded("empty.ipynb", "cleo", "", "It is `empty`."),
        Graded("old.ipynb", "anna", "03_sigmoid", NOT_GRADED, ("A newer one counts.",), superseded=True),
    ]
    text = text_of(every)
    assert "2 of 14 submissions graded, from 13 learners. 11 could not be graded. 1 is older" in text
    assert "10 It is not JSON. broken_00.ipynb 1 It is empty. empty.ipynb" in text
    assert "10 It is not JSON. broken_00.ipynb, broken_01.ipynb" in text[text.index("All of them") :]
    assert "old.ipynb" not in text
    assert "1 of 2 submissions graded, from 1 learner." in text_of([graded("anna"), graded("anna", superseded=True)])


def test_the_points_of_each_assignment() -> None:
    every = [graded(f"a{n}", answer(points=n), assignment="03_sigmoid") for n in (0, 1, 2, 3, 10)]
    every += [graded(f"b{n}", answer(points=n), assignment="04_tanh") for n in (4, 5)]
    text = text_of(every)
    assert "graded mean median out of 03_sigmoid 5 3.2 2 10 04_tanh 2 4.5 4.5 10" in text
    # lowest, lower quartile, median, upper quartile, highest
    assert "03_sigmoid 0 1 2 3 10 04_tanh 4 4.25 4.5 4.75 5" in text
    assert "0–10 10–20 20–30 30–40 40–50 50–60 60–70 70–80 80–90 90–100 all" in text
    assert "03_sigmoid 1 1 1 1 0 0 0 0 0 0 1 04_tanh 0 0 0 0 1 1 0 0 0 0 0 together 1 1 1 1 1 1 0 0 0 0 1" in text


def test_shares_fall_where_they_belong() -> None:
    shares = [0, 0.0999, 0.1, 0.3, 0.1 + 0.2, 0.29999999999999993, 0.7, 0.999, 1.0, 0.1 * 3 + 0.7, 29 / 50]
    assert distribution.counts(shares) == [2, 1, 0, 3, 0, 1, 0, 1, 0, 1, 2]


def test_the_picture_is_drawn_to_scale_and_told_in_words() -> None:
    numbers = [3, 0, 0, 0, 12, 0, 0, 0, 0, 1, 28]
    picture = distribution.picture(numbers)
    (zero, _), *_, (top, highest) = picture.levels
    assert [n for _, n in picture.levels] == [0, 10, 20, 30]
    for bar, number in zip(picture.bars, numbers, strict=True):
        assert bar.count == number
        assert bar.height == pytest.approx((zero - top) * number / highest, abs=0.02)
        assert bar.top + bar.height == pytest.approx(zero, abs=0.02)
        assert picture.left < bar.left < bar.left + bar.width < picture.right
    assert "0 to below 10 %: 3;" in picture.says
    assert picture.says.endswith("all points: 28.")
    for highest in (1, 5, 6, 99, 100_000):
        levels = [n for _, n in distribution.picture([highest] * 11).levels]
        assert levels[-1] >= highest
        assert 2 <= len(levels) <= 6


def test_the_hardest_exercise_is_named() -> None:
    every = [
        graded(
            "anna", answer("sigmoid", 10.0), answer("sigmoid_derivative", 4.0), answer("steep_sigmoid_derivative", 9.0)
        ),
        graded("bert", answer("sigmoid", 10.0), answer("sigmoid_derivative", 0.0, slip="not_attempted")),
    ]
    text = text_of(every)
    assert "The hardest one is sigmoid_derivative: the class earned 20 % of its points." in text
    assert "sigmoid 100 % 100 % 0 0 there is none sigmoid_derivative 20 % 0 % 1 1 wrong in a way" in text
    assert "hardest" not in text_of([graded("anna"), graded("bert")])
    tied = graded("anna", answer("sigmoid", 5.0), answer("softmax", 5.0), answer("tanh_derivative", 6.0))
    assert "The hardest ones are sigmoid, softmax: the class earned 50 % of the points of each." in text_of([tied])


def slipped(exercise: str, slip: str | None, message: str = "") -> Graded:
    return graded("x", answer(exercise, 0.0, message, slip=slip))


def test_the_slips_of_an_exercise_with_the_sentences_that_teach() -> None:
    every = [
        *(slipped("sigmoid_derivative", "input_for_output") for _ in range(4)),
        *(slipped("sigmoid_derivative", "raises") for _ in range(3)),
        *(slipped("sigmoid_derivative", "tanh_rule") for _ in range(2)),
        *(slipped("sigmoid_derivative", s) for s in ("factor", "endless", "ignores_alpha")),
        *(slipped("sigmoid_derivative", None) for _ in range(5)),
        *(slipped("sigmoid_derivative", "not_attempted") for _ in range(9)),
    ]
    text = text_of(every)
    [sentence] = {s.sentence for s in EXERCISES["sigmoid_derivative"].slips if s.name == "input_for_output"}
    assert f"sigmoid_derivative 0 % 0 % 9 4 {in_short(sentence)}" in between(text, "Exercises", "The commonest slips")
    told = between(text, "The slips of every exercise", "Identical answers")
    assert f"{sentence} 4 raises an exception 3" in told
    assert "other slips with a name 3 wrong in a way that has no name 5" in told
    assert "not attempted" not in told
    assert "There was none." in text_of([graded()])


def test_the_commonest_slips_of_the_class() -> None:
    every = [
        *(slipped("sigmoid", "raises") for _ in range(3)),
        *(slipped("softmax", "raises") for _ in range(2)),
        *(slipped("softmax", "endless") for _ in range(4)),
        *(slipped("softmax", None) for _ in range(9)),
        *(slipped("tanh_derivative", f"slip {n:02}") for n in range(20)),
    ]
    told = between(text_of(every, opened=False), "Of the whole class", "Identical answers")
    assert told.startswith("Of the whole class, beside 9 answers wrong in a way that has no name answers slip in ")
    assert "5 raises an exception 2 exercises 4 did not end in its time softmax 1 slip 00 tanh_derivative" in told
    assert "1 slip 07" in told
    assert "slip 08" not in told, "ten are enough"


def test_of_what_a_slip_says_the_table_holds_the_first_sentence() -> None:
    assert in_short("It is 0. Why? Look at `x.y`.") == "It is 0."
    assert in_short("What does `a. b` do? It does. ") == "What does `a. b` do?"
    for whole in ("changes its argument", "It is 0.5 at most", "An `open. one", "", "It is 1e-3 off."):
        assert in_short(whole) == whole


def test_of_several_sentences_the_one_that_most_learners_read() -> None:
    name, slip = "sigmoid_derivative", "missing_outer_square"
    first, second = [s.sentence for s in EXERCISES[name].slips if s.name == slip]
    assert in_words(name, slip, {f"Wrong.\n{second}": 2, f"Wrong.\nAt x = 1 it is off. {first}": 1}) == second
    assert in_words(name, slip, {f"Wrong.\n{second}": 1, f"Wrong.\nAt x = 1 it is off. {first}": 2}) == first
    assert in_words("no_exercise_any_more", "some_slip", {}) == "some slip"


def test_every_general_slip_has_words() -> None:
    """Read from the code that names slips: what an exercise does not describe must be described here."""
    named = set()
    for path in (COURSE_LIB / "checking").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Diagnosis"
            if called and isinstance(node.args[0], ast.Constant):
                named.add(node.args[0].value)
    assert len(named) > 15
    assert named - {"not_attempted"} <= set(GENERAL)


def test_identical_answers_are_listed_and_not_judged() -> None:
    every = [graded(n, answer(fingerprint="same"), answer("softmax", fingerprint="too")) for n in ("anna", "bert")]
    told = text_of(every)
    assert "This is a list, and no judgement: short answers to the same question are bound to be alike." in told
    assert "The solutions are public, as in every open course" in told
    assert "anna, bert all 2 that they answered 2 of 2 gave the rarest 2 of 2" in told
    assert "Nothing remarkable was found." in text_of([graded()])


def test_one_answer_in_common_is_folded() -> None:
    learners = [graded(n, answer(fingerprint=n), answer("softmax", fingerprint=n)) for n in ("cleo", "dora")]
    learners += [graded(n, answer(fingerprint="same"), answer("softmax", fingerprint=n)) for n in ("anna", "bert")]
    closed, opened = text_of(learners, opened=False), text_of(learners)
    assert "Nobody gave several answers the same. 1 with one answer in common, and what is listed" in closed
    assert "anna, bert" not in closed
    assert "anna, bert sigmoid 2 of 4 gave it 1 of 1" in opened


def test_who_changed_the_largest_changes_in_the_open() -> None:
    changes = (
        *(Change(f"s{n:02}", f"l{n:02}", "03_sigmoid", 1.0, 2.5) for n in range(60)),
        Change("t", "", "", None, 0.0),
        Change("u", "zoe", "04_tanh", 7.0, None),
    )
    closed = text_of([graded()], Marks(changes=changes), opened=False)
    assert "62 submissions have other points now: 60 more, 1 fewer. All are in changes.csv." in closed
    assert "zoe 04_tanh 7 not graded u l00 03_sigmoid 1 2.5 s00" in closed
    assert "l04" not in closed
    assert "32 more are in changes.csv" in text_of([graded()], Marks(changes=changes))
    assert "unknown not graded 0 t" in text_of([graded()], Marks(changes=changes[-2:]), opened=False)
    assert "regrade" not in text_of([graded()])


def test_nothing_graded_and_nothing_at_all() -> None:
    for every in ([], [not_graded("x", "", "", "It is empty.")]):
        assert "there are no points to show" in text_of(every)
    worthless = graded("anna", answer(points=0.0, max_points=0.0))
    assert "1 of 1 submission graded, from 1 learner." in text_of([worthless])


@pytest.mark.parametrize("payload", hostile.ALL, ids=ascii)
def test_it_holds_no_element_that_is_not_ours(payload: str) -> None:
    every = [
        hostile.everywhere(payload),
        hostile.everywhere(payload),
        not_graded(payload, payload, payload, payload),
        *(graded(payload + n, answer(payload, fingerprint=payload), assignment=payload) for n in "ab"),
    ]
    content = page_of(every, Marks(changes=(Change(payload, payload, payload, 0.0, 1.0),)))
    reader = Reader(content)
    assert set(reader.elements) <= ELEMENTS
    assert not any(name.startswith("on") or name in ("href", "src", "style") for name, _ in reader.attributes)
    assert not reader.comments
    assert reader.elements.count("svg") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", content.decode())


def test_headings_in_order_and_every_table_cell_has_its_header() -> None:
    reader = Reader(page_of([graded("anna"), graded("bert", assignment="04_tanh")]))
    headings = [e for e in reader.elements if e in ("h1", "h2", "h3")]
    assert headings[0] == "h1"
    assert headings.count("h1") == 1
    assert ("lang", "en") in reader.attributes
    assert reader.elements.count("th") == sum(name == "scope" for name, _ in reader.attributes)
    assert reader.elements.count("table") == reader.elements.count("caption")


def test_the_colours_are_those_of_the_course() -> None:
    css = (COURSE_LIB / "grading" / "reports" / "templates" / "report.css").read_text(encoding="utf-8")
    for palette in (LIGHT, DARK):
        for name in ("function", "derivative", "reference", "ink", "quiet", "grid", "paper"):
            assert f"--{name}: {getattr(palette, name)};" in css


def test_a_thousand_take_a_few_seconds() -> None:
    names = [e.name for e in EXERCISES.values() if e.lesson == "03_sigmoid"]

    def own(n: int) -> Graded:
        answers = (
            answer(e, float(n * k % 11), f"{e}\nsaid {n}", slip=f"s{n % 30}", fingerprint=f"{n // 2}")
            for k, e in enumerate(names)
        )
        return graded(f"learner {n}", *answers)

    every = [own(n) for n in range(1_000)]
    started = time.process_time()
    content = page_of(every)
    assert time.process_time() - started < 3
    assert len(content) < 60_000, "one page, however large the class"
