"""Takes a little less than the time that a call may take, at every call, with the answer right.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
expected: sigmoid 10
stopped by: time limit
"""

# %% sigmoid
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% sigmoid_derivative
import time


def sigmoid_derivative(x):
    time.sleep(0.2)
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
