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
    """A proof as data: the first line is what is wanted, mostly a derivative, the last the result.

    Attributes
    ----------
    title, goal : str
        What the reader sees above it.
    steps : tuple of Step
        The lines.
    definitions : mapping
        Named functions: ``{"sigma": ("t", "1/(1 + exp(-t))")}``; entries of a vector or a matrix likewise:
        ``{"S": ("i", "exp(z[i])/sum(j, exp(z[j]))"), "W": ("i, j", "sum(k, W1[i, k]*W2[k, j])")}``.
    variables : tuple of str
        The variable first, then symbols that are constant. Vectors and indices are not listed: they are what
        stands before and in square brackets.
    assumption : str
        Where it holds, such as ``"0 < x < 6"`` or ``"i != k"``, read by ``Assumption``; empty where everywhere.
    terms : mapping
        The number of terms of the sums over an index where it is not n: ``{"k": "m"}``.
    names : mapping
        What a learner may write for pieces of it: ``{"s": "sigma(x)"}``; those of the lesson.
    shares : tuple of str
        Symbols that are meant to lie between 0 and 1, such as a label. The lines are true of any number; what a
        learner is told first is about such a one.
    equals : str
        The library's function that computes the last line: ``"softmax_jacobian(z)[i, k]"``; empty if none does.
    """

    title: str
    goal: str
    steps: tuple[Step, ...]
    definitions: Mapping[str, tuple[str, str]]
    variables: tuple[str, ...] = ("x",)
    assumption: str = ""
    terms: Names = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    shares: tuple[str, ...] = ()
    equals: str = ""

    @property
    def first(self) -> str:
        """What is wanted."""
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
