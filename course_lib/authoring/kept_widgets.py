"""What explorers need to be drawn again stays in a notebook that is saved before its cells were run again.

JupyterLab saves only the widgets that have a kernel behind them. A notebook that was opened on another day has none
until its cells are run; saved then (JupyterLab does so by itself every two minutes), it would lose all explorers,
and say 'model not found' in their places from the next day on.
"""

import json
import re
from pathlib import Path
from typing import Any

_STATE = "application/vnd.jupyter.widget-state+json"
_VIEW = "application/vnd.jupyter.widget-view+json"


def keep_widgets(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """Put back what the saved outputs show and the file on disk still has; JupyterLab calls this before it saves.

    Parameters
    ----------
    model : dict
        What is about to be saved; a notebook's content is completed in place, other files are left alone.
    path : str
        Where it is saved, from the server's root.
    contents_manager : jupyter_server.services.contents.manager.ContentsManager
        Who saves it.
    """
    if model.get("type") != "notebook" or not isinstance(notebook := model.get("content"), dict):
        return
    saved = _widgets(notebook)
    shown = {
        output["data"][_VIEW].get("model_id")
        for cell in notebook.get("cells", [])
        for output in cell.get("outputs", [])
        if _VIEW in output.get("data", {})
    }
    if shown <= saved.keys():
        return
    there = {**_on_disk(Path(contents_manager.root_dir) / path.strip("/")), **saved}
    needed = _with_all_they_need(shown, there)
    if needed.keys() <= saved.keys():
        return
    whole = {"version_major": 2, "version_minor": 0, "state": {**saved, **needed}}
    notebook.setdefault("metadata", {})["widgets"] = {_STATE: whole}


def _widgets(notebook: dict[str, Any]) -> dict[str, Any]:
    return dict(notebook.get("metadata", {}).get("widgets", {}).get(_STATE, {}).get("state", {}))


def _on_disk(file: Path) -> dict[str, Any]:
    try:
        return _widgets(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError):
        return {}  # it is new, or no notebook: there is nothing to be kept


def _with_all_they_need(shown: set[str], there: dict[str, Any]) -> dict[str, Any]:
    """Return the widgets of `there` that are shown, and those that they refer to, such as their layout."""
    needed: dict[str, Any] = {}
    open_ = list(shown)
    while open_:
        if (name := open_.pop()) in there and name not in needed:
            needed[name] = there[name]
            open_ += re.findall(r"IPY_MODEL_(\w+)", json.dumps(there[name]))
    return needed
