"""What `check` tells a learner is what the grade tells: one judge, two places where the answer runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from cells import in_a_cell
from handed_in import COURSE, answer_cells

from benchmarks.grading.classroom import answers, exercises, written
from course_lib.checking import EXERCISES
from course_lib.checking.answer import OwnAnswer
from course_lib.checking.judge import Judgement, judge
from course_lib.checking.message import message
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.sandbox import Sandbox
from course_lib.grading.limits import Limits

pytestmark = pytest.mark.usefixtures("bubblewrap")
LIMITS = Limits(call=10.0, submission=100.0)  # what is compared here is not the time


def sources() -> Iterator[tuple[str, str, str]]:
    """Yield what learners write to exercises 03 to 06, and the right answers of all exercises."""
    for solution in sorted((COURSE / "solutions").glob("*/*.ipynb")):
        for name, cell in answer_cells(json.loads(solution.read_text(encoding="utf-8"))).items():
            yield name, "solution", "".join(cell["source"])
    for assignment in ("03_sigmoid", "04_tanh", "05_relu", "06_softmax"):
        for name in exercises(assignment):
            for kind, bodies in answers()[name].items():
                for body in bodies:
                    cell = answer_cells(written(assignment, {name: body}))[name]
                    yield name, kind, "".join(cell["source"])


SOURCES = list(sources())


def in_the_sandbox(place: Sandbox, name: str, source: str, seed: int) -> tuple[Judgement | None, str]:
    exercise = EXERCISES[name]
    with place.process() as process:
        answer = ConfinedAnswer(process, exercise, LIMITS, Budget(LIMITS.submission))
        missing = answer.load([source])
        return (None, missing) if missing else (judge(exercise, answer, np.random.default_rng(seed)), "")


@pytest.mark.parametrize(
    ("name", "kind", "source"), SOURCES, ids=[f"{name}-{kind}-{i}" for i, (name, kind, _) in enumerate(SOURCES)]
)
def test_the_grade_says_what_check_says(sandbox, name, kind, source):
    exercise = EXERCISES[name]
    graded, missing = in_the_sandbox(sandbox, name, source, 0)
    if missing:
        assert missing.startswith("Python can't read this cell: ")
        with pytest.raises(SyntaxError):
            in_a_cell(source)
        return
    function = in_a_cell(source, **exercise.given)[name]
    checked = judge(exercise, OwnAnswer(function, exercise), np.random.default_rng(0))
    assert graded.points(exercise) == checked.points(exercise)
    assert graded.diagnosis == checked.diagnosis
    lines, expected = (message(exercise, each).split("\n") for each in (graded, checked))
    secret = [line for line in lines if "about " in line]
    foreign = [line for line in lines if line.startswith("It uses `") and not checked.passed]
    printed = [line for line in lines if line.startswith("Your function printed: ")]  # cut another way
    kept = [line for line in lines if line not in (*secret, *foreign, *printed)]
    assert kept == [line for line in expected if line in kept]
    if not printed:
        assert len(expected) == len(kept) + len(secret)
    assert (kind in ("right", "solution")) == (graded.points(exercise) == exercise.max_points)
    if kind in ("wrong", "scalar", "fails"):
        assert graded.points(exercise) == 0


def test_an_untouched_answer_is_not_attempted(sandbox):
    for notebook in sorted((COURSE / "exercises").glob("*/*.ipynb")):
        for name, cell in answer_cells(json.loads(notebook.read_text(encoding="utf-8"))).items():
            graded, _ = in_the_sandbox(sandbox, name, "".join(cell["source"]), 0)
            assert graded.diagnosis.slip == "not_attempted"
            assert message(EXERCISES[name], graded) == f"{name}: not attempted yet (0 of 10 points)."


BOTH_WAYS = [
    # a helper in another cell; an import of another; a package that is not there; the course's own library
    ("sigmoid_derivative", "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return s * (1 - s)\n", ["sigmoid"]),
    ("sigmoid", "def sigmoid(x):\n    return expit(x)\n", ["expit"]),
    ("sigmoid", "from scipy.special import expit\ndef sigmoid(x):\n    return expit(x)\n", ["expit"]),
    ("sigmoid", "import numpy.linalg\ndef sigmoid(x):\n    return 1 / (1 + numpy.exp(-x))\n", []),
    ("sigmoid", "def sigmoid(x):\n    import scipy.special\n    return scipy.special.expit(x)\n", ["scipy.special"]),
]


@pytest.mark.parametrize(("name", "source", "foreign"), BOTH_WAYS)
def test_a_name_from_elsewhere_is_told_in_the_words_of_the_warning(sandbox, name, source, foreign):
    """`check` warns while the name is there; the grade, where it is not, gives the same sentence as the reason."""
    exercise = EXERCISES[name]
    graded, missing = in_the_sandbox(sandbox, name, source, 0)
    assert missing == ""
    from scipy.special import expit

    own = {"sigmoid": lambda x: expit(x)} if name != "sigmoid" else {"expit": expit}
    function = in_a_cell(source, **own)[name]
    checked = judge(exercise, OwnAnswer(function, exercise), np.random.default_rng(0))
    warned = [line for line in checked.notes if line.startswith("It uses ")]
    assert warned == [line for line in graded.notes if line.startswith("It uses ")]
    assert [f"`{n}`" in warned[0] for n in foreign] == [True] * len(foreign)
    assert checked.passed
    assert graded.passed == (not foreign)


SLACK = {
    "a magic": "%matplotlib inline\n",
    "a line that fails before": "import matplotlib.pyplot as plt\nx = plt.figure()\n",
    "a check of one's own": "from course_lib import check\n",
}


@pytest.mark.parametrize("before", SLACK.values(), ids=list(SLACK))
def test_what_a_notebook_bears_costs_nothing(sandbox, before):
    after = "check(sigmoid)\nprint(sigmoid(3)[0])\n!ls\n"
    source = f"{before}def sigmoid(x):\n    return 0.5 * (1 + np.tanh(0.5 * x))\n\n{after}"
    graded, missing = in_the_sandbox(sandbox, "sigmoid", source, 0)
    assert missing == ""
    assert graded.points(EXERCISES["sigmoid"]) == 10


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "There is no function sigmoid in its cell."),
        ("sigmoid = expit\n", "Its cell fails before the function is there. It raises NameError in the line"),
        ("def sigmoid(x)\n    return x\n", "Python can't read this cell: expected ':' in the line `def sigmoid(x)`."),
        ("x = " + "(" * 500, "Python can't read this cell"),
        ("x = " + "-" * 200_000 + "1", "Python can't read this cell"),
        ("def other(x):\n    return x\n", "There is no function sigmoid in its cell."),
        ("import os\nos._exit(0)\n", None),
        ("while True:\n    pass\n", None),
    ],
)
def test_a_cell_without_the_function_says_why(sandbox, source, says, tmp_path: Path):
    from handed_in import as_bytes, handed_in

    from course_lib.grading.grade import grade_batch
    from course_lib.grading.intake.submissions import Submission
    from course_lib.grading.settings import Settings

    content = as_bytes(handed_in("03_sigmoid", {"sigmoid": source}))
    settings = Settings(1, limits=Limits(call=1.0))
    (graded,) = grade_batch([(Submission("a", "ada", "03_sigmoid", tmp_path), content)], settings)
    assert graded.status == "graded"
    answer = graded.answers[0]
    assert answer.points == 0
    if says is not None:
        assert answer.slip == "no_function"
        assert says in answer.message
    assert [a.slip for a in graded.answers[1:]] == ["not_attempted"] * 4
