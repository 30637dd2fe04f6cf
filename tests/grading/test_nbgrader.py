"""What an instructor sees who keeps the scores in nbgrader: its own commands, on its own database."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from handed_in import as_bytes, handed_in, solutions
from nbgrader.api import Gradebook
from nbgrader_course import EXERCISES_OF, NAME, Page, cell_sources, exported, graded, lay_course, run, submit

from course_lib.activations.registry import CourseError
from course_lib.grading import autograded, gradebook
from course_lib.grading.gradebook import write_gradebook
from course_lib.grading.results import not_graded

FULL = dict.fromkeys(EXERCISES_OF[NAME], 10.0)

# What a learner may write who wants a script to run in the browser of whoever reads the feedback.
HOSTILE = (
    "<script>steal()</script>",
    "</code></pre><img src=x onerror=steal()>",
    "[here](javascript:steal())",
    "```\n<script>steal()</script>\n```",
    "$$</script><script>steal()</script>$$",
    "<svg onload=steal()>",
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two assignments that nbgrader has released, with its database."""
    course = lay_course(tmp_path_factory.mktemp("nbgrader") / "a course", "03_sigmoid", "04_tanh")
    run(course, "nbgrader", "generate_assignment", "03_sigmoid")
    run(course, "nbgrader", "generate_assignment", "04_tanh")
    return course


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(released, tmp_path / "a course"))


def nothing(submission: str) -> None:
    """Stand for submissions whose files are gone."""


def open_book(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}")


def write(course: Path, *every, sources: Callable[[str], bytes | None] = nothing) -> list[str]:
    return write_gradebook(str(course / "gradebook.db"), course, every, sources)


def kept(course: Path, learner: str, assignment: str = NAME) -> dict[str, tuple[float | None, bool, str | None]]:
    """What the gradebook has for each exercise: the grader's score, whether a person must look, the comment."""
    with open_book(course) as book:
        (notebook,) = book.find_submission(assignment, learner).notebooks
        comments = {comment.name: comment.auto_comment for comment in notebook.comments}
        return {
            (name := grade.name.removesuffix("-test")): (grade.auto_score, grade.needs_manual_grade, comments[name])
            for grade in notebook.grades
        }


def test_scores_and_reasons_go_through_nbgraders_own_commands(course):
    """Release, submit, write, make feedback, export: with one who is right, one who attacks, one who is unreadable."""
    right = solutions(NAME)
    hostile = "\n".join(f"# {text}" for text in HOSTILE)

    def poison(notebook):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = ["\n".join(HOSTILE)]
            elif cell["metadata"].get("nbgrader", {}).get("grade"):
                cell["source"] = ["steal()"]
                html = {"output_type": "display_data", "metadata": {}, "data": {"text/html": HOSTILE[0]}}
                cell["outputs"] = [html]

    submit(course, "ada", NAME, dict(right))
    submit(course, "eve", NAME, {"sigmoid": f"def sigmoid(x):\n{hostile}\n    return x"}, edit=poison)
    (submit(course, "mal", NAME, {})).write_bytes(b"{")
    told = "\n".join(("What is said of sigmoid: x < 0 & y > 0.", *HOSTILE))
    eve = graded("eve", {"sigmoid": 2.5}, notes=("The cell <b>tanh</b> was found twice.",))
    eve_answers = tuple(a if a.exercise != "sigmoid" else type(a)(**{**vars(a), "message": told}) for a in eve.answers)
    every = [
        graded("ada", FULL),
        type(eve)(**{**vars(eve), "answers": eve_answers}),
        not_graded(f"mal/{NAME}/{NAME}.ipynb", "mal", NAME, "It is not JSON <script>steal()</script>."),
    ]
    said = write(course, *every, sources=lambda name: (course / "submitted" / name).read_bytes())
    assert said[0] == f"{NAME}: 3 submissions in the gradebook."

    (command,) = re.findall(r"nbgrader (generate_feedback \S+ --force)", said[-1])
    run(course, "nbgrader", *command.split())
    scores = {learner: row["score"] for (_, learner), row in exported(course, "--assignment=['03_sigmoid']").items()}
    assert {name: float(score) for name, score in scores.items()} == {"ada": 50.0, "eve": 2.5, "mal": 0.0}

    raw = {who: (course / "feedback" / who / NAME / f"{NAME}.html").read_text() for who in ("ada", "eve", "mal")}
    pages = {who: Page(page) for who, page in raw.items()}
    assert not any("steal" in page.acts for page in pages.values())
    assert "Score: 50.0 / 50.0" in pages["ada"].text
    assert "Score: 2.5 / 10.0" in pages["eve"].text
    assert "What is said of sigmoid: x < 0 & y > 0." in pages["eve"].text
    assert "The cell <b>tanh</b> was found twice." in pages["eve"].text
    for text in HOSTILE:
        assert pages["eve"].text.count(text.splitlines()[0]) >= 2, "told and shown as it is, in comment and answer"
    assert "It is not JSON" in pages["mal"].text
    for name, source in right.items():
        solution = source.splitlines()[-1].strip()
        assert solution in pages["ada"].text, "a learner's own answer is shown"
        assert solution not in pages["eve"].text, f"the answer of {name} is told to one who has not found it"

    shown = json.loads((course / "autograded" / "eve" / NAME / f"{NAME}.ipynb").read_text())
    outputs = [output["data"] for cell in shown["cells"] for output in cell.get("outputs", ())]
    assert outputs == [{"text/plain": text} for text in ("2.5", "0.0", "0.0", "0.0", "0.0")]
    ours = cell_sources(course / "exercises" / NAME / f"{NAME}.ipynb")
    theirs = cell_sources(course / "autograded" / "eve" / NAME / f"{NAME}.ipynb")
    assert {name for name in ours if ours[name] != theirs[name]} == {"sigmoid"}, "only answers come from a learner"


