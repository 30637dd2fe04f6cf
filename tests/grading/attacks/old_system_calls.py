"""Speaks to the kernel in the other tongues that it knows on this processor: 32 bits, and x32.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: seccomp
"""

# %% sigmoid_derivative
import ctypes
import mmap
import platform

# push rbx; mov eax, 20 (getpid, or 2: fork, in 32 bits); int 0x80; pop rbx; ret
CODE = b"\x53\xb8\x02\x00\x00\x00\xcd\x80\x5b\xc3"


def sigmoid_derivative(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if platform.machine() == "x86_64" and libc.syscall(0x40000000 + 39) > 0:
        raise RuntimeError("ESCAPED: x32")
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(CODE)
    child = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    if child == 0:
        libc._exit(0)
    if child > 0:
        raise RuntimeError("ESCAPED: a process, by a call of 32 bits")
    return x
