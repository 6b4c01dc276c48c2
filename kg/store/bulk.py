"""N-Quads of a whole store, straight into an empty engine."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import StoreWriteError, UnreadableStoreError
from kg.store.engine import EngineStore

_AT_ONCE = 1 << 20  # bytes


def load(store: EngineStore, path: str | Path) -> int:
    """Put N-Quads into an empty store, and return how many lines there were.

    All or nothing, even when the process is killed, in memory that does not grow with the file, and
    about three times as fast as one transaction for each article. Every quad has a named graph.

    Args:
        store: an empty store in memory or on disk, open to write.
        path: a file with a quad on each line, as `kg export` writes it; with `.gz` compressed.

    Raises:
        UnreadableStoreError: the file cannot be read, or has something else than quads.
        StoreWriteError: the store is not empty, or cannot be written; it is as it was before.
    """
    if next(store.match(), None) is not None:
        raise StoreWriteError("the store is not empty", hint="load into a new store")
    source = _Source(Path(path))
    try:
        with source.read(source.quads) as quads, store.filling() as engine:
            engine.bulk_load(quads, ox.RdfFormat.N_QUADS)
            # Then the union for the default graph; its terms have been checked by now.
            with source.read(source.triples) as triples:
                engine.bulk_load(triples, ox.RdfFormat.N_TRIPLES, lenient=True)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        written = isinstance(error, OSError) and source.opened and not source.problem
        kind = StoreWriteError if written else UnreadableStoreError
        raise kind(
            f"{source.problem or error}; the store is as it was before",
            where=source.path,
            hint="check space and permissions" if written else "name a file that kg export wrote",
        ) from error
    return source.lines


class _Source:
    """A file of N-Quads, which is read twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        self.opened = False
        self.problem = ""

    @contextmanager
    def read(self, more: Callable[[BinaryIO], bytes]) -> Iterator[BinaryIO]:
        """Give a stream of what `more` makes of one part of the file after the other."""
        with gzip.open(self.path) if self.path.suffix == ".gz" else self.path.open("rb") as stream:
            self.opened = True

            def part() -> bytes:
                try:
                    return more(cast(BinaryIO, stream))
                except (OSError, EOFError) as error:
                    self.problem = f"it cannot be read: {error}"
                    raise

            yield io.BufferedReader(cast(io.RawIOBase, _Parts(part)), _AT_ONCE)

    def quads(self, stream: BinaryIO) -> bytes:
        return stream.read(_AT_ONCE)

    def triples(self, stream: BinaryIO) -> bytes:
        """Return lines without their graphs."""
        lines, triples = stream.readlines(_AT_ONCE), []
        for line in lines:
            triple, _, graph = line.rpartition(b" <")
            if graph.rstrip().endswith((b"> .", b">.")) and triple.count(b" ", 0, -1) > 1:
                triples.append(triple)
            elif line.strip():
                self.problem = f"a line is no quad in a named graph: {line[:80]!r}"
                raise ValueError(self.problem)
        self.lines += len(triples)
        return b" .\n".join((*triples, b"\n")) if lines else b""


class _Parts(io.RawIOBase):
    """What a function returns, called again and again until there is nothing."""

    def __init__(self, part: Callable[[], bytes]) -> None:
        self._part = part
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview(self._part())
        number = min(len(target), len(self._rest))
        target[:number] = self._rest[:number]
        self._rest = self._rest[number:]
        return number
