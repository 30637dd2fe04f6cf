"""Lesson 01, transfer: the search for the wrong line of a derivation."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking import functions as given
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.returned import Returns
from course_lib.checking.showing import shown

Floats = NDArray[np.float64]
Function = Callable[[Any], Any]

_SQUARES = (given.square_of_sum, given.square_expanded, given.square_nested)
_NOT_SQUARES = (given.square_without_middle, given.square_with_half_middle)
_EXPONENTIALS = (given.exp_of_twice, given.exp_times_exp, given.exp_squared)
_NOT_EXPONENTIALS = (given.exp_of_square, given.twice_exp)


def _differing(lines: Sequence[Function], x: Any, same: Callable[[Any, Any], Any]) -> list[int]:
    """Return the indices of the lines that are not the `same` as the line before."""
    values = [np.asarray(line(x), dtype=np.float64) for line in lines]
    return [i for i in range(1, len(values)) if not same(values[i - 1], values[i])]


def _close(a: Any, b: Any) -> Any:
    return np.abs(a - b) <= 1e-9 * np.maximum(np.abs(a), np.abs(b))


def _first_wrong_line(lines: Sequence[Function], x: Any) -> int:
    return next(iter(_differing(lines, x, lambda a, b: np.all(_close(a, b)))), -1)


def _line_values(lines: Sequence[Function], x: Any) -> str:
    return "the lines' values are " + ", ".join(shown(np.asarray(line(x))) for line in lines)


def _line_probes(rng: np.random.Generator) -> list[Probe]:
    def chain(right: Sequence[Function], wrong: Sequence[Function], pattern: str) -> list[Function]:
        """Make lines from a pattern such as '..xx.': a dot is a right line, x and y are the wrong ones."""
        first, second = rng.permutation(np.array(wrong, dtype=object))
        dots = iter(rng.permutation(np.array([*right, *right], dtype=object)))
        return [first if c == "x" else second if c == "y" else next(dots) for c in pattern]

    def squares(pattern: str) -> list[Function]:
        return chain(_SQUARES, _NOT_SQUARES, pattern)

    def exponentials(pattern: str) -> list[Function]:
        return chain(_EXPONENTIALS, _NOT_EXPONENTIALS, pattern)

    def x(n: int = 7) -> Floats:
        return rng.uniform(0.5, 1.8, n)

    right_first = np.array([0.0, 0.0, *rng.uniform(0.5, 2, 2)])
    middle_lost = [given.square_of_sum, given.square_nested, given.square_without_middle]
    sines = [given.sine_of_twice, given.twice_sine_cosine]
    mirrored = np.append(y := x(1), -y)  # more than two would not sum to 0 exactly
    around_1 = 1 + np.append(steps := rng.permutation(np.arange(8, 48))[:3] / 64, -steps)
    cubes = [given.cube, given.cube, given.cube_and_a_trifle]
    values = [
        Probe("values", "4 lines, all right", (squares("...."), x())),
        Probe("values", "3 lines, all right", (exponentials("..."), x())),
        Probe("values", "one line alone", (squares("."), x())),
        Probe("values", "2 lines, one wrong", (exponentials(".x"), x())),
        Probe("values", "5 lines, wrong in the middle and all after it", (squares("..xxx"), x())),
        Probe("values", "6 lines, right again after a wrong one", (exponentials("...x.."), x())),
        Probe("values", "5 lines, two of them wrong in different ways", (squares(".x.yy"), x())),
        Probe("values", "5 lines, the last one wrong", (exponentials("....x"), x())),
        Probe("values", "4 lines, the second one wrong", (squares(".xy."), x())),
        Probe("values", "a wrong line that is right at x = 0, which comes first", (middle_lost, right_first)),
        Probe("values", "a wrong line that is right at x = 0, which comes last", (middle_lost, right_first[::-1])),
        Probe("values", "right lines with negative values, and a wrong one", ([*sines, given.twice_sine], -x())),
        Probe("values", "a wrong sign, at x and at -x", ([*sines, given.minus_sine_of_twice], mirrored)),
        Probe(
            "values",
            "a line that is right for positive x only",
            ([given.itself, given.half_of_twice, given.size], np.append(x(2), -x(3))),
        ),
        Probe("values", "a line that is right at x = 0 and x = 1 only", ([given.square, given.cube], around_1)),
        Probe(
            "values",
            "right lines near x = -1, where rounding counts more",
            (squares("...."), rng.uniform(-0.95, -0.8, 9)),
        ),
    ]
    a_bit = [given.itself, given.half_of_twice, given.a_little_more]
    table = x(6).reshape(2, 3)
    return [
        *values,
        Probe("extremes", "lines with tiny values", (a_bit, rng.uniform(1e-7, 3e-7, 5))),
        Probe("extremes", "lines with huge values", (squares("...."), rng.uniform(1e5, 1e6, 9))),
        Probe("extremes", "lines that are 0 at some x", (sines, np.array([0.0, 1.0]))),
        Probe("extremes", "a small difference, beside huge values", (cubes, np.array([1e3, 1e-3, 2e3]))),
        Probe("extremes", "huge values, one line wrong", (squares("..x"), rng.uniform(1e3, 1e4, 9))),
        Probe("shapes", "a single number (0-d array)", (squares("..x."), np.array(1.5))),
        Probe("shapes", "a table (2-d)", (exponentials(".x"), table)),
        Probe("shapes", "whole numbers", (squares("...x"), np.array([1, 2, 3]))),
    ]


_LINE_X = np.array([0.0, 2.0])

FIRST_WRONG_LINE = Exercise(
    name="first_wrong_line",
    lesson="01_slopes",
    arguments=("lines", "x"),
    wanted="the right indices",
    reference=_first_wrong_line,
    shown=_first_wrong_line,
    shown_as="the right index",
    because=_line_values,
    probes=_line_probes,
    examples=(
        ([given.square_of_sum, given.square_expanded, given.square_without_middle], _LINE_X),
        ([given.square_of_sum, given.square_expanded], _LINE_X),
        ([given.square_of_sum, given.square_without_middle, given.square_expanded], _LINE_X),
        ([given.square_of_sum, given.square_without_middle, given.square_with_half_middle], np.array([1.0])),
        ([given.exp_of_twice, given.exp_times_exp], np.array([0.1, 0.3])),
    ),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda *_: 1.0,
    elementwise=False,
    by_formula=False,
    returns=Returns("place"),
    slips=(
        Slip(
            "last_right_line",
            lambda lines, x: i - 1 if (i := _first_wrong_line(lines, x)) > 0 else -1,
            "It is one less than it should be: this is the last line before the mistake.",
        ),
        Slip(
            "counts_from_one",
            lambda lines, x: i + 1 if (i := _first_wrong_line(lines, x)) > 0 else -1,
            "It is one more than it should be: Python counts from 0.",
        ),
        Slip(
            "last_wrong_line",
            lambda lines, x: (_differing(lines, x, lambda a, b: np.all(_close(a, b))) or [-1])[-1],
            "It goes on after the first mistake, and keeps the last one.",
        ),
        Slip(
            "number_of_wrong_lines",
            lambda lines, x: len(_differing(lines, x, lambda a, b: np.all(_close(a, b)))) or -1,
            "It counts the mistakes; the exercise asks where the first one is.",
        ),
        Slip(
            "zero_for_none",
            lambda lines, x: max(_first_wrong_line(lines, x), 0),
            "Where no line is wrong it says 0, which is the index of the first line.",
        ),
        Slip(
            "length_for_none",
            lambda lines, x: len(lines) if (i := _first_wrong_line(lines, x)) < 0 else i,
            "Where no line is wrong it says how many lines there are; the exercise asks for another number then.",
        ),
        Slip(
            "none_for_none",
            lambda lines, x: None if (i := _first_wrong_line(lines, x)) < 0 else i,
            "Where no line is wrong it returns nothing at all.",
        ),
        Slip(
            "exact_comparison",
            lambda lines, x: (_differing(lines, x, lambda a, b: np.all(a == b)) or [-1])[0],
            "It takes rounding for a mistake: two right lines may differ in the last digit.",
        ),
        Slip(
            "wrong_everywhere_only",
            lambda lines, x: (_differing(lines, x, lambda a, b: np.any(_close(a, b))) or [-1])[0],
            "It overlooks a line that is right at some places: one place where it differs is enough.",
        ),
        Slip(
            "one_place_only",
            lambda lines, x: _first_wrong_line(lines, np.ravel(x)[0]),
            "It looks at the first x only; a wrong line may be right there.",
        ),
        Slip(
            "one_place_only",
            lambda lines, x: _first_wrong_line(lines, np.ravel(x)[-1]),
            "It looks at the last x only; a wrong line may be right there.",
        ),
    ),
    hints=(
        "Compare neighbours: line 1 with line 0, line 2 with line 1, and stop as soon as two differ.",
        "A line differs if it differs at any x. Rounding is no mistake: compare relative to the size of the values.",
        "Try three lines of which the second is wrong and the third is right again. What if none is wrong?",
    ),
)
