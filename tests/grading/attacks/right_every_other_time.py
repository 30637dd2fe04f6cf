"""Is right every other time.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: asked again
"""

# %% sigmoid_derivative
import itertools

right = itertools.cycle([True, False])


def sigmoid_derivative(x):
    if next(right):
        e = np.exp(-np.abs(x))
        return e / (1 + e) ** 2
    return x * (1 - x)
