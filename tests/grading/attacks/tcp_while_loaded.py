"""Calls home while its cell is run, and then answers rightly, so that nobody looks.

assignment: 03_sigmoid
expected: sigmoid_derivative 10
stopped by: own network
"""

# %% sigmoid_derivative
try:
    import socket

    socket.create_connection(("127.0.0.1", LISTENING_PORT), timeout=0.3).sendall(b"course-attack")
except OSError:
    pass


def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
