"""A fresh machine: what environment.yml installs is enough to import the course and to use it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


def pip_part(environment: Path) -> list[str]:
    """Return pip's arguments from the file, without a YAML library: it is this project's own, small file."""
    text = environment.read_text(encoding="utf-8")
    lines = re.search(r"^  - pip:\n((?:      - .*\n?)+)", text, flags=re.MULTILINE)
    assert lines, text
    return [word for line in lines[1].splitlines() for word in line.strip().removeprefix("- ").split()]


def run(*arguments: str | Path, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    # Python compiles what it imports; pip would compile all that it installs, which is many times as much.
    quick = {**clean, "PIP_COMPILE": "0"}
    done = subprocess.run(arguments, cwd=cwd, env=quick, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def fresh_python(tmp_path: Path) -> Path:
    folder = tmp_path / "environment"
    run(sys.executable, "-m", "venv", folder, cwd=tmp_path)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def test_the_pip_part_is_this_project_and_nothing_else(course):
    assert pip_part(course / "environment.yml") == ["--editable", ".[instructor,dev]"]


def test_what_environment_yml_installs_runs_the_course(course, fresh_python):
    run(fresh_python, "-m", "pip", "install", "--quiet", *pip_part(course / "environment.yml"), cwd=course)
    where = run(fresh_python, "-c", "import course_lib; print(course_lib.__file__)", cwd=course.parent)
    assert Path(where.strip()).is_relative_to(course)
    slope = "import course_lib; print(course_lib.ACTIVATIONS['sigmoid'].derivative(0))"
    assert run(fresh_python, "-c", slope, cwd=course.parent).strip() == "0.25"
    findings = run(fresh_python.with_name("course"), "doctor", cwd=course.parent)
    assert "The course has what it needs." in findings
    assert "MISSING" not in findings
