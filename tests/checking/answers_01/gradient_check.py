"""Answers to `gradient_check`."""

import math

import numpy as np
from answer import Answer, wrong


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def errors(slope, difference):
    """Give the relative errors, 0 where both slopes are 0."""
    size = np.maximum(np.abs(slope), np.abs(difference))
    return np.abs(slope - difference) / np.where(size == 0, 1, size)


def measured(f, derivative, x, h):
    return errors(derivative(x), central(f, x, h))


# --- right ---------------------------------------------------------------------------------------------------


def multiplied_out(f, derivative, x, h=1e-5, tol=1e-6):
    slope = derivative(x)
    difference = central(f, x, h)
    return bool(np.all(np.abs(slope - difference) <= tol * np.maximum(np.abs(slope), np.abs(difference))))


def with_largest_error(f, derivative, x, h=1e-5, tol=1e-6):
    worst = np.max(measured(f, derivative, x, h), initial=0.0)
    return bool(worst <= tol)


def with_masks(f, derivative, x, h=1e-5, tol=1e-6):
    claimed = np.asarray(derivative(x), dtype=float)
    estimated = np.asarray((f(x + h) - f(x - h)) / (2 * h), dtype=float)
    both_zero = (claimed == 0) & (estimated == 0)
    claimed, estimated = claimed[~both_zero], estimated[~both_zero]
    error = np.abs(claimed - estimated) / np.maximum(np.abs(claimed), np.abs(estimated))
    return bool((error <= tol).all())


def in_a_loop(f, derivative, x, h=1e-5, tol=1e-6):
    """Leave at the first entry that disagrees."""
    slopes = np.ravel(derivative(x))
    differences = np.ravel((f(x + h) - f(x - h)) / (2 * h))
    for s, d in zip(slopes, differences, strict=True):
        size = max(abs(s), abs(d))
        if size == 0:
            continue
        if abs(s - d) / size > tol:
            return False
    return True


def with_all_of_python(f, derivative, x, h=1e-5, tol=1e-6):
    pairs = zip(np.ravel(derivative(x)), np.ravel(central(f, x, h)), strict=True)
    return all(abs(s - d) <= tol * max(abs(s), abs(d)) for s, d in pairs)


def with_math_isclose(f, derivative, x, h=1e-5, tol=1e-6):
    pairs = zip(np.ravel(derivative(x)), np.ravel(central(f, x, h)), strict=True)
    return all(math.isclose(s, d, rel_tol=tol, abs_tol=0.0) for s, d in pairs)


def with_count(f, derivative, x, h=1e-5, tol=1e-6):
    disagreeing = np.count_nonzero(~(measured(f, derivative, x, h) <= tol))
    return bool(disagreeing == 0)


def with_nan_filled(f, derivative, x, h=1e-5, tol=1e-6):
    a = derivative(x)
    b = central(f, x, h)
    with np.errstate(invalid="ignore"):
        error = np.where(a == b, 0, np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))
    return bool(np.all(error <= tol))


def with_if(f, derivative, x, h=1e-5, tol=1e-6):
    agrees = True
    if (measured(f, derivative, x, h) > tol).any():
        agrees = False
    return agrees


RIGHT = [
    Answer("multiplied out", multiplied_out),
    Answer("largest error", with_largest_error),
    Answer("both-zero entries masked out", with_masks),
    Answer("loop that leaves at the first disagreement", in_a_loop),
    Answer("all() over a generator", with_all_of_python),
    Answer("math.isclose", with_math_isclose),
    Answer("count of the disagreeing entries", with_count),
    Answer("np.where on equal slopes", with_nan_filled),
    Answer("if on any", with_if),
    Answer(
        "np.allclose with atol=0",
        lambda f, derivative, x, h=1e-5, tol=1e-6: np.allclose(derivative(x), central(f, x, h), rtol=tol, atol=0),
    ),
    Answer(
        "np.isclose with atol=0",
        lambda f, derivative, x, h=1e-5, tol=1e-6: bool(
            np.isclose(central(f, x, h), derivative(x), rtol=tol, atol=0.0).all()
        ),
    ),
    Answer(
        "not any",
        lambda f, derivative, x, h=1e-5, tol=1e-6: not np.any(~(measured(f, derivative, x, h) <= tol)),
    ),
    Answer(
        "strictly below, zeros kept apart",
        lambda f, derivative, x, h=1e-5, tol=1e-6: bool((measured(f, derivative, x, h) < tol).all()),
    ),
]


