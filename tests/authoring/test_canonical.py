import json
from copy import deepcopy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.activations.registry import CourseError
from course_lib.authoring.canonical import canonical

VIEW = "application/vnd.jupyter.widget-view+json"


def notebook_with(*outputs):
    code = new_code_cell("explore.tangent('sigmoid')", execution_count=1, outputs=list(outputs))
    code.metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    return new_notebook(
        cells=[new_markdown_cell("Look:"), code, new_markdown_cell("Look:")],
        metadata={"widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.11.7"}},
    )


def ids(text):
    return [cell["id"] for cell in json.loads(text)["cells"]]


def test_nothing_of_the_moment_or_the_machine_is_kept():
    output = new_output(
        "display_data", data={VIEW: {"model_id": "a1b2"}, "text/plain": "A curve.", "image/png": "iVBO"}
    )
    text = canonical(notebook_with(output), "03_sigmoid")
    saved = nbformat.reads(text, as_version=4)
    assert set(saved.cells[1].outputs[0].data) == {"text/plain", "image/png"}
    assert set(saved.metadata) == {"course", "kernelspec", "language_info"}
    assert "version" not in saved.metadata.language_info
    assert saved.cells[1].metadata == {}
    assert saved.cells[1].execution_count == 1
    assert text.endswith("}\n")


def test_the_same_notebook_gives_the_same_bytes():
    one, other = notebook_with(), notebook_with()
    assert [c.id for c in one.cells] != [c.id for c in other.cells]
    assert canonical(one, "03_sigmoid") == canonical(other, "03_sigmoid")


def test_ids_are_unique_and_an_edit_changes_one_only():
    notebook = notebook_with()
    edited = deepcopy(notebook)
    edited.cells[1].source += "  # edited"
    before, after = ids(canonical(notebook, "x")), ids(canonical(edited, "x"))
    assert len(set(before)) == len(before)
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]


def test_a_home_at_the_root_does_not_refuse_every_address(monkeypatch):
    monkeypatch.setenv("HOME", "/")
    printed = new_output("stream", name="stdout", text="see https://example.org/ and a // b\n")
    assert "https://example.org/" in canonical(notebook_with(printed), "03_sigmoid")


def test_a_path_in_the_persons_home_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", "/somebody")
    printed = new_output("stream", name="stdout", text="read /somebody/data.txt\n")
    with pytest.raises(CourseError, match="the output of cell 2 shows a path of this machine"):
        canonical(notebook_with(printed), "03_sigmoid")


def test_a_widget_that_leaves_nothing_behind_is_refused():
    output = new_output("display_data", data={VIEW: {"model_id": "a1b2"}})
    with pytest.raises(CourseError, match="03_sigmoid: the output of cell 2 is a widget that leaves neither"):
        canonical(notebook_with(output), "03_sigmoid")
