"""A store in memory."""

from __future__ import annotations

import pyoxigraph as ox

from kg import iris
from kg.store.engine import EngineStore


class MemoryStore(EngineStore):
    """Quads in memory; they are lost when the store is closed."""

    def __init__(self, base: str = iris.DEFAULT_BASE) -> None:
        """Start empty."""
        super().__init__(ox.Store(), base)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as N-Quads."""
        return _restored, (self.base, self.inner.dump(format=ox.RdfFormat.N_QUADS))


def _restored(base: str, content: bytes) -> MemoryStore:
    store = MemoryStore(base)
    store.inner.load(content, format=ox.RdfFormat.N_QUADS)
    return store
