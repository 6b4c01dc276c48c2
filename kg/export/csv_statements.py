"""CSV of statements, a line for each place that makes one, names and identifiers side by side."""

from __future__ import annotations

from kg import ontology as ontologies
from kg.export import tables
from kg.export.files import Target, opened
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the table of statements; several values of a cell are set apart by `|`.

    Option `raw_csv` leaves cells as they are that a spreadsheet would run.
    """
    rows = tables.statements(store, ontologies.load())
    with opened(target) as stream:
        tables.write(stream, tables.STATEMENTS, rows, raw=bool(options.get("raw_csv")))
