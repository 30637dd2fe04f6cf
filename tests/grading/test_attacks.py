"""Hostile submissions: each gets exactly its honest part, leaves nothing behind, and disturbs nobody."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attack import attacks
from handed_in import as_bytes, handed_in, solutions
from markdown_it import MarkdownIt
from outside import MARK, Outside, descendants

from course_lib.checking import EXERCISES
from course_lib.grading.grade import grade_batch
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.limits import Limits
from course_lib.grading.reports.report import Marks, write_feedback, write_summary
from course_lib.grading.results import Graded
from course_lib.grading.settings import Mode, Settings

Points = Mapping[str, Mapping[str, float]]

pytestmark = pytest.mark.usefixtures("alone")
LIMITS = Limits(call=1.0, submission=3.0)
#: What attacks raise when they got what they wanted.
ESCAPED = "says: ESCAPED"
#: Those that are graded in a sandbox of their own too: they aim at what comes after them.
STRICT = ("endless_loop", "exits", "next_submission_harmed", "orphan", "reply_way_closed", "tcp_while_loaded")
INJECTIONS = sorted(name for name, attack in attacks().items() if attack.stopped_by == "escaped reports")


@pytest.fixture(scope="module")
def outside(bubblewrap, tmp_path_factory) -> Iterator[Outside]:
    """Give the surroundings that attacks are after."""
    surroundings = Outside(tmp_path_factory.mktemp("class"))
    yield surroundings
    surroundings.close()


def graded(content: bytes, assignment: str, mode: Mode, points: Points | None = None) -> Graded:
    """Grade one submission."""
    submission = Submission("eve/notebook.ipynb", "eve", assignment, Path("notebook.ipynb"))
    settings = Settings(seed=1, mode=mode, limits=LIMITS, points=points or {})
    (outcome,) = grade_batch([(submission, content)], settings)
    return outcome


def points(outcome: Graded) -> dict[str, float]:
    """Return the points of each exercise, or the reason why there are none."""
    assert outcome.status == "graded", outcome.notes
    return {answer.exercise: answer.points for answer in outcome.answers}


def honest_points(mode: Mode) -> float:
    """Grade an honest neighbour, of whom only one answer is asked for: there are many neighbours."""
    answer = {"sigmoid_derivative": solutions("03_sigmoid")["sigmoid_derivative"]}
    others = [e for e in EXERCISES.values() if e.lesson == "03_sigmoid" and e.name not in answer]
    unasked = {exercise.name: dict.fromkeys(exercise.parts, 0) for exercise in others}
    return graded(as_bytes(handed_in("03_sigmoid", answer)), "03_sigmoid", mode, unasked).points


def suffer(name: str, outside: Outside, mode: Mode = "warm") -> None:
    """Grade an attack and then a neighbour; fail where the attack got more than its due, or left anything."""
    attack = attacks()[name]
    if name == (STRICT[0] if mode == "strict" else next(iter(attacks()))):
        assert honest_points(mode) == 10
    with outside.watched():
        before = descendants()
        outcome = graded(attack.notebook(outside.places), attack.assignment, mode)
        assert outside.evidence() == []
    messages = {answer.exercise: answer.message for answer in outcome.answers}
    assert points(outcome) == {exercise: attack.expected.get(exercise, 0) for exercise in messages}, messages
    assert not [message for message in messages.values() if ESCAPED in message]
    assert honest_points(mode) == 10, "the next submission was harmed"
    assert outside.evidence() == []
    assert len(descendants()) <= max(len(before), 3), "processes were left"  # bubblewrap's two, and the one that forks


def test_there_are_attacks_on_every_defence():
    assert len(attacks()) >= 100
    assert all(set(attack.expected) & {cell[1] for cell in attack.cells} for attack in attacks().values())


@pytest.mark.parametrize("name", attacks())
def test_an_attack_gets_its_honest_part_and_leaves_nothing(name, outside):
    suffer(name, outside)


@pytest.mark.parametrize("name", STRICT)
def test_strict_grading_stops_it_too(name, outside):
    suffer(name, outside, "strict")


# --- reports on attacks --------------------------------------------------------------------------------------


class _Seen(HTMLParser):
    """Collects what a browser would run, or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.harmful: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "base", "form", "link"):
            self.harmful.append(tag)
        self.harmful += [name for name, _ in attrs if name.startswith("on")]
        addresses = (value or "" for name, value in attrs if name in ("src", "href", "action", "xlink:href"))
        self.harmful += [value for value in addresses if not value.startswith(("data:image/", "#", "feedback/", "../"))]


@pytest.fixture(scope="module")
def reports(tmp_path_factory, outside) -> tuple[Path, list[Graded]]:
    """Write a report on those who want to be read."""
    out = tmp_path_factory.mktemp("report")
    every = []
    for name in INJECTIONS:
        submission = Submission(f"=1+1/{name}<script>.ipynb", f"<b>{name}", "03_sigmoid", Path(name))
        content = attacks()[name].notebook(outside.places)
        every += grade_batch([(submission, content)], Settings(seed=1, limits=LIMITS))
    for each in every:
        write_feedback(out, each, Marks())
    write_summary(out, every, Marks())
    return out, every


def test_the_messages_carry_what_reports_must_escape(reports):
    messages = "".join(answer.message for each in reports[1] for answer in each.answers)
    assert len(reports[1]) == len(INJECTIONS) >= 5
    for harm in ("<script>", "onerror=", "javascript:", "=HYPERLINK", "# sigmoid_derivative: 10 of 10"):
        assert harm in messages, "an attack lost its teeth"


def test_no_page_of_a_report_runs_or_fetches_what_a_learner_wrote(reports):
    pages = sorted(reports[0].rglob("*.html"))
    assert len(pages) == len(INJECTIONS) + 1
    for page in pages:
        seen = _Seen()
        seen.feed(page.read_text(encoding="utf-8"))
        seen.close()
        assert seen.harmful == [], page


def test_no_text_of_a_report_draws_or_links_what_a_learner_wrote(reports):
    texts = sorted(reports[0].rglob("*.md"))
    assert len(texts) == len(INJECTIONS)
    for text in texts:
        drawn = MarkdownIt("commonmark").enable("table").render(text.read_text(encoding="utf-8"))
        assert not re.search(r"<(a|img|svg|b)\b|<h\d>[^<]*10 of 10", drawn), text
        seen = _Seen()
        seen.feed(drawn)
        seen.close()
        assert seen.harmful == [], text


def test_no_cell_of_the_grades_is_a_formula(reports):
    with (reports[0] / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > len(INJECTIONS)
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@")), cell


def test_no_file_of_a_report_holds_what_a_terminal_obeys(reports):
    for path in reports[0].rglob("*"):
        if path.suffix in (".html", ".md", ".csv"):
            text = path.read_text(encoding="utf-8")
            harmful = {
                c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\r\n\t"
            }
            assert harmful <= {"\ufeff"}, path
    assert MARK in "".join(p.read_text(encoding="utf-8") for p in reports[0].rglob("*.md")), "nothing was told"
