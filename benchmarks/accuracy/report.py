"""The measured numbers as tables, in benchmarks/accuracy.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.accuracy.goals import missed
from benchmarks.accuracy.results import Record, Results
from course_lib import ACTIVATIONS
from course_lib.measurements.digits import WAYS, in_words, number, worst_of

KINDS = {"wrong_zeros": "wrong 0", "wrong_infinities": "wrong inf"}
REPORT = Path(__file__).parents[1] / "accuracy.md"


def write(results: Results) -> None:
    """Write all tables."""
    REPORT.write_text(text_of(results), encoding="utf-8")


def text_of(results: Results) -> str:
    """Return all tables in Markdown."""
    return "\n".join(_parts(results))


def _parts(results: Results) -> list[str]:
    versions = ", ".join(f"{name} {v}" for name, v in results.about["versions"].items())
    goals = missed(results)
    others = {"value", "derivative", "vector value", "vector gradient", "ends"}
    parameters = dict.fromkeys(r.of for r in results.records.values() if r.of not in others)
    return [
        "# How many digits are right\n",
        f"Made by `make accuracy` ({versions}). Each function and each derivative at {results.about['inputs']:,} "
        "inputs in each dtype: both signs, from the smallest subnormal float to the largest, dense on [−40, 40] and "
        "on [−1000, 1000], without kinks and jumps. The exact values are computed from the formula in the registry "
        "with as many digits as it takes (`exact.py`).\n",
        "A cell tells the largest and the mean error of the finite results, in units in the last place (ULP) of the "
        "exact value: 0.5 is as good as a float can be, 1e4 means that four of the 16 digits of a float64 (of the 7 "
        "of a float32) are wrong. 'Half lost' says from where on at most half of the digits are right, 'all lost' from "
        "where on not one is. The slopes of silu, mish, gelu and gelu_tanh are sums whose two terms cancel where the "
        "slope goes through 0: their errors are in units in the last place of the larger term. – : the library does "
        "not have the function.\n",
        "## Goals\n",
        "\n".join(f"- missed: {goal}" for goal in goals) + "\n" if goals else "All are met.\n",
        *_tables(results, "derivative", "Derivatives"),
        *_tables(results, "value", "Values"),
        *(_ours(results, parameters)),
        *_tables(results, "vector gradient", "Gradients of vectors and losses"),
        *_tables(results, "vector value", "Values of vectors"),
        "Of a softmax VJP the error is in eps of |J| |g|; of logsumexp and of the gradient for shares in eps of the "
        "largest term.\n",
        *_ends(results),
    ]


def _tables(results: Results, of: str, title: str) -> Iterable[str]:
    names = (
        list(ACTIVATIONS)
        if of in ("value", "derivative")
        else list(dict.fromkeys(k[0] for k in results.records if k[1] == of))
    )
    for dtype in ("float64", "float32"):
        rows = []
        for name in names:
            records = [r for r in results.records.values() if (r.name, r.of, r.dtype) == (name, of, dtype)]
            rows.append([name, *(_cells(r for r in records if r.way == way) for way in WAYS)])
        yield f"## {title}, {dtype}\n"
        yield _table(["", *WAYS], rows)


def _ours(results: Results, parameters: Iterable[str]) -> Iterable[str]:
    yield "## Derivatives by parameters (ours)\n"
    rows = []
    for name in ACTIVATIONS:
        for of in parameters:
            found = [
                _cells(r for r in results.records.values() if r.key[:4] == (name, of, dtype, "ours"))
                for dtype in ("float64", "float32")
            ]
            if found != ["–", "–"]:
                rows.append([f"{name}, {of}", *found])
    yield _table(["", "float64", "float32"], rows)


def _ends(results: Results) -> Iterable[str]:
    yield "## Slopes at the infinities, for nan, and at kinks and jumps\n"
    yield "Kinks have no derivative: what stands there is each library's convention.\n"
    rows = []
    for name in ACTIVATIONS:
        found = {r.way: r.found for r in results.records.values() if (r.name, r.of) == (name, "ends")}
        for place, own in found.get("ours", {}).items():
            rows.append([f"{name}′({place})", own, *(found.get(way, {}).get(place, "–") for way in ("torch", "jax"))])
    yield _table(["", "ours", "torch", "jax"], rows)


def _cells(records: Iterable[Record]) -> str:
    return "<br>".join(_cell(r) for r in records) or "–"


def _cell(record: Record) -> str:
    words, found = in_words(record.found), record.found
    if words == number(worst_of(found)):
        words += f" (mean {number(found.get('mean', 0.0))})"
    counts = [f"{found[key]:,} {kind}" for key, kind in KINDS.items() if key in found]
    if warned := found.get("warnings"):
        counts.append("a warning" if warned == 1 else f"{warned} warnings")
    said = "; ".join([words, *counts])
    return f"{record.formula}: {said}" if record.formula else said


def _table(headings: list[str], rows: list[list[str]]) -> str:
    lines = [" | ".join(cell.replace("|", r"\|") for cell in row) for row in [headings, ["---"] * len(headings), *rows]]
    return "".join(f"| {line} |\n" for line in lines)
