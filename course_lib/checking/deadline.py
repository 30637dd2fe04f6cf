"""Stops what does not stop by itself, and lets the learner's kernel live on."""

import contextlib
import ctypes
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

#: Seconds between a first request to stop and the next ones.
PATIENCE = 0.2


class TimeIsUp(BaseException):
    """The deadline has passed. Not an Exception, so that a learner's ``except Exception`` lets it through."""


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp in this thread when the block takes longer than `seconds`."""
    in_main = threading.current_thread() is threading.main_thread()
    with _alarm(seconds) if in_main and hasattr(signal, "setitimer") else _watcher(seconds):
        yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    rings = 0
    tracer = sys.gettrace()

    def ring(_: int, frame: FrameType | None) -> None:
        nonlocal rings
        rings += 1
        if rings > 1:
            _insist(frame)
        raise TimeIsUp

    start = time.monotonic()
    handler = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.settrace(tracer)
        signal.signal(signal.SIGALRM, handler)
        if left:  # somebody else's alarm was set: it rings when it would have
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - start), 1e-3), interval)


def _insist(frame: FrameType | None) -> None:
    """Raise TimeIsUp again at every line of the frames above: a bare ``except:`` can't swallow it there twice."""
    insistent = set()
    while frame is not None and frame.f_globals.get("__package__") != __package__:
        insistent.add(frame)
        frame = frame.f_back

    def trace(here: FrameType, event: str, _: Any) -> Any:
        if here in insistent and event == "line":
            raise TimeIsUp
        return None

    for each in insistent:
        each.f_trace = trace
    sys.settrace(trace)


class _TimeIsUpAgain(TimeIsUp):
    """Made in the thread that is interrupted, where it can see to it that it is not swallowed again."""

    def __init__(self) -> None:
        _insist(sys._getframe(1))


@contextlib.contextmanager
def _watcher(seconds: float) -> Iterator[None]:
    """Where there are no signals (Windows, other threads), a second thread interrupts this one."""
    this = ctypes.c_ulong(threading.get_ident())
    done = threading.Event()
    tracer = sys.gettrace()

    def watch() -> None:
        wait = seconds
        request: type[TimeIsUp] = TimeIsUp
        while not done.wait(wait):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(this, ctypes.py_object(request))
            wait, request = PATIENCE, _TimeIsUpAgain

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        sys.settrace(tracer)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(this, None)
