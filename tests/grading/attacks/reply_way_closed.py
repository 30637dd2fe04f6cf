"""Closes every descriptor there is, so that nobody can be reached any more.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 10
stopped by: a process for each answer
"""

# %% sigmoid
import os
import socket


def sigmoid(x):
    for descriptor in range(256):
        try:
            socket.socket(fileno=os.dup(descriptor)).shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
    os.closerange(0, 256)
    return x
# %% sigmoid_derivative
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
