"""What is asked is drawn for many submissions at once, and not the same for all."""

from collections import Counter

import pytest
from handed_in import as_bytes, handed_in, solutions

from course_lib.grading import grade
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.settings import Settings


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The exercises in the order in which inputs are drawn for them, from now on."""
    names: list[str] = []
    honest = grade.draw

    def draw(exercise, rng, *, graded):
        names.append(exercise.name)
        return honest(exercise, rng, graded=graded)

    monkeypatch.setattr(grade, "draw", draw)
    return names


def notebook(comment: int) -> bytes:
    answers = solutions("04_tanh")
    return as_bytes(handed_in("04_tanh", {**answers, "tanh_derivative": f"{answers['tanh_derivative']}\n# {comment}"}))


def graded(contents: list[bytes], seed: int) -> list[float]:
    batch = [(Submission(str(i), str(i), "04_tanh", "x.ipynb"), content) for i, content in enumerate(contents)]
    return [each.points for each in grade.grade_batch(batch, Settings(seed=seed))]


def test_many_submissions_share_a_few_papers(bubblewrap, drawn):
    assert set(graded([notebook(n) for n in range(40)], seed=101)) == {40.0}
    often = Counter(drawn)
    assert set(often) == set(solutions("04_tanh"))
    assert set(often.values()) == {grade.PAPERS}, "each paper is drawn once, and forty submissions meet all of them"


def test_each_paper_and_each_seed_asks_something_else():
    exams = [grade._Exam(Settings(seed=seed)) for seed in (1, 2)]
    papers = [exam.paper("04_tanh", None, number) for exam in exams for number in range(grade.PAPERS)]
    inputs = {paper.tasks[0].drawn[0].probe.arguments[0].tobytes() for paper in papers}
    assert len(inputs) == len(papers)
    again = grade._Exam(Settings(seed=1)).paper("04_tanh", None, 3)
    assert again.tasks[0].drawn[0].probe.arguments[0].tobytes() in inputs


def test_an_untouched_answer_is_not_even_run(bubblewrap, monkeypatch):
    asked: list[str] = []
    honest = grade.ConfinedAnswer

    def confined(process, exercise, *rest):
        asked.append(exercise.name)
        return honest(process, exercise, *rest)

    monkeypatch.setattr(grade, "ConfinedAnswer", confined)
    answers = solutions("04_tanh")
    (points,) = graded([as_bytes(handed_in("04_tanh", {"tanh_derivative": answers["tanh_derivative"]}))], seed=1)
    assert (points, asked) == (10.0, ["tanh_derivative"])
