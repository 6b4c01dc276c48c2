"""Limits that a child process sets for itself: time, memory, and to end with its parent.

The parent enforces limits as well, but may itself be killed. These here are enforced by the
operating system, or by a thread, which runs even while an engine works, since engines release the
GIL.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import signal
import sys
import threading
import time
from pathlib import Path

OVER = 86
"""Exit status of a process that ended itself because it used too much memory."""

MEGABYTE = 1 << 20
_DEATH_SIGNAL = 1  # of prctl(2)
_GLANCE = 0.02  # seconds between two looks at memory; an engine allocates some 20 MB meanwhile
_LATER = 1.0  # seconds of grace, so that the parent notices first: chosen, not measured
_SLACK = 1 << 30  # bytes that an allocator may reserve without using them: chosen, not measured


def end_with(parent: int) -> None:
    """Make this process end when its parent does, even if the parent is killed.

    Args:
        parent: process id of the parent; if it has ended already, this process ends at once.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()
    if os.name == "posix" and os.getppid() != parent:
        os._exit(1)


def _watch_parent(parent: int) -> None:
    """Exit when the parent has ended: the system then assigns another parent."""
    while os.name == "posix" and os.getppid() == parent:
        time.sleep(_LATER / 2)
    if os.name == "posix":
        os._exit(1)


def end_with_input(descriptor: int) -> None:
    """Make this process exit when the other end of a pipe is closed."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(descriptor, 1):
                pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def hold(seconds: float | None, megabytes: int | None) -> None:
    """Limit the time and the additional memory of this process.

    The time limit is a little longer than given, so that the parent acts first. The system delivers
    the unhandled alarm whatever the engine does.

    Args:
        seconds: most seconds from now; None for no limit.
        megabytes: most memory in addition to what is in use now; None for no limit.
    """
    if os.name != "posix":
        return
    if seconds is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
        signal.setitimer(signal.ITIMER_REAL, seconds + _LATER)
        _limit("RLIMIT_CPU", math.ceil(seconds + 2 * _LATER))
    if megabytes is not None:
        _limit("RLIMIT_DATA", reserved() + megabytes * 2 * MEGABYTE + _SLACK)
        most = resident() + megabytes * MEGABYTE
        threading.Thread(target=_watch_memory, args=(most,), daemon=True).start()


def _limit(name: str, wanted: int) -> None:
    """Set a resource limit, as far as the system supports it."""
    import resource

    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (wanted, hard))


def _watch_memory(most: int) -> None:
    """Exit when resident memory exceeds `most` bytes; the system's limit counts reserved memory."""
    with contextlib.suppress(OSError), Path("/proc/self/statm").open("rb", buffering=0) as memory:
        page = os.sysconf("SC_PAGE_SIZE")
        # The file is opened once, since the sandbox may forbid opening it later.
        while int(os.pread(memory.fileno(), 100, 0).split()[1]) * page <= most:
            time.sleep(_GLANCE)
        os._exit(OVER)


def resident(process: int | str = "self") -> int:
    """Return the resident memory of a process in bytes; 0 if the system does not tell."""
    return _pages(process, 1)


def reserved() -> int:
    """Return the data memory reserved by this process in bytes; 0 if the system does not tell."""
    return _pages("self", 5)


def _pages(process: int | str, place: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[place])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
