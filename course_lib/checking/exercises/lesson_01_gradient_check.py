"""Lesson 01: a check that compares a slope with the central difference."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking import functions as given
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.returned import Returns

Floats = NDArray[np.float64]
Function = Callable[[Any], Any]


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
    small, large = x(0.01, 0.02, 2), x(50, 100)
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
            x(25, 30),
            *usual,
        ),
        ("an error within a large tolerance", given.sine, given.nearly_cosine, x(-1.2, 1.2), 1e-5, 0.5),
        ("a difference without error, a tiny tolerance", given.square, given.twice, x(1, 3), 0.5, 1e-13),
        ("an error beyond a tiny tolerance", given.sine, given.cosine, x(-1.2, 1.2), 1e-3, 1e-10),
        ("right on one side of 0 only", given.square, given.twice_the_size, np.append(x(1, 3), -x(1, 3)), *usual),
        ("wrong at one place of 401", given.square, given.twice_the_size, few_wrong, 1e-5, 0.01),
        ("wrong at small x only", given.cube, given.three_squares_and_a_bit, np.append(small, large), *usual),
        (
            "wrong at small x only, in the middle",
            given.cube,
            given.three_squares_and_a_bit,
            np.concatenate([large, small, large]),
            *usual,
        ),
        (
            "wrong at small x only, at both ends",
            given.cube,
            given.three_squares_and_a_bit,
            np.concatenate([small, large, small]),
            *usual,
        ),
        ("the forward difference for the slope", given.square, given.twice_and_a_half, x(1, 3), 0.5, 1e-6),
        ("a large step", given.sine, given.cosine, x(-1.2, 1.2), 0.5, 1e-4),
    )
    x0 = x(-1.2, 1.2)
    return [
        *(Probe("values", case[0], case[1:]) for case in cases),
        Probe("parameters", "the default h and tol", (given.sine, given.cosine, x0)),
        Probe("parameters", "the default h and tol, a wrong slope", (given.sine, given.nearly_cosine, x0)),
        Probe("parameters", "the default tol", (given.sine, given.cosine, x0, 0.5)),
        Probe("extremes", "a place where both slopes are 0", (given.square, given.twice, np.array([0.0, 1.0]), *usual)),
        Probe("extremes", "only places where both slopes are 0", (given.square, given.twice, np.zeros(2), *usual)),
        Probe(
            "extremes",
            "a slope that should be 0",
            (given.square, given.twice_and_a_half, np.array([0.0]), *usual),
        ),
        Probe("extremes", "a slope of 0 that should not be", (given.exponential, given.sine, np.array([0.0]), *usual)),
        Probe("shapes", "a single number (0-d array)", (given.sine, given.cosine, np.array(x0[0]), *usual)),
        Probe("shapes", "a table (2-d)", (given.sine, given.cosine, x0.reshape(2, 3), *usual)),
        Probe("shapes", "a table, a wrong slope", (given.sine, given.nearly_cosine, x0.reshape(2, 3), *usual)),
        Probe("shapes", "whole numbers", (given.square, given.twice, np.array([1, 2, 3]), *usual)),
    ]


def _at_a_kink(answer: Callable[..., Any]) -> str | None:
    """Say what the answer makes of ReLU's right slope very near its kink."""
    verdict = bool(np.all(answer(given.ramp, given.step, np.array([3e-6]))))
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
            "one_place_only",
            lambda f, d, x, h, tol: _gradient_check(f, d, np.ravel(x)[0], h, tol),
            "It looks at the first x only; the slope must be right at all of x.",
        ),
        Slip(
            "one_place_only",
            lambda f, d, x, h, tol: _gradient_check(f, d, np.ravel(x)[-1], h, tol),
            "It looks at the last x only; the slope must be right at all of x.",
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
            "It compares with the forward difference, which is too far off to judge by this tol.",
        ),
        Slip(
            "not_halved",
            lambda f, d, x, h, tol: np.all(_relative(d(x), (f(x + h) - f(x - h)) / h) <= tol),
            "The difference in it is twice too large, so that it believes twice the slope: how far apart are the "
            "two places?",
        ),
        *(
            Slip(
                "hidden_tolerance",
                formula,
                "np.allclose has an absolute tolerance as well, 1e-8 unless you choose it: tiny slopes pass whatever "
                "they are.",
            )
            for formula in (
                lambda f, d, x, h, tol: np.allclose(*_both(f, d, x, h), rtol=tol),
                lambda f, d, x, h, tol: np.allclose(*_both(f, d, x, h)[::-1], rtol=tol),
            )
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
