"""Lays out what was handed in, and finds it."""

import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from handed_in import as_bytes, released

from course_lib.grading.intake.submissions import Submission, find_submissions
from course_lib.grading.limits import Limits

SIGMOID, TANH = "03_sigmoid", "04_tanh"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
CONTENT = as_bytes(released(SIGMOID))
OTHER = as_bytes(released(TANH))
LIMITS = Limits()
MOODLE = "Ada Lovelace_123456_assignsubmission_file_"


def lay(folder: Path, files: Mapping[str, bytes] | list[str]) -> Path:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name] if isinstance(files, Mapping) else CONTENT)
    return folder


def pack(path: Path, files: Mapping[str, bytes] | list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            archive.writestr(name, files[name] if isinstance(files, Mapping) else CONTENT)
    return path


def learners(*paths: Path) -> dict[str, tuple[str, str]]:
    return {one.name: (one.learner, one.assignment) for one in find_submissions(paths)}


def only(*paths: Path) -> Submission:
    (found,) = find_submissions(paths)
    return found


def assert_told(reasons: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """Assert that these were found, each with a reason that has the expected words, or with none."""
    assert reasons.keys() == expected.keys()
    for name, reason in expected.items():
        assert reason in reasons[name]
        assert bool(reason) == bool(reasons[name])


def set_time(path: Path, seconds: float) -> None:
    os.utime(path, (seconds, seconds))