def test_writing_again_replaces_the_graders_scores_and_keeps_the_teachers(course):
    write(course, graded("ada", FULL), graded("bob", {}))
    with open_book(course) as book:
        book.find_grade("sigmoid-test", NAME, NAME, "bob").manual_score = 7.0
        book.find_comment("sigmoid", NAME, NAME, "bob").manual_comment = "We spoke about it."
        book.db.commit()
    write(course, graded("ada", FULL), graded("bob", {"sigmoid": 4.0, "sigmoid_derivative": 10.0}))
    bob = kept(course, "bob")
    assert bob["sigmoid"][:2] == (4.0, True), "a teacher has given a score, and the grader has changed its mind"
    assert bob["sigmoid_derivative"][:2] == (10.0, False)
    with open_book(course) as book:
        grade = book.find_grade("sigmoid-test", NAME, NAME, "bob")
        assert (grade.manual_score, grade.score) == (7.0, 7.0)
        assert book.find_comment("sigmoid", NAME, NAME, "bob").comment == "We spoke about it."
        grade.needs_manual_grade = False
        book.db.commit()
        assert book.find_submission(NAME, "bob").score == 17.0
    write(course, graded("bob", {"sigmoid": 4.0}))
    assert kept(course, "bob")["sigmoid"][:2] == (4.0, False), "the teacher has looked, and nothing is new"
    assert kept(course, "ada")["sigmoid"] == (10.0, False, "What is said of sigmoid.")


def test_what_could_not_be_graded_waits_for_a_person(course):
    write(course, graded("ada", FULL))
    write(course, not_graded(f"ada/{NAME}/{NAME}.ipynb", "ada", NAME, "It ends too early."), graded("bob", {}))
    assert set(kept(course, "ada").values()) == {(None, True, "It ends too early.")}
    with open_book(course) as book:
        assert book.find_submission(NAME, "ada").score == 0.0
    write(course, graded("ada", FULL))
    assert {row[:2] for row in kept(course, "ada").values()} == {(10.0, False)}


def test_several_assignments_and_what_was_left_out(course):
    said = write(
        course,
        graded("ada", FULL),
        graded("ada", {"tanh_derivative": 3.25}, "04_tanh"),
        graded("bob", FULL, superseded=True),
        not_graded("x.ipynb", "", NAME, "It is empty."),
        not_graded("y.ipynb", "bob", "", "It is empty."),
        graded("bob", {}, "06_softmax"),
    )
    assert kept(course, "ada", "04_tanh")["tanh_derivative"][0] == 3.25
    with open_book(course) as book:
        assert [student.id for student in book.students] == ["ada"]
    assert said[:2] == [
        "x.ipynb is not in the gradebook: nothing says who handed it in.",
        "y.ipynb is not in the gradebook: nothing says which assignment of this course it is.",
    ]
    assert f"06_softmax is not in the gradebook, and nothing was written for it: in {course}, run " in said[4]
    assert "'nbgrader generate_assignment 06_softmax'" in said[4]


def test_an_instructors_points_become_those_of_the_gradebook(course):
    def halved(record):
        halves = [type(a)(**{**vars(a), "points": a.points / 2, "max_points": 5.0}) for a in record.answers]
        return type(record)(**{**vars(record), "answers": tuple(halves[:-1])})  # and the last one is left out

    ada, bob = halved(graded("ada", FULL)), halved(graded("bob", {"sigmoid": 10.0}))
    said = write(course, ada, bob)
    assert f"{NAME}: sigmoid has 5 points in the gradebook now; it had 10." in said
    with open_book(course) as book:
        submission = book.find_submission(NAME, "ada")
        assert (submission.score, submission.max_score) == (20.0, 20.0)
    before = kept(course, "ada")
    (sentence,) = write(course, graded("bob", FULL))
    assert "in the gradebook sigmoid has 5 points, in this grading 10, and 1 learner would keep a score" in sentence
    assert kept(course, "bob")["sigmoid"][0] == 5.0
    write(course, graded("ada", FULL), graded("bob", FULL), graded("eve", FULL))
    assert before["sigmoid"][0] == 5.0
    assert kept(course, "ada")["sigmoid"][0] == 10.0
    # One whose notebook is of an older version, with other points: only a person can say what that is worth.
    write(course, graded("ada", FULL), graded("bob", FULL), halved(graded("eve", FULL)))
    eve = kept(course, "eve")
    assert eve["sigmoid"][:2] == (None, True)
    assert "That is 5 of 5 points by the rules for this notebook, and the class has 10" in str(eve["sigmoid"][2])
    assert eve[EXERCISES_OF[NAME][-1]][:2] == (None, True)


