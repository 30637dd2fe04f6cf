"""Nothing lost: a run that is killed at any moment, and started again, ends with the same report.

``make soak`` kills a run of 200 twenty times; here are three kills of a smaller one.
"""

import os
import random
import time

from runs import finish, grade, journalled, kill_and_look, lay, report, start

KILLS = int(os.environ.get("SOAK", "3"))
SUBMISSIONS = 200 if KILLS > 3 else 40


def test_kills_at_random_moments_change_nothing(tmp_path):
    orders = [{"sleep": 0.03}] * SUBMISSIONS
    submissions = lay(tmp_path / "submitted", orders)
    arguments = (submissions, "--trusted-learners", "--seed", "5", "--jobs", "2", "--out")

    begun = time.monotonic()
    undisturbed = grade("by_order", *arguments, tmp_path / "undisturbed")
    whole = time.monotonic() - begun
    assert undisturbed.returncode == 0, undisturbed.stderr

    seed = random.randrange(2**32)
    print(f"random moments drawn with seed {seed}")
    moments = random.Random(seed)
    disturbed = tmp_path / "disturbed"
    kills = 0
    while kills < KILLS:
        process = start("by_order", *arguments, disturbed)
        time.sleep(moments.uniform(0, 1.2 * whole))
        if process.poll() is not None:  # it came to its end: begin again
            assert finish(process).returncode == 0
            assert report(disturbed) == report(tmp_path / "undisturbed")
            (disturbed / "journal.jsonl").unlink()
            continue
        kill_and_look(process, group=bool(kills % 2))
        kills += 1
    resumed = grade("by_order", *arguments, disturbed)
    assert resumed.returncode == 0, resumed.stderr
    assert resumed.stdout.replace("disturbed", "") == undisturbed.stdout.replace("undisturbed", "")
    assert report(disturbed) == report(tmp_path / "undisturbed")
    names = journalled(disturbed)
    assert sorted(names) == sorted(journalled(tmp_path / "undisturbed"))
    assert len(names) == len(set(names)) == SUBMISSIONS
