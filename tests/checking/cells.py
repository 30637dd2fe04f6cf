"""What several tests of `check` need: a right answer, and a notebook's cell."""

import linecache
import math

import numpy as np


def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def in_a_cell(source: str, **already: object) -> dict:
    """Run `source` as a notebook would: with a source of its own, in a namespace that others share."""
    name = f"<cell {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    namespace = {"__name__": "__main__", "np": np, "math": math, **already}
    exec(compile(source, name, "exec"), namespace)
    return namespace
