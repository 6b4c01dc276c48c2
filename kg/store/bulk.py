"""Load an N-Quads file of a whole store into an empty engine."""

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

_AT_ONCE = 1 << 20  # bytes read at a time: chosen, not measured


def load(store: EngineStore, path: str | Path) -> int:
    """Load N-Quads into an empty store and return the number of quads.

    The load is all or nothing, even if the process is killed. Memory does not grow with the file,
    and it takes about a third of the time of one transaction for each article.

    Args:
        store: an empty store in memory or on disk, open for writing.
        path: a file with a quad in a named graph on each line, as `kg export` writes it; gzipped if
            it ends in `.gz`.

    Raises:
        UnreadableStoreError: the file cannot be read, or a line is not such a quad.
        StoreWriteError: the store is not empty, or cannot be written; it is unchanged.
    """
    if next(store.match(), None) is not None:
        raise StoreWriteError("the store is not empty", hint="load into a new store")
    source = _Source(Path(path))
    try:
        with source.read(source.quads) as quads, store.filling() as engine:
            engine.bulk_load(quads, ox.RdfFormat.N_QUADS)
            # Then the union of all graphs, for the default graph. Lenient: the terms were checked.
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
    """A file of N-Quads that is read twice: for the named graphs and for their union."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        self.opened = False
        self.problem = ""

    @contextmanager
    def read(self, more: Callable[[BinaryIO], bytes]) -> Iterator[BinaryIO]:
        """Open a stream of chunks; `more` reads the next chunk from the file, empty at the end."""
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
        """Return the next lines as N-Triples, without their graphs."""
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
    """A raw stream of the chunks that a function returns, until one is empty."""

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
