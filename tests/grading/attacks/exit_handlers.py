"""Goes on after the end: handlers at exit, threads that are waited for, objects that come back when deleted.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own processes
"""

# %% sigmoid_derivative
import atexit
import gc
import threading
import time


def forever():
    while True:
        try:
            time.sleep(0.01)
            open("/tmp/course-attack-exit_handlers", "w").close()
        except BaseException:
            pass


class Returning:
    def __del__(self):
        globals()["again"] = Returning()
        forever()


atexit.register(forever)
threading._register_atexit(forever)
threading.Thread(target=forever).start()
gc.disable()
gc.freeze()


def sigmoid_derivative(x):
    Returning()
    return x
