"""What a process that works for another holds itself to: it ends with it, and in time.

The other process watches too, but may itself be ended. What is set here is kept by the system, or
by a thread that an engine cannot hold up, since engines let go of Python's lock while they work.
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
"""Status of a process that ended itself since it took too much memory."""

MEGABYTE = 1 << 20
_DEATH_SIGNAL = 1  # of prctl(2)
_GLANCE = 0.02  # seconds between two looks at the memory, in which an engine takes some 20 MB
_LATER = 1.0  # seconds that the other process has to notice first, and to tell
_SLACK = 1 << 30  # bytes that an allocator reserves without using them


def end_with(parent: int) -> None:
    """Have this process end when the process that started it does, however that ends.

    Args:
        parent: number of that process; where it has ended already, this one ends at once.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()
    if os.name == "posix" and os.getppid() != parent:
        os._exit(1)


def _watch_parent(parent: int) -> None:
    """Wait for the end of a parent; who has lost it is given another one."""
    while os.name == "posix" and os.getppid() == parent:
        time.sleep(_LATER / 2)
    if os.name == "posix":
        os._exit(1)


def end_with_input(descriptor: int) -> None:
    """Have this process end when nobody can write to its end of a pipe any more."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(descriptor, 1):
                pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def hold(seconds: float | None, megabytes: int | None) -> None:
    """Hold this process to a time and to an amount of memory, beyond what it has.

    The time is a little more than what is given, for the other process to end it first. An alarm
    that nobody handles is kept by the system, whatever an engine does.
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
    """Have the system refuse more, where it knows the limit."""
    import resource

    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (wanted, hard))


def _watch_memory(most: int) -> None:
    """End the process when it takes more: the system itself counts what is only reserved."""
    with contextlib.suppress(OSError), Path("/proc/self/statm").open("rb", buffering=0) as memory:
        page = os.sysconf("SC_PAGE_SIZE")
        # The file was opened once: later there may be walls that keep from opening it.
        while int(os.pread(memory.fileno(), 100, 0).split()[1]) * page <= most:
            time.sleep(_GLANCE)
        os._exit(OVER)


def resident(process: int | str = "self") -> int:
    """Return the memory that a process occupies, in bytes; 0 where the system does not tell."""
    return _pages(process, 1)


def reserved() -> int:
    """Return the memory that this process has for data, used or not, in bytes, or 0."""
    return _pages("self", 5)


def _pages(process: int | str, place: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[place])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
