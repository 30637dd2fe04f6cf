"""Starts another program: a shell, an interpreter, or one that it made itself in memory.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: seccomp
"""

# %% sigmoid_derivative
import os
import subprocess
import sys

ELF = open("/proc/self/exe", "rb")


def sigmoid_derivative(x):
    started = []
    for command in (["/bin/sh", "-c", "echo 1"], [sys.executable, "-c", "print(1)"], ["/proc/self/exe", "-V"]):
        try:
            subprocess.run(command, timeout=0.3, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            started.append(command[0])
        except (OSError, subprocess.SubprocessError):
            pass
    try:
        started.append(os.posix_spawn(sys.executable, [sys.executable, "-V"], {}))
    except OSError:
        pass
    raise RuntimeError(f"ESCAPED: started {started}" if started else "nothing to see")
