"""Questions that answer back. Their text lives in questions/, so that no code cell gives it away."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Any

import traitlets

from course_lib.activations.registry import Registry
from course_lib.explorers.assets import script
from course_lib.explorers.explorer import BadValue, Explorer, Whole
from course_lib.explorers.figure import png, text_figure

_FOLDER = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Option:
    """One answer to choose from.

    Attributes
    ----------
    text, feedback : str
        What is offered, and what is said to whoever chooses it.
    right : bool
        Whether it is the answer.
    value : float or None
        The option as a number, where it is one: with it a test recomputes which option is right.
    """

    text: str
    feedback: str
    right: bool = False
    value: float | None = None


@dataclass(frozen=True)
class QuestionText:
    """A question with at least two options, one of them right; `lines` are numbered and shown with it."""

    ask: str
    options: tuple[Option, ...]
    lines: tuple[str, ...] = ()


class Question(Explorer):
    """A multiple-choice question.

    Attributes
    ----------
    chosen : int
        The number of the option that was chosen last, from 0; -1 before the first.
    tried : list of int
        The numbers of all options that were chosen, in this order, each once. With ``chosen = -1`` it is emptied.
    """

    _esm = script("question.js")
    chosen = Whole(-1).tag(sync=True)
    tried: traitlets.List[int] = traitlets.List(Whole()).tag(sync=True)
    question = traitlets.Dict().tag(sync=True)

    @traitlets.validate("chosen")
    def _offered(self, proposal: dict[str, Any]) -> int:
        chosen, last = proposal["value"], len(self.question["options"]) - 1
        if not -1 <= chosen <= last:
            raise BadValue(f"chosen must be from 0 to {last}, or -1 for none of the options, but it is {chosen}.")
        return int(chosen)

    @traitlets.validate("tried")
    def _of_the_options(self, proposal: dict[str, Any]) -> list[int]:
        last = len(self.question["options"]) - 1
        for number in proposal["value"]:
            if not 0 <= number <= last:
                raise BadValue(f"tried must hold numbers from 0 to {last}, the options, but {number} is in it.")
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.observe("chosen")
    def _remember(self, change: object) -> None:
        self.tried = [] if self.chosen < 0 else [*self.tried, self.chosen]

    @property
    def answered(self) -> bool:
        """Whether the right option has been found, whatever was chosen after it."""
        return any(self.question["options"][number]["right"] for number in self.tried)

    def still(self) -> bytes:
        """Return the question and its options, without the answer."""
        rows = [part for line in self.description().split("\n") for part in _wrapped(line)]
        figure, axes = text_figure(0.24 * len(rows) + 0.2)
        for i, row in enumerate(rows):
            axes.text(0, -i, row, va="top")
        axes.set(xlim=(0, 1), ylim=(-len(rows), 0.2))
        return png(figure)

    def description(self) -> str:
        """Return the question and its options as text."""
        lines = [f"({number}) {line}" for number, line in enumerate(self.question["lines"], 1)]
        return "\n".join([self.question["ask"], *lines, *(f"○ {o['text']}" for o in self.question["options"])])


def question(key: str) -> Question:
    """Ask one question, with an answer to every option.

    Parameters
    ----------
    key : str
        Lesson and name, for example ``"03_sigmoid/predict"``.

    Returns
    -------
    Question
        The question; ``chosen`` says which option was taken last, ``tried`` which ones so far.

    Raises
    ------
    UnknownName
        If there is no such question; the nearest are suggested.
    """
    return Question(question=asdict(questions()[key]))


@cache
def questions() -> Registry[QuestionText]:
    """Return all questions of the course by ``lesson/name``."""
    return Registry(
        "question",
        {
            f"{path.stem}/{name}": read_question(f"{path.stem}/{name}", entry)
            for path in sorted(_FOLDER.glob("*.toml"))
            for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
        },
    )


def read_question(key: str, entry: dict[str, Any]) -> QuestionText:
    """Return the question that `entry`, a table of a TOML file, describes.

    Raises
    ------
    BadValue
        If a part is missing, unknown or of the wrong kind, or if not exactly one option is right.
    """
    parts = _checked(key, entry, {"ask": str, "options": list}, {"lines": list})
    options = tuple(
        Option(**_checked(f"option {number} of {key}", option, {"text": str, "feedback": str},
                          {"right": bool, "value": (int, float)}))
        for number, option in enumerate(parts.pop("options"), 1)
    )  # fmt: skip
    if len(options) < 2 or sum(option.right for option in options) != 1:
        raise BadValue(f"The question {key} needs two options or more, exactly one of them right.")
    return QuestionText(ask=parts["ask"], options=options, lines=tuple(parts.get("lines", ())))


def _checked(where: str, entry: Any, needed: dict[str, Any], allowed: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise BadValue(f"{where} must be a table, not {entry!r}.")
    kinds = Registry(f"part of {where}", needed | allowed)
    for name, value in entry.items():
        if not isinstance(value, kinds[name]):
            raise BadValue(f"{name!r} of {where} has the wrong kind: {value!r}.")
    missing = sorted(needed.keys() - entry.keys())
    if missing:
        raise BadValue(f"{where} lacks {' and '.join(map(repr, missing))}.")
    return dict(entry)


def _wrapped(line: str) -> list[str]:
    return wrap(line, width=88, subsequent_indent="    ") or [""]
