"""Raises an exception whose text is half a character, or none, or raises an exception itself.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: escaped reports
"""

# %% sigmoid_derivative
import random


class Unspeakable(Exception):
    def __str__(self):
        choice = random.randrange(4)
        if choice == 0:
            raise self
        return ["\udcff\ud800", 7, "x" * (1 << 24)][choice - 1]

    __repr__ = __str__


def sigmoid_derivative(x):
    print("\ud800\udfff\udcff" * 1000)
    raise Unspeakable
