"""Who handed in the same: a list for the instructor to look at, and no judgement.

Answers are the same when their syntax trees are: spaces and comments make no difference. Short answers to the same
question are bound to be alike, so what counts is how rare an answer is in its class:

- learners all of whose answers are the same are always listed, the rarest first;
- of a single exercise an answer is listed only where two learners gave it, or a few, `FEW` of those who answered,
  and never where all of them did. One such answer alone is little news: it comes last, and is not `telling`.

Everything is gathered by its fingerprint, so the work grows with the class and not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course_lib.grading.results import Graded

#: The largest share of a class that makes an answer remarkable.
FEW = 0.05


@dataclass(frozen=True)
class Alike:
    """Learners who gave the same answers to the same exercises of an assignment.

    Attributes
    ----------
    assignment : str
        Which one.
    learners : tuple of str
        Their names; 'unknown' with the submission's name where there is none.
    exercises : tuple of str
        Those to which they gave the same answers.
    whole : bool
        Whether that is all that they answered.
    right : int
        How many of the answers have the right values.
    rarest : str
        The exercise whose answer is the rarest of them.
    gave, answered : int
        How many gave that one, of how many who answered that exercise.
    """

    assignment: str
    learners: tuple[str, ...]
    exercises: tuple[str, ...]
    whole: bool
    right: int
    rarest: str
    gave: int
    answered: int

    @property
    def telling(self) -> bool:
        """Whether it is more than one answer in common, which two of any class may have."""
        return len(self.exercises) > 1


@dataclass(frozen=True)
class _Answered:
    """What one learner answered in one assignment: the fingerprint of each exercise, and what is right."""

    learner: str
    fingerprints: tuple[tuple[str, str], ...]
    right: frozenset[str]


def identical(every: Iterable[Graded]) -> list[Alike]:
    """Return who handed in the same: whole submissions first, then what is remarkable of single exercises.

    Parameters
    ----------
    every : iterable of Graded
        The outcomes; of one learner's several, those for the same assignment are not compared.
    """
    by_assignment: defaultdict[str, list[_Answered]] = defaultdict(list)
    for graded in every:
        if graded.superseded or not any(a.fingerprint for a in graded.answers):
            continue
        answered = [a for a in graded.answers if a.fingerprint]
        by_assignment[graded.assignment].append(
            _Answered(
                graded.learner or f"unknown ({graded.submission})",
                tuple(sorted((a.exercise, a.fingerprint) for a in answered)),
                frozenset(a.exercise for a in answered if a.passed),
            )
        )
    found = [alike for name, class_ in sorted(by_assignment.items()) for alike in _in_class(name, class_)]
    return sorted(found, key=_remarkable)


def _in_class(assignment: str, class_: Sequence[_Answered]) -> list[Alike]:
    gave = Counter(pair for one in class_ for pair in one.fingerprints)
    answered: Counter[str] = Counter()
    for (exercise, _), count in gave.items():
        answered[exercise] += count

    def alike(group: list[_Answered], pairs: Sequence[tuple[str, str]], whole: bool) -> Alike:
        rarest = min(pairs, key=lambda pair: (gave[pair] / answered[pair[0]], pair))
        exercises = tuple(exercise for exercise, _ in pairs)
        return Alike(
            assignment,
            tuple(sorted({one.learner for one in group})),
            exercises,
            whole,
            len(group[0].right.intersection(exercises)),
            rarest[0],
            gave[rarest],
            answered[rarest[0]],
        )

    wholes, singles = defaultdict(list), defaultdict(list)
    for one in class_:
        wholes[one.fingerprints].append(one)
        for pair in one.fingerprints:
            if 2 <= gave[pair] <= max(2, FEW * answered[pair[0]]) and gave[pair] < answered[pair[0]]:
                singles[pair].append(one)
    found = [alike(group, pairs, True) for pairs, group in wholes.items() if _several(group)]

    # The same learners with several answers in common are one entry, which is more remarkable than each of them.
    shared: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    groups = {}
    for pair, group in singles.items():
        if _several(group) and len({one.fingerprints for one in group}) > 1:  # else they are listed as a whole
            names = tuple(sorted({one.learner for one in group}))
            shared[names].append(pair)
            groups[names] = group
    return found + [alike(groups[names], sorted(pairs), False) for names, pairs in shared.items()]


def _several(group: Sequence[_Answered]) -> bool:
    first = group[0].learner
    return any(one.learner != first for one in group)


def _remarkable(alike: Alike) -> tuple[bool, bool, int, float, str, tuple[str, ...], tuple[str, ...]]:
    """Return what sorts: whole ones, then those with much in common, the rarest of each first; single answers last."""
    many = 0 if alike.whole else -len(alike.exercises)
    rare = alike.gave / alike.answered
    return not alike.telling, not alike.whole, many, rare, alike.assignment, alike.learners, alike.exercises
