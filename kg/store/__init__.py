"""Stores for the graph: on disk and in memory."""

from __future__ import annotations

from pathlib import Path

from kg import iris
from kg.store.base import Store as Store
from kg.store.base import Summary as Summary
from kg.store.memory import MemoryStore as MemoryStore

__all__ = ["MemoryStore", "Store", "Summary", "open_store"]


def open_store(
    path: str | Path | None = None, mode: str = "r", *, base: str | None = None
) -> Store:
    """Return the store at `path`, or an empty one in memory when there is no path.

    Args:
        path: folder of the store.
        mode: `r` to read, `w` to read and write; with `w` a missing store is made.
        base: IRI before every identifier of a new store.

    Raises:
        MissingStoreError: there is no store at `path`, and it is opened for reading.
        UnreadableStoreError: what is there is not a store, or is damaged.
        LockedStoreError: another process is writing to it.
        StoreWriteError: a store cannot be made there.
    """
    if path is None:
        return MemoryStore(base or iris.DEFAULT_BASE)
    from kg.store.oxigraph import open_disk

    return open_disk(Path(path), mode, base=base)
