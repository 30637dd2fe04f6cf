"""Walks out of its box through another process's root or open files.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    found = []
    for pid in ["self", *range(1, 50), GRADER_PROCESS]:
        for way in ("root", "cwd", "fd/0", "fd/1", "fd/3", "fd/4"):
            for place in ("etc/passwd", "../../../../../etc/passwd", "solutions"):
                path = f"/proc/{pid}/{way}/{place}"
                if os.path.exists(path):
                    found.append(path)
    raise RuntimeError(f"ESCAPED: {found}" if found else "nothing to see")
