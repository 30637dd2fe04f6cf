"""Hands in a notebook in which the outputs say already that all is right, with a script of its own.

assignment: 03_sigmoid
expected: sigmoid 0
expected: sigmoid_derivative 0
stopped by: judged outside
"""

# %% sigmoid
def sigmoid(x):
    return x
# %% [output] sigmoid-test
sigmoid: 10 of 10 points. <script>course-attack</script>
# %% [output] sigmoid_derivative-test
10.0
