"""Answers the judge's questions about one learner's function, in the process that runs it."""

import contextlib
import math
import socket
import sys
import time
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from course_lib.checking.calling import Caller, Reply
from course_lib.checking.errors import sentence_on
from course_lib.checking.foreign_names import MISSING, foreign_names, names_used
from course_lib.checking.returned import NUMBERS
from course_lib.checking.unwritten import does_nothing
from course_lib.checking.watching import watch
from course_lib.grading.confinement.protocol import (
    Channel,
    Named,
    RawReply,
    Silence,
    read_question,
    write_question,
    write_reply,
)
from course_lib.grading.confinement.untrusted.cell import load

#: What the bits of a reply's flags mean.
NOTHING, DIFFERENCES, COMPLEX_STEP, PLAIN, MUCH_MEMORY = 1, 2, 4, 8, 16
#: Questions come from the judge, who knows what is too long.
_LONGEST = 2**28
#: KiB that answers may have taken before the next one gets a process of its own.
_MUCH = 32 * 1024
#: Seconds and bytes for which replies may be kept back, while there are more questions to reply to.
_LATE, _MANY = 0.02, 2**16


class Respondent:
    """One learner's function after the other, and what is handed to it."""

    def __init__(self) -> None:
        self._memory = _most_memory()
        self._begin()

    def _begin(self) -> None:
        self.caller = Caller(None, ())
        self.functions: dict[str, Any] = {"np": np, "math": math, "Any": Any}
        self.given: tuple[str, ...] = ()

    def reply(self, content: bytes) -> RawReply:
        """Return the reply to a question."""
        kind, asked = read_question(content)
        if kind == "load":
            self._begin()
        for source in asked.get("functions", ()):
            exec(source, self.functions)
        match kind:
            case "load":
                return self._load(asked)
            case "about":
                return RawReply(
                    flags=NOTHING * does_nothing(self.caller.function), texts=tuple(self._names_that_are_missing())
                )
            case "watch":
                return self._watched(asked)
            case _:
                return self._called(asked)

    def _load(self, asked: dict[str, Any]) -> RawReply:
        self.given = tuple(asked["given"])
        given = {name: self.functions[name] for name in self.given}
        loaded = load(asked["name"], asked["candidates"], given)
        self.caller = Caller(loaded.function, asked["arguments"], asked["returns"], asked["defaults"])
        trouble = "no_function" if loaded.sentence else ""
        return RawReply(trouble, flags=PLAIN * loaded.plain, texts=(loaded.sentence, loaded.fingerprint))

    def _names_that_are_missing(self) -> list[str]:
        """Return the names from elsewhere that are not here: most of the standard library can be imported."""
        function = self.caller.function
        missing = {name for name, value, user in names_used(function) if not _is_here(name, value, user)}
        return [name for name in foreign_names(function, self.given) if name in missing]

    def _watched(self, asked: dict[str, Any]) -> RawReply:
        seen = watch(self.caller, self._arguments(asked), asked["place"], asked["undone"])
        return RawReply(flags=DIFFERENCES * seen.differences + COMPLEX_STEP * seen.complex_step)

    def _called(self, asked: dict[str, Any]) -> RawReply:
        if asked["measured"]:
            return self._written(*self.caller.measured(*self._arguments(asked)))
        return self._written(self.caller(*self._arguments(asked)), 0)

    def _arguments(self, asked: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(map(self._argument, asked["arguments"]))

    def _argument(self, written: Any) -> Any:
        if isinstance(written, list):
            return list(map(self._argument, written))
        return self.functions[written.name] if isinstance(written, Named) else written

    def _written(self, reply: Reply, held: int) -> RawReply:
        changed = sum(1 << i for i, name in enumerate(self.caller.argument_names) if name in reply.changed)
        texts = (reply.sentence, self.caller.printed, *sorted(reply.warned))
        flags = MUCH_MEMORY * (_most_memory() - self._memory > _MUCH)
        return RawReply(reply.trouble or "", flags, changed, held, texts if any(texts) else (), reply.values or ())


def _most_memory() -> int:
    """Return how many KiB this process had at most."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def rehearse() -> None:
    """Ask an answer of our own: what Python and numpy set up at the first use is then there for every child."""
    respondent = Respondent()
    source = "def f(x):\n    return 1 / (1 + np.exp(-x)) if x.size else fail\n"
    asked: dict[str, Any] = {"name": "f", "candidates": [source], "given": [], "arguments": ("x",)}
    respondent.reply(write_question("load", **asked, returns=NUMBERS, defaults={}))
    respondent.reply(write_question("about"))
    for x in (np.linspace(-1000, 1000, 9), np.empty(0)):
        write_reply(respondent.reply(write_question("call", arguments=[x], measured=False)))
        respondent.reply(write_question("watch", arguments=[x], place=0, undone=None))


def _is_here(name: str, value: Any, user: FunctionType) -> bool:
    if name not in user.__globals__ and isinstance(value, ModuleType):  # imported when it is called
        return find_spec(name.split(".")[0]) is not None
    return value is not MISSING


def serve(connected: socket.socket) -> None:
    """Answer questions until there are no more."""
    channel, respondent = Channel(connected), Respondent()
    replies = [write_reply(RawReply())]  # that all is set up
    due = 0.0
    with contextlib.suppress(Silence):
        while True:
            if not channel.has_more() or time.monotonic() > due or sum(map(len, replies)) > _MANY:
                channel.send(replies)
                replies = []
            question = channel.receive(_LONGEST)
            due = due if replies else time.monotonic() + _LATE
            replies.append(_reply(respondent, question))


def _reply(respondent: Respondent, question: bytes) -> bytes:
    try:
        reply = respondent.reply(question)
    except BaseException as error:  # the learner's own, KeyboardInterrupt too
        reply = RawReply("raises", texts=(sentence_on(error),))
    try:
        return write_reply(reply)
    except (MemoryError, ValueError):
        return write_reply(RawReply("raises", texts=("What it returns could not be sent.",)))
