"""Loads beforehand what answers may import, so that each process starts with it."""

import importlib

#: What an answer may well import: with numpy and math only the standard library is there. The tables of all memory are
#: copied for each child: so what is large and seldom used, such as numpy.random, waits until it is asked for.
MODULES = (
    *("numpy", "numpy.linalg"),
    *("cmath", "collections", "copy", "ctypes", "dataclasses", "decimal", "fractions", "functools", "inspect"),
    *("itertools", "json", "math", "operator", "random", "re", "statistics", "string", "sys", "time", "timeit"),
    *("types", "typing", "warnings"),
)


def everything() -> None:
    """Import all of it, and let numpy set up what it sets up at the first use."""
    for name in MODULES:
        importlib.import_module(name)
    import numpy as np

    with np.errstate(all="ignore"):
        np.linalg.inv(np.eye(3)) @ np.exp(-np.arange(3.0))
