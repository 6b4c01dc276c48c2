"""Escaping of CSV cells, so that a spreadsheet does not run text from an article as a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff0b\uff0d\uff1d\uff20]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def guarded(text: str, *, raw: bool = False) -> str:
    """Return the text of a cell, after an apostrophe if a spreadsheet would run it as a formula.

    Spreadsheets run a cell that begins with = + - or @, also after blanks, unless it is a number.

    Args:
        text: text of the cell.
        raw: return it unchanged, for readers other than spreadsheets.
    """
    if raw or not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"
