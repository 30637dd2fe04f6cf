"""Leaves a process behind that belongs to nobody: it waits, and then does as it likes.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import ctypes
import os
import time


def sigmoid_derivative(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(15, b"course-attack", 0, 0, 0)
            for descriptor in range(256):
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            time.sleep(30)
        os._exit(0)
    return x
