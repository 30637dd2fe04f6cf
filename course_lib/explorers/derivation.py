"""The derivation stepper: a proof revealed line by line, where the next line may be named or typed."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import traitlets

from course_lib.activations.registry import Registry
from course_lib.explorers.assets import script
from course_lib.explorers.explorer import BadValue, Explorer, Whole
from course_lib.explorers.figure import png, text_box, text_figure
from course_lib.explorers.palette import LIGHT

if TYPE_CHECKING:
    from course_lib.derivations.typed import Verdict


class _Key(traitlets.Unicode):
    """A trait that leaves it to the registry below to say what is no key, and which keys there are."""

    def validate(self, obj: Any, value: Any) -> Any:
        return value


class DerivationSteps(Explorer):
    """A choice of derivations, and the lines of one of them.

    Attributes
    ----------
    key : str
        The derivation that is shown, a key of ``DERIVATIONS``.
    shown : int
        How many of its lines are revealed, from 1 to all.
    typed : str
        The line that was checked last.
    verdict : dict
        What was said about it: ``kind`` and ``sentence`` as in ``course_lib.derivations.typed.Verdict``, and
        what the page shows beside them. Empty before the first, and when another line is revealed.
    """

    _esm = script("derivation.js")
    key = _Key().tag(sync=True)
    shown = Whole(1).tag(sync=True)
    typed = traitlets.Unicode("").tag(sync=True)
    verdict = traitlets.Dict().tag(sync=True)
    derivations: traitlets.List[Any] = traitlets.List().tag(sync=True)
    # What the page asks: a text, for which line of which derivation, and a number that makes the same a new question.
    asked = traitlets.Dict().tag(sync=True)

    @traitlets.validate("key")
    def _offered(self, proposal: dict[str, Any]) -> str:
        offered = Registry("derivation", {d["key"]: d for d in self.derivations})
        return str(offered[proposal["value"]]["key"])

    @traitlets.validate("shown")
    def _between_first_and_last(self, proposal: dict[str, Any]) -> int:
        shown, count = proposal["value"], len(self._chosen()["lines"])
        if not 1 <= shown <= count:
            raise BadValue(f"shown must be from 1 to {count}, the lines of {self.key}, but it is {shown}.")
        return int(shown)

    @traitlets.observe("key")
    def _begin_again(self, change: object) -> None:
        self.shown = 1

    @traitlets.observe("key", "shown")
    def _forget(self, change: object) -> None:
        self.verdict = {}

    @traitlets.observe("asked")
    def _answer(self, change: dict[str, Any]) -> None:
        asked = change["new"]
        if (asked["key"], asked["shown"]) == (self.key, self.shown):  # else nobody waits for the answer any more
            self.check(str(asked["typed"]))

    def check(self, typed: str) -> str:
        """Judge `typed` as the next line, reveal that line if it is the course's own, and say what it is.

        Parameters
        ----------
        typed : str
            A formula such as ``"s*(1 - s)"``; anything else is answered too.

        Returns
        -------
        str
            The sentence that the page shows.
        """
        from course_lib.derivations import DERIVATIONS
        from course_lib.derivations.typed import compare

        verdict = compare(DERIVATIONS[self.key], self.shown, typed)
        with self.hold_sync():
            self.typed = typed
            self.shown += verdict.reveals
            # With the line that it is about: the page may have gone on before this arrives there.
            about = {"key": self.key, "shown": self.shown, "asked": self.asked.get("number", 0)}
            self.verdict = {**_answered(verdict, typed), **about}
        return verdict.sentence

    def still(self) -> bytes:
        """Return all lines of the chosen derivation, rule and reason below each."""
        rows: list[tuple[str, float, float, str]] = []  # text, indent, size in points, colour
        for number, line in enumerate(self._chosen()["lines"]):
            rows.append((f"${'= ' if number else ''}{line['latex']}$", 0.0, 13.0, LIGHT.ink))
            rows += [(text, 0.03, 9.5, LIGHT.quiet) for text in _small_print(line)]
        boxes = [text_box(text, size) for text, _, size, _ in rows]  # a fraction of sums is taller than a word
        gaps = [0.16 if size > 10 else 0.06 for _, _, size, _ in rows]  # inches
        figure, axes = text_figure(sum(map(sum, boxes)) + sum(gaps) + 0.1)
        axes.set(xlim=(0, 1), ylim=(-figure.get_figheight(), 0))
        top = 0.0
        for (text, indent, size, colour), (above, below), gap in zip(rows, boxes, gaps, strict=True):
            top -= gap + above
            axes.text(indent, top, text, va="baseline", size=size, color=colour)
            top -= below
        return png(figure)

    def description(self) -> str:
        """Return the lines of the chosen derivation as they are read aloud, with rules and reasons."""
        chosen = self._chosen()
        lines = [
            f"{number}. {'; with '.join([line['spoken'], *(where['spoken'] for where in line['where'])])}\n"
            f"   {line['rule'] or 'to begin with'}: {line['reason']}"
            for number, line in enumerate(chosen["lines"], 1)
        ]
        return "\n".join([f"{chosen['title']}. {chosen['goal']}", *lines])

    def _chosen(self) -> dict[str, Any]:
        return next(d for d in self.derivations if d["key"] == self.key)


def derivation(name: str) -> DerivationSteps:
    """Reveal a derivation line by line, with the rule and the reason for each line.

    Parameters
    ----------
    name : str
        An activation, such as ``"sigmoid"``: all its derivations are offered. Or the key of one derivation,
        such as ``"sigmoid/quotient"``.

    Returns
    -------
    DerivationSteps
        The stepper; ``key`` and ``shown`` can be read, set, observed and linked.

    Raises
    ------
    UnknownName
        If there is no such derivation; the nearest names are suggested.
    """
    from course_lib.derivations import DERIVATIONS

    by_activation: dict[str, list[str]] = {key: [key] for key in DERIVATIONS}
    for key in DERIVATIONS:
        by_activation.setdefault(key.split("/")[0], []).append(key)
    keys = Registry("derivation", by_activation)[name]
    return DerivationSteps(derivations=[_described(key) for key in keys], key=keys[0])


def _small_print(line: dict[str, Any]) -> list[str]:
    """Return what stands below a formula: the rule and the reason, and what the names stand for."""
    why = ": ".join(filter(None, [line["rule"], line["reason"]]))
    names = ",  ".join(f"${where['latex']}$" for where in line["where"])
    return wrap(why, 95) + ([f"with  {names}"] if names else [])


def _answered(verdict: Verdict, typed: str) -> dict[str, Any]:
    """Return a verdict as the browser needs it: with what was typed, for the eye and for the ear."""
    from course_lib.derivations.render import mathml, spoken

    shown = {"mathml": mathml(verdict.read), "spoken": spoken(verdict.read)} if verdict.read else {}
    return {
        "kind": verdict.kind,
        "sentence": verdict.sentence,
        "right": verdict.right,
        "revealed": verdict.reveals,
        "typed": typed,
        "place": verdict.place,
        **shown,
    }


def _described(key: str) -> dict[str, Any]:
    """Return one derivation as the browser needs it: every formula for the eye and for the ear."""
    from course_lib.derivations import DERIVATIONS
    from course_lib.derivations.render import latex, mathml, spoken
    from course_lib.derivations.vocabulary import vocabulary

    chosen = DERIVATIONS[key]
    lines = [
        {
            "typed": step.expression,
            "names": [asdict(word) for word in vocabulary(chosen, number)],
            "mathml": mathml(step.expression),
            "latex": latex(step.expression),
            "spoken": spoken(step.expression),
            "rule": step.rule,
            "reason": step.reason,
            "where": [
                {
                    "mathml": _equation(letter, text),
                    "latex": f"{latex(letter)} = {latex(text)}",
                    "spoken": f"{spoken(letter)} equals {spoken(text)}",
                }
                for letter, text in step.where.items()
            ],
        }
        for number, step in enumerate(chosen.steps, 1)
    ]
    return {"key": key, "title": chosen.title, "goal": chosen.goal, "lines": lines}


def _equation(letter: str, text: str) -> str:
    """Return `letter` = `text` as one MathML element, so that a line cannot break inside it."""
    from course_lib.derivations.render import mathml

    left, right = (mathml(side).removesuffix("</math>").split(">", 1)[1] for side in (letter, text))
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{left}<mo>=</mo>{right}</math>'
