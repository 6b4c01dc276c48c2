"""Printing of rows: as a table on a terminal, as CSV, TSV or JSON in a pipe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg.query.results import Result, Value
from kg.text.controls import one_line, visible

if TYPE_CHECKING:
    from rich.table import Table

    from kg.ontology import Relation
    from kg.store import Listed

# Characters; chosen for legibility, not measured.
_WIDE = 24  # least width of a column whose longest cell has more than twice as many
_NARROW = 12  # least width of other columns, unless all their cells are shorter
_BETWEEN = 3  # from one column to the next
_NO_TERMINAL = (100, 24)  # columns and lines where the size of the terminal is not known


def show(result: Result, format_: str | None, *, raw: bool = False) -> None:
    """Print rows on standard output.

    Args:
        result: the rows.
        format_: `table`, `csv`, `tsv` or `json`; None for a table on a terminal and CSV elsewhere.
        raw: leave cells of CSV and TSV that a spreadsheet would run as formulas; else they are
            escaped, see `kg.text.cells`.
    """
    chosen = format_ or ("table" if sys.stdout.isatty() else "csv")
    if chosen == "table":
        _table(result)
    else:
        guarded = {"csv": result.csv, "tsv": result.tsv}
        put(result.json() if chosen == "json" else guarded[chosen](raw=raw))


def put(text: str) -> None:
    """Write text to standard output, line by line, so that a closed pipe is noticed early.

    On a terminal, control characters are replaced by visible signs, so that the text of an article
    cannot control the terminal; in a pipe or file they stay.
    """
    if sys.stdout.isatty():
        text = visible(text)
    sys.stdout.writelines(text.splitlines(keepends=True))


def plain(value: Value) -> str:
    """Return a value as text of one line, with visible signs for control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(str(value)).strip()


def questions() -> Result:
    """Return the ready questions as rows."""
    from kg.query.questions import ready

    rows = ((q.name, q.answers, " ".join(q.parameters)) for q in ready().values())
    return Result(columns=("name", "answers", "parameters"), rows=tuple(rows))


def articles(listed: Iterable[Listed]) -> Result:
    """Return the articles of a store as rows."""
    rows = ((s.id, s.published, s.outlet, s.title, s.statements) for s in listed)
    return Result(columns=("id", "published", "outlet", "title", "statements"), rows=tuple(rows))


def relations(found: Iterable[Relation]) -> Result:
    """Return the relations of an ontology as rows."""
    rows = ((r.name, r.definition, r.plover, len(r.frames)) for r in found)
    return Result(columns=("name", "definition", "plover", "frames"), rows=tuple(rows))


def _table(result: Result) -> None:
    """Print a table; if its columns are too wide for the terminal, each row as a list of cells."""
    from rich.console import Console

    room = shutil.get_terminal_size(_NO_TERMINAL).columns
    rows = [[plain(value) for value in row] for row in result.rows]
    full = [n for n in range(len(result.columns)) if not rows or any(row[n] for row in rows)]
    names = [result.columns[n] for n in full]
    rows = [[row[n] for n in full] for row in rows]
    widths = _widths([max(map(len, column)) for column in zip(names, *rows, strict=True)], room)
    numbers = {n for n, i in enumerate(full) if rows and all(_number(row[i]) for row in result)}
    table = _across(names, rows, widths, numbers) if widths else _down(names, rows)
    console = Console(file=sys.stdout, width=room, highlight=False)
    with console.capture() as printed:
        console.print(table)
    put("".join(f"{line.rstrip()}\n" for line in printed.get().splitlines()))
    if result.form != "ask":
        click.echo(f"{len(rows):,} row{'s' if len(rows) != 1 else ''}", err=True)


def _number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _widths(wanted: list[int], room: int) -> list[int]:
    """Return widths of columns that fit into `room` characters; an empty list if none do.

    The narrowest column that is too short for its cells is widened first.
    """
    widths = [w if w <= _NARROW else _WIDE if w > 2 * _WIDE else _NARROW for w in wanted]
    left = room - sum(widths) - _BETWEEN * (len(widths) - 1)
    if left < 0 and len(widths) > 1:
        return []
    for _ in range(left):
        short = [n for n, width in enumerate(widths) if width < wanted[n]]
        if not short:
            break
        widths[min(short, key=lambda n: widths[n])] += 1
    return widths


def _across(names: list[str], rows: list[list[str]], widths: list[int], numbers: set[int]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for n, name in enumerate(names):
        table.add_column(
            Text(name),
            overflow="fold",
            width=widths[n],
            justify="right" if n in numbers else "left",
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _down(names: list[str], rows: list[list[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for row in rows:
        for name, cell in zip(names, row, strict=True):
            if cell:
                table.add_row(name, Text(cell))
        table.add_row("", "")
    return table