def entry_by_entry(f, derivative, x, h=1e-5, tol=1e-6):
    return all(float(measured(f, derivative, t, h)) <= tol for t in np.ravel(x))


#: True and False of numpy are no `bool`, but they look and act like them; 1 and 0 less so. The text says of `f` that
#: it takes an array; `entry_by_entry` gives it one entry at a time. The last one is right save where `derivative`
#: gives nan: then it says True.
DISPUTED = [
    Answer("np.all, as numpy gives it", lambda f, d, x, h=1e-5, tol=1e-6: np.all(measured(f, d, x, h) <= tol)),
    Answer("1 or 0", lambda f, d, x, h=1e-5, tol=1e-6: int(np.all(measured(f, d, x, h) <= tol))),
    Answer("one entry at a time", entry_by_entry),
    Answer("no error above tol", lambda f, d, x, h=1e-5, tol=1e-6: not np.any(measured(f, d, x, h) > tol)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def judged_by(judge):
    """Make an answer from a function of the two slopes and the tolerance."""
    return lambda f, derivative, x, h=1e-5, tol=1e-6: bool(judge(derivative(x), central(f, x, h), tol))


def compared_with(estimate):
    """Make an answer that compares the derivative with another estimate of it."""

    def check_of(f, derivative, x, h=1e-5, tol=1e-6):
        return bool(np.all(errors(derivative(x), estimate(f, x, h)) <= tol))

    return check_of


def without_zeros(slope, difference):
    """Give the relative errors, 0/0 where both slopes are 0."""
    with np.errstate(invalid="ignore"):
        return np.abs(slope - difference) / np.maximum(np.abs(slope), np.abs(difference))


def none_for_false(f, derivative, x, h=1e-5, tol=1e-6):
    if np.all(measured(f, derivative, x, h) <= tol):
        return True


def returning_in_the_loop(f, derivative, x, h=1e-5, tol=1e-6):
    """Decide at the first entry, whichever way."""
    for error in np.ravel(measured(f, derivative, x, h)):
        return bool(error <= tol)
    return True


def last_entry_decides(f, derivative, x, h=1e-5, tol=1e-6):
    agrees = True
    for error in np.ravel(measured(f, derivative, x, h)):
        agrees = bool(error <= tol)
    return agrees


def without_return(f, derivative, x, h=1e-5, tol=1e-6):
    np.all(measured(f, derivative, x, h) <= tol)


def with_assert(f, derivative, x, h=1e-5, tol=1e-6):
    np.testing.assert_allclose(derivative(x), central(f, x, h), rtol=tol)
    return True


def with_raise(f, derivative, x, h=1e-5, tol=1e-6):
    if not multiplied_out(f, derivative, x, h, tol):
        raise ValueError("the derivative is wrong")
    return True


def moving_x_in_place(f, derivative, x, h=1e-5, tol=1e-6):
    slope = derivative(x)
    x += h
    above = f(x)
    x -= 2 * h
    return bool(np.all(errors(slope, (above - f(x)) / (2 * h)) <= tol))


def scalar_if(f, derivative, x, h=1e-5, tol=1e-6):
    slope, difference = derivative(x), central(f, x, h)
    if slope == 0 and difference == 0:
        return True
    return bool(abs(slope - difference) / max(abs(slope), abs(difference)) <= tol)


WRONG = [
    wrong("any instead of all", judged_by(lambda s, d, tol: np.any(errors(s, d) <= tol))),
    wrong("most entries", judged_by(lambda s, d, tol: np.mean(errors(s, d) <= tol) > 0.5)),
    wrong(
        "mean of the errors, tolerance divided by 1000", judged_by(lambda s, d, tol: np.mean(errors(s, d)) <= tol / 1e3)
    ),
    wrong("median of the errors", judged_by(lambda s, d, tol: np.median(errors(s, d)) <= tol)),
    wrong("smallest error", judged_by(lambda s, d, tol: np.min(errors(s, d), initial=1.0) <= tol)),
    wrong("first entry only", judged_by(lambda s, d, tol: np.ravel(errors(s, d))[0] <= tol)),
    wrong("last entry only", last_entry_decides),
    wrong("return inside the loop", returning_in_the_loop),
    wrong("first row only", judged_by(lambda s, d, tol: np.all(errors(s[0], d[0]) <= tol))),
    wrong("sums compared", judged_by(lambda s, d, tol: errors(np.sum(s), np.sum(d)) <= tol)),
    wrong("norms of the whole arrays", judged_by(lambda s, d, tol: np.linalg.norm(s - d) <= tol * np.linalg.norm(d))),
    wrong(
        "relative to the largest slope",
        judged_by(lambda s, d, tol: np.all(abs(s - d) <= tol * np.max(abs(d), initial=0))),
    ),
    wrong("absolute error", judged_by(lambda s, d, tol: np.all(np.abs(s - d) <= tol))),
    wrong("np.allclose with its own atol", judged_by(lambda s, d, tol: np.allclose(s, d, rtol=tol))),
    wrong("np.allclose with tol as atol", judged_by(lambda s, d, tol: np.allclose(s, d, atol=tol))),
    wrong("np.allclose as it is", judged_by(lambda s, d, tol: np.allclose(s, d))),
    wrong("relative to at least 1", judged_by(lambda s, d, tol: np.all(abs(s - d) <= tol * np.maximum(1, abs(d))))),
    wrong("no absolute value above", judged_by(lambda s, d, tol: np.all(s - d <= tol * np.maximum(abs(s), abs(d))))),
    wrong(
        "no absolute value above, swapped",
        judged_by(lambda s, d, tol: np.all(d - s <= tol * np.maximum(abs(s), abs(d)))),
    ),
    wrong("no absolute values below", judged_by(lambda s, d, tol: np.all(np.abs(s - d) <= tol * np.maximum(s, d)))),
    wrong("signs of the slopes lost", judged_by(lambda s, d, tol: np.all(errors(np.abs(s), np.abs(d)) <= tol))),
    wrong("only the signs compared", judged_by(lambda s, d, tol: np.all(np.sign(s) == np.sign(d)))),
    wrong("0/0 where both are 0", judged_by(lambda s, d, tol: np.all(without_zeros(s, d) <= tol))),
    wrong(
        "strictly below, multiplied out",
        judged_by(lambda s, d, tol: np.all(abs(s - d) < tol * np.maximum(abs(s), abs(d)))),
    ),
    wrong("zeros of the difference skipped", judged_by(lambda s, d, tol: np.all((errors(s, d) <= tol) | (d == 0)))),
    wrong("zeros of the derivative skipped", judged_by(lambda s, d, tol: np.all((errors(s, d) <= tol) | (s == 0)))),
    wrong("equality", judged_by(lambda s, d, tol: np.all(s == d))),
    wrong("np.array_equal", judged_by(lambda s, d, tol: np.array_equal(s, d))),
    wrong("the other way round", judged_by(lambda s, d, tol: np.all(errors(s, d) > tol)), "sign"),
    wrong("not all", judged_by(lambda s, d, tol: not np.all(errors(s, d) <= tol)), "sign"),
    wrong("True where one disagrees", judged_by(lambda s, d, tol: np.any(errors(s, d) > tol)), "sign"),
    wrong("1 minus the error", judged_by(lambda s, d, tol: np.all(1 - errors(s, d) <= tol))),
    wrong("always True", judged_by(lambda s, d, tol: True), "constant"),
    wrong("always False", judged_by(lambda s, d, tol: False), "constant"),
    wrong("tolerance of its own, 1e-6", judged_by(lambda s, d, tol: np.all(errors(s, d) <= 1e-6))),
    wrong("tolerance of its own, 1e-3", judged_by(lambda s, d, tol: np.all(errors(s, d) <= 1e-3))),
    wrong("tolerance squared", judged_by(lambda s, d, tol: np.all(errors(s, d) <= tol**2))),
    wrong("root of the tolerance", judged_by(lambda s, d, tol: np.all(errors(s, d) <= np.sqrt(tol)))),
    wrong("step of its own, 1e-5", compared_with(lambda f, x, h: central(f, x, 1e-5))),
    wrong("tolerance and step exchanged", lambda f, d, x, h=1e-5, tol=1e-6: multiplied_out(f, d, x, tol, h)),
    wrong("forward difference", compared_with(lambda f, x, h: (f(x + h) - f(x)) / h)),
    wrong("backward difference", compared_with(lambda f, x, h: (f(x) - f(x - h)) / h)),
    wrong("central difference, not halved", compared_with(lambda f, x, h: (f(x + h) - f(x - h)) / h)),
    wrong("central difference, not divided", compared_with(lambda f, x, h: f(x + h) - f(x - h))),
    wrong("central difference, swapped", compared_with(lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h))),
    wrong("missing brackets: /2*h", compared_with(lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h)),
    wrong("the value of f", compared_with(lambda f, x, h: f(x))),
    wrong("f and derivative exchanged", lambda f, d, x, h=1e-5, tol=1e-6: multiplied_out(d, f, x, h, tol)),
    wrong(
        "derivative compared with its own difference",
        lambda f, d, x, h=1e-5, tol=1e-6: multiplied_out(d, d, x, h, tol),
    ),
    wrong("the errors", lambda f, d, x, h=1e-5, tol=1e-6: measured(f, d, x, h)),
    wrong("the largest error", lambda f, d, x, h=1e-5, tol=1e-6: float(np.max(measured(f, d, x, h), initial=0))),
    wrong("verdict per entry", lambda f, d, x, h=1e-5, tol=1e-6: measured(f, d, x, h) <= tol),
    wrong("verdict per entry as a list", lambda f, d, x, h=1e-5, tol=1e-6: (measured(f, d, x, h) <= tol).tolist()),
    wrong(
        "verdict and error", lambda f, d, x, h=1e-5, tol=1e-6: (multiplied_out(f, d, x, h, tol), measured(f, d, x, h))
    ),
    wrong("verdict as a word", lambda f, d, x, h=1e-5, tol=1e-6: str(multiplied_out(f, d, x, h, tol))),
    wrong("'ok' or 'wrong'", lambda f, d, x, h=1e-5, tol=1e-6: "ok" if multiplied_out(f, d, x, h, tol) else "wrong"),
    wrong("share of agreeing entries", lambda f, d, x, h=1e-5, tol=1e-6: float(np.mean(measured(f, d, x, h) <= tol))),
    wrong("number of agreeing entries", lambda f, d, x, h=1e-5, tol=1e-6: int(np.sum(measured(f, d, x, h) <= tol))),
    wrong("None for False", none_for_false, "returns_none"),
    wrong("no return", without_return, "returns_none"),
    wrong(
        "prints instead of returning",
        lambda f, d, x, h=1e-5, tol=1e-6: print(multiplied_out(f, d, x, h, tol)),
        "returns_none",
    ),
    wrong("assert_allclose", with_assert, "raises"),
    wrong("raises instead of False", with_raise, "raises"),
    wrong("if on the arrays", scalar_if, "scalar_only", "raises"),
    wrong(
        "if on the errors", lambda f, d, x, h=1e-5, tol=1e-6: bool(measured(f, d, x, h) <= tol), "scalar_only", "raises"
    ),
    wrong(
        "float() of x",
        lambda f, d, x, h=1e-5, tol=1e-6: multiplied_out(f, d, float(x), h, tol),
        "scalar_only",
        "raises",
    ),
    wrong(
        "derivative taken for an array",
        lambda f, d, x, h=1e-5, tol=1e-6: bool(np.all(errors(d, central(f, x, h)) <= tol)),
        "raises",
    ),
    wrong("no step and no tolerance", lambda f, d, x: multiplied_out(f, d, x), "raises"),
    wrong("moves x in place", moving_x_in_place, "changes_argument", "raises"),
    wrong(
        "forward difference and any",
        lambda f, d, x, h=1e-5, tol=1e-6: bool(np.any(errors(d(x), (f(x + h) - f(x)) / h) <= tol)),
    ),
    wrong("any, and the other way round", judged_by(lambda s, d, tol: not np.any(errors(s, d) <= tol))),
    wrong("absolute error of the sums", judged_by(lambda s, d, tol: abs(np.sum(s) - np.sum(d)) <= tol)),
    wrong("small offset in the derivative", judged_by(lambda s, d, tol: np.all(errors(s + 1e-3, d) <= tol))),
]
