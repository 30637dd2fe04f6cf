"""The score is the answer's, not the draw's: whatever inputs are drawn, the same answer earns the same points."""

import secrets
from pathlib import Path

import numpy as np
import pytest
from handed_in import answer_cells, as_bytes

from benchmarks.grading.classroom import answers, class_of, written
from course_lib.checking import EXERCISES
from course_lib.checking.judge import judge
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.grade import grade_batch
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.limits import Limits
from course_lib.grading.settings import Settings

GRADINGS = 50
LESSON = "03_sigmoid"


def chosen() -> list[tuple[str, str]]:
    """Return 20 right answers, some that lose a part, and 40 wrong ones, as the texts of their cells."""
    right, wrong = [], []
    for name, kinds in answers().items():
        assignment = EXERCISES[name].lesson
        for kind, bodies in kinds.items():
            texts = [(name, "".join(answer_cells(written(assignment, {name: b}))[name]["source"])) for b in bodies]
            if kind in ("right", "partly"):
                right += texts
            elif kind in ("wrong", "scalar"):
                wrong += texts
    return [*right[:: len(right) // 20][:20], *wrong[:: len(wrong) // 40][:40]]


def test_the_choice_has_right_and_wrong_answers_enough():
    assert len(chosen()) == 60


@pytest.mark.parametrize(("name", "source"), chosen(), ids=[f"{n}-{i}" for i, (n, _) in enumerate(chosen())])
def test_no_draw_changes_the_score(sandbox, name, source):
    exercise, limits = EXERCISES[name], Limits(call=10.0, submission=1000.0)
    with sandbox.process() as process:
        answer = ConfinedAnswer(process, exercise, limits, Budget(limits.submission))
        assert answer.load([source]) == ""
        seeds = [secrets.randbits(60) for _ in range(GRADINGS)]
        outcomes = {}
        for seed in seeds:
            judgement = judge(exercise, answer, np.random.default_rng(seed))
            slip = judgement.diagnosis.slip if judgement.diagnosis else None
            outcomes.setdefault((judgement.points(exercise), slip), seed)
    assert len(outcomes) == 1, outcomes


@pytest.mark.usefixtures("bubblewrap")
def test_the_same_seed_gives_the_same_report_and_another_the_same_scores():
    batch = [
        (Submission(each.learner, each.learner, each.assignment, Path("a")), each.content)
        for each in class_of(6, seed=4)
    ]
    limits = Limits(call=10.0, submission=100.0)
    first, again = (grade_batch(batch, Settings(7, limits=limits)) for _ in range(2))
    assert first == again
    other = grade_batch(batch, Settings(8, "strict", limits=limits))
    assert [g.points for g in other] == [g.points for g in first]


@pytest.mark.usefixtures("bubblewrap")
def test_no_message_tells_an_input_that_was_drawn():
    """An answer that shows all it is asked gives away nothing that could be computed with."""
    seen = "raise ValueError(' '.join(repr(float(v)) for v in np.ravel(x)[:8]))"
    wrong = "return np.where(np.abs(x) > 0.01, 1 / (1 + np.exp(-x)), 0.4)"
    showing = "print(*map(repr, np.ravel(x).tolist()))\nreturn 0 * x"
    notebook = written(LESSON, {"sigmoid": seen, "sigmoid_derivative": wrong, "steep_sigmoid_derivative": showing})
    settings = Settings(5)
    (graded,) = grade_batch([(Submission("a", "a", LESSON, Path("a")), as_bytes(notebook))], settings)
    told = " ".join(answer.message for answer in graded.answers)
    assert "ValueError" in told
    assert "Your function printed" in told
    digits = [word for word in told.replace(",", " ").split() if sum(map(str.isdigit, word)) > 7]
    assert digits == []  # a drawn number has 16 of them
