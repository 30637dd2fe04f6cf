"""Takes its own limits away, then uses what they forbade.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: memory limit
"""

# %% sigmoid_derivative
import resource

for name in dir(resource):
    if name.startswith("RLIMIT_"):
        for limit in ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), (1 << 40, 1 << 40)):
            try:
                resource.setrlimit(getattr(resource, name), limit)
                break
            except (OSError, ValueError):
                pass


def sigmoid_derivative(x):
    raise RuntimeError(f"ESCAPED: {np.empty(3 << 30, dtype=np.uint8).nbytes} bytes")
