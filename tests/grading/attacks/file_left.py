"""Leaves a file wherever it may, and answers rightly, so that nobody looks.

assignment: 03_sigmoid
expected: sigmoid_derivative 10
stopped by: own files
"""

# %% sigmoid_derivative
import os

for folder in (".", "/tmp", "/var/tmp", "/dev/shm", "/", "HOME_FOLDER", "CLASS_FOLDER"):
    try:
        os.close(os.open(f"{folder}/course-attack-file_left", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pass


def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
