"""Sorts lines in bounded memory, by an external merge sort with temporary files."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

CHUNK = 1 << 25
"""Characters sorted in memory at a time; with Python's overhead for each line, some 50 MB."""

_FILES = 64  # merged at a time; systems let a process open 256 files or more


def in_order(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines sorted by code points; each must end with its only line feed.

    If they have more than `CHUNK` characters, temporary files take as much space as the lines.
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
    """Write sorted lines to a temporary file and return it, positioned at its start."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    files.enter_context(file)
    file.writelines(lines)
    file.seek(0)
    return file


def _thin(files: ExitStack, levels: list[list[IO[str]]]) -> None:
    """Merge files of similar size when there are `_FILES`, to limit the number of open files."""
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
