"""The class that grading is measured with hands in what it says."""

import json
import math
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.grading.classroom import (
    ASSIGNMENTS,
    LOOP,
    SHARES,
    Rates,
    answers,
    class_of,
    exercises,
    with_one_loop,
    written,
)
from benchmarks.grading.hand_in import hand_in
from course_lib import check
from course_lib.grading.intake.submissions import find_submissions, load
from course_lib.grading.limits import Limits

EXERCISES = {name: assignment for assignment in ASSIGNMENTS for name in exercises(assignment)}
EACH = [(name, kind, body) for name, kinds in answers().items() for kind, bodies in kinds.items() for body in bodies]


def source(name: str, body: str) -> str:
    (cell,) = (cell for cell in written(EXERCISES[name], {name: body})["cells"] if cell["id"] == name)
    return "".join(cell["source"])


def test_there_are_answers_of_every_kind_to_every_exercise() -> None:
    assert set(answers()) == set(EXERCISES)
    for kinds in answers().values():
        assert set(kinds) | {"partly", "untouched"} == set(SHARES)


@pytest.mark.parametrize(("name", "kind", "body"), EACH)
def test_answers_earn_what_their_kind_says(name: str, kind: str, body: str) -> None:
    names: dict = {"np": np, "math": math}
    try:
        exec(compile(source(name, body), name, "exec"), names)
    except SyntaxError:
        assert kind == "fails"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = check(name, names[name], seed=1)
    share = result.points / result.max_points
    assert share == 1 if kind == "right" else 0 < share < 1 if kind == "partly" else share == 0


def test_the_same_seed_gives_the_same_class() -> None:
    assert class_of(9, seed=3) == class_of(9, seed=3)
    assert class_of(9, seed=3) != class_of(9, seed=4)


def test_a_class_has_the_size_that_was_asked_for() -> None:
    handed_in = class_of(10)
    assert len({(one.learner, one.assignment) for one in handed_in}) == 10
    assert Counter(one.assignment for one in handed_in) == dict(zip(ASSIGNMENTS, (3, 3, 2, 2), strict=True))
    for one in handed_in:
        json.loads(one.content)


def test_a_class_has_its_share_of_broken_files_and_of_loops() -> None:
    def readable(content: bytes) -> bool:
        try:
            return isinstance(json.loads(content)["cells"], list)
        except ValueError:
            return False

    broken = class_of(200, rates=Rates(broken=0.2))
    assert 20 < sum(not readable(one.content) for one in broken) < 60
    assert not any(LOOP.split()[0] in one.content.decode() for one in class_of(50))
    looping = class_of(100, rates=Rates(loops=0.1))
    assert 20 < sum(one.content.decode().count("while True") for one in looping) < 80


def test_one_loop_is_one_answer_of_one_learner() -> None:
    before = class_of(6)
    first, *others = with_one_loop(before)
    assert others == before[1:]
    cells = [json.loads(one.content)["cells"] for one in (before[0], first)]
    changed = [new for old, new in zip(*cells, strict=True) if old != new]
    assert [cell["id"] for cell in changed] == ["sigmoid"]
    names: dict = {}
    exec("".join(changed[0]["source"]), names)
    assert "while True" in "".join(changed[0]["source"])
    assert callable(names["sigmoid"])


def test_a_class_is_handed_in_as_nbgrader_collects_it(tmp_path: Path) -> None:
    handed_in = class_of(5)
    hand_in(handed_in, tmp_path)
    found = find_submissions([tmp_path / "submitted"])
    assert [(one.learner, one.assignment) for one in found] == [(one.learner, one.assignment) for one in handed_in]
    assert [load(one, Limits()) for one in found] == [one.content for one in handed_in]
    times = [one.submitted for one in found]
    assert times == sorted(times)
