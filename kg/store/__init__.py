"""Stores for the graph: on disk, in memory, and on a SPARQL server."""

from __future__ import annotations

from pathlib import Path

from kg import iris
from kg.store.base import Store as Store
from kg.store.memory import MemoryStore as MemoryStore
from kg.store.summaries import Listed as Listed
from kg.store.summaries import Summary as Summary

__all__ = ["Listed", "MemoryStore", "Store", "Summary", "exists", "is_address", "open_store"]


def open_store(
    path: str | Path | None = None, mode: str = "r", *, base: str | None = None
) -> Store:
    """Return the store at `path`, or an empty one in memory when there is no path.

    Args:
        path: folder of the store, or the address of a SPARQL server:
            `http://host/query,http://host/update`; see `kg.store.remote.open_remote`.
        mode: `r` to read, `w` to read and write; with `w` a missing store is made.
        base: IRI prefix of all identifiers, for a new store.

    Raises:
        MissingStoreError: there is no store at `path`, and it is opened for reading.
        UnreadableStoreError: what is there is not a store, or its files may not be read.
        DamagedStoreError: it is a store whose files were damaged.
        LockedStoreError: another process is writing to it.
        ServerError: the server does not answer.
        StoreWriteError: no store can be made there.
    """
    if path is None:
        return MemoryStore(base or iris.DEFAULT_BASE)
    if is_address(path):
        from kg.store.remote import open_remote

        return open_remote(str(path), mode, base=base)
    from kg.store.oxigraph import open_disk

    return open_disk(Path(path), mode, base=base)


def is_address(path: str | Path) -> bool:
    """Return whether a store's path is the HTTP address of a server."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def exists(path: str | Path) -> bool:
    """Return whether something is at `path`; True for any server, which only opening can tell."""
    return is_address(path) or Path(path).exists()
