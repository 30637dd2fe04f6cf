"""Grading on a Dask cluster: a real scheduler and real workers, as processes of this machine."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from runs import COURSE, finish, grade, journalled, lay, lay_real, report, start

from course_lib.grading import cluster as module
from course_lib.grading.cluster import ClusterWorkers


@dataclass
class Cluster:
    """A scheduler on a port that is free, and its workers; `folder` holds what they write."""

    folder: Path
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self) -> None:
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard")
        self.address = self._said("scheduler", r"Scheduler at:\s+(tcp://\S+)")

    def add_worker(self, nanny: bool = False, course: Path = COURSE, **environment: str) -> None:
        name = f"worker{len(self.workers)}"
        options = ("--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--local-directory", str(self.folder))
        with_nanny = "--nanny" if nanny else "--no-nanny"
        arguments = ("worker", self.address, with_nanny, *options)
        self.workers.append(self._start(*arguments, log=name, course=course, **environment))
        self._said(name, r"(Registered to:\s+tcp)")

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process is not None and process.poll() is None:
                family = psutil.Process(process.pid).children(recursive=True)
                for each in (process, *family):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        each.kill()
                process.wait()

    def _start(
        self, *arguments: str, log: str = "scheduler", course: Path = COURSE, **environment: str
    ) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join([str(course), str(COURSE / "tests" / "grading")])
        with (self.folder / f"{log}.log").open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1"],
                env={**os.environ, "PYTHONPATH": paths, **environment},
                cwd=self.folder,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def _said(self, log: str, pattern: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            text = (self.folder / f"{log}.log").read_text()
            if found := re.search(pattern, text):
                return found[1]
            time.sleep(0.05)
        raise AssertionError(text)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    try:
        made.begin()
        yield made
    finally:
        made.end()


def test_a_worker_that_is_killed_costs_nothing(tmp_path, cluster, bubblewrap):
    submissions = lay_real(tmp_path / "submitted", 300)
    arguments = (submissions, "--seed", "5", "--out")
    for _ in range(2):
        cluster.add_worker()
    there = tmp_path / "cluster_report"
    running = start("real", *arguments, there, "--scheduler", cluster.address)
    while len(journalled(there)) < 100:
        assert running.poll() is None, finish(running)
        time.sleep(0.02)
    cluster.workers[0].kill()
    assert len(journalled(there)) < 250, "it was killed midway"
    done = finish(running)
    local = grade("real", *arguments, tmp_path / "local_report", "--jobs", "2")
    assert done.returncode == local.returncode == 1, done.stderr + local.stderr
    assert local.stdout, local.stderr
    assert done.stdout == local.stdout.replace("local_report", "cluster_report")
    assert done.stdout.endswith("270 graded, 30 could not be graded.\n")
    assert report(there) == report(tmp_path / "local_report")
    names = journalled(there)
    assert len(names) == len(set(names)) == 300
    assert cluster.workers[1].poll() is None, "the cluster is not ours to end"


def test_a_submission_that_kills_workers_costs_itself_only(tmp_path, cluster):
    """With a nanny, which starts another worker, as Dask does by itself."""
    submissions = lay(tmp_path / "submitted", [{"die": number == 7} for number in range(20)])
    cluster.add_worker(nanny=True)
    arguments = ("--trusted-learners", "--seed", "5", "--scheduler", cluster.address)
    done = grade("by_order", submissions, "--out", tmp_path / "report", *arguments)
    assert done.returncode == 1, done
    assert done.stdout.endswith("19 graded, 1 could not be graded.\n")
    assert "learner007/03_sigmoid/03_sigmoid.ipynb: The process that graded it died twice" in done.stderr


def test_a_scheduler_that_is_lost_is_one_sentence_and_nothing_is_lost(tmp_path, cluster, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "2s")
    submissions = lay(tmp_path / "submitted", [{"sleep": 0.1}] * 60)
    cluster.add_worker()
    arguments = (submissions, "--trusted-learners", "--seed", "5", "--out", tmp_path / "report")
    running = start("by_order", *arguments, "--scheduler", cluster.address)
    while not journalled(tmp_path / "report"):
        assert running.poll() is None, finish(running)
        time.sleep(0.02)
    cluster.scheduler.kill()
    done = finish(running)
    assert done.returncode == 2
    assert done.stderr == (
        "course: The connection to the cluster was lost; see to it, and give the same command again: "
        "it goes on from here.\n"
    )
    kept = journalled(tmp_path / "report")
    assert 0 < len(kept) < 60
    local = grade("by_order", *arguments, "--jobs", "2")
    assert local.returncode == 0
    assert journalled(tmp_path / "report")[: len(kept)] == kept
    assert len(set(journalled(tmp_path / "report"))) == 60


def test_a_worker_with_another_version_of_the_course_does_not_grade(tmp_path, cluster):
    package = tmp_path / "older" / "course_lib"
    shutil.copytree(COURSE / "course_lib", package, ignore=shutil.ignore_patterns("__pycache__"))
    with (package / "losses.py").open("a") as file:
        file.write("# older\n")
    cluster.add_worker(course=package.parent)
    submissions = lay(tmp_path / "submitted", [{}] * 5)
    arguments = ("--trusted-learners", "--out", tmp_path / "report", "--scheduler", cluster.address)
    done = grade("by_order", submissions, *arguments)
    assert done.returncode == 2
    assert re.fullmatch(
        r"course: The worker on \S+ has another version of the course; install the same one there\.\n", done.stderr
    )
    assert not journalled(tmp_path / "report")


def test_a_worker_that_cannot_confine_does_not_grade(tmp_path, cluster):
    broken = tmp_path / "broken" / "bwrap"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    cluster.add_worker(PATH=str(broken.parent))
    submissions = lay_real(tmp_path / "submitted", 5)
    done = grade("real", submissions, "--out", tmp_path / "report", "--scheduler", cluster.address)
    assert done.returncode == 2
    assert re.match(r"course: The worker on \S+ can't confine what it grades: ", done.stderr)
    assert done.stderr.count("\n") == 1
    assert not journalled(tmp_path / "report")


def test_who_fetches_a_result_does_not_wait_for_ever(cluster, monkeypatch):
    """As where the connection is closed just then: the command must end all the same."""
    cluster.add_worker()
    workers = ClusterWorkers(cluster.address)
    done = workers._client.submit(pow, 2, 3)
    assert done.result(timeout=20) == 8
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    workers._client.loop.add_callback(time.sleep, 3)  # nobody is there meanwhile
    handed: Future[int] = Future()
    module._hand_over(done, handed)
    assert isinstance(handed.exception(timeout=20), TimeoutError)
    assert done.result(timeout=20) == 8
    monkeypatch.undo()
    workers.close(at_once=False)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at tcp://127.0.0.1:1; start one with 'dask scheduler'"),
        ("tcp://localhost", "--scheduler takes an address such as tcp://10.0.0.1:8786: missing port number in "),
        ("nonsense://x", "--scheduler takes an address such as tcp://10.0.0.1:8786: unknown address scheme"),
    ],
)
def test_no_scheduler_is_one_sentence(tmp_path, address, sentence, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    submissions = lay(tmp_path / "submitted", [{}])
    arguments = ("--trusted-learners", "--out", tmp_path / "report", "--scheduler", address)
    done = grade("by_order", submissions, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"course: {sentence}")
    assert done.stderr.count("\n") == 1
