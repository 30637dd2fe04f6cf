"""What a learner reads: the sentences of `check`, all of it text, in a folder of their own."""

import re
from pathlib import Path, PurePosixPath

import hostile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from page_reader import Reader

from course_lib import check
from course_lib.checking import EXERCISES
from course_lib.grading.reports.feedback import feedback
from course_lib.grading.reports.places import feedback_place
from course_lib.grading.reports.report import Marks, write_feedback
from course_lib.grading.reports.shown import in_markdown
from course_lib.grading.results import Graded, GradedAnswer, not_graded

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "bdi", "span", "strong", "ul", "li",
    "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "section", "code",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "aria-hidden", "scope", "tabindex", "role",
    "aria-label",
}  # fmt: skip
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def html_of(graded: Graded) -> Reader:
    return Reader(feedback(graded)[0])


def tokens(text: str) -> list[Token]:
    """What a renderer sees that allows all: raw HTML, bare addresses, tables, struck text."""
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    renderer.validateLink = lambda url: True
    return [t for block in renderer.parse(text) for t in (block, *(block.children or ()))]


HARMLESS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "code_inline",
    "strong_open", "strong_close", "blockquote_open", "blockquote_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close",
}  # fmt: skip


def real(name: str, function: object) -> GradedAnswer:
    result = check(name, function, seed=1, record=False)
    return GradedAnswer(name, result.points, result.max_points, result.passed, result.slip, result.message)


def stub(x: object) -> object:
    raise NotImplementedError()


GENUINE = hostile.graded(
    "anna",
    real("sigmoid", lambda x: np.where(np.asarray(x) < 0, e := np.exp(-np.abs(x)), 1) / (1 + e)),
    real("sigmoid_derivative", lambda x: x * (1 - x)),
    real("sigmoid_derivative_from_output", stub),
    real("tanh_derivative", lambda x: np.tahn(x)),
    notes=("Handed in after the deadline.",),
)


def squeezed(text: str) -> str:
    return re.sub(r"[\s`\\]+", "", text)


def test_the_same_sentences_as_check_in_both() -> None:
    html, markdown = feedback(GENUINE)
    for text in (Reader(html).text, markdown.decode()):
        for answer in GENUINE.answers:
            for sentence in answer.message.split("\n"):
                assert squeezed(sentence) in squeezed(text), sentence
        assert "Handed in after the deadline." in text
        assert "10 of 40 points" in text
        hints = [hint for a in GENUINE.answers for hint in EXERCISES[a.exercise].hints]
        assert not any(squeezed(hint) in squeezed(text) for hint in hints)


def test_what_to_read_next() -> None:
    text = " ".join(html_of(GENUINE).text.split())
    assert text.endswith(
        "What to read next Lesson 03_sigmoid, for sigmoid_derivative, sigmoid_derivative_from_output "
        "Lesson 04_tanh, for tanh_derivative"
    )
    assert "every exercise earned all its points" in html_of(hostile.graded()).text


def test_a_mark_a_word_and_a_sentence_for_each_exercise() -> None:
    reader = html_of(
        hostile.graded("anna", hostile.answer(), hostile.answer("softmax", 7.0), hostile.answer("tanh", 0.0))
    )
    text = " ".join(reader.text.split())
    assert "✓ right 10 10" in text
    assert "◐ right values, and something left to find 7 10" in text
    assert "○ not right yet 0 10" in text
    assert "○ not attempted yet" in html_of(GENUINE).text


def test_one_that_could_not_be_graded_says_why() -> None:
    for text in feedback(not_graded("x.ipynb", "anna", "03_sigmoid", "It is not JSON: line 1.")):
        assert b"This notebook could not be graded." in text
        assert b"It is not JSON: line 1." in text
        assert b"points" not in text.split(b"</style>")[-1]


def test_code_is_code() -> None:
    html, markdown = feedback(
        hostile.graded("anna", hostile.answer(message="It raises.\nIn the line `return x_1 < 2`."))
    )
    assert b"In the line <code>return x_1 &lt; 2</code>." in html
    assert b"In the line `return x_1 < 2`." in markdown


# --- nothing of it acts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", hostile.ALL, ids=ascii)
def test_html_holds_no_element_that_is_not_ours(payload: str) -> None:
    page, _ = feedback(hostile.everywhere(payload))
    text = page.decode("utf-8")
    assert not UNSEEN.search(text)
    reader = Reader(page)
    assert set(reader.elements) <= ELEMENTS
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES
    assert not reader.comments
    plain = Reader(feedback(hostile.everywhere("plain"))[0])
    without_code = [e for e in reader.elements if e != "code"]
    if payload.strip() and "\n" not in payload:
        assert without_code == [e for e in plain.elements if e != "code"], "the page has the same build"


