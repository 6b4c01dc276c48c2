"""Threads that only wait for other processes, which questions need not mind.

A question is answered in a fork where there is one thread, which takes milliseconds, and by another
interpreter otherwise, which takes a second (`kg.sandbox.limits`). What runs the tests has threads
that wait for its workers or for the browser and hold no lock meanwhile: tests shall not pay for
them. Threads that a test starts itself count as ever.
"""

from __future__ import annotations

from pathlib import Path

from kg.sandbox import limits

_TASKS = Path("/proc/self/task")


def settle() -> None:
    """Take the threads that there are now for such that only wait."""
    if _TASKS.is_dir():
        waiting = len(list(_TASKS.iterdir()))
        limits._alone = lambda: len(list(_TASKS.iterdir())) == waiting
