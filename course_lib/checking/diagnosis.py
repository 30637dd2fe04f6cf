"""Which slip was made? Named only when exactly one explanation fits: a wrong name is worse than none."""

from collections.abc import Sequence

from course_lib.checking.answer import Answer
from course_lib.checking.approximations import approximation
from course_lib.checking.exercise import Exercise
from course_lib.checking.general_slips import general_slip, transposed
from course_lib.checking.known_slips import Diagnosis, known_slips
from course_lib.checking.trial import Trial


def diagnose(exercise: Exercise, caller: Answer, trials: Sequence[Trial]) -> Diagnosis | None:
    """Name the slip in an answer whose values are wrong.

    Parameters
    ----------
    exercise : Exercise
        With its known slips.
    caller : Answer
        The answer, which may be called once more to see how it works.
    trials : sequence of Trial
        Those that judge the values, with numbers in the right shapes.
    """
    known = known_slips(exercise, trials)
    if known:
        return known[0] if len(known) == 1 else None
    return approximation(exercise, caller, trials) or general_slip(exercise, caller, trials)


def diagnose_misfit(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    """Name the slip in an answer that brought wrong shapes, or that failed for some of the trials."""
    known = known_slips(exercise, trials)
    return known[0] if len(known) == 1 else transposed(trials)
