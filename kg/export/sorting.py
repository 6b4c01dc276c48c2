"""Lines in order, in memory that does not grow with their number.

What does not fit is sorted in parts, which are kept in temporary files and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

CHUNK = 1 << 25
"""Characters that are sorted at once: with what Python adds to each line, some 50 MB."""

_FILES = 64  # merged at once: systems let a process open 256 files or more


def in_order(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines sorted by their characters; each has its line feed at the end and none before.

    Temporary files take as much room as the lines, where these are more than `CHUNK`.
    """
    with ExitStack() as files:
        levels: list[list[IO[str]]] = [[]]
        chunk: list[str] = []
        size = 0
        for line in lines:
            chunk.append(line)
            size += len(line)
            if size >= CHUNK:
                chunk.sort()
                levels[0].append(_kept(files, chunk))
                chunk, size = [], 0
                _thin(files, levels)
        chunk.sort()
        yield from heapq.merge(*(file for level in levels for file in level), chunk)


def _kept(files: ExitStack, lines: Iterable[str]) -> IO[str]:
    """Return a temporary file of sorted lines, to be read from its beginning."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    files.enter_context(file)
    file.writelines(lines)
    file.seek(0)
    return file


def _thin(files: ExitStack, levels: list[list[IO[str]]]) -> None:
    """Make one file of many of like size, so that no more are open than a system allows."""
    for number, level in enumerate(levels):
        if len(level) < _FILES:
            return
        merged = _kept(files, heapq.merge(*level))
        for file in level:
            file.close()
        level.clear()
        if number + 1 == len(levels):
            levels.append([])
        levels[number + 1].append(merged)
