"""Replaces the tests by some that always pass, and adds partial points.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 0
stopped by: only answer cells
"""

# %% sigmoid
def sigmoid(x):
    return x
# %% [test] sigmoid-test
10.0
# %% [test] sigmoid_derivative-test
assert True
from pathlib import Path

Path("/tmp/course-attack-tests_replaced").touch()
10.0
