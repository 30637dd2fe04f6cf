"""Sends an urgent byte, and peeks: ways of sockets in which kernels had mistakes that led out of a sandbox.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: seccomp
"""

# %% sigmoid_derivative
import ctypes
import errno

OUT_OF_BAND, PEEK, DONT_WAIT = 1, 2, 64


def sigmoid_derivative(x):
    libc = ctypes.CDLL(None, use_errno=True)
    byte = ctypes.create_string_buffer(1)
    for flag in (OUT_OF_BAND, PEEK):
        libc.recv(3, byte, ctypes.c_size_t(1), flag | DONT_WAIT)
        if ctypes.get_errno() != errno.EPERM:
            raise RuntimeError(f"ESCAPED: flag {flag}")
    if libc.send(3, byte, ctypes.c_size_t(1), OUT_OF_BAND) != -1:
        raise RuntimeError("ESCAPED: an urgent byte")
    return x
