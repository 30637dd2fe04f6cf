"""What honest learners hand in: it earns what `check` said, or `check` told them beforehand that it would not."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from handed_in import COURSE, answer_cells, as_bytes, handed_in

from course_lib.grading.grade import grade_batch
from course_lib.grading.intake.notebook import read_notebook
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.limits import Limits
from course_lib.grading.results import GradedAnswer
from course_lib.grading.settings import Settings

pytestmark = pytest.mark.usefixtures("bubblewrap")
NAME = "sigmoid_derivative"
BODY = "    s = 0.5 * (1 + np.tanh(0.5 * x))\n    return s * (1 - s)\n"
RIGHT = f"def {NAME}(x):\n{BODY}"
HALF_DONE = f"def {NAME}(x):\n    return 0.5 * (1 + np.tanh(0.5 * x))\n"
HELPER = "def sig(x):\n    return 0.5 * (1 + np.tanh(0.5 * x))\n"
USES_HELPER = f"def {NAME}(x):\n    return sig(x) * (1 - sig(x))\n"
WITH_H = f"def {NAME}(x):\n    s = h * (1 + np.tanh(h * x))\n    return s * (1 - s)\n"


@dataclass(frozen=True)
class Odd:
    """An answer cell, other cells that were run before, and the names of which `check` warns: the grade lacks them."""

    answer: str
    before: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


ODD = {
    # What a notebook understands beside Python.
    "a magic": Odd(f"%precision 3\n{RIGHT}"),
    "timed": Odd(f"%%time\n{RIGHT}"),
    "captured": Odd(f"%%capture\n{RIGHT}"),
    "a question below": Odd(f"{RIGHT}{NAME}?\nnp.exp??\n"),
    "a question above": Odd(f"?np.exp\n{RIGHT}"),
    "an installation on two lines": Odd(f"!echo pip install \\\n    numpy\n{RIGHT}"),
    "what a command gives": Odd(f"files = !ls\nt = %timeit -n1 -r1 -o math.sin(1)\n{RIGHT}"),
    "a magic in a loop": Odd(f"{RIGHT}for n in (1, 2):\n    %time {NAME}(np.ones(n))\n"),
    "a remainder that begins a line": Odd(f"%precision 3\nh = (7\n% 3) / 2\n{WITH_H}"),
    "all indented": Odd("".join(f"    {line}\n" for line in RIGHT.splitlines())),
    "copied with its prompts": Odd(">>> " + RIGHT.replace("\n    ", "\n...     ")),
    "line ends of Windows": Odd(RIGHT.replace("\n", "\r\n")),
    # Ways to write a function, and what is left beside it.
    "hints imported elsewhere": Odd(
        f"k: Callable = 1\ndef {NAME}(x: NDArray) -> 'Tensor':\n{BODY}",
        ("from numpy.typing import NDArray\nfrom typing import Callable",),
    ),
    "hints of the future": Odd(f"from __future__ import annotations\ndef {NAME}(x: Tensor):\n{BODY}"),
    "two imports in one": Odd(f"import scipy, functools\nh = functools.partial(float, 0.5)()\n{WITH_H}"),
    "tools of the standard library": Odd(
        f"from collections import namedtuple\nimport warnings\nP = namedtuple('P', 'h')\np = P(0.5)\n"
        f"def {NAME}(x):\n    import time\n    with warnings.catch_warnings():\n"
        "        s = p.h * (1 + np.tanh(p.h * x))\n    return s * (1 - s)\n"
    ),
    "a fallback": Odd(
        "try:\n    from scipy.special import expit as sig\nexcept ImportError:\n"
        f"    def sig(x):\n        return 0.5 * (1 + np.tanh(0.5 * x))\n{USES_HELPER}"
    ),
    "tests that fail": Odd(f"import scipy\nscipy.special.expit(1)\n{RIGHT}print({NAME}(0))\nassert {NAME}(0) == 1\n"),
    "a slow test below": Odd(f"{RIGHT}import time\ntime.sleep(1.6)\n"),
    "a constant below": Odd(f"{WITH_H}h = 0.5\n"),
    "other letters": Odd(RIGHT.replace("s ", "σ ").replace("s)", "σ)")),
    "errors raised by numpy": Odd(f"np.seterr(all='raise')\nimport warnings\nwarnings.simplefilter('error')\n{RIGHT}"),
    # What a grader does not have; `check` says so.
    "a helper elsewhere": Odd(USES_HELPER, (HELPER,), ("sig",)),
    "a helper elsewhere, timed": Odd(f"%%time\n{USES_HELPER}", (HELPER,), ("sig",)),
    "a helper elsewhere, with a magic": Odd(f"%precision 3\n{USES_HELPER}{NAME}?\n", (HELPER,), ("sig",)),
    "numpy by its long name": Odd(RIGHT.replace("np.", "numpy."), ("import numpy",), ("numpy",)),
    "a tool imported elsewhere": Odd(
        RIGHT.replace("    return", "    functools\n    return"), ("import functools",), ("functools",)
    ),
    "a constant made of another": Odd(f"h = H / 2\n{WITH_H}", ("H = 1",), ("H",)),
    "a preset from elsewhere": Odd(f"def {NAME}(x, h=H):\n{BODY}", ("H = 1",), ("H",)),
    "a decorator from elsewhere": Odd(
        f"@timed\n{RIGHT}",
        ("def timed(f):\n    import functools\n    return functools.wraps(f)(lambda *a: f(*a))",),
        ("timed",),
    ),
    "a base from elsewhere": Odd(
        f"class Sigmoid(Base):\n    def f(self, x):\n        return 0.5 * (1 + np.tanh(0.5 * x))\n"
        f"def {NAME}(x):\n    s = Sigmoid().f(x)\n    return s * (1 - s)\n",
        ("class Base:\n    pass",),
        ("Base",),
    ),
    "a library in a preset": Odd(
        f"from scipy.special import expit\ndef {NAME}(x, f=expit):\n    return f(x) * (1 - f(x))\n", (), ("expit",)
    ),
    "what only a notebook shows": Odd(RIGHT.replace("    return", "    display(s)\n    return"), (), ("display",)),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Give the points and the message that each learner saw."""
    asked = {label: {"cells": [*odd.before, odd.answer], "name": NAME} for label, odd in ODD.items()}
    record = str(tmp_path_factory.mktemp("record") / "record.sqlite")
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("as_a_learner.py"))],
        input=json.dumps(asked),
        env={**os.environ, "COURSE_RECORD": record, "PYTHONPATH": str(COURSE), "IPYTHONDIR": str(Path(record).parent)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def graded(content: bytes) -> GradedAnswer:
    (outcome,) = grade_batch(
        [(Submission("a", "ada", "03_sigmoid", Path("a.ipynb")), content)], Settings(1, limits=Limits(call=1.5))
    )
    return next(answer for answer in outcome.answers if answer.exercise == NAME)


@pytest.mark.parametrize("label", ODD)
def test_it_earns_what_check_said_or_check_had_warned(label, checked) -> None:
    odd = ODD[label]
    points, message = checked[label]
    assert points == 10, message
    answer = graded(as_bytes(handed_in("03_sigmoid", {NAME: odd.answer})))
    warning = [line for line in message.split("\n") if line.startswith("It uses ")]
    if not odd.foreign:
        assert warning == []
        assert answer.points == 10, answer.message
        return
    names = ", ".join(f"`{name}`" for name in odd.foreign)
    assert [line.split(" from outside its cell.")[0] for line in warning] == [f"It uses {names}"]
    assert answer.points == 0
    if answer.slip == "no_function":
        assert "When homework is graded only" in answer.message or "imports and helpers belong in" in answer.message
    else:
        assert warning[0] in answer.message


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            f"import matplotlib\nfrom scipy.special import expit\nf = expit\ndef {NAME}(x, f=f):\n    return f(x)\n",
            "It raises ModuleNotFoundError in the line `from scipy.special import expit`. When homework is graded only",
        ),
        (f"while True:\n    pass\n{NAME} = 1 / 0\n", f"in the line `{NAME} = 1 / 0`"),
        (f"def sigmoid_slope(x):\n{BODY}", f"There is no function {NAME} in its cell."),
        (f"%precision 3\ndef {NAME}(x)\n{BODY}", f"Python can't read this cell: expected ':' in the line `def {NAME}"),
        ("while True:\n    pass\n", "It was stopped because it takes too long"),
    ],
    ids=["a chain of names", "its own line", "another name", "not the magic's fault", "endless"],
)
def test_why_there_is_no_function_is_told_by_what_caused_it(answer, says) -> None:
    told = graded(as_bytes(handed_in("03_sigmoid", {NAME: answer})))
    assert (told.points, told.slip) == (0, "no_function")
    assert says in told.message
    assert "exec(" not in told.message


