"""CSV of entities, one a line: identifier, names, class and counts."""

from __future__ import annotations

from kg import ontology as ontologies
from kg.export import tables
from kg.export.files import Target, opened
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the table of entities; `|` separates several values of a cell.

    Entities are held in memory, articles are not. With the option `raw_csv`, cells that a
    spreadsheet would run as formulas are not escaped.
    """
    rows = tables.entities(store, ontologies.load())
    with opened(target) as stream:
        tables.write(stream, tables.ENTITIES, rows, raw=bool(options.get("raw_csv")))
