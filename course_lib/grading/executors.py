"""Where submissions are graded: in processes of this machine, or on a Dask cluster. Both look the same to a run."""

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing import connection
from typing import Any, Protocol

from course_lib.activations.registry import CourseError


class WorkersLost(CourseError):
    """Nobody is there any more to do the work."""

    def __init__(self) -> None:
        super().__init__(
            "The connection to the cluster was lost; see to it, and give the same command again: it goes on from here."
        )


class Workers(Protocol):
    """Those who do the work."""

    @property
    def died(self) -> tuple[type[BaseException], ...]:
        """What a Future raises when the process that did its work has died of it."""
        ...

    def slots(self) -> int:
        """Return how many pieces of work are worth having on the way at once."""
        ...

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have `function` called. It, the arguments and the result can be pickled.

        Raises
        ------
        CourseError
            If nobody is there to do it. Where that shows later, the Future is cancelled.
        """
        ...

    def close(self, *, at_once: bool) -> None:
        """End the workers; `at_once` if they are not to finish what they are doing."""
        ...


def usable_cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalWorkers:
    """Processes of this machine.

    Each is a pool of its own with one process, so that it is known which work a process died of, and one that dies
    does not take the work of the others along. They end when the process that made them does, however that ends.

    Parameters
    ----------
    jobs : int
        How many processes.
    """

    died: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._processes: list[_Process] = []  # started when there is work for them

    def slots(self) -> int:
        """Return one for each process."""
        return self._jobs

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have `function` called in a process that has nothing to do.

        Raises
        ------
        CourseError
            If processes can't be started here.
        """
        process = next((process for process in self._processes if process.is_idle()), None)
        if process is None:
            with _deaf_to_interrupts():
                process = _Process()
                self._processes.append(process)
        try:
            return process.submit(function, *arguments)
        except BrokenExecutor:
            process.end(at_once=True)
            self._processes.remove(process)
            if process.never_started():
                raise CourseError(
                    "The processes that grade die as soon as they are started; is there enough memory? "
                    "Close other programs, or give a smaller number with --jobs."
                ) from None
        return self.submit(function, *arguments)  # to a new one in its place

    def close(self, *, at_once: bool) -> None:
        """End the processes."""
        for process in self._processes:
            process.end(at_once=at_once)


class _Process:
    """A pool with one process."""

    def __init__(self) -> None:
        before = set(multiprocessing.active_children())
        self._pool = ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_the_parent
        )
        self._started: Future[int] = self._pool.submit(os.getpid)
        self._work: Future[Any] | None = None
        self._children = set(multiprocessing.active_children()) - before

    def is_idle(self) -> bool:
        return self._work is None or self._work.done()

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        self._work = self._pool.submit(function, *arguments)
        return self._work

    def never_started(self) -> bool:
        """Return whether a process that is broken was so from the start; that is known a moment later."""
        return self._started.exception(timeout=10) is not None

    def end(self, *, at_once: bool) -> None:
        if at_once:
            for child in self._children:
                child.kill()
        self._pool.shutdown(cancel_futures=True)


def _end_with_the_parent() -> None:
    """Let this process end when the one that started it does, even if that was killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that don't hear Ctrl-C, which a terminal sends to all: the one that started them sees to it."""
    if os.name == "nt":
        yield
        return
    import signal
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # when it is started, it lets signals through again
    heard: list[int] = []
    # Blocked for those who are started, who inherit that. But a thread of numpy's may still hear it, and then this one
    # would stop with a process half started: so it is only noted, and raised again when all is well.
    earlier = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, earlier)
        if heard:
            signal.raise_signal(signal.SIGINT)
