"""Lets scipy answer, which is not part of the promise: numpy and math are there.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: no answers inside
"""

# %% sigmoid_derivative
from scipy.special import expit


def sigmoid_derivative(x):
    return expit(x) * expit(-x)
