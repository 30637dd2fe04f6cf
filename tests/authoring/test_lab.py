import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.activations.registry import CourseError
from course_lib.authoring.lab import choose_port


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def start_lab(course: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "course_lib", "lab", *arguments],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_port_in_use_is_one_sentence(taken_port):
    with pytest.raises(CourseError, match=f"Port {taken_port} is in use"):
        choose_port(taken_port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_one_sentence(port):
    with pytest.raises(CourseError, match=f"{port} is not a port; choose one from 1 to 65535"):
        choose_port(port)


def _port_or_sentence(port: int) -> int | str:
    try:
        return choose_port(port)
    except CourseError as error:
        return str(error)


@pytest.mark.parametrize("port", [1, 65535])
def test_the_first_and_the_last_port_are_ports(port):
    assert _port_or_sentence(port) in (port, f"Port {port} is in use or not allowed; choose another, "
                                       "or none to take the next free one.")  # fmt: skip


def test_without_a_wish_the_next_free_port_is_taken():
    first = choose_port(None)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", first))
        other.listen()
        assert choose_port(None) > first


def test_make_lab_says_that_its_port_is_in_use(course, taken_port):
    lab = start_lab(course, "--port", str(taken_port))
    out, err = lab.communicate(timeout=60)
    assert lab.returncode == 2
    assert out == ""
    assert err.startswith(f"course: Port {taken_port} is in use")
    assert err.count("\n") == 1
    assert not (course / "workspace").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends Ctrl-C to a process group")
def test_lab_serves_the_workspace_at_the_address_it_prints_and_ends_with_ctrl_c(course):
    lab = start_lab(course, "--no-browser")
    try:
        address = next(line for line in lab.stdout if line.startswith("Open ")).split()[1]
        page, token = address.split("/lab/tree/notebooks/00_start_here.ipynb?token=")

        def ask(path: str, data: bytes | None = None, **headers: str) -> dict:
            request = urllib.request.Request(page + path, data, headers)
            with urllib.request.urlopen(request, timeout=20) as reply:
                return json.load(reply)

        contents = ask("/api/contents/notebooks", Authorization=f"token {token}")
        assert {item["name"] for item in contents["content"]} == {p.name for p in course.glob("notebooks/*.ipynb")}
        assert token not in _arguments_of_all_processes()
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            ask("/api/contents/notebooks")
        refused.value.close()
        assert ask("/api/kernels", b"{}", Authorization=f"token {token}")["name"] == "python3"
    finally:
        os.killpg(lab.pid, signal.SIGINT)
        out, err = lab.communicate(timeout=60)
    assert lab.returncode == 0
    assert "course_lib" not in err  # no traceback of ours
    assert "Parent appears to have exited" not in out + err  # what a kernel says that nobody ended


@pytest.fixture
def running_lab(course: Path) -> Iterator[subprocess.Popen[str]]:
    lab = start_lab(course, "--no-browser")
    try:
        next(line for line in lab.stdout if line.startswith("Open "))
        yield lab
    finally:
        if lab.poll() is None:
            lab.terminate()
        lab.communicate(timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_a_server_that_somebody_else_killed_is_a_failure(running_lab):
    os.kill(_only_child_of(running_lab.pid), signal.SIGKILL)
    assert running_lab.wait(timeout=60) == 2
    assert running_lab.stderr.read().splitlines()[-1] == (
        f"course: JupyterLab was ended by signal 9 ({signal.strsignal(9)}), but not from here; "
        "your saved work is kept, open it again with: make lab"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_a_server_that_was_killed_after_we_ended_it_is_no_failure(running_lab):
    server = _only_child_of(running_lab.pid)
    os.kill(server, signal.SIGSTOP)  # it hangs, and does not hear that it is to stop
    running_lab.terminate()
    time.sleep(1)  # until it has been told
    assert running_lab.poll() is None
    os.kill(server, signal.SIGKILL)
    assert running_lab.wait(timeout=60) == 0
    assert "course: " not in running_lab.stderr.read()


def _only_child_of(process: int) -> int:
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    (child,) = [int(pid) for pid, parent in map(str.split, listing.splitlines()) if int(parent) == process]
    return child


def _arguments_of_all_processes() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
