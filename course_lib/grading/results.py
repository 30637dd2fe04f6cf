"""What grading finds out: plain data, one record a submission, which can be written as a line of JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["graded", "could not be graded"]
GRADED: Status = "graded"
NOT_GRADED: Status = "could not be graded"


@dataclass(frozen=True)
class GradedAnswer:
    """The verdict on one exercise of a submission.

    Attributes
    ----------
    exercise : str
        Its name.
    points, max_points : float
        What was earned, and what could be.
    passed : bool
        Whether the values are right.
    slip : str or None
        The same stable identifier as in the result of `check`; ``"not_attempted"`` for an untouched answer.
    message : str
        The same plain text that `check` gives, a sentence a line; parts of it may come from the submission.
    fingerprint : str
        The same for answers that are the same by their syntax tree; empty where there is no answer, or a trivial one.
    """

    exercise: str
    points: float
    max_points: float
    passed: bool
    slip: str | None
    message: str
    fingerprint: str = ""


@dataclass(frozen=True)
class Graded:
    """The outcome for one submission.

    Attributes
    ----------
    submission : str
        Its name, which is unique in a run.
    learner, assignment : str
        Who handed it in, and for what; empty where that can't be told.
    status : str
        ``"graded"`` or ``"could not be graded"``.
    notes : tuple of str
        The reason why it could not be graded, or what else an instructor should know; a sentence each.
    answers : tuple of GradedAnswer
        One for each exercise of the assignment, in its order; empty where it could not be graded.
    superseded : bool
        Whether a newer submission of the same learner counts instead; such a one is listed, and not graded.
    """

    submission: str
    learner: str
    assignment: str
    status: Status
    notes: tuple[str, ...] = ()
    answers: tuple[GradedAnswer, ...] = ()
    superseded: bool = False

    @property
    def points(self) -> float:
        """The sum over the answers."""
        return sum(answer.points for answer in self.answers)

    @property
    def max_points(self) -> float:
        """What could be earned."""
        return sum(answer.max_points for answer in self.answers)

    def as_data(self) -> dict[str, Any]:
        """Return numbers, strings, lists and dictionaries only."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Graded":
        """Make it again from what `as_data` returned, or from the JSON that was made of that."""
        answers = tuple(GradedAnswer(**answer) for answer in data["answers"])
        return cls(**{**data, "notes": tuple(data["notes"]), "answers": answers})


def not_graded(submission: str, learner: str, assignment: str, reason: str) -> Graded:
    """Return the outcome for a submission that could not be graded, with the reason in one sentence."""
    return Graded(submission, learner, assignment, NOT_GRADED, (reason,))
