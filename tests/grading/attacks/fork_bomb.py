"""Doubles itself again and again. (It stops at a thousand, should nobody stop it.)

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: process limit
"""

# %% sigmoid_derivative
import ctypes
import os
import time


def sigmoid_derivative(x):
    forked = []
    for _ in range(10):
        try:
            forked.append(os.fork())
        except OSError:
            break
    ctypes.CDLL(None).prctl(15, b"course-attack", 0, 0, 0)
    if len(forked) == 10 and all(forked):
        raise RuntimeError("ESCAPED: a thousand processes")
    if forked:
        time.sleep(20)
    return x
