"""Calls itself until the stack of the process is used up, which no exception reports.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: a process for each answer
"""

# %% sigmoid_derivative
import sys

sys.setrecursionlimit(2**31 - 1)


class Deeper:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr(self)


def sigmoid_derivative(x):
    return repr(Deeper())
