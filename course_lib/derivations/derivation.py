"""What a derivation is: lines, each with the rule that made it and the reason for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Names = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One line of a derivation.

    Attributes
    ----------
    expression : str
        The line, in the course's formula language. Both the page and the proof are made from it.
    rule : str
        The rule that makes this line of the one before: a name in ``RULES``; empty for the first line.
    reason : str
        One sentence for the reader.
    where : mapping
        Names that the reader sees: ``{"u": "1 + exp(-x)"}``. They fill the rule's letters too.
    match : mapping, or tuple of mappings
        The rule's other letters, which are plain from the line; several where the rule is used several times.
    """

    expression: str
    rule: str = ""
    reason: str = ""
    where: Names = field(default_factory=dict)
    match: Names | tuple[Names, ...] = field(default_factory=dict)

    def data(self) -> list[dict[str, str]]:
        """Return what the rule's letters stand for, one mapping for each use of the rule."""
        uses = self.match if isinstance(self.match, tuple) else (self.match,)
        return [{**self.where, **use} for use in uses]


@dataclass(frozen=True)
class Derivation:
    """A proof as data: the first line is the derivative that is wanted, the last the result.

    Attributes
    ----------
    title, goal : str
        What the reader sees above it.
    steps : tuple of Step
        The lines.
    definitions : mapping
        Named functions: ``{"sigma": ("t", "1/(1 + exp(-t))")}``.
    variables : tuple of str
        The variable first, then symbols that are constant.
    """

    title: str
    goal: str
    steps: tuple[Step, ...]
    definitions: Mapping[str, tuple[str, str]]
    variables: tuple[str, ...] = ("x",)

    @property
    def first(self) -> str:
        """The derivative that is wanted."""
        return self.steps[0].expression

    @property
    def result(self) -> str:
        """The last line."""
        return self.steps[-1].expression

    def pairs(self) -> Iterator[tuple[Step, Step, dict[str, str]]]:
        """Yield neighbouring lines, with the local names (such as u) that hold for both of them."""
        for i, (before, after) in enumerate(zip(self.steps, self.steps[1:], strict=False)):
            yield before, after, self.local_names(i + 1)

    def local_names(self, line: int) -> dict[str, str]:
        """Return the local names introduced up to this line (0 is the first)."""
        names: dict[str, str] = {}
        for step in self.steps[: line + 1]:
            for name, meaning in step.where.items():
                names.setdefault(name, meaning)  # the first meaning holds; a proof refuses another one
        return names
