"""Asks a function in the sandbox, as the judge does."""

from course_lib.checking import EXERCISES
from course_lib.grading.confinement.confined import Budget, ConfinedAnswer
from course_lib.grading.confinement.sandbox import Sandbox
from course_lib.grading.limits import Limits

#: For what must be stopped: soon enough for a test, late enough for a busy machine.
SHORT = Limits(call=1.0)


def asked(place: Sandbox, body: str, limits: Limits = SHORT) -> object:
    """Return what a function with this body gives for 1.0: its number, or the sentence on why there is none."""
    source = "def sigmoid(x):\n" + "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    with place.process() as process:
        answer = ConfinedAnswer(process, EXERCISES["sigmoid"], limits, Budget(limits.submission))
        missing = answer.load([source])
        if missing:
            return missing
        reply = answer(1.0)
        return reply.sentence if reply.value is None else float(reply.value)
