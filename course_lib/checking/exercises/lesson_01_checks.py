"""Lesson 01, second half: a check of slopes, and a search for the wrong line of a derivation."""

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

# --- gradient_check --------------------------------------------------------------------------------------------


def _both(f: Function, derivative: Function, x: Any, h: float) -> tuple[Any, Any]:
    """Return what is handed in as the slope, and the central difference."""
    return derivative(x), (f(x + h) - f(x - h)) / (2 * h)


def _relative(a: Any, b: Any) -> Any:
    scale = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(scale == 0, 1, scale)


def _gradient_check(f: Function, derivative: Function, x: Any, h: float = 1e-5, tol: float = 1e-6) -> bool:
    return bool(np.all(_relative(*_both(f, derivative, x, h)) <= tol))


def _largest_error(f: Function, derivative: Function, x: Any, h: float, tol: float) -> str:
    return f"the largest relative error is {np.max(_relative(*_both(f, derivative, x, h))):.2g}"


def _check_probes(rng: np.random.Generator) -> list[Probe]:
    """Draw cases in which the largest relative error is at least 100 times away from tol."""

    def x(low: float, high: float, n: int = 6) -> Floats:
        return rng.uniform(low, high, n)

    few_wrong = np.concatenate([x(1, 3, 400), -x(1, 3, 1)])
    tiny_and_large = np.concatenate([x(0.01, 0.02, 2), x(50, 100, 6)])
    usual = (1e-5, 1e-6)
    right, wrong = "a right slope", "a wrong slope"
    cases = (
        (right, given.sine, given.cosine, x(-1.2, 1.2), *usual),
        (right, given.exponential, given.exponential, x(-2, 2), *usual),
        (right, given.falling_exponential, given.minus_falling_exponential, x(-1, 2), *usual),
        ("a right slope, of large numbers", given.cube, given.three_squares, x(100, 200), *usual),
        ("a wrong sign", given.exponential, given.minus_exponential, x(-2, 2), *usual),
        (wrong, given.sine, given.nearly_cosine, x(-1.2, 1.2), *usual),
        ("half of the slope", given.sine, given.half_of_cosine, x(-1.2, 1.2), *usual),
        (
            "twice the slope",
            given.falling_exponential,
            given.twice_minus_falling_exponential,
            x(-1, 2),
            *usual,
        ),
        (
            "twice the slope, of tiny numbers",
            given.falling_exponential,
            given.twice_minus_falling_exponential,
            x(18, 22),
            *usual,
        ),
        ("an error within a large tolerance", given.sine, given.nearly_cosine, x(-1.2, 1.2), 1e-5, 0.5),
        ("right on one side of 0 only", given.square, given.twice_the_size, np.append(x(1, 3), -x(1, 3)), *usual),
        ("wrong at one place of 401", given.square, given.twice_the_size, few_wrong, 1e-5, 0.01),
        ("wrong at small x only", given.cube, given.three_squares_and_a_bit, tiny_and_large, *usual),
        ("a large step", given.sine, given.cosine, x(-1.2, 1.2), 0.5, 1e-4),
    )
    order = rng.permutation(len(cases))
    x0 = x(-1.2, 1.2)
    return [
        *(Probe("values", cases[i][0], cases[i][1:]) for i in order),
        Probe("parameters", "the default h and tol", (given.sine, given.cosine, x0)),
        Probe("parameters", "the default h and tol, a wrong slope", (given.sine, given.nearly_cosine, x0)),
        Probe("parameters", "the default tol", (given.sine, given.cosine, x0, 0.5)),
        Probe("extremes", "a place where both slopes are 0", (given.square, given.twice, np.array([0.0, 1.0]), *usual)),
        Probe("extremes", "only places where both slopes are 0", (given.square, given.twice, np.zeros(2), *usual)),
        Probe(
            "extremes",
            "a slope that should be 0",
            (given.cube, given.three_squares_and_a_bit, np.array([0.0]), *usual),
        ),
        Probe("shapes", "a single number (0-d array)", (given.sine, given.cosine, np.array(x0[0]), *usual)),
        Probe("shapes", "a table (2-d)", (given.sine, given.cosine, x0.reshape(2, 3), *usual)),
        Probe("shapes", "a table, a wrong slope", (given.sine, given.nearly_cosine, x0.reshape(2, 3), *usual)),
        Probe("shapes", "whole numbers", (given.square, given.twice, np.array([1, 2, 3]), *usual)),
    ]


def _at_a_kink(answer: Callable[..., Any]) -> str | None:
    """Say what the answer makes of ReLU's right slope very near its kink."""
    verdict = bool(np.all(answer(lambda x: np.maximum(x, 0), lambda x: np.heaviside(x, 0.0), np.array([3e-6]))))
    if verdict:
        return None
    return (
        "Worth knowing: of max(0, x) at x = 0.000003 it says False, although the slope that it was handed is right. "
        "Within h of a kink the central difference is no slope; lesson 05 looks at that."
    )


_EXAMPLE_POINTS = np.array([0.5, 1.0])
_USUAL = (1e-5, 1e-6)

