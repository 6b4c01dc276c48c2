"""Ranges of days, months or years: "March 3-5", "from 2019 to 2021", "Monday to Wednesday"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from kg.extract import lexicon
from kg.extract.spans.days import (
    MONTH,
    Published,
    Value,
    days_of_month,
    month_number,
    near_days,
    safe,
)

# One end of a range: "March 3, 2025", "the 3rd of March", "3", "March 2025", "2025", "Monday".
_POINT = (
    rf"(?:the |late |early |mid-)?(?:(?:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:(?: of)? (?:{MONTH})\.?)?(?:,? (?:19|20)\d\d)?"
    rf"|(?:{MONTH})\.?(?:,? (?:of )?(?:19|20)\d\d)?|(?:19|20)\d\d|{'|'.join(lexicon.WEEKDAYS)})"
)
_TO = r"(?P<to> ?(?:-|–|—|to|and|until|till|through) ?)"
RANGE = rf"(?P<one>{_POINT}){_TO}(?P<two>{_POINT})(?!\w)"
"""Pattern of a range, without the word before it."""

_IN_POINT = re.compile(
    rf"(?P<month>\b(?:{MONTH})\b)|(?P<year>\b(?:19|20)\d\d\b)"
    r"|(?P<day>\b\d{1,2})(?P<th>st|nd|rd|th)?\b"
    rf"|(?P<weekday>{'|'.join(lexicon.WEEKDAYS)})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """One end of a range, as far as the text tells it; 0 for what it does not tell."""

    year: int = 0
    month: int = 0
    day: int = 0
    ordinal: bool = False
    weekday: str = ""


def _point(text: str) -> _Point:
    found = {k: v for m in _IN_POINT.finditer(text) for k, v in m.groupdict().items() if v}
    return _Point(
        year=int(found.get("year", 0)),
        month=month_number(found["month"]) if "month" in found else 0,
        day=int(found.get("day", 0)),
        ordinal="th" in found,
        weekday=found.get("weekday", "").lower(),
    )


def span(match: re.Match[str], published: Published) -> Value:
    """Return the values of a range as `RANGE` finds it, None if its ends do not fit.

    Numbers alone are none ("3-5", "from 10 to 12"); "the 3rd to the 5th" is one after "from".
    """
    one, two = _point(match["one"]), _point(match["two"])
    lead, to = match["lead"].lower(), match["to"].strip().lower()
    follow = lead != "from" and _follow(one, two)
    if (to == "and" and not (lead == "between" or follow)) or (
        lead == "between" != to and to != "and"
    ):
        return None
    if lead in {"in", "during"} and to.isalpha() and not follow:
        return None
    if any(match[end].lower() in {"may", "march", "mar"} for end in ("one", "two") if not lead):
        return None
    if one.weekday or two.weekday:
        return _weekdays(one.weekday, two.weekday, published)
    both = one.month and two.month
    one = replace(one, month=one.month or (two.month if one.day else 0))
    two = replace(two, month=two.month or (one.month if two.day else 0))
    told = one.month and two.month and (lead or (one.day and two.day) or one.year or two.year)
    years = lead and one.year and two.year and not (one.day or two.day)
    days = lead and one.ordinal and two.ordinal and not (one.month or two.month)
    if not (told or years or days) or bool(one.day) != bool(two.day):
        return None
    return _span(one, two, published, turns=bool(both or days))


def _follow(one: _Point, two: _Point) -> bool:
    """Return whether two days or months follow each other: "14 and 15 May", "May and June 2024"."""
    if one.day and two.day:
        return two.day == one.day + 1 and (one.month == 0 or two.month == 0)
    return not (one.day or two.day) and two.month == one.month + 1 > 1 and bool(two.year)


def _span(one: _Point, two: _Point, published: Published, *, turns: bool) -> Value:
    """Return a range; its end is placed first, and its start counts back from that.

    `turns` is whether the start may lie in the year, or month, before ("December 28 to January 3").
    """
    values = []
    for end in _ends(two, published):
        start = replace(one, year=one.year or end[0], month=one.month or end[1])
        if turns and not one.year and (start.month, start.day) > (end[1], end[2]):
            before = end[0] * 12 + end[1] - 2
            year, month = divmod(before, 12) if not one.month else (end[0] - 1, start.month - 1)
            start = replace(start, year=year, month=month + 1)
        first = _edtf(start.year, start.month, start.day)
        last = _edtf(*end)
        values.append(f"{first}/{last}" if first and last and first < last else "")
    return (values[0], values[-1]) if values and all(values) else None


def _ends(point: _Point, published: Published) -> list[tuple[int, int, int]]:
    """Return year, month and day of the end of a range, before and after publication."""
    if point.year:
        return [(point.year, point.month, point.day)]
    today, year = published
    if today is None:
        return [(year, point.month, point.day)] if year and point.month else []
    if not point.month:
        past, future = days_of_month(today, point.day)
        return [(d.year, d.month, d.day) for d in (past, future) if d is not None]
    if not point.day:
        before = today.year - (point.month > today.month)
        return [(y, point.month, 0) for y in (before, today.year + (point.month < today.month))]
    near = near_days(today, point.month, point.day)
    return [(d.year, d.month, d.day) for d in near] if near else []


def _edtf(year: int, month: int, day: int) -> str:
    """Return a date as precise as it is told; empty if there is no such day."""
    if day:
        found = safe(year, month, day)
        return found.isoformat() if found else ""
    return f"{year}-{month:02d}" if month else str(year)


def _weekdays(first: str, last: str, published: Published) -> Value:
    today, _ = published
    if today is None or not first or not last or first == last:
        return None
    one, two = lexicon.WEEKDAYS.index(first), lexicon.WEEKDAYS.index(last)
    length = (two - one) % 7
    end = today - timedelta(days=(today.weekday() - two) % 7)
    start = today + timedelta(days=(one - today.weekday()) % 7)
    past = f"{(end - timedelta(days=length)).isoformat()}/{end.isoformat()}"
    return past, f"{start.isoformat()}/{(start + timedelta(days=length)).isoformat()}"
