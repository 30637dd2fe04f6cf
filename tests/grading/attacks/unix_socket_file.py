"""Talks to a program outside through the file of a socket: Docker's, the system bus, or one that a friend left.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import socket

PATHS = ("CLASS_FOLDER/listening", "/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket")


def sigmoid_derivative(x):
    for path in PATHS:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            try:
                server.connect(path)
            except OSError:
                continue
            server.sendall(b"course-attack")
            raise RuntimeError(f"ESCAPED: sent to {path}")
    raise RuntimeError("nothing to see")
