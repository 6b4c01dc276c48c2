"""Days near the date of publication, and the numbers of months."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract import lexicon

Published = tuple[date | None, int | None]
"""Date and year of publication; the date is None if only a year is known."""

Value = tuple[str, str] | None
"""EDTF values with a verb in the past and in the future; None if there is none."""

MONTH = "|".join(lexicon.MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
"""Pattern of the names of months, full or short."""


def publication(text: str) -> Published:
    """Return date and year of publication; the date is None if only a year is known."""
    try:
        return date.fromisoformat(text[:10]), int(text[:4])
    except ValueError:
        year = int(text[:4]) if re.match(r"\d{4}", text) else None
        return None, year


def month_number(word: str) -> int:
    """Return the number of a month by its name, full or short."""
    return next(i for i, m in enumerate(lexicon.MONTHS, 1) if m.startswith(word.lower()[:3]))


def safe(year: int, month: int, day: int) -> date | None:
    """Return a day, None if there is none of that number."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def near_days(today: date, month: int, day: int) -> tuple[date, date] | None:
    """Return the last such day up to publication, or soon after it, and the next one from it on."""
    options = [d for y in (-1, 0, 1) if (d := safe(today.year + y, month, day))]
    # A date soon after publication may follow a past verb ("was set for May 15") and is this
    # year's; 60 days are chosen, not measured.
    past = [d for d in options if d <= today + timedelta(days=60)]
    future = [d for d in options if d >= today]
    return (past[-1], future[0]) if past and future else None


def days_of_month(today: date, day: int) -> tuple[date | None, date | None]:
    """Return the last such day of a month up to publication, and the next one from it on."""
    start = today.year * 12 + today.month - 1
    months = [divmod(start + step, 12) for step in (-2, -1, 0, 1, 2)]
    options = [d for year, month in months if (d := safe(year, month + 1, day))]
    past = [d for d in options if d <= today]
    return past[-1] if past else None, next((d for d in options if d >= today), None)
