"""What is worth knowing about a right formula of a slope that saturates: how many digits it has left far out."""

from collections.abc import Callable
from typing import Any

import numpy as np

#: Where the exact slope of every activation that saturates is not 0 yet: from 0 to 60, a tenth apart.
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
        Where the digits are counted: a whole number from -60 to 60; the places tried lie on its side of 0.
    lesson : str
        The number of the lesson whose step 5 shows why: '03'.
    """

    def insight(answer: Callable[..., Any]) -> str:
        places = np.copysign(_PLACES, at)
        got, exact = np.asarray(answer(places), dtype=np.float64), slope(places)
        error = np.abs((got - exact) / exact)[at == places].item()
        if error < _KEPT:
            return f"Your form keeps its digits even at x = {at:g}, where the best-known form has lost most of them."
        dead = places[(got == 0) & (exact != 0)]
        where = f" and is 0 from x = {dead[0]:.1f}" if dead.size else ""
        digits = max(0, int(-np.log10(error)))
        return (
            f"Worth knowing, though it costs no points: your form has {digits} right digit{'s' * (digits != 1)} "
            f"left at x = {at:g}{where}; step 5 of lesson {lesson} shows why."
        )

    return insight


def tiny_number_left(
    exact: Callable[..., Any], what: str, at: str, lesson: str, *arguments: Any
) -> Callable[[Callable[..., Any]], str]:
    """Return an exercise's insight: what an answer makes of a tiny number that the best-known form rounds to 0.

    Parameters
    ----------
    exact : callable
        The accurate function.
    what : str
        What its first number is called: 'the first value'.
    at : str
        The place in words.
    lesson : str
        The number of the lesson whose step 5 shows why: '07'.
    *arguments : numpy.ndarray
        The place itself.
    """

    def insight(answer: Callable[..., Any]) -> str:
        got, right = (float(np.ravel(f(*arguments))[0]) for f in (answer, exact))
        if abs(got - right) <= _KEPT * abs(right):
            return f"Your form keeps its digits even at {at}, where the best-known form gives 0."
        return (
            f"Worth knowing, though it costs no points: at {at} {what} is {right:.2g}, and yours is {got:.2g}; "
            f"step 5 of lesson {lesson} shows why."
        )

    return insight
