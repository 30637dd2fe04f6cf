"""Whether an answer left behind what could change the next one's results, in the process that they share.

What is asked here is asked of the answers' own process, which can lie. It would only harm its own submission.
"""

import builtins
import gc
import math
import resource
import signal
import sys
import tracemalloc
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

#: KiB that answers may have taken before the next one gets a process of its own.
_MUCH = 300 * 1024


class Before:
    """How everything was before an answer came."""

    def __init__(self) -> None:
        modules = (builtins, math, np, np.linalg, np.random, sys)
        ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "course_lib"]
        self._modules = {module: dict(vars(module)) for module in (*modules, *ours)}
        classes = {c for m in ours for c in vars(m).values() if isinstance(c, type) and c.__module__ == m.__name__}
        self._classes = {each: dict(vars(each)) for each in classes}
        self._loaded = set(sys.modules)
        self._state = _state()

    def is_still(self) -> bool:
        """Return whether it is like that now."""
        try:
            modules = all(sys.modules.get(m.__name__) is m and _holds(m, names) for m, names in self._modules.items())
            classes = all(_holds(each, names) for each, names in self._classes.items())
            return modules and classes and sys.modules.keys() == self._loaded and _state() == self._state
        except Exception:  # whatever an answer has put in the place of what is looked at
            return False


def _holds(thing: ModuleType | type, names: Mapping[str, Any]) -> bool:
    now = vars(thing)
    return len(now) == len(names) and all(now.get(name) is value for name, value in names.items())


def _state() -> tuple[Any, ...]:
    much = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _MUCH
    hooks = (sys.gettrace(), sys.getprofile(), signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL))
    return np.geterr(), gc.isenabled(), tracemalloc.is_tracing(), sys.getrecursionlimit(), much, hooks
