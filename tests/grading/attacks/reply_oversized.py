"""Announces a reply of 4 GiB, and sends it.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: reply limit
"""

# %% sigmoid_derivative
import os
import stat


def sigmoid_derivative(x):
    for descriptor in range(256):
        try:
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode) and not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                continue
            os.write(descriptor, b"\xff\xff\xff\xff")
            while True:
                os.write(descriptor, b"\xff" * (1 << 20))
        except OSError:
            pass
    return x
