"""Doubles itself again and again. (It stops at 128, should nobody stop it.)

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
    for _ in range(7):
        try:
            forked.append(os.fork())
        except OSError:
            break
    ctypes.CDLL(None).prctl(15, b"course-attack", 0, 0, 0)
    if len(forked) == 7 and all(forked):
        raise RuntimeError("ESCAPED: 128 processes")
    if forked:
        time.sleep(20)
    return x
