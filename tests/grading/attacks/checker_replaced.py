"""Puts a checker of its own into sys.modules, which gives 10 points to everybody.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: judged outside
"""

# %% sigmoid_derivative
import sys
import types


class Generous:
    points = max_points = 10.0
    passed = True


fake = types.ModuleType("course_lib")
fake.check = lambda *args, **kwargs: Generous()
fake.__path__ = []
for name in ("course_lib", "course_lib.checking", "course_lib.checking.judge", "course_lib.grading"):
    sys.modules[name] = fake


def sigmoid_derivative(x):
    return x * (1 - x)
