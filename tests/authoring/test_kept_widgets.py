"""A notebook that is saved before its cells were run again keeps its explorers."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course_lib.authoring.kept_widgets import keep_widgets

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def notebook(shown: list[str], widgets: dict[str, Any] | None) -> dict[str, Any]:
    outputs = [{"output_type": "display_data", "data": {VIEW: {"model_id": name}}} for name in shown]
    metadata = {} if widgets is None else {"widgets": {STATE: {"version_major": 2, "state": widgets}}}
    return {"metadata": metadata, "cells": [{"cell_type": "code", "outputs": outputs}, {"cell_type": "markdown"}]}


def saved(folder: Path, on_disk: Any, content: Any, kind: str = "notebook") -> Any:
    (folder / "a.ipynb").write_text(on_disk if isinstance(on_disk, str) else json.dumps(on_disk), encoding="utf-8")
    model = {"type": kind, "content": content}
    keep_widgets(model=model, path="/a.ipynb", contents_manager=SimpleNamespace(root_dir=str(folder)))
    return model["content"]


def state(content: dict[str, Any]) -> dict[str, Any]:
    return content["metadata"].get("widgets", {}).get(STATE, {}).get("state", {})


def test_what_is_shown_is_kept_with_all_that_it_refers_to(tmp_path: Path) -> None:
    old = {"a1": {"state": {"layout": "IPY_MODEL_b2"}}, "b2": {"state": {}}, "c3": {"state": {}}}
    content = saved(tmp_path, notebook(["a1"], old), notebook(["a1"], {}))
    assert state(content) == {"a1": old["a1"], "b2": old["b2"]}  # c3 is shown nowhere any more
    content = saved(tmp_path, notebook(["a1"], old), notebook(["a1"], None))
    assert state(content) == {"a1": old["a1"], "b2": old["b2"]}


def test_what_has_a_kernel_behind_it_is_newer(tmp_path: Path) -> None:
    old, new = {"a1": {"state": {"x": 1}}, "d4": {"state": {"x": 1}}}, {"a1": {"state": {"x": 2}}}
    content = saved(tmp_path, notebook(["a1", "d4"], old), notebook(["a1", "d4"], new))
    assert state(content) == {"a1": new["a1"], "d4": old["d4"]}


@pytest.mark.parametrize("on_disk", ["", "{", "[]", "null", '{"metadata": {"widgets": 3}}', {"cells": []}])
def test_a_file_that_tells_nothing_changes_nothing(tmp_path: Path, on_disk: Any) -> None:
    content = notebook(["a1"], {"e5": {}})
    assert saved(tmp_path, on_disk, json.loads(json.dumps(content))) == content


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    assert saved(tmp_path, notebook(["a1"], {"a1": {}}), "text", kind="file") == "text"
    assert saved(tmp_path, notebook(["a1"], {"a1": {}}), None) is None  # a new file has no content yet
