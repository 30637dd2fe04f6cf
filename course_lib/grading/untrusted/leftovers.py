"""Whether an answer left behind what could change the next one's results, in the process that they share.

What is asked here is asked of the answers' own process, which can lie. It would only harm its own submission.
"""

import builtins
import gc
import math
import signal
import sys
import tracemalloc
from typing import Any

import numpy as np

#: KiB that answers may have taken before the next one gets a process of its own.
_MUCH = 32 * 1024


class Before:
    """How everything was before an answer came."""

    def __init__(self) -> None:
        modules = (builtins, math, np, np.linalg, np.random, sys)
        ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "course_lib"]
        classes = {c for m in ours for c in vars(m).values() if isinstance(c, type) and c.__module__ == m.__name__}
        self._modules = {module.__name__: module for module in (*modules, *ours)}
        self._values = {each: list(vars(each).values()) for each in (*self._modules.values(), *classes)}
        self._loaded = set(sys.modules)
        self._memory = _most_memory()
        self._state = _state()

    def is_still(self) -> bool:
        """Return whether it is like that now."""
        try:
            modules = all(sys.modules.get(name) is module for name, module in self._modules.items())
            # Lists compare by identity first, and so at the speed of C.
            values = all(list(vars(each).values()) == values for each, values in self._values.items())
            return modules and values and sys.modules.keys() == self._loaded and self._state_is_still()
        except Exception:  # whatever an answer has put in the place of what is looked at
            return False

    def _state_is_still(self) -> bool:
        return _state() == self._state and _most_memory() - self._memory < _MUCH


def _most_memory() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _state() -> tuple[Any, ...]:
    hooks: tuple[Any, ...] = (sys.gettrace(), sys.getprofile())
    if sys.platform != "win32":
        hooks = (*hooks, signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL))
    return np.geterr(), gc.isenabled(), tracemalloc.is_tracing(), sys.getrecursionlimit(), hooks
