"""The system calls that an answer may make: a list, as a program that the kernel runs before each of them.

An answer computes: it needs memory, the clock, files that are there to be read, and the one channel that is open
already, without the special ways to send and receive, in which kernels had mistakes that led out of sandboxes. All
else is refused with 'operation not permitted': new processes and threads, sockets, signals, mounts.
The numbers are those of the kernel's tables (``asm/unistd_64.h`` and ``asm-generic/unistd.h``).
"""

import platform
import struct

# What Linux calls the machine: its audit number, and the numbers of the calls that are allowed.
_X86_64 = (
    0xC000003E,
    {
        **{"read": 0, "write": 1, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8, "mmap": 9},
        **{"mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15},
        **{"pread64": 17, "readv": 19, "writev": 20, "access": 21, "sched_yield": 24, "mremap": 25, "madvise": 28},
        **{"nanosleep": 35, "getitimer": 36, "setitimer": 38, "getpid": 39, "sendto": 44, "recvfrom": 45},
        **{"exit": 60, "uname": 63, "getcwd": 79, "readlink": 89, "gettimeofday": 96, "getrlimit": 97},
        **{"getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107},
        **{"getegid": 108, "getppid": 110, "sigaltstack": 131, "arch_prctl": 158, "gettid": 186, "futex": 202},
        **{"sched_getaffinity": 204, "getdents64": 217, "restart_syscall": 219, "clock_gettime": 228},
        **{"clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "openat": 257, "newfstatat": 262},
        **{"readlinkat": 267, "getrandom": 318, "statx": 332, "rseq": 334, "faccessat": 269, "faccessat2": 439},
    },
)
_AARCH64 = (
    0xC00000B7,
    {
        **{"getcwd": 17, "faccessat": 48, "openat": 56, "close": 57, "getdents64": 61, "lseek": 62, "read": 63},
        **{"write": 64, "readv": 65, "writev": 66, "pread64": 67, "ppoll": 73, "readlinkat": 78, "newfstatat": 79},
        **{"fstat": 80, "exit": 93, "exit_group": 94, "futex": 98, "nanosleep": 101, "getitimer": 102},
        **{"setitimer": 103, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115},
        **{"sched_getaffinity": 123, "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132},
        **{"rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160},
        **{"getrlimit": 163, "getrusage": 165, "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174},
        **{"geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179, "sendto": 206},
        **{"recvfrom": 207, "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233},
        **{"getrandom": 278, "statx": 291, "rseq": 293, "faccessat2": 439},
    },
)
_MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64}

# The instructions that are needed, from linux/bpf_common.h and linux/seccomp.h.
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # refused with EPERM, which is 1
_NUMBER_AT, _MACHINE_AT, _FLAGS_AT = 0, 4, 40  # the flags are the lower half of the fourth argument
# What may be called without flags only, such as the one for urgent bytes.
_PLAINLY = ("sendto", "recvfrom")
# On x86-64 the calls of its 32-bit variant have this bit, and would walk past a list of plain numbers.
_VARIANT = 0x40000000


def program() -> bytes:
    """Return the filter for this machine, as instructions of 8 bytes each.

    Raises
    ------
    NotImplementedError
        If the machine's numbers are not known here.
    """
    machine = platform.machine()
    if machine not in _MACHINES:
        raise NotImplementedError(
            f"no list of system calls is known for {machine}; there is one for x86_64 and aarch64"
        )
    audit, allowed = _MACHINES[machine]
    plainly = [allowed[name] for name in _PLAINLY]
    freely = sorted(set(allowed.values()) - set(plainly))
    count = len(allowed)
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_JUMP_IF_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_AT_LEAST, count, 0, _VARIANT),
        *((_JUMP_IF_EQUAL, count - i + 3, 0, number) for i, number in enumerate(freely)),
        *((_JUMP_IF_EQUAL, count - i, 0, number) for i, number in enumerate(plainly, len(freely))),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _FLAGS_AT),
        (_JUMP_IF_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("<HBBI", *step) for step in steps)
