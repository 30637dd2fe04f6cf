"""The committed numbers: complete, as good as they must be, true where they can be checked at once, and readable."""

import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy import goals, report, textbook
from benchmarks.accuracy.exact import exact, ulps
from benchmarks.accuracy.results import Record, Results
from benchmarks.accuracy.vectors import rows
from course_lib import ACTIVATIONS
from course_lib.measurements import ACCURACY, accuracy, where_libraries_lose_digits
from course_lib.measurements.digits import TAUGHT, in_words, lost_digits, number, select
from course_lib.measurements.table import Table

RECORDS: list[dict[str, Any]] = accuracy()["records"]
MEASURE = "measure it: make accuracy"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_is_measured(name: str) -> None:
    for of in ("value", "derivative", *ACTIVATIONS[name].parameter_derivatives):
        for dtype in ("float64", "float32"):
            assert len(select(accuracy(), name=name, of=of, dtype=dtype, way="ours")) == 1, MEASURE
    assert select(accuracy(), name=name, of="derivative", way="textbook"), MEASURE
    assert select(accuracy(), name=name, of="ends", way="ours"), MEASURE


def test_nothing_else_is_kept() -> None:
    assert {r["name"] for r in RECORDS} == {*ACTIVATIONS, *(row.name for row in rows())}, MEASURE
    kept = {(r["of"], r["name"], r["formula"]) for r in RECORDS if r["way"] == "textbook"}
    tables = {"value": textbook.VALUES, "derivative": textbook.DERIVATIVES}
    written = {(of, name, formula) for of, table in tables.items() for name in table for formula in table[name]}
    written |= {(f"vector {row.peer[0]}", row.name, row.formula) for row in rows()}
    assert kept == written, MEASURE


def test_the_goals_are_met() -> None:
    assert goals.missed(Results.read()) == []


def test_goals_are_judged() -> None:
    def judged(found: dict[str, Any], name: str = "tanh", dtype: str = "float64") -> list[str]:
        record = Record(name, "derivative", dtype, "ours", "", {"at": 1.0, **found})
        return goals.missed(Results({}, {record.key: record}))

    assert judged({"worst": 4.1}) == []
    assert judged({"worst": 4.2}) == ["tanh derivative float64: worst is 4.2 ULP, the goal 4.1 (x = 1.0)"]
    assert len(judged({"worst": 1.1}, dtype="float32")) == 1
    assert len(judged({"worst": 1.0}, name="relu")) == 1
    assert judged({"worst": 1e9, "worst_of_terms": 7.9, "worst_away_from_zero": 7.9}, name="silu") == []
    assert len(judged({"worst": 8.1}, name="silu")) == 1
    assert len(judged({"worst": 1e9, "worst_of_terms": 8.1, "worst_away_from_zero": 9}, name="silu")) == 2
    assert judged({"worst": 1.0, "wrong_zeros": 1, "warnings": 2}) == [
        "tanh derivative float64: wrong_zeros 1",
        "tanh derivative float64: warnings 2",
    ]


CLAIM = re.compile(r"At\s+most\s+([\d.]+)\s+ULP\s+(of\s+the\s+larger\s+term)?")


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_the_docstrings_promise_was_measured(name: str) -> None:
    ours = ACTIVATIONS[name]
    for of, function in {"value": ours.f, "derivative": ours.derivative, **ours.parameter_derivatives}.items():
        (record,) = select(accuracy(), name=name, of=of, dtype="float64", way="ours")
        for most, of_terms in CLAIM.findall(function.__doc__ or ""):
            found = record["worst_of_terms"] if of_terms else record["worst"]
            assert max(found, record.get("worst_of_subnormals", 0)) <= float(most), of


TEXTBOOK = [r for r in RECORDS if r["way"] == "textbook" and r["of"] == "derivative" and r["dtype"] == "float64"]


