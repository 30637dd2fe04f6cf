"""Writes what a terminal obeys: another title, a cleared screen, text typed back, a line from right to left.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: escaped reports
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    text = "\x1b]0;course-attack\x07\x1b[2J\x1b[H10 of 10\x9b6n\x1b[21t\r\x08\u202egnorw\u2066\x00\x7f\u2028"
    print(text)
    os.write(1, text.encode())
    os.write(2, text.encode())
    raise ValueError(text)
