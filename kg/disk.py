"""Files that are to outlast a power cut, and what a killed process left beside them."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

_NAME = 100  # letters of a name that go into that of its part: names end at 255 bytes
_HERE = -100  # AT_FDCWD and RENAME_EXCHANGE of Linux
_EXCHANGE = 2
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
_sync = getattr(os, "fdatasync", os.fsync)


def synced(path: Path) -> None:
    """Wait until the disk has what was written to a file, or which files a folder has.

    Where a file system or a system cannot do that, nothing happens.

    Raises:
        OSError: the disk failed.
    """
    folder = path.is_dir()
    if folder and os.name != "posix":
        return
    opened = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        (os.fsync if folder else _sync)(opened)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(opened)


def part_of(path: Path, kind: str = "part") -> Path:
    """Return where this process writes what will be at `path` once it is whole."""
    return path.with_name(f".{path.name[:_NAME]}.{os.getpid()}.{kind}")


def leftovers(path: Path, kind: str = "part") -> list[Path]:
    """Return the parts of `path` that belong to processes which are no more."""
    pattern = re.compile(rf"\.{re.escape(path.name[:_NAME])}\.(\d+)\.{kind}")
    found = []
    with suppress(OSError):
        for item in sorted(path.parent.iterdir()):
            match = pattern.fullmatch(item.name)
            if match and not _runs(int(match[1])):
                found.append(item)
    return found


def clear_leftovers(path: Path) -> None:
    """Delete the parts of `path` that killed processes left; what cannot be deleted stays."""
    for item in leftovers(path):
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item, ignore_errors=True)
        else:
            with suppress(OSError):
                item.unlink()


def _runs(process: int) -> bool:
    """Return whether a process is there; one with the number of this process is this one."""
    if os.name != "posix":
        return True  # to ask would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def exchange(one: Path, other: Path) -> bool:
    """Swap two files or folders in one step; return whether the system can do that."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    done = libc.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    return bool(done == 0)
