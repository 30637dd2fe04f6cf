"""The activation that CONTRIBUTING.md adds is added here to a copy of the course, with the very lines of that page."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAMILY = "course_lib/activations/sigmoidal.py"
TEST_DATA = "tests/activations/test_registry.py"


def code_blocks() -> tuple[str, str]:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    functions, record = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    return functions, record


def inserted(path: Path, before: str, text: str) -> None:
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1
    path.write_text(whole.replace(before, text + before), encoding="utf-8")


@pytest.fixture
def course_with_lisht(tmp_path: Path) -> Path:
    for folder in ("course_lib", "benchmarks", "tests/activations", "tests/derivations"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    functions, record = code_blocks()
    family = tmp_path / FAMILY
    inserted(family, "ACTIVATIONS = (\n", functions + "\n\n")
    text = family.read_text(encoding="utf-8")
    assert text.endswith(")\n")
    family.write_text(text[:-2] + record + ")\n", encoding="utf-8")
    inserted(tmp_path / TEST_DATA, '    *("threshold", "exponential", "polynomial"),\n', '    "lisht",\n')
    return tmp_path


def suite(course: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "lisht or complete_list"]
    tests = ["tests/activations/test_accuracy.py", TEST_DATA, "tests/derivations/test_code_is_the_derivative.py"]
    return subprocess.run([*command, *tests], cwd=course, capture_output=True, text=True)


def test_the_example_is_short() -> None:
    lines = [line for block in code_blocks() for line in block.splitlines() if line.strip()]
    assert len(lines) < 40


def test_the_whole_suite_picks_it_up_and_passes(course_with_lisht: Path) -> None:
    done = suite(course_with_lisht)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 20
    asked = "from course_lib import explore; explorer = explore.gallery('lisht'); print(explorer.chosen)"
    drawn = subprocess.run([sys.executable, "-c", asked], cwd=course_with_lisht, capture_output=True, text=True)
    assert "lisht" in drawn.stdout, drawn.stderr


def test_a_wrong_derivative_is_found(course_with_lisht: Path) -> None:
    family = course_with_lisht / FAMILY
    text = family.read_text(encoding="utf-8")
    right = "return np.tanh(x) + x * (4 * e / (1 + e) ** 2)"
    assert text.count(right) == 1
    family.write_text(text.replace(right, right + " * 1.0000000001"), encoding="utf-8")
    done = suite(course_with_lisht)
    assert done.returncode == 1
    found_by = "test_right_to_the_last_digits[derivative-lisht]"
    assert f"FAILED tests/activations/test_accuracy.py::{found_by}" in done.stdout
    assert "FAILED tests/derivations/test_code_is_the_derivative.py" in done.stdout
