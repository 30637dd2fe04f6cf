"""Junk: no answer to any exercise."""

import functools

import numpy as np
from answer import Answer, logistic


def wanted_shape(arguments):
    """Give the shape that a right answer would have: that of w with three arguments, else that of x."""
    return np.shape(arguments[2] if len(arguments) == 3 else arguments[0])


def filled_with(value):
    """Make a function that fills an array of the wanted shape."""
    return lambda *arguments: np.full(wanted_shape(arguments), value)


class Nothing:
    """A class handed in instead of a function."""

    def __init__(self, *arguments):
        pass

    def method(self, *arguments):
        return self


class CallableZeros:
    """An object that can be called like a function."""

    def __call__(self, *arguments):
        return np.zeros(wanted_shape(arguments))


class RefusesToBeAnArray:
    """An object that raises when numpy looks at it."""

    def __array__(self, *arguments, **options):
        raise RuntimeError("this is no array")


class LyingArray(np.ndarray):
    """An array that calls itself equal to everything and at no distance from it."""

    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __ne__(self, other):
        return np.zeros(self.shape, dtype=bool)

    __hash__ = None

    def __sub__(self, other):
        return np.zeros(self.shape)

    def __rsub__(self, other):
        return np.zeros(self.shape)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        """Answer every comparison with yes and everything else with zeros."""
        if ufunc in (np.less, np.less_equal, np.equal, np.isfinite):
            return np.ones(self.shape, dtype=bool)
        return np.zeros(self.shape)


def generator_function(*arguments):
    yield 0.25
    yield 0.5


async def coroutine_function(*arguments):
    return np.zeros(wanted_shape(arguments))


def raises_value_error(*arguments):
    raise ValueError("no idea")


def raises_system_exit(*arguments):
    raise SystemExit(3)


def deletes_its_argument(x=None, *others):
    del x


def overwrites_its_argument(*arguments):
    arguments[0][...] = 0
    return arguments[0]


def prints_a_megabyte(*arguments):
    print("x" * 1_000_000)
    return np.zeros(wanted_shape(arguments))


def calls_itself(*arguments):
    return calls_itself(*arguments)


def returns_object_array(*arguments):
    out = np.empty(wanted_shape(arguments), dtype=object)
    out[...] = Nothing()
    return out


def returns_structured_array(*arguments):
    return np.zeros(wanted_shape(arguments), dtype=[("value", float), ("slope", float)])


def returns_itself_in_a_list(*arguments):
    out = []
    out.append(out)
    return out


JUNK = [
    Answer("None", None),
    Answer("a string", "1 / (1 + np.exp(-x))"),
    Answer("a number", 0.25),
    Answer("an array", np.zeros(3)),
    Answer("Ellipsis", ...),
    Answer("a module", np),
    Answer("a dict", {"sigmoid": logistic}),
    Answer("a list holding a function", [logistic]),
    Answer("a class", Nothing),
    Answer("the class str", str),
    Answer("the class np.ndarray", np.ndarray),
    Answer("a generator object", generator_function()),
    Answer("a generator function", generator_function),
    Answer("a coroutine function", coroutine_function),
    Answer("a lambda that returns None", lambda *arguments: None),
    Answer("a lambda that returns zeros", lambda *arguments: np.zeros(wanted_shape(arguments))),
    Answer("a partial with too few arguments left", functools.partial(np.add, 1.0)),
    Answer("a partial that fills an array", functools.partial(np.full, (2, 2), 0.25)),
    Answer("a callable object", CallableZeros()),
    Answer("a bound method", Nothing().method),
    Answer("a bound method of a list", [0.0].append),
    Answer("a ufunc", np.sin),
    Answer("raises ValueError", raises_value_error),
    Answer("raises SystemExit", raises_system_exit),
    Answer("recursion without end", calls_itself),
    Answer("deletes its argument", deletes_its_argument),
    Answer("overwrites its argument", overwrites_its_argument),
    Answer("prints a megabyte", prints_a_megabyte),
    Answer("takes no argument", lambda: 0.25),
    Answer("takes too many arguments", lambda a, b, c, d, e: a * b * c * d * e),
    Answer("all inf", filled_with(np.inf)),
    Answer("all nan", filled_with(np.nan)),
    Answer("huge lazy array", lambda *arguments: np.broadcast_to(1.0, (10**6, 10**6))),
    Answer("empty array", lambda *arguments: np.zeros((0, 7))),
    Answer("its argument itself", lambda *arguments: arguments[0]),
    Answer("all arguments as a tuple", lambda *arguments: arguments),
    Answer("returns a string", lambda *arguments: "0.25"),
    Answer("returns bytes", lambda *arguments: b"0.25"),
    Answer("returns a list of strings", lambda *arguments: ["a", "b", "c"]),
    Answer("returns a dict", lambda *arguments: {"value": 0.25}),
    Answer("returns a set", lambda *arguments: {0.25}),
    Answer("returns a ragged list", lambda *arguments: [[1.0, 2.0], [3.0], []]),
    Answer("returns a list that contains itself", returns_itself_in_a_list),
    Answer("returns a number too large for a float", lambda *arguments: 10**400),
    Answer("returns an object array", returns_object_array),
    Answer("returns an array of strings", filled_with("0.25")),
    Answer("returns a structured array", returns_structured_array),
    Answer("returns a complex array", filled_with(0.25 + 1j)),
    Answer("returns a boolean array", filled_with(True)),
    Answer("returns dates", filled_with(np.datetime64("2024-01-01"))),
    Answer(
        "returns a masked array", lambda *arguments: np.ma.masked_array(np.zeros(wanted_shape(arguments)), mask=True)
    ),
    Answer("returns an object that is no array", lambda *arguments: RefusesToBeAnArray()),
    Answer("returns an array that lies", lambda *arguments: np.full(wanted_shape(arguments), 7.0).view(LyingArray)),
]
