"""N-Quads, one quad a line, sorted: the durable form, and the one to compare and to merge."""

from __future__ import annotations

from itertools import chain

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.sorting import in_order
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as N-Quads; option `rdf12` adds reifiers."""
    quads = chain(store.match(), reifiers(store, options))
    with opened(target) as stream:
        stream.writelines(in_order(f"{quad} .\n" for quad in quads))