def test_no_script_could_run_if_there_were_one() -> None:
    page, _ = feedback(GENUINE)
    [policy] = re.findall(rb'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith(b"default-src 'none'; style-src 'sha256-")
    assert b"unsafe" not in policy
    assert page.index(b"Content-Security-Policy") < page.index(b"<title>"), "it holds for what comes after it"


@pytest.mark.parametrize("payload", hostile.ALL, ids=ascii)
def test_markdown_holds_no_markup_that_is_not_ours(payload: str) -> None:
    _, page = feedback(hostile.everywhere(payload))
    text = page.decode("utf-8")
    assert not UNSEEN.search(text)
    assert_harmless(text)


def assert_harmless(text: str) -> None:
    found = tokens(text)
    assert {t.type for t in found} <= HARMLESS, text
    for token in found:
        # Renderers that make links of bare addresses, and mathematics of dollars, do so in text only, not in code.
        if token.type == "text":
            assert not re.search(r"://|www\.|@\w|\$|\\", token.content), token.content
        assert token.type != "code_inline" or "`" not in token.content, token.content


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.text("`*_[]()<>!#-+=|~\\$:@. a1\n\t", max_size=24)
)
def test_any_text_stays_text_in_markdown(text: str) -> None:
    _, page = feedback(hostile.graded("anna", hostile.answer(message=f"right\nIt says: {text}\n{text}"), notes=(text,)))
    assert_harmless(page.decode())


@given(st.text("`*_[]()<>!#-+=|~&;: a1", max_size=24))
def test_markdown_reads_as_it_was_written(text: str) -> None:
    rendered = "".join(t.content for t in tokens(in_markdown(text)) if t.type in ("text", "code_inline"))
    assert squeezed(rendered) == squeezed(text)


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_stays_text_in_html(text: str) -> None:
    reader = html_of(hostile.everywhere(text))
    assert set(reader.elements) <= ELEMENTS
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES


def test_what_is_not_seen_elsewhere_is_seen_here() -> None:
    text = html_of(hostile.graded("anna\x1b[2J\u202e\u200bb\nc")).text
    assert "anna␛[2J⟨U+202E⟩⟨U+200B⟩b␊c" in text


def test_marks_do_not_climb_over_the_lines_above() -> None:
    text = html_of(hostile.graded("Z" + "\u0336" * 50 + " e\u0301")).text
    assert "Z\u0336\u0336\u0336\u0336⟨U+0336⟩" in text
    assert "e\u0301" in text


def test_endless_text_is_cut() -> None:
    html, markdown = feedback(hostile.everywhere("x" * 100_000))
    assert len(html) < 40_000
    assert len(markdown) < 40_000


# --- where it goes ----------------------------------------------------------------------------------------

_ON_ANY_SYSTEM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._~-]{0,95}")


def place(learner: str, assignment: str = "03_sigmoid", submission: str = "s") -> PurePosixPath:
    path = feedback_place(Path("out"), Graded(submission, learner, assignment, "graded"))
    return PurePosixPath(path.as_posix())


def test_a_plain_name_stays_as_it_is() -> None:
    assert str(place("anna.berg-2")) == "out/feedback/anna.berg-2/03_sigmoid"
    assert str(place("Anna Berg")).startswith("out/feedback/Anna_Berg~")


@pytest.mark.parametrize("name", hostile.ALL, ids=ascii)
def test_any_name_is_one_harmless_folder(name: str, tmp_path: Path) -> None:
    for path in (place(name), place("anna", name)):
        assert path.parts[:2] == ("out", "feedback")
        assert len(path.parts) == 4
        for part in path.parts[2:]:
            assert _ON_ANY_SYSTEM.fullmatch(part), part
            assert not part.endswith(".")
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part)
    write_feedback(tmp_path, hostile.everywhere(name), Marks())
    assert len(list((tmp_path / "feedback").glob("*/*"))) == 2


def test_no_two_share_a_folder_even_where_case_makes_no_difference() -> None:
    names = [name for name in hostile.ALL if name]
    assert len({str(place(name)).casefold() for name in names}) == len(names)
    assert len({str(place("anna", name)).casefold() for name in names}) == len(names)


@given(st.text("aAäÄ._-~ 0", max_size=5), st.text("aAäÄ._-~ 0", max_size=5))
def test_different_names_have_different_folders(one: str, other: str) -> None:
    same = place(one, submission="1").parts[2].casefold() == place(other, submission="1").parts[2].casefold()
    assert same == (one == other)


def test_those_without_a_name_do_not_share_a_folder() -> None:
    assert place("", submission="a").parts[2] != place("", submission="b").parts[2]
    assert place("anna", "", "a").name != place("anna", "", "b").name
    assert place("", submission="a").parts[2] != place("unknown").parts[2]
