"""Puts a script into the report by the names of the function, its arguments and its warnings.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: escaped reports
"""

# %% sigmoid_derivative
import inspect
import warnings

SCRIPT = "<script>course-attack</script>"


def sigmoid_derivative(x):
    """<script>course-attack</script>"""
    warnings.warn(SCRIPT, type(SCRIPT, (UserWarning,), {}), stacklevel=1)
    raise NameError(f"name '{SCRIPT}' is not defined")


sigmoid_derivative.__name__ = sigmoid_derivative.__qualname__ = SCRIPT
sigmoid_derivative.__signature__ = inspect.Signature(
    [inspect.Parameter("x", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=SCRIPT, default=SCRIPT)]
)
