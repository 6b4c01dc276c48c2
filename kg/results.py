"""Answers to questions: rows of plain Python values, and the formats they are shown in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to a question.

    Attributes:
        columns: names of the columns.
        rows: values by column; dates and IRIs are text, what is not bound is None.
        form: `select`, `ask` (one row, one column `answer`) or `construct` (triples).
        turtle: the triples as Turtle where `form` is `construct`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    form: str = "select"
    turtle: str = ""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """Return the rows one by one."""
        return iter(self.rows)

    def __bool__(self) -> bool:
        """Return whether there is an answer: any row, or for ASK the answer itself."""
        return bool(self.rows[0][0]) if self.form == "ask" else bool(self.rows)

    def records(self) -> list[dict[str, Value]]:
        """Return a mapping for each row, as `pandas.DataFrame` takes them."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Value]:
        """Return the values of one column."""
        number = self.columns.index(name)
        return [row[number] for row in self.rows]

    def csv(self) -> str:
        """Return comma-separated values (RFC 4180, but lines end with a line feed only)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_text(value) for value in row] for row in self.rows)
        return out.getvalue()

    def tsv(self) -> str:
        """Return tab-separated values; tabs and line breaks inside values become spaces."""
        lines = (self.columns, *self.rows)
        return "".join("\t".join(map(_one_line, line)) + "\n" for line in lines)

    def json(self) -> str:
        """Return a JSON array with an object for each row."""
        return json.dumps(self.records(), ensure_ascii=False, indent=2) + "\n"


def _text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one_line(value: Value) -> str:
    return " ".join(_text(value).split())
