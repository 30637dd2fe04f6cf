"""Sends what it sees to a server.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own network
"""

# %% sigmoid_derivative
import socket


def sigmoid_derivative(x):
    with socket.create_connection(("127.0.0.1", LISTENING_PORT), timeout=0.3) as server:
        server.sendall(b"course-attack " + repr(x).encode())
    raise RuntimeError("ESCAPED: sent over TCP")
