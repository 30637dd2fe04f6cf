"""Asks for sockets that reach below TCP: raw packets, netlink, virtual machines, Bluetooth, the kernel's cryptography.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: seccomp
"""

# %% sigmoid_derivative
import socket


def sigmoid_derivative(x):
    got = []
    for family in ("AF_PACKET", "AF_NETLINK", "AF_VSOCK", "AF_ALG", "AF_BLUETOOTH", "AF_CAN", "AF_UNIX", "AF_INET"):
        for kind in (socket.SOCK_RAW, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
            try:
                socket.socket(getattr(socket, family), kind).close()
                got.append(family)
            except (OSError, AttributeError):
                pass
    raise RuntimeError(f"ESCAPED: {got}" if got else "nothing to see")
