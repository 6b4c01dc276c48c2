"""Checks dates of EDTF level 0 (ISO 8601-2) and computes the days that they cover."""

from __future__ import annotations

import datetime
import re

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def is_date(value: str) -> bool:
    """Return whether `value` is a date of EDTF level 0 (ISO 8601-2:2019).

    That is a year, a month, a day of the calendar, or an interval of two of these.
    """
    first, slash, last = value.partition("/")
    return _is_point(first) and (not slash or _is_point(last))


def date_of(text: str) -> str:
    """Return `text` if it is a date of EDTF level 0, else the day that it begins with, else "".

    For dates in the data of others: `2025-05-14T08:00:00Z` gives a day, `yesterday` nothing.
    """
    return next((value for value in (text, text[:10]) if is_date(value)), "")


def bounds(value: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day of a year, month, day or interval of these (`a/b`).

    A bound is None if the interval is open there, or if its day is not in the calendar.
    """
    first, slash, last = value.partition("/")
    return _edge(first, last=False), _edge(last if slash else first, last=True)


def _edge(value: str, *, last: bool) -> datetime.date | None:
    parts = value.split("-")
    if not _DATE.fullmatch(value):
        return None
    year, month, number = (*map(int, parts), *(0, 0))[:3]
    try:
        if number:
            return datetime.date(year, month, number)
        if not last:
            return datetime.date(year, month or 1, 1)
        if month in (0, 12):
            return datetime.date(year, 12, 31)
        return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)
    except ValueError:
        return None


def _is_point(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
    try:
        datetime.date(year or 4, month, day)  # the year 0 is a leap year that Python lacks
    except ValueError:
        return False
    return True
