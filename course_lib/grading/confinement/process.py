"""The judge's end of the channel to the process that runs answers."""

import socket
from collections.abc import Iterator, Sequence
from itertools import islice

from course_lib.grading.confinement.protocol import Channel, Nonsense, RawReply, Silence, read_reply

# Bytes of questions that may be on their way, beside one that is longer: what is not read yet must find room, since
# who waits until all is read reads no reply meanwhile.
_ON_THE_WAY = 2**15


class AnswerProcess:
    """The process of an answer, or of several of one learner; it may do anything but what is forbidden to it.

    Parameters
    ----------
    connected : socket
        Where it listens, and replies.
    longest : int
        Bytes that a reply may have.

    Attributes
    ----------
    seconds : float
        How long its replies have been waited for.
    most_memory : int
        Bytes that it had at once beside what it began with, by the kernel's count; 0 where that is not known.
    """

    def __init__(self, connected: socket.socket, longest: int) -> None:
        self._channel, self._longest = Channel(connected), longest
        self.seconds = 0.0
        self.most_memory = 0

    def is_ready(self, seconds: float) -> bool:
        """Wait until it is set up, before it has seen anything of an answer."""
        try:
            read_reply(self._channel.receive(self._longest, seconds))
        except (OSError, Silence, Nonsense):
            return False
        return True

    def send(self, questions: Sequence[bytes], seconds: float) -> int:
        """Send questions, as many as may be on their way at once; return how many.

        Parameters
        ----------
        questions : sequence of bytes
            What is asked; there is at least one.
        seconds : float
            How long it may take to read them.

        Raises
        ------
        TimeoutError, Silence
            If it does not read them, or has ended.
        """
        count, total = 1, len(questions[0])
        for question in islice(questions, 1, None):
            total += len(question)
            if total > _ON_THE_WAY:
                break
            count += 1
        self._channel.send(questions[:count], seconds)
        return count

    def replies(self, seconds: float) -> Iterator[RawReply]:
        """Yield the next reply, and those that have come with it.

        Parameters
        ----------
        seconds : float
            How long to wait for the first.

        Raises
        ------
        TimeoutError, Silence, Nonsense
            If it does not come in time, the process has ended, or sends something else.
        """
        content: bytes | None = self._channel.receive(self._longest, seconds)
        while content is not None:
            yield read_reply(content)
            content = self._channel.next_that_has_come(self._longest)
