"""Reads the home folder of whoever grades.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os
import sys


def sigmoid_derivative(x):
    seen = []
    for home in (os.path.expanduser("~"), "HOME_FOLDER", "/root", "/home"):
        try:
            seen += [f"{home}/{name}" for name in os.listdir(home)]
        except OSError:
            pass
    # The interpreter itself may be at home there: the way to it is no secret.
    seen = [path for path in seen if not f"{sys.base_prefix}/{sys.path}".startswith(path) and path not in str(sys.path)]
    raise RuntimeError(f"ESCAPED: {seen[:3]}" if seen else "nothing to see")
