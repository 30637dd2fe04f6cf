"""Is busy inside one instruction, where no exception and no handler of a signal is let in.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: time limit
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    return x * (3 ** (10**9) % 2)
