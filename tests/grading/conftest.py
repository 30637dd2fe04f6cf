"""The sandbox needs bubblewrap: where it is missing the tests that need it say so, and on CI they fail."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.grading.confinement.sandbox import Sandbox, SandboxFailed
from course_lib.grading.limits import Limits

pytest.register_assert_rewrite("submitted")  # it asserts for several files, and they should see what differs


@pytest.fixture(scope="session")
def bubblewrap() -> None:
    """Ask for a sandbox that works here."""
    try:
        Sandbox(Limits()).close()
    except SandboxFailed as failed:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(failed))


@pytest.fixture(scope="module")
def sandbox(bubblewrap: None) -> Iterator[Sandbox]:
    """Give the sandbox as it is used for a grade."""
    with Sandbox(Limits()) as place:
        yield place


@pytest.fixture
def alone() -> Iterator[None]:
    """Let no other test run attacks meanwhile: each looks for what attacks left on the whole machine."""
    with (Path(tempfile.gettempdir()) / "course-tests-of-attacks.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder whose own path tells nothing, and that other users may enter."""
    path = Path(tempfile.mkdtemp(prefix="handed-in-"))
    path.chmod(0o755)
    yield path / "class"
    shutil.rmtree(path)
