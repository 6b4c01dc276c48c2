"""CSV of statements, one a line, with names and identifiers of the entities in each role."""

from __future__ import annotations

from kg import ontology as ontologies
from kg.export import tables
from kg.export.files import Target, opened
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the table of statements; `|` separates several values of a cell.

    With the option `raw_csv`, cells that a spreadsheet would run as formulas are not escaped.
    """
    rows = tables.statements(store, ontologies.load())
    with opened(target) as stream:
        tables.write(stream, tables.STATEMENTS, rows, raw=bool(options.get("raw_csv")))
