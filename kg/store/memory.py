"""A store in memory."""

from __future__ import annotations

import pyoxigraph as ox

from kg import iris
from kg.store.engine import EngineStore


class MemoryStore(EngineStore):
    """Quads in memory, gone when the store is closed."""

    def __init__(self, base: str = iris.DEFAULT_BASE) -> None:
        """Start empty."""
        super().__init__(ox.Store(), base)
