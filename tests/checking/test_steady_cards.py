"""A passed check looks the same whatever was drawn, so that a saved notebook does not change when it runs again."""

import re
from pathlib import Path

import numpy as np
import pytest
from cells import in_a_cell

from course_lib import check
from course_lib.checking import EXERCISES, card
from course_lib.checking.answer import OwnAnswer

SOURCES = Path(__file__).parents[2] / "sources" / "exercises"


def solutions() -> dict[str, object]:
    """Every exercise's answer as the course's own solution writes it."""
    found = {}
    for source in sorted(SOURCES.glob("*.md")):
        for name, cell in re.findall(r":answer: (\w+)\n(.*?)\n```", source.read_text(encoding="utf-8"), re.DOTALL):
            found[name] = in_a_cell(cell, **EXERCISES[name].given)[name]
    return found


def looks(name: str, answer: object) -> set[tuple]:
    results = [check(name, answer, seed=seed, record=False) for seed in range(10)]
    assert all(r.points == r.max_points for r in results)
    assert not any("outside its cell" in r.message for r in results)
    return {(r.message, tuple(r.cases), card.html(r)) for r in results}


def test_there_is_a_solution_for_every_exercise_with_points() -> None:
    assert set(solutions()) == {e.name for e in EXERCISES.values() if e.max_points}


@pytest.mark.parametrize(("name", "answer"), solutions().items(), ids=list(solutions()))
def test_the_courses_own_solution_looks_the_same_at_every_seed(name: str, answer: object) -> None:
    assert len(looks(name, answer)) == 1


@pytest.mark.parametrize("name", list(EXERCISES))
def test_the_reference_looks_the_same_at_every_seed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnAnswer, "lets_the_course_answer", lambda *_: False)
    assert len(looks(name, EXERCISES[name].reference)) == 1


def test_what_is_tried_comes_in_a_drawn_order() -> None:
    def first_call(seed: int) -> str:
        seen = []

        def noting(lines, x):
            seen.append(len(lines))
            return -1

        check("first_wrong_line", noting, seed=seed, record=False)
        return str(seen[:4])

    assert len({first_call(seed) for seed in range(5)}) > 1


@pytest.mark.parametrize("name", list(EXERCISES))
def test_no_label_has_a_drawn_number(name: str) -> None:
    labels = [[p.label for p in EXERCISES[name].probes(np.random.default_rng(seed))] for seed in range(10)]
    assert all(each == labels[0] for each in labels)
