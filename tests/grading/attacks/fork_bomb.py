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
    born = 0
    for _ in range(10):
        try:
            born += os.fork() > 0
        except OSError:
            pass
    ctypes.CDLL(None).prctl(15, b"course-attack", 0, 0, 0)
    if born == 10:
        raise RuntimeError("ESCAPED: a thousand processes")
    time.sleep(20)
    return x
