"""How long it takes to grade a class, beside ``nbgrader autograde``: ``python -m benchmarks.grading``."""
