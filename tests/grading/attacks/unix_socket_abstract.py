"""Talks to a program outside through a socket that has a name but no file.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own network
"""

# %% sigmoid_derivative
import socket


def sigmoid_derivative(x):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.connect("\0LISTENING_NAME")
        server.sendall(b"course-attack")
    raise RuntimeError("ESCAPED: sent over a unix socket")
