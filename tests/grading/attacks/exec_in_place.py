"""Becomes another program, made in memory, in the place of the one that was confined.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: seccomp
"""

# %% sigmoid_derivative
import os
import sys


def sigmoid_derivative(x):
    with open(os.path.realpath(sys.executable), "rb") as program:
        content = program.read()
    descriptor = os.memfd_create("course-attack")
    os.write(descriptor, content)
    os.execve(descriptor, ["python", "-c", "import os; os.write(1, b'ESCAPED: executed'); input()"], {})
