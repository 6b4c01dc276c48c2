"""Results of queries: rows of Python values, and their output formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, SupportsIndex, overload

from kg.text.cells import guarded

if TYPE_CHECKING:
    import pandas

Value = str | int | float | bool | None


class Row(tuple[Value, ...]):
    """A row: a tuple whose values can also be read by column name."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ()

    def __getattr__(self, name: str) -> Value:
        """Return the value of the column `name`."""
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(*error.args) from None

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Value: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> Value | tuple[Value, ...]:
        """Return the value of a column, by name or by index."""
        if not isinstance(key, str):
            return super().__getitem__(key)
        if key not in self._fields:
            raise KeyError(f"no column {key!r}; there are: {', '.join(self._fields)}")
        return super().__getitem__(self._fields.index(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to a query.

    Attributes:
        columns: names of the columns.
        rows: the values; dates and IRIs are text, an unbound variable is None.
        form: `select`, `ask` (one row, one column `answer`) or `construct` (triples).
        turtle: for `construct`, the triples as Turtle.
        complete: False if a limit cut rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    form: str = "select"
    turtle: str = ""
    complete: bool = True

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows; `pandas.DataFrame(result)` takes its columns from them."""
        kind = type("Row", (Row,), {"__slots__": (), "_fields": self.columns})
        return map(kind, self.rows)

    def __bool__(self) -> bool:
        """Return whether there are any rows; for ASK, the answer."""
        return bool(self.rows[0][0]) if self.form == "ask" else bool(self.rows)

    def records(self) -> list[dict[str, Value]]:
        """Return each row as a dictionary."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Value]:
        """Return the values of one column."""
        number = self.columns.index(name)
        return [row[number] for row in self.rows]

    def dataframe(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame (extra `pandas`); it has columns even if empty."""
        import pandas

        return pandas.DataFrame.from_records(list(self.rows), columns=list(self.columns))

    def csv(self, *, raw: bool = False) -> str:
        """Return comma-separated values (RFC 4180, but lines end with a line feed only).

        Text that a spreadsheet would run as a formula is prefixed with an apostrophe, unless `raw`.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(value, raw) for value in row] for row in self.rows)
        return out.getvalue()

    def tsv(self, *, raw: bool = False) -> str:
        """Return tab-separated values; tabs and line breaks inside values become spaces.

        Text that a spreadsheet would run is prefixed as in `csv`.
        """
        rows = ([" ".join(_cell(value, raw).split()) for value in row] for row in self.rows)
        return "".join("\t".join(line) + "\n" for line in (self.columns, *rows))

    def json(self) -> str:
        """Return a JSON array of objects, one for each row."""
        return json.dumps(self.records(), ensure_ascii=False, indent=2) + "\n"


def _text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(value: Value, raw: bool) -> str:
    return guarded(value, raw=raw) if isinstance(value, str) else _text(value)
