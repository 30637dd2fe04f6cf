"""Answers of one notebook share a process, as long as their code can leave nothing there that changes the next one."""

import ast
import math
from types import ModuleType

import numpy as np
import pytest
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


@pytest.mark.parametrize("body", UNUSUAL.values(), ids=list(UNUSUAL))
def test_no_answer_spoils_the_next(sandbox, body):
    """The second exercise is answered rightly, whatever the first one does."""
    unusual = {**solutions("03_sigmoid"), "sigmoid": of(f"{body}\nreturn x")}
    submission = Submission("eve", "eve", "03_sigmoid", "x.ipynb")
    (graded,) = grade.grade_batch([(submission, as_bytes(handed_in("03_sigmoid", unusual)))], Settings(seed=1))
    assert [answer.points for answer in graded.answers[1:]] == [10.0] * 4
