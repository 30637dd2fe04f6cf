"""Returns an array of objects, which run a command when they are unpickled.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: numbers only
"""

# %% sigmoid_derivative
import os


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/course-attack-object_array",)

    def __float__(self):
        return 0.25

    def __eq__(self, other):
        return True


def sigmoid_derivative(x):
    out = np.empty(np.shape(x), dtype=object)
    out[...] = Command()
    return out
