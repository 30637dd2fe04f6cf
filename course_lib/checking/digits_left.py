"""What is worth knowing about a right formula of a slope that saturates: how many digits it has left far out."""

from collections.abc import Callable
from typing import Any

import numpy as np

#: Where the exact slope of every activation that saturates is still above 0: from 0 to 60, a tenth apart.
_PLACES = np.round(np.arange(0, 60.05, 0.1), 1)
#: A relative error up to which all digits count as kept.
_KEPT = 1e-12


def digits_left(slope: Callable[..., Any], at: float, lesson: str) -> Callable[[Callable[..., Any]], str]:
    """Return an exercise's insight: how many digits an answer has left, and from where on it returns 0.

    Parameters
    ----------
    slope : callable
        The accurate slope.
    at : float
        Where the digits are counted: a whole number from 0 to 60.
    lesson : str
        The number of the lesson whose step 5 shows why: '03'.
    """

    def insight(answer: Callable[..., Any]) -> str:
        got, exact = np.asarray(answer(_PLACES), dtype=np.float64), slope(_PLACES)
        error = (np.abs(got - exact) / exact)[at == _PLACES].item()
        if error < _KEPT:
            return f"Your form keeps its digits even at x = {at:g}, where the best-known form has lost most of them."
        dead = _PLACES[(got == 0) & (exact > 0)]
        where = f" and is 0 from x = {dead[0]:.1f}" if dead.size else ""
        return (
            f"Worth knowing, though it costs no points: your form has {max(0, int(-np.log10(error)))} right digits "
            f"left at x = {at:g}{where}; step 5 of lesson {lesson} shows why."
        )

    return insight
