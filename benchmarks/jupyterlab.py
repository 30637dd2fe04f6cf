"""A real JupyterLab in a real Chromium, for the benchmarks here and for tests/browser.

Everything it needs lives in one temporary folder: its own port, settings, runtime files and record, so that
it neither sees nor changes anything of the person who runs it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Playwright

_SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BROWSER_FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, which is who runs a container
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_QUIET_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
}


class NoBrowser(RuntimeError):
    """Neither a system Chromium nor one of Playwright's own can be had."""


def find_browser() -> str | None:
    """Return the path of a system Chromium; None means Playwright's own, which is fetched if it is not there.

    Raises
    ------
    NoBrowser
        If neither can be had.
    """
    system = next((path for name in _SYSTEM_BROWSERS if (path := shutil.which(name))), None)
    if system is None and not _fetched():
        raise NoBrowser("No Chromium here, and Playwright could not fetch one.")
    return system


@cache
def _fetched() -> bool:
    """Let Playwright fetch its Chromium, at most once in a run; it does nothing where it has one already."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        return subprocess.run(command, capture_output=True, timeout=300).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@contextmanager
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start a headless Chromium.

    Raises
    ------
    NoBrowser
        If there is none.
    """
    chromium = playwright.chromium.launch(executable_path=find_browser(), args=_BROWSER_FLAGS)
    try:
        yield chromium
    finally:
        chromium.close()


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """Serve the notebooks in `folder`/notebooks, and yield the address.

    Parameters
    ----------
    folder : pathlib.Path
        An empty temporary folder; settings and logs go there too.

    Raises
    ------
    RuntimeError
        If the server does not answer within a minute; its log is in the message.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir(exist_ok=True)
    for name, settings in _QUIET_SETTINGS.items():
        file = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    port = _free_port()
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={notebooks}",
        "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    with (folder / "log").open("w") as log:
        # A session of its own, so that the kernels end with the server.
        server = subprocess.Popen(command, env=_environment(folder), stdout=log, stderr=log, start_new_session=True)
        try:
            yield _wait_for(f"http://127.0.0.1:{port}", server, folder / "log")
        finally:
            _end(server)


def _environment(folder: Path) -> dict[str, str]:
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "COURSE_RECORD": "record.sqlite",
    }
    return {**os.environ, **{name: str(folder / place) for name, place in own.items()}}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{address}/api/status", timeout=5):
                return address
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


def _end(server: subprocess.Popen[bytes]) -> None:
    for request in (signal.SIGTERM, signal.SIGKILL):
        if server.poll() is None:
            os.killpg(server.pid, request)
        try:
            server.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open the notebook called `name` and wait for its kernel.

    JupyterLab says 'idle' before a kernel exists, so its session is asked instead.
    """
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_function(
        """(name) => {
            const widget = window.jupyterapp?.shell?.currentWidget;
            return widget?.context?.path === name && widget.sessionContext?.isReady
                && widget.sessionContext.session?.kernel?.connectionStatus === "connected";
        }""",
        arg=name,
        timeout=60_000,
    )


def run_all(page: Page) -> bool:
    """Run all cells of the open notebook; False when one of them failed."""
    return bool(page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')"))


def run_code(page: Page, code: str) -> None:
    """Run `code` in the open notebook's kernel, and wait for its end.

    Raises
    ------
    AssertionError
        If the code raised; the message says what.
    """
    _execute(page, code, {})


def value_of(page: Page, expression: str) -> Any:
    """Return the value of a Python expression in the open notebook's kernel: a number, text or a list of them.

    Raises
    ------
    AssertionError
        If the expression raised; the message says what.
    """
    value = _execute(page, "", {"value": expression})["user_expressions"]["value"]
    assert value["status"] == "ok", f"{value.get('ename')}: {value.get('evalue')}"
    return literal_eval(value["data"]["text/plain"])


def texts_of(parts: Locator) -> list[str]:
    """Return the text of each part as it is shown, once it is: what was just opened may not be drawn yet."""
    parts.first.wait_for(state="visible")
    return parts.all_inner_texts()


def _execute(page: Page, code: str, expressions: dict[str, str]) -> dict[str, Any]:
    reply: dict[str, Any] = page.evaluate(
        """async ([code, user_expressions]) => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const request = kernel.requestExecute({ code, user_expressions, store_history: false });
            return (await request.done).content;
        }""",
        [code, expressions],
    )
    assert reply["status"] == "ok", f"{reply.get('ename')}: {reply.get('evalue')}"
    return reply


def set_theme(page: Page, theme: str) -> None:
    """Change to "Light" or "Dark"."""
    page.evaluate(
        "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })",
        f"JupyterLab {theme}",
    )
    light = "true" if theme == "Light" else "false"
    page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
    page.wait_for_timeout(300)  # the colours follow when the theme's style sheet has come


def write_notebook(path: Path, cells: list[str]) -> None:
    """Write a notebook of code cells, not executed."""
    from nbformat import v4, write

    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    write(notebook, path)
