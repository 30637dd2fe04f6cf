"""Takes 3 GiB at once; asks for a tebibyte first.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: memory limit
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    for size in (1 << 40, 3 << 30):
        try:
            taken = np.empty(size, dtype=np.uint8)
            taken[0] = taken[-1] = 1
        except MemoryError:
            continue
        raise RuntimeError(f"ESCAPED: {taken.nbytes} bytes")
    raise RuntimeError("nothing to see")
