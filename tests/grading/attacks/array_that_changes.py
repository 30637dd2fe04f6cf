"""Returns an object that becomes another array each time somebody looks: hoping to be read twice.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: numbers only
"""

# %% sigmoid_derivative
class Changing:
    def __init__(self, x):
        self.x, self.looks = x, 0

    def __array__(self, dtype=None, copy=None):
        self.looks += 1
        return np.full(np.shape(self.x), float(self.looks))

    def __float__(self):
        return float(next(self))

    def __index__(self):
        return 0

    def __iter__(self):
        return self

    def __next__(self):
        self.looks += 1
        return self.looks


def sigmoid_derivative(x):
    return Changing(x)
