"""Reads the environment, where graders keep the passwords of their databases.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: no environment
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    text = repr(dict(os.environ))
    if os.path.exists("/proc/self/environ"):
        text += open("/proc/self/environ").read()
    raise RuntimeError("ESCAPED: the secret" if "COURSE_ATTACK_SECRET" in text else "nothing to see")
