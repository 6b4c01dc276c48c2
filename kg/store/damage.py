"""Map errors of the engine to store errors: locked, full, not permitted, busy, or damaged."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from kg.errors import (
    DamagedStoreError,
    LockedStoreError,
    StoreError,
    StoreWriteError,
    UnreadableStoreError,
)

_AGAIN = (
    "build its articles into a new store: kg build ARTICLES -o NEW; "
    "or take an export of it: kg import EXPORT -o NEW"
)
# Parts of the engine's messages; "lock" alone would match "block checksum mismatch", too.
_HELD = ("while lock file", "lock hold by current process")
_FULL = tuple(os.strerror(code).lower() for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_CLOSED = tuple(os.strerror(code).lower() for code in (errno.EACCES, errno.EPERM, errno.EROFS))
_BUSY = tuple(os.strerror(code).lower() for code in (errno.EMFILE, errno.ENFILE, errno.ENOMEM))


def damaged(path: Path, reason: str) -> DamagedStoreError:
    """Return the error for a store with damaged files."""
    return DamagedStoreError(f"the store is damaged ({reason})", where=path, hint=_AGAIN)


def meant(error: Exception, path: Path, *, writable: bool) -> StoreError:
    """Return the store error that an error of the engine means, for the store at `path`."""
    reason = " ".join(str(error).split())
    words = reason.lower()
    if any(closed in words for closed in _CLOSED):
        if writable:
            return StoreWriteError(
                f"the store may only be read here ({reason})",
                where=path,
                hint="check the permissions of its folder, or copy the store",
            )
        return UnreadableStoreError(
            f"its files may not be read ({reason})",
            where=path,
            hint="check the permissions of its folder",
        )
    if any(held in words for held in _HELD):
        return LockedStoreError(
            "another process is writing to the store", where=path, hint="wait until it has finished"
        )
    if any(full in words for full in _FULL):
        return StoreWriteError(
            f"there is no room ({reason}); what was stored before is kept",
            where=path,
            hint="check space and permissions",
        )
    if any(busy in words for busy in _BUSY):
        return StoreError(
            f"the system gives no more of what it takes ({reason})",
            where=path,
            hint="raise the limits of this process",
        )
    return damaged(path, reason)
