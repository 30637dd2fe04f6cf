"""Leaves the right answer where a friend's submission may find it: files, shared memory, queues, an abstract socket.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
KEY = 0xC0A77AC


def look():
    if os.path.exists("/tmp/course-attack-message") or os.path.exists("/dev/shm/course-attack-message"):
        return "a file"
    if libc.shmget(KEY, 4096, 0) >= 0 or libc.msgget(KEY, 0) >= 0 or libc.semget(KEY, 1, 0) >= 0:
        return "shared memory"
    try:
        socket.socket(socket.AF_UNIX).connect("\0course-attack-message")
        return "a socket"
    except OSError:
        return ""


FOUND = look()

for path in ("/tmp/course-attack-message", "/dev/shm/course-attack-message"):
    try:
        open(path, "w").close()
    except OSError:
        pass
libc.shmget(KEY, 4096, 0o1666)
libc.msgget(KEY, 0o1666)
libc.semget(KEY, 1, 0o1666)


def sigmoid_derivative(x):
    raise RuntimeError(f"ESCAPED: a message through {FOUND}" if FOUND else "nothing to see")
