"""What is measured of grading is reported as it was measured."""

import dataclasses

import pytest

from benchmarks.grading import report
from benchmarks.grading.measure import Measured, Way
from benchmarks.grading.ours import Report

START = 1.0


def way(submissions: int, seconds: float) -> Way:
    return Way(submissions, START + seconds, START)


def measured() -> Measured:
    growth = {n: Report(1 + n / 100, {}, 2048 * n, 2**20 * n) for n in report.SIZES}
    memory = {name: {"grades": 50.0, "answers": 70.0, "both": 110.0} for name in ("nbgrader", "warm", "strict")}
    return Measured(
        nbgrader={1: way(24, 24.0), 3: way(24, 12.0)},
        warm={1: way(1000, 10.0), 2: way(1000, 5.0)},
        strict={1: way(200, 20.0)},
        growth=growth,
        memory=memory,
        loop={"ours": 2.2, "nbgrader": 10.0},
        same_scores=24,
        compared=24,
    )


def goals(found: Measured, monkeypatch: pytest.MonkeyPatch, tmp_path) -> list[str]:
    monkeypatch.setattr(report, "REPORT", tmp_path / "grading.md")
    text = report.write(found)
    assert (tmp_path / "grading.md").read_text(encoding="utf-8") == text
    return [line for line in text.splitlines() if line.startswith("- ")]


def test_the_start_is_charged_to_neither() -> None:
    assert way(24, 12.0).rate == pytest.approx(2)
    with pytest.raises(RuntimeError, match="too busy"):
        Way(24, START, START)


def test_goals_compare_the_best_of_both(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    met = goals(measured(), monkeypatch, tmp_path)
    assert "(100 times)" in met[0]  # 200 a second beside 2
    assert "**missed** (5.0 times)" in met[1]
    assert all("missed" not in line for line in [met[0], *met[2:]])


def test_other_scores_are_not_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    found = dataclasses.replace(measured(), same_scores=23)
    assert "**missed** (23 of 24)" in goals(found, monkeypatch, tmp_path)[-1]


def test_the_estimate_goes_on_like_the_last_step(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    goals(measured(), monkeypatch, tmp_path)
    text = (tmp_path / "grading.md").read_text(encoding="utf-8")
    assert "17 minutes on 2 cores, which is 0.6 CPU hours; a journal of 195 MiB" in text
