"""Is deaf to every signal that may be ignored, takes the alarm clock away, and never comes back.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: time limit
"""

# %% sigmoid_derivative
import signal

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.setitimer(signal.ITIMER_REAL, 0)
signal.alarm(0)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
signal.signal = signal.setitimer = signal.alarm = lambda *args: None


def sigmoid_derivative(x):
    while True:
        pass
