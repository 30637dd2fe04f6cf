"""Whatever is handed in gets read, or refused with one sentence; nothing else comes out."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from handed_in import answer_cells, as_bytes, handed_in, released, solutions
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.checking import EXERCISES
from course_lib.grading.intake.notebook import ASSIGNMENTS, OTHERS, HandedIn, Unreadable, read_notebook
from course_lib.grading.intake.submissions import find_submissions, load
from course_lib.grading.limits import Limits

SIGMOID, TANH = "03_sigmoid", "04_tanh"
FIRST, SECOND = "sigmoid", "sigmoid_derivative"
RIGHT = solutions(SIGMOID)
CONTENT = as_bytes(handed_in(SIGMOID, RIGHT))


def changed(**keys: Any) -> bytes:
    return as_bytes({**handed_in(SIGMOID, RIGHT), **keys})


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n\n", "The file is empty."),
    "not JSON": (b"cells = 3\n", "not JSON from line 1 on"),
    "broken in the middle": (CONTENT.replace(b'"metadata": {', b'"metadata" {', 1), "not JSON from line 6 on"),
    "something after its end": (CONTENT + b"}\n", "not JSON from line"),
    "truncated": (CONTENT[: len(CONTENT) // 2], "ends too early"),
    "nested lists": (b"[" * 1_000_000, "nested too deeply"),
    "nested cells": (b'{"nbformat": 4, "cells": [' + b'{"a":' * 100_000, "nested too deeply"),
    "a huge integer": (b'{"nbformat": 4, "cells": [], "a": ' + b"9" * 5000 + b"}", "too many digits"),
    "a list": (b"[]", "not a notebook"),
    "a text": (b'"notebook"', "not a notebook"),
    "null": (b"null", "not a notebook"),
    "no format": (b'{"cells": []}', "not a notebook"),
    "format NaN": (b'{"nbformat": NaN, "cells": []}', "not a whole number"),
    "format true": (changed(nbformat=True), "not a whole number"),
    "format 3": (b'{"nbformat": 3, "worksheets": [{"cells": []}]}', "open it in JupyterLab, save it"),
    "format 99": (changed(nbformat=99), "newer than format 4"),
    "no cells": (b'{"nbformat": 4}', "no list of cells"),
    "cells a mapping": (changed(cells={"0": {}}), "no list of cells"),
    "cells empty": (changed(cells=[]), "None of the answers of 03_sigmoid"),
    "cells of no use": (changed(cells=[None, 3, [], {}, {"source": 3, "cell_type": "code"}]), "None of the answers"),
    "nothing to tell what it is": (b'{"nbformat": 4, "cells": []}', "Nobody can tell which exercise this is"),
    "Latin-1": (CONTENT.decode().replace("The sigmoid", "Das Gefühl").encode("latin-1"), "not UTF-8"),
    "UTF-16": (CONTENT.decode().encode("utf-16"), "not UTF-8"),
    "UTF-16 without a mark": (CONTENT.decode().encode("utf-16-le"), "not UTF-8"),
    "zeros": (bytes(1000), "not UTF-8"),
    "a git conflict": (CONTENT.replace(b"   ]\n", b"   ]\n<<<<<<< HEAD\n", 1), "unfinished git merge"),
    "a git conflict at the start": (b"<<<<<<< HEAD\n" + CONTENT, "unfinished git merge"),
    "a web page": (b"\n<!DOCTYPE html><html></html>", "a web page"),
    "a zip archive": (b"PK\x03\x04\xff\xfe\x00", "a zip archive"),
    "a PDF": (b"%PDF-1.7\xff\xff", "a PDF"),
    "the course's other exercise": (as_bytes(released(TANH)), "but it is the notebook of 04_tanh"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_one_sentence(name: str):
    content, reason = REFUSED[name]
    hint = SIGMOID if name == "the course's other exercise" else ""
    with pytest.raises(Unreadable, match=re.escape(reason)) as refused:
        read_notebook(content, hint)
    assert re.fullmatch(r"[A-Z][^\n]*\.", str(refused.value))


@pytest.mark.parametrize("length", range(1, len(CONTENT.rstrip()), 97))
def test_a_part_of_a_notebook_is_recognised_wherever_it_ends(length: int):
    with pytest.raises(Unreadable, match="ends too early"):
        read_notebook(CONTENT[:length])


def test_six_mebibytes_are_too_many(tmp_path):
    path = tmp_path / "ada.ipynb"
    path.write_bytes(changed(metadata={"filling": "x" * 6 * 2**20}))
    (submission,) = find_submissions([path])
    with pytest.raises(Unreadable, match="larger than 5 MiB"):
        load(submission, Limits())
    assert len(load(submission, Limits(notebook=7 * 2**20))) > 6 * 2**20


# What is odd, but can be graded: what is done to the notebook, the exercises whose cells are read, how many other
# cells are looked at, and the note.
Change = Callable[[dict[str, Any]], object]


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def without_marks(notebook: dict[str, Any], ids: bool) -> None:
    notebook["metadata"] = {}
    for number, one in enumerate(notebook["cells"]):
        one["metadata"] = {}
        if ids:
            one["id"] = f"cell-{number}"


def copied(notebook: dict[str, Any], name: str, source: str, at: int | None = None) -> None:
    again = copy.deepcopy(cell(notebook, name))
    again["source"] = source
    notebook["cells"].insert(len(notebook["cells"]) if at is None else at, again)


STUB = "".join(cell(released(SIGMOID), FIRST)["source"])
ALL = tuple(RIGHT)
REST = ALL[1:]

ODD: dict[str, tuple[Change, tuple[str, ...], int, str]] = {
    "as it was": (lambda n: None, ALL, 0, ""),
    "metadata a list": (lambda n: n.update(metadata=[1]), ALL, 0, ""),
    "metadata lost, but not the cell ids": (lambda n: without_marks(n, False), ALL, 0, ""),
    "metadata and ids lost": (lambda n: without_marks(n, True), (), 5, "No cell is marked as the answer of sigmoid, "),
    "a cell's metadata a list": (lambda n: cell(n, FIRST).update(metadata=["x"]), ALL, 0, ""),
    "nbgrader's metadata a number": (lambda n: cell(n, FIRST)["metadata"].update(nbgrader=3), ALL, 0, ""),
    "a cell null": (lambda n: n["cells"].insert(0, None), ALL, 0, "1 cell is broken and left out."),
    "a source a number": (lambda n: cell(n, FIRST).update(source=3), REST, 0, "1 cell is broken and left out."),
    "a source of numbers": (lambda n: cell(n, FIRST).update(source=["x", 3]), REST, 0, "no answer cell of sigmoid."),
    "a source in one piece": (lambda n: cell(n, FIRST).update(source=RIGHT[FIRST]), ALL, 0, ""),
    "missing": (lambda n: n["cells"].remove(cell(n, FIRST)), REST, 0, "There is no answer cell of sigmoid."),
    "reordered": (lambda n: n["cells"].reverse(), ALL, 0, ""),
    "renamed": (lambda n: cell(n, FIRST)["metadata"]["nbgrader"].update(grade_id="x"), ALL, 0, ""),
    "renamed, with its id": (
        lambda n: (cell(n, FIRST).update(id="x"), cell(n, FIRST)["metadata"]["nbgrader"].update(grade_id="x")),
        REST,
        1,
        "No cell is marked as the answer of sigmoid; the function was looked for by its name.",
    ),
    "renamed to its neighbour": (
        lambda n: cell(n, FIRST)["metadata"]["nbgrader"].update(grade_id=SECOND),
        REST,
        1,
        f"More than one cell answers {SECOND}; the last one that defines it counts.",
    ),
    "missing, and only compared with": (
        lambda n: cell(n, FIRST).update(source="sigmoid == 3", id="x", metadata={}),
        REST,
        0,
        "There is no answer cell of sigmoid.",
    ),
    "written in another cell": (
        lambda n: (
            cell(n, FIRST).update(source=STUB),
            n["cells"].append({"cell_type": "code", "metadata": {}, "source": RIGHT[FIRST]}),
        ),
        REST,
        1,
        "The answer cell of sigmoid is untouched; the function was taken from another cell.",
    ),
    "untouched, with a helper of its name in another answer": (
        lambda n: (
            cell(n, FIRST).update(source=STUB),
            cell(n, SECOND).update(source=f"{RIGHT[FIRST]}\n{RIGHT[SECOND]}"),
        ),
        ALL,
        0,
        "",
    ),
    "two in one cell": (
        lambda n: (
            n["cells"].remove(cell(n, FIRST)),
            cell(n, SECOND).update(source=f"{RIGHT[FIRST]}\n\n{RIGHT[SECOND]}"),
        ),
        REST,
        1,
        "No cell is marked as the answer of sigmoid",
    ),
    "duplicated": (lambda n: copied(n, FIRST, RIGHT[FIRST]), ALL, 0, ""),
    "duplicated and changed": (
        lambda n: copied(n, FIRST, "def sigmoid(x): return x", at=0),
        ALL,
        0,
        "More than one cell answers sigmoid; the last one that defines it counts.",
    ),
    "an untouched copy at the end": (lambda n: copied(n, FIRST, STUB), ALL, 0, ""),
    "turned into text": (lambda n: cell(n, FIRST).update(cell_type="markdown"), ALL, 0, "turned into text"),
    "edited points": (
        lambda n: cell(n, f"{FIRST}-test")["metadata"]["nbgrader"].update(points=1000),
        ALL,
        0,
        "The test cell of sigmoid was changed, or its points; the grade does not depend on it.",
    ),
    "points beyond all numbers": (
        lambda n: cell(n, f"{FIRST}-test")["metadata"]["nbgrader"].update(points=10**400),
        ALL,
        0,
        "The test cell of sigmoid was changed",
    ),
    "points nobody can read": (
        lambda n: cell(n, f"{FIRST}-test")["metadata"]["nbgrader"].update(points=[{}], grade="yes"),
        ALL,
        0,
        "",
    ),
    "an edited test": (
        lambda n: cell(n, f"{FIRST}-test").update(source=["assert True"]),
        ALL,
        0,
        "The test cell of sigmoid was changed",
    ),
    "half a surrogate pair in another cell": (
        lambda n: n["cells"].append({"cell_type": "code", "metadata": {}, "source": "# \ud800"}),
        ALL,
        0,
        "",
    ),
    "NaN in an output": (lambda n: cell(n, FIRST).update(outputs=[{"data": float("nan")}]), ALL, 0, ""),
    "another name in its metadata": (
        lambda n: n["metadata"]["course"].update(name=TANH),
        ALL,
        0,
        "The notebook says that it is 04_tanh; it is graded as 03_sigmoid.",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_it_is_read_and_what_is_odd_is_noted(name: str):
    change, answers, others, note = ODD[name]
    notebook = handed_in(SIGMOID, RIGHT)
    change(notebook)
    found = read_notebook(as_bytes(notebook))
    assert found.assignment == SIGMOID
    assert tuple(found.cells) == answers
    left_out = (FIRST,) if name.startswith("untouched") else ()
    assert {a: found.cells[a] for a in answers if a not in left_out and SECOND not in a} == {
        a: RIGHT[a] for a in answers if a not in left_out and SECOND not in a
    }
    assert len(found.others) == others
    assert len(found.notes) <= 2
    assert note in " ".join(found.notes)
    assert bool(note) == bool(found.notes)
    assert all(re.fullmatch(r"[A-Z1-9][^\n]*\.", sentence) for sentence in found.notes)


def test_of_several_cells_the_last_that_was_written_in_counts():
    for sources, counts in (
        (["first", "second"], "second"),
        (["second", "first"], "first"),
        (["first", STUB], "first"),
        ([STUB, "second", STUB], "second"),
        ([STUB, STUB], STUB),
    ):
        notebook = handed_in(SIGMOID, {**RIGHT, FIRST: sources[0]})
        for source in sources[1:]:
            copied(notebook, FIRST, source)
        assert read_notebook(as_bytes(notebook)).cells[FIRST] == counts


def test_so_many_other_cells_are_looked_at_and_not_more():
    notebook = handed_in(SIGMOID, RIGHT)
    notebook["cells"] = [{"cell_type": "code", "source": f"sigmoid = {number}"} for number in range(OTHERS + 5)]
    found = read_notebook(as_bytes(notebook))
    assert found.others == tuple(f"sigmoid = {number}" for number in range(5, OTHERS + 5))
    assert f"Only the last {OTHERS} cells" in found.notes[-1]


def test_a_stub_is_handed_on_so_that_it_can_be_called_not_attempted():
    found = read_notebook(as_bytes(released(SIGMOID)))
    assert found.cells[FIRST] == STUB
    assert found.notes == ()


def test_half_a_surrogate_pair_does_not_leave_the_reader():
    found = read_notebook(as_bytes(handed_in(SIGMOID, {**RIGHT, FIRST: "sigmoid = '\ud800'"})))
    assert found.cells[FIRST] == "sigmoid = '\N{REPLACEMENT CHARACTER}'"


def test_a_byte_order_mark_does_no_harm():
    assert read_notebook(b"\xef\xbb\xbf" + CONTENT) == read_notebook(CONTENT)


@pytest.mark.parametrize("assignment", [SIGMOID, TANH, "05_relu", "06_softmax"])
def test_every_way_of_telling_the_assignment_is_enough_alone(assignment: str):
    notebook = released(assignment)
    assert read_notebook(as_bytes(notebook)).assignment == assignment
    assert read_notebook(as_bytes({**notebook, "metadata": {}})).assignment == assignment
    assert read_notebook(as_bytes({**notebook, "metadata": {}}), assignment).assignment == assignment
    without_marks(notebook, ids=True)
    assert read_notebook(as_bytes(notebook)).assignment == assignment


def test_where_it_was_handed_in_decides_among_mixed_cells():
    notebook = released(SIGMOID)
    notebook["cells"] += list(answer_cells(released(TANH)).values())[:2]
    assert read_notebook(as_bytes(notebook)).assignment == SIGMOID
    assert read_notebook(as_bytes(notebook), TANH).assignment == TANH
    with pytest.raises(Unreadable, match="handed in as 06_softmax, but it is the notebook of 03_sigmoid"):
        read_notebook(as_bytes(notebook), "06_softmax")
    assert read_notebook(CONTENT, "no assignment of the course").assignment == SIGMOID


@pytest.mark.parametrize(
    ("course", "version"),
    [
        ({"name": SIGMOID, "version": "0.1.0"}, "0.1.0"),
        ({"name": SIGMOID, "version": 3}, None),
        ({"name": SIGMOID, "version": "\x1b[2J"}, None),
        ({"name": SIGMOID, "version": "1" * 100}, None),
        ({"name": TANH, "version": "0.1.0"}, None),
        ([], None),
    ],
)
def test_a_version_counts_if_it_is_one_and_belongs_to_the_notebook(course: Any, version: str | None):
    assert read_notebook(changed(metadata={"course": course}), SIGMOID).version == version


KEYS = st.sampled_from(
    (
        *("cells", "metadata", "nbformat", "source", "cell_type", "nbgrader", "grade_id", "checksum"),
        *("points", "grade", "solution", "locked", "id", "course", "name", "version"),
    )
)
TEXT = st.text(st.characters(), max_size=20)  # halves of surrogate pairs too
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | TEXT
    | st.sampled_from([FIRST, "code", "def sigmoid(x): return x", ["def softmax(z):\n"], SIGMOID, "x" * 100]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXT, inner, max_size=4),
    max_leaves=12,
)
CELL = st.fixed_dictionaries({}, optional=dict.fromkeys(("cell_type", "source", "metadata", "id"), JSON))
NOTEBOOK = st.fixed_dictionaries({"nbformat": st.just(4), "cells": st.lists(CELL | JSON, max_size=5), "metadata": JSON})


def check_outcome(content: bytes, assignment: str) -> None:
    try:
        found = read_notebook(content, assignment)
    except Unreadable as refused:
        reason = str(refused)
    else:
        reason = ""
    if reason:
        assert re.fullmatch(r"[A-Z][^\n]*\.", reason)
        return
    assert isinstance(found, HandedIn)
    assert found.assignment in ASSIGNMENTS
    assert all(EXERCISES[name].lesson == found.assignment for name in found.cells)
    for text in (*found.cells.values(), *found.others, *found.notes):
        assert isinstance(text, str)
        text.encode()


@settings(max_examples=200)
@given(NOTEBOOK | JSON, st.sampled_from(["", SIGMOID, "x"]))
def test_whatever_json_comes_it_is_read_or_refused(notebook: Any, assignment: str):
    check_outcome(json.dumps(notebook).encode(), assignment)


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in paths_in(one, (*path, key)))]


PLACES = paths_in(handed_in(SIGMOID, RIGHT))[1:]


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON | st.just(...)), min_size=1, max_size=4))
def test_whatever_is_replaced_or_removed_it_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]]):
    notebook: Any = handed_in(SIGMOID, RIGHT)
    for (*folders, last), value in changes:
        inner = notebook
        try:
            for key in folders:
                inner = inner[key]
            if value is ...:
                del inner[last]
            else:
                inner[last] = value
        except (LookupError, TypeError):
            continue  # an earlier change took that place away
    check_outcome(as_bytes(notebook), "")


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, len(CONTENT) - 1), st.integers(0, 255)), max_size=6),
    st.integers(0, len(CONTENT)) | st.just(len(CONTENT)),
)
def test_whatever_bytes_are_flipped_or_cut_off_it_is_read_or_refused(flips: list[tuple[int, int]], length: int):
    content = bytearray(CONTENT)
    for place, value in flips:
        content[place] = value
    check_outcome(bytes(content[:length]), "")
