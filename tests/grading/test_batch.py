"""A run of grading: it resumes, it does not stop for one submission, and it says what happened."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from runs import COURSE, command, finish, grade, journalled, kill_and_look, lay, lay_real, report, start

TRUSTED = ("--trusted-learners", "--seed", "5", "--jobs", "2")


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["learner"]: row for row in csv.DictReader(file)}


def wait_until_graded(out: Path, count: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if (out / "journal.jsonl").exists() and len(journalled(out)) >= count:
            return
        time.sleep(0.01)
    raise AssertionError("nothing was graded in a minute")


# --- what comes out ---------------------------------------------------------------------------------------


def test_all_are_graded_once_and_again_nothing(tmp_path):
    submissions = lay(tmp_path / "submitted", [{"note": str(tmp_path / "noted")}] * 30)
    done = grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"The report is in {tmp_path / 'report'}: 30 graded, 0 could not be graded.\n"
    assert done.stderr == ""
    first = report(tmp_path / "report")
    assert sum(name.startswith("feedback/") for name in first) == 60
    again = grade("by_order", submissions, "--out", tmp_path / "report", "--trusted-learners", "--jobs", "1")
    assert (again.returncode, again.stdout) == (0, done.stdout)
    assert report(tmp_path / "report") == first
    assert len((tmp_path / "noted").read_text().splitlines()) == 30


def test_only_what_is_new_or_changed_is_graded(tmp_path):
    submissions = lay(tmp_path / "submitted", [{"note": str(tmp_path / "noted")}] * 6)
    shutil.move(submissions / "learner005", tmp_path)
    grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    shutil.move(tmp_path / "learner005", submissions)
    changed = next((submissions / "learner002").rglob("*.ipynb"))
    changed.write_text(changed.read_text() + "\n")
    (tmp_path / "noted").unlink()
    done = grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    assert "6 graded" in done.stdout
    noted = (tmp_path / "noted").read_text().splitlines()
    assert [name.split("/")[0] for name in sorted(noted)] == ["learner002", "learner005"]
    anew = grade("by_order", submissions, "--out", tmp_path / "anew", *TRUSTED)
    assert anew.returncode == 0
    assert report(tmp_path / "report") == report(tmp_path / "anew")


def test_the_report_does_not_depend_on_jobs(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}] * 20)
    for jobs in ("1", "3"):
        assert grade("by_order", submissions, "--out", tmp_path / jobs, *TRUSTED[:3], "--jobs", jobs).returncode == 0
    assert report(tmp_path / "1") == report(tmp_path / "3")


def test_what_cannot_be_read_gets_its_row_and_is_named(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}] * 10)
    for number in range(1, 9):
        next((submissions / f"learner{number:03}").rglob("*.ipynb")).write_bytes(b"")
    done = grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    assert done.returncode == 1
    assert done.stdout.endswith("2 graded, 8 could not be graded.\n")
    said = done.stderr.splitlines()
    assert len(said) == 6
    assert said[0].startswith("course: learner001/03_sigmoid/03_sigmoid.ipynb: ")
    assert said[5] == f"course: and 3 more; see {tmp_path / 'report' / 'grades.csv'}."
    assert [row["status"] == "graded" for row in rows(tmp_path / "report").values()] == [True, *[False] * 8, True]


def test_of_several_from_one_learner_the_graded_one_gives_the_feedback(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}] * 3)
    for name in ("00_broken", "99_broken"):  # before and after the good one
        (submissions / "learner001" / "03_sigmoid" / f"{name}.ipynb").symlink_to("nowhere")
    said = []
    for _ in range(2):  # the second run finds the good one in the journal
        assert grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED).returncode == 1
        said.append(report(tmp_path / "report"))
    assert said[0] == said[1]
    assert len([name for name in said[0] if name.endswith(".md")]) == 3, "all three are learner001's"
    assert b" of 10 points" in said[0]["feedback/learner001/03_sigmoid.md"]


def test_whose_it_is_is_told_anew(tmp_path):
    """Canvas adds a number; it is needed to tell people apart once there are two of one name."""
    (tmp_path / "submitted").mkdir()
    (one,) = lay(tmp_path / "laid", [{}]).rglob("*.ipynb")
    shutil.copy(one, tmp_path / "submitted" / "annlee_1111_22222_03_sigmoid.ipynb")
    for names in (["annlee"], ["annlee 1111", "annlee 3333"]):
        done = grade("by_order", tmp_path / "submitted", "--out", tmp_path / "report", *TRUSTED)
        assert done.returncode == 0, done.stderr
        assert list(rows(tmp_path / "report")) == names
        shutil.copy(one, tmp_path / "submitted" / "annlee_3333_44444_03_sigmoid.ipynb")


def test_late_is_marked_and_nothing_more(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}] * 3)
    for number, late in enumerate((-1, 0, 2 * 3600 + 5 * 60 + 30)):
        when = datetime.fromtimestamp(1_700_000_000 + late, UTC)
        stamp = submissions / f"learner{number:03}" / "03_sigmoid" / "timestamp.txt"
        stamp.write_text(f"{when:%Y-%m-%d %H:%M:%S.%f} UTC\n")
    plain = grade("by_order", submissions, "--out", tmp_path / "plain", *TRUSTED)
    deadline = ("--deadline", "2023-11-14T22:13:20+00:00")
    marked = grade("by_order", submissions, "--out", tmp_path / "marked", *TRUSTED, *deadline)
    assert marked.returncode == plain.returncode == 0, marked.stderr
    notes = [row["note"] for row in rows(tmp_path / "marked").values()]
    assert ["after the deadline" in note for note in notes] == [False, False, True]
    assert notes[2].endswith("Handed in 2 h 5 min after the deadline.")
    points = [[row["points"] for row in rows(tmp_path / name).values()] for name in ("plain", "marked")]
    assert points[0] == points[1]
    journal = (tmp_path / "marked" / "journal.jsonl").read_text()
    assert "deadline" not in journal, "another deadline needs no grading"


# --- what goes wrong --------------------------------------------------------------------------------------


def test_a_submission_that_kills_what_grades_it_costs_itself_only(tmp_path):
    orders = [{"die": number in (3, 17), "fail": number == 11} for number in range(24)]
    submissions = lay(tmp_path / "submitted", orders)
    done = grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    assert done.returncode == 1
    found = rows(tmp_path / "report")
    failed = {name: row["note"] for name, row in found.items() if row["status"] != "graded"}
    assert list(failed) == ["learner003", "learner011", "learner017"]
    assert "died twice" in failed["learner003"]
    assert "died twice" in failed["learner017"]
    assert "ZeroDivisionError: a fault of the grader" in failed["learner011"]
    assert len(journalled(tmp_path / "report")) == 21


def test_a_process_that_is_killed_from_outside_costs_nothing(tmp_path):
    submissions = lay(tmp_path / "submitted", [{"sleep": 0.05}] * 40)
    running = start("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    wait_until_graded(tmp_path / "report", 4)
    workers = [p for p in psutil.Process(running.pid).children() if "spawn_main" in " ".join(p.cmdline())]
    assert len(workers) == 2
    for worker in workers:
        worker.kill()
    done = finish(running)
    assert done.returncode == 0, done.stderr
    undisturbed = grade("by_order", submissions, "--out", tmp_path / "undisturbed", *TRUSTED)
    assert undisturbed.returncode == 0
    assert report(tmp_path / "report") == report(tmp_path / "undisturbed")
    assert len(journalled(tmp_path / "report")) == 40


def test_an_interrupt_stops_at_once_and_says_how_to_go_on(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}] * 10 + [{"sleep": 60}] * 10)
    running = start("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    wait_until_graded(tmp_path / "report", 10)  # now both processes are at what takes a minute
    family = psutil.Process(running.pid).children(recursive=True)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of them
    done = finish(running, timeout=10)
    assert done.returncode == 130
    assert done.stderr == (
        f"Stopped. The same command goes on from here: what was graded is in {tmp_path / 'report'}.\n"
    )
    assert not psutil.wait_procs(family, timeout=5)[1]


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.6])
def test_an_early_interrupt_leaves_no_traceback(tmp_path, after):
    submissions = lay(tmp_path / "submitted", [{"sleep": 1}] * 10)
    running = start("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    while not (tmp_path / "report" / ".lock").exists():
        time.sleep(0.005)
    time.sleep(after)
    os.killpg(running.pid, signal.SIGINT)
    done = finish(running, timeout=10)
    assert done.returncode == 130
    assert done.stderr.count("\n") == 1
    assert "Stopped." in done.stderr


@pytest.mark.parametrize("size", ["6k", "80k"])
def test_a_full_disk_is_one_sentence_and_what_is_there_stays(tmp_path, size):
    """On a real small file system, in a namespace of its own, which takes it away again."""
    submissions = lay(tmp_path / "submitted", [{}] * 30)
    undisturbed = grade("by_order", submissions, "--out", tmp_path / "undisturbed", *TRUSTED)
    assert undisturbed.returncode == 0
    (tmp_path / "small").mkdir()
    line, environment = command("by_order", submissions, "--out", tmp_path / "small" / "report", *TRUSTED)
    script = f"""
        mount -t tmpfs -o size={size} none '{tmp_path}/small' || exit 99
        "$@"; echo "status $?"
        cp -r '{tmp_path}/small/report' '{tmp_path}/full'
        mount -o remount,size=100m '{tmp_path}/small' || exit 99
        "$@"; echo "status $?"
        cp -r '{tmp_path}/small/report' '{tmp_path}/after'
    """
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", *line]
    done = subprocess.run(inside, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    sentence = f"course: There is no space left for the report in {tmp_path / 'small' / 'report'}. Make some, and "
    assert done.stderr == f"{sentence}give the same command again: it goes on from here.\n"
    assert done.stdout.startswith("status 2\n")
    assert done.stdout.endswith("30 graded, 0 could not be graded.\nstatus 0\n")
    there = report(tmp_path / "full")
    whole = report(tmp_path / "undisturbed")
    assert there.items() <= whole.items(), "what is there is as it will be"
    assert len(there) < len(whole)
    assert report(tmp_path / "after") == whole
    assert len(journalled(tmp_path / "after")) == 30


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}])
    (tmp_path / "read-only").mkdir()
    line, environment = command("by_order", submissions, "--out", tmp_path / "read-only" / "report", *TRUSTED)
    script = f"mount -t tmpfs -o ro none '{tmp_path}/read-only' || exit 99; \"$@\""
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", *line]
    done = subprocess.run(inside, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == (
        f"course: The folder {tmp_path / 'read-only' / 'report'} can't be written to (Read-only file system); "
        "name another one for the report with --out.\n"
    )


def test_two_runs_on_one_report_do_not_mix(tmp_path):
    submissions = lay(tmp_path / "submitted", [{"sleep": 5}] * 2)
    running = start("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    while not (tmp_path / "report" / "journal.jsonl").exists():
        time.sleep(0.01)
    second = grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    assert second.returncode == 2
    assert second.stderr.startswith("course: Another run is writing the report in ")
    kill_and_look(running)


# --- regrading --------------------------------------------------------------------------------------------


def test_a_regrade_lists_who_changed(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}] * 12)
    out = tmp_path / "report"
    grade("by_order", submissions, "--out", out, *TRUSTED)
    before = {learner: row["points"] for learner, row in rows(out).items()}
    refused = grade("by_order", submissions, "--out", out, "--trusted-learners", "--seed", "6")
    assert refused.returncode == 2
    assert "was graded with other settings: the seed (5, now 6). Give the same as then" in refused.stderr
    again = grade("by_order", submissions, "--out", out, "--trusted-learners", "--seed", "6", "--regrade")
    assert again.returncode == 0, again.stderr
    after = {learner: row["points"] for learner, row in rows(out).items()}
    with (out / "changes.csv").open(encoding="utf-8", newline="") as file:
        changes = {row["learner"]: (row["before"], row["after"]) for row in csv.DictReader(file)}
    assert changes == {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert changes
    assert len(journalled(out)) == len(journalled(out, "journal-1.jsonl")) == 12
    first = report(out)
    assert grade("by_order", submissions, "--out", out, "--trusted-learners").returncode == 0
    assert report(out) == first, "the same command once more still says who changed"


# --- what is asked for ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "course grade: the following arguments are required: SUBMISSIONS, --out"),
        (("nowhere", "--out", "report"), "course: There is no nowhere; "),
        ((".", "--out", "report", "--jobs", "0"), "argument --jobs: '0' is not a whole number from 1 on"),
        ((".", "--out", "report", "--memory", "-1"), "argument --memory: '-1' is not a positive number"),
        ((".", "--out", "report", "--call-seconds", "nan"), "argument --call-seconds: 'nan' is not a positive number"),
        ((".", "--out", "report", "--seed", "-1"), "argument --seed: '-1' is not a whole number from 0 on"),
        ((".", "--out", "report", "--strict", "--trusted-learners"), "not allowed with argument --strict"),
        ((".", "--out", "report", "--jobs", "2", "--scheduler", "tcp://x"), "not allowed with argument --jobs"),
        ((".", "--out", "report", "--deadline", "tomorrow"), "--deadline 'tomorrow' is not a date such as 2026-11-30"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path, arguments, sentence):
    line, environment = command("by_order", *arguments)
    done = subprocess.run(line, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert sentence in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_learners_copy_says_kindly_that_it_has_no_grading(course):
    shutil.rmtree(course / "course_lib" / "grading")
    line, environment = command("real", "anything", "--out", "report", "--strict")
    environment["PYTHONPATH"] = str(course)
    done = subprocess.run(line, env=environment, cwd=course, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("course: This copy of the course is a learner's: grading stays with your instructor.")
    assert done.stderr.count("\n") == 1


def test_the_other_commands_do_not_wait_for_what_grading_imports():
    code = "import sys; from course_lib import cli; cli._parser(); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(COURSE)}
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not {"course_lib.grading.batch", "jinja2", "multiprocessing", "distributed"} & set(loaded.stdout.split())


def test_only_what_a_killed_run_left_is_swept_away(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}])
    mine = ["report/.profile.html.bak", "report/.config.json", "report/feedback/x/.ipynb_checkpoints/.a.html.abcdefgh"]
    left = ["report/.grades.csv.abcd_123", "report/feedback/x/.03_sigmoid.html.0123abcd"]
    for name in (*mine, *left):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED).returncode == 0
    assert [name for name in (*mine, *left) if (tmp_path / name).exists()] == mine


def test_processes_that_cannot_start_are_one_sentence(tmp_path):
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$*" in *resource_tracker*) exec {sys.executable} "$@";; esac\nexit 1\n')
    python.chmod(0o755)
    submissions = lay(tmp_path / "submitted", [{}] * 9)
    _, environment = command("by_order")
    script = f"import multiprocessing, graders; multiprocessing.set_executable({str(python)!r}); graders.main()"
    line = [
        sys.executable,
        "-c",
        script,
        "by_order",
        "grade",
        str(submissions),
        "--out",
        str(tmp_path / "report"),
        *TRUSTED,
    ]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done
    assert done.stderr.startswith("course: The processes that grade die as soon as they are started; ")
    assert done.stderr.count("\n") == 1
    assert journalled(tmp_path / "report") == []


def test_nothing_is_graded_where_answers_cannot_be_confined(tmp_path, monkeypatch):
    submissions = lay_real(tmp_path / "submitted", 2)
    (tmp_path / "bwrap").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for more in ((), ("--strict",)):
        refused = grade("real", submissions, "--out", tmp_path / "report", *more)
        assert refused.returncode == 2
        assert refused.stderr.startswith("course: Nothing was graded: the sandbox does not start")
        assert refused.stderr.endswith("Or give --trusted-learners, if you trust everybody whose work this is.\n")
        assert refused.stderr.count("\n") == 1
        assert not (tmp_path / "report").exists()
    trusted = grade("real", submissions, "--out", tmp_path / "report", "--trusted-learners", "--jobs", "1")
    assert trusted.returncode == 0, trusted.stderr
    assert all("--trusted-learners" in row["note"] for row in rows(tmp_path / "report").values())


def test_names_of_files_do_not_command_the_terminal(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}])
    (submissions / "eve\x1b[2J\r\N{RIGHT-TO-LEFT OVERRIDE}" / "03_sigmoid").mkdir(parents=True)
    (submissions / "eve\x1b[2J\r\N{RIGHT-TO-LEFT OVERRIDE}" / "03_sigmoid" / "03_sigmoid.ipynb").write_text("")
    done = grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    assert done.returncode == 1
    assert done.stderr.startswith("course: eve")
    assert done.stderr.count("\n") == 1
    assert done.stderr.strip("\n").isprintable()


def test_a_journal_has_a_line_for_all_that_counts(tmp_path):
    submissions = lay(tmp_path / "submitted", [{}])
    grade("by_order", submissions, "--out", tmp_path / "report", *TRUSTED)
    lines = (tmp_path / "report" / "journal.jsonl").read_text().splitlines()
    assert [sorted(json.loads(line)) for line in lines] == [
        ["journal", "limits", "mode", "regrades", "rules", "seed"],
        ["content", "graded"],
        ["finished"],
    ]