@pytest.mark.parametrize("record", TEXTBOOK, ids=lambda r: f"{r['name']}: {r['formula']}")
def test_textbook_formulas_fail_where_it_is_said(record: dict[str, Any]) -> None:
    formula = textbook.DERIVATIVES[record["name"]][record["formula"]]
    ours = ACTIVATIONS[record["name"]]
    nan = record.get("nan_from", [])
    for place in [*record.get("lost_from", []), *nan]:
        x = place * 1.001  # it is kept with four digits
        nearer = place * (0.98 if abs(place) < 1000 else 0.8)
        with np.errstate(all="ignore"):
            got = float(formula(np.array([x]))[0])
            before = float(formula(np.array([nearer]))[0])
        exactly, exactly_before = (float(e) for e in exact(ours, [x, nearer], "x"))
        assert np.isnan(got) == (place in nan)
        assert not np.isnan(before)
        if place not in nan:  # some digit may be right again a little further on, by chance
            assert abs(got - exactly) >= 0.3 * abs(exactly)
            assert abs(x) < 1 or abs(before - exactly_before) < abs(exactly_before)
    if record["worst"] > 1e4 and not nan:
        with np.errstate(all="ignore"):
            off = ulps(formula(np.array([record["at"]])), exact(ours, [record["at"]], "x"))
        assert off[0] > 100  # the input is kept with four digits only


def test_the_file_is_small_and_holds_no_place() -> None:
    text = ACCURACY.read_text(encoding="utf-8")
    assert len(text) < 300_000
    assert not re.search(r"/home|/work|/tmp|\.local", text)
    about = accuracy()["about"]
    assert about["inputs"] == 68_536
    assert {"python", "numpy", "scipy", "mpmath", "torch", "jax", "jaxlib"} == set(about["versions"])


def test_the_report_is_that_of_the_numbers() -> None:
    parts = report.text_of(Results.read())
    assert report.REPORT.read_text(encoding="utf-8") == parts


# --- in words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "expected"),
    [(0, "0"), (0.5, "0.5"), (3.64, "3.6"), (9.97, "10"), (457.2, "457"), (6.53e7, "6.5e7"), (9.96e15, "1.0e16")],
)
def test_numbers_as_one_writes_them(units: float, expected: str) -> None:
    assert number(units) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"worst": 3.6}, "3.6"),
        ({"worst": 1e14, "worst_of_terms": 4.04}, "4.0"),
        ({"worst": 9e15, "lost": 7, "lost_from": [36.736]}, "all lost from x = 36.7"),
        ({"worst": 9e15, "lost": 7, "lost_from": [-19.001, 19.002]}, "all lost beyond x = ±19.0"),
        (
            {"worst": 9e15, "lost": 7, "lost_from": [-18940.0, 1.4e12]},
            "all lost below x = −18,900 and from x = 1.4e12",
        ),
        ({"worst": 9e15, "lost": 7, "lost_from": [-38.5]}, "all lost below x = −38.5"),
        ({"worst": 9e15, "lost": 7, "lost_from": [-710.2, 36.7]}, "all lost below x = −710 and from x = 36.7"),
        ({"worst": 9e15, "lost": 7, "lost_from": [-1e-12, 1e-17]}, "all lost near x = 0"),
        ({"worst": 9e15, "lost": 7}, "all lost"),
        (
            {"worst": 9e15, "lost": 7, "lost_from": [-38.5], "half_from": [-6.8]},
            "half lost below x = −6.80, all lost below x = −38.5",
        ),
        ({"worst": 1.3e14, "half_from": [-6.4]}, "1.3e14, half lost below x = −6.40"),
        ({"worst": 1.8e8, "half_from": [0.0]}, "1.8e8"),
        ({"worst": 9e15, "lost": 7, "lost_from": [-38.5], "half_from": [-38.49]}, "all lost below x = −38.5"),
        (
            {"worst": 2.0, "lost": 5, "wrong_nans": 5, "lost_from": [-711.0], "nan_from": [-711.0]},
            "nan below x = −711",
        ),
        (
            {"worst": 2.0, "lost": 9, "wrong_nans": 5, "lost_from": [-355.0], "nan_from": [-711.0]},
            "all lost below x = −355, nan below x = −711",
        ),
    ],
)
def test_errors_in_words(record: dict[str, Any], expected: str) -> None:
    assert in_words(record) == expected


