"""Patches everything in cells of its own, before and after the answers.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
expected: sigmoid 10
stopped by: only answer cells
"""

# %% [first cell]
import builtins
import numpy
from pathlib import Path

numpy.allclose = numpy.testing.assert_allclose = lambda *args, **kwargs: True
builtins.NotImplementedError = ValueError
Path("/tmp/course-attack-cells_added").touch()
# %% sigmoid
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% sigmoid_derivative
def sigmoid_derivative(x):
    return x * (1 - x)
# %% [cell]
from pathlib import Path

Path("/tmp/course-attack-cells_added").touch()
sigmoid_derivative = lambda x: 0.25
check = lambda *args, **kwargs: type("Result", (), {"points": 10.0})
