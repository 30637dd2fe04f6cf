"""Stops the clock by which it is timed, and never comes back.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: time limit
"""

# %% sigmoid_derivative
import time

for name in ("time", "monotonic", "perf_counter", "process_time", "monotonic_ns", "time_ns"):
    setattr(time, name, lambda: 0)


def sigmoid_derivative(x):
    while True:
        pass
