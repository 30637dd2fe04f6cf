"""Leaves a broken numpy, no built-in functions and no modules behind for the next answer.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 10
stopped by: a process for each answer
"""

# %% sigmoid
import builtins
import sys

np.exp = np.abs = np.array = np.asarray = np.zeros = np.log = None
builtins.open = builtins.len = builtins.isinstance = None
for name in list(sys.modules):
    if name not in ("sys", "builtins"):
        sys.modules[name] = None


def sigmoid(x):
    return x
# %% sigmoid_derivative
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
