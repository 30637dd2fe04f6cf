"""Says on one line how far a run of grading is, how fast it goes and how long it will take."""

import shutil
import time
from collections.abc import Callable
from typing import TextIO

#: Seconds between two states of the line: on a terminal, where it is drawn over, and elsewhere, where lines add up.
_ON_TERMINAL, _ELSEWHERE = 0.1, 15.0


class Progress:
    """The line of progress.

    Parameters
    ----------
    total : int
        How many submissions there are.
    stream : file
        Where to write, usually standard error.
    clock : callable
        Tells the time in seconds.
    """

    def __init__(self, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._stream, self._clock = total, stream, clock
        self._terminal = stream.isatty()
        self._done = self._fresh = 0
        self._begun = self._shown = clock()
        self._width = 0

    def advance(self, *, fresh: bool) -> None:
        """Count one more submission; `fresh` if it took work, and was not kept from an earlier run."""
        self._done += 1
        self._fresh += fresh
        now = self._clock()
        if now - self._shown >= (_ON_TERMINAL if self._terminal else _ELSEWHERE):
            self._shown = now
            self._show()

    def end(self) -> None:
        """Clear the line, or leave the last one where nothing can be cleared."""
        if self._terminal and self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._stream.flush()
            self._width = 0

    def __str__(self) -> str:
        """Return the line."""
        percent = 100 * self._done // self._total if self._total else 100
        line = f"{self._done:,} of {self._total:,} ({percent} %)"
        elapsed = self._clock() - self._begun
        if self._fresh and elapsed > 0:
            rate = self._fresh / elapsed
            line += f", {rate:.3g} a second, {_duration((self._total - self._done) / rate)} left"
        return line

    def _show(self) -> None:
        line = str(self)
        if self._terminal:
            line = line[: shutil.get_terminal_size().columns - 1]
            self._stream.write(f"\r{line.ljust(self._width)}")
            self._width = len(line)
        else:
            self._stream.write(f"{line}\n")
        self._stream.flush()


def _duration(seconds: float) -> str:
    """Return a rounded duration, such as '2 h 5 min' or '12 s'."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
