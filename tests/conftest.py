import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# Tests, and the kernels they start, must not write into the record of the person who runs them.
_RECORDS = tempfile.TemporaryDirectory(prefix="course-record-")
os.environ["COURSE_RECORD"] = str(Path(_RECORDS.name) / "record.sqlite")

# Tests are not timed: a busy machine must not make one fail.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

# What git ignores, and what makes a copy slow.
_NOT_THE_COURSE = shutil.ignore_patterns(
    *(".git", ".venv", "workspace", "build", "test-artifacts", "*.egg-info"),
    *("__pycache__", ".ipynb_checkpoints", ".hypothesis", ".*_cache"),
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a copy of the whole course that a test may change."""
    copy = tmp_path / "a course"
    shutil.copytree(ROOT, copy, ignore=_NOT_THE_COURSE)
    return copy
