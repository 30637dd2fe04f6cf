"""Starts process after process. (It stops at 64, should nobody stop it.)

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: process limit
"""

# %% sigmoid_derivative
import ctypes
import os
import time


def sigmoid_derivative(x):
    started = 0
    while started < 64:
        try:
            if os.fork() == 0:
                ctypes.CDLL(None).prctl(15, b"course-attack", 0, 0, 0)
                time.sleep(20)
                os._exit(0)
            started += 1
        except OSError:
            break
    raise RuntimeError("ESCAPED: 64 processes" if started == 64 else "nothing to see")
