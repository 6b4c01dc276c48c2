"""N-Quads, sorted: the format for archiving, comparing (`diff`) and merging stores."""

from __future__ import annotations

from itertools import chain

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.sorting import in_order
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as N-Quads; the option `rdf12` adds reifiers."""
    quads = chain(store.match(), reifiers(store, options))
    with opened(target) as stream:
        stream.writelines(in_order(f"{quad} .\n" for quad in quads))
