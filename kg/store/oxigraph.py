"""A store on disk: a folder with a small marker file and the database of Oxigraph beside it."""

from __future__ import annotations

import json
import os
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

import pyoxigraph as ox

from kg import iris
from kg.disk import clear_leftovers, part_of, synced
from kg.errors import MissingStoreError, StoreError, StoreWriteError, UnreadableStoreError
from kg.rdf import vocabulary as v
from kg.store import parts
from kg.store.base import Store
from kg.store.damage import damaged, meant
from kg.store.engine import BEFORE, EngineStore

_Value = TypeVar("_Value")
_DIGEST = v.term("digest")

MARKER = "kg-store.json"
DATA = "data"
UNFINISHED = "unfinished"
"""File that is there while a store is filled at once: what there is of it so far does not count."""
FORMAT = 2
_IN_MEMORY = 300_000  # changed quads
_BYTES = 300  # that a quad takes on disk, measured on news articles
_PART = 4  # a quarter of the store
_AT_ONCE = 25_000  # quads in one transaction: 50 MB; an article of 1,000 words has some 2,500
_LOG = 1 << 20  # bytes of a write-ahead log that are worth opening the database again


class OxigraphStore(EngineStore):
    """Quads on disk.

    One process may write at a time. Opened for reading, it shows the store as it was then.
    """

    def __init__(self, path: Path, *, base: str, inner: ox.Store, writable: bool) -> None:
        """Wrap an open engine; use `open_disk`."""
        super().__init__(inner, base)
        self.path = path
        self.writable = writable
        self._in_memory = 0
        self._changed = 0

    def elsewhere(self) -> Callable[[], Store]:
        """Return a function that opens the same folder to read."""
        return partial(open_disk, self.path)

    def files(self) -> tuple[Path, ...]:
        """Return the folder: the engine opens some of its files only when they are needed."""
        return (self.path,)

    def failure(self, error: Exception) -> StoreError | None:
        """Return what an error of the engine says about the store, which mostly is damage."""
        if isinstance(error, OSError | RuntimeError):
            return meant(error, self.path, writable=self.writable)
        return None

    def verify(self, seconds: float) -> None:
        """Read the quads by each index of the engine, for some seconds.

        An index that is damaged may go unseen as long as another one is read; and in the middle of
        a query the engine takes the same error for one result after the other, without an end.
        """
        end = time.monotonic() + seconds
        asked: set[tuple[object, ...]] = set()
        for s, p, o, g in self._found(None, None, None, None):
            for pattern in ((s, None, None, None), (None, p, None, None), (None, None, o, None)):
                graphed = (*pattern[:3], g)
                for some in (pattern, graphed):
                    if some not in asked:
                        asked.add(some)
                        deque(self._found(*some), maxlen=0)
            if time.monotonic() > end:
                return

    def _read(self, read: Callable[[], _Value]) -> _Value:
        try:
            return read()
        except (OSError, RuntimeError) as error:
            raise meant(error, self.path, writable=self.writable) from error

    def _found(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.Literal | None,
        graph: ox.NamedNode | ox.DefaultGraph | None,
    ) -> Iterator[ox.Quad]:
        # What is found is settled now; that a file is damaged may show at any quad.
        return self._told(super()._found(subject, predicate, object, graph))

    def _told(self, quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
        try:
            yield from quads
        except (OSError, RuntimeError) as error:
            raise meant(error, self.path, writable=self.writable) from error

    @property
    def shared(self) -> Path | None:
        """Return the folder of a store that is open to read."""
        return None if self.writable else self.path

    def change(self, *, remove: Iterable[v.Quad] = (), add: Iterable[v.Quad] = ()) -> None:
        """Remove and add quads: in one transaction, unless it is a dense article; see `parts`."""
        self._writing()
        gone, new = list(remove), list(add)
        if len(gone) + len(new) <= _AT_ONCE or not (articles := self._articles(gone, new)):
            self._transact(gone, new)
            return
        found = [q for node in articles for q in self.match(node, _DIGEST, None, node)]
        for part in parts.split(gone, new, marks=found, names=self.names, size=_AT_ONCE):
            self._part(*part)

    def _articles(self, *changes: Iterable[v.Quad]) -> set[ox.NamedNode]:
        """Return the graphs of articles among those of the quads."""
        graphs = {quad.graph_name for quads in changes for quad in quads}
        return {graph for graph in graphs if parts.of_article(graph, self.names)}

    def replace(self, article: str, quads: Iterable[v.Quad]) -> None:
        """Put an article in place of what the store has of it.

        In one transaction, unless it is a dense one; see `parts`.
        """
        left = iter(quads)
        first = list(islice(left, _AT_ONCE))
        if len(first) < _AT_ONCE:
            super().replace(article, chain(first, left))
            return
        # The new quads go by, and are never there all at once.
        old = self._owned(article)
        entities = {q for q in old if q.predicate == v.TYPE}
        off = [q for q in old if q.predicate == _DIGEST]
        self._part(off, list(self._unsettled(article, old)))
        old.difference_update(off)
        on: list[v.Quad] = []
        known: set[v.Quad] = set()
        subjects: set[ox.NamedNode] = set()
        for part in parts.batched(chain(first, left), _AT_ONCE):
            on += [q for q in part if q.predicate == _DIGEST]
            known |= {q for q in part if q.graph_name == self.names.background}
            subjects |= {q.subject for q in part}
            self._part([], [q for q in part if q.predicate != _DIGEST and q not in old])
            old.difference_update(part)
        old |= self._orphans(article, entities, kept=subjects)
        old |= self.described({q.subject for q in known}, self.names.background) - known
        for gone in parts.batched(parts.outwards(old, self.names), _AT_ONCE):
            self._part(gone, [])
        self._part([], on)

    def _part(self, gone: list[v.Quad], new: list[v.Quad]) -> None:
        """Make one of several transactions, with nothing in memory of the one before."""
        if gone or new:
            try:
                self._transact(gone, new)
                self._flush()
            except StoreWriteError as error:
                what = error.what.replace(BEFORE, "the article counts as not stored")
                raise StoreWriteError(what, where=error.where, hint=error.hint) from error

    def _transact(self, gone: list[v.Quad], new: list[v.Quad]) -> None:
        # The engine keeps what is new in sorted lists in memory, up to 128 MB for each of its
        # indexes, and the longer they are, the slower is every further quad. The shorter they are,
        # the more often the files on disk are merged.
        if self._in_memory >= _IN_MEMORY:
            self._flush()
        super().change(remove=gone, add=new)
        self._sync()
        self._in_memory += len(gone) + len(new)
        self._changed += len(gone) + len(new)

    def _sync(self) -> None:
        """Have the disk keep the last transaction, which a power cut could take otherwise.

        The engine hands its log to the system after each transaction, which is enough when a
        process is killed, but leaves it to the system when the disk gets it. All else that it
        writes it syncs itself.
        """
        for log in (self.path / DATA).glob("*.log"):
            # One that is gone was written to other files in the meantime.
            with suppress(FileNotFoundError):
                try:
                    synced(log)
                except OSError as error:
                    raise meant(error, self.path, writable=True) from error

    def _writing(self) -> None:
        if not self.writable:
            raise StoreWriteError(
                "the store is open to read only; it is as it was before",
                where=self.path,
                hint="open it to write",
            )

    @contextmanager
    def filling(self) -> Iterator[ox.Store]:
        """Give the engine of an empty store to be filled; an error or a kill leaves it empty."""
        self._writing()
        inner, unfinished = self.inner, self.path / UNFINISHED
        unfinished.touch()
        try:
            yield inner
            inner.flush()
            inner.optimize()
        except BaseException:
            self._inner = None  # unless it can be emptied, nothing must be added to it
            inner.clear()
            inner.flush()
            self._inner = inner
            unfinished.unlink()
            raise
        unfinished.unlink()

    def close(self) -> None:
        """Write what is pending and let go of the files."""
        try:
            if self._inner is not None and self.writable:
                self._flush()
                self._compact()
        finally:
            super().close()
        if self.writable:
            self._drop_log()

    def _drop_log(self) -> None:
        """Let go of the write-ahead log, all of which has been written to files.

        The engine keeps it until the database is opened again (some 60 ms); it may be larger than
        all the rest (152 of 206 MB after 83 articles).
        """
        data = self.path / DATA
        if _taken(data.glob("*.log")) > _LOG:
            with suppress(OSError, RuntimeError):  # somebody else has opened it meanwhile
                ox.Store(os.fspath(data))

    def _compact(self) -> None:
        """Merge the files on disk, so that they hold no more than what is there.

        Done when a good part of the store is new, so that adding an article to a large store does
        not rewrite it all, and the cost a quad stays the same however a store grows.
        """
        if self._changed * _BYTES * _PART < _taken((self.path / DATA).iterdir()):
            return
        with suppress(OSError, RuntimeError):  # all is stored; it only takes more room
            self.inner.optimize()
        self._changed = 0

    def _flush(self) -> None:
        try:
            self.inner.flush()
        except (OSError, RuntimeError) as error:
            raise meant(error, self.path, writable=True) from error
        self._in_memory = 0


def _taken(files: Iterable[Path]) -> int:
    """Return how many bytes files take; the engine may take some away meanwhile."""
    size = 0
    for file in files:
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size


def open_disk(path: Path, mode: str = "r", *, base: str | None = None) -> OxigraphStore:
    """Return the store in the folder `path`.

    Args:
        path: folder of the store.
        mode: `r` to read, `w` to read and write; a store that is not there is made.
        base: IRI before every identifier, for a new store; an existing one keeps its own.

    Raises:
        MissingStoreError: there is nothing at `path` to read.
        UnreadableStoreError: what is there is not a store, or of another format, or may not be
            read.
        DamagedStoreError: it was a store, and its files are not as they were written.
        LockedStoreError: another process is writing to it.
        StoreWriteError: the folder cannot be made, or the store has another base.
    """
    if mode not in ("r", "w"):
        raise ValueError(f"mode is 'r' or 'w', not {mode!r}")
    if not path.exists():
        if mode == "r":
            raise MissingStoreError(
                "there is no store", where=path, hint="make one with: kg build ARTICLES -o STORE"
            )
        _make(path, base or iris.DEFAULT_BASE)
    elif mode == "w" and path.is_dir() and not any(path.iterdir()):
        _make(path, base or iris.DEFAULT_BASE)
    found = _base(path)
    if base is not None and base != found:
        raise StoreWriteError(
            f"the store's identifiers begin with {found}, not {base}",
            where=path,
            hint="leave the base out, or build a new store",
        )
    return OxigraphStore(
        path, base=found, inner=_engine(path, writable=mode == "w"), writable=mode == "w"
    )


def _make(path: Path, base: str) -> None:
    """Make the folder with its marker in it; where a folder is, the marker appears whole."""
    made = path if path.exists() else part_of(path)
    clear_leftovers(path)
    try:
        made.mkdir(parents=True, exist_ok=True)
        fresh = made / f"{MARKER}.new"
        marker = {"format": FORMAT, "base": base, "check": _check(base)}
        fresh.write_text(json.dumps(marker, indent=2) + "\n", encoding="utf-8")
        synced(fresh)
        fresh.replace(made / MARKER)
        synced(made)
        if made != path:
            try:
                made.rename(path)
            except OSError:
                rmtree(made, ignore_errors=True)
                if not path.exists():  # unless another process was quicker
                    raise
        synced(path.parent)
    except OSError as error:
        raise StoreWriteError(f"cannot make a store: {error.strerror}", where=path) from error


def _check(base: str) -> str:
    """Return what tells whether a marker is as it was written: another base finds no article."""
    return format(zlib.crc32(f"{FORMAT} {base}".encode()), "08x")


def _base(path: Path) -> str:
    """Return the base that the marker names."""
    hint = "name a folder that kg build made"
    marker = path / MARKER
    if not marker.is_file():
        if (path / DATA / "CURRENT").is_file():
            raise damaged(path, f"its {MARKER} is missing")
        what = "a folder, but not a store" if path.is_dir() else "not a store"
        raise UnreadableStoreError(f"it is {what}", where=path, hint=hint)
    try:
        content = json.loads(marker.read_text(encoding="utf-8"))
        number, base = content["format"], content["base"]
        check = content.get("check")  # stores made before it was written have none
        if not isinstance(base, str):
            raise TypeError("the base is no text")
    except OSError as error:
        raise meant(error, path, writable=False) from error
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path, f"its {MARKER} cannot be read") from error
    if number != FORMAT:
        other = "an earlier" if isinstance(number, int) and number < FORMAT else "another"
        raise UnreadableStoreError(
            f"it was made by {other} version of kg (format {number}, this one reads {FORMAT}); "
            "nothing in it was changed",
            where=path,
            hint="build its articles into a new store: kg build ARTICLES -o NEW",
        )
    if check is not None and check != _check(base):
        raise damaged(path, f"its {MARKER} is not as it was written")
    return base


