"""Sandbox for a process that answers queries: no network, and only the files that it needs.

This is the second line of defence behind the check of queries in `kg.query.sparql`. On Linux the
kernel enforces it, by a filter of system calls (seccomp) and by rules for files (Landlock); a
process cannot undo either. On other systems, or where the kernel or the processor supports neither,
there is no sandbox.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

NETWORK, FILES, WRITING = "network", "files", "writing"
"""What a wall forbids: connections, opening other files than those needed, changing files."""

_NO_NEW_PRIVILEGES, _SET_SECCOMP = 38, 22  # prctl(2)
_SET_FILTER, _ALL_THREADS = 1, 1  # seccomp(2)
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # the latter with EPERM
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # of a filter
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000  # first system call of the x32 ABI on x86_64
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# Forbidden system calls with their numbers on x86_64 and aarch64 (`-`: it lacks the call), from the
# kernel's asm/unistd.h. io_uring bypasses filters; ptrace and its like, and calls that start
# programs, would act through other processes.
_CALLS = """
socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201, accept 43 202,
accept4 288 242, sendto 44 206, sendmsg 46 211, sendmmsg 307 269, io_uring_setup 425 425,
io_uring_enter 426 426, io_uring_register 427 427, execve 59 221, execveat 322 281, ptrace 101 117,
process_vm_readv 310 270, process_vm_writev 311 271, kill 62 129, pidfd_send_signal 424 424,
pidfd_getfd 438 438, bpf 321 280,
unlink 87 -, unlinkat 263 35, mkdir 83 -, mkdirat 258 34, rmdir 84 -, symlink 88 -,
symlinkat 266 36, link 86 -, linkat 265 37, rename 82 -, renameat 264 38, renameat2 316 276,
truncate 76 45, ftruncate 77 46, chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452,
chown 92 -, fchown 93 55, lchown 94 -, fchownat 260 54, creat 85 -, mknod 133 -, mknodat 259 33,
mount 165 40, umount2 166 39, chroot 161 51, openat2 437 437, open_by_handle_at 304 265,
setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, utimensat 280 88
"""
# Calls that open files: number of the call, and index of the flags among its arguments.
_OPENING = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # Landlock, the same numbers everywhere
_VERSION, _BENEATH = 1, 1
_READING = 1 << 2 | 1 << 3  # a file, a folder
# Access rights by the Landlock version that introduced them: basic rights (1), moving between
# folders (2), truncating (3), device control (5).
_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_TCP, _TCP_SINCE = 3, 4  # to bind and to connect
_SCOPES, _SCOPES_SINCE = 3, 6  # sockets without a file, signals to other processes


def build(readable: Iterable[Path] = ()) -> frozenset[str]:
    """Set up the sandbox for this process, for good; return which walls are in place.

    Args:
        readable: files and folders that may still be read.

    Returns:
        A subset of `NETWORK`, `FILES` and `WRITING`.
    """
    if sys.platform != "linux":
        return frozenset()
    found: set[str] = set()
    with contextlib.suppress(OSError, AttributeError):  # the system lacks these calls
        kernel = ctypes.CDLL(None, use_errno=True)
        _called(kernel.prctl, _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        with contextlib.suppress(OSError):
            found.update(_landlock(kernel, readable))
        with contextlib.suppress(OSError, ValueError):  # another processor
            found.update(_filter(kernel, platform.machine()))
    return frozenset(found)


def _called(function: ctypes._NamedFuncPointer, *values: object) -> int:
    """Return the result of a system call; raise its error as an `OSError`."""
    given = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in values]
    result = int(function(*given))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _filter(kernel: ctypes.CDLL, machine: str) -> Collection[str]:
    """Set up the seccomp filter, for all threads."""
    code = _program(machine)
    steps = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(steps))
    given = ctypes.create_string_buffer(program, len(program))
    try:
        _called(kernel.syscall, _SECCOMP[machine], _SET_FILTER, _ALL_THREADS, ctypes.byref(given))
    except OSError:  # a kernel before 3.17: this thread alone, which is the one that asks
        _called(kernel.prctl, _SET_SECCOMP, 2, ctypes.byref(given), 0, 0)
    return NETWORK, WRITING


def _program(machine: str) -> bytes:
    """Return the seccomp filter as BPF: eight bytes for each instruction."""
    place = ("x86_64", "aarch64").index(machine)
    numbers = [call.split()[1 + place] for call in _CALLS.replace("\n", " ").split(",")]
    steps: list[tuple[int, str, str, int]] = [
        (_LOAD, "", "", _ARCHITECTURE),
        (_EQUAL, "", "refuse", _AUDIT[machine]),
        (_LOAD, "", "", _NUMBER),
        (_AT_LEAST, "refuse", "", _X32),
        *((_EQUAL, "refuse", "", int(number)) for number in numbers if number != "-"),
    ]
    for number, flags in _OPENING[machine]:
        steps += [
            (_LOAD, "", "", _NUMBER),
            (_EQUAL, "", "+2", number),
            (_LOAD, "", "", _ARGUMENTS + 8 * flags),
            (_ANY_BIT, "refuse", "", _WRITES),
        ]
    steps += [(_RETURN, "", "", _ALLOW), (_RETURN, "", "", _REFUSE)]

    def jump(target: str, here: int) -> int:
        return len(steps) - 2 - here if target == "refuse" else int(target or 0)

    return b"".join(
        struct.pack("HBBI", code, jump(yes, here), jump(no, here), value)
        for here, (code, yes, no, value) in enumerate(steps)
    )


def _landlock(kernel: ctypes.CDLL, readable: Iterable[Path]) -> Collection[str]:
    """Set up Landlock rules for files and, from version 4 on, for TCP connections."""
    version = _called(kernel.syscall, _CREATE, None, 0, _VERSION)
    files = sum(right for since, right in _RIGHTS.items() if version >= since)
    tcp = _TCP if version >= _TCP_SINCE else 0
    scopes = _SCOPES if version >= _SCOPES_SINCE else 0
    wanted = struct.pack("QQQ", files, tcp, scopes)
    # An older kernel accepts the longer struct only if the fields it does not know are zero.
    rules = _called(kernel.syscall, _CREATE, wanted, len(wanted), 0)
    try:
        for path in readable:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                rights = _READING if path.is_dir() else 1 << 2
                rule = struct.pack("=Qi", rights, place)
                _called(kernel.syscall, _ADD, rules, _BENEATH, rule, 0)
            finally:
                os.close(place)
        _called(kernel.syscall, _RESTRICT, rules, 0)
    finally:
        os.close(rules)
    return (FILES, WRITING, NETWORK) if tcp else (FILES, WRITING)
