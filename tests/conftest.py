import gc
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]

# Tests, and the kernels they start, must not write into the record of the person who runs them.
_RECORDS = tempfile.TemporaryDirectory(prefix="course-record-")
os.environ["COURSE_RECORD"] = str(Path(_RECORDS.name) / "record.sqlite")

# Started in the background of a shell, tests and all that they start would not hear the Ctrl-C that some of them send.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Tests are not timed: a busy machine must not make one fail.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

# What git ignores, and what makes a copy slow.
_NOT_THE_COURSE = shutil.ignore_patterns(
    *(".git", ".venv", "workspace", "build", "test-artifacts", "*.egg-info"),
    *("__pycache__", ".ipynb_checkpoints", ".hypothesis", ".*_cache"),
)

#: What takes longest begins first, so that no worker is left alone with it at the end.
_FIRST = (
    *("tests/browser/", "tests/checking/test_answers.py", "tests/grading/test_cluster.py"),
    *("tests/test_environment.py", "tests/authoring/test_release.py", "tests/grading/test_batch.py"),
)
#: Files that one worker takes one after the other: who plays with explorers in time should not be in a crowd, and
#: attacks wait for each other anyway.
_IN_TURN = ("tests/browser/", "tests/grading/test_attacks")
#: What waits for a browser, but has no eye on the clock.
_UNHURRIED = ("tests/browser/test_lessons.py", "tests/browser/test_another_day.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((i for i, start in enumerate(_FIRST) if item.nodeid.startswith(start)), len(_FIRST))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Tell the garbage collector that the thousands of tests are none: else it looks at all of them again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadFileScheduling":
    """Give each file to one worker, and those that go in turn to the same one."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            starts = () if file in _UNHURRIED else _IN_TURN
            return next((start for start in starts if file.startswith(start)), file)

    return Scheduling(config, log)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a copy of the whole course that a test may change."""
    copy = tmp_path / "a course"
    shutil.copytree(ROOT, copy, ignore=_NOT_THE_COURSE)
    return copy
