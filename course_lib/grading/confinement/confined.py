"""An answer that runs in a process of its own, as the judge sees it."""

import contextlib
import functools
import inspect
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, cast
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.answer import Gone
from course_lib.checking.calling import Reply, Trouble
from course_lib.checking.deadline import TimeIsUp
from course_lib.checking.exercise import Exercise, Probe
from course_lib.checking.watching import Seen
from course_lib.grading.confinement import nameless
from course_lib.grading.confinement.process import AnswerProcess
from course_lib.grading.confinement.protocol import Named, Nonsense, RawReply, Silence, TooLong, write_question
from course_lib.grading.confinement.untrusted.worker import COMPLEX_STEP, DIFFERENCES, MUCH_MEMORY, NOTHING, PLAIN
from course_lib.grading.limits import Limits
from course_lib.grading.reports.safe_text import without_long_numbers

_ENDED = (
    "The process in which it ran came to an end: it asked for too much memory, or did what is not allowed when "
    "homework is graded."
)
_NO_REPLY = "What came back was no reply to the question: it meddled with what carries its results."


Question = Literal["call", "watch", "about"]

# What was written for probes that are still there.
_QUESTIONS: WeakKeyDictionary[Probe, bytes] = WeakKeyDictionary()


@dataclass
class Budget:
    """How long the answers of a submission may still take.

    Attributes
    ----------
    seconds : float
        What is left.
    """

    seconds: float


