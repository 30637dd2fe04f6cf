"""Opens descriptors until there is none left, for itself or for anybody.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: file limits
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    opened = 0
    try:
        while opened < 2000:
            os.dup(2)
            opened += 1
    except OSError:
        pass
    raise RuntimeError("ESCAPED: 2000 descriptors" if opened == 2000 else "nothing to see")