# --- which cell is the answer -------------------------------------------------------------------------------------


def cell(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def notebook(*pieces: str | tuple[str, ...]) -> dict[str, Any]:
    """Return 03_sigmoid with cells around the answer: ('half', ...) is one with the metadata of the answer cell."""
    made = handed_in("03_sigmoid", {})
    place = made["cells"].index(own := answer_cells(made)[NAME])
    new = []
    for piece in pieces:
        source = piece if isinstance(piece, str) else piece[0]
        if source == "untouched":
            new.append(own)
        else:
            new.append(cell(source, **(own["metadata"] if isinstance(piece, tuple) else {})))
    made["cells"][place : place + 1] = new
    return made


PLACES = {
    "written again below": ((HALF_DONE,), RIGHT),
    "written again above": (RIGHT, (HALF_DONE,)),
    "split, its tests below": ((RIGHT,), ("print(sigmoid_derivative(1.0))\n",)),
    "see below": (("# see below\n",), RIGHT),
    "copied below the stub": ("untouched", RIGHT),
    "copied above the stub": (RIGHT, "untouched"),
    "an annotated name": (("# see below\n",), f"{NAME}: object = lambda x: 0.25 / np.cosh(x / 2) ** 2\n"),
}


@pytest.mark.parametrize(("label", "points"), [(p, 0 if p == "written again above" else 10) for p in PLACES])
def test_the_definition_counts_that_a_run_from_top_to_bottom_ends_with(label, points) -> None:
    assert graded(as_bytes(notebook(*PLACES[label]))).points == points


@pytest.mark.parametrize(
    ("label", "note"),
    [
        ("written again below", f"A cell between the answer cell of {NAME} and its test defines it; that one counts."),
        ("see below", f"The answer cell of {NAME} does not define it; the function was taken from another cell."),
        ("written again above", ""),
    ],
)
def test_which_cell_counts_is_noted(label, note) -> None:
    assert read_notebook(as_bytes(notebook(*PLACES[label]))).notes == ((note,) if note else ())


def test_what_is_defined_after_its_test_does_not_count_and_that_is_noted() -> None:
    made = handed_in("03_sigmoid", {NAME: RIGHT})
    made["cells"].append(cell(HALF_DONE))
    handed = read_notebook(as_bytes(made))
    assert handed.cells[NAME] == RIGHT
    assert handed.notes == (f"Other cells define {NAME} too; the answer cell counts.",)