class ConfinedAnswer:
    """An answer in a process of its own.

    Parameters
    ----------
    process : AnswerProcess
        Where it runs.
    exercise : Exercise
        What is asked.
    limits : Limits
        What it may take.
    budget : Budget
        What the submission may still take in all; what this answer takes is taken from it.
    """

    confined = True

    def __init__(self, process: AnswerProcess, exercise: Exercise, limits: Limits, budget: Budget) -> None:
        self._process, self._exercise, self._limits, self._budget = process, exercise, limits, budget
        self._names: dict[str, str] = {}  # of the functions that were sent: those by which it knows them
        self._lost = self._leaves_nothing = False
        self._first = b""
        self._about: RawReply | None = None
        self.seconds = self.measured_seconds = limits.call
        self.printed = ""
        self.warned: set[str] = set()
        self.fingerprint = ""

    def load(self, candidates: Sequence[str]) -> str:
        """Run the cell; return why it has no function to ask, or an empty text.

        Parameters
        ----------
        candidates : sequence of str
            The texts of cells of which one may define the function.
        """
        self.load_first(candidates)
        try:
            self.each([])
        except Gone as gone:
            if gone.slip == "no_function":
                return gone.sentence
            raise
        return ""

    def load_first(self, candidates: Sequence[str]) -> None:
        """Let the cell be run before the first question, on the way with it.

        That question raises Gone where the cell has no function to ask, with the reason.

        Parameters
        ----------
        candidates : sequence of str
            The texts of cells of which one may define the function.
        """
        exercise = self._exercise
        given = {name: _source(function) for name, function in exercise.given.items()}
        self._first = write_question(
            "load",
            name=exercise.name,
            candidates=list(candidates),
            given=list(given),
            functions=list(given.values()),
            arguments=exercise.arguments,
            returns=exercise.returns,
            defaults=dict(exercise.defaults),
        )

    def __call__(self, *arguments: Any) -> Reply:
        """Return what it makes of `arguments`."""
        return self.each([Probe("values", "", arguments)])[0]

    def each(self, probes: Sequence[Probe]) -> list[Reply]:
        """Return what it makes of the arguments of each; all are sent before the first reply is awaited."""
        return list(map(self._read, self._ask_each(list(map(self._question, probes)))))

    def measured(self, *arguments: Any) -> tuple[Reply, int]:
        """Return the reply, and how many bytes the call held at once, as it says itself."""
        written, sources = self._written(arguments)
        raw = self._ask("call", arguments=written, measured=True, functions=sources)
        return self._read(raw), raw.held

    def watched(self, arguments: tuple[Any, ...], place: int, undone: NDArray[np.float64] | None) -> Seen:
        """Return how it works on the array at `place`, as its process tells."""
        written, sources = self._written(arguments)
        reply = self._ask("watch", arguments=written, place=place, undone=undone, functions=sources)
        return Seen(told=bool(reply.flags & DIFFERENCES), complex_step=bool(reply.flags & COMPLEX_STEP))

    def does_nothing(self) -> bool:
        """Return whether it has no statements."""
        return bool(self._told_about().flags & NOTHING)

    def lets_the_course_answer(self, _: Exercise) -> bool:
        """Return False: the course's answers are not there."""
        return False

    def foreign_names(self, _: Container[str]) -> list[str]:
        """Return the names that it uses and that are not there."""
        names = (name for name in self._told_about().texts[:10] if len(name) <= 60)
        return [name for name in names if name.replace(".", "").isidentifier()]

    def may_be_followed(self) -> bool:
        """Return whether another answer may be asked in the same process.

        It may if this one left nothing that changes it, and used up nothing that the kernel counts for both.
        """
        return not self._lost and self._leaves_nothing and self._process.seconds < self._limits.call

    def in_time(self) -> AbstractContextManager[None]:
        """Do nothing: each question has its own deadline."""
        return contextlib.nullcontext()

    def _told_about(self) -> RawReply:
        if self._about is None:
            self._about = self._ask("about")
        return self._about

    def _question(self, probe: Probe) -> bytes:
        """Return the bytes of a question; those that everybody is asked are written once."""
        if kept := _QUESTIONS.get(probe):
            return kept
        written, sources = self._written(probe.arguments)
        question = write_question("call", arguments=written, measured=False, functions=sources)
        if not self._names:  # no functions among the arguments: of these each answer knows its own names
            _QUESTIONS[probe] = question
        return question

    def _read(self, raw: RawReply) -> Reply:
        sentence, warned = "", frozenset[str]()
        if raw.texts:
            sentence, printed, *others = (*raw.texts, "")[: max(2, len(raw.texts))]
            warned = frozenset(others)
            self.printed = self.printed or printed
            self.warned |= warned
        if raw.flags & MUCH_MEMORY:
            self._leaves_nothing = False
        if raw.trouble:
            return Reply(None, cast(Trouble, raw.trouble), sentence or "It fails without a word.")
        if len(raw.values) != (len(self._exercise.returns.names) or 1):
            raise Gone("no_reply", _NO_REPLY)
        changed = tuple(name for i, name in enumerate(self._exercise.arguments) if raw.changed >> i & 1)
        return Reply(raw.values, changed=changed, warned=warned)

    def _written(self, arguments: tuple[Any, ...]) -> tuple[list[Any], list[str]]:
        """Return arguments as they are sent, and the sources of those functions that were not sent before."""
        sources: list[str] = []

        def written(argument: Any) -> Any:
            if isinstance(argument, list):
                return list(map(written, argument))
            if not callable(argument):
                return argument
            for name in nameless.needed(argument.__name__):
                if name not in self._names:
                    self._names[name] = f"f{len(self._names)}"
                    sources.append(nameless.source(name, self._names))
            return Named(self._names[argument.__name__])

        return list(map(written, arguments)), sources

    def _ask(self, kind: Question, **fields: Any) -> RawReply:
        (reply,) = self._ask_each([write_question(kind, **fields)])
        return reply

    def _ask_each(self, questions: Sequence[bytes]) -> list[RawReply]:
        """Return the replies to questions; several are on their way at once, but each has its own time.

        Before any is looked at all have come: none may stay on its way.
        """
        if not self._first:
            return list(self._replies(questions))
        first, self._first = self._first, b""
        come = self._replies([first, *questions])
        try:
            loaded = next(come)
        except TimeIsUp:
            stopped = f"Its cell was stopped after {self.seconds:g} seconds: is there a loop that never ends?"
            raise Gone("endless", stopped) from None
        replies = list(come)
        sentence, fingerprint = (*loaded.texts, "", "")[:2]
        self._leaves_nothing = bool(loaded.flags & PLAIN)
        self.fingerprint = fingerprint if fingerprint.isalnum() and fingerprint.isascii() else ""
        if loaded.trouble and sentence:
            raise Gone("no_function", sentence)
        return replies

    def _replies(self, questions: Sequence[bytes]) -> Iterator[RawReply]:
        sent = received = 0
        while received < len(questions):
            with self._on_time() as end:  # not to read the questions takes time too
                if received == sent:
                    sent += self._process.send(questions[sent:], end - time.monotonic())
                # What nobody asked for is left where it is, and is taken for the reply to the next question.
                come = list(map(_plain, islice(self._process.replies(end - time.monotonic()), sent - received)))
            received += len(come)
            yield from come

    @contextlib.contextmanager
    def _on_time(self) -> Iterator[float]:
        """Give the time by which a reply must have come; until then nothing more can be asked here."""
        if self._lost:
            raise Gone("ended", _ENDED)
        if self._budget.seconds <= 0:
            self.seconds = self._limits.submission
            raise TimeIsUp
        start = time.monotonic()
        self._lost = True
        try:
            yield start + min(self._limits.call, self._budget.seconds)
        except TimeoutError:
            if self._budget.seconds < self._limits.call:
                self.seconds = self._limits.submission
            raise TimeIsUp from None
        except Silence:
            raise Gone("ended", _ENDED) from None
        except TooLong:
            most = f"{self._limits.reply / 2**20:g} MiB"
            raise Gone("reply_too_long", f"What it returned is longer than {most}, which no answer needs.") from None
        except Nonsense:
            raise Gone("no_reply", _NO_REPLY) from None
        finally:
            taken = time.monotonic() - start  # with what its texts cost us
            self._budget.seconds -= taken
            self._process.seconds += taken
        self._lost = False


# To find it, Python goes through every module that is loaded.
_source = functools.cache(inspect.getsource)


def _plain(reply: RawReply) -> RawReply:
    """Return the reply with texts that can be shown."""
    if not any(reply.texts):
        return reply
    return reply._replace(texts=tuple(map(without_long_numbers, reply.texts)))
