"""Kills its process group, in which the grader may be.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import os
import signal


def sigmoid_derivative(x):
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(0, signal_number)
            os.killpg(os.getpgrp(), signal_number)
        except OSError:
            pass
    return x
