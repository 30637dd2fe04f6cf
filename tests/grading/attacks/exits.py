"""Ends the process at once, without a word and with the status of success; in another answer, politely.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 0
expected: sigmoid_derivative_from_output 10
stopped by: a process for each answer
"""

# %% sigmoid
import os


def sigmoid(x):
    os._exit(0)
# %% sigmoid_derivative
import sys


def sigmoid_derivative(x):
    sys.exit(0)
# %% sigmoid_derivative_from_output
def sigmoid_derivative_from_output(y):
    return y * (1 - y)
