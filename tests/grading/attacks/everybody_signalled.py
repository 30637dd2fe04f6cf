"""Sends a signal to every process that it may. (SIGURG: it harms nobody, and the grader would notice.)

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import os
import signal

signal.signal(signal.SIGURG, signal.SIG_IGN)


def sigmoid_derivative(x):
    for pid in (-1, 0, GRADER_PROCESS, *range(1, 50)):
        try:
            os.kill(pid, signal.SIGURG)
        except OSError:
            pass
    return x
