"""Answers to `first_wrong_line`."""

import math
from itertools import pairwise

import numpy as np
from answer import Answer, wrong

TOLERANCE = 1e-9


def same(a, b, rtol=TOLERANCE, atol=0.0):
    return bool(np.all(np.abs(a - b) <= np.maximum(atol, rtol * np.maximum(np.abs(a), np.abs(b)))))


# --- right ---------------------------------------------------------------------------------------------------


def with_allclose(lines, x):
    values = [line(x) for line in lines]
    for i in range(1, len(values)):
        if not np.allclose(values[i], values[i - 1], rtol=1e-9, atol=0):
            return i
    return -1


def with_relative_error(lines, x):
    def relative_error(a, b):
        size = np.maximum(np.abs(a), np.abs(b))
        return np.abs(a - b) / np.where(size == 0, 1, size)

    for number, (before, after) in enumerate(pairwise(lines), start=1):
        if np.any(relative_error(before(x), after(x)) > 1e-9):
            return number
    return -1


def remembering_the_last(lines, x):
    """Keep the value of the line before; call each line once."""
    previous = None
    for i, line in enumerate(lines):
        current = line(x)
        if previous is not None and not same(previous, current):
            return i
        previous = current
    return -1


def with_while(lines, x):
    i = 1
    while i < len(lines):
        if not np.all(np.isclose(lines[i](x), lines[i - 1](x), rtol=1e-9, atol=0)):
            return i
        i += 1
    return -1


def with_next(lines, x):
    values = [line(x) for line in lines]
    return next((i for i in range(1, len(values)) if not same(values[i], values[i - 1])), -1)


def with_math_isclose(lines, x):
    for i in range(len(lines) - 1):
        pairs = np.broadcast(lines[i](x), lines[i + 1](x))
        if not all(math.isclose(a, b, rel_tol=1e-9, abs_tol=0.0) for a, b in pairs):
            return i + 1
    return -1


def by_recursion(lines, x):
    """Look at the first two lines, then at the rest."""
    if len(lines) < 2:
        return -1
    if not same(lines[0](x), lines[1](x)):
        return 1
    rest = by_recursion(lines[1:], x)
    return rest + 1 if rest >= 0 else -1


def from_behind(lines, x):
    """Go from the last line to the first; what is found last is the first."""
    found = -1
    for i in range(len(lines) - 1, 0, -1):
        if not same(lines[i](x), lines[i - 1](x)):
            found = i
    return found


def with_list_index(lines, x):
    values = [line(x) for line in lines]
    agreeing = [True] + [same(a, b) for a, b in pairwise(values)]
    return agreeing.index(False) if False in agreeing else -1


def with_minimum(lines, x):
    values = [line(x) for line in lines]
    wrong_lines = [i for i in range(1, len(values)) if not same(values[i - 1], values[i])]
    return min(wrong_lines, default=-1)


def with_for_else(lines, x):
    i, old = 1, lines[0](x)
    for line in lines[1:]:
        new = line(x)
        if not same(new, old):
            break
        i, old = i + 1, new
    else:
        return -1
    return i


def with_try(lines, x):
    """Let numpy's own test raise."""
    values = [line(x) for line in lines]
    for i, (before, after) in enumerate(pairwise(values)):
        try:
            np.testing.assert_allclose(after, before, rtol=1e-9, atol=0)
        except AssertionError:
            return i + 1
    return -1


RIGHT = [
    Answer("np.allclose with atol=0", with_allclose),
    Answer("relative error of each pair", with_relative_error),
    Answer("value of the line before kept", remembering_the_last),
    Answer("while loop with np.isclose", with_while),
    Answer("next() over a generator", with_next),
    Answer("math.isclose entry by entry", with_math_isclose),
    Answer("recursion", by_recursion),
    Answer("from behind", from_behind),
    Answer("list.index", with_list_index),
    Answer("smallest of the wrong numbers", with_minimum),
    Answer("for and else", with_for_else),
    Answer("np.testing.assert_allclose", with_try),
]


def number_from_numpy(lines, x):
    values = [line(x) for line in lines]
    disagreeing = np.array([False] + [not same(a, b) for a, b in pairwise(values)])
    return np.flatnonzero(disagreeing)[0] if disagreeing.any() else -1


def against_the_first(lines, x):
    values = [line(x) for line in lines]
    for i, value in enumerate(values):
        if not same(value, values[0]):
            return i
    return -1


