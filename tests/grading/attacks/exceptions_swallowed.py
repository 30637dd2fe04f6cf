"""Never comes back, and catches whatever is to stop it.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: time limit
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            continue
