"""Prints without end.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: time limit
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    while True:
        print("course-attack " * 10_000, flush=True)
