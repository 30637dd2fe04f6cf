"""Nothing lost: a run that is killed at any moment, and started again, ends with the same report.

``make soak`` kills a run of 200 twenty times; here are three kills of a smaller one.
"""

import os
import random
import shutil
import subprocess
import time

from runs import finish, grade, journalled, kill_and_look, lay_real, report, start

KILLS = int(os.environ.get("SOAK", "3"))
SUBMISSIONS = 200 if KILLS > 3 else 20


def named(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stderr.splitlines() if line.startswith("course: learner")]


def test_kills_at_random_moments_change_nothing(tmp_path, bubblewrap):
    submissions = lay_real(tmp_path / "submitted", SUBMISSIONS)
    arguments = (submissions, "--seed", "5", "--jobs", "2", "--out")

    begun = time.monotonic()
    undisturbed = grade("real", *arguments, tmp_path / "undisturbed")
    whole = time.monotonic() - begun
    assert undisturbed.returncode == 1, undisturbed.stderr
    expected = f"{SUBMISSIONS * 9 // 10} graded, {SUBMISSIONS // 10} could not be graded.\n"
    assert undisturbed.stdout.endswith(expected)

    seed = random.randrange(2**32)
    print(f"undisturbed in {whole:.1f} s; random moments drawn with seed {seed}")
    moments = random.Random(seed)
    disturbed = tmp_path / "disturbed"
    kills = 0
    while kills < KILLS:
        process = start("real", *arguments, disturbed)
        time.sleep(moments.uniform(0, whole))
        if process.poll() is None:
            kill_and_look(process, group=bool(kills % 2))
            kills += 1
            print(f"kill {kills}: {len(journalled(disturbed))} in the journal")
            continue
        finish(process)  # it came to its end: begin again
        assert report(disturbed) == report(tmp_path / "undisturbed")
        shutil.rmtree(disturbed)
    resumed = grade("real", *arguments, disturbed)
    assert resumed.stdout == undisturbed.stdout.replace("undisturbed", "disturbed")
    assert named(resumed) == named(undisturbed)
    assert report(disturbed) == report(tmp_path / "undisturbed")
    names = journalled(disturbed)
    assert sorted(names) == sorted(journalled(tmp_path / "undisturbed"))
    assert len(names) == len(set(names)) == SUBMISSIONS
