"""Starts threads until nobody gets one any more.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: process limit
"""

# %% sigmoid_derivative
import threading
import time


def sigmoid_derivative(x):
    started = 0
    while started < 300:
        try:
            threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
            started += 1
        except RuntimeError:
            break
    raise RuntimeError("ESCAPED: 300 threads" if started == 300 else "nothing to see")
