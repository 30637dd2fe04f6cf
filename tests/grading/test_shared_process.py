"""One learner's answers share a process, as long as their code can leave nothing there that changes the next one."""

import ast
import csv
import json
import math
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import runs
from handed_in import as_bytes, handed_in, solutions

from benchmarks.grading.classroom import answers
from course_lib.checking import EXERCISES
from course_lib.grading import grade
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.sandbox import Sandbox
from course_lib.grading.confinement.untrusted.plain import _ATTRIBUTES, _BUILTINS, is_plain
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.limits import Limits
from course_lib.grading.settings import Settings

PLAIN = {
    "a formula": "return 1 / (1 + np.exp(-x))",
    "a loop": "out = np.zeros_like(x)\nfor i, v in enumerate(np.ravel(x)):\n    out.flat[i] = math.exp(v)\nreturn out",
    "numpy under its name": "import numpy\nreturn numpy.where(x > 0, 1.0, 0.0)",
    "one of its functions": "from numpy import exp as e\nreturn e(x)",
    "an error state for a block": "with np.errstate(over='ignore'):\n    return np.exp(x)",
    "a helper and a constant": "def helper(t):\n    return abs(t)\nk = 2\nreturn helper(x) * k",
    "a name of its own for numpy": "exp = np.exp\nreturn exp(x)",
}
UNUSUAL = {
    "another numpy": "np.exp = np.sqrt",
    "another numpy, unpacked": "np.exp, y = np.sqrt, 1",
    "another numpy, in a loop": "for np.exp in [np.sqrt]:\n    pass",
    "no numpy": "del np.exp",
    "a new name in numpy": "np.sigmoid = abs",
    "numpy's dictionary": "np.__dict__['exp'] = np.sqrt",
    "numpy's dictionary by a function": "vars(np)['exp'] = np.sqrt",
    "an attribute by its name": "setattr(np, 'exp', np.sqrt)",
    "code in a text": "exec('np.exp = np.sqrt')",
    "a format that looks inside": "'{0.__class__}'.format(x)",
    "a new builtin": "import builtins\nbuiltins.helper = abs",
    "the builtins by their name": "__builtins__['abs'] = np.sqrt",
    "a module": "import sys, types\nsys.modules['helper'] = types.ModuleType('helper')",
    "something that a module gives": "from sys import modules\nmodules.clear()",
    "all that a module gives": "from os.path import *",
    "another way to call": "import course_lib.checking.calling as c\nc.Caller.__call__ = lambda *a: None",
    "a memory that is not cleaned": "import gc\ngc.disable()",
    "a trace": "import sys\nsys.setprofile(lambda *a: None)",
    "a handler": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)",
    "a depth": "import sys\nsys.setrecursionlimit(50000)",
    "an error state for good": "np.seterr(all='raise')",
    "a seed": "np.random.seed(1)",
    "a class": "class A:\n    pass",
    "a block that is left half-way": "def half():\n    with np.errstate(all='raise'):\n        yield\nnext(half())",
}


def of(body: str) -> str:
    return "def sigmoid(x):\n" + "".join(f"    {line}\n" for line in body.split("\n"))


@pytest.mark.parametrize("body", PLAIN.values(), ids=list(PLAIN))
def test_code_that_only_computes_is_plain(body):
    assert is_plain(ast.parse(of(body)))


@pytest.mark.parametrize("body", UNUSUAL.values(), ids=list(UNUSUAL))
def test_code_that_might_change_what_others_meet_is_not(body):
    assert not is_plain(ast.parse(of(body)))


def test_what_plain_code_may_name_leads_to_no_module_but_those_of_functions():
    for name in _ATTRIBUTES:
        for module in (np, math, np.linalg):
            assert not isinstance(getattr(module, name, None), ModuleType) or name == "linalg"
    assert not {n for n in _ATTRIBUTES | _BUILTINS if n.startswith("_")}


def test_all_that_plain_code_may_name_is_there():
    """A name that nothing has would be a slip of the pen."""
    here = (np, math, np.linalg, np.ndarray, list, dict, np.add)
    assert {name for name in _ATTRIBUTES if not any(hasattr(thing, name) for thing in here)} == set()


def test_nearly_all_of_a_class_is_plain():
    """What is not costs no points, but a process of its own."""
    bodies = [
        body for kinds in answers().values() for kind in ("right", "partly", "wrong") for body in kinds.get(kind, ())
    ]
    plain = [body for body in bodies if is_plain(ast.parse(of(body)))]
    assert len(plain) >= 0.95 * len(bodies)
    for assignment in ("03_sigmoid", "04_tanh", "05_relu", "06_softmax"):
        assert all(is_plain(ast.parse(source)) for source in solutions(assignment).values())


def may_be_followed(place: Sandbox, body: str) -> bool:
    with place.process() as process:
        answer = ConfinedAnswer(process, EXERCISES["sigmoid"], Limits(call=10.0), Budget(20))
        assert answer.load([of(body)]) == ""
        answer(1.0)
        return answer.may_be_followed()


def test_a_plain_answer_may_be_followed_and_no_other(sandbox):
    assert may_be_followed(sandbox, "return x")
    assert not may_be_followed(sandbox, "np.exp = np.sqrt\nreturn x")


def test_nor_may_one_that_took_much_memory(sandbox):
    assert not may_be_followed(sandbox, "return np.sum(np.ones(45_000_000))")


