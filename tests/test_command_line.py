import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(course: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "course_lib", *arguments],
        cwd=course.parent,
        env={**os.environ, "PYTHONPATH": str(course), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line in which a command says what was wrong."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "course: the following arguments are required: COMMAND"),
        (["relase"], "course: argument COMMAND: invalid choice: 'relase'"),
        (["fresh"], "course fresh: the following arguments are required: exercise"),
        (["fresh", "03_sigmod"], "did you mean '03_sigmoid'?"),
        (["fresh", "../../etc"], "'../../etc' is not an exercise of this course"),
        (["bundle"], "course bundle: the following arguments are required: OUT.zip"),
        (["bundle", "out.zip", "--lessons", "03,77"], "'77' is not a lesson of this course; there are: 00, "),
        (["lab", "--port", "eight"], "course lab: argument --port: invalid int value: 'eight'"),
        (["lab", "--port", "99999"], "course: 99999 is not a port"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_status_2(course, arguments, sentence):
    assert sentence in refused(run(course, *arguments))


def test_help_names_every_command(course):
    said = run(course, "--help").stdout
    assert all(
        f"    {command} " in said for command in ("lab", "fresh", "progress", "doctor", "release", "bundle", "grade")
    )


def test_without_the_notebooks_around_it_the_package_says_so(course):
    shutil.rmtree(course / "notebooks")
    assert "There are no notebooks beside the installed course_lib" in refused(run(course, "fresh", "03_sigmoid"))
    said = run(course, "doctor")
    assert said.returncode == 1
    assert "MISSING  the course's notebooks" in said.stdout


def test_doctor_finds_what_is_needed(course):
    said = run(course, "doctor")
    assert said.returncode == 0
    assert "MISSING" not in said.stdout
    for what in ("Python 3", "numpy", "jupyterlab", "kernel", "workspace", "record", "browser"):
        assert what in said.stdout


def test_fresh_lays_a_copy_in_the_workspace(course):
    said = run(course, "fresh", "03_sigmoid")
    assert said.stdout == "A fresh copy is in workspace/exercises/03_sigmoid/03_sigmoid_fresh.ipynb.\n"
    copy = course / "workspace" / "exercises" / "03_sigmoid" / "03_sigmoid_fresh.ipynb"
    assert copy.read_bytes() == (course / "exercises" / "03_sigmoid" / "03_sigmoid.ipynb").read_bytes()


def test_bundle_says_what_it_wrote_and_overwrites_nothing(course, tmp_path):
    out = tmp_path / "part.zip"
    said = run(course, "bundle", str(out), "--lessons", "03")
    assert said.stdout == f"{out} holds lessons 00, 03 and exercise 03, and no solutions.\n"
    assert run(course, "bundle", str(out), "--lessons", "03").returncode == 0
    before = out.read_bytes()
    (course / "LICENSE").write_text("another\n")
    assert "exists and holds something else" in refused(run(course, "bundle", str(out), "--lessons", "03"))
    assert out.read_bytes() == before


def test_progress_shows_the_best_and_the_last_check(course, tmp_path):
    record = str(tmp_path / "record.sqlite")
    assert "sigmoid_derivative               not tried yet" in run(course, "progress", COURSE_RECORD=record).stdout
    answers = "from course_lib import check, ACTIVATIONS as A\n" + "".join(
        f"check('sigmoid_derivative_from_output', {answer})\n"
        for answer in ("lambda y: y", "lambda y: y * (1 - y)", "lambda y: 2 * y * (1 - y)")
    )
    subprocess.run([sys.executable, "-c", answers], env={**os.environ, "COURSE_RECORD": record}, check=True)
    said = run(course, "progress", COURSE_RECORD=record).stdout
    assert "\n\n03_sigmoid\nsigmoid  " in said, "each lesson has its own part"
    line = next(line for line in said.splitlines() if line.startswith("sigmoid_derivative_from_output "))
    assert "10 of 10" in line
    assert line.split()[4] == "3"
    assert not line.endswith("right")
    empty = "from course_lib import check\ncheck('sigmoid_derivative_from_output', lambda y: None)\n"
    subprocess.run([sys.executable, "-c", empty], env={**os.environ, "COURSE_RECORD": record}, check=True)
    again = run(course, "progress", COURSE_RECORD=record).stdout.splitlines()
    line = next(line for line in again if line.startswith("sigmoid_derivative_from_output "))
    assert "10 of 10" in line
    assert line.endswith(" not attempted")


def test_a_record_that_cannot_be_read_is_one_sentence(course, tmp_path):
    record = tmp_path / "record.sqlite"
    record.write_text("no database")
    sentence = refused(run(course, "progress", COURSE_RECORD=str(record)))
    assert f"Your record {record} could not be read" in sentence
    said = run(course, "doctor", COURSE_RECORD=str(record))
    assert said.returncode == 0
    assert "optional the record of your checks: Your record" in said.stdout


def test_make_alone_lists_its_targets():
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("lab", "test", "notebooks", "bench", "help"):
        assert f"make {target} " in said


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("exit 1", "The course needs Python 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "cannot make virtual environments"),
    ],
)
def test_make_says_what_is_wrong_with_a_python(course, script, sentence):
    python = course / "some python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    said = subprocess.run(["make", "lab", f"PYTHON={python}"], cwd=course, capture_output=True, text=True, timeout=60)
    assert said.returncode == 2
    assert said.stderr.startswith((sentence, f"{python} {sentence}"))
    assert not (course / ".venv").exists()
