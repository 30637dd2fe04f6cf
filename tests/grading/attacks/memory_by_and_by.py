"""Takes memory in small pieces, and goes on when there is none left.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: memory limit
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    kept = []
    for attempt in range(5):
        try:
            while len(kept) < 3000:
                kept.append(np.empty(1 << 20, dtype=np.uint8))
        except MemoryError:
            pass
    raise RuntimeError("ESCAPED: 3 GiB" if len(kept) == 3000 else "nothing to see")
