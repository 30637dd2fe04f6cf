"""Waits in the sandbox, with numpy loaded, and forks doubly confined processes for answers.

No learner's answer ever runs in this process, so that it stays as it was; and it never sees an answer, nor a question.
"""

import ctypes
import gc
import json
import os
import platform
import resource
import signal
import socket
import sys

from course_lib.grading.confinement.untrusted import preload, worker

# Not CDLL, which would let go of the interpreter's lock: it must be held in the process that `clone` makes.
_LIBC = ctypes.PyDLL(None, use_errno=True)
# From asm/unistd.h, linux/sched.h, linux/prctl.h, linux/seccomp.h and linux/capability.h.
_CLONE = {"x86_64": 56, "aarch64": 220}
_NEW_USER, _NEW_PROCESSES, _NEW_MOUNTS, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x20000000, 0x20000, 0x40000000, 0x08000000
_PARENT_DEATH_SIGNAL, _DUMPABLE, _NO_NEW_PRIVILEGES, _SECCOMP = 1, 4, 38, 22
_CAPABILITIES_3 = 0x20080522
# The one file descriptor, beside input and output that lead nowhere, that an answer's process has.
_CHANNEL = 3


def main(number: str, settings: str) -> None:
    """Do what comes over the file descriptor `number`: ``fork``, with a channel, or ``end``."""
    control = socket.socket(fileno=int(number))
    told = json.loads(settings)
    preload.everything()
    worker.rehearse()
    confinement = _Confinement(told)
    gc.collect()
    gc.freeze()  # what is never collected need not be copied for each child
    control.send(b"ready")
    answer = 0
    while True:
        command, descriptors, _, _ = socket.recv_fds(control, 16, 1)
        if not command:
            return
        if command == b"fork":
            answer = _fork(told["namespaces"])
            if answer == 0:
                _run(descriptors[0], confinement)
            os.close(descriptors[0])
        else:
            os.kill(answer, signal.SIGKILL)  # the first of its namespace: all that it began ends with it
            _, _, used = os.wait4(answer, 0)
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            control.send(str(max(0, used.ru_maxrss - own)).encode())


def _fork(namespaces: bool) -> int:
    """Fork into namespaces of its own: one system call, where ``unshare`` would need a process between the two."""
    if not namespaces:
        return os.fork()
    flags = _NEW_USER | _NEW_PROCESSES | _NEW_MOUNTS | _NEW_NETWORK | _NEW_IPC | signal.SIGCHLD
    ctypes.pythonapi.PyOS_BeforeFork()
    answer = _LIBC.syscall(_CLONE[platform.machine()], ctypes.c_long(flags), *[ctypes.c_long(0)] * 4)
    if answer == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
    if answer < 0:
        _fail("the processes of others")
    return int(answer)


def _run(descriptor: int, confinement: "_Confinement") -> None:
    try:
        worker.serve(confinement.enter(descriptor))
    finally:
        os._exit(0)


class _Confinement:
    """Gives up for good all that an answer does not need: files, memory, rights, system calls.

    All that can be is made ready beforehand, once for all the processes that enter it.
    """

    def __init__(self, told: dict) -> None:
        self._nothing = os.open("/dev/null", os.O_RDWR)
        self._descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        limits = ((getattr(resource, f"RLIMIT_{name}", None), most) for name, most in told["limits"].items())
        self._limits = [(kind, (most, most)) for kind, most in limits if kind is not None]
        self._calls = [
            (_LIBC.prctl, (_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)),
            (_LIBC.prctl, (_DUMPABLE, 0, 0, 0, 0)),
            (_LIBC.prctl, (_NO_NEW_PRIVILEGES, 1, 0, 0, 0)),
            (_LIBC.capset, ((ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)())),
        ]
        if told["seccomp"]:
            program = bytes.fromhex(told["seccomp"])
            steps = ctypes.create_string_buffer(program, len(program))
            self._program = _Program(len(program) // 8, ctypes.cast(steps, ctypes.c_void_p))
            self._calls.append((_LIBC.prctl, (_SECCOMP, 2, ctypes.byref(self._program), 0, 0)))

    def enter(self, descriptor: int) -> socket.socket:
        """Keep the channel with this file descriptor, under a new one, and nothing else; return it."""
        os.setsid()
        for standard in (0, 1, 2):
            os.dup2(self._nothing, standard)
        if descriptor != _CHANNEL:
            os.dup2(descriptor, _CHANNEL, inheritable=False)
        channel = socket.socket(fileno=_CHANNEL)  # which asks the kernel what it is: later that is forbidden
        os.closerange(_CHANNEL + 1, self._descriptors)
        for kind, both in self._limits:
            resource.setrlimit(kind, both)
        for function, arguments in self._calls:
            if function(*arguments) != 0:
                _fail("what it must not have")
        return channel


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def _fail(what: str) -> None:
    print(f"course: an answer could not be kept from {what}: {os.strerror(ctypes.get_errno())}", file=sys.stderr)
    sys.stderr.flush()
    os._exit(1)
