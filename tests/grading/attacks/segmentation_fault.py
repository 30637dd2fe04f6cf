"""Reads address 0, in the hope that whoever grades goes down with it.

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
import ctypes


def sigmoid_derivative(x):
    return ctypes.string_at(0)
