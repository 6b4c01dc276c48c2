"""Rows on a terminal and in pipes."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg.results import Result, Value

if TYPE_CHECKING:
    from kg.ontology import Relation
    from kg.store import Summary

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_WIDE = 24
_NARROW = 12
_FRAME = 3
_NO_TERMINAL = (100, 24)


def show(result: Result, format_: str | None) -> None:
    """Print rows on standard output; without a format a table on a terminal, else CSV."""
    chosen = format_ or ("table" if sys.stdout.isatty() else "csv")
    if chosen == "table":
        _table(result)
    else:
        sys.stdout.write({"csv": result.csv, "tsv": result.tsv, "json": result.json}[chosen]())


def plain(value: Value) -> str:
    """Return a value as text that cannot give orders to a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _CONTROL.sub(" ", str(value)).strip()


def questions() -> Result:
    """Return the ready questions as rows."""
    from kg.questions import ready

    rows = ((q.name, q.answers, " ".join(q.parameters)) for q in ready().values())
    return Result(columns=("name", "answers", "parameters"), rows=tuple(rows))


def articles(summaries: Iterable[Summary]) -> Result:
    """Return the articles of a store as rows."""
    rows = ((s.id, s.published, s.outlet, s.title, s.statements) for s in summaries)
    return Result(columns=("id", "published", "outlet", "title", "statements"), rows=tuple(rows))


def relations(found: Iterable[Relation]) -> Result:
    """Return the relations of an ontology as rows."""
    rows = ((r.name, r.definition, r.plover, len(r.frames)) for r in found)
    return Result(columns=("name", "definition", "plover", "frames"), rows=tuple(rows))


def _table(result: Result) -> None:
    """Print a table, or where its columns have no room, one row below the other."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size(_NO_TERMINAL).columns
    console = Console(file=sys.stdout, width=width, highlight=False)
    rows = [[plain(value) for value in row] for row in result.rows]
    widths = [
        max(len(name), *(len(row[n]) for row in rows), 0) for n, name in enumerate(result.columns)
    ]
    least = [w if w <= _WIDE else _WIDE if w > 2 * _WIDE else _NARROW for w in widths]
    if sum(least) + _FRAME * len(least) > width and len(least) > 1:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, style="bold")
        table.add_column(overflow="fold")
        for row in rows:
            for name, cell in zip(result.columns, row, strict=True):
                if cell:
                    table.add_row(name, Text(cell))
            table.add_row("", "")
    else:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for n, name in enumerate(result.columns):
            numbers = bool(result.rows) and all(
                isinstance(row[n], int | float) and not isinstance(row[n], bool)
                for row in result.rows
            )
            table.add_column(
                Text(name),
                overflow="fold",
                min_width=min(least[n], width),
                justify="right" if numbers else "left",
            )
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if result.form != "ask":
        click.echo(f"{len(rows):,} row{'s' if len(rows) != 1 else ''}", err=True)
