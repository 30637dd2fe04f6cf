"""Never gets to the end of its cell.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 10
stopped by: time limit
"""

# %% sigmoid
import time

while True:
    time.sleep(1)
# %% sigmoid_derivative
def sigmoid_derivative(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
