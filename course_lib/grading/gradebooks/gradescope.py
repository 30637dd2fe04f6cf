"""The scores as Gradescope wants them: what one learner uploaded, a test for each exercise.

Gradescope shows these texts as text, so they need no escaping; what can't be seen in them is made visible.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from course_lib.grading.reports.page import TRUSTED
from course_lib.grading.reports.safe_text import visible
from course_lib.grading.results import GRADED, Graded, GradedAnswer


def gradescope_results(every: Sequence[Graded], *, trusted_learners: bool = False) -> dict[str, Any]:
    """Return the content of ``results.json`` for one upload.

    An assignment counts once: of several notebooks for the same one, the best. What could not be graded is said, and
    if that is everything, the score is 0.

    Parameters
    ----------
    every : sequence of Graded
        What was graded of the upload.
    trusted_learners : bool
        Whether the answers ran without a sandbox, which every report says.

    Returns
    -------
    dict
        As Gradescope's documentation of the output of an autograder describes it.
    """
    best: dict[str, Graded] = {}
    notes = [TRUSTED] if trusted_learners else []
    for graded in every:
        if graded.superseded:
            notes.append(f"{graded.submission} was left out: there is a newer one.")
        elif graded.status != GRADED:
            notes.append(f"{graded.submission} could not be graded. {' '.join(graded.notes)}")
        else:
            other = best.get(graded.assignment)
            if other is None or graded.points > other.points:
                best[graded.assignment] = graded
            if other is not None:
                left_out = other if best[graded.assignment] is graded else graded
                notes.append(f"{left_out.submission} was left out: another notebook for {graded.assignment} counts.")
    notes += [note for graded in best.values() for note in graded.notes]
    if not every:
        notes.append("No notebook was found in what you uploaded.")
    several = len(best) > 1
    return {
        "score": sum(graded.points for graded in best.values()),
        "output": "\n".join(map(visible, notes)) or "Graded.",
        "output_format": "text",
        "visibility": "visible",
        "tests": [test for graded in best.values() for test in _tests(graded, several)],
    }


def _tests(graded: Graded, several: bool) -> Iterator[dict[str, Any]]:
    for answer in graded.answers:
        yield {
            "name": f"{graded.assignment}: {answer.exercise}" if several else answer.exercise,
            "score": answer.points,
            "max_score": answer.max_points,
            "status": "passed" if _complete(answer) else "failed",
            "output": "\n".join(map(visible, answer.message.splitlines())),
            "output_format": "text",
            "visibility": "visible",
        }


def _complete(answer: GradedAnswer) -> bool:
    return answer.passed and answer.points >= answer.max_points
