"""Writes to the standard output and error without end, below everything that catches what is printed.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: time limit
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    while True:
        for descriptor in (0, 1, 2):
            try:
                os.write(descriptor, b"course-attack " * 100_000)
            except OSError:
                pass
