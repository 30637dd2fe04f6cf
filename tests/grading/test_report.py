"""What is written: grades that no spreadsheet computes, the same bytes each time, whole files or none."""

import csv
import errno
import io
import os
import re
import tempfile
import unicodedata
from pathlib import Path

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.grading.reports.report import Change, Marks, write_feedback, write_summary
from course_lib.grading.results import NOT_GRADED, Graded, not_graded

COLUMNS = ["submission", "learner", "assignment", "points", "max_points", "status", "note"]
CONFINED = Marks()
ACTS = ("=", "+", "-", "@", "−")


def rows_of(out: Path, name: str = "grades.csv") -> list[list[str]]:
    content = (out / name).read_bytes()
    assert not content.replace(b"\r\n", b"").count(b"\n"), "RFC 4180 wants CR LF, and names have no line breaks"
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def files_of(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def write_all(out: Path, every: list[Graded], marks: Marks = CONFINED) -> dict[str, bytes]:
    for one in every:
        write_feedback(out, one, marks)
    write_summary(out, every, marks)
    return files_of(out)


CLASS = [
    hostile.graded(
        "cleo", hostile.answer(points=7.5), hostile.answer("sigmoid_derivative", 0.1), notes=("Late.", "Odd.")
    ),
    not_graded("broken.ipynb", "bert", "", "It is not JSON: line 1."),
    hostile.graded("anna", hostile.answer(points=0.1), hostile.answer("sigmoid_derivative", 0.2)),
    Graded("old.ipynb", "anna", "03_sigmoid", NOT_GRADED, ("A newer submission counts.",), superseded=True),
    Graded("nameless.ipynb", "", "03_sigmoid", "graded", (), (hostile.answer(),)),
]


def test_one_row_a_submission_in_order(tmp_path: Path) -> None:
    write_summary(tmp_path, CLASS, Marks())
    assert rows_of(tmp_path) == [
        COLUMNS,
        ["anna.ipynb", "anna", "03_sigmoid", "0.3", "20", "graded", ""],
        ["broken.ipynb", "bert", "", "", "", "could not be graded", "It is not JSON: line 1."],
        ["cleo.ipynb", "cleo", "03_sigmoid", "7.6", "20", "graded", "Late. Odd."],
        ["nameless.ipynb", "unknown", "03_sigmoid", "10", "10", "graded", ""],
        ["old.ipynb", "anna", "03_sigmoid", "", "", "could not be graded", "A newer submission counts."],
    ]


def test_the_same_bytes_in_any_order_and_at_any_time(tmp_path: Path) -> None:
    changes = tuple(Change(n, n, "03_sigmoid", 1.0, None) for n in "cab")
    first = write_all(tmp_path / "first", CLASS, Marks(changes=changes))
    again = write_all(tmp_path / "second", CLASS[::-1], Marks(changes=changes[::-1]))
    assert first == again
    assert write_all(tmp_path / "second", CLASS, Marks(changes=changes)) == first, "a second run changes nothing"


def test_without_a_sandbox_every_report_says_so(tmp_path: Path) -> None:
    written = write_all(tmp_path, CLASS, Marks(trusted_learners=True))
    pages = [name for name in written if name.endswith((".html", ".md"))]
    assert len(pages) == 1 + 2 * 4, "an overview, and two for each submission that counts"
    for name in pages:
        assert b"Graded with --trusted-learners: the answers ran without a sandbox." in written[name], name
    assert all(row[-1].startswith("Graded with --trusted-learners") for row in rows_of(tmp_path)[1:])
    assert not any(b"--trusted-learners" in content for content in write_all(tmp_path / "confined", CLASS).values())


def test_who_changed_at_a_regrade(tmp_path: Path) -> None:
    changes = (
        Change("b.ipynb", "bert", "03_sigmoid", None, 7.5),
        Change("a.ipynb", "=anna", "03_sigmoid", 10.0, 0.1 + 0.2),
    )
    write_summary(tmp_path, CLASS, Marks(changes=changes))
    assert rows_of(tmp_path, "changes.csv") == [
        ["submission", "learner", "assignment", "before", "after"],
        ["a.ipynb", "'=anna", "03_sigmoid", "10", "0.3"],
        ["b.ipynb", "bert", "03_sigmoid", "", "7.5"],
    ]
    write_summary(tmp_path, CLASS, Marks())
    assert not (tmp_path / "changes.csv").exists(), "the changes of another run are not those of this one"


def test_who_handed_in_the_same(tmp_path: Path) -> None:
    def alike(learner: str) -> Graded:
        return hostile.graded(
            learner, hostile.answer(fingerprint="a"), hostile.answer("sigmoid_derivative", 0.0, fingerprint="b")
        )

    own = hostile.graded("cleo", hostile.answer(fingerprint="c"), hostile.answer("sigmoid_derivative", fingerprint="b"))
    write_summary(tmp_path, [alike("bert"), own, alike("=anna")], Marks())
    shared = ["03_sigmoid", "sigmoid sigmoid_derivative", "yes", "1", "sigmoid", "2", "3"]
    assert rows_of(tmp_path, "identical.csv") == [
        ["group", "learner", "assignment", "exercises", "whole", "right", "rarest", "gave", "answered"],
        ["1", "'=anna", *shared],
        ["1", "bert", *shared],
    ]
    write_summary(tmp_path, [own], Marks())
    assert not (tmp_path / "identical.csv").exists()


def is_computed(cell: str) -> bool:
    """What a spreadsheet may take for a formula: also in full-width forms, and behind what it does not show."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", cell) if unicodedata.category(c) not in ("Cf", "Cc"))
    return bare.strip(' \t\r\n"').startswith(ACTS) or cell[:1] in ("\t", "\r")


@pytest.mark.parametrize("payload", hostile.ALL, ids=ascii)
def test_no_cell_is_computed_and_no_row_is_broken(payload: str, tmp_path: Path) -> None:
    same = hostile.answer(payload, fingerprint="f"), hostile.answer(fingerprint="g")
    every = [
        not_graded("x.ipynb", payload, payload, payload),
        *(hostile.graded(payload + n, *same, assignment=payload) for n in "ab"),
    ]
    write_summary(tmp_path, every, Marks(changes=(Change(payload, payload, payload, 1.0, -0.5),)))
    header, *rows = rows_of(tmp_path)
    assert header == COLUMNS
    assert len(rows) == 3
    more = [row[:3] for row in rows_of(tmp_path, "changes.csv")[1:]]
    more += rows_of(tmp_path, "identical.csv")[1:]
    assert [len(row) for row in more] == [3, 9, 9]
    for row in [*rows, *more]:
        assert len(row) in (3, 7, 9)
        assert not any(is_computed(cell) for cell in row), row
        # Where a semicolon parts cells, the pieces are cells.
        assert not any(is_computed(piece) for cell in row for piece in cell.split(";")), row
        text = "".join(row)
        assert text.isprintable() or not re.search(
            r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", text
        )


@given(
    st.lists(st.text(alphabet=st.characters(), max_size=12) | st.text("='+;-@\t\r\n \"ａ＝", max_size=6), max_size=6)
)
def test_any_text_comes_back_as_one_harmless_cell(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        every = [Graded(f"{n}", text, text, "graded", (text,), ()) for n, text in enumerate(texts)]
        write_summary(Path(folder), every, Marks())
        rows = rows_of(Path(folder))[1:]
    assert len(rows) == len(texts)
    for row, one in zip(rows, every, strict=True):
        assert len(row) == 7
        assert not any(is_computed(piece) for cell in (row[1], row[2], row[6]) for piece in cell.split(";"))
        plain = one.learner.isascii() and one.learner.isalnum()
        assert not plain or row[1] == one.learner, "what is harmless is written as it is"


def test_two_learners_never_become_the_same_cell(tmp_path: Path) -> None:
    names = ["=a", "'=a", "''=a", "a", "'a"]
    write_summary(tmp_path, [hostile.graded(n) for n in names], Marks())
    assert len({row[1] for row in rows_of(tmp_path)[1:]}) == len(names)


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_all(tmp_path, CLASS)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            write_summary(tmp_path, CLASS[:2], Marks())
        with pytest.raises(OSError, match="No space left"):
            write_feedback(tmp_path, hostile.graded("anna", hostile.answer(points=1.0)), Marks())
    assert files_of(tmp_path) == before


def test_a_superseded_submission_does_not_take_the_place_of_the_newer_one(tmp_path: Path) -> None:
    newer, older = CLASS[2], CLASS[3]
    assert (newer.learner, newer.assignment) == (older.learner, older.assignment)
    assert write_all(tmp_path / "a", [newer, older]) == write_all(tmp_path / "b", [older, newer])
    assert b"0.3 of 20 points" in (tmp_path / "a/feedback/anna/03_sigmoid.html").read_bytes()
