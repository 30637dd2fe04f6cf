"""Reads the accounts of the machine, and their passwords.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    seen = []
    for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/machine-id", "/root/.ssh/id_rsa", "/etc/hosts"):
        try:
            seen.append(open(path).readline())
        except OSError:
            pass
    raise RuntimeError(f"ESCAPED: {seen}" if seen else "nothing to see")
