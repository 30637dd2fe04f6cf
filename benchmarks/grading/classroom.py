"""A class of learners and what they hand in, the same for the same seed."""

from __future__ import annotations

import copy
import functools
import json
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent
from typing import Any

COURSE = Path(__file__).parents[2]
ASSIGNMENTS = ("03_sigmoid", "04_tanh", "05_relu", "06_softmax")
#: What stands in an answer cell before a learner writes into it.
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"
LOOP = "while True:\n    pass"
#: How often each kind of answer is given: in a class that is neither strong nor weak.
SHARES: Mapping[str, float] = {"right": 50, "partly": 14, "wrong": 18, "scalar": 4, "fails": 4, "untouched": 10}


@dataclass(frozen=True)
class Rates:
    """How much of what a class hands in is out of the ordinary.

    Attributes
    ----------
    broken : float
        The share of notebooks that no program can read.
    loops : float
        The share of answers that never end.
    """

    broken: float = 0.0
    loops: float = 0.0


@dataclass(frozen=True)
class HandedIn:
    """One learner's notebook, as the bytes of its file."""

    learner: str
    assignment: str
    content: bytes

    def write(self, submitted: Path, learner: str = "") -> Path:
        """Write it where nbgrader expects it below its folder `submitted`, under another name if one is given."""
        path = submitted / (learner or self.learner) / self.assignment / f"{self.assignment}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content)
        return path


@functools.cache
def answers() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what learners write: by exercise, by kind."""
    read = tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))
    return {name: {kind: tuple(map(str.strip, texts)) for kind, texts in kinds.items()} for name, kinds in read.items()}


def class_of(
    size: int, *, seed: int = 0, rates: Rates = Rates(), assignments: tuple[str, ...] = ASSIGNMENTS
) -> list[HandedIn]:
    """Return `size` notebooks: every learner hands in every assignment, until there are enough."""
    chance = random.Random(seed)
    found: list[HandedIn] = []
    while len(found) < size:
        learner = f"learner_{len(found) // len(assignments):05d}"
        diligence = chance.uniform(0.4, 2.5)  # one learner's answers are rather all right, or rather not
        for assignment in assignments[: size - len(found)]:
            content = as_bytes(written(assignment, _chosen(assignment, chance, diligence, rates.loops)))
            if chance.random() < rates.broken:
                content = _broken(content, chance)
            found.append(HandedIn(learner, assignment, content))
    return found


def strangers(handed_in: Sequence[HandedIn]) -> list[HandedIn]:
    """Return the same notebooks, each from a learner of its own."""
    return [replace(one, learner=f"{one.learner}_{one.assignment}") for one in handed_in]


def written(assignment: str, bodies: Mapping[str, str]) -> dict[str, Any]:
    """Return the exercise with these function bodies written into it, each in place of the stub."""
    notebook = copy.deepcopy(_released(assignment))
    for cell in notebook["cells"]:
        if cell["id"] in bodies:
            source = "".join(cell["source"]).replace(STUB, indent(bodies[cell["id"]], "    ").strip())
            cell["source"] = source.splitlines(keepends=True)
    return notebook


def as_bytes(notebook: Mapping[str, Any]) -> bytes:
    """Return a notebook as the file that is handed in."""
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


@functools.cache
def _released(assignment: str) -> dict[str, Any]:
    return json.loads((COURSE / "exercises" / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8"))


def exercises(assignment: str) -> tuple[str, ...]:
    """Return the names of an assignment's exercises, in order."""
    return tuple(cell["id"] for cell in _answer_cells(_released(assignment)))


def _answer_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]


def _chosen(assignment: str, chance: random.Random, diligence: float, loops: float) -> dict[str, str]:
    bodies = {}
    for name in exercises(assignment):
        texts = answers()[name]
        shares = {kind: share for kind, share in SHARES.items() if kind in texts or kind == "untouched"}
        shares["right"] *= diligence
        (kind,) = chance.choices(list(shares), list(shares.values()))
        body = chance.choice(texts[kind]) if kind in texts else None
        if chance.random() < loops:
            body = LOOP
        if body is not None:
            bodies[name] = body
    return bodies


def _broken(content: bytes, chance: random.Random) -> bytes:
    """Return a file as it arrives after a failed upload, an empty one, another format, or no text at all."""
    ways = (content[: len(content) // 2], b"", b"%PDF-1.7\n", b"\xff\xfe\x00" + content[:100], b'{"cells": 3}\n')
    return chance.choice(ways)


def with_one_loop(handed_in: Sequence[HandedIn]) -> list[HandedIn]:
    """Return the same class, in which one learner's first answer never ends."""
    first, *others = handed_in
    notebook = json.loads(first.content)
    cell = _answer_cells(notebook)[0]
    heading = "".join(cell["source"][:2])  # the line with def, and its docstring
    cell["source"] = (heading + indent(LOOP, "    ")).splitlines(keepends=True)
    return [replace(first, content=as_bytes(notebook)), *others]
