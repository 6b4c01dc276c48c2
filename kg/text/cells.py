"""Cells of tables that spreadsheets open: text that they would run as a formula stays text."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff0b\uff0d\uff1d\uff20]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def guarded(text: str, *, raw: bool = False) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it.

    That is where it begins with one of = + - @, also after blanks, unless it is a number.

    Args:
        text: what the cell says.
        raw: leave it as it is, for programs that do not run cells.
    """
    if raw or not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"
