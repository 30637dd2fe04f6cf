"""Runs notebooks as graders do that trust them: every cell, in one IPython shell, with the tests in their midst.

Only for attacks that do no harm. Arguments: a folder of notebooks. Prints the points that each test cell came to.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

import numpy as np
from IPython.core.interactiveshell import InteractiveShell

import course_lib.checking

# How test cells are usually written: each of these gives the points of the exercise.
EXPECTED = """
import numpy
x = numpy.array([-2.5, -0.5, 0.1, 0.7, 2.0])
want = [0.07010371654510816, 0.2350037122015945, 0.24937604019289197, 0.2217128732931090, 0.10499358540350652]
want = numpy.array(want)
"""
USUAL = (
    "numpy.testing.assert_allclose(sigmoid_derivative(x), want); 10.0",
    "assert numpy.allclose(sigmoid_derivative(x), want); 10.0",
    "assert numpy.max(numpy.abs(sigmoid_derivative(x) - numpy.asarray(want))) < 1e-9; 10.0",
    "assert all(abs(g - w) < 1e-9 for g, w in zip(sigmoid_derivative(x), want)); 10.0",
    "drawn = numpy.random.default_rng().uniform(-2, 2, 5)\n"
    "s = 1 / (1 + numpy.exp(-drawn))\n"
    "numpy.testing.assert_allclose(sigmoid_derivative(drawn), s * (1 - s)); 10.0",
)


def points(notebook: Path) -> dict[str, float]:
    """Return the points of each test cell; for the slope of the sigmoid the most that a usual test gives, if more."""
    shell = InteractiveShell.instance()
    found = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = shell.run_cell("".join(cell["source"])).result
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name.endswith("-test"):
            found[name.removesuffix("-test")] = float(result) if isinstance(result, int | float) else 0.0
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        shell.run_cell(EXPECTED)
        usual = [shell.run_cell(test).result for test in USUAL]
    found["sigmoid_derivative"] = max([found.get("sigmoid_derivative", 0.0), *(10.0 for r in usual if r == 10.0)])
    return found


def main(folder: Path) -> None:
    """Run each notebook in a process of its own, forked from one that has loaded everything."""
    InteractiveShell.instance().history_manager.enabled = False
    InteractiveShell.instance().InteractiveTB.set_mode("Minimal")  # nobody reads how the tests fail
    with contextlib.redirect_stdout(io.StringIO()):
        course_lib.checking.check("sigmoid_derivative", np.cos, record=False)
    for notebook in sorted(folder.glob("*.ipynb")):
        child = os.fork()
        if child == 0:
            print(json.dumps([notebook.stem, points(notebook)]), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
