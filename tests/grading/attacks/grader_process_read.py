"""Looks through /proc for the grader: its command, its environment, its memory.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    for pid in filter(str.isdigit, os.listdir("/proc") if os.path.exists("/proc") else ()):
        for what in ("cmdline", "environ"):
            try:
                text = open(f"/proc/{pid}/{what}", "rb").read()
            except OSError:
                continue
            if b"pytest" in text or b"bwrap" in text or b"COURSE_ATTACK_SECRET" in text:
                raise RuntimeError("ESCAPED: " + repr(text[:100]))
    raise RuntimeError("nothing to see")
