"""N-Quads, one quad a line, sorted: the durable form, and the one to compare and to merge."""

from __future__ import annotations

from kg.export.files import Target, opened
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as N-Quads."""
    lines = sorted(f"{quad} .\n" for quad in store.match())
    with opened(target) as stream:
        stream.writelines(lines)