# --- the table of lesson 08 ---------------------------------------------------------------------------------------


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("scope")))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_table_says_the_same_in_every_form() -> None:
    table = Table("What & where.", ["name", "|x| < 1"], [[["a"], ["1", "2 | 3"]], [["<b>"], ["–"]]])
    html = _Cells()
    html.feed(table._repr_html_())
    assert [t for t, _ in html.tags].count("tr") == 3
    assert html.tags.count(("th", "col")) == 2
    assert html.tags.count(("th", "row")) == 2
    assert html.tags[:2] == [("table", None), ("caption", None)]
    assert html.texts == ["What & where.", "name", "|x| < 1", "a", "1", "2 | 3", "<b>", "–"]
    assert table._repr_markdown_().splitlines()[2:] == [
        r"| name | \|x\| < 1 |",
        "| --- | --- |",
        r"| a | 1<br>2 \| 3 |",
        "| <b> | – |",
    ]
    assert str(table).splitlines() == [
        "What & where.", "", "name  |x| < 1", "----  -------", "a     1", "      2 | 3", "<b>   –",
    ]  # fmt: skip


def test_each_line_of_a_caption_stays_one() -> None:
    table = Table("What.\nWhere <x>.", ["name"], [[["a"]]])
    assert "What.<br>Where &lt;x&gt;.</caption>" in table._repr_html_()
    assert table._repr_markdown_().startswith("What.\n\nWhere <x>.\n\n| name")
    assert str(table).startswith("What.\nWhere <x>.\n\nname")


def test_the_table_tells_the_committed_numbers() -> None:
    table = where_libraries_lose_digits()
    by_name = {row[0][0]: row for row in table.rows}
    assert table.headings == ["slope or gradient", "textbook", "torch", "jax", "ours"]
    for way, cell in zip(("torch", "jax", "ours"), by_name["tanh′"][2:], strict=True):
        (record,) = select(accuracy(), name="tanh", of="derivative", dtype="float64", way=way)
        assert cell == [in_words(record)]
    of_sigmoid = [row[1] for row in _every_row() if row[0][0].startswith("sigmoid′")]
    assert [cell[0].partition(":")[0] for cell in of_sigmoid] == [*textbook.DERIVATIVES["sigmoid"]]
    assert len(textbook.DERIVATIVES["sigmoid"]) > 1
    assert "68,536" in table.caption
    assert accuracy()["about"]["versions"]["torch"] in table.caption


def test_a_derivative_that_nobody_gets_wrong_is_left_out() -> None:
    about = accuracy()["about"]
    right = {"name": "relu", "of": "derivative", "dtype": "float64", "way": "torch", "worst": 2.0}
    far = {**right, "lost": 3, "wrong_nans": 3, "lost_from": [1e308], "nan_from": [1e308]}
    assert lost_digits({"about": about, "records": [right, far]}).rows == []
    wrong = {**right, "name": "tanh", "worst": 5e4}
    assert lost_digits({"about": about, "records": [right, wrong]}).rows == [
        [["tanh′"], ["–"], ["5.0e4"], ["–"], ["–"]]
    ]


def _every_row() -> list[Any]:
    table = where_libraries_lose_digits()
    return [*table.rows, *table.folded]


def test_what_was_taught_is_shown_and_the_rest_is_folded() -> None:
    table = where_libraries_lose_digits()
    assert [row[0][0].removesuffix("′") for row in table.rows] == sorted(TAUGHT, key=_order)
    assert {"mish′", "gelu_tanh′", "tanh_shrink′"} <= {row[0][0] for row in table.folded}
    html = _Cells()
    html.feed(table._repr_html_())
    assert [tag for tag, _ in html.tags].count("details") == 1
    shown, _, folded = table._repr_html_().partition("<details>")
    assert "gelu′" in shown
    assert "mish′" in folded
    assert all(row[0][0] in str(table) and row[0][0] in table._repr_markdown_() for row in _every_row())


def _order(name: str) -> int:
    names = [*ACTIVATIONS, *dict.fromkeys(r["name"] for r in RECORDS if r["of"] == "vector gradient")]
    return names.index(name)


def test_cells_begin_at_the_left() -> None:
    html = where_libraries_lose_digits()._repr_html_()
    assert len(re.findall(r"<t[dh]\b", html)) == len(re.findall(r"<t[dh][^>]*text-align: left", html)) > 50


def test_ours_loses_nothing() -> None:
    assert all(not re.search("lost|nan|e", " ".join(row[-1])) for row in _every_row() if row[-1] != ["as above"])