#: The first gives a whole number of numpy's. The second compares with line 0, which finds the same line unless many
#: small differences add up. The third gives the number as a float.
DISPUTED = [
    Answer("number as numpy gives it", number_from_numpy),
    Answer("compared with line 0", against_the_first),
    Answer("number as a float", lambda lines, x: float(with_next(lines, x))),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def pairs_judged_by(agree):
    """Make an answer from a function that says whether two values agree."""

    def first(lines, x):
        values = [line(x) for line in lines]
        for i in range(1, len(values)):
            if not agree(values[i - 1], values[i]):
                return i
        return -1

    return first


def all_wrong(lines, x):
    values = [line(x) for line in lines]
    return [i for i in range(1, len(values)) if not same(values[i - 1], values[i])]


def against_the_last(lines, x):
    values = [line(x) for line in lines]
    for i, value in enumerate(values):
        if not same(value, values[-1]):
            return i
    return -1


def last_against_first(lines, x):
    return -1 if same(lines[0](x), lines[-1](x)) else len(lines) - 1


def wrapping_around(lines, x):
    """Compare line 0 with line -1, the last."""
    values = [line(x) for line in lines]
    for i in range(len(values)):
        if not same(values[i], values[i - 1]):
            return i
    return -1


def never_the_last(lines, x):
    values = [line(x) for line in lines]
    for i in range(1, len(values) - 1):
        if not same(values[i], values[i - 1]):
            return i
    return -1


def never_the_first_pair(lines, x):
    values = [line(x) for line in lines]
    for i in range(2, len(values)):
        if not same(values[i], values[i - 1]):
            return i
    return -1


def past_the_end(lines, x):
    for i in range(len(lines)):
        if not same(lines[i](x), lines[i + 1](x)):
            return i + 1
    return -1


def every_second_pair(lines, x):
    for i in range(1, len(lines), 2):
        if not same(lines[i](x), lines[i - 1](x)):
            return i
    return -1


def returning_in_the_loop(lines, x):
    for i in range(1, len(lines)):
        if not same(lines[i](x), lines[i - 1](x)):
            return i
        else:
            return -1
    return -1


def without_minus_one(lines, x):
    for i in range(1, len(lines)):
        if not same(lines[i](x), lines[i - 1](x)):
            return i


def forgetting_to_move_on(lines, x):
    """Give the line after the first agreement."""
    for i in range(1, len(lines)):
        if same(lines[i](x), lines[i - 1](x)):
            return i
    return -1


def comparing_functions(lines, x):
    for i in range(1, len(lines)):
        if lines[i] != lines[i - 1]:
            return i
    return -1


def emptying_the_list(lines, x):
    """Take the lines out of the learner's list."""
    value = lines.pop(0)(x)
    i = 0
    while lines:
        i += 1
        after = lines.pop(0)(x)
        if not same(value, after):
            return i
        value = after
    return -1


def storing_values_in_the_list(lines, x):
    for i in range(len(lines)):
        lines[i] = lines[i](x)
    for i in range(1, len(lines)):
        if not same(lines[i], lines[i - 1]):
            return i
    return -1


def nudging_x(lines, x):
    """Move the learner's array away from special points."""
    x += 1e-3
    return with_next(lines, x)


def with_print(lines, x):
    print(with_next(lines, x))


def with_assert(lines, x):
    values = [line(x) for line in lines]
    for before, after in pairwise(values):
        assert same(before, after)
    return -1


def by_set(lines, x):
    """Count different values."""
    return -1 if len({float(np.sum(line(x))) for line in lines}) == 1 else 1


def after_found(change):
    """Make an answer that changes the right number on its way out."""
    return lambda lines, x: change(with_next(lines, x), lines)


WRONG = [
    wrong("number of the line before", after_found(lambda i, lines: i - 1 if i > 0 else -1)),
    wrong("counted from 1", after_found(lambda i, lines: i + 1 if i > 0 else -1)),
    wrong("one too many, at the end too", after_found(lambda i, lines: i + 1)),
    wrong("0 if all agree", after_found(lambda i, lines: max(i, 0))),
    wrong("number of lines if all agree", after_found(lambda i, lines: i if i > 0 else len(lines))),
    wrong("last number if all agree", after_found(lambda i, lines: i if i > 0 else len(lines) - 1)),
    wrong("counted from the end", after_found(lambda i, lines: i - len(lines) if i > 0 else -1)),
    wrong("-2 if all agree", after_found(lambda i, lines: i if i > 0 else -2)),
    wrong("None if all agree", without_minus_one, "returns_none"),
    wrong("False if all agree", after_found(lambda i, lines: i if i > 0 else False)),
    wrong("whether all agree", after_found(lambda i, lines: i == -1)),
    wrong("whether one is wrong", after_found(lambda i, lines: i > 0)),
    wrong("the line itself", after_found(lambda i, lines: lines[i])),
    wrong("list of one number", after_found(lambda i, lines: [i])),
    wrong("array of one number", after_found(lambda i, lines: np.array([i])), "wrong_shape"),
    wrong("number as a string", after_found(lambda i, lines: str(i))),
    wrong("sentence", after_found(lambda i, lines: f"line {i} is wrong")),
    wrong("number and values", lambda lines, x: (with_next(lines, x), [line(x) for line in lines])),
    wrong("minus the number", after_found(lambda i, lines: -i), "sign"),
    wrong("always -1", lambda lines, x: -1, "constant"),
    wrong("always 1", lambda lines, x: 1, "constant"),
    wrong("always 2", lambda lines, x: 2, "constant"),
    wrong("numbers of all wrong lines", all_wrong),
    wrong("last wrong line", lambda lines, x: max(all_wrong(lines, x), default=-1)),
    wrong("how many are wrong", lambda lines, x: len(all_wrong(lines, x)) or -1),
    wrong("compared with the last line", against_the_last),
    wrong("last compared with the first", last_against_first),
    wrong("line 0 compared with the last", wrapping_around),
    wrong("last line never looked at", never_the_last),
    wrong("first pair never looked at", never_the_first_pair),
    wrong("one line past the end", past_the_end, "raises"),
    wrong("every second pair only", every_second_pair),
    wrong("return inside the loop", returning_in_the_loop),
    wrong("first line that agrees", forgetting_to_move_on),
    wrong("different sums counted", by_set),
    wrong("functions compared, not values", comparing_functions),
    wrong("equality", pairs_judged_by(lambda a, b: np.all(a == b))),
    wrong("np.array_equal", pairs_judged_by(np.array_equal)),
    wrong("np.allclose as it is", pairs_judged_by(np.allclose)),
    wrong("np.allclose with its own atol", pairs_judged_by(lambda a, b: np.allclose(a, b, rtol=1e-9))),
    wrong("np.allclose with its own rtol", pairs_judged_by(lambda a, b: np.allclose(a, b, atol=1e-9))),
    wrong("absolute error", pairs_judged_by(lambda a, b: np.all(np.abs(a - b) <= 1e-9))),
    wrong("tolerance 1e-6", pairs_judged_by(lambda a, b: same(a, b, rtol=1e-6))),
    wrong("tolerance 1e-3", pairs_judged_by(lambda a, b: same(a, b, rtol=1e-3))),
    wrong("tolerance of one ulp", pairs_judged_by(lambda a, b: same(a, b, rtol=2.2e-16))),
    wrong("rounded to 6 digits", pairs_judged_by(lambda a, b: np.all(np.round(a, 6) == np.round(b, 6)))),
    wrong("rounded to 9 digits", pairs_judged_by(lambda a, b: np.all(np.round(a, 9) == np.round(b, 9)))),
    wrong("relative to at least 1", pairs_judged_by(lambda a, b: same(a, b, atol=1e-9))),
    wrong("no absolute value", pairs_judged_by(lambda a, b: np.all(a - b <= 1e-9 * np.abs(b)))),
    wrong("no absolute value, swapped", pairs_judged_by(lambda a, b: np.all(b - a <= 1e-9 * np.abs(b)))),
    wrong("no absolute value below", pairs_judged_by(lambda a, b: np.all(np.abs(a - b) <= 1e-9 * b))),
    wrong("signs lost", pairs_judged_by(lambda a, b: same(np.abs(a), np.abs(b)))),
    wrong(
        "wrong only if all entries differ", pairs_judged_by(lambda a, b: np.any(np.isclose(a, b, rtol=1e-9, atol=0)))
    ),
    wrong("sums compared", pairs_judged_by(lambda a, b: same(np.sum(a), np.sum(b)))),
    wrong("largest entries compared", pairs_judged_by(lambda a, b: same(np.max(a), np.max(b)))),
    wrong("norms compared", pairs_judged_by(lambda a, b: same(np.linalg.norm(a), np.linalg.norm(b)))),
    wrong("norm of the difference", pairs_judged_by(lambda a, b: np.linalg.norm(a - b) <= 1e-9 * np.linalg.norm(a))),
    wrong("first entries compared", pairs_judged_by(lambda a, b: same(np.ravel(a)[0], np.ravel(b)[0]))),
    wrong("last entries compared", pairs_judged_by(lambda a, b: same(np.ravel(a)[-1], np.ravel(b)[-1]))),
    wrong("sorted entries compared", pairs_judged_by(lambda a, b: same(np.sort(a, axis=None), np.sort(b, axis=None)))),
    wrong("strictly below, so that 0 differs from 0", pairs_judged_by(lambda a, b: np.all(abs(a - b) < 1e-9 * abs(b)))),
    wrong("if on the arrays", pairs_judged_by(lambda a, b: a == b), "scalar_only", "raises"),
    wrong("math.isclose on the arrays", pairs_judged_by(lambda a, b: math.isclose(a, b)), "scalar_only", "raises"),
    wrong("at 1 instead of x", lambda lines, x: with_next(lines, np.array(1.0))),
    wrong("at the mean of x", lambda lines, x: with_next(lines, np.mean(x))),
    wrong("at the absolute value of x", lambda lines, x: with_next(lines, np.abs(x))),
    wrong("lines not called", lambda lines, x: with_next([lambda t, v=line: v for line in lines], x), "raises"),
    wrong("arguments exchanged", lambda x, lines: with_next(lines, x), "raises"),
    wrong("raises at the wrong line", with_assert, "raises"),
    wrong("prints instead of returning", with_print, "returns_none"),
    wrong("empties the list", emptying_the_list, "changes_argument"),
    wrong("stores the values in the list", storing_values_in_the_list, "changes_argument"),
    wrong("moves x in place", nudging_x, "changes_argument"),
    wrong("line before, and 0 if all agree", after_found(lambda i, lines: max(i - 1, 0))),
    wrong("last wrong line, counted from 1", lambda lines, x: max(all_wrong(lines, x), default=-2) + 1),
    wrong("two lines later", after_found(lambda i, lines: i + 2 if i > 0 else -1)),
]
