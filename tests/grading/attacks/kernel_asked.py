"""Asks the kernel for what answers never need: ptrace, io_uring, keys, bpf, perf, userfaultfd, modules, a new root.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: seccomp
"""

# %% sigmoid_derivative
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {
    "ptrace": (101, 0, 0, 0, 0),
    "io_uring_setup": (425, 8, ctypes.create_string_buffer(120)),
    "add_key": (248, b"user", b"course-attack", b"1", 1, -3),
    "keyctl": (250, 0, -3, 1),
    "bpf": (321, 0, ctypes.create_string_buffer(64), 64),
    "perf_event_open": (298, ctypes.create_string_buffer(128), 0, -1, -1, 0),
    "userfaultfd": (323, 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0),
    "unshare a user namespace": (272, 0x10000000),
    "unshare mounts": (272, 0x20000),
    "setns": (308, 0, 0),
    "chroot": (161, b"/"),
    "pivot_root": (155, b"/", b"/"),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "umount": (166, b"/proc", 2),
    "init_module": (175, b"", 0, b""),
    "kexec_load": (246, 0, 0, 0, 0),
    "swapon": (167, b"/tmp/course-attack", 0),
    "sethostname": (170, b"course-attack", 13),
    "open_by_handle_at": (304, -1, 0, 0),
    "name_to_handle_at": (303, -100, b"/", ctypes.create_string_buffer(256), ctypes.byref(ctypes.c_int()), 0),
    "fanotify_init": (300, 0, 0),
    "memfd_create": (319, b"course-attack", 0),
    "pidfd_open": (434, 1, 0),
    "clone3": (435, 0, 0),
}


def sigmoid_derivative(x):
    if platform.machine() != "x86_64":
        raise RuntimeError("the numbers are others here")
    got = [name for name, call in CALLS.items() if libc.syscall(*call) >= 0]
    raise RuntimeError(f"ESCAPED: {got}" if got else "nothing to see")
