"""Checks of the fields of records; each error says what to write instead."""

from __future__ import annotations

import datetime

from kg.errors import RecordError
from kg.records.edtf import is_date


def text(field: str, value: object, *, where: object = "", needed: str = "") -> None:
    """Raise a `RecordError` unless `value` is a string.

    Args:
        field: name of the field, for the message.
        value: its value.
        where: the record, for the message.
        needed: why the field must not be empty; without a reason it may be.
    """
    if not isinstance(value, str):
        hint = needed if value is None and needed else _hint(field, value)
        raise RecordError(f"{field} must be text, and is {_kind(value)}", where=where, hint=hint)
    if not value and needed:
        raise RecordError(f"{field} is empty", where=where, hint=needed)


def date(field: str, value: object, *, where: object = "") -> None:
    """Raise a `RecordError` unless `value` is empty or a date of EDTF level 0."""
    text(field, value, where=where)
    if value and not is_date(str(value)):
        raise RecordError(
            f"{field} is no date: {str(value)[:40]!r}",
            where=where,
            hint="write 2025, 2025-05, 2025-05-14 or 2025-05-14/2025-05-16, "
            "or leave it empty where it is unknown",
        )


def number(field: str, value: object, least: int, most: int, *, where: object = "") -> None:
    """Raise a `RecordError` unless `value` is an int from `least` to `most`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError(
            f"{field} must be a whole number, and is {_kind(value)}",
            where=where,
            hint=f"give a number from {least} to {most}",
        )
    if not least <= value <= most:
        raise RecordError(
            f"{field} is {value}", where=where, hint=f"give a number from {least} to {most}"
        )


def _kind(value: object) -> str:
    return "None" if value is None else f"a {type(value).__name__}"


def _hint(field: str, value: object) -> str:
    if value is None:
        return f"leave {field} out, or give an empty text, where it is unknown"
    if isinstance(value, bytes | bytearray):
        return f'decode it: {field}={field}.decode("utf-8")'
    if isinstance(value, datetime.date):
        return f'write {field}={field}.strftime("%Y-%m-%d")'
    return f"give {field} as text"