GRADIENT_CHECK = Exercise(
    name="gradient_check",
    lesson="01_slopes",
    arguments=("f", "derivative", "x", "h", "tol"),
    defaults={"h": 1e-5, "tol": 1e-6},
    wanted="the right verdicts",
    reference=_gradient_check,
    shown=_gradient_check,
    shown_as="the right verdict",
    because=_largest_error,
    probes=_check_probes,
    examples=(
        (given.sine, given.cosine, _EXAMPLE_POINTS, *_USUAL),
        (given.sine, given.nearly_cosine, _EXAMPLE_POINTS, *_USUAL),
        (given.sine, given.half_of_cosine, _EXAMPLE_POINTS, *_USUAL),
        (given.exponential, given.minus_exponential, _EXAMPLE_POINTS, *_USUAL),
        (given.sine, given.nearly_cosine, _EXAMPLE_POINTS, 1e-5, 0.5),
        (given.square, given.twice_the_size, np.array([-1.0, 1.0]), *_USUAL),
        (given.sine, given.cosine, _EXAMPLE_POINTS, 0.5, 1e-4),
        (given.falling_exponential, given.twice_minus_falling_exponential, np.array([20.0]), *_USUAL),
        (given.cube, given.three_squares, np.array([200.0]), *_USUAL),
        (given.cube, given.three_squares_and_a_bit, np.array([0.01, 100.0]), *_USUAL),
    ),
    parts={"values": 6, "parameters": 1, "extremes": 1, "shapes": 1, "argument": 1},
    condition=lambda *_: 1.0,
    elementwise=False,
    by_formula=False,
    returns=Returns("truth"),
    slips=(
        Slip(
            "absolute_error",
            lambda f, d, x, h, tol: np.all(np.abs(np.subtract(*_both(f, d, x, h))) <= tol),
            "It compares the absolute error with tol: with large slopes that is too strict, with tiny ones too lax.",
        ),
        Slip(
            "missing_abs",
            lambda f, d, x, h, tol: np.all(_signed(*_both(f, d, x, h)) <= tol),
            "A negative error always is below tol: it is the error's size that counts.",
        ),
        Slip(
            "missing_abs",
            lambda f, d, x, h, tol: np.all(-_signed(*_both(f, d, x, h)) <= tol),
            "A negative error always is below tol: it is the error's size that counts.",
        ),
        Slip(
            "wrong_way",
            lambda f, d, x, h, tol: np.all(_relative(*_both(f, d, x, h)) >= tol),
            "It says True where the error is large: the comparison with tol is the wrong way round.",
        ),
        Slip(
            "any_for_all",
            lambda f, d, x, h, tol: np.any(_relative(*_both(f, d, x, h)) <= tol),
            "One good place is enough for it; the slope must be right at all of x.",
        ),
        Slip(
            "mean_for_all",
            lambda f, d, x, h, tol: np.mean(_relative(*_both(f, d, x, h))) <= tol,
            "In the mean over many places one wrong slope gets lost; the slope must be right at all of x.",
        ),
        Slip(
            "one_scale",
            lambda f, d, x, h, tol: _of_norms(*_both(f, d, x, h)) <= tol,
            "All places are measured by one scale: next to large slopes a wrong small one can't be seen.",
        ),
        Slip(
            "one_scale",
            lambda f, d, x, h, tol: _of_largest(*_both(f, d, x, h)) <= tol,
            "All places are measured by one scale: next to large slopes a wrong small one can't be seen.",
        ),
        Slip(
            "forward_for_central",
            lambda f, d, x, h, tol: np.all(_relative(d(x), (f(x + h) - f(x)) / h) <= tol),
            "It rejects slopes that are right: the forward difference is too far off to judge by this tol.",
        ),
        Slip(
            "missing_two",
            lambda f, d, x, h, tol: np.all(_relative(d(x), (f(x + h) - f(x - h)) / h) <= tol),
            "The difference in it is twice too large, so that it believes twice the slope: how far apart are the "
            "two places?",
        ),
        Slip(
            "ignores_tol",
            lambda f, d, x, h, tol: _gradient_check(f, d, x, h),
            "It does not use the tol that is handed in.",
        ),
        Slip(
            "ignores_h",
            lambda f, d, x, h, tol: _gradient_check(f, d, x, 1e-5, tol),
            "It does not use the h that is handed in.",
        ),
    ),
    hints=(
        "Three things in a row: the difference, how far the slope is from it, and one verdict over all places.",
        "The functions before this one give the pieces; copy what you need into this cell.",
        "One bad place spoils it: np.all turns an array of truth values into one.",
    ),
    insight=_at_a_kink,
)


def _signed(a: Any, b: Any) -> Any:
    return (a - b) / np.maximum(np.abs(a), np.abs(b))


def _of_norms(a: Any, b: Any) -> Any:
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def _of_largest(a: Any, b: Any) -> Any:
    return np.max(np.abs(a - b)) / np.max(np.maximum(np.abs(a), np.abs(b)))


# --- first_wrong_line (transfer) -------------------------------------------------------------------------------

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
    ]
    a_bit = [given.itself, given.half_of_twice, given.a_little_more]
    table = x(6).reshape(2, 3)
    return [
        *(values[i] for i in rng.permutation(len(values))),
        Probe("extremes", "lines with tiny values", (a_bit, rng.uniform(1e-7, 3e-7, 5))),
        Probe("extremes", "lines with huge values", (squares("...."), rng.uniform(1e5, 1e6, 9))),
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
            "first_place_only",
            lambda lines, x: _first_wrong_line(lines, np.ravel(x)[:1]),
            "It looks at the first x only; a wrong line may be right there.",
        ),
    ),
    hints=(
        "Compare neighbours: line 1 with line 0, line 2 with line 1, and stop as soon as two differ.",
        "A line differs if it differs at any x. Rounding is no mistake: compare relative to the size of the values.",
        "Try three lines of which the second is wrong and the third is right again. What if none is wrong?",
    ),
)


EXERCISES: tuple[Exercise, ...] = (GRADIENT_CHECK, FIRST_WRONG_LINE)
