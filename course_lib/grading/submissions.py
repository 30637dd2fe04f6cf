"""Finds what was handed in: files, folders, nbgrader's tree, or the archive of a learning-management system."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Submission:
    """One notebook that was handed in; its content is read later.

    Attributes
    ----------
    name : str
        How it is listed: its path below what was given, with '/'; unique in a run.
    learner : str
        Who handed it in; empty where that can't be told.
    assignment : str
        Such as ``"03_sigmoid"``; empty where only the notebook itself can tell.
    path : Path
        The file, or the archive that holds it.
    member : str
        The name inside the archive; empty for a file.
    submitted : float or None
        When, in seconds since 1970; None where that is not known.
    reason : str
        Why it can't be graded, in one sentence, where that is known already; else empty.
    superseded : bool
        Whether a newer submission of the same learner for the same assignment counts instead.
    """

    name: str
    learner: str
    assignment: str
    path: Path
    member: str = ""
    submitted: float | None = None
    reason: str = ""
    superseded: bool = False
