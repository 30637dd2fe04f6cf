"""Lesson 01: how far apart two numbers are, relative to their size."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.exercise import Exercise, Probe, Slip

Floats = NDArray[np.float64]


def _relative_error(a: Any, b: Any) -> Any:
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    scale = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(scale == 0, 1, scale)


def _error_probes(rng: np.random.Generator) -> list[Probe]:
    def pair(*shape: int) -> tuple[Floats, Floats]:
        a = rng.normal(size=shape) * 10.0 ** rng.uniform(-2, 2, shape)
        return a, a * (1 + rng.normal(size=shape))

    def negative(a: Floats, b: Floats) -> tuple[Floats, Floats]:
        return -np.abs(a), -np.abs(b)

    a, b = pair(8)
    zeros = np.zeros(3)
    tiny = np.array([5e-324, 1e-300, -1e-300, 1e-20, 1e-9])
    huge = np.array([1e300, -1e300, 1e200, -1e300])
    nearly = 1e-3 * rng.uniform(0.5, 2, 7) * np.resize((1, -1), 7)
    wide, tall = pair(4)[0], pair(3, 1)[1]
    return [
        Probe("values", "20 pairs of numbers", pair(20)),
        Probe("values", "pairs of negative numbers", negative(*pair(9))),
        Probe("values", "pairs that nearly agree, and one that does", (a, a * (1 + np.append(nearly, 0)))),
        Probe("extremes", "pairs that agree to ten digits", (a[:7], a[:7] * (1 + 1e-7 * nearly))),
        Probe("extremes", "pairs of zeros", (zeros, zeros.copy())),
        Probe("extremes", "a zero and another number", (np.array([0.0, 3.0, -2.0, 0.0]), np.array([2.0, 0, 0, 0]))),
        Probe("extremes", "tiny numbers", (tiny, np.array([0.0, 2e-300, 1e-300, 0.0, 3e-9]))),
        Probe("extremes", "huge numbers", (huge, np.array([5e299, 1e300, -1e300, -1e300]))),
        Probe("shapes", "two single numbers (0-d arrays)", (np.array(a[0]), np.array(b[0]))),
        Probe("shapes", "arrays of one", (a[:1], b[:1])),
        Probe("shapes", "two tables (2-d)", pair(3, 4)),
        Probe("shapes", "two cubes (3-d)", pair(2, 3, 2)),
        Probe("shapes", "an array and a single number", (a, 0.5)),
        Probe("shapes", "a column and a row", (tall, wide)),
        Probe("shapes", "an empty array", (np.empty(0), np.empty(0))),
        Probe("shapes", "whole numbers", (np.array([1, -2, 3, 5]), np.array([2, 2, 3, 4]))),
        Probe("shapes", "single precision", (a.astype(np.float32), (2 * b).astype(np.float32))),
    ]


def _size(a: Any, b: Any) -> Any:
    return np.maximum(np.abs(a), np.abs(b))


def _with_small_number(scale: Callable[[Any, float], Any], numbers: Sequence[float]) -> tuple[Slip, ...]:
    """Make the slips in which a small number keeps the denominator away from 0."""
    sentence = (
        "A small number in the denominator avoids 0/0, but it changes the result wherever a and b are small too. "
        "Treat the pairs of zeros apart."
    )
    return tuple(
        Slip("small_number_added", lambda a, b, s=s: np.abs(a - b) / scale(_size(a, b), s), sentence) for s in numbers
    )


_SMALL_NUMBERS = (*(10.0**-n for n in (*range(3, 21), 30, 100, 300)), float(np.finfo(np.float64).eps))


RELATIVE_ERROR = Exercise(
    name="relative_error",
    lesson="01_slopes",
    arguments=("a", "b"),
    wanted="the relative error",
    reference=_relative_error,
    shown=_relative_error,
    shown_as="the relative error there",
    probes=_error_probes,
    examples=((1.0, 2.0), (-1.0, 2.0), (-1.0, -4.0), (4.0, 2.0), (0.01, 0.02)),
    parts={"values": 5, "extremes": 2, "shapes": 2, "argument": 1},
    condition=lambda a, b: 1.0,
    inputs=("a", "b"),
    slips=(
        Slip(
            "absolute_error",
            lambda a, b: np.abs(a - b),
            "This is the absolute error: 1 is much beside 2, and nothing beside a million.",
        ),
        Slip(
            "missing_abs",
            lambda a, b: (a - b) / _size(a, b),
            "It has a sign: an error of -0.5 is as bad as one of 0.5.",
        ),
        Slip(
            "missing_abs",
            lambda a, b: (b - a) / _size(a, b),
            "It has a sign: an error of -0.5 is as bad as one of 0.5.",
        ),
        Slip(
            "missing_abs_below",
            lambda a, b: np.abs(a - b) / np.maximum(a, b),
            "Try it with two negative numbers: what becomes of the denominator, and is its size the larger of the two?",
        ),
        Slip(
            "missing_abs_below",
            lambda a, b: np.abs(a - b) / np.abs(np.maximum(a, b)),
            "Try it with two negative numbers: what becomes of the denominator, and is its size the larger of the two?",
        ),
        Slip(
            "relative_to_first",
            lambda a, b: np.abs(a - b) / np.abs(a),
            "It is relative to a alone; here the two numbers count alike, and changing their places changes nothing.",
        ),
        Slip(
            "relative_to_second",
            lambda a, b: np.abs(a - b) / np.abs(b),
            "It is relative to b alone; here the two numbers count alike, and changing their places changes nothing.",
        ),
        Slip(
            "relative_to_sum",
            lambda a, b: np.abs(a - b) / (np.abs(a) + np.abs(b)),
            "It is relative to both sizes together; that is used too, but here it is the larger of the two.",
        ),
        Slip(
            "relative_to_mean",
            lambda a, b: 2 * np.abs(a - b) / (np.abs(a) + np.abs(b)),
            "It is relative to the mean size; that is used too, but here it is the larger of the two.",
        ),
        Slip(
            "relative_to_smaller",
            lambda a, b: np.abs(a - b) / np.minimum(np.abs(a), np.abs(b)),
            "It is relative to the smaller of the two.",
        ),
        *_with_small_number(np.add, _SMALL_NUMBERS[:11]),  # down to 1e-13; smaller ones matter at extremes only
        Slip(
            "one_number",
            lambda a, b: np.max(_relative_error(a, b)),
            "It gives the worst of all pairs; the exercise asks for one number a pair.",
        ),
        Slip(
            "one_scale",
            lambda a, b: np.abs(a - b) / np.max(_size(a, b)),
            "All pairs are measured by one scale, the largest number of all: each pair has its own.",
        ),
    ),
    extreme_slips=(
        *_with_small_number(np.add, _SMALL_NUMBERS),
        *_with_small_number(np.maximum, _SMALL_NUMBERS),
    ),
    hints=(
        "How far apart are 1 and 2, and how far 1001 and 1002? The difference alone can't tell which is worse.",
        "Above stands the size of the difference, below the larger of the two sizes; np.maximum compares entries.",
        "Where both are 0 the quotient would be 0/0: let the denominator be something harmless there.",
    ),
)
