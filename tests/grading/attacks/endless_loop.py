"""Never comes back.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
expected: sigmoid 10
stopped by: time limit
"""

# %% sigmoid
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% sigmoid_derivative
def sigmoid_derivative(x):
    while True:
        pass
