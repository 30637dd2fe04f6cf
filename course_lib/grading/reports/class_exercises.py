"""How the class did in each exercise: shares, what was not attempted, and the slips that many made."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from course_lib.grading.reports.slip_words import in_words
from course_lib.grading.results import Graded, GradedAnswer

_COMMONEST = 3
_UNNAMED = "wrong in a way that has no name"
#: Messages of a slip that are kept to find the sentence that most learners read; the rest says the same.
_MESSAGES_KEPT = 200


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
    def slips(self) -> list[tuple[str, int]]:
        """What went wrong that has a name, in words, and for how many; the commonest first."""
        in_order = sorted(self._slips.items(), key=lambda item: (-item[1], item[0]))
        return [(in_words(self.exercise, slip, self._messages[slip]), count) for slip, count in in_order]

    @property
    def told(self) -> list[tuple[str, int]]:
        """What went wrong, in words, and for how many: the commonest slips, the other ones, and what has no name."""
        others = sum(count for _, count in self.slips[_COMMONEST:])
        found = [*self.slips[:_COMMONEST], ("other slips with a name", others), (_UNNAMED, self.unnamed)]
        return [(words, count) for words, count in found if count]


@dataclass(frozen=True)
class ClassSlip:
    """A slip that is told in the same words wherever it is made.

    Attributes
    ----------
    words : str
        Those words.
    answers : int
        How many made it.
    exercises : tuple of str
        In which exercises, the commonest first.
    """

    words: str
    answers: int
    exercises: tuple[str, ...]


def class_exercises(graded: Iterable[Graded]) -> list[ClassExercise]:
    """Return the exercises by assignment, in the order in which they stand in it."""
    found: dict[tuple[str, str], ClassExercise] = {}
    for one in graded:
        for answer in one.answers:
            key = one.assignment, answer.exercise
            found.setdefault(key, ClassExercise(*key)).add(answer)
    return sorted(found.values(), key=lambda exercise: exercise.assignment)  # stable: the order within stays


def hardest(exercises: Iterable[ClassExercise]) -> list[ClassExercise]:
    """Return the exercise with the lowest mean share, or those that share it; none where all are equally hard."""
    shares = [(exercise.mean_share, exercise) for exercise in exercises if exercise.mean_share is not None]
    lowest = min((share for share, _ in shares), default=0.0)
    found = [exercise for share, exercise in shares if share <= lowest + 1e-12]
    return found if len(found) < len(shares) else []


def commonest(exercises: Iterable[ClassExercise]) -> list[ClassSlip]:
    """Return the slips of the whole class, the commonest first."""
    where: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for exercise in exercises:
        for words, count in exercise.slips:
            where[words][exercise.exercise] += count
    found = (
        ClassSlip(words, counts.total(), tuple(sorted(counts, key=lambda name: (-counts[name], name))))
        for words, counts in where.items()
    )
    return sorted(found, key=lambda slip: (-slip.answers, slip.words))
