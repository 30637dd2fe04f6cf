"""Returns an object that says its numbers are at an address of its choice: to read what is there, or to crash.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: a process for each answer
"""

# %% sigmoid_derivative
class Elsewhere:
    def __init__(self, x):
        self.__array_interface__ = {"shape": np.shape(x), "typestr": "<f8", "data": (0xDEADBEE0, False), "version": 3}


def sigmoid_derivative(x):
    return Elsewhere(x)
