"""Is a text that makes Python's own parser and compiler run out of stack, memory or time.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 0
expected: sigmoid_derivative_from_output 10
stopped by: a process for each answer
"""

# %% sigmoid
x = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
def sigmoid(x):
    return x
# %% sigmoid_derivative
bomb = ((((1 << 60) ** 9) ** 9) ** 9) ** 9 if True else (((("x" * 4096) * 4096) * 4096) * 4096)


def sigmoid_derivative(x):
    return x
# %% sigmoid_derivative_from_output
def sigmoid_derivative_from_output(y):
    return y * (1 - y)
