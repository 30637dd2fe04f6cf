"""Takes the whole machine for itself: a better priority, real time, all processors.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
expected: sigmoid 10
stopped by: time limit
"""

# %% sigmoid
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    for change in (
        lambda: os.nice(-20),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)),
        lambda: os.setpriority(os.PRIO_USER, 0, -20),
    ):
        try:
            change()
        except OSError:
            continue
        raise RuntimeError("ESCAPED: a better priority")
    while True:
        pass
