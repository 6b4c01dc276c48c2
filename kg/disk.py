"""Write files that survive a power cut, and clean up the temporary files of killed processes."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

# Characters of a file's name that its temporary file repeats; file systems allow 255 bytes for a
# name. Chosen, not measured.
_NAME = 100
_HERE = -100  # AT_FDCWD of Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
_sync = getattr(os, "fdatasync", os.fsync)


def synced(path: Path) -> None:
    """Wait until a file's content, or a folder's list of files, is on the disk (fsync).

    Does nothing where the operating system or the file system does not support it.

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
    """Return the temporary file, a "part", in which this process writes what will become `path`."""
    return path.with_name(f".{path.name[:_NAME]}.{os.getpid()}.{kind}")


def leftovers(path: Path, kind: str = "part") -> list[Path]:
    """Return the parts of `path` whose processes have ended."""
    pattern = re.compile(rf"\.{re.escape(path.name[:_NAME])}\.(\d+)\.{kind}")
    found = []
    with suppress(OSError):
        for item in sorted(path.parent.iterdir()):
            match = pattern.fullmatch(item.name)
            if match and not _runs(int(match[1])):
                found.append(item)
    return found


def clear_leftovers(path: Path) -> None:
    """Delete the parts of `path` left by killed processes, as far as possible."""
    for item in leftovers(path):
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item, ignore_errors=True)
        else:
            with suppress(OSError):
                item.unlink()


def _runs(process: int) -> bool:
    """Return whether a process with this id is running."""
    if os.name != "posix":
        return True  # on Windows, os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def exchange(one: Path, other: Path) -> bool:
    """Swap two files or folders atomically; return whether the system supports that."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    done = libc.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    return bool(done == 0)
