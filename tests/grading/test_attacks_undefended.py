"""The attacks have teeth: where a defence is taken away, those that it stops succeed.

Most attacks are stopped more than once. So all that stops one is taken away first, and it must succeed; then each of
these defences stands alone, and must be enough.
"""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from attack import attacks
from handed_in import COURSE
from outside import Outside

from course_lib.checking import EXERCISES
from course_lib.grading import grade
from course_lib.grading.confinement.sandbox import Sandbox
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.limits import Limits
from course_lib.grading.settings import Settings

MESSAGES = ("message_left_for_a_friend",)
pytestmark = pytest.mark.usefixtures("alone")
LIMITS = Limits(call=2.0, submission=8.0)


@dataclass(frozen=True)
class Stopped:
    """Attacks, the defences of which each one stops them, and those that would be in their way too."""

    attacks: tuple[str, ...]
    by: tuple[str, ...]
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{'+'.join(self.by)}:{self.attacks[0]}"


TABLE = (
    Stopped(
        ("tcp", "tcp_while_loaded", "udp", "dns", "unix_socket_abstract"),
        ("network", "namespaces", "seccomp"),
    ),
    Stopped(
        ("accounts_read", "home_read", "solutions_read", "course_imported", "other_submissions_read"),
        ("mounts",),
    ),
    Stopped(("grader_process_read", "parent_reached_through_proc", "file_left"), ("mounts",)),
    Stopped(("gradebook_read", "other_submissions_written"), ("mounts",), also=("seccomp", "limits")),
    Stopped(("unix_socket_file",), ("mounts", "seccomp")),
    Stopped(("environment_read",), ("environment",)),
    Stopped(("everybody_signalled",), ("processes", "namespaces", "seccomp")),
    Stopped(("orphan",), ("namespaces", "seccomp"), also=("limits",)),
    Stopped(("message_left_for_a_friend",), ("namespaces", "seccomp")),
    Stopped(("memory_at_once", "memory_by_and_by"), ("limits",)),
    Stopped(("limits_raised", "descriptors_used_up"), ("limits",), also=("seccomp",)),
    Stopped(
        ("fork_bomb", "thread_bomb", "vfork_and_exec", "kernel_asked", "raw_sockets"), ("seccomp",), also=("limits",)
    ),
)


@pytest.fixture
def outside(bubblewrap: None, tmp_path: Path) -> Iterator[Outside]:
    surroundings = Outside(tmp_path)
    yield surroundings
    surroundings.close()


def succeeded(names: Collection[str], without: set[str], outside: Outside, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the attacks that got something in a sandbox without some of its defences."""
    monkeypatch.setattr(grade, "Sandbox", lambda limits: Sandbox(limits, without))
    grade._forget_place()
    won = set()
    try:
        with outside.watched():
            for name in names:
                # Twice where a message is left: the second one finds it.
                if got_something(name, outside) or (name in MESSAGES and got_something(name, outside)):
                    won.add(name)
    finally:
        grade._forget_place()
    outside.evidence()  # what ended with the sandbox only
    return won


def got_something(name: str, outside: Outside) -> bool:
    attack = attacks()[name]
    others = [e for e in EXERCISES.values() if e.lesson == attack.assignment and e.name not in attack.expected]
    points = {exercise.name: dict.fromkeys(exercise.parts, 0) for exercise in others}  # not asked for: sooner done
    submission = Submission(name, "eve", attack.assignment, Path(name))
    (graded,) = grade.grade_batch(
        [(submission, attack.notebook(outside.places))], Settings(seed=1, limits=LIMITS, points=points)
    )
    earned = any(answer.points > attack.expected[answer.exercise] for answer in graded.answers)
    told = any("says: ESCAPED" in answer.message for answer in graded.answers)
    return bool(outside.evidence()) or earned or told


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_where_a_defence_is_missing_its_attacks_succeed_and_it_alone_stops_them(row, outside, monkeypatch):
    every = {*row.by, *row.also}
    assert succeeded(row.attacks, every, outside, monkeypatch) == set(row.attacks)
    for defence in row.by:
        assert succeeded(row.attacks, every - {defence}, outside, monkeypatch) == set(), f"{defence} is not enough"


# --- defences that no switch takes away: the same attacks on a grader that does without them -----------------


WITHOUT_A_JUDGE_OUTSIDE = (
    *("array_priority_object", "checker_patched", "frames_peeked", "import_patched", "ndarray_subclass"),
    *("numpy_arithmetic_patched", "numpy_asarray_patched", "numpy_comparisons_patched", "numpy_random_patched"),
    *("numpy_replaced", "numpy_testing_patched", "truth_rewritten"),
)
WITHOUT_A_PLACE_OF_ITS_OWN = (
    *("check_asked", "course_imported", "course_imported_openly", "objects_collected", "scipy_imported"),
    "solutions_read",
)
WITH_ALL_CELLS_IN_ONE_PROCESS = ("cells_added", "ipython_transformer", "next_answer_helped", "tests_replaced")
WITH_THE_SAME_INPUTS_FOR_EVERYBODY = ("right_for_what_was_published",)


def test_on_a_grader_that_runs_the_notebook_and_its_tests_these_attacks_earn_all_points(tmp_path):
    """It runs them as nbgrader does, with tests as they are usually written; none of these attacks does any harm."""
    names = (
        *WITHOUT_A_JUDGE_OUTSIDE,
        *WITHOUT_A_PLACE_OF_ITS_OWN,
        *WITH_ALL_CELLS_IN_ONE_PROCESS,
        *WITH_THE_SAME_INPUTS_FOR_EVERYBODY,
    )
    for name in names:
        (tmp_path / f"{name}.ipynb").write_bytes(attacks()[name].notebook({"COURSE_FOLDER": str(COURSE)}))
    environment = {**os.environ, "PYTHONPATH": str(COURSE), "IPYTHONDIR": str(tmp_path), "HOME": str(tmp_path)}
    script = Path(__file__).with_name("run_as_others_do.py")
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, env=environment, timeout=120
    )
    earned = dict(json.loads(line) for line in ran.stdout.splitlines())
    for left in Path("/tmp").glob("course-attack-*"):
        left.unlink()
    assert earned.keys() == set(names), ran.stderr
    poor = {name: points for name, points in earned.items() if points["sigmoid_derivative"] < 9}
    assert poor == {}


def test_a_grader_that_unpickles_replies_runs_a_command(tmp_path):
    attack = attacks()["reply_pickled"]
    (source,) = (source for _, _, source in attack.cells)
    mark = tmp_path / "mark"
    names: dict[str, object] = {}
    exec(source.replace("/tmp/course-attack-reply_pickled", str(mark)), names)
    pickle.loads(pickle.dumps(names["Command"]()))
    assert mark.exists()


def test_a_grader_that_reads_json_from_replies_is_stopped_by_nested_ones():
    assert 'b"[" * 500_000' in attacks()["reply_nested"].cells[0][2]
    with pytest.raises(RecursionError):
        json.loads("[" * 500_000)
