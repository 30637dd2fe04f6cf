"""What a run of grading was asked for, as plain data that can be sent to another machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from course_lib.grading.limits import Limits

#: ``warm``: a confined process forks a confined child for each learner; ``strict``: a fresh sandbox for each
#: submission; ``trusted``: no sandbox at all, which only the instructor can ask for.
Mode = Literal["warm", "strict", "trusted"]


@dataclass(frozen=True)
class Settings:
    """How submissions are graded.

    Attributes
    ----------
    seed : int
        The inputs of every probe follow from it and from the submission's content.
    mode : str
        How answers are confined.
    limits : Limits
        What an answer may take.
    points : mapping
        The instructor's own points: ``{"sigmoid_derivative": {"values": 6.0}}``.
    """

    seed: int
    mode: Mode = "warm"
    limits: Limits = field(default_factory=Limits)
    points: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
