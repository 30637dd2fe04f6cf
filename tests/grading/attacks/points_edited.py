"""Gives its own tests a thousand points, and writes itself a grade into the notebook.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 10
stopped by: only answer cells
"""

# %% [metadata] sigmoid-test
{"points": 1000, "locked": false, "score": 1000}
# %% [metadata] sigmoid_derivative-test
{"points": 1e308, "locked": false, "solution": true}
# %% sigmoid
def sigmoid(x):
    return x
# %% sigmoid_derivative
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