def test_a_stop_keeps_what_was_written_and_the_next_run_does_the_rest(course, monkeypatch):
    monkeypatch.setattr(gradebook, "BATCH", 4)
    every = [graded(f"learner{number:02}", {"sigmoid": float(number)}) for number in range(11)]

    def stopped(submission: str) -> bytes | None:
        if submission.startswith("learner05"):
            raise KeyboardInterrupt
        return None

    with pytest.raises(KeyboardInterrupt):
        write(course, *every, sources=stopped)
    with open_book(course) as book:
        assert len(book.students) == 8, "two transactions"
    write(course, *every)
    with open_book(course) as book:
        scores = {submission.student.id: submission.score for submission in book.assignment_submissions(NAME)}
    assert scores == {f"learner{number:02}": float(number) for number in range(11)}


@pytest.mark.parametrize("learner", ["../../ada", "=cmd()", "ada,50", "a\nb", ".", "", "x" * 129, "a\0b", "\ud800"])
def test_no_name_of_a_learner_leaves_the_folder_or_breaks_the_export(course, learner):
    before = sorted(course.parent.rglob("*"))
    said = write(course, graded(learner, FULL, submission="s.ipynb"), graded("Zoë O'Hara-Ng (2)", FULL))
    assert said[0].startswith("s.ipynb is not in the gradebook: ")
    assert said[0].isprintable()
    new = {path.relative_to(course) for path in sorted(course.parent.rglob("*")) if path not in before}
    place = Path("autograded", "Zoë O'Hara-Ng (2)", NAME, f"{NAME}.ipynb")
    assert new == {place, *list(place.parents)[:-1]}


def test_a_learner_twice_is_said(course):
    said = write(course, graded("ada", {}, submission="old.ipynb"), graded("ada", FULL, submission="new.ipynb"))
    assert said[0] == f"ada handed in {NAME} twice: the gradebook has new.ipynb, and not old.ipynb."
    assert kept(course, "ada")["sigmoid"][0] == 10.0


@pytest.mark.parametrize(
    ("database", "sentence"),
    [
        ("none.db", r"There is no gradebook in .*none\.db yet: in .*, run 'nbgrader generate_assignment' for each"),
        ("notes.txt", r"The gradebook .*notes\.txt could not be read or written: file is not a database\. "),
        ("empty.db", r"There is no gradebook in .*empty\.db yet"),
        ("postgres://ada:secret@localhost/x", r"The gradebook postgres://ada:\*\*\*@localhost/x could not be read"),
        ("postgresql://ada:secret@127.0.0.1:1/x", r"The gradebook postgresql://ada:\*\*\*@127\.0\.0\.1:1/x could not"),
        (
            "://secret",
            r"--nbgrader takes a file or a URL such as postgresql://\S+, and this is neither\.",
        ),
    ],
)
def test_what_is_no_gradebook_is_one_sentence(course, monkeypatch, database, sentence):
    monkeypatch.chdir(course)
    Path("notes.txt").write_text("To do: everything.\n" * 100)
    Path("empty.db").touch()
    with pytest.raises(CourseError, match=sentence) as caught:
        write_gradebook(database, course, [graded("ada", FULL)], nothing)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not Path("none.db").exists()


def test_an_answer_is_shown_as_text_that_nothing_obeys(course):
    long = "x = 1\n" * 10_000
    odd = "def sigmoid(x):\n\treturn '\x1b[2J\u202e'  # \ud800"
    notebook = handed_in(NAME, {"sigmoid": odd, "sigmoid_derivative": long})
    lost = "sigmoid_derivative_from_output = lambda y: y"
    notebook["cells"] = [c for c in notebook["cells"] if c.get("id") != "sigmoid_derivative_from_output"]
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": lost, "id": "z", "outputs": []})
    write(course, graded("ada", FULL), sources=lambda name: as_bytes(notebook))
    sources = cell_sources(course / "autograded" / "ada" / NAME / f"{NAME}.ipynb")
    assert sources["sigmoid"] == "def sigmoid(x):\n    return '␛[2J⟨U+202E⟩'  # \N{REPLACEMENT CHARACTER}"
    assert len(sources["sigmoid_derivative"]) < autograded.SHOWN + 100
    assert sources["sigmoid_derivative"].endswith("# ... and so on; the rest is not shown.")
    assert sources["sigmoid_derivative_from_output"] == lost
