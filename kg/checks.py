"""What the fields of a record may hold, with an error that says what to do instead."""

from __future__ import annotations

import datetime
import re

from kg.errors import RecordError

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def is_date(value: str) -> bool:
    """Return whether `value` is a date of EDTF level 0 (ISO 8601-2:2019).

    That is a year, a month, a day of the calendar, or an interval of two of these.
    """
    first, slash, last = value.partition("/")
    return _is_point(first) and (not slash or _is_point(last))


def date_of(text: str) -> str:
    """Return a date as a record takes it: the text, the day that it begins with, or nothing.

    For dates that were stored by others: `2025-05-14T08:00:00Z` is a day, `yesterday` is none.
    """
    return next((value for value in (text, text[:10]) if is_date(value)), "")


def text(field: str, value: object, *, where: object = "", needed: str = "") -> None:
    """Refuse a field that is no text, or an empty one where `needed` says why there must be one."""
    if not isinstance(value, str):
        hint = needed if value is None and needed else _hint(field, value)
        raise RecordError(f"{field} must be text, and is {_kind(value)}", where=where, hint=hint)
    if not value and needed:
        raise RecordError(f"{field} is empty", where=where, hint=needed)


def date(field: str, value: object, *, where: object = "") -> None:
    """Refuse a field that is neither a date of EDTF level 0 nor empty."""
    text(field, value, where=where)
    if value and not is_date(str(value)):
        raise RecordError(
            f"{field} is no date: {str(value)[:40]!r}",
            where=where,
            hint="write 2025, 2025-05, 2025-05-14 or 2025-05-14/2025-05-16, "
            "or leave it empty where it is unknown",
        )


def number(field: str, value: object, least: int, most: int, *, where: object = "") -> None:
    """Refuse a field that is no whole number from `least` to `most`."""
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


def _is_point(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
    try:
        datetime.date(year or 4, month, day)  # the year 0 is a leap year that Python lacks
    except ValueError:
        return False
    return True


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
