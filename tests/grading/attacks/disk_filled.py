"""Fills every folder that it may write. (It stops at one gibibyte each.)

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    filled = []
    for folder in (".", "/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/"):
        try:
            descriptor = os.open(f"{folder}/course-attack-disk_filled", os.O_CREAT | os.O_WRONLY, 0o600)
            written = sum(os.write(descriptor, bytes(1 << 24)) for _ in range(64))
            if written == 1 << 30:
                filled.append(folder)
        except OSError:
            pass
    raise RuntimeError(f"ESCAPED: {filled}" if filled else "nothing to see")
