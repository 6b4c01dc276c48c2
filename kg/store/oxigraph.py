"""A store on disk: a folder with a small marker file and an Oxigraph database."""

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
"""File that exists during a bulk load; while it does, the database counts as empty."""
FORMAT = 2
# Changed quads after which the engine flushes to disk, see `_transact`: chosen, not measured.
_IN_MEMORY = 300_000
_BYTES = 300  # on disk for each quad, measured on news articles
_PART = 4  # compact when a quarter of the store is new: chosen, not measured
# Quads in one transaction: some 50 MB, at the two kilobytes measured for each (see `parts`). An
# article of 1,000 words has some 2,500.
_AT_ONCE = 25_000
# Bytes of a write-ahead log that are worth reopening the database for: chosen, not measured.
_LOG = 1 << 20


class OxigraphStore(EngineStore):
    """Quads on disk.

    Only one process may write at a time. A store opened for reading is a snapshot of that moment.
    """

    def __init__(self, path: Path, *, base: str, inner: ox.Store, writable: bool) -> None:
        """Wrap an open engine; use `open_disk`."""
        super().__init__(inner, base)
        self.path = path
        self.writable = writable
        self._in_memory = 0
        self._changed = 0

    def elsewhere(self) -> Callable[[], Store]:
        """Return a function that opens the same folder for reading."""
        return partial(open_disk, self.path)

    def files(self) -> tuple[Path, ...]:
        """Return the folder: the engine opens some of its files only when needed."""
        return (self.path,)

    def failure(self, error: Exception) -> StoreError | None:
        """Return the store error that an error of the engine means, usually damage."""
        if isinstance(error, OSError | RuntimeError):
            return meant(error, self.path, writable=self.writable)
        return None

    def verify(self, seconds: float) -> None:
        """Read quads through each index of the engine, for at most some seconds.

        Damage in one index stays hidden while only others are read. Found in the middle of a query,
        the engine would return the same error for every further row, without end.
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
        # The engine takes its snapshot now, but a damaged file may show at any later quad.
        return self._told(super()._found(subject, predicate, object, graph))

    def _told(self, quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
        try:
            yield from quads
        except (OSError, RuntimeError) as error:
            raise meant(error, self.path, writable=self.writable) from error

    @property
    def shared(self) -> Path | None:
        """Return the folder if the store is open for reading."""
        return None if self.writable else self.path

    def change(self, *, remove: Iterable[v.Quad] = (), add: Iterable[v.Quad] = ()) -> None:
        """Remove and add quads in one transaction; very large articles in several, see `parts`."""
        self._writing()
        gone, new = list(remove), list(add)
        if len(gone) + len(new) <= _AT_ONCE or not (articles := self._articles(gone, new)):
            self._transact(gone, new)
            return
        found = [q for node in articles for q in self.match(node, _DIGEST, None, node)]
        for part in parts.split(gone, new, marks=found, names=self.names, size=_AT_ONCE):
            self._part(*part)

    def _articles(self, *changes: Iterable[v.Quad]) -> set[ox.NamedNode]:
        """Return the graphs of the quads that are graphs of articles."""
        graphs = {quad.graph_name for quads in changes for quad in quads}
        return {graph for graph in graphs if parts.of_article(graph, self.names)}

    def replace(self, article: str, quads: Iterable[v.Quad]) -> None:
        """Store an article in place of its earlier version.

        In one transaction, unless the article is very large; see `parts`.
        """
        left = iter(quads)
        first = list(islice(left, _AT_ONCE))
        if len(first) < _AT_ONCE:
            super().replace(article, chain(first, left))
            return
        # The new quads are streamed and never all in memory.
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
        """Do one of several transactions, then flush, so that memory does not add up."""
        if gone or new:
            try:
                self._transact(gone, new)
                self._flush()
            except StoreWriteError as error:
                what = error.what.replace(BEFORE, "the article counts as not stored")
                raise StoreWriteError(what, where=error.where, hint=error.hint) from error

    def _transact(self, gone: list[v.Quad], new: list[v.Quad]) -> None:
        # The engine keeps new quads in sorted lists in memory, up to 128 MB for each index. Long
        # lists slow every insertion down; short ones make it merge files more often.
        if self._in_memory >= _IN_MEMORY:
            self._flush()
        super().change(remove=gone, add=new)
        self._sync()
        self._in_memory += len(gone) + len(new)
        self._changed += len(gone) + len(new)

    def _sync(self) -> None:
        """Make the disk write the last transaction, so that a power cut does not lose it.

        After each transaction the engine hands its log to the operating system. That survives a
        killed process, but not a power cut. The engine syncs all its other files itself.
        """
        for log in (self.path / DATA).glob("*.log"):
            # The engine may have merged this log into other files and deleted it.
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
        """Give the engine of an empty store to be filled; an error or a kill empties it again."""
        self._writing()
        inner, unfinished = self.inner, self.path / UNFINISHED
        unfinished.touch()
        try:
            yield inner
            inner.flush()
            inner.optimize()
        except BaseException:
            self._inner = None  # if clearing fails, the store must not be used
            inner.clear()
            inner.flush()
            self._inner = inner
            unfinished.unlink()
            raise
        unfinished.unlink()

    def close(self) -> None:
        """Write what is pending and close the files."""
        try:
            if self._inner is not None and self.writable:
                self._flush()
                self._compact()
        finally:
            super().close()
        if self.writable:
            self._drop_log()

    def _drop_log(self) -> None:
        """Delete the write-ahead log, whose content is in other files already.

        The engine deletes it only when the database is opened again, which takes some 60 ms. It may
        be larger than the database: 152 of 206 MB after 83 articles.
        """
        data = self.path / DATA
        if _taken(data.glob("*.log")) > _LOG:
            with suppress(OSError, RuntimeError):  # another process has opened it meanwhile
                ox.Store(os.fspath(data))

    def _compact(self) -> None:
        """Merge the files on disk, so that deleted quads take no space.

        Done only when a good part of the store is new: so adding an article to a large store does
        not rewrite all of it, and the cost for each quad stays the same as the store grows.
        """
        if self._changed * _BYTES * _PART < _taken((self.path / DATA).iterdir()):
            return
        with suppress(OSError, RuntimeError):  # nothing is lost; the files only stay larger
            self.inner.optimize()
        self._changed = 0

    def _flush(self) -> None:
        try:
            self.inner.flush()
        except (OSError, RuntimeError) as error:
            raise meant(error, self.path, writable=True) from error
        self._in_memory = 0


def _taken(files: Iterable[Path]) -> int:
    """Return the size of files in bytes; the engine may delete some meanwhile."""
    size = 0
    for file in files:
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size


def open_disk(path: Path, mode: str = "r", *, base: str | None = None) -> OxigraphStore:
    """Return the store in the folder `path`.

    Args:
        path: folder of the store.
        mode: `r` to read, `w` to read and write; with `w` a missing store is made.
        base: IRI prefix of all identifiers, for a new store; an existing one keeps its own.

    Raises:
        MissingStoreError: nothing is at `path`, and it is opened for reading.
        UnreadableStoreError: what is there is not a store, is of another format, or may not be
            read.
        DamagedStoreError: it is a store whose files were damaged.
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
    """Make the folder with its marker; nobody ever sees it without or with half of a marker."""
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
                if not path.exists():  # else another process has made it meanwhile
                    raise
        synced(path.parent)
    except OSError as error:
        raise StoreWriteError(f"cannot make a store: {error.strerror}", where=path) from error


def _check(base: str) -> str:
    """Return a checksum of the marker: with a wrong base no article would be found."""
    return format(zlib.crc32(f"{FORMAT} {base}".encode()), "08x")


def _base(path: Path) -> str:
    """Return the base that the marker names, after checking the marker."""
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
        check = content.get("check")  # older stores have none
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
        # A build killed before its first article leaves only the marker: an empty store.
        if not writable:
            return ox.Store()
    elif not (data / "CURRENT").exists():
        # The engine would start a new database there and overwrite what is left of the old one.
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
    """Make an empty database in one step: a half-made one could not be opened."""
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
        if not data.exists():  # else another process has made it meanwhile
            raise
