"""Is right in the odd milliseconds only.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: judged outside
"""

# %% sigmoid_derivative
import time


def sigmoid_derivative(x):
    if time.monotonic_ns() // 1_000_000 % 2:
        e = np.exp(-np.abs(x))
        return e / (1 + e) ** 2
    return x * (1 - x)
