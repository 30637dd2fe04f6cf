"""Answers the judge's questions about one learner's function, in the process that runs it."""

import math
import socket
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import Caller, Reply
from course_lib.checking.errors import sentence_on
from course_lib.checking.foreign_names import MISSING, foreign_names, names_used
from course_lib.checking.returned import Returns
from course_lib.checking.unwritten import does_nothing
from course_lib.checking.watching import watch
from course_lib.grading.protocol import (
    RawReply,
    Silence,
    read_arguments,
    read_question,
    receive,
    send,
    write_arguments,
    write_question,
    write_reply,
)
from course_lib.grading.untrusted.cell import load
from course_lib.grading.untrusted.leftovers import Before

#: What the bits of a reply's flags mean.
NOTHING, DIFFERENCES, COMPLEX_STEP, AS_BEFORE = 1, 2, 4, 8
#: Questions come from the judge, who knows what is too long.
_LONGEST = 2**28


class Respondent:
    """One learner's function after the other, and what is handed to it.

    Parameters
    ----------
    before : Before, optional
        How everything was; by default as it is now.
    """

    def __init__(self, before: Before | None = None) -> None:
        self._before = before or Before()
        self._begin()

    def _begin(self) -> None:
        self.caller = Caller(None, ())
        self.functions: dict[str, Any] = {"np": np, "math": math, "Any": Any}
        self.given: tuple[str, ...] = ()

    def reply(self, content: bytes) -> RawReply:
        """Return the reply to a question."""
        asked, arrays = read_question(content)
        if asked["kind"] == "load":
            self._begin()
        for source in asked.get("functions", ()):
            exec(source, self.functions)
        match asked["kind"]:
            case "load":
                return self._load(asked)
            case "about":
                return RawReply(
                    flags=NOTHING * does_nothing(self.caller.function), texts=tuple(self._names_that_are_missing())
                )
            case "watch":
                return self._watched(asked, arrays)
            case "after":
                return RawReply(flags=AS_BEFORE * self._before.is_still())
            case _:
                return self._called(asked, arrays)

    def _load(self, asked: dict[str, Any]) -> RawReply:
        self.given = tuple(asked["given"])
        given = {name: self.functions[name] for name in self.given}
        loaded = load(asked["name"], asked["candidates"], given)
        returns = Returns(asked["what"], tuple(asked["results"]))
        self.caller = Caller(loaded.function, tuple(asked["arguments"]), returns, asked["defaults"])
        return RawReply("no_function" if loaded.sentence else "", texts=(loaded.sentence, loaded.fingerprint))

    def _names_that_are_missing(self) -> list[str]:
        """Return the names from elsewhere that are not here: most of the standard library can be imported."""
        function = self.caller.function
        missing = {name for name, value, user in names_used(function) if not _is_here(name, value, user)}
        return [name for name in foreign_names(function, self.given) if name in missing]

    def _watched(self, asked: dict[str, Any], arrays: tuple[NDArray[Any], ...]) -> RawReply:
        arguments = read_arguments(asked["arguments"], arrays, self.functions)
        undone = None if asked["undone"] is None else arrays[asked["undone"]]
        seen = watch(self.caller, arguments, asked["place"], undone)
        return RawReply(flags=DIFFERENCES * seen.differences + COMPLEX_STEP * seen.complex_step)

    def _called(self, asked: dict[str, Any], arrays: tuple[NDArray[Any], ...]) -> RawReply:
        arguments = read_arguments(asked["arguments"], arrays, self.functions)
        held = 0
        if asked["measured"]:
            reply, held = self.caller.measured(*arguments)
        else:
            reply = self.caller(*arguments)
        return self._written(reply, held)

    def _written(self, reply: Reply, held: int) -> RawReply:
        changed = sum(1 << i for i, name in enumerate(self.caller.argument_names) if name in reply.changed)
        texts = (reply.sentence, self.caller.printed, *sorted(reply.warned))
        return RawReply(reply.trouble or "", 0, changed, held, texts, reply.values or ())


def rehearse() -> None:
    """Ask an answer of our own: what Python and numpy set up at the first use is then there for every child."""
    respondent = Respondent()
    source = "def f(x):\n    return 1 / (1 + np.exp(-x)) if x.size else fail\n"
    asked: dict[str, Any] = {"name": "f", "candidates": [source], "given": [], "arguments": ["x"]}
    respondent.reply(write_question("load", **asked, what="numbers", results=[], defaults={}))
    respondent.reply(write_question("about"))
    for x in (np.linspace(-1000, 1000, 9), np.empty(0)):
        written, arrays = write_arguments([x], str)
        write_reply(respondent.reply(write_question("call", arrays, arguments=written, measured=False)))
        respondent.reply(write_question("watch", arrays, arguments=written, place=0, undone=None))


def _is_here(name: str, value: Any, user: FunctionType) -> bool:
    if name not in user.__globals__ and isinstance(value, ModuleType):  # imported when it is called
        return find_spec(name.split(".")[0]) is not None
    return value is not MISSING


def serve(channel: socket.socket, before: Before | None = None) -> None:
    """Answer questions until there are no more."""
    respondent = Respondent(before)
    send(channel, write_reply(RawReply()))  # that all is set up
    while True:
        try:
            question = receive(channel, _LONGEST)
        except Silence:
            return
        try:
            reply = respondent.reply(question)
        except BaseException as error:  # the learner's own, KeyboardInterrupt too
            reply = RawReply("raises", texts=(sentence_on(error),))
        try:
            send(channel, write_reply(reply))
        except (MemoryError, ValueError):
            send(channel, write_reply(RawReply("raises", texts=("What it returns could not be sent.",))))
