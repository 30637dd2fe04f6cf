"""Sends what it sees in a datagram, for which nobody has to listen.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own network
"""

# %% sigmoid_derivative
import socket


def sigmoid_derivative(x):
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            sender = socket.socket(family, socket.SOCK_DGRAM)
            sender.sendto(b"course-attack udp", (host, LISTENING_PORT))
        except OSError:
            pass
    raise RuntimeError("sent, or not")