def _engine(path: Path, *, writable: bool) -> ox.Store:
    data = path / DATA
    unfinished = path / UNFINISHED
    if not writable and unfinished.exists():
        return ox.Store()
    if not data.exists():
        # A build that was killed before its first article leaves the marker alone: an empty store.
        if not writable:
            return ox.Store()
    elif not (data / "CURRENT").exists():
        # The engine would begin a new database there, and what is left of the old one be lost.
        raise damaged(path, f"{DATA}/CURRENT is missing")
    try:
        if writable and not data.exists():
            _make_database(data)
        if not writable:
            return ox.Store.read_only(os.fspath(data))
        inner = ox.Store(os.fspath(data))
        if unfinished.exists():
            inner.clear()
            inner.flush()
            unfinished.unlink()
        return inner
    except (OSError, RuntimeError) as error:
        raise meant(error, path, writable=writable) from error


def _make_database(data: Path) -> None:
    """Make an empty database, which appears whole or not at all: a half-made one cannot be read."""
    fresh = data.with_name(f"{data.name}.{os.getpid()}.new")
    for stale in data.parent.glob(f"{data.name}.*.new"):
        rmtree(stale, ignore_errors=True)
    try:
        ox.Store(os.fspath(fresh)).flush()
        fresh.rename(data)
        synced(data)
        synced(data.parent)
    except OSError:
        rmtree(fresh, ignore_errors=True)
        if not data.exists():  # unless another process was quicker
            raise
