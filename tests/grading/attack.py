"""Reads the attacks beside this file, and makes of each the notebook that a learner would hand in.

An attack is a text, not a module: nothing outside the sandbox may run it. Its docstring says what it tries, for which
assignment, which score each attacked exercise must get (the others are left as they are handed out), and which
defence stops it. Its cells follow. ``# %% sigmoid`` begins the answer to that exercise; in brackets there may be more:
``[test] sigmoid-test`` replaces a test cell, ``[output]`` gives one an output, ``[metadata]`` changes what nbgrader
knows of it, ``[double]`` repeats a cell, ``[cell]`` and ``[first cell]`` add one at the end and at the beginning.
"""

import copy
import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handed_in import as_bytes, released

FOLDER = Path(__file__).parent / "attacks"


@dataclass(frozen=True)
class Attack:
    """One attack; `cells` are the kind of a cell ('' for an answer), its grade_id, and its text."""

    name: str
    tries: str
    assignment: str
    expected: Mapping[str, float]
    stopped_by: str
    cells: tuple[tuple[str, str, str], ...]

    def notebook(self, places: Mapping[str, str]) -> bytes:
        """Return what is handed in; `places` stand for words that the text can't know, such as a port."""
        notebook = released(self.assignment)
        for kind, name, source in self.cells:
            for word, place in places.items():
                source = source.replace(word, place)
            _changed(notebook["cells"], kind, name, source)
        return as_bytes(notebook)


def _changed(cells: list[dict[str, Any]], kind: str, name: str, source: str) -> None:
    added = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": source}
    if kind in ("cell", "first cell"):
        cells.insert(0 if kind == "first cell" else len(cells), added)
        return
    (at,) = (i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)
    cell = cells[at]
    match kind:
        case "" | "test":
            cell["source"] = source
        case "output":
            data = {"text/plain": source, "text/html": source}
            cell["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}]
        case "metadata":
            cell["metadata"]["nbgrader"].update(json.loads(source))
        case "double":
            cells.insert(at, copy.deepcopy(cell))
        case _:
            raise ValueError(kind)


@functools.cache
def attacks() -> Mapping[str, Attack]:
    """Return all of them, by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.py"))}


def _read(path: Path) -> Attack:
    _, told, text = path.read_text(encoding="utf-8").split('"""', 2)
    tries, _, facts = told.strip().partition("\n\n")
    known = [line.split(": ", 1) for line in facts.splitlines()]
    (assignment,) = (value for key, value in known if key == "assignment")
    (stopped_by,) = (value for key, value in known if key == "stopped by")
    expected = {name: float(points) for name, points in (v.split() for key, v in known if key == "expected")}
    pieces = re.split(r"^# %% (?:\[(.+?)\] ?)?(.*)\n", text, flags=re.MULTILINE)[1:]
    cells = tuple((kind or "", name, source.rstrip()) for kind, name, source in zip(*[iter(pieces)] * 3, strict=True))
    return Attack(path.stem, tries, assignment, expected, stopped_by, cells)
