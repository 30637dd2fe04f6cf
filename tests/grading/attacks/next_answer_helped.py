"""Leaves a patched numpy and a module behind in one answer, from which the next one lives.

assignment: 03_sigmoid
expected: sigmoid 10
expected: sigmoid_derivative 0
stopped by: a process for each answer
"""

# %% sigmoid
import sys
import types


def slope(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


left = types.ModuleType("left_behind")
left.slope = np.slope = slope
sys.modules["left_behind"] = left


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% sigmoid_derivative
def sigmoid_derivative(x):
    return np.slope(x)
