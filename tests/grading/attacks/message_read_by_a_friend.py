"""Looks for what another submission left for it.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
KEY = 0xC0A77AC


def sigmoid_derivative(x):
    found = [p for p in ("/tmp/course-attack-message", "/dev/shm/course-attack-message") if os.path.exists(p)]
    if libc.shmget(KEY, 4096, 0) >= 0 or libc.msgget(KEY, 0) >= 0 or libc.semget(KEY, 1, 0) >= 0:
        found.append("shared memory")
    if os.path.exists("/tmp"):
        found += [p for p in os.listdir("/tmp") if "course-attack" in p]
    raise RuntimeError(f"ESCAPED: {found}" if found else "nothing to see")
