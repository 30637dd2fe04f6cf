"""Aborts with a core dump, which would hold the grader's memory.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: a process for each answer
"""

# %% sigmoid_derivative
import os
import resource

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (OSError, ValueError):
    pass


def sigmoid_derivative(x):
    os.abort()
