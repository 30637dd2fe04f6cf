"""How long the library itself takes: to be imported, and to judge an answer."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

RUNS = 15

_IMPORT = """
from time import perf_counter
import numpy
began = perf_counter()
{statement}
print(1000 * (perf_counter() - began))
"""


def import_time(statement: str) -> float:
    """Return the median milliseconds that `statement` takes in a new Python that has numpy loaded."""
    times = []
    for _ in range(RUNS):
        command = [sys.executable, "-c", _IMPORT.format(statement=statement)]
        times.append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return median(times)


def check_time(function: Callable[..., object]) -> float:
    """Return the median milliseconds of ``check(function)``, with a record that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_RECORD"] = str(Path(folder) / "record.sqlite")
        from course_lib import check

        times = []
        for _ in range(RUNS + 1):
            began = perf_counter()
            check(function)
            times.append(1000 * (perf_counter() - began))
    return median(times[1:])  # the first also loads what the others find loaded


def sigmoid_derivative(x: np.ndarray) -> np.ndarray:
    """Answer the exercise of this name rightly."""
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def sigmoid_derivative_of_output(x: np.ndarray) -> np.ndarray:
    """Make the commonest slip: the rule for the output, applied to the input."""
    return x * (1 - x)


sigmoid_derivative_of_output.__name__ = "sigmoid_derivative"
