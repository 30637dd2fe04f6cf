"""Forbids the whole process whatever it does next, by an audit hook that can't be taken away.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
expected: sigmoid 10
stopped by: a process for each answer
"""

# %% sigmoid
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% sigmoid_derivative
import sys


def hook(event, arguments):
    raise SystemExit("course-attack")


def sigmoid_derivative(x):
    sys.addaudithook(hook)
    return x
