"""Reads the home folder of whoever grades.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    seen = []
    for home in (os.path.expanduser("~"), "HOME_FOLDER", "/root", "/home"):
        try:
            seen += [f"{home}/{name}" for name in os.listdir(home) if name.startswith(".") or home == "/home"]
        except OSError:
            pass
    raise RuntimeError(f"ESCAPED: {seen[:3]}" if seen else "nothing to see")
