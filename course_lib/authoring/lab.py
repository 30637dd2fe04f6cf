"""Open JupyterLab in the learner's workspace: ``make lab`` and ``course lab``."""

import errno
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from course_lib.activations.registry import CourseError
from course_lib.authoring.writing import replace

_START = "notebooks/00_start_here.ipynb"
_OWN_SETTINGS = ".jupyterlab"
_USUAL_PORT = 8888
_PATIENCE = 60  # seconds that JupyterLab may take to answer; it takes about three
# How a process is ended other than by Ctrl-C; a closed terminal says SIGHUP, which Windows does not have.
_ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
# Defaults of this JupyterLab; what the learner sets themselves comes first.
_LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},  # no question before the first lesson
    # With its state saved, an explorer moves again on another day, before its cell was run.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
# What binding localhost's IPv6 address gives on a machine without IPv6.
_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def open_lab(workspace: Path, *, port: int, browser: bool) -> int:
    """Start JupyterLab in `workspace`, say its address, and wait until it is ended with Ctrl-C.

    Parameters
    ----------
    workspace : Path
        The folder that JupyterLab shows, already laid out.
    port : int
        Where to listen, as `choose_port` gave it.
    browser : bool
        Whether to open a browser, if this machine has one to open.

    Returns
    -------
    int
        0 when the person ended it from here, otherwise JupyterLab's own exit status.

    Raises
    ------
    CourseError
        If JupyterLab does not start, does not answer, or is ended by a signal that did not come from here.
    """
    token = secrets.token_hex(16)
    # In a group of its own Ctrl-C does not reach the server: it is told to stop, and ends its kernels first.
    server = subprocess.Popen(
        _command(workspace, port),
        env=_environment(workspace, token),
        stdin=subprocess.DEVNULL,
        process_group=0,
    )
    ended_here = False

    def end(*_: object) -> None:
        nonlocal ended_here
        ended_here = True
        server.terminate()

    for name in _ENDINGS:
        signal.signal(name, end)
    try:
        _wait_until_it_answers(server, port)
        address = f"http://localhost:{port}/lab/tree/{_START}?token={token}"
        print(f"\nOpen {address}\n\nYour work is in {workspace}. Ctrl-C here ends it.", flush=True)
        if browser and can_open_a_browser():
            webbrowser.open(address)
        status = server.wait()
        if status < 0 and not ended_here:
            raise CourseError(
                f"JupyterLab was ended by signal {-status} ({signal.strsignal(-status)}), but not from here; "
                "your saved work is kept, open it again with: make lab"
            )
        return 0 if ended_here else status
    except KeyboardInterrupt:
        return 0
    finally:
        if server.poll() is None:
            server.terminate()
            server.wait()


def choose_port(port: int | None) -> int:
    """Return `port` if it is free; for None, 8888 or the next free one.

    Raises
    ------
    CourseError
        If `port` is not a port, or is in use.
    """
    if port is None:
        return next(p for p in range(_USUAL_PORT, 65536) if _is_free(p))
    if not 1 <= port <= 65535:
        raise CourseError(f"{port} is not a port; choose one from 1 to 65535.")
    if not _is_free(port):
        raise CourseError(f"Port {port} is in use or not allowed; choose another, or none to take the next free one.")
    return port


def _is_free(port: int) -> bool:
    # Localhost has an IPv4 and an IPv6 address; a browser may try either, so both must be ours.
    for family, _, _, _, address in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno in _NO_SUCH_ADDRESS:
                    continue
                return False
    return True


def _command(workspace: Path, port: int) -> list[str]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # as in a container; JupyterLab asks to be told
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--Application.log_level=ERROR"),
        f"--ServerApp.root_dir={workspace}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--KernelManager.transport_encryption=auto",  # else each kernel warns that it is not encrypted
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.workspaces_dir={workspace / _OWN_SETTINGS}",  # no tabs of other projects
        *(["--allow-root"] if is_root else []),
    ]


def _environment(workspace: Path, token: str) -> dict[str, str]:
    settings = workspace / _OWN_SETTINGS
    _write(settings / "labconfig" / "default_setting_overrides.json", _LAB_SETTINGS)
    # A login shell, which is the default, may forget the PATH below, and with it the command `course`.
    shell = {"shell_command": [os.environ.get("SHELL") or "sh"]} if os.name == "posix" else {}
    server = {
        "ServerApp": {"terminado_settings": shell},
        "ContentsManager": {"pre_save_hook": "course_lib.authoring.kept_widgets.keep_widgets"},
    }
    _write(settings / "jupyter_server_config.json", server)
    return {
        **os.environ,
        "JUPYTER_CONFIG_PATH": _before(str(settings), "JUPYTER_CONFIG_PATH"),
        "PATH": _before(str(Path(sys.executable).parent), "PATH"),
        "JUPYTER_TOKEN": token,  # not an argument: those can be read by every user of the machine
    }


def _before(first: str, variable: str) -> str:
    return os.pathsep.join([first, *filter(None, [os.environ.get(variable)])])


def _write(path: Path, settings: dict[str, Any]) -> None:
    replace(path, json.dumps(settings, indent=1).encode())


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CourseError("JupyterLab ended before it answered; its own message is above.")
        connection = HTTPConnection("localhost", port, timeout=2)
        try:
            connection.request("GET", "/api")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise CourseError(f"JupyterLab did not answer within {_PATIENCE} seconds.")


def can_open_a_browser() -> bool:
    """Whether this machine has a graphical browser that can be opened from here."""
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not has_screen:
        return False  # what is left there are browsers for the terminal, which JupyterLab needs itself
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
