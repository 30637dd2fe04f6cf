"""Grading on a Dask cluster: ``course grade --scheduler tcp://...``."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from typing import Any

from course_lib.activations.registry import CourseError
from course_lib.grading.executors import WorkersLost
from course_lib.grading.intake.submissions import Submission
from course_lib.grading.results import Graded
from course_lib.grading.settings import Settings

#: Seconds to wait for a first worker, and for a result that is ready; for the scheduler, Dask's own configuration has
#: the number.
PATIENCE = 30.0
#: Pieces of work on the way for each thread of a worker: one is done while the next one is on the wire.
_AHEAD = 2
#: Seconds after which the workers are counted again: they may come and go.
_RECOUNT = 2.0


class ClusterWorkers:
    """The workers of a Dask cluster. A piece of work whose worker is lost goes to another one by itself.

    Parameters
    ----------
    address : str
        The scheduler's, such as ``tcp://10.0.0.1:8786``.

    Raises
    ------
    CourseError
        If Dask is not installed, the scheduler does not answer, or no worker is there.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.comm import get_address_host_port
            from distributed.scheduler import KilledWorker
        except ImportError:
            raise CourseError(
                "--scheduler needs Dask; install it with: pip install 'activation-derivatives[cluster]'"
            ) from None
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said in a sentence
        self.died: tuple[type[BaseException], ...] = (KilledWorker,)
        try:
            get_address_host_port(address)
        except ValueError as error:
            raise CourseError(f"--scheduler takes an address such as tcp://10.0.0.1:8786: {error}.") from None
        try:
            self._client = Client(address, set_as_default=False)
        except OSError:
            raise CourseError(
                f"No Dask scheduler answers at {address}; start one with 'dask scheduler', and give the address that "
                "it prints with --scheduler."
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            self.close(at_once=True)
            raise CourseError(
                f"The scheduler at {address} has no workers; start some with: dask worker {address} --nthreads 1"
            ) from None
        self._counted, self._threads = 0.0, 1

    def slots(self) -> int:
        """Return some for each thread of each worker that is there now."""
        if time.monotonic() - self._counted > _RECOUNT:
            with _lost():
                self._threads = max(1, sum(self._client.nthreads().values()))
            self._counted = time.monotonic()
        return _AHEAD * self._threads

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have `function` called by one of the workers."""
        # Not the client's own executor: its futures never end where a worker dies that had a result ready.
        handed: Future[Any] = Future()
        with _lost():
            self._client.submit(function, *arguments, pure=False).add_done_callback(
                lambda done: _hand_over(done, handed)
            )
        return handed

    def close(self, *, at_once: bool) -> None:
        """Leave the cluster, which goes on without us; what it was doing for us is cancelled."""
        self._client.close(timeout=1 if at_once else PATIENCE)


def _hand_over(done: Any, handed: Future[Any]) -> None:
    """Give what Dask's future says to one that does not need Dask."""
    try:
        # Where the client is closed just now nobody may be left to fetch it; who waited for ever would never exit.
        handed.set_result(done.result(timeout=PATIENCE))
    except (CancelledError, asyncio.CancelledError):
        handed.cancel()
        handed.set_running_or_notify_cancel()  # else nobody who waits for it wakes up
    except BaseException as error:
        handed.set_exception(error)


@contextlib.contextmanager
def _lost() -> Iterator[None]:
    """Tell in a sentence what a client raises that has no connection any more."""
    try:
        yield
    except (RuntimeError, OSError):
        raise WorkersLost from None


_PROVEN: set[tuple[str, str]] = set()
_PROVING = threading.Lock()


def grade_on_worker(
    grade: Callable[[Sequence[tuple[Submission, bytes]], Settings], list[Graded]],
    rules: str,
    batch: Sequence[tuple[Submission, bytes]],
    settings: Settings,
) -> list[Graded]:
    """Grade a batch on a worker, which first proves that it confines answers and has the same rules.

    Parameters
    ----------
    grade : callable
        What grades, such as `grade_batch`.
    rules : str
        The digest of the rules where the run was started.
    batch, settings
        What `grade` is given.

    Raises
    ------
    CourseError
        If this worker must not grade.
    """
    with _PROVING:  # a worker may have several threads
        if (settings.mode, rules) not in _PROVEN:
            _prove(settings, rules)
            _PROVEN.add((settings.mode, rules))
    return grade(batch, settings)


def _prove(settings: Settings, rules: str) -> None:
    import socket

    from course_lib.grading.confinement.self_test import self_test
    from course_lib.grading.rules import Rules

    points: Mapping[str, Mapping[str, float]] = settings.points
    if Rules(points).digest != rules:
        raise CourseError(
            f"The worker on {socket.gethostname()} has another version of the course; install the same one there."
        )
    if found := self_test(settings.mode, settings.limits):
        raise CourseError(f"The worker on {socket.gethostname()} can't confine what it grades: {'; '.join(found)}.")
