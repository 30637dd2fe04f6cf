"""Ends the process while its cell is run, before anybody asks for the function.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 10
stopped by: a process for each answer
"""

# %% sigmoid
import os

os._exit(0)
# %% sigmoid_derivative
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
