"""What `check` returns: a verdict to compute with, and a message to read."""

import sys
from dataclasses import dataclass, field
from typing import Any

from course_lib.checking.exercise import Case


@dataclass(frozen=True, repr=False)
class Result:
    """The verdict on one answer.

    Attributes
    ----------
    exercise : str
        The exercise's name.
    passed : bool
        Whether the values are right.
    points, max_points : float
        The sum of the parts that were earned, and of all; full marks means that they are equal.
    slip : str or None
        A stable identifier of what went wrong, such as ``"input_for_output"``; None where it has no name.
    message : str
        Plain text: what is right, what is wrong with one example, and what that looks like.
    cases : list of Case
        What was tried.
    seed : int
        Gives the same inputs again: ``check(f, seed=result.seed)``.
    """

    exercise: str
    passed: bool
    points: float
    max_points: float
    slip: str | None
    message: str
    cases: list[Case]
    seed: int
    hints: tuple[str, ...] = ()
    plot: str = field(default="", compare=False)
    shown_in: object = field(default=None, compare=False)

    def hint(self, stage: int = 1) -> str:
        """Return a hint; each stage says more than the one before, and none says the answer.

        Parameters
        ----------
        stage : int
            1, 2 or 3.

        Raises
        ------
        ValueError
            If there is no such stage.
        """
        if not 1 <= stage <= len(self.hints):
            raise ValueError(f"There are {len(self.hints)} hints for {self.exercise}; {stage!r} is not one of them.")
        return self.hints[stage - 1]

    def __repr__(self) -> str:
        more = f"\nA hint, if you want one: result.hint(1), of {len(self.hints)}." if self.needs_hints else ""
        return self.message + more

    @property
    def needs_hints(self) -> bool:
        """Whether something is left to find."""
        return bool(self.hints) and not (self.passed and self.points == self.max_points)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        from course_lib.checking import card

        return {"text/plain": self.message, "text/html": card.html(self)}

    def _ipython_display_(self) -> None:
        """Show the card, unless `check` showed it in this same cell already."""
        if self.shown_in is None or self.shown_in != running_cell():
            self.show()

    def show(self) -> None:
        """Show the card in a notebook; print the message elsewhere."""
        if running_cell() is None:
            print(self)
            return
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)


def running_cell() -> object:
    """Return what names the notebook cell that is running, or None outside a notebook."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    shell = get_ipython()
    in_notebook = shell is not None and getattr(shell, "kernel", None) is not None
    return ("cell", shell.execution_count) if in_notebook else None
