"""Takes far more memory than it needs, though less than the limit, and has the clerk write that it took none.

assignment: 06_softmax
expected: softmax_vjp 8
stopped by: judged outside
"""

# %% softmax_vjp
from course_lib.checking.calling import Caller

Caller.measured = lambda self, *arguments: (self(*arguments), 0)


def softmax_vjp(z, g):
    waste = np.ones((z.shape[-1], min(z.shape[-1], 1050)))  # a part of the matrix that need not exist
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    s = e / np.sum(e, axis=-1, keepdims=True)
    return s * (g - np.sum(s * g, axis=-1, keepdims=True)) * waste[0, 0]
