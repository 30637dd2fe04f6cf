"""Has each cell twice, which stops graders that take a cell's name for its own.

assignment: 03_sigmoid
expected: sigmoid 10
stopped by: only answer cells
"""

# %% sigmoid
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% [double] sigmoid
# %% [double] sigmoid-test
# %% [double] sigmoid_derivative
