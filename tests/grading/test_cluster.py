"""Grading on a Dask cluster: a real scheduler and real workers, as processes of this machine."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from runs import COURSE, finish, grade, journalled, lay, report, start


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

    def add_worker(self) -> None:
        name = f"worker{len(self.workers)}"
        options = ("--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--local-directory", str(self.folder))
        self.workers.append(self._start("worker", self.address, "--no-nanny", *options, log=name))
        self._said(name, r"(Registered to:\s+tcp)")

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process is not None:
                process.kill()
                process.wait()

    def _start(self, *arguments: str, log: str = "scheduler") -> subprocess.Popen[bytes]:
        paths = os.pathsep.join([str(COURSE), str(COURSE / "tests" / "grading")])
        with (self.folder / f"{log}.log").open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1"],
                env={**os.environ, "PYTHONPATH": paths},
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


def test_a_worker_that_is_killed_costs_nothing(tmp_path, cluster):
    submissions = lay(tmp_path / "submitted", [{"sleep": 0.02}] * 300)
    arguments = ("--trusted-learners", "--seed", "5")
    for _ in range(2):
        cluster.add_worker()
    running = start(
        "by_order", submissions, "--out", tmp_path / "cluster_report", "--scheduler", cluster.address, *arguments
    )
    while not (tmp_path / "cluster_report" / "journal.jsonl").exists() or not (
        100 < len(journalled(tmp_path / "cluster_report")) < 250
    ):
        assert running.poll() is None, finish(running)
        time.sleep(0.01)
    cluster.workers[0].kill()
    done = finish(running)
    assert (done.returncode, done.stderr) == (0, "")
    local = grade("by_order", submissions, "--out", tmp_path / "local_report", "--jobs", "2", *arguments)
    assert local.returncode == 0
    assert done.stdout == local.stdout.replace("local_report", "cluster_report")
    assert report(tmp_path / "cluster_report") == report(tmp_path / "local_report")
    names = journalled(tmp_path / "cluster_report")
    assert len(names) == len(set(names)) == 300
    assert psutil.pid_exists(cluster.workers[1].pid), "the cluster is not ours to end"
