"""The judge's end of the channel to the process of one answer."""

import socket
import time

from course_lib.grading.protocol import (
    Nonsense,
    RawReply,
    Silence,
    read_reply,
    receive,
    send,
)


class AnswerProcess:
    """The process of one answer, which may do anything but what is forbidden to it.

    Parameters
    ----------
    channel : socket
        Where it listens, and replies.
    longest : int
        Bytes that a reply may have.

    Attributes
    ----------
    most_memory : int
        Bytes that it had at once beside what it began with, by the kernel's count; 0 where that is not known.
    """

    def __init__(self, channel: socket.socket, longest: int) -> None:
        self._channel, self._longest = channel, longest
        self.most_memory = 0

    def is_ready(self, seconds: float) -> bool:
        """Wait until it is set up, before it has seen anything of an answer."""
        try:
            read_reply(receive(self._channel, self._longest, seconds))
        except (OSError, Silence, Nonsense):
            return False
        return True

    def ask(self, question: bytes, seconds: float) -> RawReply:
        """Return the reply to a question.

        Parameters
        ----------
        question : bytes
            What is asked.
        seconds : float
            How long to wait for it, from now on: not to read the question takes time too.

        Raises
        ------
        TimeoutError, Silence, Nonsense
            If it does not reply in time, has ended, or sends something else.
        """
        end = time.monotonic() + seconds
        self._channel.settimeout(seconds)
        try:
            send(self._channel, question)
        except ConnectionError:
            raise Silence from None
        return read_reply(receive(self._channel, self._longest, end - time.monotonic()))
