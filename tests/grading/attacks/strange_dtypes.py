"""Returns structured arrays, texts, dates, raw memory and masked arrays in turn.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: numbers only
"""

# %% sigmoid_derivative
import itertools

KINDS = itertools.cycle(
    [
        lambda x: np.zeros(np.shape(x), dtype=[("value", float), ("next", object)]),
        lambda x: np.full(np.shape(x), "0.25"),
        lambda x: np.full(np.shape(x), np.datetime64("2025-01-01")),
        lambda x: np.zeros(np.shape(x), dtype="V65536"),
        lambda x: np.ma.masked_all(np.shape(x)),
        lambda x: np.zeros(np.shape(x), dtype=">f8").view(np.recarray),
        lambda x: memoryview(bytes(8)),
        lambda x: np.zeros(np.shape(x), dtype=np.longdouble),
    ]
)


def sigmoid_derivative(x):
    return next(KINDS)(x)
