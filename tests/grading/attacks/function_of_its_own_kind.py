"""Is no function but an object whose every attribute does harm to whoever inspects it.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: a process for each answer
"""

# %% sigmoid_derivative
import os


class Trap:
    def __getattribute__(self, name):
        os._exit(0) if name in ("__code__", "__signature__", "__wrapped__") else None
        return object.__getattribute__(self, name)

    def __call__(self, x):
        return x

    @property
    def __class__(self):
        return type(lambda: None)

    __text_signature__ = "(" * 10_000
    __name__ = "sigmoid_derivative"


sigmoid_derivative = Trap()