def test_nor_may_one_that_took_much_time(bubblewrap):
    """What the kernel lets a process compute in all must not run out in a later answer."""
    limits = Limits(call=0.5)
    with Sandbox(limits) as place, place.process() as process:
        answer = ConfinedAnswer(process, EXERCISES["sigmoid"], limits, Budget(20))
        assert answer.load([of("k = 0\nwhile k < 2_000_000:\n    k += 1\nreturn x")]) == ""
        followed = []
        while answer.may_be_followed() and len(followed) < 100:
            followed.append(answer(1.0).trouble)
        assert 1 < len(followed) < 100
        assert set(followed) == {None}


def batch_of(*notebooks: tuple[str, str, dict[str, str]]) -> list[tuple[Submission, bytes]]:
    """Return what (learner, assignment, answers) hand in."""
    return [
        (Submission(f"{number}", learner, assignment, "x.ipynb"), as_bytes(handed_in(assignment, answers)))
        for number, (learner, assignment, answers) in enumerate(notebooks)
    ]


@pytest.fixture
def processes(bubblewrap, monkeypatch) -> list[str]:
    """What begins, from now on: sandboxes and processes."""
    begun: list[str] = []
    honest_process, honest_renewal = Sandbox.process, Sandbox.renew

    def process(self):
        begun.append("process")
        return honest_process(self)

    def renew(self):
        begun.append("sandbox")
        honest_renewal(self)

    monkeypatch.setattr(Sandbox, "process", process)
    monkeypatch.setattr(Sandbox, "renew", renew)
    return begun


SIGMOID, TANH = (("03_sigmoid", solutions("03_sigmoid")), ("04_tanh", solutions("04_tanh")))


@pytest.mark.parametrize(
    ("learners", "mode", "begun"),
    [
        (("ada", "ada"), "warm", ["process"]),
        (("ada", "bob"), "warm", ["process"] * 2),
        (("", ""), "warm", ["process"] * 2),
        (("ada", "ada"), "strict", ["sandbox", "process"] * 2),
    ],
    ids=["one learner", "two learners", "nobody knows whose they are", "strict"],
)
def test_a_learner_shares_a_process_with_nobody_else(processes, learners, mode, begun):
    batch = batch_of((learners[0], *SIGMOID), (learners[1], *TANH))
    assert [graded.points for graded in grade.grade_batch(batch, Settings(1, mode))] == [50.0, 40.0]
    assert processes == begun


def test_one_learners_submissions_follow_each_other_in_whatever_folders(tmp_path):
    """So that harmless answers may share a process; the table is in the order in which they were found."""
    order = {"note": str(tmp_path / "noted")}
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"order": order}})
    for assignment in ("03_sigmoid", "04_tanh"):
        folder = tmp_path / "submitted" / assignment
        folder.mkdir(parents=True)
        for learner in ("ada", "bob"):
            (folder / f"{learner}.ipynb").write_text(notebook)
    done = runs.grade(
        "by_order", tmp_path / "submitted", "--out", tmp_path / "report", "--trusted-learners", "--jobs", "1"
    )
    assert done.returncode == 0, done.stderr
    assert [Path(name).stem for name in (tmp_path / "noted").read_text().splitlines()] == ["ada", "ada", "bob", "bob"]
    with (tmp_path / "report" / "grades.csv").open(encoding="utf-8", newline="") as file:
        assert [row["assignment"] for row in csv.DictReader(file)] == ["03_sigmoid", "03_sigmoid", "04_tanh", "04_tanh"]


def test_a_sandbox_that_ends_between_two_learners_costs_nobody_anything(bubblewrap, monkeypatch):
    honest = grade._graded
    ended = []

    def graded(submission, *rest):
        outcome = honest(submission, *rest)
        if submission.learner == "ada":
            grade._kept.place._bubblewrap.kill()
            ended.append(grade._kept.place._bubblewrap.wait())
        return outcome

    monkeypatch.setattr(grade, "_graded", graded)
    batch = batch_of(("ada", *TANH), ("bob", *TANH))
    assert [outcome.points for outcome in grade.grade_batch(batch, Settings(1))] == [40.0, 40.0]
    assert len(ended) == 1


def test_a_sandbox_that_ends_while_it_is_asked_costs_nobody_anything(bubblewrap, monkeypatch):
    """Not even whose last answer it was: all is asked again."""
    honest, asked = grade.judge, []

    def judge(exercise, *rest):
        asked.append(exercise.name)
        if len(asked) == len(TANH[1]):
            grade._kept.place._bubblewrap.kill()
            grade._kept.place._bubblewrap.wait()
        return honest(exercise, *rest)

    monkeypatch.setattr(grade, "judge", judge)
    batch = batch_of(("ada", *TANH), ("ada", *SIGMOID))
    assert [outcome.points for outcome in grade.grade_batch(batch, Settings(1))] == [40.0, 50.0]
    assert asked == [*TANH[1], *TANH[1], *SIGMOID[1]]


@pytest.mark.parametrize("body", UNUSUAL.values(), ids=list(UNUSUAL))
def test_no_answer_spoils_the_next(bubblewrap, body):
    """All others are right, in this notebook and in the learner's next one, whatever the first and the last one do."""
    name, answers = SIGMOID
    spoilt = {
        **answers,
        "sigmoid": of(f"{body}\nreturn x"),
        "steep_sigmoid_derivative": of(f"{body}\nreturn x").replace("sigmoid(x", "steep_sigmoid_derivative(x, k"),
    }
    assert spoilt.keys() == answers.keys()
    before, after = grade.grade_batch(batch_of(("eve", name, spoilt), ("eve", *TANH)), Settings(seed=1))
    assert [answer.points for answer in before.answers[1:-1]] == [10.0] * 3
    assert after.points == 40.0
