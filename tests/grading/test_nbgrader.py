"""What an instructor sees who keeps the scores in nbgrader: its own commands, on its own database."""

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import hostile
import pytest
from handed_in import COURSE, as_bytes, handed_in, solutions
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbgrader.api import Gradebook
from nbgrader_course import EXERCISES_OF, NAME, Page, cell_sources, exported, graded, lay_course, run, submit

from course_lib.activations.registry import CourseError
from course_lib.checking import EXERCISES
from course_lib.grading.gradebooks import autograded, gradebook
from course_lib.grading.gradebooks.gradebook import write_gradebook
from course_lib.grading.results import not_graded

FULL = dict.fromkeys(EXERCISES_OF[NAME], 10.0)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two assignments that nbgrader has released, with its database."""
    course = lay_course(tmp_path_factory.mktemp("nbgrader") / "a course", "03_sigmoid", "04_tanh")
    run(course, "nbgrader", "generate_assignment", "*", "--force")
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


def test_what_nbgrader_releases_is_what_the_course_releases(released):
    for path in sorted((released / "exercises").glob("*/*.ipynb")):
        assert path.read_bytes() == (COURSE / "exercises" / path.stem / path.name).read_bytes()


@pytest.mark.usefixtures("bubblewrap")
def test_a_class_goes_through_course_grade_and_nbgraders_own_commands(course):
    """Release, submit, grade, make feedback, export: a right one, a wrong one, one that attacks, one unreadable."""
    right = dict(solutions(NAME))
    script = "<script>steal()</script>"

    def poison(notebook):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = [script]
            elif cell["metadata"].get("nbgrader", {}).get("grade"):
                cell["source"] = ["steal()"]
                cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": script}}]

    submit(course, "ada", NAME, right)
    submit(course, "bob", NAME, {**right, "sigmoid_derivative": "def sigmoid_derivative(x):\n    return x * (1 - x)"})
    raises = f"def sigmoid(x):\n    # </code></pre><img src=x onerror=steal()>\n    raise ValueError('{script}')"
    submit(course, "eve", NAME, {"sigmoid": raises}, edit=poison)
    (submit(course, "mal", NAME, {})).write_bytes(b"{")
    said = run(course, "course_lib", "grade", "submitted", "--out=report", "--nbgrader=gradebook.db", status=1)
    assert f"{NAME}: 4 submissions in the gradebook." in said

    (command,) = re.findall(r"nbgrader (generate_feedback \S+ --force)", said)
    run(course, "nbgrader", *command.split())
    theirs = {learner: row["score"] for (name, learner), row in exported(course).items() if name == NAME}
    with (course / "report" / "grades.csv").open(newline="") as file:
        ours = {row["learner"]: row["points"] or "0" for row in csv.DictReader(file)}
    assert {who: float(score) for who, score in theirs.items()} == {who: float(score) for who, score in ours.items()}
    assert ours == {"ada": "50", "bob": "40", "eve": "0", "mal": "0"}

    pages = {who: Page((course / "feedback" / who / NAME / f"{NAME}.html").read_text()) for who in ours}
    assert not any("steal" in page.acts for page in pages.values())
    assert "Score: 50.0 / 50.0" in pages["ada"].text
    assert "Score: 0.0 / 10.0" in pages["bob"].text
    assert "At x = 2 you return -2; the finite difference of sigmoid there is 0.10499." in pages["bob"].text
    assert next(s.sentence for s in EXERCISES["sigmoid_derivative"].slips if s.name == "input_for_output") in (
        pages["bob"].text
    )
    assert pages["eve"].text.count(script) >= 2, "in the answer, and in the reason"
    assert "steal()" not in pages["eve"].text.replace(script, "").replace("onerror=steal()", "")
    assert "The file ends too early" in pages["mal"].text
    for name, source in right.items():
        solution = source.splitlines()[-1].strip()
        assert solution in pages["ada"].text, "a learner's own answer is shown"
        assert solution not in pages["eve"].text, f"the answer of {name} is told to one who has not found it"

    shown = json.loads((course / "autograded" / "bob" / NAME / f"{NAME}.ipynb").read_text())
    outputs = [output["data"] for cell in shown["cells"] for output in cell.get("outputs", ())]
    assert outputs == [{"text/plain": text} for text in ("10.0", "0.0", "10.0", "10.0", "10.0")]
    released = cell_sources(course / "exercises" / NAME / f"{NAME}.ipynb")
    eve = cell_sources(course / "autograded" / "eve" / NAME / f"{NAME}.ipynb")
    assert {name for name in released if released[name] != eve[name]} == {"sigmoid"}, "only answers are a learner's"


@pytest.mark.parametrize("text", [*hostile.HTML, *hostile.MARKDOWN, *hostile.TERMINAL], ids=ascii)
def test_what_quotes_a_learner_is_text_in_nbgraders_feedback(text):
    for told in (text, f"It raises `ValueError: {text}`.\nAt x = 1 it gives {text}"):
        elements = re.findall(r"<[^>]*>?", markdown2html_mistune(autograded.paragraphs(told)))
        assert set(elements) <= {"<p>", "</p>", "<code>", "</code>"}


def test_without_a_sandbox_the_feedback_says_so(course):
    every = [graded("ada", FULL, notes=("One cell <b>was</b> found twice.",))]
    write_gradebook(str(course / "gradebook.db"), course, every, nothing, trusted_learners=True)
    notes = json.loads((course / "autograded" / "ada" / NAME / f"{NAME}.ipynb").read_text())["cells"][0]["source"]
    assert notes.splitlines()[2:] == [
        "Graded with --trusted-learners: the answers ran without a sandbox.",
        "",
        "One cell \\<b>was\\</b> found twice.",
    ]


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
    assert "'nbgrader generate_assignment 06_softmax --force'" in said[4]


def test_a_gradebook_with_another_edition_of_the_assignment_is_left_alone(course):
    with open_book(course) as book:
        book.find_grade_cell("sigmoid-test", NAME, NAME).name = "logistic-test"
        book.db.commit()
    said = write(course, graded("ada", FULL), graded("ada", {}, "04_tanh"))
    assert said[0].startswith(f"The gradebook has another {NAME} than this course, without sigmoid, and nothing was")
    assert said[1] == "04_tanh: 1 submission in the gradebook."
    with open_book(course) as book:
        assert book.assignment_submissions(NAME) == []


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
        (
            "none.db",
            r"There is no gradebook in .*none\.db yet: in .*, run for each assignment, such as 03_sigmoid, 'nbgr",
        ),
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
