"""How the class did in each exercise: shares, what was not attempted, and the slips that many made."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from course_lib.grading.results import Graded, GradedAnswer
from course_lib.grading.slip_words import in_words

_COMMONEST = 3
#: Messages of a slip that are kept to find the sentence that most learners read; the rest says the same.
_MESSAGES_KEPT = 200


@dataclass(frozen=True)
class CommonSlip:
    """A slip, how many made it, and what it is in words."""

    words: str
    count: int


@dataclass
class ClassExercise:
    """An exercise, and what the class made of it.

    Attributes
    ----------
    assignment, exercise : str
        Which one.
    answers, full, not_attempted, unnamed : int
        How many were graded, earned all the points, were left as they were, and are wrong in a way without a name.
    """

    assignment: str
    exercise: str
    answers: int = 0
    full: int = 0
    not_attempted: int = 0
    unnamed: int = 0
    _share: float = 0.0
    _shared: int = 0
    _slips: Counter[str] = field(default_factory=Counter)
    _messages: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, answer: GradedAnswer) -> None:
        """Count one answer."""
        self.answers += 1
        if answer.max_points > 0:
            self._shared += 1
            self._share += answer.points / answer.max_points
        if answer.passed and answer.points >= answer.max_points:
            self.full += 1
        elif answer.slip == "not_attempted":
            self.not_attempted += 1
        elif answer.slip is None:
            self.unnamed += 1
        else:
            self._slips[answer.slip] += 1
            messages = self._messages[answer.slip]
            if answer.message in messages or len(messages) < _MESSAGES_KEPT:
                messages[answer.message] += 1

    @property
    def mean_share(self) -> float | None:
        """The mean of the share of points; None where there were none to earn."""
        return self._share / self._shared if self._shared else None

    @property
    def commonest_slips(self) -> list[CommonSlip]:
        """The slips that most made."""
        first = sorted(self._slips.items(), key=lambda item: (-item[1], item[0]))[:_COMMONEST]
        return [CommonSlip(in_words(self.exercise, slip, self._messages[slip]), count) for slip, count in first]

    @property
    def other_slips(self) -> int:
        """How many made one of those that are not listed."""
        return sum(self._slips.values()) - sum(slip.count for slip in self.commonest_slips)


def class_exercises(graded: Iterable[Graded]) -> list[ClassExercise]:
    """Return the exercises by assignment, in the order in which they stand in it."""
    found: dict[tuple[str, str], ClassExercise] = {}
    for one in graded:
        for answer in one.answers:
            key = one.assignment, answer.exercise
            found.setdefault(key, ClassExercise(*key)).add(answer)
    return sorted(found.values(), key=lambda exercise: exercise.assignment)  # stable: the order within stays


def hardest(exercises: Iterable[ClassExercise]) -> ClassExercise | None:
    """Return the exercise with the lowest mean share; None where there is one only, or all earned everything."""
    judged = [exercise for exercise in exercises if exercise.mean_share is not None]
    lowest = min(judged, key=lambda exercise: exercise.mean_share or 0.0, default=None)
    if lowest is None or len(judged) < 2 or (lowest.mean_share or 0.0) >= 1 - 1e-12:
        return None
    return lowest
